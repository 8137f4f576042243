"""One application's part of a proportional fill while it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from razpis.engine.allocation.award import BUDGET, LEVEL, Award, Pool, Wish
from razpis.engine.allocation.solving import Amount, Level


@dataclass(eq=False, slots=True)
class Part:
    """What a wish gets: ``share``, held by ``pool``, or all that it wants where it has no share.

    ``cents``: that rounded, ``rounded_down``: otherwise than stated; ``last_cents`` are added to it.
    """

    wish: Wish
    pool: str = ""
    share: Amount | None = None
    cents: int = 0
    rounded_down: bool = False
    last_cents: int = 0

    @property
    def amount(self) -> Amount:
        """Before its rounding."""
        return Level.of(self.wish.want).times(1) if self.share is None else self.share

    def rounded(self, unit: int, mode: str) -> int:
        """The amount in cents, a multiple of ``unit``, never more than is wanted."""
        return self.wish.want if self.share is None else min(self.share.rounded(unit, mode), self.wish.want)

    def award(self, pools: Mapping[str, Pool]) -> Award:
        """The award that it makes."""
        if self.share is None:
            return Award(self.wish.id, self.cents, self.wish.bound, self.wish)
        name = LEVEL if self.pool in (self.wish.lot_pool, BUDGET) else pools[self.pool].name
        return Award(
            self.wish.id,
            self.cents + self.last_cents,
            name,
            self.wish,
            held=self.share,
            rounded_down=self.rounded_down,
            last_cents=self.last_cents,
        )
