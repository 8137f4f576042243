"""Rules explained in words, turned into sections of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from razpis.documents.act import Listing, Row, Section, Sections, Sheet
from razpis.documents.format_sl import plain
from razpis.engine.wording.rules_text import Block, Bullets, Paragraph, Part, Table

_NARROW, _WIDE = 17, 42  # signs that a column counts as at least and at most


def sections(parts: Sequence[Part], titled: bool = True) -> Sections:
    """Headings of the third level with what stands under them; not ``titled``: without those of ``parts``."""
    return tuple(one for part in parts for one in _sections(part, titled))


def sheet(head: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[bool]) -> Sheet:
    """A table whose columns are as wide as their texts ask for."""
    titles, lines = tuple(_capital(plain(title)) for title in head), [tuple(map(plain, cells)) for cells in rows]
    longest = [max(len(text) for text in column) for column in zip(titles, *lines, strict=True)]
    wishes = [min(max(length, _NARROW), _WIDE) for length in longest]
    total = sum(wishes)
    made = tuple(Row(cells) for cells in lines)
    return Sheet(titles, tuple(wish / total for wish in wishes), tuple(figures), made)


def _sections(part: Part, titled: bool) -> Iterator[Section]:
    found = tuple(one for block in part.blocks for one in _block(block))
    if found or (titled and not part.parts):
        yield Section(part.title if titled else "", found, level=2)
    elif titled:
        yield Section(part.title, level=2)
    for below in part.parts:
        yield from _sections(below, True)


def _block(block: Block) -> Iterator[str | Listing | Sheet]:
    if isinstance(block, Paragraph):
        yield plain(block.text)
    elif isinstance(block, Bullets):
        yield Listing(tuple(map(plain, block.items)))
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str | Sheet]:
    if table.caption:
        yield f"{plain(table.caption)}:"
    yield sheet(table.head, table.rows, table.figures)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
