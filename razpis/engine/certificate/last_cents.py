"""Who takes what rounding left: the owners the rulebook names, in turn, never one of two equals alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from razpis.engine import money
from razpis.engine.certificate.bottlenecks import sortable
from razpis.engine.certificate.entries import Key
from razpis.engine.certificate.shares import Share, overspent
from razpis.engine.money import Number


def last_cents(owner: str, unit: int, shares: Sequence[Share], left: Mapping[Key, int]) -> dict[str, int]:
    """The cents over its rounded share that each owner gets; ``left``: what the sums hold before any award."""
    rest = dict(left)
    for one in shares:
        _take(rest, one, one.cents)
    extra: dict[str, int] = {}
    if owner == "nobody":
        return extra
    for lot in dict.fromkeys(one.turn.lot for one in shares):
        held = [one for one in shares if one.turn.lot == lot and one.by is not None and one.amount]
        lost = money.total(one.amount for one in held) - sum(one.cents for one in held)
        units = max(money.full_units(lost, unit), 0)
        for _, equals in groupby(sorted(held, key=lambda one: _rank(owner, one)), key=lambda one: _rank(owner, one)):
            group = list(equals)
            takes = {one.turn.id: _room(owner, unit, one, rest) for one in group}
            if len(group) == 1:
                takes = {id_: min(room, units) for id_, room in takes.items()}
            elif sum(takes.values()) > units or overspent(
                ((one.turn, takes[one.turn.id] * unit) for one in group), rest
            ):
                break
            for one in group:
                units -= takes[one.turn.id]
                extra[one.turn.id] = takes[one.turn.id] * unit
                _take(rest, one, extra[one.turn.id])
    return extra


def _take(rest: dict[Key, int], one: Share, cents: int) -> None:
    for key in one.turn.sums:
        rest[key] -= cents


def _room(owner: str, unit: int, one: Share, rest: Mapping[Key, int]) -> int:
    """How many units it may still take."""
    room = min(one.turn.ask - one.cents, *(rest[key] for key in one.turn.sums)) // unit
    return min(room, 1) if owner == "largest_remainder" else room


def _rank(owner: str, one: Share) -> tuple[Number, ...]:
    """The order of owners, lowest first; those with the same are equals."""
    match owner:
        case "largest_remainder":
            return *sortable(one.cents - one.amount), one.turn.place
        case "largest_award":
            return -one.cents, one.turn.place
        case "last_in_rank":
            return (-one.turn.place,)
        case _:
            return (one.turn.place,)
