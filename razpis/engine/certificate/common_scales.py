"""Marks on a common scale, computed once more from the marks as they were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from razpis.engine import money
from razpis.engine.cases import AGREED, Case, Mark
from razpis.engine.certificate import words
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import CommonScale, Marks
from razpis.engine.scoring import Score
from razpis.engine.scoring.score import Marked, TooFewMarks

Given = dict[str, list[Fraction]]


class Moved(NamedTuple):
    """Where a member's marks are moved: from its own mean to the common one, the distance from it times ``factor``."""

    own: Fraction
    factor: Fraction
    common: Fraction

    def expected(self, points: Number, rule: Marks) -> Number:
        """The mark on the common scale."""
        shifted = self.common + (points - self.own) * self.factor
        return min(max(money.exact(shifted), rule.min), rule.max)


def _count(given: Given, marks: Iterable[Mark]) -> None:
    """The marks of members who gave one, by member."""
    for mark in marks:
        if mark.points is not None and mark.member != AGREED:
            given.setdefault(mark.member, []).append(Fraction(mark.points))


def _moved(given: Given, scale: CommonScale) -> dict[str, Moved]:
    """By member, by the definition; who gave too few marks is not among them."""
    counted = Counter(points for marks in given.values() for points in marks)
    number = max(counted.total(), 1)
    common = sum((points * count for points, count in counted.items()), Fraction()) / number
    far = sum((abs(points - common) * count for points, count in counted.items()), Fraction())
    moved = {}
    for member, marks in given.items():
        own = sum(marks, Fraction()) / len(marks)
        near = sum((abs(points - own) for points in marks), Fraction())
        stretched = scale.by == "spread" and near > 0
        factor = far * len(marks) / (near * number) if stretched else Fraction(1)
        if len(marks) >= scale.least:
            moved[member] = Moved(own, factor, common)
    return moved


def _expected(mark: Mark, moved: Mapping[str, Moved], rule: Marks) -> Number:
    points = mark.points or 0
    return moved[mark.member].expected(points, rule) if mark.member in moved else points


def misscaled(rulebook: Rulebook, scored: Iterable[tuple[Case, Score]]) -> Iterator[Text]:
    """Marks that stand elsewhere on the common scale than the marks given say."""
    lines = list(scored)
    for at, compiled in enumerate(rulebook.criteria):
        rule = compiled.rule
        if not isinstance(rule, Marks) or rule.common_scale is None:
            continue
        given: dict[str, Given] = {}
        marked: list[tuple[Case, str, Marked]] = []
        for case, score in lines:
            basis = score.criteria[at].basis if score.criteria else None
            if isinstance(basis, Marked | TooFewMarks):
                among = case.lot if rule.common_scale.among == "lot" else ""
                _count(given.setdefault(among, {}), basis.marks)
                if isinstance(basis, Marked) and basis.agreed is None:
                    marked.append((case, among, basis))
        moved = {among: _moved(marks, rule.common_scale) for among, marks in given.items()}
        for case, among, basis in marked:
            expected = tuple(_expected(one, moved[among], rule) for one in basis.marks if one.points is not None)
            if basis.scaled != expected:
                subject = words.joined(words.application(case.id), f", {compiled.key}")
                yield words.claimed(subject, words.numbers(basis.scaled), words.numbers(expected))
