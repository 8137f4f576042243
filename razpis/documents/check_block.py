"""The end of a document: where it can be checked, as QR, link and code, and the room for the seal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby

import segno

from razpis.assets import ASSETS
from razpis.documents.canvas import TaggedCanvas
from razpis.documents.flow import Block, Paragraph, stacked
from razpis.documents.legal_text import LegalTexts, Run, TextPlan, load_legal_texts
from razpis.documents.lines import Style, draw_lines
from razpis.documents.story import SMALL, Story
from razpis.documents.tagging import Element

PLAN = TextPlan(
    files=frozenset({"preverjanje", "zig"}),
    placeholders=frozenset(),
    labels=frozenset({"slika", "povezava", "koda", "žig"}),
)
_FOLDER = ASSETS / "templates" / "documents" / "check"
_SIDE = 68.0  # 24 mm, as printed codes should be at least 20
_GUTTER = 14.0
_LINK = Style(size=9, leading=12, ink=0.0)
_TEXT = Style(size=9, leading=12, ink=0.2, after=2)
_PAD = 6.0
# The mask is fixed: choosing the best of eight takes five times as long and cameras read either.
_MASK = 4


@cache
def check_texts() -> LegalTexts:
    """The wording around QR and seal. Raises :class:`~razpis.documents.legal_text.LegalTextError`."""
    return load_legal_texts(_FOLDER, PLAN)


def add_check(story: Story, address: str, code: str, with_next: bool = False) -> None:
    """Add QR, words, link and code as one block; ``with_next`` keeps what follows on its page."""
    texts = check_texts()
    figure = story.element("Figure")
    figure.alt = f"{texts.label('slika')} {address}"
    words = [story.tagged("P", block.runs, _TEXT) for block in texts.blocks("preverjanje", {})]
    link = Paragraph((Run(address),), _LINK, story.element("P").add("Link"))
    after = (story.tagged("P", (Run(f"{texts.label('koda')} "), Run(code, bold=True)), _TEXT),) if code else ()
    story.blocks.append(_Check(address, figure, (*words, link, *after), link, keep_with_next=with_next))


def add_seal_field(story: Story) -> None:
    """Add the field a seal is put into, its words inside."""
    texts = check_texts()
    runs = tuple(run for block in texts.blocks("zig", {}) for run in block.runs)
    form = story.element("Form")
    story.blocks.append(_SealField(Paragraph(runs, SMALL, form), texts.label("žig")))


@dataclass(slots=True)
class _Check:
    """QR on the left, words beside it, kept on one page."""

    address: str
    figure: Element
    words: tuple[Paragraph, ...]
    link: Paragraph
    before: float = 18.0
    after: float = 10.0
    keep_with_next: bool = False
    whole: bool = True

    def height(self, width: float) -> float:
        """The higher of code and words."""
        return max(_SIDE, stacked(self.words, width - _SIDE - _GUTTER))

    smallest = height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """The code, then the words with the link."""
        bottom = top - _SIDE
        self.figure.attributes = f"<</O/Layout/Placement/Block/BBox[{x:.2f} {bottom:.2f} {x + _SIDE:.2f} {top:.2f}]>>"
        with canvas.content(self.figure):
            canvas.draw_operators(qr_operators(self.address, x, bottom, _SIDE))
        left, room, y = x + _SIDE + _GUTTER, width - _SIDE - _GUTTER, top
        for paragraph in self.words:
            paragraph.draw(canvas, left, y, room)
            below = y - paragraph.height(room)
            if paragraph is self.link:
                words = f"{check_texts().label('povezava')} {self.address}"
                canvas.link(paragraph.element, (left, below, left + room, y), self.address, words)
            y = below - paragraph.after


@dataclass(slots=True)
class _SealField:
    """A framed field over the column; what stands in it belongs to the seal and not to the page."""

    words: Paragraph
    title: str
    before: float = 10.0
    after: float = 6.0
    keep_with_next: bool = False
    whole: bool = True

    def height(self, width: float) -> float:
        """The words and the frame around them."""
        return self.words.height(width - 2 * _PAD) + 2 * _PAD

    smallest = height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """The field; its look is drawn inside it."""
        height = self.height(width)

        def look() -> None:
            canvas.setStrokeGray(0.45)
            canvas.setLineWidth(0.6)
            canvas.rect(0.5, 0.5, width - 1, height - 1)
            lines, room = self.words.lines(width - 2 * _PAD), width - 2 * _PAD
            draw_lines(canvas, lines, self.words.style, _PAD, height - _PAD, room)

        words = "".join(run.text for run in self.words.runs)
        canvas.seal_field(self.words.element, (x, top - height, x + width, top), words, look)


def qr_operators(address: str, left: float, bottom: float, side: float) -> str:
    """The operators that fill the modules of a QR code (level M) with black; white around it is the page's own.

    Raises ``segno.DataOverflowError`` for an address of more than 2,331 bytes.
    """
    matrix = segno.make_qr(address, error="m", mask=_MASK, boost_error=False).matrix
    step = side / len(matrix)
    parts = ["q 0 g"]
    for index, row in enumerate(matrix):
        y = bottom + side - (index + 1) * step
        column = 0
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                parts.append(f"{left + column * step:.2f} {y:.2f} {length * step:.2f} {step:.2f} re")
            column += length
    parts.append("f Q")
    return "\n".join(parts)
