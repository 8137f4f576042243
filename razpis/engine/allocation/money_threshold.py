"""The least points to take part in the division, found from the money of a lot and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from razpis.engine.allocation.award import MONEY, Wish
from razpis.engine.money import Number
from razpis.engine.rulebook.allocation import MoneyThreshold


def least_points(
    rule: MoneyThreshold, wishes: Sequence[Wish], points: Mapping[str, Number], cents: int
) -> Number | None:
    """The threshold of one lot with so many cents; ``None`` where nobody applies.

    Applications of the most points always take part. Where all together do not want as much as ``at_least`` says,
    all take part. Of two totals equally near, the lower one.
    """
    steps = list(_steps(wishes, points))
    if not steps:
        return None
    if rule.at_most is not None:
        within = [total for total, wanted in steps if wanted <= rule.at_most * cents]
        return within[-1] if within else steps[0][0]
    enough = [step for step in steps if rule.at_least is None or step[1] >= rule.at_least * cents] or steps[-1:]
    if rule.nearest is None:
        return enough[0][0]
    off = [(_apart(wanted, rule.nearest * cents), total) for total, wanted in enough]
    return min(off)[1]


def _apart(one: Number, other: Number) -> Number:
    return max(one - other, other - one)


def _steps(wishes: Sequence[Wish], points: Mapping[str, Number]) -> Iterator[tuple[Number, int]]:
    """Every total from the highest down, with the cents that all who reach it want together."""
    wanted = 0
    ordered = sorted(wishes, key=lambda wish: points[wish.id], reverse=True)
    for total, group in groupby(ordered, key=lambda wish: points[wish.id]):
        wanted += sum(wish.want for wish in group)
        yield total, wanted


def from_points(least: Number | None, wishes: Sequence[Wish], points: Mapping[str, Number]) -> list[Wish]:
    """The wishes of one lot; those with fewer points want nothing."""
    return [
        wish if least is None or points[wish.id] >= least else replace(wish, want=0, bound=MONEY, waits=False)
        for wish in wishes
    ]
