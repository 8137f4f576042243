"""Established facts: the applicant's claims, corrected by the commission's findings, and what follows."""

from __future__ import annotations

from typing import Any

from razpis.engine.cases import Case, Finding
from razpis.engine.expressions import EvaluationFault, Missing
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.rulebook import Rulebook


def established(rulebook: Rulebook, case: Case) -> dict[str, Any]:
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
