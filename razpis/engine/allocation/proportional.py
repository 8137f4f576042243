"""Proportional fill: one value of a point for all, held down by limits; then rounding and its last cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from razpis.engine import money
from razpis.engine.allocation.award import BUDGET, LEVEL, MINIMUM, Award, Pool, Wish
from razpis.engine.allocation.level import Held, Seeker, progressive
from razpis.engine.allocation.wishes import to_units
from razpis.engine.money import Number, Rounding


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
    values: Mapping[str, tuple[Number, Number]]


def fill(wishes: Sequence[Wish], pools: Mapping[str, Pool], terms: Terms) -> Filled:
    """Everyone's share, under every pool."""
    dropped: set[str] = set()
    while True:
        held = _held([wish for wish in wishes if wish.id not in dropped], pools, terms)
        awards, values = _rounded_awards(held, pools, terms)
        below = _below(held, awards, terms)
        if not below:
            break
        dropped |= below
    if terms.value_rounding is None:
        awards = _last_cents(awards, pools, terms)
    return Filled([awards.get(wish.id) or Award(wish.id, 0, MINIMUM, wish) for wish in wishes], values)


def _rounded_awards(
    held: list[tuple[Wish, Held]], pools: Mapping[str, Pool], terms: Terms
) -> tuple[dict[str, Award], dict[str, tuple[Number, Number]]]:
    """Awards before last cents; by lot, its value of a point as used and as it was exactly."""
    exact = {wish.lot: one.level for wish, one in held if one.level and one.pool in (lot_pool(wish), BUDGET)}
    values = {lot: (level, level) for lot, level in exact.items()}
    if terms.value_rounding is not None:
        roundings = _roundings(held, exact, pools, terms.value_rounding)
        held = [(wish, _at_value(wish, one, exact, roundings[wish.lot])) for wish, one in held]
        values = {lot: (_rounded(level, roundings[lot]), level) for lot, level in exact.items()}
    awards = {wish.id: _award(wish, one, terms.unit, terms.mode, pools) for wish, one in held}
    return _within(awards, held, pools, terms), values


def _held(wishes: Sequence[Wish], pools: Mapping[str, Pool], terms: Terms) -> list[tuple[Wish, Held]]:
    """What every wish gets before any rounding; one without weight gets nothing."""
    weighted = [wish for wish in wishes if wish.weight > 0]
    limits: dict[str, Number] = {key: pool.cents for key, pool in pools.items()}
    caps: list[Number] = [wish.want for wish in weighted]
    flat: dict[str, Number] = {}
    if not terms.resharing:
        flat = flat_values(weighted, limits)
        caps = [min(wish.want, wish.weight * flat[wish.lot]) for wish in weighted]
    seekers = [Seeker(wish.weight, cap, wish.pools) for wish, cap in zip(weighted, caps, strict=True)]
    found = dict(zip((wish.id for wish in weighted), progressive(seekers, limits), strict=True))
    nothing = Held(0, "", 0)
    held = [(wish, found.get(wish.id, nothing)) for wish in wishes]
    return [(wish, _flat(wish, one, flat)) for wish, one in held] if flat else held


def flat_values(wishes: Sequence[Wish], limits: Mapping[str, Number]) -> dict[str, Number]:
    """Without re-sharing: each lot's money divided by the sum of its weights, once."""
    weights: dict[str, Number] = {}
    lots: dict[str, str] = {}
    for wish in wishes:
        weights[wish.lot] = weights.get(wish.lot, 0) + wish.weight
        lots[wish.lot] = lot_pool(wish)
    return {lot: money.divide(limits[lots[lot]], weight) for lot, weight in weights.items()}


def lot_pool(wish: Wish) -> str:
    """The key of the pool that is the wish's own lot."""
    return f"lot:{wish.lot}"


def _flat(wish: Wish, held: Held, values: Mapping[str, Number]) -> Held:
    """One that its own cap did not hold was held by the flat value of its lot."""
    value = values.get(wish.lot)
    if value is None or held.pool or wish.weight <= 0 or wish.want <= wish.weight * value:
        return held
    return Held(held.amount, lot_pool(wish), value)


def _below(held: list[tuple[Wish, Held]], awards: Mapping[str, Award], terms: Terms) -> set[str]:
    """Who falls below the least award, before rounding or by it: the lowest of them, equal ones together, or
    all."""
    below = [(one.amount, wish.id) for wish, one in held if min(one.amount, awards[wish.id].cents) < terms.minimum]
    if not below:
        return set()
    lowest = min(amount for amount, _ in below)
    return {id_ for amount, id_ in below if terms.drop == "all" or amount == lowest}


def _roundings(
    held: list[tuple[Wish, Held]], levels: Mapping[str, Number], pools: Mapping[str, Pool], rule: Rounding
) -> dict[str, Rounding]:
    """By lot, the rounding of its value of a point: as stated; down, where a pool would be overspent by it."""
    broken = over(_cents(pools), [(wish, _at_value(wish, one, levels, rule).amount) for wish, one in held])
    down = {wish.lot for wish, _ in held if broken.intersection(wish.pools)}
    return {wish.lot: Rounding(rule.places, "down") if wish.lot in down else rule for wish, _ in held}


def _rounded(level: Number, rounding: Rounding) -> Number:
    return money.rounded(money.from_cents(level), rounding) * 100


def _at_value(wish: Wish, held: Held, levels: Mapping[str, Number], rounding: Rounding) -> Held:
    """What it gets at the rounded value; one that its own cap held gets no more than its lot's value gives."""
    level = held.level if held.pool else levels.get(wish.lot)
    if level is None or wish.weight <= 0:
        return held
    value = _rounded(level, rounding)
    if wish.weight * value >= wish.want:
        return Held(wish.want, "", None)
    return Held(wish.weight * value, held.pool or lot_pool(wish), value)


def _cents(pools: Mapping[str, Pool]) -> dict[str, int]:
    return {key: pool.cents for key, pool in pools.items()}


def over(limits: Mapping[str, int], amounts: Sequence[tuple[Wish, Number]]) -> set[str]:
    """The pools that hold less than these amounts together; ``limits``: the cents in each."""
    spent: dict[str, Number] = {}
    for wish, amount in amounts:
        for key in wish.pools:
            spent[key] = spent.get(key, 0) + amount
    return {key for key, total in spent.items() if total > limits[key]}


def _award(wish: Wish, held: Held, unit: int, mode: str, pools: Mapping[str, Pool]) -> Award:
    if held.level is None:
        return Award(wish.id, wish.want, wish.bound, wish)
    name = LEVEL if not held.pool or held.pool == lot_pool(wish) or held.pool == BUDGET else pools[held.pool].name
    cents = min(to_units(held.amount, unit, mode), wish.want)
    return Award(wish.id, cents, name, wish, level=held.level, share=held.amount)


def _within(
    awards: dict[str, Award], held: list[tuple[Wish, Held]], pools: Mapping[str, Pool], terms: Terms
) -> dict[str, Award]:
    """Rounding never breaks a limit: where it would, the pool's members are rounded down."""
    broken = over(_cents(pools), [(award.wish, award.cents) for award in awards.values()])
    for wish, one in held:
        if broken.intersection(wish.pools) and one.level is not None:
            lower = _award(wish, one, terms.unit, "down", pools)
            awards[wish.id] = replace(lower, rounded_down=lower.cents < awards[wish.id].cents)
    return awards


def _last_cents(awards: dict[str, Award], pools: Mapping[str, Pool], terms: Terms) -> dict[str, Award]:
    """What rounding left, given in whole units to its owner; a tie between owners leaves it unspent."""
    if terms.last_cent == "nobody":
        return awards
    left = _cents(pools)
    for award in awards.values():
        for key in award.wish.pools:
            left[key] -= award.cents
    result = dict(awards)
    for lot in dict.fromkeys(award.wish.lot for award in awards.values()):
        _give(result, [award for award in awards.values() if award.wish.lot == lot], left, terms)
    return result


def _give(result: dict[str, Award], awards: list[Award], left: dict[str, int], terms: Terms) -> None:
    """The remainder of one lot's rounding to its owners in turn."""
    bound = [award for award in awards if award.share]
    lost = sum(award.share - award.cents for award in bound if award.share is not None)
    units = max(money.floor(money.divide(lost, terms.unit)), 0)
    for group in _owners(bound, terms.last_cent):
        room = [_room(award, left, terms) for award in group]
        asked = [(award.wish, space * terms.unit) for award, space in zip(group, room, strict=True)]
        if len(group) > 1 and (units < sum(room) or over(left, asked)):
            return
        for award, space in zip(group, room, strict=True):
            cents = min(space, units) * terms.unit
            units -= cents // terms.unit
            result[award.id] = replace(award, cents=award.cents + cents, last_cents=cents)
            for key in award.wish.pools:
                left[key] -= cents


def _room(award: Award, left: Mapping[str, int], terms: Terms) -> int:
    """How many units more it may take."""
    room = min(award.wish.want - award.cents, *(left[key] for key in award.wish.pools)) // terms.unit
    return min(room, 1) if terms.last_cent == "largest_remainder" else room


def _owners(bound: list[Award], owner: str) -> list[list[Award]]:
    """Level-bound awards in the order in which they take what is left; equals together."""

    def order(award: Award) -> tuple[Number, ...]:
        assert award.share is not None
        match owner:
            case "largest_remainder":
                return (award.cents - award.share, award.wish.place)
            case "largest_award":
                return (-award.cents, award.wish.place)
            case "last_in_rank":
                return (-award.wish.place,)
            case _:
                return (award.wish.place,)

    groups: dict[tuple[Number, ...], list[Award]] = {}
    for award in sorted(bound, key=order):
        groups.setdefault(order(award), []).append(award)
    return list(groups.values())
