"""The same decision as HTML for WeasyPrint and as markup for typst: words, tables, footer, QR and attachment."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno
import typst
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from razpis.assets import ASSETS
from razpis.documents.canvas import TaggedCanvas
from razpis.documents.decision import Decision
from razpis.documents.decision_pdf import tell_decision
from razpis.documents.extras import Extras
from razpis.documents.flow import Block, Columns, Paragraph, Rule
from razpis.documents.fonts import drawable
from razpis.documents.format_sl import bind
from razpis.documents.legal_text import LegalTexts, Run
from razpis.documents.lines import Style
from razpis.documents.pdfa import Metadata
from razpis.documents.story import PAGE, Story
from razpis.documents.table import Row, Table

FONTS = ASSETS / "static" / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
CHECKED = "Ali je dokument pristen in ali še velja, preverite s kodo ali na naslovu:"


@dataclass(frozen=True)
class Content:
    """A document as anybody could print it: its blocks in reading order and what stands around them."""

    title: str
    author: str
    number: str
    blocks: Sequence[Block]
    extras: Extras


def content_of(decision: Decision, extras: Extras, texts: LegalTexts) -> Content:
    """All blocks our own renderer places, with their words and styles."""
    ready = drawable(decision, bind)
    title = f"{ready.act.value} {ready.number}: {ready.applicant.name}"
    canvas = TaggedCanvas(Metadata(title, ready.authority.name, ready.issued_on), (PAGE.width, PAGE.height))
    story = Story(canvas)
    tell_decision(story, ready, texts)
    return Content(title, ready.authority.name, f"Številka: {ready.number}", story.blocks, extras)


def _svg(address: str) -> str:
    out = io.BytesIO()
    segno.make_qr(address, error="m", mask=4, boost_error=False).save(
        out, kind="svg", border=0, unit="mm", scale=24 / 33, xmldecl=False, svgns=True
    )
    return out.getvalue().decode()


class WeasyPrint:
    """HTML with CSS and fonts prepared once."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        faces = "".join(
            f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
            f"src:url('{(FONTS / f'AtkinsonHyperlegibleNext-{name}.ttf').as_uri()}')}}"
            for weight, name in ((400, "Regular"), (700, "Bold"))
        )
        css = (
            f"{faces}@page{{size:A4;margin:20mm 20mm 26mm 25mm;"
            "@bottom-left{content:string(number);font-size:8.5pt}"
            "@bottom-right{content:'Stran ' counter(page) ' od ' counter(pages);font-size:8.5pt}}"
            f"body{{font-family:'{FAMILY}';margin:0}}.number{{string-set:number content();display:none}}"
            "p,h1,h2,h3,ul,ol,table{margin:0}table{width:100%;border-collapse:collapse;margin:4pt 0 8pt}"
            "td,th{border-top:.4pt solid #999;padding:3.5pt 5.5pt;text-align:left;vertical-align:top;"
            "font-size:9pt;line-height:12pt;font-weight:normal;white-space:pre-line}"
            "ul{list-style:'–  '}li{white-space:pre-line}.two{display:flex}.two div{width:50%}"
        )
        self._css = weasyprint.CSS(string=css, font_config=self._fonts)

    def render(self, content: Content) -> bytes:
        attached = [
            weasyprint.Attachment(string=one.data, name=one.name, description=one.description, relationship="Data")
            for one in content.extras.attachments
        ]
        body = "".join(_html(content.blocks))
        address = escape(content.extras.address)
        html = (
            f"<html lang=sl><head><title>{escape(content.title)}</title><meta name=author content="
            f'"{escape(content.author)}"></head><body><div class=number>{escape(content.number)}</div>{body}'
            f"<div class=two><figure style='margin:0;width:30mm' role=img aria-label='QR {address}'>"
            f"{_svg(content.extras.address)}</figure><div><p>{CHECKED}</p><p><a href='{address}'>{address}</a></p>"
            f"<p>Oznaka dokumenta: <b>{content.extras.code}</b></p></div></div></body></html>"
        )
        made: bytes = weasyprint.HTML(string=html).write_pdf(
            stylesheets=[self._css], font_config=self._fonts, pdf_variant="pdf/a-3a", attachments=attached
        )
        return made


def _css(style: Style) -> str:
    weight = "bold" if style.bold else "normal"
    return (
        f"font:{weight} {style.size}pt/{style.leading}pt '{FAMILY}';text-align:{style.align};"
        f"margin:{style.before}pt 0 {style.after}pt"
    )


def _words(runs: Sequence[Run]) -> str:
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)


def _html(blocks: Sequence[Block]) -> list[str]:
    out: list[str] = []
    listed = ""
    for block in blocks:
        item = block.label[0] if isinstance(block, Paragraph) and block.label else ""
        kind = "" if not item else "ol" if item[0].isdigit() else "ul"
        if kind != listed:
            out.append((f"</{listed}>" if listed else "") + (f"<{kind}>" if kind else ""))
            listed = kind
        if isinstance(block, Paragraph):
            tag = "li" if item else block.element.tag.lower()
            out.append(f'<{tag} style="{_css(block.style)}">{_words(block.runs)}</{tag}>')
        elif isinstance(block, Rule):
            out.append("<hr>")
        elif isinstance(block, Columns):
            sides = ("".join(_html(side)) for side in (block.left, block.right))
            out.append(f"<div class=two>{''.join(f'<div>{side}</div>' for side in sides)}</div>")
        elif isinstance(block, Table):
            columns = "".join(f"<col style='width:{share * 100}%'>" for share in block.shares)
            rows = "".join(_html_row(row) for row in block.rows)
            out.append(f"<table>{columns}<thead>{_html_row(block.head)}</thead><tbody>{rows}</tbody></table>")
    return [*out, f"</{listed}>" if listed else ""]


def _html_row(row: Row) -> str:
    cells = (
        f'<{cell.element.tag.lower()} colspan={cell.columns} style="text-align:{cell.style.align}'
        f'{";font-weight:bold" if cell.style.bold else ""}">{_words(cell.runs)}</{cell.element.tag.lower()}>'
        for cell in row.cells
    )
    return f"<tr>{''.join(cells)}</tr>"


TYPST = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: data.author)
#set text(font: "Atkinson Hyperlegible Next", lang: "sl", size: 10.5pt)
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 20mm, bottom: 26mm), footer: context [
  #set text(size: 8.5pt)
  #data.number #h(1fr) Stran #counter(page).display() od #counter(page).final().first()
])
#set table(stroke: (top: .4pt + gray))
#let words(runs) = for run in runs { if run.at(1) { strong(run.at(0)) } else { run.at(0) } }
#let row(one) = one.map(cell => table.cell(colspan: cell.columns, align: eval(cell.align))[
  #set text(size: 9pt, weight: if cell.bold { "bold" } else { "regular" })
  #words(cell.runs)])
#let put(blocks) = for one in blocks {
  if one.kind == "head" { heading(level: one.level, text(size: one.size * 1pt, words(one.runs))) }
  else if one.kind == "text" {
    align(eval(one.align), text(size: one.size * 1pt, weight: if one.bold { "bold" } else { "regular" }, words(one.runs)))
  }
  else if one.kind == "points" { enum(..one.items.map(words)) }
  else if one.kind == "items" { list(marker: [–], ..one.items.map(words)) }
  else if one.kind == "rule" { line(length: 100%, stroke: .6pt) }
  else if one.kind == "two" { grid(columns: (1fr, 1fr), put(one.left), put(one.right)) }
  else if one.kind == "table" {
    table(columns: one.shares.map(share => share * 1fr), table.header(..row(one.head)), ..one.rows.map(row).flatten())
  }
}
#put(data.blocks)
#for file in data.files {
  pdf.attach(file.name, bytes(file.data), relationship: "data", mime-type: file.kind, description: file.about)
}
#grid(columns: (30mm, 1fr),
  image(bytes(data.code_picture), width: 24mm, alt: "QR " + data.address),
  [#data.checked \\ #link(data.address)[#data.address] \\ Oznaka dokumenta: *#data.code*])
"""


class Typst:
    """A template compiled with the fonts loaded once; the words come in as JSON."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        template = Path(self._folder.name) / "decision.typ"
        template.write_text(TYPST, "utf-8")
        self._compiler = typst.Compiler(str(template), font_paths=[str(FONTS)], ignore_system_fonts=True)

    def render(self, content: Content) -> bytes:
        extras = content.extras
        data = {
            "title": content.title,
            "author": content.author,
            "number": content.number,
            "blocks": _nodes(content.blocks),
            "address": extras.address,
            "code": extras.code,
            "checked": CHECKED,
            "code_picture": _svg(extras.address),
            "files": [
                {"name": one.name, "kind": one.media_type, "about": one.description, "data": one.data.decode()}
                for one in extras.attachments
            ],
        }
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        made: bytes = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"])
        return made


def _runs(runs: Sequence[Run]) -> list[Any]:
    return [[run.text, run.bold] for run in runs]


def _nodes(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.label:
            kind = "points" if block.label[0][0].isdigit() else "items"
            if not out or out[-1]["kind"] != kind:
                out.append({"kind": kind, "items": []})
            out[-1]["items"].append(_runs(block.runs))
        elif isinstance(block, Paragraph):
            tag, style = block.element.tag, block.style
            look = {"size": style.size, "align": style.align, "bold": style.bold, "runs": _runs(block.runs)}
            out.append({"kind": "text", **look} if tag == "P" else {"kind": "head", "level": int(tag[1]), **look})
        elif isinstance(block, Rule):
            out.append({"kind": "rule"})
        elif isinstance(block, Columns):
            out.append({"kind": "two", "left": _nodes(block.left), "right": _nodes(block.right)})
        elif isinstance(block, Table):
            rows = [_row(row) for row in block.rows]
            out.append({"kind": "table", "shares": block.shares, "head": _row(block.head), "rows": rows})
    return out


def _row(row: Row) -> list[dict[str, Any]]:
    return [
        {"runs": _runs(cell.runs), "columns": cell.columns, "align": cell.style.align, "bold": cell.style.bold}
        for cell in row.cells
    ]
