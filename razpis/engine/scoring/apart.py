"""Each member's sum of marks set against the others': where they are too far apart, and whose marks then count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from razpis.engine import money
from razpis.engine.cases import AGREED, Mark, Marks
from razpis.engine.expressions import EvaluationFault, Expression
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Marks as MarksRule
from razpis.engine.rulebook.criteria import SumDiscrepancy
from razpis.engine.scoring.criteria import Facts, Score, scorer
from razpis.engine.scoring.marks import all_below, nearest_pair, too_far_apart, worth
from razpis.engine.scoring.relations import Relations
from razpis.engine.scoring.score import CriterionScore, Disagreement, Marked


class _Column(NamedTuple):
    """One criterion of the members' sheets. ``alone``: its score where only some members' marks count."""

    key: str
    rule: MarksRule
    minimum: int
    applies: Expression | None
    alone: Score

    def points(self, mark: Number) -> Number:
        """What a mark adds to its member's sum."""
        return worth(self.rule, mark) * self.rule.weight


class _Sheet(NamedTuple):
    """One column with its marks for one application."""

    column: _Column
    marks: tuple[Mark, ...]

    @property
    def agreed(self) -> Number | None:
        """The value agreed on, which stands for every member's mark."""
        return next((one.points for one in self.marks if one.member == AGREED and one.points is not None), None)

    def given(self) -> dict[str, Number]:
        """What each member's mark adds to its sum."""
        return {one.member: self.column.points(one.points) for one in self.marks if one.points is not None}


class Apart:
    """One rule on members' sums, ready for many applications."""

    def __init__(self, rulebook: Rulebook, stated: SumDiscrepancy) -> None:
        self._stated = stated
        self._columns = [_column(rulebook, one) for one in judged(rulebook.criteria, stated.of)]

    def settle(self, id_: str, facts: Facts, marks: Marks) -> Mapping[str, Score]:
        """How criteria are scored otherwise for this application, by their keys: not at all, or by the members
        with the closest sums. Nothing where the sums are near enough or not complete yet."""
        sheets = [_Sheet(one, marks.get((id_, one.key), ())) for one in self._columns if _counts(one.applies, facts)]
        open_ = [sheet for sheet in sheets if sheet.agreed is None]
        if any(len(sheet.given()) < sheet.column.minimum for sheet in open_):
            return {}
        sums = _sums(sheets, open_)
        found = sorted(sums.values(), reverse=True)
        if not too_far_apart(self._stated, found) or all_below(self._stated, found):
            return {}
        needed = max(sheet.column.minimum for sheet in open_)
        if self._stated.then == "agreed" or len(sums) <= max(needed, 2):
            return {sheet.column.key: self._waits(sheet, tuple(found)) for sheet in open_}
        pair = nearest_pair(found)
        counted = tuple(sorted(member for member, total in sums.items() if total in pair))
        return {sheet.column.key: _by_members(sheet.column, counted) for sheet in open_}

    def _waits(self, sheet: _Sheet, sums: tuple[Number, ...]) -> Score:
        basis = Disagreement(sheet.marks, self._stated.then, self._stated.of, sums)
        waiting = CriterionScore(sheet.column.key, None, basis)
        return lambda facts, marks, relations: waiting


def judged(criteria: Iterable[CriterionRule], of: str) -> list[CriterionRule]:
    """The criteria whose marks a rule on ``of`` (``total`` or a section) sums up."""
    return [
        one
        for one in criteria
        if isinstance(one.rule, MarksRule) and one.rule.combine != "agreed" and of in ("total", one.rule.section)
    ]


def _column(rulebook: Rulebook, compiled: CriterionRule) -> _Column:
    rule = compiled.rule
    assert isinstance(rule, MarksRule)
    minimum = rulebook.file.commission.minimum_marks if rule.minimum_marks is None else rule.minimum_marks
    alone = scorer(replace(compiled, rule=rule.model_copy(update={"minimum_marks": 1})), 1)
    return _Column(compiled.key, rule, minimum, compiled.applies, alone)


def _counts(applies: Expression | None, facts: Facts) -> bool:
    """Whether the criterion counts here; what has no value is told when the criterion itself is scored."""
    try:
        return applies is None or bool(applies.value(facts))
    except EvaluationFault:
        return False


def _sums(sheets: Sequence[_Sheet], open_: Sequence[_Sheet]) -> dict[str, Number]:
    """The sum of every member who marked all that is not agreed on; an agreed value counts for each."""
    given = [sheet.given() for sheet in open_]
    members = set.intersection(*map(set, given)) if given else set()
    settled = money.total(sheet.column.points(sheet.agreed) for sheet in sheets if sheet.agreed is not None)
    return {member: settled + money.total(one[member] for one in given) for member in members}


def _by_members(column: _Column, counted: tuple[str, ...]) -> Score:
    """The criterion scored by the marks of these members alone; all marks stay on file."""

    def score(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> CriterionScore:
        found = column.alone(facts, tuple(mark for mark in marks if mark.member in counted), relations)
        assert isinstance(found.basis, Marked)
        return found._replace(basis=found.basis._replace(marks=marks, counted=counted))

    return score
