"""The rules in words as one HTML page that needs no other file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from razpis.engine.problems import Text
from razpis.engine.wording.rules_text import Block, Bullets, Paragraph, Part, RulesText, Table

_STYLE = """
:root { color-scheme: light dark; --ink: #16202a; --quiet: #4a5763; --paper: #fff; --line: #c5ced5; --accent: #0b4f6c;
  --half: #7a4b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9eef2; --quiet: #b3bfc9; --paper: #12181d; --line: #43505b;
  --accent: #8ecae6; --half: #f0bd6a; } }
body { margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: break-word;
  font: 400 1.0625rem/1.5 "Atkinson Hyperlegible Next", system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 24px 16px 64px; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.75rem; }
h2 { font-size: 1.375rem; margin: 48px 0 16px; border-bottom: 2px solid var(--accent); padding-bottom: 4px; }
h3 { font-size: 1.125rem; margin: 32px 0 8px; }
h4 { font-size: 1rem; margin: 24px 0 4px; }
p, li { max-width: 70ch; }
p, ul, ol { margin: 0 0 12px; }
a { color: var(--accent); }
.skip { position: absolute; left: 8px; top: -100px; padding: 8px 16px; background: var(--paper); }
.skip:focus { top: 8px; }
.quiet { color: var(--quiet); }
.example { padding: 8px 16px; border: 2px solid var(--half); border-left-width: 12px; max-width: none; }
.scroll { overflow-x: auto; margin: 0 0 16px; }
.scroll:focus-visible { outline: 3px solid var(--accent); }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 700; padding: 8px 0; }
th, td { text-align: left; vertical-align: top; padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 400; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
footer { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 8px; overflow-wrap: anywhere; }
@media print { body { color: #000; background: #fff; font-size: 11pt; } .skip, nav { display: none; }
  h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } }
"""
_CONTENTS = Text("Vsebina", "Contents")
_SKIP = Text("Na vsebino", "Skip to the content")
_DEEPEST = 6


def rules_html(text: RulesText) -> bytes:
    """A whole page (UTF-8): every text escaped, headings in order, tables with captions and head cells."""
    return ("\n".join(_page(text)) + "\n").encode()


def _page(text: RulesText) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{text.language}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(text.title)}</title>"
    yield f"<style>{_STYLE}</style></head>"
    yield f'<body><a class="skip" href="#vsebina">{_SKIP[text.language]}</a>'
    yield '<main id="vsebina" tabindex="-1">'
    yield f"<h1>{escape(text.title)}</h1>"
    if text.example:
        yield f'<p class="example"><strong>{escape(text.example)}</strong></p>'
    for paragraph in text.lead:
        yield f"<p>{escape(paragraph)}</p>"
    yield f'<nav aria-label="{_CONTENTS[text.language]}"><ul>'
    for part in text.parts:
        yield f'<li><a href="#{_anchor(part.title)}">{escape(part.title)}</a></li>'
    yield "</ul></nav>"
    for part in text.parts:
        yield f'<section aria-labelledby="{_anchor(part.title)}">'
        yield from _part(part, 2)
        yield "</section>"
    yield f'<footer class="quiet"><p>{escape(text.source)}</p></footer>'
    yield "</main></body></html>"


def _anchor(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _part(part: Part, depth: int) -> Iterator[str]:
    name = f' id="{_anchor(part.title)}"' if depth == 2 else ""
    level = min(depth, _DEEPEST)
    yield f"<h{level}{name}>{escape(part.title)}</h{level}>"
    for block in part.blocks:
        yield from _block(block)
    for inner in part.parts:
        yield from _part(inner, depth + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text, quiet=quiet):
            yield f'<p class="quiet">{escape(text)}</p>' if quiet else f"<p>{escape(text)}</p>"
        case Bullets(items=items, ordered=ordered):
            tag = "ol" if ordered else "ul"
            yield f"<{tag}>"
            yield from (f"<li>{escape(item)}</li>" for item in items)
            yield f"</{tag}>"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    """A wide table scrolls by itself, also by keyboard."""
    caption = escape(table.caption)
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>'
    yield (
        "<thead><tr>"
        + "".join(
            f'<th scope="col"{_figure(figure)}>{escape(cell)}</th>'
            for cell, figure in zip(table.head, table.figures, strict=True)
        )
        + "</tr></thead><tbody>"
    )
    for row in table.rows:
        first, *others = zip(row, table.figures, strict=True)
        yield (
            f'<tr><th scope="row">{escape(first[0])}</th>'
            + "".join(f"<td{_figure(figure)}>{escape(cell)}</td>" for cell, figure in others)
            + "</tr>"
        )
    yield "</tbody></table></div>"


def _figure(figure: bool) -> str:
    return ' class="figure"' if figure else ""
