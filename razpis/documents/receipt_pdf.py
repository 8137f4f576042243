"""The receipt of a filed application as a tagged, archival PDF."""

from __future__ import annotations

from dataclasses import replace

from razpis.documents.extras import NO_EXTRAS, Extras
from razpis.documents.flow import Rule
from razpis.documents.fonts import drawable, missing_glyphs, normalised
from razpis.documents.format_sl import bind
from razpis.documents.legal_text import LegalTexts
from razpis.documents.pdfa import Metadata
from razpis.documents.receipt import Receipt, placeholder_values
from razpis.documents.story import AUTHORITY, CELL, CELL_BOLD, CELL_BOLD_NUMBER, CELL_NUMBER, Story
from razpis.documents.table import Table
from razpis.documents.writing import write_document

_FILES = (0.26, 0.26, 0.11, 0.37)
_UNKNOWN = "?"


def render_receipt(receipt: Receipt, texts: LegalTexts, extras: Extras = NO_EXTRAS) -> bytes:
    """The PDF of a receipt (PDF/A-3a and PDF/UA-1). The same values and wording give the same bytes.

    A sign the font does not have is printed as a question mark: a filing must never fail for the name of a file.
    Raises :class:`~razpis.documents.legal_text.LegalTextError` for wording that lacks a value. Safe in threads.
    """
    ready = drawable(_legible(receipt), bind)
    title = f"{texts.label('potrdilo')} {ready.number}"
    metadata = Metadata(title, ready.authority, ready.day, case=ready.reference, number=ready.number)
    return write_document(metadata, title, texts, lambda story: _tell(story, ready, texts), extras)


def _legible(receipt: Receipt) -> Receipt:
    """The receipt with the texts people wrote in signs that can be drawn."""
    return replace(
        receipt,
        number=_drawn(receipt.number),
        authority=_drawn(receipt.authority),
        call=_drawn(receipt.call),
        reference=_drawn(receipt.reference),
        lot=_drawn(receipt.lot),
        applicant=_drawn(receipt.applicant),
        filed_by=_drawn(receipt.filed_by),
        files=tuple(replace(file, field=_drawn(file.field), name=_drawn(file.name)) for file in receipt.files),
    )


def _drawn(text: str) -> str:
    clean = normalised(text)
    return clean.translate({ord(one.character): _UNKNOWN for one in missing_glyphs("", clean)})


def _tell(story: Story, receipt: Receipt, texts: LegalTexts) -> None:
    values = placeholder_values(receipt)
    story.paragraph(receipt.authority, AUTHORITY, keep_with_next=True)
    story.blocks.append(Rule(before=6, after=12))
    story.title(texts.blocks("naziv", values))
    story.wording(texts.blocks("prejem", values))
    story.wording(texts.blocks("priloge", values), keep_last=bool(receipt.files))
    if receipt.files:
        _files(story, receipt, texts)
    story.wording(texts.blocks("zakljucek", values))


def _files(story: Story, receipt: Receipt, texts: LegalTexts) -> None:
    table = story.table()
    styles = (CELL, CELL, CELL_NUMBER, CELL)
    bold = (CELL_BOLD, CELL_BOLD, CELL_BOLD_NUMBER, CELL_BOLD)
    keys = ("datoteka", "polje", "velikost", "odtis")
    head = table.row("head", tuple(zip(map(texts.label, keys), bold, strict=True)))
    rows = []
    for file in receipt.files:
        cells = (file.name, file.field, file.size, f"{file.sha256[:32]}\n{file.sha256[32:]}")
        rows.append(table.row("body", tuple(zip(cells, styles, strict=True))))
    story.add_table(Table(_FILES, head, tuple(rows), CELL.leading))
