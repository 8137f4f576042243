"""Blocks one under another over pages: paragraphs, columns, and the rules on what is never left alone.

reportlab's platypus would do the placing, but not tagged tables whose rows go over pages; with that written
here, little of it would be left in use.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from razpis.documents.canvas import TaggedCanvas
from razpis.documents.legal_text import Run
from razpis.documents.lines import Line, Style, break_lines, draw_lines
from razpis.documents.tagging import Element

_FIT = 1e-6


@dataclass(frozen=True, slots=True)
class Page:
    """Size of the page and the column of text on it, in points from the lower left corner."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def column(self) -> float:
        """Width of the text."""
        return self.width - self.left - self.right


class Block(Protocol):
    """Something that takes height in the column and may go over a page.

    With ``keep_with_next`` its end stands on the page where what follows begins; ``whole`` (a heading, signatures)
    is not split for that or to fill a page.
    """

    @property
    def before(self) -> float: ...

    @property
    def after(self) -> float: ...

    @property
    def keep_with_next(self) -> bool: ...

    @property
    def whole(self) -> bool: ...

    def height(self, width: float) -> float:
        """Height in a column this wide."""

    def smallest(self, width: float) -> float:
        """Height of the smallest part that may stand at the foot of a page."""

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """The part that fits in ``room`` and the rest, or nothing if it has to stand on one page.

        Where all of it would fit, the rest is the least that may begin a page.
        """

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw it with its upper edge at ``top``."""


class PageOverflowError(ValueError):
    """A block that may not be split is higher than a page."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph or heading; with ``label`` an item of a list, its text indented by ``indent``."""

    runs: tuple[Run, ...]
    style: Style
    element: Element
    keep_with_next: bool = False
    whole: bool = False
    outline: tuple[str, int] | None = None
    label: tuple[str, Element] | None = None
    indent: float = 0.0
    _lines: tuple[Line, ...] | None = field(default=None, repr=False)

    @property
    def before(self) -> float:
        """Space above."""
        return self.style.before

    @property
    def after(self) -> float:
        """Space below."""
        return self.style.after

    def height(self, width: float) -> float:
        """Lines times leading."""
        return len(self.lines(width)) * self.style.leading

    def smallest(self, width: float) -> float:
        """Two lines, or the whole if it has three at most."""
        count = len(self.lines(width))
        return (count if count <= 3 else 2) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Split between lines, two at least on each side."""
        lines = self.lines(width)
        fitting = min(int((room + _FIT) / self.style.leading), len(lines) - 2)
        if len(lines) <= 3 or fitting < 2:
            return None
        head = replace(self, _lines=lines[:fitting], style=replace(self.style, after=0.0))
        rest = replace(self, _lines=lines[fitting:], outline=None, label=None)
        return head, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Label, lines and the outline entry."""
        if self.outline is not None:
            canvas.outline(*self.outline, top + self.style.leading)
        if self.label is not None:
            text, element = self.label
            with canvas.content(element):
                draw_lines(
                    canvas,
                    break_lines((Run(text),), self.style, self.indent),
                    self.style,
                    x,
                    top,
                    self.indent,
                )
        with canvas.content(self.element):
            draw_lines(canvas, self.lines(width), self.style, x + self.indent, top, width - self.indent)

    def lines(self, width: float) -> tuple[Line, ...]:
        """The text broken for a column this wide; once broken it stays so."""
        if self._lines is None:
            self._lines = break_lines(self.runs, self.style, width - self.indent)
        return self._lines


@dataclass(slots=True)
class Rule:
    """A thin line across the column, not read."""

    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = True
    whole: bool = True

    def height(self, width: float) -> float:
        """A rule takes only the space around it."""
        return 0.0

    smallest = height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """One hairline."""
        with canvas.artifact("Layout"):
            canvas.setStrokeGray(0.45)
            canvas.setLineWidth(0.6)
            canvas.line(x, top, x + width, top)


@dataclass(slots=True)
class Columns:
    """Two stacks of paragraphs side by side, kept on one page; the left one is read first."""

    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]
    before: float = 0.0
    after: float = 0.0
    gutter: float = 24.0
    keep_with_next: bool = False
    whole: bool = True

    def height(self, width: float) -> float:
        """The higher of the two."""
        return max(stacked(self.left, self._half(width)), stacked(self.right, self._half(width)))

    smallest = height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Left, then right."""
        half = self._half(width)
        for stack, start in ((self.left, x), (self.right, x + half + self.gutter)):
            y = top
            for index, paragraph in enumerate(stack):
                y -= paragraph.before if index else 0.0
                paragraph.draw(canvas, start, y, half)
                y -= paragraph.height(half) + paragraph.after

    def _half(self, width: float) -> float:
        return (width - self.gutter) / 2


def stacked(stack: tuple[Paragraph, ...], width: float) -> float:
    """Height of paragraphs one under another."""
    return sum(
        (paragraph.before if index else 0.0) + paragraph.height(width) + paragraph.after
        for index, paragraph in enumerate(stack)
    )


def place(story: Sequence[Block], canvas: TaggedCanvas, page: Page) -> None:
    """Draw the story from the top of the current page on, turning pages as needed.

    Raises :class:`PageOverflowError` for a block that fits no page.
    """
    queue = deque(story)
    y = page.top
    gap = 0.0
    while queue:
        block = queue.popleft()
        start = y if y == page.top else y - max(gap, block.before)
        now, later = _laid(block, queue, page, start)
        if now is not None:
            now.draw(canvas, page.left, start, page.column)
            y, gap = start - now.height(page.column), now.after
        if later is not None:
            queue.appendleft(later)
            canvas.showPage()
            y, gap = page.top, 0.0


def _laid(block: Block, following: Iterable[Block], page: Page, start: float) -> tuple[Block | None, Block | None]:
    """What of a block stands on this page from ``start`` on, and what is left for the next one.

    Raises :class:`PageOverflowError` for a block that fits no page.
    """
    room, at_top = start - page.bottom, start == page.top
    if _needed(block, following, page) <= room + _FIT:
        return block, None
    alone = block.height(page.column) <= room + _FIT
    parts = block.split(page.column, room) if not block.whole or (at_top and not alone) else None
    if parts is not None:
        return parts
    if not at_top:
        return None, block
    if not alone:
        raise PageOverflowError(f"{type(block).__name__} ne gre na nobeno stran")
    return block, None


def _needed(block: Block, following: Iterable[Block], page: Page) -> float:
    """Room a block needs at least: one kept with the next also needs the first part of what follows.

    Where no page holds all that is kept together with the end of the block, only what comes next counts.
    """
    width, full = page.column, page.top - page.bottom
    height, end, chain = block.height(width), _least(block, width), [0.0]
    for after in following:
        if not block.keep_with_next:
            break
        chain.append(chain[-1] + max(block.after, after.before) + _least(after, width))
        if end + chain[-1] > full + _FIT:
            return height + chain[1]
        if _least(after, width) < after.height(width):  # split there, its end stands with what it is kept with
            break
        block = after
    return height + chain[-1]


def _least(block: Block, width: float) -> float:
    """Height of the smallest part of a block that may stand on a page by itself."""
    return block.height(width) if block.whole else block.smallest(width)
