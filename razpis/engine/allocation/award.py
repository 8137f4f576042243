"""What goes into a fill and what comes out of it. All amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from razpis.engine.allocation.solving import Amount
from razpis.engine.money import Number

REQUEST, LEVEL, BUDGET, MINIMUM, WINNERS = "request", "level", "budget", "minimum", "most_winners"
FIXED, MONEY = "fixed_part", "money_threshold"


class Bound(NamedTuple):
    """A limit on one application's award: its key and its amount, exact, before rounding."""

    key: str
    cents: Number


class Pool(NamedTuple):
    """An upper bound on the sum of several awards: a lot, the whole budget, an applicant, a class.

    ``key`` is unique; ``name`` is what an award bound by it is ``limited_by``. ``edge``: what does not fit
    meets the edge rule; otherwise the pool shortens what is wanted.
    """

    key: str
    name: str
    cents: int
    edge: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """One ranked application before the fill.

    ``request``: what it asked for. ``entitlement``: what the rules entitle it to, rounded as they state.
    ``bounds``: its own limits, innermost first. ``want``: the least of all these, whole cents; ``bound``:
    the key of the limit that gave it. ``pools``: the keys of the pools it draws on, innermost first, its
    lot among them. ``open``: its order is not settled; ``waits``: nor therefore whether it is among the most that
    may get money, or what it may have by its place. ``got``: the cents that earlier passes gave it, beside
    what it still wants. ``fixed``: the cents of the part it gets before the rest is shared by weight.
    """

    id: str
    lot: str
    place: int
    request: int
    entitlement: Number
    bounds: tuple[Bound, ...]
    want: int
    bound: str
    pools: tuple[str, ...]
    weight: Number = 0
    open: bool = False
    got: int = 0
    waits: bool = False
    fixed: int = 0

    @property
    def lot_pool(self) -> str:
        """The key of the pool that is its own lot."""
        return f"lot:{self.lot}"

    @property
    def purse(self) -> tuple[str, ...]:
        """The keys of the pools that are the money it draws on: what is set aside, its lot."""
        return tuple(key for key in self.pools if key.startswith(("set_aside:", "lot:")))

    @property
    def due(self) -> Number:
        """What it may have by its own limits, exact, whether it takes part or not."""
        return min(self.request, self.entitlement, *(bound.cents for bound in self.bounds))

    @property
    def apart(self) -> bool:
        """Whether it takes no part in the division, for it is below the threshold that follows from the money."""
        return self.bound == MONEY


@dataclass(frozen=True, slots=True)
class Award:
    """What one application gets and why not more.

    ``limited_by``: the key of the limit that bound it. ``available``: what its pools still held when its
    turn came (rank fill). ``held``: weight × the level at which it was held (proportional fill). ``rounded_down``:
    rounded down because rounding up would have broken a limit. ``last_cents``: cents added as the owner of
    what rounding left. ``undecided``: waits for a tie to be settled. ``passes``: where there was more than
    one, the cents from each by name.
    """

    id: str
    cents: int
    limited_by: str
    wish: Wish
    available: int | None = None
    held: Amount | None = None
    rounded_down: bool = False
    last_cents: int = 0
    undecided: bool = False
    passes: tuple[tuple[str, int], ...] = ()

    @property
    def level(self) -> Number | None:
        """Cents for one unit of weight at which it was held, exact; ``None`` where no level did."""
        return None if self.held is None else self.held.level.exact

    @property
    def share(self) -> Number | None:
        """Weight × level before rounding, exact, in cents; ``None`` where no level held it."""
        return None if self.held is None else self.held.exact


@dataclass(frozen=True, slots=True)
class LotAllocation:
    """One lot divided. ``received``: leftovers of other lots and of the common second pass, ``given``: its
    own leftover passed on. ``value_of_point``: cents for one unit of weight, where the fill is proportional
    and the lot's money did not suffice for all; ``exact_value`` is the same before its rounding. ``threshold``: the
    least points to take part, where these follow from the money."""

    lot: str
    amount: int
    awards: tuple[Award, ...]
    received: int = 0
    given: int = 0
    value_of_point: Number | None = None
    exact_value: Number | None = None
    threshold: Number | None = None

    @property
    def spent(self) -> int:
        """The sum of the awards."""
        return sum(award.cents for award in self.awards)

    @property
    def left(self) -> int:
        """What nobody got."""
        return self.amount + self.received - self.given - self.spent
