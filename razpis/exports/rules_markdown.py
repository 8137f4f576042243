"""The rules in words as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from razpis.engine.wording.rules_text import Block, Bullets, Paragraph, Part, RulesText, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_LEADING = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s)")
_DEEPEST = 6


def rules_markdown(text: RulesText) -> bytes:
    """A page of Markdown (UTF-8, tables of GitHub's kind); signs that mean something to Markdown are escaped."""
    lines = [f"# {_escaped(text.title)}", ""]
    if text.example:
        lines += [f"**{_escaped(text.example)}**", ""]
    for paragraph in text.lead:
        lines += [_escaped(paragraph), ""]
    for part in text.parts:
        lines += _part(part, 2)
    lines += ["---", "", _escaped(text.source)]
    return ("\n".join(lines) + "\n").encode()


def _part(part: Part, depth: int) -> Iterator[str]:
    yield f"{'#' * min(depth, _DEEPEST)} {_escaped(part.title)}"
    yield ""
    for block in part.blocks:
        yield from _block(block)
        yield ""
    for inner in part.parts:
        yield from _part(inner, depth + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text, quiet=quiet):
            yield f"*{_escaped(text)}*" if quiet else _escaped(text)
        case Bullets(items=items, ordered=ordered):
            for number, item in enumerate(items, 1):
                yield f"{f'{number}.' if ordered else '*'} {_escaped(item)}"
        case Table(caption=caption, head=head, rows=rows, figures=figures):
            yield f"**{_escaped(caption)}**"
            yield ""
            yield _row(head)
            yield "|" + "|".join("---:" if figure else "---" for figure in figures) + "|"
            for row in rows:
                yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))
    return _LEADING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", flat)
