"""An expression's text cut into tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from razpis.engine.expressions.faults import ExpressionFault

MAX_LENGTH = 2000
KEYWORDS = frozenset({"and", "or", "not", "if", "else", "in", "true", "false"})

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<text>'[^'\n]*'|"[^"\n]*")
      | (?P<sign>==|!=|<=|>=|[-+*/<>(),.\[\]])""",
    re.VERBOSE,
)
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+,\d", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![\d.])", re.ASCII)
_QUOTES = ("besedilo dajte med znaka '", "put a text between the signs '")
_HINTS = {
    "=": ("za primerjavo pišite »==«", "write '==' to compare"),
    "&": ("pišite »and«", "write 'and'"),
    "|": ("pišite »or«", "write 'or'"),
    "!": ("pišite »not«", "write 'not'"),
    "%": ("za odstotek delite s 100", "divide by 100 for a percentage"),
    ";": ("vrednosti ločite z vejico", "separate values with a comma"),
    "≤": ("pišite »<=«", "write '<='"),
    "≥": ("pišite »>=«", "write '>='"),
    "≠": ("pišite »!=«", "write '!='"),
    "×": ("pišite »*«", "write '*'"),
    "·": ("pišite »*«", "write '*'"),
    "–": ("pišite »-«", "write '-'"),
    "„": _QUOTES,
    "»": _QUOTES,
    "’": _QUOTES,
}
_TURNED = {
    "=>": ("mislili ste »>=«?", "did you mean '>='?"),
    "=<": ("mislili ste »<=«?", "did you mean '<='?"),
    "=!": ("mislili ste »!=«?", "did you mean '!='?"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is number, name, keyword, text, sign or end; ``offset`` counts characters from 0."""

    kind: str
    text: str
    offset: int


def tokens(source: str) -> list[Token]:
    """Cut ``source``; raises :class:`ExpressionFault`."""
    if len(source) > MAX_LENGTH:
        raise ExpressionFault(
            0,
            f"izraz je daljši od {MAX_LENGTH} znakov; razdelite ga z izpeljanimi podatki (derived)",
            f"the expression is longer than {MAX_LENGTH} characters; split it with derived facts",
        )
    found: list[Token] = []
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if match is None:
            raise _unknown(source, offset)
        kind, text = str(match.lastgroup), match.group()
        if kind == "number":
            _check_number(source, match.end(), offset, text)
        if kind == "name" and text in KEYWORDS:
            kind = "keyword"
        if kind != "space":
            found.append(Token(kind, text, offset))
        offset = match.end()
    found.append(Token("end", "", len(source)))
    return found


def _check_number(source: str, end: int, offset: int, text: str) -> None:
    if len(text) > 30:
        raise ExpressionFault(offset, "število ima več kot 30 znakov", "the number has more than 30 characters")
    if day := _DAY.match(source, offset):
        day_number, month, year = day.groups()
        raise _day(offset, day.group(), f"{year}-{month:0>2}-{day_number:0>2}")
    if day := _ISO_DAY.match(source, offset):
        raise _day(offset, day.group(), day.group())
    if AMBIGUOUS.fullmatch(text) or _GROUPED.match(source, offset):
        raise ExpressionFault(
            offset,
            f"zapis {text} je dvoumen: pišite {text.replace('.', '')} (tisočice brez pike) ali {text}0 (decimalke)",
            f"{text} is ambiguous: write {text.replace('.', '')} (thousands without a point) or {text}0 (decimals)",
        )
    if end < len(source) and (source[end].isalpha() or source[end] == "_"):
        raise ExpressionFault(
            offset,
            "števila pišite samo s števkami in decimalno piko, na primer 0.8",
            "write numbers with digits and a decimal point only, for example 0.8",
        )


def _day(offset: int, found: str, day: str) -> ExpressionFault:
    """A day without quotes, which would be read as numbers."""
    return ExpressionFault(
        offset, f"»{found}« ni število; dan pišite '{day}'", f"'{found}' is no number; write '{day}'"
    )


def _unknown(source: str, offset: int) -> ExpressionFault:
    char = source[offset]
    if char in "'\"":
        return ExpressionFault(offset, "besedilo nima zaključnega narekovaja", "the text has no closing quote")
    if char.isalpha():
        return ExpressionFault(
            offset,
            f"imena podatkov so brez šumnikov in drugih posebnih črk; »{char}« tu ni dovoljen",
            f"names of facts use plain letters a–z only; '{char}' is not allowed here",
        )
    hint = _TURNED.get(source[offset : offset + 2]) or _HINTS.get(char)
    sl, en = (f"; {hint[0]}", f"; {hint[1]}") if hint else ("", "")
    return ExpressionFault(offset, f"znaka »{char}« izraz ne pozna{sl}", f"unknown character '{char}'{en}")
