"""One pass over the money as a certificate sees it: who may ask for what, and what the rules then allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from razpis.engine.certificate.entries import Entry, Key
from razpis.engine.money import Number


@dataclass(frozen=True, slots=True)
class Turn:
    """One application in one pass: what it may still get (``ask``), the sums it counts in there, innermost
    first, and the cents it is said to have got. ``lot`` is whose money is given: in a common pass, no lot's;
    ``got``: the cents it is said to have from earlier passes."""

    entry: Entry
    lot: str
    place: int
    open: bool
    ask: int
    sums: tuple[Key, ...]
    cents: int
    got: int = 0

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.entry.id

    @property
    def pot(self) -> Key:
        """The sum that is the money being given."""
        return "lot", self.lot

    @property
    def money(self) -> tuple[Key, ...]:
        """The sums that are the money being given: what is set aside, and the lot it is part of."""
        return tuple(key for key in self.sums if key[0] in ("set_aside", "lot"))


class Verdict(NamedTuple):
    """What the rules allow in one turn, and why not more. ``exact``: its share before any rounding, ``proved``:
    the bottleneck theorem holds for it."""

    cents: int
    limited_by: str
    undecided: bool = False
    available: int | None = None
    share: Number | None = None
    rounded_down: bool = False
    last_cents: int = 0
    exact: Number = 0
    proved: bool = True


class Pass(NamedTuple):
    """A pass: its turns in order, what every sum still holds when it begins, and of each application that
    waits for an open tie since an earlier pass its turn in that pass."""

    name: str
    turns: tuple[Turn, ...]
    left: Mapping[Key, int]
    waiting: tuple[Turn, ...] = ()


class Outcome(NamedTuple):
    """Verdicts in the order of the turns; by lot, its value of a point as used and before rounding."""

    verdicts: list[Verdict]
    values: Mapping[str, tuple[Number, Number]]
