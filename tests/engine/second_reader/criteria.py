"""Points of a criterion of every kind before its weight, each from the one sentence that the page has for it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from statistics import median
from typing import Any

from .meanings import Names, number
from .numbers import Number, exact

Rules = dict[str, Any]


def in_band(criterion: Rules, value: Number) -> Number:
    """The points of the band it lies in; `from` and `to` are in it, `above` and `below` are not."""
    for band in criterion["bands"]:
        low = (
            value >= exact(band["from"])
            if "from" in band
            else value > exact(band["above"])
            if "above" in band
            else True
        )
        high = value <= exact(band["to"]) if "to" in band else value < exact(band["below"]) if "below" in band else True
        if low and high:
            return exact(band["points"])
    return exact(criterion["otherwise"])


def chosen(criterion: Rules, value: Any) -> Number:
    """The points of the option; yes and no are options, too."""
    label = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
    return exact(criterion["points"].get(label, criterion.get("otherwise")))


def by_unit(criterion: Rules, value: Number) -> Number:
    """Whole units, or those begun, or parts too; fewer than none are none."""
    units = max(Fraction(0), value / exact(criterion.get("unit", 1)))
    counted = {"full": floor, "started": ceil, "exact": Fraction}[criterion.get("count", "full")](units)
    return min(exact(criterion["max"]), counted * exact(criterion["points"]))


def between(value: Number, criterion: Rules) -> Number:
    """A formula's value between what the rules state."""
    if "max" in criterion:
        value = min(value, exact(criterion["max"]))
    return max(value, exact(criterion["min"])) if "min" in criterion else value


def against(criterion: Rules, value: Number, row: Names, eligible: list[Names]) -> Number:
    """In proportion to those who meet the conditions, of the same lot or of the call."""
    others = [one for one in eligible if criterion.get("among") == "call" or one["lot"] == row["lot"]]
    values = [number(criterion["value"], one) for one in others]
    most = exact(criterion["max"])
    if criterion["to"] == "lowest":
        return most * min(values) / value
    return most * value / (sum(values) if criterion["to"] == "sum" else max(values))


def turned(mark: Number, criterion: Rules) -> Number:
    """A mark where the lowest is the best."""
    return exact(criterion["max"]) + exact(criterion.get("min", 0)) - mark


def combine(way: str, values: list[Number]) -> Number:
    """Marks in order, combined into one; of equally near pairs the higher."""
    if way == "trimmed_mean":
        values = values[1:-1]
    if way == "closest_two":
        values = min(pairwise(values), key=lambda pair: (pair[1] - pair[0], -pair[1]))
    if way in ("lowest", "highest"):
        return values[0] if way == "lowest" else values[-1]
    if way == "median":
        return Fraction(median(values))
    return sum(values) if way == "sum" else mean(values)


def mean(values: list[Number]) -> Number:
    return Fraction(sum(values)) / len(values)
