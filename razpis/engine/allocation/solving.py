"""Levels as equations: enclosed by two whole numbers at once, solved exactly only where those do not decide.

The exact level of a pool is a fraction whose denominator gathers those of all the levels it depends on: thousands
of digits where tens of thousands of applications share. Nearly every question about a level – which of two comes
first, what an award is in cents – is answered by its first few digits. So a level holds the equation it solves and
two whole numbers with ``low ≤ level × 2^BITS ≤ high``. Where both ends give the same answer, it is the exact one;
where they do not, the equation is solved and the exact value asked. No answer ever rests on an approximation.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from razpis.engine import money
from razpis.engine.money import Number

BITS = 192
COARSE = 1 << BITS // 2
"""A level that is enclosed no closer than this is solved, so that those that depend on it stay close."""


def enclosed(number: Number) -> tuple[int, int]:
    """The whole numbers just below and above ``number × 2^BITS``; the same one twice where that is whole."""
    scaled = number.numerator << BITS
    return scaled // number.denominator, -(-scaled // number.denominator)


@dataclass(eq=False, slots=True)
class Level:
    """Cents for one unit of weight: (``money`` − Σ weight × level over ``terms``) ÷ ``weight``.

    ``terms`` are earlier levels, each with a lower ``serial``. ``low`` and ``high`` enclose the level × 2^BITS.
    """

    money: Number
    weight: int
    terms: tuple[Term, ...] = field(repr=False)
    serial: int
    low: int
    high: int
    _exact: Number | None = None

    @classmethod
    def of(cls, value: Number) -> Level:
        """A level that is known exactly."""
        return cls(value, 1, (), 0, *enclosed(value), value)

    def __post_init__(self) -> None:
        if self.high - self.low > COARSE:
            self.low, self.high = enclosed(self.exact)

    @property
    def exact(self) -> Number:
        """The level itself: all it depends on is solved first, the earliest first."""
        if self._exact is None:
            for level in self._unsolved():
                known = (weight * one.exact for one, weight in level.terms)
                level._exact = money.divide(level.money - money.total(known), level.weight)
        assert self._exact is not None
        return self._exact

    def _unsolved(self) -> list[Level]:
        found, ahead = {self.serial: self}, [self]
        while ahead:
            for one, _ in ahead.pop().terms:
                if one._exact is None and one.serial not in found:
                    found[one.serial] = one
                    ahead.append(one)
        return [found[serial] for serial in sorted(found)]

    @property
    def positive(self) -> bool:
        """Whether it is above 0; it is never below."""
        return self.low > 0 or self.exact > 0

    def times(self, factor: Number) -> Amount:
        """``factor``, which is not below 0, × the level."""
        top, bottom = factor.numerator, factor.denominator
        return Amount(factor, self, 0, top * self.low // bottom, -(-top * self.high // bottom))


Term: TypeAlias = tuple[Level, int]
"""A level and how much weight is held at it."""


@dataclass(eq=False, slots=True)
class Amount:
    """``factor`` × ``level`` + ``more`` whole cents, compared by its exact value. ``low`` and ``high`` enclose it
    × 2^BITS."""

    factor: Number
    level: Level
    more: int
    low: int
    high: int

    def less(self, cents: int) -> Amount:
        """The amount without these whole cents."""
        scaled = cents << BITS
        return Amount(self.factor, self.level, self.more - cents, self.low - scaled, self.high - scaled)

    def __lt__(self, other: Amount) -> bool:
        if self.high < other.low or self.low >= other.high:
            return self.high < other.low
        return self._over(other) < 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Amount) or self.high < other.low or self.low > other.high:
            return False
        return self._over(other) == 0

    def __hash__(self) -> int:
        return hash(self.exact)

    def _over(self, other: Amount) -> Number:
        if self.level is other.level and self.factor == other.factor:
            return self.more - other.more
        return self.more - other.more + solve([(self.level, self.factor), (other.level, -other.factor)])

    @property
    def exact(self) -> Number:
        """The amount itself."""
        return self.factor * self.level.exact + self.more

    def below(self, cents: int) -> bool:
        """Whether it is less than these whole cents."""
        scaled = cents << BITS
        if self.high < scaled or self.low >= scaled:
            return self.high < scaled
        return self.exact < cents

    def rounded(self, unit: int, mode: str) -> int:
        """The amount as a multiple of ``unit`` cents, rounded by ``mode``. Rounding never turns two numbers round:
        where both ends round alike, so does whatever lies between them."""
        low = money.quotient(self.low, unit << BITS, mode)
        if low != money.quotient(self.high, unit << BITS, mode):
            low = money.whole(money.divide(self.exact, unit), mode)
        return low * unit


def whole_units(amounts: Collection[Amount], unit: int) -> int:
    """How many times ``unit`` cents the amounts hold together, rounded down."""
    low, high = sum(one.low for one in amounts), sum(one.high for one in amounts)
    units = low // (unit << BITS)
    if units != high // (unit << BITS):
        exact = solve((one.level, one.factor) for one in amounts) + sum(one.more for one in amounts)
        units = money.full_units(exact, unit)
    return units


def solve(sum_: Iterable[tuple[Level, Number]]) -> Number:
    """Σ factor × level, exactly. The latest level gives way to its equation, then the one before it and so on:
    what cancels is never worked out."""
    levels: dict[tuple[int, int], Level] = {}
    factors: dict[tuple[int, int], list[Number]] = {}
    latest: list[tuple[int, int]] = []
    known: list[Number] = []

    def add(level: Level, factor: Number) -> None:
        key = -level.serial, id(level)
        if key not in factors:
            levels[key], factors[key] = level, []
            heapq.heappush(latest, key)
        factors[key].append(factor)

    for one, times in sum_:
        add(one, times)
    while latest:
        key = heapq.heappop(latest)
        level, each = levels[key], money.divide(money.total(factors[key]), levels[key].weight)
        if each:
            known.append(each * level.money)
            for earlier, weight in level.terms:
                add(earlier, -each * weight)
    return money.total(known)
