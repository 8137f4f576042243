"""What is claimed of a result, as plain values, and what a certificate says of it. Amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from razpis.engine.money import Number
from razpis.engine.problems import Text


class PlaceClaim(NamedTuple):
    """One application's place in its lot and the values of the ranking keys it stands on."""

    id: str
    lot: str
    place: int
    keys: tuple[Number | None, ...]


class TieClaim(NamedTuple):
    """A tie as reported, its ids in their own order: ``settled`` is ``draw``, ``shared`` or ``open``."""

    name: str
    lot: str
    place: int
    ids: tuple[str, ...]
    settled: str


@dataclass(frozen=True, slots=True)
class AwardClaim:
    """What one application is said to get, and why not more.

    ``passes``: where there was more than one, the cents from each by name. ``available``: what was left when
    its turn came. ``share``: the exact share behind a rounded award. ``last_cents``: what it got of the rest
    that rounding left.
    """

    id: str
    lot: str
    cents: int
    limited_by: str
    undecided: bool = False
    passes: tuple[tuple[str, int], ...] = ()
    available: int | None = None
    share: Number | None = None
    rounded_down: bool = False
    last_cents: int = 0


@dataclass(frozen=True, slots=True)
class LotClaim:
    """One lot's money: its own, what it got from others, what it passed on; the value of a point as used and
    before its rounding (cents for one unit of weight); the least points to take part, where these follow from the
    money."""

    lot: str
    amount: int
    received: int = 0
    given: int = 0
    value: Number | None = None
    exact_value: Number | None = None
    threshold: Number | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """The whole result to be checked; ``awards`` and ``lots`` are empty where no money is divided."""

    places: tuple[PlaceClaim, ...]
    ties: tuple[TieClaim, ...]
    awards: tuple[AwardClaim, ...] = ()
    lots: tuple[LotClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One property of the result; ``counterexample`` names an application or a lot for which it does not hold."""

    name: str
    text: Text
    counterexample: Text | None = None

    @property
    def ok(self) -> bool:
        """Whether it holds."""
        return self.counterexample is None


@dataclass(frozen=True, slots=True)
class Certificate:
    """Every check that was made."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether all hold."""
        return all(check.ok for check in self.checks)

    @property
    def failing(self) -> tuple[Check, ...]:
        """Those that do not."""
        return tuple(check for check in self.checks if not check.ok)
