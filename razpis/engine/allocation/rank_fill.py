"""Fill in rank order: each application in turn takes what it wants, until something does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from razpis.engine.allocation.award import Award, Pool, Wish
from razpis.engine.pairing import paired


@dataclass(frozen=True, slots=True)
class Edge:
    """What happens in a lot to an application that does not fit whole: ``part``, ``skip`` or ``stop``; a part
    below ``minimum_useful`` cents is not granted. Awards are multiples of ``unit`` cents."""

    rule: str
    minimum_useful: int = 0
    unit: int = 1


class Want(NamedTuple):
    """What a wish still wants after the pools that shorten, in cents, and the limit that says so."""

    wish: Wish
    cents: int
    bound: str


@dataclass(slots=True)
class _State:
    """What every pool still holds, the lots where the fill has stopped, with the limit that stopped it, and who
    waits for an open tie: by the money they wait for, what they want of each pool."""

    pools: Mapping[str, Pool]
    left: dict[str, int]
    stopped: dict[str, str] = field(default_factory=dict)
    held: dict[str, Wish] = field(default_factory=dict)
    waiting: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)

    def shortened(self, wishes: Sequence[Wish], unit: int) -> list[Want]:
        """What they want after the pools that shorten: the one that holds the least part of what is wanted of it
        leaves that part to each who draws on it, then the next, so that none is left with what it could give."""
        wants = {wish.id: Want(wish, wish.want, wish.bound) for wish in wishes}
        left = {key: self.left[key] for wish in wishes for key in wish.pools if not self.pools[key].edge}
        rest = list(wants.values())
        while short := _short(rest, left):
            members, rest = _drawing(rest, short)
            for want, part in paired(members, _parts(members, left[short], unit)):
                wants[want.wish.id] = Want(want.wish, part, self.pools[short].name)
                for key in left.keys() & want.wish.pools:
                    left[key] -= part
        return list(wants.values())

    def contested(self, wants: Iterable[Want]) -> bool:
        """Whether some pool does not hold what they want of it."""
        return any(total > self.left[key] for key, total in _totals(wants).items())

    def wait(self, wish: Wish) -> None:
        """Count a wish among those that wait for a tie; where it waits since an earlier pass, for the money of this
        one instead."""
        if wish.id in self.held:
            before = self.held[wish.id]
            self.waiting[before.purse].subtract(dict.fromkeys(before.pools, before.want))
        self.held[wish.id] = wish
        self.waiting.setdefault(wish.purse, Counter()).update(dict.fromkeys(wish.pools, wish.want))

    def depends(self, wants: Sequence[Want]) -> bool:
        """Whether those who wait might take from a pool what these want of it: at most what they want, and no more
        than the money they wait for."""
        for key, total in _totals(wants).items() if self.waiting else ():
            claims = (min(asked[key], *(self.left[one] for one in purse)) for purse, asked in self.waiting.items())
            needed = sum(claims)
            if total and needed and 0 < self.left[key] < total + needed:
                return True
        return False

    def take(self, award: Award) -> Award:
        """Take the award out of its pools."""
        for key in award.wish.pools:
            self.left[key] -= award.cents
        return award

    def nothing(self, wish: Wish, limited_by: str = "", undecided: bool = False) -> Award:
        """No money for a wish, because of ``limited_by`` or a tie; one that nothing is due to has none anyway."""
        if wish.apart or not (wish.want or undecided):
            return Award(wish.id, 0, wish.bound, wish, self.available(wish))
        return Award(wish.id, 0, limited_by, wish, self.available(wish), undecided=undecided)

    def available(self, wish: Wish) -> int:
        """What the pools with an edge still hold for it."""
        return min(self.left[key] for key in wish.pools if self.pools[key].edge)


def fill(
    wishes: Sequence[Wish], pools: Mapping[str, Pool], edges: Mapping[str, Edge], waiting: Iterable[Wish] = ()
) -> list[Award]:
    """Awards in the order of ``wishes``: lot by lot, in each lot by place.

    Applications of one shared place are treated alike: what does not hold all that draw on it is shared by them
    in proportion, or meets the edge rule with all of them. An open tie is decided only where its order changes
    nothing; otherwise it and the rest of its lot wait, and so does who might be left without what those who wait may
    take, with the rest of its lot. ``waiting``: who waits since earlier, as it asked then; it waits on.
    """
    state = _State(pools, {key: pool.cents for key, pool in pools.items()})
    for wish in waiting:
        state.wait(wish)
    before = frozenset(state.held)
    awards: list[Award] = []
    undecided: set[str] = set()
    for (lot, _), together in groupby(wishes, key=lambda wish: (wish.lot, wish.place)):
        group, edge = list(together), edges[lot]
        if lot in state.stopped:
            awards += [state.nothing(wish, state.stopped[lot]) for wish in group]
            continue
        asking = [wish for wish in group if not wish.apart]
        wants, tied = state.shortened(asking, edge.unit), group[0].open and len(asking) > 1
        if tied:
            wants = [want for wish in asking for want in state.shortened([wish], edge.unit)]
        unsettled = any(wish.waits or wish.id in before for wish in asking) or (
            tied and state.contested(wants) and _to_win(state, wants, edge)
        )
        if unsettled or state.depends(wants):
            undecided.add(lot)
        if lot in undecided:
            awards += [state.nothing(wish, "", undecided=True) for wish in group]
            for wish in asking:
                state.wait(wish)
        else:
            given = {wish.id: state.nothing(wish) for wish in group} | _group(state, wants, edge)
            awards += [state.take(given[wish.id]) for wish in group]
    return awards


def _to_win(state: _State, wants: Iterable[Want], edge: Edge) -> bool:
    """Whether any of them could get something if it came first."""
    useful = max(edge.minimum_useful, edge.unit)
    for want in wants:
        room = state.available(want.wish)
        if want.cents and (want.cents <= room or (edge.rule == "part" and room >= useful)):
            return True
    return False


def _group(state: _State, wants: Sequence[Want], edge: Edge) -> dict[str, Award]:
    """By id: everybody gets what it wants, but those who draw on a pool that does not hold it meet the edge rule."""
    awards: dict[str, Award] = {}
    left = {key: state.left[key] for want in wants for key in want.wish.pools if state.pools[key].edge}
    rest = list(wants)
    while short := _short(rest, left):
        name = state.pools[short].name
        members, rest = _drawing(rest, short)
        if edge.rule == "stop":
            state.stopped[members[0].wish.lot] = name
        for want, part in paired(members, _at_the_edge(members, left[short], edge)):
            awards[want.wish.id] = Award(want.wish.id, part, name, want.wish, state.available(want.wish))
            for key in left.keys() & want.wish.pools:
                left[key] -= part
    for want in rest:
        awards[want.wish.id] = Award(want.wish.id, want.cents, want.bound, want.wish, state.available(want.wish))
    return awards


def _short(wants: Sequence[Want], left: Mapping[str, int]) -> str | None:
    """The pool that holds the least part of what is wanted of it; the innermost of equals."""
    inner: dict[str, int] = {}
    for want in wants:
        for depth, key in enumerate(reversed(want.wish.pools)):
            inner[key] = max(depth, inner.get(key, 0))
    short = [
        (Fraction(left[key], total), -inner[key], key)
        for key, total in _totals(wants).items()
        if key in left and total > left[key]
    ]
    return min(short)[2] if short else None


def _totals(wants: Iterable[Want]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for want in wants:
        for key in want.wish.pools:
            totals[key] = totals.get(key, 0) + want.cents
    return totals


def _drawing(wants: Sequence[Want], key: str) -> tuple[list[Want], list[Want]]:
    """Those who want something of a pool, and the others."""
    members = [want for want in wants if key in want.wish.pools and want.cents]
    return members, [want for want in wants if key not in want.wish.pools or not want.cents]


def _at_the_edge(members: Sequence[Want], left: int, edge: Edge) -> list[int]:
    """Parts of what is left, where the edge rule allows them; nothing where one would not be useful."""
    parts = _parts(members, left, edge.unit) if edge.rule == "part" else [0] * len(members)
    return [0] * len(members) if any(part < edge.minimum_useful for part in parts) else parts


def _parts(members: Sequence[Want], left: int, unit: int) -> list[int]:
    """What is left, in equal proportion to what is wanted."""
    total = sum(want.cents for want in members)
    return [left * want.cents // total // unit * unit for want in members]
