"""Progressive filling: one level rises for all until a limit binds, freezes its members, and goes on.

Weighted max-min fairness: in the result every award has a tight limit in which nobody has a higher level
(Bertsekas and Gallager, Data Networks, 2nd edition, 1992, 6.5.2).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

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
    """Amounts in the order of ``seekers``; ``pools`` maps each key to the most its members may have."""
    filling = _Filling(seekers, pools)
    while filling.events:
        filling.step()
    return [held for held in filling.held if held is not None]


class _Filling:
    def __init__(self, seekers: Sequence[Seeker], pools: Mapping[str, Number]) -> None:
        self.seekers = seekers
        self.left: dict[str, Fraction] = {key: Fraction(cents) for key, cents in pools.items()}
        self.weight: dict[str, Fraction] = {}
        self.members: dict[str, list[int]] = {}
        self.held: list[Held | None] = [None] * len(seekers)
        for at, seeker in enumerate(seekers):
            for key in seeker.pools:
                self.weight[key] = self.weight.get(key, Fraction(0)) + seeker.weight
                self.members.setdefault(key, []).append(at)
        self.depth = {key: depth for seeker in seekers for depth, key in enumerate(seeker.pools, 1)}
        self.events: list[tuple[Fraction, int, int, str]] = [
            (Fraction(seeker.cap) / seeker.weight, 0, at, "") for at, seeker in enumerate(seekers)
        ]
        self.events += [self._event(key) for key in self.members]
        heapq.heapify(self.events)

    def _event(self, key: str) -> tuple[Fraction, int, int, str]:
        """When the pool is used up, if nobody else freezes before; innermost pools first among equals."""
        return (self.left[key] / self.weight[key], self.depth[key], -1, key)

    def step(self) -> None:
        level, _, at, key = heapq.heappop(self.events)
        if at >= 0:
            if self.held[at] is None:
                self._freeze(at, money.exact(Fraction(self.seekers[at].cap)), "", None)
            return
        if not self.weight[key]:
            return
        if self.left[key] / self.weight[key] > level:
            heapq.heappush(self.events, self._event(key))
            return
        for member in self.members[key]:
            if self.held[member] is None:
                self._freeze(member, money.exact(self.seekers[member].weight * level), key, money.exact(level))

    def _freeze(self, at: int, amount: Number, pool: str, level: Number | None) -> None:
        self.held[at] = Held(amount, pool, level)
        for key in self.seekers[at].pools:
            self.left[key] -= amount
            self.weight[key] -= self.seekers[at].weight
