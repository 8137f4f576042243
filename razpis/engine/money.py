"""Exact numbers: reading them, rounding them (the only place that rounds), money in integer cents.

A number inside the engine is an ``int`` or a ``Fraction``: always exact, never a binary
floating-point value. ``int`` stands wherever the value is whole, because it is several times faster.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction

LONG = 1 << 256
LONGEST_BITS = 12_000

_PLAIN = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,20})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d{1,2}", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d{1,2})?", re.ASCII)
_AMBIGUOUS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+", re.ASCII)
_MONEY = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,2})?", re.ASCII)


class NumberError(ValueError):
    """A text that is not a number; ``kind`` is ``not_number`` or ``ambiguous``."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind = kind
        self.text = text


def exact(value: Fraction) -> Number:
    """The same value, as ``int`` where it is whole."""
    return value.numerator if value.denominator == 1 else value


def divide(left: Number, right: Number) -> Number:
    """Exact quotient; raises ``ZeroDivisionError``."""
    if type(left) is int and type(right) is int:
        whole_part, rest = divmod(left, right)
        return Fraction(left, right) if rest else whole_part
    return exact(Fraction(left) / right)


def total(numbers: Iterable[Number]) -> Number:
    """The exact sum: fractions are brought to one denominator once, whatever the count of numbers."""
    numbers = tuple(numbers)
    if Fraction not in map(type, numbers):
        return sum(numbers)
    whole_part = 0
    numerators: dict[int, int] = {}
    for number in numbers:
        if type(number) is int:
            whole_part += number
        else:
            denominator = number.denominator
            numerators[denominator] = numerators.get(denominator, 0) + number.numerator
    common = math.lcm(*numerators)
    tops = [top * (common // bottom) for bottom, top in numerators.items()]
    return divide(sum(tops, whole_part * common), common)


def on_one_scale(numbers: Sequence[Number]) -> list[Number]:
    """Numbers in the same order as ``numbers``, equals equal: all over their common denominator, as ``int``, for
    whole numbers are compared ten times faster; where that denominator is very long, the numbers themselves."""
    common = 1
    for bottom in {number.denominator for number in numbers}:
        common = math.lcm(common, bottom)
        if common > LONG:
            return list(numbers)
    return [number.numerator * (common // number.denominator) for number in numbers]


def parse_number(text: str) -> Number:
    """Read ``12``, ``12,5`` or ``12.5``; raises :class:`NumberError`."""
    text = text.strip()
    if not _PLAIN.fullmatch(text):
        raise NumberError("not_number", text)
    return exact(Fraction(text.replace(",", ".")))


def parse_euro(text: str) -> Number:
    """Read an amount in euros: ``1234,50``, ``1.234,50``, ``1 234,50`` or ``1234.50``.

    ``1.500`` may mean one and a half or fifteen hundred: refused as ambiguous.
    Raises :class:`NumberError`.
    """
    text = text.strip().removesuffix("EUR").removesuffix("€").rstrip()
    if _AMBIGUOUS.fullmatch(text):
        raise NumberError("ambiguous", text)
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    elif _SPACED.fullmatch(text):
        text = re.sub(r"[ \u00a0\u202f]", "", text)
    elif not _MONEY.fullmatch(text):
        raise NumberError("not_number", text)
    return exact(Fraction(text.replace(",", ".")))


def _half_up(top: int, bottom: int) -> int:
    """Nearest whole number, halves away from zero: what public bodies print."""
    return (2 * top + bottom) // (2 * bottom)


def _half_even(top: int, bottom: int) -> int:
    """Nearest whole number, halves to the even one."""
    above, rest = divmod(2 * top + bottom, 2 * bottom)
    return above - 1 if rest == 0 and above % 2 else above


def _down(top: int, bottom: int) -> int:
    """Towards zero."""
    return top // bottom


def _up(top: int, bottom: int) -> int:
    """Away from zero."""
    return -(-top // bottom)


# Of numbers from 0 up: each mode rounds those below 0 as their opposites.
MODES: dict[str, Callable[[int, int], int]] = {
    "half_up": _half_up,
    "half_even": _half_even,
    "down": _down,
    "up": _up,
}


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a number is rounded: decimal places (negative: tens, hundreds) and mode."""

    places: int
    mode: str = "half_up"


def rounded(value: Number, rule: Rounding) -> Number:
    """``value`` rounded by ``rule``; exact in, exact out."""
    if isinstance(value, int) and rule.places >= 0:
        return value
    scale = Fraction(10) ** rule.places
    return exact(whole(value * scale, rule.mode) / scale)


def floor(value: Number) -> int:
    """The greatest whole number not above ``value``."""
    return value.__floor__()


def ceil(value: Number) -> int:
    """The least whole number not below ``value``."""
    return value.__ceil__()


def whole(value: Number, mode: str) -> int:
    """``value`` as a whole number, rounded by ``mode``."""
    return quotient(value.numerator, value.denominator, mode)


def quotient(top: int, bottom: int, mode: str) -> int:
    """``top`` ÷ ``bottom``, which is above 0, as a whole number, rounded by ``mode``."""
    size = MODES[mode](abs(top), bottom)
    return -size if top < 0 else size


def to_cents(euros: Number, mode: str = "half_up") -> int:
    """Integer cents of an amount in euros, rounded by ``mode``."""
    return whole(euros * 100, mode)


def from_cents(cents: Number) -> Number:
    """Euros of an amount in cents, exact."""
    return divide(cents, 100)


def _text(number: int) -> str:
    """The digits of a whole number. Python turns only 4,300 of them into text at a time; a ``Decimal`` holds any
    number of them and has no such bound. Levels of many crossing limits are fractions of thousands of digits."""
    return str(number) if number.bit_length() <= LONGEST_BITS else f"{Decimal(number):f}"


def read_exact(text: str) -> Number:
    """The number of which :func:`plain` gives this text, however long it is."""
    top, _, bottom = text.partition("/")
    number = Fraction(Decimal(top))
    return exact(number / int(Decimal(bottom)) if bottom else number)


def plain(value: Number) -> str:
    """Decimal text of ``value`` with a point (``17.5``) where it ends, else a fraction (``31/3``)."""
    if value.denominator == 1:
        return _text(value.numerator)
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{_text(value.numerator)}/{_text(value.denominator)}"
    return fixed(value, max(twos, fives))


def fixed(value: Number, places: int) -> str:
    """Decimal text with exactly ``places`` decimals, halves away from zero: ``6120.00``."""
    units = quotient(value.numerator * 10**places, value.denominator, "half_up")
    digits = _text(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def exact_units(value: Number, unit: Number) -> Number:
    """How many units ``value`` holds, fractions of a unit counted."""
    return divide(value, unit)


def full_units(value: Number, unit: Number) -> int:
    """How many whole units ``value`` holds."""
    return floor(divide(value, unit))


def started_units(value: Number, unit: Number) -> int:
    """How many units ``value`` fills or begins."""
    return ceil(divide(value, unit))
