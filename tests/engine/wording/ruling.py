"""Parts of the rules in words, flattened into the lines a reader sees."""

from __future__ import annotations

from collections.abc import Iterator

from razpis.engine.wording.rules_text import Block, Bullets, Paragraph, Part, Table


def lines(*parts: Part) -> list[str]:
    """Headings with ``#``, list items with ``*`` or their number, rows of cells with ``|``, remarks with ``~``;
    no-break spaces as plain ones."""
    return [line.replace("\u00a0", " ") for part in parts for line in _part(part, 1)]


def _part(part: Part, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {part.title}"
    for block in part.blocks:
        yield from _block(block)
    for inner in part.parts:
        yield from _part(inner, depth + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"~ {block.text}" if block.quiet else block.text
        case Bullets():
            yield from (f"{f'{at}.' if block.ordered else '*'} {item}" for at, item in enumerate(block.items, 1))
        case Table():
            yield f"{block.caption}:"
            yield from (" | ".join(row) for row in (block.head, *block.rows))
            assert {len(row) for row in (*block.rows, block.head)} == {len(block.figures)}


def blocks(*given: Block) -> list[str]:
    """The lines of some blocks."""
    return [line.replace("\u00a0", " ") for block in given for line in _block(block)]
