"""The look of official documents: page, styles, and the step from wording to tagged blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from razpis.documents.canvas import TaggedCanvas
from razpis.documents.flow import Block, Columns, Page, Paragraph
from razpis.documents.legal_text import Run, TextBlock
from razpis.documents.lines import Style, break_lines, draw_lines
from razpis.documents.table import Table, TableElement
from razpis.documents.tagging import DASHED_LIST, NUMBERED_LIST, Element

_MM = 72 / 25.4

A4 = (210 * _MM, 297 * _MM)
PAGE = Page(*A4, left=25 * _MM, right=20 * _MM, top=A4[1] - 20 * _MM, bottom=26 * _MM)
_FOOTER_TOP = 19 * _MM
_NOTICE_TOP = 9 * _MM

BODY = Style(size=10.5, leading=14.5, after=7)
BODY_CENTRED = Style(size=10.5, leading=14.5, after=12, align="center")
AUTHORITY = Style(size=14, leading=18, bold=True)
LETTERHEAD = Style(size=9.5, leading=13, ink=0.25)
REFERENCE = Style(size=10.5, leading=15)
ACT_NAME = Style(size=16, leading=22, before=10, after=2, bold=True, align="center")
HEADING = Style(size=12.5, leading=17, before=14, after=5, bold=True)
SUBHEADING = Style(size=10.5, leading=14.5, before=9, after=4, bold=True)
ITEM = Style(size=10.5, leading=14.5, after=3)
_LAST_ITEM = replace(ITEM, after=BODY.after)
POINT = Style(size=10.5, leading=14.5, after=7)
NOTICE = Style(size=10.5, leading=14.5, after=10, bold=True, align="center")
SMALL = Style(size=9, leading=12, ink=0.2)
_NOTICE_AGAIN = Style(size=8.5, leading=10.5, bold=True, align="center")

_CELL_LEADING = 12.0
CELL = Style(size=9, leading=_CELL_LEADING)
CELL_NUMBER = Style(size=9, leading=_CELL_LEADING, align="right")
CELL_BOLD = Style(size=9, leading=_CELL_LEADING, bold=True)
CELL_BOLD_NUMBER = Style(size=9, leading=_CELL_LEADING, bold=True, align="right")

_ITEM_INDENT = 14.0
_POINT_INDENT = 20.0
_HEADING_TAGS = {"heading": ("H2", HEADING, 0), "subheading": ("H3", SUBHEADING, 1)}


class Story:
    """Collects the blocks of a document in reading order and tags each as it is added."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.blocks: list[Block] = []
        self._root = canvas.root

    def paragraph(self, text: str, style: Style = BODY, keep_with_next: bool = False) -> None:
        """A plain paragraph; nothing for an empty text."""
        if text:
            self.blocks.append(self.tagged("P", (Run(text),), style, keep_with_next))

    def element(self, tag: str) -> Element:
        """An element in the structure, for the caller to fill."""
        return self._root.add(tag)

    def tagged(self, tag: str, runs: tuple[Run, ...], style: Style, keep_with_next: bool = False) -> Paragraph:
        """A paragraph in the structure, for the caller to place."""
        return Paragraph(runs, style, self._root.add(tag), keep_with_next)

    def title(self, texts: Sequence[TextBlock]) -> None:
        """The name of the act as the only first-level heading, and what follows it, centred."""
        for text in texts:
            if text.kind == "heading":
                self.blocks.append(self._heading("H1", ACT_NAME, 0, text))
            else:
                self.blocks.append(self.tagged("P", text.runs, BODY_CENTRED, keep_with_next=True))

    def points(self, texts: Sequence[TextBlock], outline: str) -> None:
        """The operative part: every paragraph a numbered point; the first leads the outline entry."""
        points = self._list(texts, [f"{number}." for number in range(1, len(texts) + 1)], POINT, NUMBERED_LIST)
        points[0].outline = (outline, 0)
        self.blocks.extend(points)

    def wording(self, texts: Sequence[TextBlock], keep_last: bool = False) -> None:
        """Headings, paragraphs and lists as the text files say; ``keep_last``: the last stays with what follows.

        Words that lead to a list stay with its first item.
        """
        items: list[TextBlock] = []
        leading = {id(text) for text, after in pairwise(texts) if after.kind == "item"}
        for text in texts:
            if text.kind == "item":
                items.append(text)
                continue
            self._items(items)
            items = []
            if text.kind == "paragraph":
                kept = id(text) in leading or (keep_last and text is texts[-1])
                self.blocks.append(self.tagged("P", text.runs, BODY, keep_with_next=kept))
            else:
                self.blocks.append(self._heading(*_HEADING_TAGS[text.kind], text))
        self._items(items)

    def keep_end(self) -> None:
        """The end of what there is so far stays with what comes next, which then never stands alone on a page."""
        if self.blocks:
            _keep(self.blocks[-1])

    def keep_signed(self) -> None:
        """The end of what is signed stays with the signatures, which come next.

        A heading of the last words alone (»Podpisi«) is no such end: what stands before it stays with them too.
        """
        self.keep_end()
        for last, before in pairwise(reversed(self.blocks[:-1])):
            if not isinstance(last, Paragraph) or not last.whole:
                break
            _keep(before)

    def keep_whole(self, begun: int) -> None:
        """All paragraphs from the block at ``begun`` on stay on one page."""
        for block in self.blocks[begun:-1]:
            if isinstance(block, Paragraph):
                block.keep_with_next = True

    def table(self) -> TableElement:
        """A new table in the structure; give it rows, then :meth:`add_table`."""
        return TableElement(self._root)

    def add_table(self, table: Table) -> None:
        """Place a finished table."""
        self.blocks.append(table)

    def _heading(self, tag: str, style: Style, level: int, text: TextBlock) -> Paragraph:
        outline = (text.plain, level)
        return Paragraph(text.runs, style, self._root.add(tag), keep_with_next=True, whole=True, outline=outline)

    def _items(self, items: list[TextBlock]) -> None:
        if items:
            listed = self._list(items, ["–"] * len(items), ITEM, DASHED_LIST)
            listed[-1].style = _LAST_ITEM
            self.blocks.extend(listed)

    def _list(
        self, texts: Sequence[TextBlock], labels: Sequence[str], style: Style, attributes: str
    ) -> list[Paragraph]:
        listing = self._root.add("L", attributes)
        indent = _POINT_INDENT if style is POINT else _ITEM_INDENT
        made = []
        for text, label in zip(texts, labels, strict=True):
            item = listing.add("LI")
            mark = (label, item.add("Lbl"))
            made.append(Paragraph(text.runs, style, item.add("LBody"), label=mark, indent=indent))
        return made


def _keep(block: Block) -> None:
    if isinstance(block, (Paragraph, Columns, Table)):
        block.keep_with_next = True


def draw_notice(canvas: TaggedCanvas, words: str) -> None:
    """The notice again at the head of a later page; a pagination artifact, since it was read on the first."""
    with canvas.artifact("Pagination"):
        style = NOTICE
        lines = break_lines((Run(words),), style, PAGE.column)
        if len(lines) > 1:  # the margin has room for one line of the first page's size, or for two smaller ones
            style = _NOTICE_AGAIN
            lines = break_lines((Run(words),), style, PAGE.column)
        draw_lines(canvas, lines, style, PAGE.left, PAGE.height - _NOTICE_TOP, PAGE.column)


def draw_footer(canvas: TaggedCanvas, left: str, right: str) -> None:
    """Number of the act and page at the foot, above them a rule; a pagination artifact."""
    with canvas.artifact("Pagination"):
        canvas.setStrokeGray(0.45)
        canvas.setLineWidth(0.4)
        canvas.line(PAGE.left, _FOOTER_TOP, PAGE.width - PAGE.right, _FOOTER_TOP)
        room = PAGE.column * 0.75
        number = Style(size=8.5, leading=11, ink=0.25)
        draw_lines(canvas, break_lines((Run(left),), number, room), number, PAGE.left, _FOOTER_TOP - 3, room)
        page = Style(size=8.5, leading=11, ink=0.25, align="right")
        draw_lines(
            canvas,
            break_lines((Run(right),), page, PAGE.column),
            page,
            PAGE.left,
            _FOOTER_TOP - 3,
            PAGE.column,
        )
