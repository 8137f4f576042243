"""Progressive filling: one level rises for all until a limit binds, freezes its members, and goes on.

Weighted max-min fairness: in the result every award has a tight limit in which nobody has a higher level
(Bertsekas and Gallager, Data Networks, 2nd edition, 1992, 6.5.2).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from razpis.engine import money
from razpis.engine.money import Number


class Seeker(NamedTuple):
    """One who shares: weight above 0, the most it may have, and the pools it draws on, innermost first."""

    weight: Number
    cap: Number
    pools: tuple[str, ...]


class Held(NamedTuple):
    """What it gets, exact, and the pool that held it at ``level``; its own cap where ``pool`` is blank."""

    amount: Number
    pool: str
    level: Number | None


def progressive(seekers: Sequence[Seeker], pools: Mapping[str, Number]) -> list[Held]:
    """Amounts in the order of ``seekers``; ``pools`` maps each key to the most its members may have.

    Weights are made whole first: whole numbers are several times faster than fractions.
    """
    scale = lcm(*(seeker.weight.denominator for seeker in seekers))
    if scale > 1:
        scaled = [seeker._replace(weight=money.exact(Fraction(seeker.weight * scale))) for seeker in seekers]
        found = progressive(scaled, pools)
        return [one if one.level is None else one._replace(level=one.level * scale) for one in found]
    filling = _Filling(seekers, pools)
    caps = sorted(_moment(seeker.cap, seeker.weight, 0, at) for at, seeker in enumerate(seekers))
    for moment in caps:
        filling.rise(moment)
        at = moment[3]
        if filling.held[at] is None:
            filling.freeze(at, seekers[at].cap, "", None)
    return [held for held in filling.held if held is not None]


Moment: TypeAlias = tuple[int, Fraction, int, int]
"""When something binds: the level, first as a whole number of 2^-96 because most comparisons end there,
then exactly; how far out (an application's own cap is 0, its innermost pool 1 …); who or which pool."""


def _moment(amount: Number, weight: Number, depth: int, which: int) -> Moment:
    level = Fraction(amount) / weight
    return (level.numerator << 96) // level.denominator, level, depth, which


class _Filling:
    """The pools while the level rises: what each still holds and the weight that still draws on it."""

    def __init__(self, seekers: Sequence[Seeker], pools: Mapping[str, Number]) -> None:
        self._seekers = seekers
        self._left: dict[str, Number] = dict(pools)
        self._weight: dict[str, Number] = dict.fromkeys(pools, 0)
        self._members: dict[str, list[int]] = {}
        self._depth: dict[str, int] = {}
        self.held: list[Held | None] = [None] * len(seekers)
        for at, seeker in enumerate(seekers):
            for depth, key in enumerate(seeker.pools, 1):
                self._weight[key] += seeker.weight
                self._members.setdefault(key, []).append(at)
                self._depth[key] = max(depth, self._depth.get(key, 0))
        self._keys = list(self._members)
        self._moments = [self._used_up(which) for which in range(len(self._keys))]
        heapq.heapify(self._moments)

    def _used_up(self, which: int) -> Moment:
        """When the pool is used up, if nobody else freezes before."""
        key = self._keys[which]
        return _moment(self._left[key], self._weight[key], self._depth[key], which)

    def rise(self, until: Moment) -> None:
        """Let every pool bind that does so before ``until``."""
        while self._moments and self._moments[0] < until:
            moment = heapq.heappop(self._moments)
            key = self._keys[moment[3]]
            if not self._weight[key]:
                continue
            now = self._used_up(moment[3])
            if now > moment:
                heapq.heappush(self._moments, now)
                continue
            level = money.exact(moment[1])
            for member in self._members[key]:
                if self.held[member] is None:
                    self.freeze(member, self._seekers[member].weight * level, self._innermost(member, level), level)

    def _innermost(self, member: int, level: Number) -> str:
        """The first of its pools that binds at this level."""
        pools = self._seekers[member].pools
        return next(key for key in pools if self._left[key] == self._weight[key] * level)

    def freeze(self, at: int, amount: Number, pool: str, level: Number | None) -> None:
        """Give ``amount`` for good."""
        if not isinstance(amount, int):
            amount = money.exact(amount)
        self.held[at] = Held(amount, pool, level)
        for key in self._seekers[at].pools:
            self._left[key] -= amount
            self._weight[key] -= self._seekers[at].weight
