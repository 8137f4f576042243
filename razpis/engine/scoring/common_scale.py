"""Marks of strict and lenient members on a common scale, exactly.

A square root would leave the exact numbers, so what is set equal beside the mean is the mean distance from it and
not the standard deviation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from razpis.engine import money
from razpis.engine.cases import AGREED, Mark, Marks
from razpis.engine.expressions import EvaluationFault, Missing
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule
from razpis.engine.rulebook.criteria import CommonScale
from razpis.engine.rulebook.criteria import Marks as MarksRule


class Eligible(NamedTuple):
    """An application whose marks count: its lot and its facts."""

    id: str
    lot: str
    facts: Mapping[str, Any]


class Stretch(NamedTuple):
    """One member's marks: their ``mean``, and by how much the distance from it is multiplied."""

    mean: Number
    factor: Number


@dataclass(frozen=True, slots=True)
class Scales:
    """The mean that all are brought to, and each member's own; who has none keeps its marks."""

    mean: Number
    members: Mapping[str, Stretch]

    def of(self, mark: Mark, least: Number, most: Number) -> Number:
        """The mark on the common scale, held between the lowest and the highest that there is."""
        assert mark.points is not None
        own = self.members.get(mark.member)
        if own is None:
            return mark.points
        return min(max(self.mean + (mark.points - own.mean) * own.factor, least), most)


def common_scales(
    rules: Iterable[CriterionRule], eligible: Sequence[Eligible], marks: Marks
) -> dict[tuple[str, str], Scales]:
    """The scales of every criterion that asks for them, by its key and lot."""
    found: dict[tuple[str, str], Scales] = {}
    for compiled in rules:
        rule = compiled.rule
        if not isinstance(rule, MarksRule) or rule.common_scale is None:
            continue
        given: dict[str, list[Mark]] = {one.lot: [] for one in eligible}
        for one in eligible:
            if _applies(compiled, one.facts):
                counted = (mark for mark in marks.get((one.id, compiled.key), ()) if _counts(mark))
                given[one.lot if rule.common_scale.among == "lot" else next(iter(given))] += counted
        if rule.common_scale.among == "call" and given:
            given = dict.fromkeys(given, next(iter(given.values())))
        found.update(((compiled.key, lot), _scales(rule.common_scale, here)) for lot, here in given.items() if here)
    return found


def _applies(compiled: CriterionRule, facts: Mapping[str, Any]) -> bool:
    """Whether the criterion counts; what has no value is told when the application itself is scored."""
    try:
        return compiled.applies is None or bool(compiled.applies.value(facts))
    except (Missing, EvaluationFault):
        return False


def _counts(mark: Mark) -> bool:
    return mark.points is not None and mark.member != AGREED


def _scales(rule: CommonScale, marks: Sequence[Mark]) -> Scales:
    by_member: dict[str, list[Number]] = {}
    for mark in marks:
        by_member.setdefault(mark.member, []).append(mark.points or 0)
    every = [points for given in by_member.values() for points in given]
    mean, distance = _spread(every)
    members = {}
    for member, given in by_member.items():
        if len(given) >= rule.least:
            own, apart = _spread(given)
            members[member] = Stretch(own, money.divide(distance, apart) if rule.by == "spread" and apart else 1)
    return Scales(mean, members)


def _spread(points: Sequence[Number]) -> tuple[Number, Number]:
    """The mean, and the mean distance from it."""
    mean = money.divide(money.total(points), len(points))
    return mean, money.divide(money.total(max(one - mean, mean - one) for one in points), len(points))
