"""Members' marks combined into one value, exactly."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from razpis.engine import money
from razpis.engine.money import Number, divide
from razpis.engine.rulebook.criteria import Discrepancy, Marks


def mean(points: Sequence[Number]) -> Number:
    """The arithmetic mean."""
    return _quotient(money.total(points), len(points))


@lru_cache(maxsize=4096)
def _quotient(whole: Number, count: int) -> Number:
    """The same few marks come again and again: their mean is one number, made once."""
    return divide(whole, count)


def median(points: Sequence[Number]) -> Number:
    """The middle mark, or the mean of the two in the middle."""
    ordered = sorted(points)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else mean(ordered[middle - 1 : middle + 1])


def trimmed_mean(points: Sequence[Number]) -> Number:
    """The mean without the one lowest and the one highest mark; of fewer than three, of all."""
    return mean(sorted(points)[1:-1] if len(points) > 2 else points)


def total(points: Sequence[Number]) -> Number:
    """The sum."""
    return money.total(points)


def closest_two(points: Sequence[Number]) -> Number:
    """The mean of the two marks nearest to each other; of equally near pairs, of the higher one."""
    return mean(nearest_pair(points) if len(points) > 2 else points)


def nearest_pair(points: Sequence[Number]) -> tuple[Number, Number]:
    """The two of at least two numbers that are nearest to each other; of equally near pairs, the higher one."""
    pairs = list(itertools.pairwise(sorted(points)))
    nearest = min(high - low for low, high in pairs)
    return [pair for pair in pairs if pair[1] - pair[0] == nearest][-1]


def too_far_apart(rule: Discrepancy, points: Sequence[Number]) -> bool:
    """Whether the marks differ by more than the rule allows, in points or in percent of the higher."""
    if len(points) < 2:
        return False
    spread, highest = max(points) - min(points), max(points)
    over = spread - rule.points if rule.points is not None else spread * 100 - highest * (rule.percent or 0)
    return over > 0 or (over == 0 < spread and rule.bound == "at_least")


def all_below(rule: Discrepancy, points: Iterable[Number]) -> bool:
    """Whether all stay below the points from which a difference matters."""
    least = rule.unless_below
    return least is not None and all(one < least for one in points)


def broken(rule: Marks, points: Sequence[Number]) -> Discrepancy | None:
    """A criterion's own rule on discrepancy, where the marks given in it are too far apart for it."""
    apart = rule.discrepancy
    if apart is None or not too_far_apart(apart, points):
        return None
    return None if all_below(apart, (worth(rule, one) for one in points)) else apart


def worth(rule: Marks, mark: Number, marks: int = 1) -> Number:
    """What a mark, or the sum of several, counts: where the lowest is best, each mark from the other end."""
    return (rule.max + rule.min) * marks - mark if rule.lowest_is_best else mark


COMBINE: dict[str, Callable[[Sequence[Number]], Number]] = {
    "mean": mean,
    "median": median,
    "trimmed_mean": trimmed_mean,
    "sum": total,
    "closest_two": closest_two,
    "lowest": min,
    "highest": max,
}
