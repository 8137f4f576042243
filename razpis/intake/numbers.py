"""Numbers as people write them in tables, and as machines do: exact, or refused with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from razpis.engine import money
from razpis.engine.money import Number
from razpis.intake.grid import Numeral
from razpis.intake.report import Refused, refused, shown

Parse: TypeAlias = Callable[[str], Number]

MAX_DIGITS = 30
MAX_PLACES = 20

_SIMPLE = re.compile(r"(\d{1,20})[.,](\d{1,2})", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_GROUPED = re.compile(r"([+-]?\d{1,3})((?:[. \u00a0\u202f]\d{3})+)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_NUMERAL = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?", re.ASCII)


def _plain(text: str) -> int | None:
    """The value of a text of digits alone, which most are."""
    return int(text) if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS else None


def _cents(text: str) -> Number | None:
    """The value of digits with at most two decimals, which nearly all are."""
    found = _SIMPLE.fullmatch(text)
    if found is None:
        return _plain(text)
    cents = int(found.group(1) + found.group(2).ljust(2, "0"))
    return Fraction(cents, 100) if cents % 100 else cents // 100


def _too_long(text: str) -> bool:
    return len(text) > MAX_DIGITS and sum(map(str.isdigit, text)) > MAX_DIGITS


def _over_limit() -> Refused:
    return refused(
        f"število ima več kot {MAX_DIGITS} števk; preverite ga", f"the number has over {MAX_DIGITS} digits; check it"
    )


def integer(text: str) -> Number:
    """A whole number; raises :class:`Refused`."""
    plain = _plain(text)
    if plain is not None:
        return plain
    if _too_long(text):
        raise _over_limit()
    if _INTEGER.fullmatch(text):
        return int(text)
    grouped = _GROUPED.fullmatch(text)
    example = re.sub(r"\D", "", text) if grouped else "12"
    raise refused(
        f"»{shown(text)}« ni celo število; zapišite ga samo s števkami, na primer {example}",
        f"'{shown(text)}' is not a whole number; write digits only, for example {example}",
    )


def decimal(text: str) -> Number:
    """A number with a decimal comma or point; ``1.500`` is refused as ambiguous. Raises :class:`Refused`."""
    quick = _cents(text)
    if quick is not None:
        return quick
    if _THOUSANDS.fullmatch(text):
        whole, comma = text.replace(".", ""), text.replace(".", ",")
        raise refused(
            f"število {text} je dvoumno: zapišite {whole} ali {comma}",
            f"the number {text} is ambiguous: write {whole} or {comma}",
        )
    if _too_long(text):
        raise _over_limit()
    try:
        return money.parse_number(text)
    except money.NumberError:
        raise refused(
            f"»{shown(text)}« ni število; zapišite na primer 12 ali 12,5",
            f"'{shown(text)}' is not a number; write for example 12 or 12.5",
        ) from None


def percent(text: str) -> Number:
    """A percentage, with or without the sign: ``30`` and ``30 %`` are 30; raises :class:`Refused`."""
    return decimal(text.removesuffix("%").rstrip())


def euro(text: str) -> Number:
    """An amount in euros; ``1.500`` is refused as ambiguous. Raises :class:`Refused`."""
    quick = _cents(text)
    if quick is not None:
        return quick
    if _too_long(text):
        raise _over_limit()
    try:
        return money.parse_euro(text)
    except money.NumberError as error:
        if error.kind == "ambiguous":
            raise _ambiguous(error.text) from None
        raise refused(
            f"»{shown(text)}« ni znesek; zapišite na primer 1234,50 ali 1.234,50",
            f"'{shown(text)}' is not an amount; write for example 1234,50 or 1.234,50",
        ) from None


def _ambiguous(text: str) -> Refused:
    """Both readings of ``1.500``: thousands or decimals. Of ``1.505`` only the first is an amount."""
    thousands = text.replace(".", "").replace(",", "")
    parts = re.split(r"[.,]", text)
    if len(parts) == 2 and parts[1].endswith("0"):
        cents = f"{parts[0]},{parts[1][:2]}"
        return refused(
            f"znesek {text} je dvoumen: zapišite {thousands},00 ali {cents}",
            f"the amount {text} is ambiguous: write {thousands},00 or {cents}",
        )
    return refused(
        f"znesek {text} je dvoumen: zapišite {thousands},00 ali znesek z dvema decimalkama",
        f"the amount {text} is ambiguous: write {thousands},00 or an amount with two decimals",
    )


def numeral(text: Numeral) -> Number:
    """The exact value of a machine's number (``1234.5``, ``12e3``); raises :class:`Refused`."""
    found = _NUMERAL.fullmatch(text)
    if found is None:
        raise refused(
            f"»{shown(text)}« ni število; zapišite na primer 12 ali 12.5",
            f"'{shown(text)}' is not a number; write for example 12 or 12.5",
        )
    sign, whole, decimals, exponent = found.group(1), found.group(2), found.group(3) or "", int(found.group(4) or 0)
    digits = (whole + decimals).rstrip("0")
    power = exponent + len(whole) - len(digits)
    digits = digits.lstrip("0")
    if len(digits) + max(power, 0) > MAX_DIGITS:
        raise _over_limit()
    if -power > MAX_PLACES:
        raise refused(
            f"število {shown(text)} ima več kot {MAX_PLACES} decimalk; zaokrožite ga",
            f"the number {shown(text)} has over {MAX_PLACES} decimals; round it",
        )
    value = int(digits or "0") * (-1 if sign else 1)
    return value * 10**power if power >= 0 else money.exact(Fraction(value, 10**-power))


def whole_numeral(text: Numeral) -> Number:
    """A machine's number that is whole (``12``, ``12.0``); raises :class:`Refused`."""
    value = numeral(text)
    if not isinstance(value, int):
        raise refused(
            f"{shown(text)} ni celo število; zapišite ga brez decimalk",
            f"{shown(text)} is not a whole number; write it without decimals",
        )
    return value


def euro_numeral(text: Numeral) -> Number:
    """A machine's number with at most two decimals; raises :class:`Refused`."""
    value = numeral(text)
    if (value * 100).denominator != 1:
        raise refused(
            f"znesek {shown(text)} ima več kot dve decimalki; zaokrožite ga na cente",
            f"the amount {shown(text)} has more than two decimals; round it to cents",
        )
    return value


def within(least: Number | None, most: Number | None) -> Callable[[Number], Number]:
    """A check of both bounds, which themselves are allowed; it raises :class:`Refused`."""

    def check(value: Number) -> Number:
        if least is not None and value < least:
            raise refused(
                f"{spoken(value)} je premalo; dovoljeno je najmanj {spoken(least)}",
                f"{money.plain(value)} is too little; at least {money.plain(least)} is allowed",
            )
        if most is not None and value > most:
            raise refused(
                f"{spoken(value)} je preveč; dovoljeno je največ {spoken(most)}",
                f"{money.plain(value)} is too much; at most {money.plain(most)} is allowed",
            )
        return value

    return check


def spoken(value: Number) -> str:
    """A number with a decimal comma."""
    return money.plain(value).replace(".", ",")
