"""How Slovenian documents write amounts, dates, points, number forms and ends of sentences."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

NBSP = "\u00a0"

_MONTHS = (
    "januar", "februar", "marec", "april", "maj", "junij",
    "julij", "avgust", "september", "oktober", "november", "december",
)  # fmt: skip

_MONTH_STEM = "(?:januar|februar|marec|marc|april|maj|junij|julij|avgust|septemb|oktob|novemb|decemb)"
_UNIT = "(?:EUR|€|%|točk|člen|odstav|aline|dni|dnev|dneh|oseb|član)"
_BOUND = re.compile(
    rf"(?<=\d\.) (?=\d|{_MONTH_STEM}|{_UNIT})|(?<=\d) (?={_UNIT})|(?<=št\.) (?=\w)|(?<=čl\.) (?=\w)"
    rf"|(?<=\bob) (?=\d)|(?<=\(v) (?=%)"
    rf"|(?<=\d\.[ {NBSP}]){_MONTH_STEM}\w* (?=\d{{4}})"
)

_SHORT = re.compile(
    r"(?:^|\W)(?:(?:[^\W\d]{1,3}\.)+[^\W\d]{1,3}|[^\W\d]|\d{1,2}|št|čl|odst|oz|itd|ipd|idr|mag|dr|ml|st|tel|ul)$",
    re.IGNORECASE,
)
"""Ends of texts whose full stop belongs to the word: »d.o.o.«, »s. p.«, »3.«, »itd.«."""
_TWICE = re.compile(r"(?<!\.)\.(?=\.(?!\.))|(?<=[!?…])\.(?!\.)")
_INSIDE = re.compile(r"\.(?=\)[.,;]|;)")
_NEAR = 16  # signs before a full stop that tell whose it is


def money(cents: int) -> str:
    """``123450`` → ``1.234,50 EUR``; the space does not break."""
    euros, rest = divmod(abs(cents), 100)
    grouped = f"{euros:,}".replace(",", ".")
    return f"{'−' if cents < 0 else ''}{grouped},{rest:02}{NBSP}EUR"


def long_date(day: date) -> str:
    """``4. maj 2026``, kept on one line."""
    return f"{day.day}.{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def short_date(day: date) -> str:
    """``4. 5. 2026``, kept on one line."""
    return f"{day.day}.{NBSP}{day.month}.{NBSP}{day.year}"


def number_form(count: int, one: str, two: str, few: str, many: str) -> str:
    """The form a noun takes after a whole number: 1 točka, 2 točki, 3 točke, 5 točk, 101 točka."""
    last = abs(count) % 100
    return {1: one, 2: two, 3: few, 4: few}.get(last, many)


def points(value: int | Decimal) -> str:
    """``17,5 točke``, ``2 točki``: a number of points with its noun."""
    if value == int(value):
        whole = int(value)
        return f"{_signed(str(whole))}{NBSP}{number_form(whole, 'točka', 'točki', 'točke', 'točk')}"
    return f"{_signed(format(Decimal(value).normalize(), 'f'))}{NBSP}točke"


def unstopped(text: str) -> str:
    """``text`` without the full stop that ends its sentence; one that belongs to the last word stays."""
    return text.removesuffix(".") if text.endswith(".") and ends_sentence(text, len(text) - 1) else text


def ends_sentence(text: str, at: int) -> bool:
    """Whether the full stop at ``at`` ends a sentence; else it belongs to the word before it."""
    before = text[max(0, at - _NEAR) : at]
    return not before.endswith(".") and _SHORT.search(before) is None


def stopped_once(text: str) -> str:
    """Words put together of sentences, each with its own full stop, with one stop at the end of each: ``X..`` and
    ``(X.).`` are ``X.`` and ``(X).``"""
    return _INSIDE.sub(lambda match: "" if ends_sentence(match.string, match.start()) else ".", _TWICE.sub("", text))


def plain(text: str) -> str:
    """Words of the engine as documents print them: the font has no arrow, and a dash would read as a minus."""
    return stopped_once(text.replace(" → ", ", torej ", 1).replace(" → ", ", kar je "))


def bind(text: str) -> str:
    """Put no-break spaces where a date, an amount or an article number must not be torn apart."""
    return _BOUND.sub(lambda match: match.group().replace(" ", NBSP), text)


def _signed(number: str) -> str:
    return number.replace("-", "−").replace(".", ",")
