"""Fill in rank order: each application in turn takes what it wants, until something does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from razpis.engine.allocation.award import Award, LotAllocation, Wish


@dataclass(slots=True)
class _Pot:
    left: int
    stopped: bool = False


def fill(lot: str, key: str, amount: int, wishes: Sequence[Wish], edge: str, minimum_useful: int) -> LotAllocation:
    """The lot divided in rank order. ``key`` names the lot's own limit; ``edge``: what happens to an
    application that does not fit whole (``part``, ``skip``, ``stop``).

    Applications of one shared place are treated alike: all of them, or the edge rule for all of them. An
    open tie is decided only where its order changes nothing; otherwise it and everything after it waits.
    """
    pot = _Pot(amount)
    awards: list[Award] = []
    groups = [tuple(group) for _, group in groupby(wishes, key=lambda wish: wish.place)]
    for at, group in enumerate(groups):
        if group[0].open and not pot.stopped and sum(wish.want for wish in group) > pot.left:
            waiting = [wish for later in groups[at:] for wish in later]
            awards += [Award(wish.id, 0, "", wish, pot.left, undecided=True) for wish in waiting]
            break
        awards += _group(key, pot, group, edge, minimum_useful)
    return LotAllocation(lot, amount, tuple(awards), amount - sum(award.cents for award in awards))


def _group(key: str, pot: _Pot, group: tuple[Wish, ...], edge: str, minimum_useful: int) -> Iterator[Award]:
    wanted = sum(wish.want for wish in group)
    available = pot.left
    if not pot.stopped and wanted <= available:
        pot.left -= wanted
        return iter([Award(wish.id, wish.want, wish.bound, wish, available) for wish in group])
    awards = [Award(wish.id, 0, key, wish, available) for wish in group]
    if edge == "stop":
        pot.stopped = True
    elif edge == "part" and not pot.stopped:
        awards = _parts(awards, available, minimum_useful)
        pot.left -= sum(award.cents for award in awards)
    return iter(awards)


def _parts(awards: list[Award], available: int, minimum_useful: int) -> list[Award]:
    """What is left, in equal proportion to what is wanted; nothing where a part would not be useful."""
    wanted = sum(award.wish.want for award in awards)
    parts = [available * award.wish.want // wanted for award in awards]
    if any(part < minimum_useful for part in parts):
        return awards
    return [replace(award, cents=part) for award, part in zip(awards, parts, strict=True)]
