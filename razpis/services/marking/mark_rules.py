"""What the rules say of marks: which criteria a member marks, which points may be given. All of it asks the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from razpis.engine.cases import Case
from razpis.engine.facts import siblings
from razpis.engine.money import Number
from razpis.engine.problems import Problems, Text
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Marks
from razpis.engine.scoring import CriterionScore, Scorer, relations
from razpis.engine.scoring.score import NotApplied, NotReached
from razpis.intake import numbers
from razpis.intake.marks import on_scale
from razpis.intake.report import Refused as Unreadable
from razpis.services import legible
from razpis.services.errors import Missing, Refused

LONGEST_REASON, SHORTEST_REASON = 4000, 10


def judged(rulebook: Rulebook) -> dict[str, Marks]:
    """The criteria that members mark, in the rulebook's order."""
    return {one.key: one.rule for one in rulebook.criteria if isinstance(one.rule, Marks)}


def judged_one(rulebook: Rulebook, key: str) -> Marks:
    """The criterion ``key``. Raises :class:`Missing` where members do not mark it."""
    rule = judged(rulebook).get(key)
    if rule is None:
        raise Missing
    return rule


def points_fault(rule: Marks, typed: str) -> Number | Text:
    """The points typed, or why the rule does not allow them (step, range, grades)."""
    if not typed.strip():
        return Text("Vpišite točke.", "Write the points.")
    try:
        return on_scale(numbers.decimal(typed.strip()), rule)
    except Unreadable as refused:
        return refused.faults[0][1]


def reason_fault(typed: str) -> str | Text:
    """The reason typed, or what is wrong with it: every mark needs one that can be printed (``law.md`` §0.4)."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not lines:
        return Text("Napišite razlog: ocena brez razloga ne velja.", "Write the reason: a mark without one is void.")
    if len(lines) < SHORTEST_REASON:
        return Text("Razlog naj pove, kaj v vlogi utemeljuje oceno.", "Say what in the application supports the mark.")
    if len(lines) > LONGEST_REASON:
        return Text(f"Razlog ima lahko največ {LONGEST_REASON} znakov.", f"At most {LONGEST_REASON} characters.")
    return legible.fault(lines) or lines


def refused(problems: Problems) -> Refused:
    """The engine's problems as a refusal: what is wrong with the facts has to be put right first."""
    shown = problems.problems[:5]
    return Refused(Text("; ".join(one.text.sl for one in shown), "; ".join(one.text.en for one in shown)))


def scores_without_marks(rulebook: Rulebook, cases: Sequence[Case]) -> dict[str, tuple[CriterionScore, ...]]:
    """The computed points of every application that may be scored, before any mark; by application id.

    Raises :class:`Refused` where a fact is missing.
    """
    scorer, among = Scorer(rulebook), siblings(cases)
    try:
        checked = [scorer.check(case, among[case.id]) for case in cases]
        others = relations(rulebook.criteria, ((one.case.lot, one.facts) for one in checked if one.eligible))
        return {one.case.id: scorer.score(one, {}, others).criteria for one in checked}
    except Problems as problems:
        raise refused(problems) from None


def needed(rulebook: Rulebook, cases: Sequence[Case]) -> dict[str, tuple[str, ...]]:
    """By application: the criteria its members must mark. Left out are those that do not count for it, and those
    behind a threshold that the computed points alone do not reach."""
    marks, by_marks = judged(rulebook), _by_marks(rulebook.criteria)
    return {
        id_: tuple(one.key for one in scores if one.key in marks and _counts(one, by_marks))
        for id_, scores in scores_without_marks(rulebook, cases).items()
    }


def _counts(score: CriterionScore, by_marks: Mapping[str, bool]) -> bool:
    if isinstance(score.basis, NotReached):
        return by_marks.get(score.basis.of, True)
    return not isinstance(score.basis, NotApplied)


def _by_marks(criteria: Iterable[CriterionRule]) -> dict[str, bool]:
    """Whether marks have a part in the points of a criterion or a section."""
    found: dict[str, bool] = {}
    for one in criteria:
        for key in (one.key, one.rule.section or one.key):
            found[key] = found.get(key, False) or isinstance(one.rule, Marks)
    return found
