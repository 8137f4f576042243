"""Dividing by weight: the value of a point rises round by round, and whoever meets a limit stops there."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .claims import Bound, Claim
from .numbers import Number, rounded, rounded_down, step

Shares = dict[str, Number]
OWN = None


def progressive(weights: Shares, caps: Shares, bounds: list[Bound]) -> tuple[Shares, dict[str, Bound | None]]:
    """What each gets where all have the same value of a point, until a limit stops some; and what stopped each
    (:data:`OWN` cap, or a bound: of two at once the one that stands first)."""
    amounts: Shares = {}
    stopped: dict[str, Bound | None] = {}
    rising = {id_ for id_, weight in weights.items() if weight > 0}
    while rising:
        levels = [(caps[id_] / weights[id_], OWN, {id_}) for id_ in rising]
        for bound in bounds:
            inside = {one.id for one in bound.claims} & set(weights)
            if inside & rising:
                left = bound.room - sum(amounts[id_] for id_ in inside - rising if id_ in amounts)
                levels.append((left / sum(weights[id_] for id_ in inside & rising), bound, inside & rising))
        lowest = min(level for level, _, _ in levels)
        for level, by, ids in levels:
            for id_ in ids & rising if level == lowest else ():
                amounts[id_], stopped[id_] = weights[id_] * lowest, by
                rising = rising - {id_}
    return amounts, stopped


def rounded_within(amounts: Shares, bounds: list[Bound], rounding: Any) -> Shares:
    """Rounded; of every bound that would be exceeded all that are under it are rounded down."""
    found = {id_: rounded(amount, rounding) for id_, amount in amounts.items()}
    over = [bound for bound in bounds if sum(found.get(one.id, 0) for one in bound.claims) > bound.room]
    down = {one.id for bound in over for one in bound.claims if one.id in found}
    return found | {id_: rounded_down(amounts[id_], rounding) for id_ in down}


def once(weights: Shares, caps: Shares, money: Shares, lot_of: dict[str, str], published: Any) -> Shares:
    """Without re-sharing: caps at the money of the lot divided by the sum of its weights, once; published rounded."""
    found: Shares = {}
    for lot in set(lot_of.values()):
        inside = {id_: weight for id_, weight in weights.items() if lot_of[id_] == lot}
        value = money[lot] / sum(inside.values()) if any(inside.values()) else Fraction(0)
        if published:
            up = rounded(value, published["round"])
            too_much = sum(min(caps[id_], inside[id_] * up) for id_ in inside) > money[lot]
            value = rounded_down(value, published["round"]) if too_much else up
        found |= {id_: min(caps[id_], weight * value) for id_, weight in inside.items()}
    return found


def at_published_values(
    amounts: Shares, weights: Shares, caps: Shares, stopped: dict[str, Bound | None], stated: Any
) -> Shares:
    """The value of a point is rounded before awards are computed from it, also of those who had reached their own
    limit; where rounding up would exceed the money, it is rounded down."""
    found = dict(amounts)
    for bound in {by for by in stopped.values() if by is not OWN}:
        held = next(id_ for id_, by in stopped.items() if by is bound)
        under = [one.id for one in bound.claims if stopped.get(one.id, bound) in (bound, OWN) and one.id in amounts]
        value = amounts[held] / weights[held]
        published = rounded(value, stated["round"])
        if sum(min(caps[id_], weights[id_] * published) for id_ in under) > bound.room:
            published = rounded_down(value, stated["round"])
        found |= {id_: min(caps[id_], weights[id_] * published) for id_ in under}
    return found


def with_last_cents(amounts: Shares, shares: Shares, lot: list[Claim], owner: str, rounding: Any, bounds) -> Shares:
    """What rounding left of the lot's sum goes to the owner as far as limits allow, then to the next; of equals to the
    higher place, and where equals share that and there is not enough for all of them, it stays."""
    unit = step(rounding)
    able = [one for one in lot if one.id in shares]
    steps = max(0, sum(amounts[one.id] - shares[one.id] for one in able) // unit)
    if owner == "nobody":
        return shares
    worth = {
        "largest_remainder": lambda one: (shares[one.id] - amounts[one.id], one.place),
        "first_in_rank": lambda one: (one.place,),
        "last_in_rank": lambda one: (-one.place,),
        "largest_award": lambda one: (-shares[one.id], one.place),
    }[owner]
    found = dict(shares)
    while steps:
        able = [one for one in able if _fits(one, found, unit, bounds)]
        first = [one for one in able if worth(one) == min(worth(other) for other in able)]
        most = 1 if owner == "largest_remainder" else steps
        room = {one.id: _steps(one, found, unit, bounds, most) for one in first}
        if not first or sum(room.values()) > steps:
            break
        for one in first:
            found[one.id] += room[one.id] * unit
            able.remove(one)
        steps -= sum(room.values())
    return found


def _steps(one: Claim, shares: Shares, unit: Number, bounds: list[Bound], most: int) -> int:
    """So many steps up to the most as its own limit and the bounds it is under leave room for."""
    many = 0
    while many < most and _fits(one, shares, unit * (many + 1), bounds):
        many += 1
    return many


def _fits(one: Claim, shares: Shares, unit: Number, bounds: list[Bound]) -> bool:
    more = dict(shares)
    more[one.id] += unit
    under = [bound for bound in bounds if any(one is other for other in bound.claims)]
    together = all(sum(more.get(other.id, 0) for other in bound.claims) <= bound.room for bound in under)
    return more[one.id] <= one.missing and together
