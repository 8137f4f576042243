"""Text into lines and lines onto the page.

Written for tagged text: every line but one broken inside a word ends with a space in the content stream, so
that a screen reader never reads »upravnempostopku« (reportlab's own paragraphs leave that space out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from razpis.documents.fonts import BOLD, REGULAR
from razpis.documents.legal_text import Run

_PART = re.compile(r"\n| +|[^ \n]+")
_ASCENT = 0.82  # of the size: where the first baseline lies under the top of the line box
_WORD = 40  # characters; longer »words« are rare and not worth remembering
_FIT = 1e-6  # sums of widths may miss by rounding


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size and leading in points, grey level of the ink (0 black), space around it."""

    size: float
    leading: float
    ink: float = 0.1
    before: float = 0.0
    after: float = 0.0
    bold: bool = False
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces of (font, text), their width, and whether the last word goes on in the next line."""

    pieces: tuple[tuple[str, str], ...]
    width: float
    in_word: bool = False


Piece = tuple[str, str]
Word = tuple[float, tuple[Piece, ...]]


def text_width(font: str, text: str) -> float:
    """Width of ``text`` at size 1."""
    return _known_width(font, text) if len(text) <= _WORD else pdfmetrics.stringWidth(text, font, 1)


@lru_cache(maxsize=20_000)
def _known_width(font: str, text: str) -> float:
    # Remembered, because decisions of one call repeat most of their words.
    return pdfmetrics.stringWidth(text, font, 1)


def break_lines(runs: tuple[Run, ...], style: Style, width: float) -> tuple[Line, ...]:
    """Fill lines of at most ``width`` points. Breaks at spaces and newlines, never at a no-break space;
    a word longer than the line is cut where the line ends. No text gives no line."""
    limit = width / style.size
    lines: list[Line] = []
    row: list[Word] = []
    filled = 0.0
    for word in _words(runs, style.bold):
        if word is None:
            lines.append(_line(row, filled))
            row, filled = [], 0.0
            continue
        space = text_width(row[-1][1][-1][0], " ") if row else 0.0  # in the font before it, as it is drawn
        if row and filled + space + word[0] > limit + _FIT:
            lines.append(_line(row, filled))
            row, filled, space = [], 0.0, 0.0
        if word[0] > limit + _FIT:
            *heads, word = _chopped(word, limit)
            lines.extend(_line([head], head[0], in_word=True) for head in heads)
        row.append(word)
        filled += space + word[0]
    if row:
        lines.append(_line(row, filled))
    return tuple(lines)


def draw_lines(canvas: Canvas, lines: tuple[Line, ...], style: Style, x: float, top: float, width: float) -> None:
    """Draw the lines below ``top`` in a column ``width`` wide that begins at ``x``."""
    baseline = top - (style.leading - style.size) / 2 - _ASCENT * style.size
    text = canvas.beginText(x, baseline)
    text.setFillGray(style.ink)
    font = ""
    for line in lines:
        if style.align != "left":
            slack = width - line.width * style.size
            text.setTextOrigin(x + (slack if style.align == "right" else slack / 2), text.getY())
        for name, words in line.pieces[:-1]:
            text.setFont(name, style.size, style.leading)
            text.textOut(words)
            font = name
        name, words = line.pieces[-1] if line.pieces else (REGULAR, "")
        if name != font:
            text.setFont(name, style.size, style.leading)
            font = name
        text.textLine(words if line.in_word else words + " ")
    canvas.drawText(text)


def _words(runs: tuple[Run, ...], bold: bool) -> Iterator[Word | None]:
    """Words with their widths; ``None`` is a forced line break. A word may change weight inside."""
    pieces: list[Piece] = []
    for run in runs:
        font = BOLD if bold or run.bold else REGULAR
        for part in _PART.findall(run.text):
            if part[0] not in " \n":
                pieces.append((font, part))
                continue
            if pieces:
                yield _word(pieces)
                pieces = []
            if part == "\n":
                yield None
    if pieces:
        yield _word(pieces)


def _word(pieces: list[Piece]) -> Word:
    return sum(text_width(font, text) for font, text in pieces), tuple(pieces)


def _line(row: list[Word], width: float, in_word: bool = False) -> Line:
    """Join words, and pieces of one font, into as few pieces as the line needs."""
    merged: list[Piece] = []
    for number, (_, pieces) in enumerate(row):
        for index, (font, text) in enumerate(pieces):
            gap = " " if number and not index else ""
            if merged and merged[-1][0] == font:
                merged[-1] = (font, merged[-1][1] + gap + text)
            elif merged and gap:
                # The space belongs to the piece before, as it would in print.
                merged[-1] = (merged[-1][0], merged[-1][1] + gap)
                merged.append((font, text))
            else:
                merged.append((font, text))
    return Line(tuple(merged), width, in_word)


def _chopped(word: Word, limit: float) -> Iterator[Word]:
    """Cut a word wider than a line into parts that fill one each; a part has at least one character."""
    part: list[Piece] = []
    width = 0.0
    for font, text in word[1]:
        for character in text:
            own = text_width(font, character)
            if part and width + own > limit + _FIT:
                yield width, _merged(part)
                part, width = [], 0.0
            part.append((font, character))
            width += own
    yield width, _merged(part)


def _merged(characters: list[Piece]) -> tuple[Piece, ...]:
    grouped = groupby(characters, key=itemgetter(0))
    return tuple((font, "".join(text for _, text in group)) for font, group in grouped)
