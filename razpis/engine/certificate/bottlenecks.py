"""Fair shares by their bottlenecks, and the theorem that proves them.

A division under upper bounds on sums is weighted max-min fair exactly where everybody below its own ceiling
counts in a bottleneck: a sum that is used up and in which nobody has a higher level, the level being the
amount for one unit of weight (Bertsekas and Gallager, Data Networks, 2nd edition, 1992, 6.5.2). Such a division
is unique, so whatever was found by any method and is proved by :func:`proofs` is the one the rules ask for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from razpis.engine import money
from razpis.engine.certificate.entries import Key
from razpis.engine.money import Number
from razpis.engine.pairing import paired

Sortable: TypeAlias = tuple[int, Number]


def sortable(number: Number) -> Sortable:
    """A number for comparing: behind its whole units of 2^-64, which tell nearly all numbers apart at once."""
    return (number.numerator << 64) // number.denominator, number


class Sharer(NamedTuple):
    """One who shares: weight above 0, the most it may have, the sums it counts in."""

    weight: Number
    ceiling: Number
    sums: tuple[Key, ...]


def fair_shares(sharers: Sequence[Sharer], left: Mapping[Key, int]) -> list[Number]:
    """Exact shares, bottleneck by bottleneck.

    For each sum alone: the level at which its members would use it up. A sum whose level is the lowest for all
    of its members is a bottleneck, whatever the others do; it settles them, and the rest is found anew.
    """
    search = _Search(sharers, left)
    while search.open:
        search.settle_bottlenecks()
    return [sharer.ceiling if share is None else share for sharer, share in paired(sharers, search.shares)]


class _Search:
    """Weights and ceilings in whole numbers, because nearly all the work is comparing them."""

    def __init__(self, sharers: Sequence[Sharer], left: Mapping[Key, int]) -> None:
        scale = math.lcm(*{sharer.weight.denominator for sharer in sharers})
        self.sharers, self.left = sharers, left
        self.weights = [sharer.weight.numerator * (scale // sharer.weight.denominator) for sharer in sharers]
        self.ceilings = [(sharer.ceiling.numerator, sharer.ceiling.denominator) for sharer in sharers]
        self.shares: list[Number | None] = [None] * len(sharers)
        self.open = _members(sharers)
        self.given: dict[Key, list[Number]] = {key: [] for key in self.open}
        self.levels: dict[Key, Sortable | None] = {}

    def settle_bottlenecks(self) -> None:
        """Settle every sum that is a bottleneck now."""
        for key, group in self.open.items():
            if key not in self.levels:
                self.levels[key] = self._level(key, group)
        lowest = [None if share is not None else self._lowest(at) for at, share in enumerate(self.shares)]
        for key, group in self.open.items():
            level = self.levels[key]
            if all(lowest[at] == level for at in group):
                for at in group:
                    self._settle(at, level)
        settled = {key for key, group in self.open.items() if any(self.shares[at] is not None for at in group)}
        for key in settled:
            del self.levels[key]
            self.open[key] = [at for at in self.open[key] if self.shares[at] is None]
        self.open = {key: group for key, group in self.open.items() if group}

    def _lowest(self, at: int) -> Sortable | None:
        """The lowest of its sums' levels; ``None`` where none of them is ever used up."""
        levels = [level for key in self.sharers[at].sums if (level := self.levels[key]) is not None]
        return min(levels, default=None)

    def _settle(self, at: int, level: Sortable | None) -> None:
        if self.shares[at] is None:
            share = self.sharers[at].ceiling
            if level is not None and not self._reaches(at, level[1].numerator, level[1].denominator):
                share = money.exact(Fraction(self.weights[at] * level[1]))
            self.shares[at] = share
            for key in self.sharers[at].sums:
                self.given[key].append(share)

    def _reaches(self, at: int, top: int, bottom: int) -> bool:
        """Whether its ceiling stops it at or below the level ``top / bottom``."""
        ceiling, of = self.ceilings[at]
        return ceiling * bottom <= self.weights[at] * top * of

    def _level(self, key: Key, rising: list[int]) -> Sortable | None:
        """The level at which these members use up what the sum still has; ``None`` where their ceilings do not."""
        rest = self.left[key] - money.total(self.given[key])
        while rising:
            top, bottom = rest.numerator, rest.denominator * sum(self.weights[at] for at in rising)
            above = [at for at in rising if not self._reaches(at, top, bottom)]
            if len(above) == len(rising):
                return sortable(Fraction(top, bottom))
            stopped = set(rising).difference(above)
            rest -= money.total(self.sharers[at].ceiling for at in stopped)
            rising = above
        return None


def _members(sharers: Sequence[Sharer]) -> dict[Key, list[int]]:
    members: dict[Key, list[int]] = {}
    for at, sharer in enumerate(sharers):
        for key in sharer.sums:
            members.setdefault(key, []).append(at)
    return members


class Proof(NamedTuple):
    """Whether a share is proved fair, and the bottlenecks it counts in, in the order of its sums."""

    holds: bool
    bottlenecks: tuple[Key, ...]


def proofs(sharers: Sequence[Sharer], shares: Sequence[Number], left: Mapping[Key, int]) -> list[Proof]:
    """For each share, whether the theorem holds: it is within its ceiling and its sums, and at its ceiling or
    in a bottleneck."""
    members = _members(sharers)
    rest = {key: left[key] - money.total(shares[at] for at in group) for key, group in members.items()}
    levels: dict[int, Sortable] = {}
    highest: dict[Key, Sortable] = {}
    for key in (key for key in members if not rest[key]):
        for at in (at for at in members[key] if at not in levels):
            levels[at] = sortable(money.divide(shares[at], sharers[at].weight))
        highest[key] = max(levels[at] for at in members[key])
    found = []
    for at, (sharer, share) in enumerate(paired(sharers, shares)):
        bottlenecks = tuple(key for key in sharer.sums if key in highest and levels[at] == highest[key])
        within = 0 <= share <= sharer.ceiling and all(rest[key] >= 0 for key in sharer.sums)
        found.append(Proof(within and (share == sharer.ceiling or bool(bottlenecks)), bottlenecks))
    return found
