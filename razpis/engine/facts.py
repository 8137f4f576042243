"""Established facts: the applicant's claims, corrected by the commission's findings, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from razpis.engine.cases import Case, Finding
from razpis.engine.expressions import EvaluationFault, Expression, Missing
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.rulebook import Rulebook


class Siblings(NamedTuple):
    """How many applications the applicant filed in the call, and which of them, in the order of input, this is."""

    all: int
    number: int


ALONE = Siblings(1, 1)


def siblings(cases: Iterable[Case]) -> dict[str, Siblings]:
    """Every application's place among those of its applicant; one without an applicant stands alone."""
    together: dict[str, list[Case]] = {}
    for case in cases:
        together.setdefault(f"a:{case.applicant}" if case.applicant is not None else f"id:{case.id}", []).append(case)
    return {
        case.id: Siblings(len(group), number)
        for group in together.values()
        for number, case in enumerate(sorted(group, key=lambda one: one.line), 1)
    }


def established(rulebook: Rulebook, case: Case, among: Siblings = ALONE) -> dict[str, Any]:
    """Every fact by name, derived ones too; ``None`` where it is missing. Raises :class:`Problems`."""
    facts = dict(case.claims)
    for finding in case.findings:
        _correct(facts, finding)
    call = rulebook.file.call
    facts["lot"] = case.lot
    facts["applicant"] = case.applicant
    facts["submitted_at"] = case.submitted_at.date() if case.submitted_at else None
    facts["call_year"] = call.year
    facts["call_deadline"] = call.deadline.date() if call.deadline else None
    facts["applicant_applications"], facts["applicant_number"] = among
    for derived in rulebook.derived:
        try:
            facts[derived.key] = derived.value.value(facts)
        except Missing:
            facts[derived.key] = None
        except EvaluationFault as fault:
            raise Problems([no_value(case, derived.rule.label, derived.value.source, fault)]) from None
    return facts


def _correct(facts: dict[str, Any], finding: Finding) -> None:
    path = finding.field.split(".")
    if len(path) == 1:
        facts[finding.field] = finding.value
        return
    table, row, column = path
    rows = list(facts[table])
    rows[int(row) - 1] = {**rows[int(row) - 1], column: finding.value}
    facts[table] = tuple(rows)


def value_for(case: Case, label: Text, expression: Expression, facts: Mapping[str, Any]) -> Any:
    """The value of ``expression`` for this application. Raises :class:`Problems` where it has none."""
    try:
        return expression.value(facts)
    except (EvaluationFault, Missing) as fault:
        raise Problems([no_value(case, label, expression.source, fault)]) from None


def no_value(case: Case, label: Text, source: str, fault: EvaluationFault | Missing) -> Problem:
    """An expression that has no value for this application."""
    if isinstance(fault, Missing):
        why = Text(f"podatek »{fault.name}« ni izpolnjen", f"the fact '{fault.name}' is not given")
    else:
        why = fault.text
    return Problem(
        case.place,
        Text(
            f"vloga {case.id}, {label.sl}: {why.sl} v izrazu »{source}«; popravite podatek ali izraz",
            f"application {case.id}, {label.en}: {why.en} in '{source}'; mend the fact or the expression",
        ),
    )
