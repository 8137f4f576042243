"""The file of an application as one ZIP: documents and data with an index people can read, and every hash.

The same content gives the same bytes: names in their order, one date for all, nothing of the machine.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

INDEX, README, SUMS = "index.html", "README.txt", "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNFIT = re.compile(r"[^\w.\-]+")
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:0 0 2rem}"
    "th,td{border:1px solid #777;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "code{overflow-wrap:anywhere}"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: where it lies in the archive, what it is in a few words, its bytes."""

    path: str
    what: str
    content: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the index: its title, the names of its columns, its rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Omitted:
    """Something that is not in the archive, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole: title, what it is for and of what in sentences, what people read, files, and what is left out."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    pieces: tuple[Piece, ...]
    omitted: tuple[Omitted, ...]


def dossier(found: Dossier) -> bytes:
    """The archive. Raises ``ValueError`` where two pieces would lie in one place."""
    pieces = sorted(found.pieces, key=lambda one: one.path)
    paths = [one.path for one in pieces]
    if len({path.casefold() for path in paths}) != len(paths):
        raise ValueError("two pieces of a dossier have one path")
    index = Piece(INDEX, "to kazalo", _index(found, pieces).encode())
    readme = Piece(README, "to kazalo kot besedilo", _readme(found, pieces).encode())
    sums = "".join(f"{one.sha256}  {one.path}\n" for one in (*pieces, index, readme))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in (index, readme, Piece(SUMS, "", sums.encode()), *pieces):
            entry = zipfile.ZipInfo(one.path, _EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            packed.writestr(entry, one.content)
    return out.getvalue()


def file_name(name: str) -> str:
    """A name that every system can unpack: letters, digits, points and hyphens, no folders, not too long."""
    plain = unicodedata.normalize("NFC", name).replace("/", "-").replace("\\", "-")
    clean = _UNFIT.sub("_", plain).strip("._")
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:80] or "datoteka"
    return f"{stem[:80]}.{ending[:16]}"


def _readme(found: Dossier, pieces: Sequence[Piece]) -> str:
    lines = [found.title, "", *found.lead, "", "Datoteke (SHA-256, pot, kaj je):", ""]
    lines += [f"{one.sha256}  {one.path}  {one.what}" for one in pieces]
    if found.omitted:
        lines += ["", "Izpuščeno:", "", *(f"- {one.what}: {one.why}" for one in found.omitted)]
    return "\n".join([*lines, "", f"Vse odtise preverite z: sha256sum -c {SUMS}", ""])


def _index(found: Dossier, pieces: Sequence[Piece]) -> str:
    return "\n".join(_lines(found, pieces)) + "\n"


def _lines(found: Dossier, pieces: Sequence[Piece]) -> Iterator[str]:
    title = escape(found.title)
    yield '<!doctype html>\n<html lang="sl">\n<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>"
    yield from (f"<p>{escape(one)}</p>" for one in found.lead)
    if found.omitted:
        yield "<h2>Izpuščeno</h2>"
        yield from _table(("Kaj", "Zakaj"), [(one.what, one.why) for one in found.omitted])
    for section in found.sections:
        yield f"<h2>{escape(section.title)}</h2>"
        yield from _table(section.head, section.rows)
    yield "<h2>Datoteke</h2>"
    yield "<table><thead><tr><th scope=col>Datoteka<th scope=col>Kaj je<th scope=col>SHA-256</thead><tbody>"
    for one in pieces:
        path = escape(one.path)
        yield f'<tr><td><a href="{path}">{path}</a><td>{escape(one.what)}<td><code>{one.sha256}</code>'
    yield "</tbody></table>\n</main></body></html>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cells = "".join(f"<th scope=col>{escape(cell)}" for cell in head)
    yield f"<table><thead><tr>{cells}</thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}" for cell in row)
    yield "</tbody></table>"
