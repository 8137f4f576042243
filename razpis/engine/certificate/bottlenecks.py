"""Fair shares by their bottlenecks, and the theorem that proves them.

A division under upper bounds on sums is weighted max-min fair exactly where everybody below its own ceiling
counts in a bottleneck: a sum that is used up and in which nobody has a higher level, the level being the
amount for one unit of weight (Bertsekas and Gallager, Data Networks, 2nd edition, 1992, 6.5.2). Such a division
is unique, so whatever was found by any method and is proved by :func:`proofs` is the one the rules ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from razpis.engine import money
from razpis.engine.certificate.entries import Key
from razpis.engine.money import Number


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
    shares: list[Number | None] = [None] * len(sharers)
    members = _members(sharers)
    while members:
        levels = {key: _level(key, group, sharers, shares, left[key]) for key, group in members.items()}
        lowest = {at: _lowest(sharers[at], levels) for group in members.values() for at in group if shares[at] is None}
        for key, group in members.items():
            level = levels[key]
            if all(lowest[at] == level for at in group if at in lowest):
                for at in group:
                    if shares[at] is None:
                        shares[at] = _share(sharers[at], level)
        members = {key: group for key, group in members.items() if any(shares[at] is None for at in group)}
    return [sharer.ceiling if share is None else share for sharer, share in zip(sharers, shares, strict=True)]


def _members(sharers: Sequence[Sharer]) -> dict[Key, list[int]]:
    members: dict[Key, list[int]] = {}
    for at, sharer in enumerate(sharers):
        for key in sharer.sums:
            members.setdefault(key, []).append(at)
    return members


def _lowest(sharer: Sharer, levels: Mapping[Key, Fraction | None]) -> Fraction | None:
    """The lowest of its sums' levels; ``None`` where none of them is ever used up."""
    return min((level for key in sharer.sums if (level := levels.get(key)) is not None), default=None)


def _reaches(sharer: Sharer, level: Fraction) -> bool:
    """Whether its ceiling stops it at or below the level."""
    return sharer.ceiling * level.denominator <= sharer.weight * level.numerator


def _share(sharer: Sharer, level: Fraction | None) -> Number:
    if level is None or _reaches(sharer, level):
        return sharer.ceiling
    return money.exact(sharer.weight * level)


def _level(
    key: Key, group: Sequence[int], sharers: Sequence[Sharer], shares: Sequence[Number | None], left: int
) -> Fraction | None:
    """The level at which the members not settled yet use the sum up; ``None`` where their ceilings do not."""
    rest = left - money.total(share for at in group if (share := shares[at]) is not None)
    rising = [at for at in group if shares[at] is None]
    while rising:
        level = Fraction(rest) / money.total(sharers[at].weight for at in rising)
        above = [at for at in rising if not _reaches(sharers[at], level)]
        if len(above) == len(rising):
            return level
        held = set(rising).difference(above)
        rest -= money.total(sharers[at].ceiling for at in held)
        rising = above
    return None


class Proof(NamedTuple):
    """Whether a share is proved fair, and the bottlenecks it counts in, in the order of its sums."""

    holds: bool
    bottlenecks: tuple[Key, ...]


def proofs(sharers: Sequence[Sharer], shares: Sequence[Number], left: Mapping[Key, int]) -> list[Proof]:
    """For each share, whether the theorem holds: it is within its ceiling and its sums, and at its ceiling or
    in a bottleneck."""
    levels = [money.divide(share, sharer.weight) for share, sharer in zip(shares, sharers, strict=True)]
    rest: dict[Key, Number] = {}
    highest: dict[Key, Number] = {}
    for key, group in _members(sharers).items():
        rest[key] = left[key] - money.total(shares[at] for at in group)
        highest[key] = max(levels[at] for at in group)
    found = []
    for sharer, share, level in zip(sharers, shares, levels, strict=True):
        bottlenecks = tuple(key for key in sharer.sums if not rest[key] and level == highest[key])
        within = 0 <= share <= sharer.ceiling and all(rest[key] >= 0 for key in sharer.sums)
        found.append(Proof(within and (share == sharer.ceiling or bool(bottlenecks)), bottlenecks))
    return found
