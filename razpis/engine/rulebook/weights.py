"""The effective weight of every criterion: what it changes in the total once weights and caps are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.rulebook import bounds
from razpis.engine.rulebook.bounds import ZERO, Interval
from razpis.engine.rulebook.compiled import CriterionRule, Rulebook
from razpis.engine.rulebook.reach import Reach, own, reaches, weighted


@dataclass(frozen=True, slots=True)
class Weight:
    """What one criterion changes, in points of the total; ``None`` where it has no known maximum.

    ``alone``: full marks in it and none in all the others. ``share``: the same in percent of the most points
    that can be reached. ``among_full``: what is lost where it is at its least and all the others are full, with
    what criteria lose that read its points. Thresholds are left out of it.
    ``ranking`` and ``ranking_share``: like the first two, in the total that ranks, where that has its own weights.
    """

    key: str
    alone: Number | None
    share: Number | None
    among_full: Number | None
    ranking: Number | None
    ranking_share: Number | None


def weights(rulebook: Rulebook, found: Sequence[Reach] | None = None) -> tuple[Weight, ...]:
    """A weight for every criterion, in their order; of several groups, in the one that can reach most with it.

    ``found``: the reach of every group, where it is known already.
    """
    found, ranking = found or reaches(rulebook), _for_ranking(rulebook)
    return tuple(_weight(rulebook, rule, _best(found, rule), ranking) for rule in rulebook.criteria)


def ranks_apart(rulebook: Rulebook) -> bool:
    """Whether the order is made by other weights than the total."""
    return any(rule.rule.ranking_weight is not None for rule in rulebook.criteria)


def _best(found: Sequence[Reach], rule: CriterionRule) -> Reach:
    counted = [reach for reach in found if reach.group.applies[rule.key] is not False]
    return max(counted or found, key=lambda reach: (reach.total.high is None, reach.total.high or 0))


def _weight(rulebook: Rulebook, rule: CriterionRule, reach: Reach, ranking: Mapping[str, Interval]) -> Weight:
    key, (least, most) = rule.key, reach.criteria[rule.key]
    full = _full(reach.criteria)
    alone = None if most is None else _alone(rulebook, rule, most, rule.rule.weight)
    counted = {other for other, applies in reach.group.applies.items() if applies is not False}
    in_order = {**reach.criteria, **{other: points for other, points in ranking.items() if other in counted}}
    ranked, highest = in_order[key].high, _full(in_order)
    lost = None
    if full is not None and least is not None:
        all_full, without = (_settled(rulebook, full, counted, {**full, **lower}) for lower in ({}, {key: least}))
        lost = _total(rulebook, all_full) - _total(rulebook, without)
    heavy = rule.rule.weight if rule.rule.ranking_weight is None else rule.rule.ranking_weight
    ranked_alone = None if ranked is None else _alone(rulebook, rule, ranked, heavy)
    return Weight(
        key=key,
        alone=alone,
        share=_percent(alone, None if full is None else _total(rulebook, full)),
        among_full=lost,
        ranking=ranked_alone,
        ranking_share=_percent(ranked_alone, None if highest is None else _total(rulebook, highest)),
    )


def _alone(rulebook: Rulebook, rule: CriterionRule, most: Number, weight: Number) -> Number:
    """The total of a criterion at ``most`` and all others at none, which is what it may read of them."""
    if rule.reads_points:
        none = {f"points_{part}": ZERO for part in rule.reads_points}
        most = _at_most(rulebook, rule, most, weight, none)
    return _total(rulebook, {rule.key: most})


def _at_most(
    rulebook: Rulebook, rule: CriterionRule, most: Number, weight: Number, points: Mapping[str, Interval]
) -> Number:
    """The most a criterion can give where it reads these points, and no more than ``most``."""
    high = weighted(rule.rule, own(rulebook, rule, {**bounds.facts(rulebook.file), **points}), weight).high
    return most if high is None else min(most, high)


def _settled(
    rulebook: Rulebook, full: Mapping[str, Number], counted: Set[str], stated: Mapping[str, Number]
) -> dict[str, Number]:
    """The ``stated`` points, with what those criteria that read points get at most beside them."""
    found: dict[str, Number] = {}
    for rule in rulebook.criteria:
        found[rule.key] = stated[rule.key]
        if rule.reads_points and rule.key in counted and stated[rule.key] == full[rule.key]:
            given = {**found, **_sections(rulebook, found)}
            read = {f"points_{part}": Interval(given[part], given[part]) for part in rule.reads_points}
            found[rule.key] = _at_most(rulebook, rule, stated[rule.key], rule.rule.weight, read)
    return found


def _for_ranking(rulebook: Rulebook) -> dict[str, Interval]:
    """The points of those criteria that have a weight for the ranking alone."""
    known = bounds.facts(rulebook.file)
    return {
        rule.key: weighted(rule.rule, own(rulebook, rule, known), rule.rule.ranking_weight)
        for rule in rulebook.criteria
        if rule.rule.ranking_weight is not None
    }


def _full(criteria: Mapping[str, Interval]) -> dict[str, Number] | None:
    """All criteria full, where that is a number."""
    found = {key: interval.high for key, interval in criteria.items() if interval.high is not None}
    return found if len(found) == len(criteria) else None


def _percent(part: Number | None, whole: Number | None) -> Number | None:
    return money.divide(part * 100, whole) if part is not None and whole else None


def _total(rulebook: Rulebook, points: Mapping[str, Number]) -> Number:
    """The total of these points, criteria that are not named having none, before its factor and rounding."""
    loose = [points.get(rule.key, 0) for rule in rulebook.criteria if rule.rule.section is None]
    return money.total([*loose, *_sections(rulebook, points).values()])


def _sections(rulebook: Rulebook, points: Mapping[str, Number]) -> dict[str, Number]:
    """The points of every section, after its weight and cap."""
    found: dict[str, Number] = {}
    for key, section in rulebook.sections.items():
        inside = money.total([points.get(rule.key, 0) for rule in rulebook.criteria if rule.rule.section == key])
        found[key] = inside * section.weight
        if section.max is not None:
            found[key] = min(found[key], section.max)
    return found
