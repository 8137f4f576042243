"""Numbers, money, dates and counted words as each language writes them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import lru_cache

from razpis.engine import money
from razpis.engine.expressions.build import Named, Parts, Picked, Sign, Value
from razpis.engine.money import Number
from razpis.engine.problems import Language, Text

NBSP = "\u00a0"
ABOUT = f"≈{NBSP}"
"""Before a number that is not told exactly."""
_MONTHS = (
    [
        "januar",
        "februar",
        "marec",
        "april",
        "maj",
        "junij",
        "julij",
        "avgust",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
)
_SIGNS = {
    "∈": Text("je med", "is one of"),
    "∉": Text("ni med", "is not one of"),
    "and": Text("in", "and"),
    "or": Text("ali", "or"),
    "if": Text(", če", "if"),
    "else": Text(", sicer", "else"),
    "not": Text("ne", "not"),
    "sum": Text("vsota", "sum"),
    "min": Text("najmanjše od", "least of"),
    "max": Text("največje od", "greatest of"),
    "count": Text("število", "count"),
    "round": Text("zaokroženo", "rounded"),
    "floor": Text("navzdol", "rounded down"),
    "ceil": Text("navzgor", "rounded up"),
    "abs": Text("absolutno", "absolute"),
    "years_between": Text("polna leta", "whole years"),
}


@lru_cache(maxsize=65_536)
def _number(value: Number, places: int, thousands: str, point: str) -> str:
    shown = money.rounded(value, money.Rounding(places))
    return ("" if shown == value else ABOUT) + _grouped(money.plain(shown), thousands, point)


@lru_cache(maxsize=65_536)
def _euros(cents: Number, thousands: str, point: str) -> str:
    shown = _grouped(money.fixed(money.from_cents(cents), 2), thousands, point)
    return ("" if cents == money.floor(cents) else ABOUT) + f"{shown}{NBSP}EUR"


def _grouped(plain: str, thousands: str, point: str) -> str:
    whole, _, decimals = plain.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups: list[str] = []
    while len(digits) > 3:
        digits, group = digits[:-3], digits[-3:]
        groups.insert(0, group)
    joined = sign + thousands.join([digits, *groups])
    return f"{joined}{point}{decimals}" if decimals else joined


class Speaker:
    """Speaks one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._separators = (".", ",") if language == "sl" else (",", ".")

    def say(self, sl: str, en: str) -> str:
        """The words of this language."""
        return sl if self.language == "sl" else en

    def text(self, text: Text | None) -> str:
        """A text of the rulebook; nothing where there is none."""
        return text[self.language] if text else ""

    def number(self, value: Number, places: int = 4) -> str:
        """``2.400`` or ``17,5``; a number that does not end within ``places`` is marked ``≈``."""
        return _number(value, places, *self._separators)

    def euros(self, cents: Number) -> str:
        """``6.120,00 EUR``; an amount that is not whole cents is marked ``≈``."""
        return _euros(cents, *self._separators)

    def equals(self, cents: Number) -> str:
        """``= 6.120,00 EUR``, or ``≈ 6.120,00 EUR`` where the amount is not whole cents."""
        return self.equal_to(self.euros(cents))

    def equal_to(self, shown: str) -> str:
        """``= 17,5``; a number marked as not exact needs no other sign."""
        return shown if shown.startswith("≈") else f"= {shown}"

    def value_of_point(self, cents: Number) -> str:
        """``85,00 EUR``; with up to six places where it is not whole cents."""
        euros = money.from_cents(cents)
        if euros * 100 == money.floor(euros * 100):
            return self.euros(cents)
        return f"{self.number(euros, 6)}{NBSP}EUR"

    def points(self, value: Number) -> str:
        """``1 točka``, ``2 točki``, ``3 točke``, ``5 točk``, ``17,5 točke``."""
        word = self.counted(value, ("točka", "točki", "točke", "točk", "točke"), ("point", "points"))
        return f"{self.number(value)}{NBSP}{word}"

    def of_points(self, value: Number) -> str:
        """After »od«: ``1 točke``, ``50 točk``."""
        word = self.counted(value, ("točke", "točk", "točk", "točk", "točke"), ("point", "points"))
        return f"{self.number(value)}{NBSP}{word}"

    def needed_points(self, value: Number) -> str:
        """After »najmanj«, »več kot«: ``1 točko``, ``2 točki``, ``60 točk``."""
        word = self.counted(value, ("točko", "točki", "točke", "točk", "točke"), ("point", "points"))
        return f"{self.number(value)}{NBSP}{word}"

    def counted(self, value: Number, slovenian: Sequence[str], english: tuple[str, str]) -> str:
        """The form of a word after a number: Slovenian for one, two, three and four, more, a fraction."""
        if self.language == "en":
            return english[0] if value == 1 else english[1]
        if value != money.floor(value):
            return slovenian[4]
        last = abs(money.floor(value)) % 100
        return slovenian[{1: 0, 2: 1, 3: 2, 4: 2}.get(last, 3)]

    def date(self, day: datetime.date) -> str:
        """``4. maj 2026`` or ``4 May 2026``."""
        month = _MONTHS[0 if self.language == "sl" else 1][day.month - 1]
        dot = "." if self.language == "sl" else ""
        return f"{day.day}{dot}{NBSP}{month}{NBSP}{day.year}"

    def moment(self, moment: datetime.datetime) -> str:
        """``4. maj 2026 ob 12.05`` or ``4 May 2026 at 12:05``."""
        at = self.say(f"ob{NBSP}{moment:%H.%M}", f"at{NBSP}{moment:%H:%M}")
        seconds = f".{moment:%S}" if moment.second and self.language == "sl" else ""
        seconds = f":{moment:%S}" if moment.second and self.language == "en" else seconds
        return f"{self.date(moment)} {at}{seconds}"

    def yes_no(self, value: bool) -> str:
        """``da`` or ``ne``."""
        return self.say("da", "yes") if value else self.say("ne", "no")

    def value(self, value: Value) -> str:
        """Any fact as text."""
        if value is None:
            return self.say("ni podatka", "not given")
        if isinstance(value, bool):
            return self.yes_no(value)
        if isinstance(value, Number):
            return self.number(value)
        if isinstance(value, datetime.date):
            return self.date(value)
        if isinstance(value, str):
            return value
        if value and isinstance(value[0], dict):
            rows = self.counted(len(value), ("vrstica", "vrstici", "vrstice", "vrstic", ""), ("row", "rows"))
            return f"{len(value)} {rows}"
        shown = "; ".join(self.value(item) for item in value[:12])
        more = "; …" if len(value) > 12 else ""
        return f"[{shown}{more}]" if not value or not isinstance(value[0], str) else shown + more

    def derivation(self, parts: Parts, label: Callable[[str], str] = str) -> str:
        """An expression as written, with facts in place of names: ``2.400 / 8.000``; ``label`` says what the
        facts are called that stand by their names, or beside a yes or no."""
        written, asked = "", {at + 2 for at, part in enumerate(parts) if part == Sign("answered")}
        brackets = {at + beside for at in asked for beside in (-2, -1, 1)}
        for at, part in enumerate(parts):
            if at in brackets:
                continue
            if isinstance(part, Sign):
                piece = self.text(_SIGNS[part.text]) if part.text in _SIGNS else part.text
            elif isinstance(part, Named):
                named = label(part.fact)
                piece = self.say(f"podatek »{named}« je izpolnjen", f"'{named}' is given")
            elif isinstance(part, Picked):
                piece = f"{self.value(part.value)} ({label(part.fact)})"
            else:
                piece = self.value(part)
                if parts[at - 1 : at] == (Sign("("),) and parts[at + 1 : at + 2] == (Sign(")"),):
                    piece = piece.removeprefix("[").removesuffix("]")  # brackets of their own stand around it
            tight = not written or written.endswith("(") or piece in (")", ";", ":") or piece.startswith(",")
            written += piece if tight else f" {piece}"
        return written
