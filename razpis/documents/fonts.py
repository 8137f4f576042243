"""The document font: registered once a process, and the check that every character has a glyph in it.

Without the check reportlab drops an unknown character silently and the file fails PDF/A.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from threading import RLock
from typing import Any, TypeVar

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from razpis.assets import ASSETS

REGULAR = "AtkinsonHyperlegibleNext-Regular"
BOLD = "AtkinsonHyperlegibleNext-Bold"

_FOLDER = ASSETS / "static" / "fonts"

# A reportlab font remembers where it reads in its file: two threads at once give a wrong file now and then.
FONT_LOCK = RLock()

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character the document font cannot draw, and the field it stands in."""

    field: str
    character: str

    def __str__(self) -> str:
        name = unicodedata.name(self.character, "brez imena")
        return f"polje {self.field}: znaka »{self.character}« (U+{ord(self.character):04X}, {name}) ni v pisavi"


class MissingGlyphError(ValueError):
    """Texts hold characters without a glyph; ``missing`` lists each once per field."""

    def __init__(self, missing: tuple[MissingGlyph, ...]) -> None:
        super().__init__("Dokumenta ni mogoče natisniti: " + "; ".join(map(str, missing)) + ".")
        self.missing = missing


_PLAIN = {
    ord("\t"): " ",
    **dict.fromkeys(map(ord, "\r\v\f\u0085\u2028\u2029"), "\n"),
    ord("\u2011"): "-",
    ord("\u202f"): "\u00a0",
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")),
}


def register_fonts() -> frozenset[str]:
    """Register both faces once and return the characters they share. Raises ``FileNotFoundError``."""
    with FONT_LOCK:
        return _registered()


@cache
def _registered() -> frozenset[str]:
    shared: set[int] | None = None
    for name in (REGULAR, BOLD):
        # asciiReadable off: only the characters used are embedded, which halves the font in the file.
        font = TTFont(name, str(_FOLDER / f"{name}.ttf"), asciiReadable=False)
        pdfmetrics.registerFont(font)
        glyphs = set(font.face.charToGlyph)
        shared = glyphs if shared is None else shared & glyphs
    # A newline is a line break of the layout, the no-break space is drawn as a space.
    return frozenset(map(chr, shared or ())) | {"\n", "\u00a0"}


def missing_glyphs(field: str, text: str) -> tuple[MissingGlyph, ...]:
    """The characters of a normalised text that cannot be drawn, in order, each once."""
    drawn = register_fonts()
    unknown = dict.fromkeys(character for character in text if character not in drawn)
    return tuple(MissingGlyph(field, character) for character in unknown)


def normalised(text: str) -> str:
    """Composed characters (NFC), one kind of line end, tabs and other spaces as spaces, no invisible marks.

    What word processors put in unasked (soft hyphens, marks of no width, hyphens that do not break) says nothing.
    """
    text = text.replace("\r\n", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.translate(_PLAIN)


def drawable(value: _Value, finish: Callable[[str], str]) -> _Value:
    """The same value with every text in it normalised and passed through ``finish``.

    Goes through dataclasses and tuples. Raises :class:`MissingGlyphError` naming all characters without a
    glyph and their fields (``criteria[0].rows[2].reason``).
    """
    missing: list[MissingGlyph] = []

    def text_at(field: str, text: str) -> str:
        clean = normalised(text)
        missing.extend(missing_glyphs(field, clean))
        return finish(clean)

    result: _Value = _rebuilt(value, "", text_at)
    if missing:
        raise MissingGlyphError(tuple(missing))
    return result


def _rebuilt(value: Any, field: str, text_at: Callable[[str, str], str]) -> Any:
    if type(value) is str:  # an enum member is a constant of the program, not a text somebody wrote
        return text_at(field, value)
    if isinstance(value, tuple):
        return tuple(_rebuilt(item, f"{field}[{index}]", text_at) for index, item in enumerate(value))
    if is_dataclass(value) and not isinstance(value, type):
        prefix = f"{field}." if field else ""
        parts = {part.name: _rebuilt(getattr(value, part.name), prefix + part.name, text_at) for part in fields(value)}
        return type(value)(**parts)
    return value
