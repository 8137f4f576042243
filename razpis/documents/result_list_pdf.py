"""The notice of the results of a call as a tagged, archival PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from razpis.documents.act import Row, Sheet
from razpis.documents.act_pdf import add_sheet
from razpis.documents.extras import NO_EXTRAS, Extras
from razpis.documents.flow import Rule
from razpis.documents.fonts import drawable, missing_glyphs, normalised
from razpis.documents.format_sl import bind, long_date
from razpis.documents.legal_text import LegalTexts, TextValue
from razpis.documents.lines import Style
from razpis.documents.pdfa import Metadata
from razpis.documents.result_list import LotResults, Recipient, ResultList, lot_values, placeholder_values
from razpis.documents.story import AUTHORITY, LETTERHEAD, REFERENCE, Story
from razpis.documents.writing import write_document

# Widths of columns as parts of the whole, and which of them hold figures.
_RECIPIENTS = (0.32, 0.08, 0.1, 0.145, 0.145, 0.21), (False, True, True, True, True, False)
_RECIPIENT_LABELS = ("prejemnik", "mesto", "točke", "zaprošeno", "dodeljeno", "omejitev")
_OTHERS = (0.5, 0.15, 0.35), (False, True, False)
_OTHER_LABELS = ("vloga", "točke", "izid")
_UNKNOWN = "?"


def render_result_list(one: ResultList, texts: LegalTexts, extras: Extras = NO_EXTRAS) -> bytes:
    """The PDF of the notice (PDF/A-3a and PDF/UA-1). The same values and wording give the same bytes.

    A sign of a name that the font does not have is printed as a question mark: the CSV inside has it as it is.
    Raises :class:`~razpis.documents.legal_text.LegalTextError` for wording that lacks a value. Safe in threads.
    """
    ready = drawable(_legible(one), bind)
    title = f"{texts.label('številka')} {ready.number}"
    metadata = Metadata(f"Rezultati: {ready.call}, {ready.reference}", ready.authority, ready.day)
    return write_document(metadata, title, texts, lambda story: _tell(story, ready, texts), extras)


def _legible(one: ResultList) -> ResultList:
    """The notice with the names people wrote in signs that can be drawn."""
    lots = tuple(
        replace(
            lot,
            recipients=tuple(
                replace(row, name=_drawn(row.name), programme=_drawn(row.programme)) for row in lot.recipients
            ),
            others=tuple(replace(row, who=_drawn(row.who)) for row in lot.others),
        )
        for lot in one.lots
    )
    return replace(one, lots=lots, reason=_drawn(one.reason))


def _drawn(text: str) -> str:
    clean = normalised(text)
    return clean.translate({ord(one.character): _UNKNOWN for one in missing_glyphs("", clean)})


def _tell(story: Story, one: ResultList, texts: LegalTexts) -> None:
    values = placeholder_values(one)
    _letterhead(story, one, texts)
    story.title(texts.blocks("naziv", values))
    story.wording(texts.blocks("uvod", values))
    story.wording(texts.blocks("delitev", values))
    for lot in one.lots:
        _lot(story, lot, texts, {**values, **lot_values(lot)})
    story.wording(texts.blocks("zakljucek", values))


def _letterhead(story: Story, one: ResultList, texts: LegalTexts) -> None:
    story.paragraph(one.authority, AUTHORITY)
    for line in (*one.units, one.address):
        story.paragraph(line, LETTERHEAD)
    story.blocks.append(Rule(before=6, after=12))
    story.paragraph(f"{texts.label('številka')} {one.number}", REFERENCE)
    day = ", ".join(filter(None, (one.place, long_date(one.day))))
    story.paragraph(f"{texts.label('datum')} {day}", Style(REFERENCE.size, REFERENCE.leading, after=14))


def _lot(story: Story, lot: LotResults, texts: LegalTexts, values: Mapping[str, TextValue]) -> None:
    story.wording(texts.blocks("prejemniki", values), keep_last=bool(lot.recipients))
    if lot.recipients:
        rows = [Row(_cells(row)) for row in lot.recipients]
        rows.append(Row((texts.label("skupaj"), "", "", lot.requested, lot.awarded, ""), "sum"))
        add_sheet(story, Sheet(_head(texts, _RECIPIENT_LABELS), *_RECIPIENTS, tuple(rows)))
    if lot.others:
        story.wording(texts.blocks("ostali", values), keep_last=True)
        others = tuple(Row((row.who, row.points, row.outcome)) for row in lot.others)
        add_sheet(story, Sheet(_head(texts, _OTHER_LABELS), *_OTHERS, others))


def _head(texts: LegalTexts, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(texts.label, keys))


def _cells(row: Recipient) -> tuple[str, ...]:
    under = [row.programme, row.decision]
    name = "\n".join([row.name, *filter(None, under)])
    return name, row.place, row.points, row.requested, row.award, row.limit
