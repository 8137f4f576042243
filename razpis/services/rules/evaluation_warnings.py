"""What an evaluation of files could not look at, though the rules ask for it: told, because nothing else shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from razpis.engine.cases import Case
from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Problem, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import Standing
from razpis.intake.report import listed, shown
from razpis.services.rules.rule_reads import readers

AMONG_SIBLINGS = ("applicant_applications", "applicant_number")


def evaluation_warnings(evaluation: Evaluation) -> tuple[Problem, ...]:
    """Applications of unknown time where there is a deadline, of an unknown applicant where the rules count an
    applicant's applications, and those without all points."""
    lines, rulebook = sorted(evaluation.lines, key=lambda line: line.case.line), evaluation.rulebook
    cases = [line.case for line in lines]
    unscored = [line.case for line in lines if line.outcome == Standing.NOT_SCORED.value]
    return (*_untimed(rulebook, cases), *_unsigned(rulebook, cases), *_unscored(rulebook, unscored))


def _untimed(rulebook: Rulebook, cases: Sequence[Case]) -> Iterator[Problem]:
    untimed = [case for case in cases if case.submitted_at is None]
    if rulebook.file.call.deadline is not None and untimed:
        text = Text(
            "; razpis ima rok, zato njihove pravočasnosti ni mogoče preveriti; izpolnite stolpec »submitted_at«",
            "; the call has a deadline, and whether they kept it cannot be checked; fill in the column 'submitted_at'",
        )
        yield _of(untimed, Text("vloge brez časa oddaje: ", "applications without a time of submission: "), text)


def _unsigned(rulebook: Rulebook, cases: Sequence[Case]) -> Iterator[Problem]:
    unsigned = [case for case in cases if case.applicant is None]
    rules = readers(rulebook, AMONG_SIBLINGS)
    if rules and unsigned:
        sl, en = ", ".join(f"»{one.sl}«" for one in rules), ", ".join(f"'{one.en}'" for one in rules)
        text = Text(
            f"; vsaka šteje za edino vlogo svojega prijavitelja, zato to pravilo zanje ne pove ničesar: {sl}; "
            "izpolnite stolpec »applicant«",
            f"; each counts as the only one of its applicant, so this rule says nothing of them: {en}; fill in the "
            "column 'applicant'",
        )
        yield _of(unsigned, Text("vloge brez prijavitelja: ", "applications without an applicant: "), text)


def _unscored(rulebook: Rulebook, cases: Sequence[Case]) -> Iterator[Problem]:
    if not cases:
        return
    text = Text(
        "; vrstni red je tak, kot da jih ni; dopolnite ocene", "; the order is as if they were not there; add the marks"
    )
    if rulebook.allocation is not None:
        text = Text(
            "; vrstni red in delitev sta taka, kot da jih ni; pred predlogom sklepov dopolnite ocene",
            "; the order and the division are as if they were not there; add the marks before decisions are proposed",
        )
    yield _of(cases, Text("vloge, ki še nimajo vseh točk: ", "applications without all their points: "), text)


def _of(cases: Sequence[Case], what: Text, then: Text) -> Problem:
    """A warning about ``cases``, at the first of them."""
    return Problem(cases[0].place, what + listed([shown(case.id) for case in cases]) + then, warning=True)
