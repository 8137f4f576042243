"""The last cents: what rounding left of a proportional fill, given to its owners in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from razpis.engine.allocation.award import Wish
from razpis.engine.allocation.parts import Part
from razpis.engine.allocation.solving import Amount, whole_units
from razpis.engine.money import Number
from razpis.engine.pairing import paired


class Short(NamedTuple):
    """A part that a level held, and what its rounding took of it: below 0 where it gave."""

    part: Part
    lost: Amount


def give_last_cents(parts: Sequence[Part], limits: Mapping[str, int], owner: str, unit: int) -> None:
    """What rounding left is given in whole units to its owner; a tie between owners leaves it. ``limits``: the
    cents in each pool."""
    if owner == "nobody":
        return
    left = dict(limits)
    lots: dict[str, list[Part]] = {}
    for part in parts:
        lots.setdefault(part.wish.lot, []).append(part)
        for key in part.wish.pools:
            left[key] -= part.cents
    for lot in lots.values():
        _give(lot, left, owner, unit)


def _give(parts: Sequence[Part], left: dict[str, int], owner: str, unit: int) -> None:
    """The remainder of one lot's rounding, given to its owners; ``left`` is lowered by it."""
    short = [
        Short(part, part.share.less(part.cents))
        for part in parts
        if part.share is not None and part.share.level.positive
    ]
    units = whole_units([one.lost for one in short], unit)
    for group in _owners(short, owner):
        room = [_room(part, left, unit, owner) for part in group]
        asked = ((part.wish, space * unit) for part, space in paired(group, room))
        if units <= 0 or (len(group) > 1 and (units < sum(room) or over(left, asked))):
            return
        for part, space in paired(group, room):
            part.last_cents = min(space, units) * unit
            units -= part.last_cents // unit
            for key in part.wish.pools:
                left[key] -= part.last_cents


def _room(part: Part, left: Mapping[str, int], unit: int, owner: str) -> int:
    """How many units more it may take."""
    room = min(part.wish.want - part.cents, *(left[key] for key in part.wish.pools)) // unit
    return min(room, 1) if owner == "largest_remainder" else room


def _owners(short: Sequence[Short], owner: str) -> Iterator[list[Part]]:
    """Parts in the order in which they take what is left; equals together. Of equals by the owner's own measure
    the first in rank comes first."""

    def measure(one: Short) -> tuple[Amount | int, ...]:
        match owner:
            case "largest_remainder":
                return one.lost, -one.part.wish.place
            case "largest_award":
                return one.part.cents, -one.part.wish.place
            case "last_in_rank":
                return (one.part.wish.place,)
            case _:
                return (-one.part.wish.place,)

    nearly = sorted(short, key=lambda one: one.lost.low, reverse=True)
    for _, group in groupby(sorted(nearly, key=measure, reverse=True), key=measure):
        yield [one.part for one in group]


def over(limits: Mapping[str, int], amounts: Iterable[tuple[Wish, Number]]) -> set[str]:
    """The pools that hold less than these amounts together; ``limits``: the cents in each."""
    spent: dict[str, Number] = {}
    for wish, amount in amounts:
        for key in wish.pools:
            spent[key] = spent.get(key, 0) + amount
    return {key for key, total in spent.items() if total > limits[key]}
