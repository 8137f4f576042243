"""Progressive filling: one level rises for all until a limit binds, freezes its members, and goes on.

Weighted max-min fairness: in the result every award has a tight limit in which nobody has a higher level
(Bertsekas and Gallager, Data Networks, 2nd edition, 1992, 6.5.2).

Each limit waits in a heap under a lower bound of the level at which it would bind. While members of a limit freeze
below that level it can only rise, so an old bound stays a bound and is renewed when it comes to the top; everybody
freezes once. What a limit still holds is kept within two whole numbers. They are right at the start, where they
differ by less than 1, and stay right: who freezes at its own cap takes it from both, rounded outwards; who freezes
at a level takes weight × ``low`` from the upper and weight × ``high`` from the lower of them, and the exact amount
lies between (see ``solving``). Limits whose levels these numbers cannot tell apart are compared exactly.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain, count
from math import lcm
from typing import NamedTuple

from razpis.engine.allocation.solving import Level, Term, enclosed, solve
from razpis.engine.money import Number
from razpis.engine.pairing import paired


class Seeker(NamedTuple):
    """One who shares: weight above 0, the most it may have, and the pools it draws on, innermost first."""

    weight: Number
    cap: Number
    pools: tuple[str, ...]


class Held(NamedTuple):
    """Where one was held: by ``pool`` at ``level``, or by its own cap where both are blank."""

    pool: str = ""
    level: Level | None = None


def progressive(seekers: Sequence[Seeker], pools: Mapping[str, Number]) -> list[Held]:
    """What holds each, in the order of ``seekers``; ``pools`` maps each key to the most its members may have."""
    filling = _Filling(seekers, pools)
    while tied := filling.lowest():
        filling.bind(tied)
    return [filling.held[at] for at in range(len(seekers))]


@dataclass(eq=False, slots=True)
class _Limit:
    """An upper bound on a sum while the level rises. One's own cap is the limit on a sum of one.

    It holds ``money`` less what is frozen at levels (``terms``); that × 2^BITS is at most ``high`` and at least
    ``high - doubt``. ``weight`` still draws on it.
    """

    key: str
    money: Number
    high: int
    doubt: int
    weight: int
    members: list[int] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    @classmethod
    def of(cls, key: str, money: Number, weight: int = 0) -> _Limit:
        low, high = enclosed(money)
        return cls(key, money, high, high - low, weight)

    def ends(self) -> tuple[int, int]:
        """What encloses the level × 2^BITS at which it would bind now."""
        return (self.high - self.doubt) // self.weight, -(-self.high // self.weight)

    def level(self, serial: int) -> Level:
        """The level at which it would bind now."""
        return Level(self.money, self.weight, tuple(self.terms), serial, *self.ends())

    def spend(self, cap: _Limit) -> None:
        """Freeze one at its own cap."""
        self.weight -= cap.weight
        self.money -= cap.money
        self.high -= cap.high - cap.doubt
        self.doubt += cap.doubt

    def freeze(self, level: Level, weight: int) -> None:
        """Freeze this much weight at a level."""
        self.terms.append((level, weight))
        self.weight -= weight
        self.high -= weight * level.low
        self.doubt += weight * (level.high - level.low)


class _Filling:
    """Everybody and every limit while the level rises. Weights are made whole, and money is multiplied likewise:
    the levels stay the same. Limits are numbered: the own caps, in the order of the seekers, then the pools."""

    def __init__(self, seekers: Sequence[Seeker], pools: Mapping[str, Number]) -> None:
        self._scale = scale = lcm(*{seeker.weight.denominator for seeker in seekers})
        self._caps = [seeker.cap for seeker in seekers]
        self._weights = [seeker.weight.numerator * (scale // seeker.weight.denominator) for seeker in seekers]
        keys = dict.fromkeys(chain.from_iterable(seeker.pools for seeker in seekers))
        numbers = {key: which for which, key in enumerate(keys, len(seekers))}
        self._pools = {which: _Limit.of(key, pools[key] * scale) for key, which in numbers.items()}
        self._drawn = [tuple(map(numbers.__getitem__, seeker.pools)) for seeker in seekers]
        for at, (weight, drawn) in enumerate(paired(self._weights, self._drawn)):
            for which in drawn:
                self._pools[which].weight += weight
                self._pools[which].members.append(at)
        self._serial = count()
        self._heap = [(self._limit(which).ends()[0], which) for which in range(len(seekers) + len(keys))]
        heapq.heapify(self._heap)
        self.held: dict[int, Held] = {}

    def _limit(self, which: int) -> _Limit:
        if which in self._pools:
            return self._pools[which]
        return _Limit.of("", self._caps[which] * self._scale, self._weights[which])

    def lowest(self) -> list[int]:
        """The limits that bind next, all at one level; none where everybody is frozen."""
        rivals: list[int] = []
        least: int | None = None
        while self._heap and (least is None or self._heap[0][0] <= least):
            before, which = heapq.heappop(self._heap)
            limit = None if which in self.held else self._limit(which)
            if limit is None or not limit.weight:
                continue
            low, high = limit.ends()
            if low > before:
                heapq.heappush(self._heap, (low, which))
                continue
            rivals.append(which)
            least = high if least is None else min(least, high)
        return rivals if len(rivals) < 2 else self._tied(rivals)

    def _tied(self, rivals: list[int]) -> list[int]:
        """Those of the rivals that bind first, by exact levels; the others wait on."""
        levels = [self._limit(which).level(next(self._serial)) for which in rivals]
        above = [solve([(level, 1), (levels[0], -1)]) for level in levels]
        least = min(above)
        for which, level, more in paired(rivals, levels, above):
            if more > least:
                heapq.heappush(self._heap, (level.low, which))
        return [which for which, more in paired(rivals, above) if more == least]

    def bind(self, tied: Sequence[int]) -> None:
        """Freeze the members of these limits: where one's own cap is among them, at that cap."""
        for at in (which for which in tied if which not in self._pools):
            cap = self._limit(at)
            for pool in self._drawn[at]:
                self._pools[pool].spend(cap)
            self.held[at] = Held()
        short = {which for which in tied if which in self._pools and self._pools[which].weight}
        if short:
            self._bind_pools(short)

    def _bind_pools(self, tied: Set[int]) -> None:
        level = self._pools[min(tied)].level(next(self._serial))
        held = {which: Held(self._pools[which].key, level) for which in tied}
        frozen: dict[int, int] = defaultdict(int)
        for at in chain.from_iterable(self._pools[which].members for which in tied):
            if at not in self.held:
                self.held[at] = held[next(filter(tied.__contains__, self._drawn[at]))]
                for pool in self._drawn[at]:
                    frozen[pool] += self._weights[at]
        for pool, weight in frozen.items():
            self._pools[pool].freeze(level, weight)
