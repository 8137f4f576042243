"""A decision on an application as a tagged, archival PDF: the parts in the order the ZUP asks for."""

from __future__ import annotations

from razpis.documents.decision import Decision, Signer
from razpis.documents.decision_text import REMEDY, WHY_REFUSED, operative_file, placeholder_values
from razpis.documents.extras import NO_EXTRAS, Extras
from razpis.documents.flow import Columns, Paragraph, Rule
from razpis.documents.fonts import drawable
from razpis.documents.format_sl import bind, long_date
from razpis.documents.legal_text import LegalTexts, Run
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
from razpis.documents.table import Row, Table
from razpis.documents.writing import write_document

_SIGNATURE_SPACE = Style(size=10.5, leading=14.5, after=34)
_NAME = Style(size=10.5, leading=14.5, bold=True)

# Column widths as parts of the text column.
_CONDITIONS = (0.36, 0.16, 0.48)
_CORRECTIONS = (0.24, 0.2, 0.2, 0.36)
_CRITERIA = (0.32, 0.105, 0.105, 0.47)


def render_decision(decision: Decision, texts: LegalTexts, extras: Extras = NO_EXTRAS) -> bytes:
    """The PDF of a decision (PDF/A-3a and PDF/UA-1). The same values and wording give the same bytes.

    Raises :class:`~razpis.documents.fonts.MissingGlyphError` for a character the font cannot draw and
    :class:`~razpis.documents.legal_text.LegalTextError` for wording that lacks a value. Safe in threads: one
    document is made at a time.
    """
    ready = drawable(decision, bind)
    title = f"{ready.act.value} {ready.number}: {ready.applicant.name}"
    metadata = Metadata(title, ready.authority.name, ready.issued_on, case=ready.case_number, number=ready.number)
    footer = f"{texts.label('številka')} {ready.number}"
    return write_document(metadata, footer, texts, lambda story: tell_decision(story, ready, texts), extras)


def tell_decision(story: Story, decision: Decision, texts: LegalTexts) -> None:
    """Add all blocks of the document in reading order."""
    values = placeholder_values(decision)
    _letterhead(story, decision, texts)
    story.wording(texts.blocks("uvod", values))
    story.title(texts.blocks("naziv", values))
    story.points(texts.blocks(operative_file(decision), values), texts.label("izrek"))
    story.wording(texts.blocks("obrazlozitev_postopek", values))
    if decision.renewal is not None:
        story.wording(texts.blocks("obrazlozitev_ponovno", values))
    if decision.conditions:
        story.wording(texts.blocks("obrazlozitev_pogoji", values), keep_last=True)
        _conditions(story, decision, texts)
    if decision.corrections:
        story.wording(texts.blocks("obrazlozitev_dejstva", values), keep_last=True)
        _corrections(story, decision, texts)
    if decision.criteria:
        story.wording(texts.blocks("obrazlozitev_merila", values), keep_last=True)
        _criteria(story, decision, texts)
    if decision.total is not None:
        story.wording(texts.blocks("obrazlozitev_skupna_ocena", values))
    if decision.allocation or decision.derivation:
        story.wording(texts.blocks("obrazlozitev_razdelitev", values))
    if decision.refusal_reasons:
        story.wording(texts.blocks(WHY_REFUSED[decision.outcome], values))
    if decision.statement_answers:
        story.wording(texts.blocks("obrazlozitev_izjave", values))
    story.wording(texts.blocks("obrazlozitev_zakljucek", values))
    story.wording(texts.blocks(REMEDY[decision.remedy.kind], values))
    story.keep_signed()
    _signatures(story, decision)
    story.keep_end()
    begun = len(story.blocks)
    story.wording(texts.blocks("vrocitev", values))
    story.keep_whole(begun)


def _letterhead(story: Story, decision: Decision, texts: LegalTexts) -> None:
    """Who writes, under which number, where and when."""
    authority = decision.authority
    story.paragraph(authority.name, AUTHORITY)
    for unit in authority.units:
        story.paragraph(unit, LETTERHEAD)
    story.paragraph(" · ".join(filter(None, (authority.address, authority.email))), LETTERHEAD, keep_with_next=True)
    story.blocks.append(Rule(before=6, after=12))
    story.paragraph(f"{texts.label('številka')} {decision.number}", REFERENCE)
    day = long_date(decision.issued_on)
    story.paragraph(
        f"{texts.label('datum')} {authority.place}, {day}", Style(REFERENCE.size, REFERENCE.leading, after=14)
    )


def _conditions(story: Story, decision: Decision, texts: LegalTexts) -> None:
    """Each condition with what was found."""
    table = story.table()
    head = table.row("head", tuple((texts.label(key), CELL_BOLD) for key in ("pogoj", "člen", "ugotovitev")))
    rows = []
    for condition in decision.conditions:
        verdict = texts.label("izpolnjen" if condition.met else "ni_izpolnjen")
        cells = (condition.text, condition.article, f"{verdict} {condition.finding}")
        rows.append(table.row("body", tuple((text, CELL) for text in cells)))
    story.add_table(Table(_CONDITIONS, head, tuple(rows), CELL.leading))


def _corrections(story: Story, decision: Decision, texts: LegalTexts) -> None:
    """What the application claimed and what was established instead."""
    table = story.table()
    keys = ("podatek", "navedba", "ugotovljeno", "razlog_popravka")
    head = table.row("head", tuple((texts.label(key), CELL_BOLD) for key in keys))
    rows = []
    for correction in decision.corrections:
        cells = (correction.fact, correction.claim, correction.established, correction.reason)
        rows.append(table.row("body", tuple((text, CELL) for text in cells)))
    story.add_table(Table(_CORRECTIONS, head, tuple(rows), CELL.leading))


def _criteria(story: Story, decision: Decision, texts: LegalTexts) -> None:
    """Every criterion with its points and the reason for them, sums of sections and of all."""
    table = story.table()
    styles = (CELL, CELL_NUMBER, CELL_NUMBER, CELL)
    bold = (CELL_BOLD, CELL_BOLD_NUMBER, CELL_BOLD_NUMBER, CELL)
    keys = ("merilo", "največ", "točke", "razlog")
    head = table.row("head", tuple(zip(map(texts.label, keys), (*bold[:3], CELL_BOLD), strict=True)))
    rows: list[Row] = []
    for section in decision.criteria:
        if section.title:
            rows.append(table.row("section", ((section.title, CELL_BOLD),) * len(keys)))
        for row in section.rows:
            cells = (f"{row.title}\n{row.article}".rstrip("\n"), row.maximum, row.points, row.reason)
            rows.append(table.row("body", tuple(zip(cells, styles, strict=True))))
        if section.title:
            cells = (f"{texts.label('skupaj')}: {section.title}", section.maximum, section.points, "")
            rows.append(table.row("sum", tuple(zip(cells, bold, strict=True))))
    if decision.total is not None:
        cells = (texts.label("vse_skupaj"), decision.total.maximum, decision.total.points, "")
        rows.append(table.row("sum", tuple(zip(cells, bold, strict=True))))
    story.add_table(Table(_CRITERIA, head, tuple(rows), CELL.leading))


def _signatures(story: Story, decision: Decision) -> None:
    """On the left who led the procedure, on the right who issued the act (ZUP, 216. člen)."""
    left = _signature(story, decision.led_by) if decision.led_by is not None else ()
    right = _signature(story, decision.issued_by)
    story.blocks.append(Columns(left, right, before=22, after=16))


def _signature(story: Story, signer: Signer) -> tuple[Paragraph, ...]:
    lines = ((signer.caption, _SIGNATURE_SPACE), (signer.name, _NAME), (signer.title, SMALL))
    return tuple(story.tagged("P", (Run(text),), style) for text, style in lines if text)
