"""The one way a document of any kind is made: story, footer and extras in, PDF bytes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from razpis.documents.canvas import TaggedCanvas
from razpis.documents.check_block import add_check, add_seal_field
from razpis.documents.extras import NO_EXTRAS, Extras
from razpis.documents.flow import place
from razpis.documents.fonts import FONT_LOCK, drawable
from razpis.documents.format_sl import bind
from razpis.documents.legal_text import LegalTexts
from razpis.documents.pdfa import Metadata
from razpis.documents.story import NOTICE, PAGE, Story, draw_footer, draw_notice


def write_document(
    metadata: Metadata,
    footer: str,
    texts: LegalTexts,
    tell: Callable[[Story], None],
    extras: Extras = NO_EXTRAS,
) -> bytes:
    """The PDF (PDF/A-3a and PDF/UA-1) of what ``tell`` adds to a story. The same input gives the same bytes.

    ``footer`` stands at the foot of every page beside »Stran 1 od 3« (labels ``stran`` and ``od`` of ``texts``).
    Values must have gone through :func:`~razpis.documents.fonts.drawable`; extras are put through it here, which
    raises :class:`~razpis.documents.fonts.MissingGlyphError`. Safe in threads: one document is made at a time.
    """
    ready = drawable(replace(extras, attachments=()), bind)
    with FONT_LOCK:
        canvas = TaggedCanvas(_numbered(metadata, ready), (PAGE.width, PAGE.height))
        story = Story(canvas)
        story.paragraph(ready.notice, NOTICE)
        tell(story)
        if ready.address or ready.seal_field:
            story.keep_end()
        if ready.address:
            add_check(story, ready.address, ready.code, with_next=ready.seal_field)
        if ready.seal_field:
            add_seal_field(story)
        canvas.attach(extras.attachments)
        place(story.blocks, canvas, PAGE)
        page, of = texts.label("stran"), texts.label("od")

        def decorate(sheet: TaggedCanvas, index: int, total: int) -> None:
            draw_footer(sheet, footer, f"{page} {index} {of} {total}")
            if ready.notice and index > 1:
                draw_notice(sheet, ready.notice)

        return canvas.finish(decorate)


def _numbered(metadata: Metadata, extras: Extras) -> Metadata:
    """Case and number of the extras go before those of the document."""
    return replace(metadata, case=extras.case or metadata.case, number=extras.number or metadata.number)
