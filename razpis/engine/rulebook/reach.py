"""How many points can be reached at all: by each criterion, each section and in total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.rulebook import bounds
from razpis.engine.rulebook.bounds import ZERO, Interval
from razpis.engine.rulebook.compiled import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import (
    Bands,
    Checklist,
    Choice,
    Criterion,
    FormulaCriterion,
    Marks,
    PerUnit,
)
from razpis.engine.rulebook.groups import Group, groups


@dataclass(frozen=True, slots=True)
class Reach:
    """From how many to how many points a group of applications can get, after weights, caps and rounding."""

    group: Group
    criteria: Mapping[str, Interval]
    sections: Mapping[str, Interval]
    total: Interval

    def of(self, part: str) -> Interval:
        """The points of ``total``, of a section or of a criterion."""
        return self.total if part == "total" else self.sections.get(part) or self.criteria[part]


def reaches(rulebook: Rulebook) -> tuple[Reach, ...]:
    """The points within reach of every group the rulebook tells apart."""
    known = bounds.facts(rulebook.file)
    points: dict[str, Interval] = {}
    for rule in rulebook.criteria:
        points[rule.key] = weighted(rule.rule, own(rulebook, rule, known), rule.rule.weight)
        known = {**known, **_named(rulebook, rule, points)}
    factor = rulebook.file.total.factor
    times = None if factor is None else bounds.bounds(factor, known)
    return tuple(_reach(rulebook, points, times, group) for group in groups(rulebook))


def ranges(rulebook: Rulebook, found: Sequence[Reach]) -> dict[str, Interval]:
    """The ranges of all that an expression over points and money may read, over all groups that were ``found``."""
    known = bounds.facts(rulebook.file)
    for name in ("total", *rulebook.sections, *rulebook.file.criteria):
        spread = found[0].of(name)
        for reach in found:
            spread = spread.hull(reach.of(name))
        known["points" if name == "total" else f"points_{name}"] = spread
    cents = [rulebook.lot_cents(lot) for lot in rulebook.lots]
    if cents:
        known["lot_amount"] = Interval(money.from_cents(min(cents)), money.from_cents(max(cents)))
    known["place"] = Interval(1)
    return known


def _named(rulebook: Rulebook, rule: CriterionRule, points: Mapping[str, Interval]) -> dict[str, Interval]:
    """The points given so far as the criteria after it read them: of this one, and of its section."""
    possible = {one.key: points[one.key].hull(ZERO) if one.key in points else ZERO for one in rulebook.criteria}
    found = {f"points_{rule.key}": possible[rule.key]}
    if rule.rule.section is not None:
        section = rulebook.sections[rule.rule.section]
        whole = inside(rulebook, possible, rule.rule.section).times(section.weight)
        found[f"points_{rule.rule.section}"] = whole if section.max is None else whole.clipped(None, section.max)
    return found


def _reach(rulebook: Rulebook, points: Mapping[str, Interval], factor: Interval | None, group: Group) -> Reach:
    criteria = {rule.key: _for_group(rule, points[rule.key], group) for rule in rulebook.criteria}
    sections = {}
    total = inside(rulebook, criteria, None)
    for key, section in rulebook.sections.items():
        weighted_sum = inside(rulebook, criteria, key).times(section.weight)
        sections[key] = weighted_sum.clipped(None, section.max) if section.max is not None else weighted_sum
        total = total.plus(sections[key])
    total = total if factor is None else total.product(factor)
    rounding = rulebook.file.total.round
    if rounding is not None:
        total = total.through(lambda end: money.rounded(end, rounding))
    return Reach(group, criteria, sections, total)


def _for_group(compiled: CriterionRule, points: Interval, group: Group) -> Interval:
    """The points of one criterion for a group: none where it does not count, or where a gate comes before it."""
    applies = group.applies[compiled.key]
    if applies is False:
        return ZERO
    return points.hull(ZERO) if applies is None or compiled.rule.after is not None else points


def inside(rulebook: Rulebook, criteria: Mapping[str, Interval], section: str | None) -> Interval:
    """The sum of the criteria of a section (``None``: of those in none), before its weight and cap."""
    whole = ZERO
    for rule in rulebook.criteria:
        if rule.rule.section == section:
            whole = whole.plus(criteria[rule.key])
    return whole


def weighted(rule: Criterion, points: Interval, weight: Number) -> Interval:
    """Points of a criterion with a weight, and its rounding."""
    found, rounding = points.times(weight), rule.round
    return found if rounding is None else found.through(lambda end: money.rounded(end, rounding))


def own(rulebook: Rulebook, compiled: CriterionRule, known: Mapping[str, Interval]) -> Interval:
    """The points of one criterion where it counts, before weight and rounding."""
    rule = compiled.rule
    if isinstance(rule, Marks):
        return _marks(rulebook, rule)
    found = _given(compiled, known)
    return found if rule.missing is None else found.hull(Interval(rule.missing, rule.missing))


def _given(compiled: CriterionRule, known: Mapping[str, Interval]) -> Interval:
    """The points of a computed criterion whose facts are given."""
    rule = compiled.rule
    if isinstance(rule, Checklist):
        points = [item.points for item in rule.items]
        gains, losses = (sum(one for one in points if one > 0), sum(one for one in points if one < 0))
        return Interval(losses, gains).clipped(None, rule.max)
    if isinstance(rule, PerUnit):
        return unit_points(rule, known).clipped(None, rule.max)
    if isinstance(rule, FormulaCriterion):
        return bounds.bounds(rule.points, known).clipped(rule.min, rule.max)
    if isinstance(rule, Bands):
        return _among([band.points for band in rule.bands], rule.otherwise)
    if isinstance(rule, Choice):
        return _among(rule.points.values(), rule.otherwise)
    return Interval(0, rule.max)  # relative


def _among(points: Iterable[Number], otherwise: Number | None) -> Interval:
    possible = [*points, *([] if otherwise is None else [otherwise])]
    return Interval(min(possible), max(possible))


def unit_points(rule: PerUnit, known: Mapping[str, Interval]) -> Interval:
    """The points of a number of units, before the cap."""
    count = {"exact": money.exact_units, "full": money.full_units, "started": money.started_units}[rule.count]
    units = bounds.bounds(rule.value, known).through(lambda end: count(end, rule.unit))
    return units.clipped(0, None).times(rule.points)


def _marks(rulebook: Rulebook, rule: Marks) -> Interval:
    scale = Interval(rule.min, rule.max)
    if rule.combine != "sum":
        return scale
    members = len(rulebook.file.commission.members)
    if members:
        return scale.hull(scale.times(members))
    return Interval(rule.min if rule.min >= 0 else None, None)
