"""Fill in rank order: each application in turn takes what it wants, until something does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby

from razpis.engine.allocation.award import Award, Pool, Wish


@dataclass(frozen=True, slots=True)
class Edge:
    """What happens in a lot to an application that does not fit whole: ``part``, ``skip`` or ``stop``; a part
    below ``minimum_useful`` cents is not granted. Awards are multiples of ``unit`` cents."""

    rule: str
    minimum_useful: int = 0
    unit: int = 1


@dataclass(slots=True)
class _State:
    """What every pool still holds, and the lots where the fill has stopped, with the limit that stopped it."""

    pools: Mapping[str, Pool]
    left: dict[str, int]
    stopped: dict[str, str] = field(default_factory=dict)

    def shortened(self, wish: Wish, unit: int) -> tuple[int, str]:
        """What it wants after the pools that shorten, and the limit that says so (innermost first)."""
        want, bound = wish.want, wish.bound
        for key in wish.pools:
            if not self.pools[key].edge and self.left[key] < want:
                want, bound = self.left[key] // unit * unit, self.pools[key].name
        return want, bound

    def room(self, group: Sequence[tuple[Wish, int]]) -> tuple[int, int, str] | None:
        """The pool that does not hold what the group wants: what it has, what is wanted, its name."""
        wanted: dict[str, int] = {}
        for wish, want in group:
            for key in wish.pools:
                wanted[key] = wanted.get(key, 0) + want
        short = [(self.left[key], total, key) for key, total in wanted.items() if total > self.left[key]]
        if not short:
            return None
        left, total, key = min(short, key=lambda one: Fraction(one[0], one[1]))
        return left, total, self.pools[key].name

    def take(self, award: Award) -> Award:
        """Take the award out of its pools."""
        for key in award.wish.pools:
            self.left[key] -= award.cents
        return award

    def available(self, wish: Wish) -> int:
        """What the pools with an edge still hold for it."""
        return min(self.left[key] for key in wish.pools if self.pools[key].edge)


def fill(wishes: Sequence[Wish], pools: Mapping[str, Pool], edges: Mapping[str, Edge]) -> list[Award]:
    """Awards in the order of ``wishes``: lot by lot, in each lot by place.

    Applications of one shared place are treated alike: all of them, or the edge rule for all of them. An
    open tie is decided only where its order changes nothing; otherwise it and the rest of its lot wait.
    """
    state = _State(pools, {key: pool.cents for key, pool in pools.items()})
    awards: list[Award] = []
    waiting: set[str] = set()
    for (lot, _), together in groupby(wishes, key=lambda wish: (wish.lot, wish.place)):
        group = [(wish, *state.shortened(wish, edges[lot].unit)) for wish in together]
        short = state.room([(wish, want) for wish, want, _ in group])
        if short and group[0][0].open and lot not in state.stopped and _to_win(state, group, edges[lot]):
            waiting.add(lot)
        if lot in waiting:
            awards += [Award(wish.id, 0, "", wish, state.available(wish), undecided=True) for wish, _, _ in group]
        else:
            awards += [state.take(award) for award in _group(state, group, short, edges[lot])]
    return awards


def _to_win(state: _State, group: Iterable[tuple[Wish, int, str]], edge: Edge) -> bool:
    """Whether any of the group could get something if it came first."""
    useful = max(edge.minimum_useful, edge.unit)
    for wish, want, _ in group:
        room = state.available(wish)
        if want and (want <= room or (edge.rule == "part" and room >= useful)):
            return True
    return False


def _group(
    state: _State, group: list[tuple[Wish, int, str]], short: tuple[int, int, str] | None, edge: Edge
) -> Iterable[Award]:
    lot = group[0][0].lot
    if lot in state.stopped:
        return [Award(wish.id, 0, state.stopped[lot], wish, state.available(wish)) for wish, _, _ in group]
    if short is None:
        return [Award(wish.id, want, bound, wish, state.available(wish)) for wish, want, bound in group]
    refused = [Award(wish.id, 0, short[2], wish, state.available(wish)) for wish, _, _ in group]
    if edge.rule == "stop":
        state.stopped[lot] = short[2]
    if edge.rule == "part":
        return _parts(refused, [want for _, want, _ in group], short, edge)
    return refused


def _parts(refused: list[Award], wants: list[int], short: tuple[int, int, str], edge: Edge) -> list[Award]:
    """What is left, in equal proportion to what is wanted; nothing where a part would not be useful."""
    left, wanted, _ = short
    parts = [left * want // wanted // edge.unit * edge.unit for want in wants]
    if any(part < edge.minimum_useful for part in parts):
        return refused
    return [replace(award, cents=part) for award, part in zip(refused, parts, strict=True)]
