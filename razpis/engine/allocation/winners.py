"""At most so many recipients: who of a lot's order takes part in the division at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from razpis.engine.allocation.award import WINNERS, Wish


def among_first(wishes: Sequence[Wish], most: int) -> Iterator[Wish]:
    """The wishes of one lot, in its order; those behind the first ``most`` who want something want nothing.

    A shared place is taken in whole or not at all. A place whose order is still open, and that only some of it may
    be taken in from, waits.
    """
    taken, full = 0, False
    for _, together in groupby(wishes, key=lambda wish: wish.place):
        group = list(together)
        asking = sum(wish.want > 0 for wish in group)
        if not full and taken + asking <= most:
            taken += asking
            yield from group
            continue
        waits = not full and group[0].open and taken < most
        full = True
        for wish in group:
            if waits:
                yield replace(wish, waits=True)
            else:
                yield replace(wish, want=0, bound=WINNERS, waits=False) if wish.want or wish.waits else wish
