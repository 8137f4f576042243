"""Acts and records of the procedure as tagged, archival PDFs: one layout for every kind."""

from __future__ import annotations

from collections.abc import Sequence

from razpis.documents.act import Act, Listing, Section, Sheet
from razpis.documents.act_text import (
    REMEDIED,
    SIGNED,
    ActTexts,
    Inserted,
    inserted,
    place_of,
    refuse_left_out,
    refuse_misplaced,
    remedy_file,
    remedy_values,
    values,
)
from razpis.documents.decision import Signer
from razpis.documents.extras import NO_EXTRAS, Extras
from razpis.documents.flow import Columns, Paragraph, Rule
from razpis.documents.fonts import drawable
from razpis.documents.format_sl import bind, long_date
from razpis.documents.legal_text import Run, TextBlock
from razpis.documents.lines import Style
from razpis.documents.pdfa import Metadata
from razpis.documents.story import (
    AUTHORITY,
    CELL,
    CELL_BOLD,
    CELL_BOLD_NUMBER,
    CELL_NUMBER,
    LETTERHEAD,
    REFERENCE,
    SMALL,
    Story,
)
from razpis.documents.table import Table
from razpis.documents.writing import write_document

_SIGNATURE_SPACE = Style(size=10.5, leading=14.5, after=34)
_CAPTION = Style(size=10.5, leading=14.5, after=2)
_NAME = Style(size=10.5, leading=14.5, bold=True)
_TOGETHER = 12  # signatures that stay on one page; more may go over two
_HEADINGS = {1: "heading", 2: "subheading"}


def render_act(act: Act, texts: ActTexts, extras: Extras = NO_EXTRAS) -> bytes:
    """The PDF of an act or record (PDF/A-3a and PDF/UA-1). The same values and wording give the same bytes.

    Raises :class:`~razpis.documents.fonts.MissingGlyphError` for a character the font cannot draw and
    :class:`~razpis.documents.legal_text.LegalTextError` for wording that lacks a value or a place for a table.
    """
    ready = drawable(act, bind)
    heading = ready.heading
    metadata = Metadata(
        f"{ready.subject}, {ready.number}", heading.authority.name, heading.day, case=heading.case, number=ready.number
    )
    footer = f"{texts.own.label('številka')} {ready.number}"
    return write_document(metadata, footer, texts.own, lambda story: _Written(story, ready, texts).tell(), extras)


class _Written:
    """The blocks of one document, put together part by part."""

    def __init__(self, story: Story, act: Act, texts: ActTexts) -> None:
        self.story, self._act, self._texts = story, act, texts
        self._values = values(act)
        self._left = {one.name: one for one in inserted(act)}

    def tell(self) -> None:
        """Add all parts to the story in the order of the kind."""
        letterhead(self.story, self._act, self._texts)
        for part in self._act.body.parts:
            self._part(part)
        refuse_left_out(self._texts, self._left)

    def _part(self, part: str) -> None:
        story, texts = self.story, self._texts
        if part == SIGNED:
            signatures(story, self._act)
        elif part == REMEDIED:
            assert texts.remedy is not None
            told = remedy_values(self._act)
            story.wording(texts.remedy.blocks(remedy_file(self._act), told))
        elif part == "naziv":
            story.title(texts.own.blocks(part, self._values))
        elif part == "izrek":
            story.points(self._plain(part), texts.own.label("izrek"))
        else:
            self._worded(part)

    def _plain(self, part: str) -> tuple[TextBlock, ...]:
        """Blocks that hold no tables."""
        blocks = self._texts.own.blocks(part, self._values)
        for block in blocks:
            refuse_misplaced(self._texts, part, block)
        return blocks

    def _worded(self, part: str) -> None:
        """Words up to a table, the table, and on."""
        words: list[TextBlock] = []
        if part == "vrocitev":  # to whom it goes never stands on a page without the signatures
            self.story.keep_end()
        begun = len(self.story.blocks)
        for block in self._texts.own.blocks(part, self._values):
            name = place_of(block)
            if name is None:
                refuse_misplaced(self._texts, part, block)
                words.append(block)
                continue
            here = self._left.pop(name)
            self.story.wording(words, keep_last=True)
            words = []
            self._insert(here)
        self.story.wording(words)
        if part == "vrocitev":
            self.story.keep_whole(begun)

    def _insert(self, here: Inserted) -> None:
        for section in here.sections:
            self._section(section)
        if here.grid is not None:
            label = self._texts.own.label
            grid = here.grid.columns
            sheet = Sheet(
                head=tuple(label(column.label) for column in grid),
                shares=tuple(column.share for column in grid),
                figures=tuple(column.figures for column in grid),
                rows=here.rows,
            )
            add_sheet(self.story, sheet)

    def _section(self, section: Section) -> None:
        blocks: list[TextBlock] = []
        if section.title:
            kind = _HEADINGS[section.level]
            blocks.append(TextBlock("heading" if kind == "heading" else "subheading", (Run(section.title),)))
        for part in section.parts:
            if isinstance(part, str):
                blocks.append(TextBlock("paragraph", (Run(part),)))
            elif isinstance(part, Listing):
                blocks.extend(TextBlock("item", (Run(text),)) for text in part.items)
            else:
                self.story.wording(blocks, keep_last=True)
                blocks = []
                add_sheet(self.story, part)
        self.story.wording(blocks)


def letterhead(story: Story, act: Act, texts: ActTexts) -> None:
    """Who writes, under which number, where and when."""
    authority, label = act.heading.authority, texts.own.label
    story.paragraph(authority.name, AUTHORITY)
    for unit in authority.units:
        story.paragraph(unit, LETTERHEAD)
    story.paragraph(" · ".join(filter(None, (authority.address, authority.email))), LETTERHEAD, keep_with_next=True)
    story.blocks.append(Rule(before=6, after=12))
    story.paragraph(f"{label('številka')} {act.number}", REFERENCE)
    day = f"{label('datum')} {authority.place}, {long_date(act.heading.day)}"
    story.paragraph(day, Style(REFERENCE.size, REFERENCE.leading, after=14))


def add_sheet(story: Story, sheet: Sheet) -> None:
    """A table with its head; the first column names the row."""
    table = story.table()
    bold = tuple(CELL_BOLD_NUMBER if figures else CELL_BOLD for figures in sheet.figures)
    usual = tuple(CELL_NUMBER if figures else CELL for figures in sheet.figures)
    styles = {"body": usual, "section": bold, "sum": bold}
    head = table.row("head", tuple(zip(sheet.head, bold, strict=True)))
    rows = tuple(table.row(row.kind, tuple(zip(row.cells, styles[row.kind], strict=True))) for row in sheet.rows)
    story.add_table(Table(sheet.shares, head, rows, CELL.leading))


def signatures(story: Story, act: Act) -> None:
    """Who led on the left, who issues on the right (ZUP, 216. člen); records: everyone, two by two.

    They never begin a page: what is signed ends beside them.
    """
    story.keep_signed()
    if act.issued_by is not None:
        left = _signature(story, act.led_by, _SIGNATURE_SPACE) if act.led_by is not None else ()
        right = _signature(story, act.issued_by, _SIGNATURE_SPACE)
        story.blocks.append(Columns(left, right, before=22, after=16))
    together = len(act.signers) <= _TOGETHER
    for at, pair in enumerate(_pairs(act.signers), 1):
        stacks = [_signature(story, one, _CAPTION) for one in pair]
        kept = together and 2 * at < len(act.signers)
        right = stacks[1] if len(stacks) > 1 else ()
        story.blocks.append(Columns(stacks[0], right, before=10, after=8, keep_with_next=kept))


def _pairs(signers: Sequence[Signer]) -> list[Sequence[Signer]]:
    return [signers[at : at + 2] for at in range(0, len(signers), 2)]


def _signature(story: Story, signer: Signer, space: Style) -> tuple[Paragraph, ...]:
    lines = ((signer.caption, space), (signer.name, _NAME), (signer.title, SMALL))
    return tuple(story.tagged("P", (Run(text),), style) for text, style in lines if text)
