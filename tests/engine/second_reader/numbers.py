"""Exact numbers of a call, and the four ways to round them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

Number = Fraction


def exact(stated: Any) -> Number:
    """A number of the rules or of a form: 0.1 is a tenth."""
    return stated if isinstance(stated, Fraction) else Fraction(str(stated))


def step(rounding: Any, default: int = 2) -> Number:
    """The least difference of two rounded numbers; without a rounding that of the default, which is a cent."""
    places = default if rounding is None else rounding["places"] if isinstance(rounding, dict) else rounding
    return Fraction(10) ** -places


def rounded(value: Number, rounding: Any, default: int = 2) -> Number:
    """Halves away from zero unless the rounding has another mode."""
    units = value / step(rounding, default)
    mode = rounding.get("mode", "half_up") if isinstance(rounding, dict) else "half_up"
    return _whole(abs(units), mode) * (1 if units >= 0 else -1) * step(rounding, default)


def _whole(units: Number, mode: str) -> int:
    if mode == "down":
        return floor(units)
    if mode == "up":
        return ceil(units)
    if mode == "half_even":
        return round(units)
    return floor(units + Fraction(1, 2))


def rounded_down(value: Number, rounding: Any) -> Number:
    """To the places of the rounding, never more than the value; for amounts."""
    return floor(value / step(rounding)) * step(rounding)
