"""Proportional fill: one value of a point for all, held down by limits; then rounding and its last cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from razpis.engine import money
from razpis.engine.allocation.award import BUDGET, MINIMUM, MONEY, Award, Pool, Wish
from razpis.engine.allocation.last_cents import give_last_cents, over
from razpis.engine.allocation.level import Seeker, progressive
from razpis.engine.allocation.parts import Part
from razpis.engine.allocation.solving import Level
from razpis.engine.money import Number, Rounding
from razpis.engine.pairing import paired


@dataclass(frozen=True, slots=True)
class Terms:
    """How a proportional fill is done: re-sharing, rounding of the value of a point and of awards (``unit``
    in cents), who takes the last cent, and the least award (``drop``: ``lowest`` group first, or ``all``)."""

    resharing: bool
    value_rounding: Rounding | None
    unit: int
    mode: str
    last_cent: str
    minimum: int = 0
    drop: str = "lowest"


@dataclass(frozen=True, slots=True)
class Filled:
    """Awards in the order of the wishes; by lot, its value of a point as used and as it was exactly."""

    awards: list[Award]
    values: Mapping[str, tuple[Level, Level]]


def fill(wishes: Sequence[Wish], pools: Mapping[str, Pool], terms: Terms) -> Filled:
    """Everyone's share, under every pool."""
    limits = {key: pool.cents for key, pool in pools.items()}
    outside = {wish.id for wish in wishes if wish.bound == MONEY}
    dropped = set(outside)
    while True:
        exact = _parts([wish for wish in wishes if wish.id not in dropped], limits, terms)
        parts, values = _at_values(exact, limits, terms)
        _round(parts, limits, terms)
        below = _below(exact, parts, terms)
        if not below:
            break
        dropped |= below
    if terms.value_rounding is None:
        give_last_cents(parts, limits, terms.last_cent, terms.unit)
    awards = {part.wish.id: part.award(pools) for part in parts}
    without = {id_: MONEY if id_ in outside else MINIMUM for id_ in dropped}
    return Filled([awards.get(wish.id) or Award(wish.id, 0, without[wish.id], wish) for wish in wishes], values)


def _parts(wishes: Sequence[Wish], limits: Mapping[str, int], terms: Terms) -> list[Part]:
    """What every wish gets before any rounding; one without weight gets nothing."""
    weighted = [wish for wish in wishes if wish.weight > 0]
    caps: list[Number] = [wish.want for wish in weighted]
    flat: dict[str, Level] = {}
    if not terms.resharing:
        flat = flat_values(weighted, limits)
        caps = [min(wish.want, wish.weight * flat[wish.lot].exact) for wish in weighted]
    seekers = [Seeker(wish.weight, cap, wish.pools) for wish, cap in paired(weighted, caps)]
    found = {wish.id: Part(wish, wish.lot_pool, Level.of(0).times(0)) for wish in wishes if wish.weight <= 0}
    for wish, cap, (pool, level) in paired(weighted, caps, progressive(seekers, limits)):
        if level is None and cap < wish.want:
            pool, level = wish.lot_pool, flat[wish.lot]
        found[wish.id] = Part(wish, pool, None if level is None else level.times(wish.weight))
    return [found[wish.id] for wish in wishes]


def flat_values(wishes: Sequence[Wish], limits: Mapping[str, int]) -> dict[str, Level]:
    """Without re-sharing: each lot's money divided by the sum of its weights, once."""
    lots: dict[str, list[Wish]] = {}
    for wish in wishes:
        lots.setdefault(wish.lot, []).append(wish)
    return {
        lot: Level.of(money.divide(limits[group[0].lot_pool], money.total(wish.weight for wish in group)))
        for lot, group in lots.items()
    }


def _at_values(
    parts: list[Part], limits: Mapping[str, int], terms: Terms
) -> tuple[list[Part], dict[str, tuple[Level, Level]]]:
    """The parts at the rounded values of a point; by lot, its value as used and as it was exactly: the level at
    which its own money or the whole budget held somebody."""
    exact = {
        part.wish.lot: part.share.level
        for part in parts
        if part.share is not None and part.pool in (part.wish.lot_pool, BUDGET) and part.share.level.positive
    }
    if terms.value_rounding is None:
        return parts, {lot: (level, level) for lot, level in exact.items()}
    if not terms.resharing:
        exact = _flat_too(parts, exact, limits, terms.value_rounding)
    roundings = _roundings(parts, exact, limits, terms.value_rounding)
    values = {lot: (_rounded(level, roundings[lot]), level) for lot, level in exact.items()}
    return [_at_value(part, exact, roundings[part.wish.lot]) for part in parts], values


def _flat_too(
    parts: Sequence[Part], exact: Mapping[str, Level], limits: Mapping[str, int], rounding: Rounding
) -> dict[str, Level]:
    """The values of a point with those of lots where it held nobody before it was rounded, but holds somebody then."""
    weighted = [part.wish for part in parts if part.wish.weight > 0]
    flat = flat_values(weighted, limits)
    values = {lot: _rounded(level, rounding).exact for lot, level in flat.items()}
    held = {wish.lot for wish in weighted if wish.weight * values[wish.lot] < wish.want}
    return {lot: level for lot, level in flat.items() if lot in held} | dict(exact)


def _roundings(
    parts: Sequence[Part], levels: Mapping[str, Level], limits: Mapping[str, int], rule: Rounding
) -> dict[str, Rounding]:
    """By lot, the rounding of its value of a point: as stated; down, where a pool would be overspent by it."""
    broken = over(limits, ((part.wish, _at_value(part, levels, rule).amount.exact) for part in parts))
    down = {part.wish.lot for part in parts if broken.intersection(part.wish.pools)}
    return {part.wish.lot: Rounding(rule.places, "down") if part.wish.lot in down else rule for part in parts}


def _rounded(level: Level, rounding: Rounding) -> Level:
    scale = Fraction(10) ** rounding.places / 100
    return Level.of(money.divide(level.times(scale).rounded(1, rounding.mode), scale))


def _at_value(part: Part, levels: Mapping[str, Level], rounding: Rounding) -> Part:
    """What it gets at the rounded value; one that its own cap held gets no more than its lot's value gives."""
    wish = part.wish
    level = levels.get(wish.lot) if part.share is None else part.share.level
    if level is None or wish.weight <= 0:
        return Part(wish, part.pool, part.share)
    value = _rounded(level, rounding)
    if wish.weight * value.exact >= wish.want:
        return Part(wish)
    return Part(wish, part.pool or wish.lot_pool, value.times(wish.weight))


def _round(parts: Sequence[Part], limits: Mapping[str, int], terms: Terms) -> None:
    """Every part in cents. Rounding never breaks a limit: where it would, the pool's members are rounded down."""
    for part in parts:
        part.cents = part.rounded(terms.unit, terms.mode)
    broken = over(limits, ((part.wish, part.cents) for part in parts))
    for part in parts:
        if part.share is not None and not broken.isdisjoint(part.wish.pools):
            lower = part.rounded(terms.unit, "down")
            part.rounded_down = lower < part.cents
            part.cents = lower


def _below(exact: Sequence[Part], parts: Sequence[Part], terms: Terms) -> set[str]:
    """Who falls below the least award, before rounding or by it: the lowest of them, equal ones together, or
    all. What earlier passes gave counts too; who falls got nothing in them, for that was the least award as well."""
    if not terms.minimum:
        return set()
    below = [
        (before.amount, part.wish.id)
        for before, part in paired(exact, parts)
        if part.cents + part.wish.got < terms.minimum or before.amount.below(terms.minimum - part.wish.got)
    ]
    if not below or terms.drop == "all":
        return {id_ for _, id_ in below}
    lowest = min(amount for amount, _ in below)
    return {id_ for amount, id_ in below if amount == lowest}
