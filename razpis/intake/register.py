"""The business register (PRS), read as a stream: CSV with named columns, or the open XML of AJPES.

CSV: ``maticna;naziv;naslov;pravna_oblika;davcna`` in the first line, in any order and with ``;`` or ``,`` between;
``davcna`` may be left out. XML: AJPES lays down its elements in »Strukture podatkov iz Poslovnega registra
Slovenije«: ``PS`` with ``ma``, ``PopolnoIme``, ``Oblika`` and ``N`` (``hs``, ``do``, ``po``, ``Ulica``, ``Naselje``,
``Posta``); its open file holds no tax numbers. A document type or entity in it is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import BinaryIO
from xml.parsers import expat  # nosec B406: stops at any document type, see _Tree

from razpis.engine.problems import Place, Problem, Problems, Text
from razpis.intake.report import shown
from razpis.procedure.identifiers import IdentifierError, check_davcna, check_maticna

COLUMNS = ("maticna", "naziv", "naslov", "pravna_oblika")
OPTIONAL = "davcna"
MOST_PROBLEMS = 100
NOTHING = Text(
    "v datoteki ni nobene enote; izberite odprti XML AJPES ali CSV z enoto v vsaki vrstici pod imeni stolpcev",
    "there is no unit in the file; choose the open XML of AJPES, or a CSV with a unit a line under the column names",
)
_CHUNK = 1 << 16
_LONGEST = {"naziv": 300, "naslov": 300, "pravna_oblika": 200}

Row = tuple[int, Mapping[str, str]]
"""A line of the file, from 1, and its cells by column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit of the register; the address and the form may be blank, as they are there."""

    registration_number: str
    name: str
    address: str
    legal_form: str
    tax_number: str | None


def entries(file: BinaryIO, name: str) -> Iterator[Entry]:
    """The units in ``file``, one by one.

    Raises :class:`Problems` at the end, or as soon as there are a hundred: whoever takes the entries in keeps
    none of them then.
    """
    beginning = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    rows = _xml(file, name) if beginning.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) else _csv(file, name)
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        try:
            entry = _entry(row)
            _once(entry.registration_number, line, lines)
        except _Bad as bad:
            problems.append(Problem(Place(name, line, 1), bad.text))
            if len(problems) == MOST_PROBLEMS:
                break
        else:
            yield entry
    if problems:
        raise Problems(problems)
    if not lines:
        raise Problems([Problem(Place(name), NOTHING)])


class _Bad(Exception):
    """A line that cannot be taken in."""

    def __init__(self, sl: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(sl, en)


def _entry(row: Mapping[str, str]) -> Entry:
    cells = {column: " ".join(row.get(column, "").split()) for column in (*COLUMNS, OPTIONAL)}
    for column, longest in _LONGEST.items():
        if len(cells[column]) > longest or "\x00" in cells[column]:
            raise _Bad(
                f"{column}: največ {longest} znakov in brez ničelnega znaka",
                f"{column}: at most {longest} characters, no NUL",
            )
    if not cells["naziv"]:
        raise _Bad("naziv: celica je prazna, vpišite ime enote", "naziv: the cell is blank, enter the unit's name")
    number = _number("maticna", cells["maticna"], check_maticna)
    tax = _number(OPTIONAL, cells[OPTIONAL], check_davcna) if cells[OPTIONAL] else None
    return Entry(number, cells["naziv"], cells["naslov"], cells["pravna_oblika"], tax)


def _number(column: str, text: str, check: Callable[[str], str]) -> str:
    try:
        return check(text)
    except IdentifierError as error:
        said = shown(text)
        raise _Bad(f"{column} »{said}«: {error.problem.sl}", f"{column} '{said}': {error.problem.en}") from error


def _once(number: str, line: int, lines: dict[str, int]) -> None:
    earlier = lines.setdefault(number, line)
    if earlier != line:
        raise _Bad(
            f"matična številka {number} je že v vrstici {earlier}; pustite eno od obeh",
            f"the number {number} stands in line {earlier} already; leave one of the two",
        )


def _csv(file: BinaryIO, name: str) -> Iterator[Row]:
    lines = _lines(file, name)
    header = next(lines, "")
    separator = ";" if ";" in header else ","
    columns = _columns([cell.strip(' "\r\n').lower() for cell in header.split(separator)], name)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begin = 2
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, _row_of(cells, columns, separator, Place(name, begin, 1))
            begin = reader.line_num + 2
    except csv.Error as error:
        sl = f"vrstica ni pravilen CSV ({error}); narekovaj v celici zapišite dvakrat in celico zaprite z narekovajem"
        en = f"the line is not CSV ({error}); write a quotation mark in a cell twice and close the cell with one"
        raise _stop(name, begin, sl, en) from error


def _lines(file: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            sl = "datoteka ni v UTF-8; shranite jo znova kot »CSV UTF-8«"
            raise _stop(name, number, sl, "the file is not in UTF-8; save it again as 'CSV UTF-8'") from error


def _row_of(cells: list[str], columns: list[str], separator: str, place: Place) -> Mapping[str, str]:
    if len(cells) != len(columns):
        raise _stop(
            place.file,
            place.line,
            f"celic je {len(cells)}, stolpcev pa {len(columns)}; celico, v kateri je »{separator}«, dajte v narekovaje",
            f"there are {len(cells)} cells and {len(columns)} columns; quote a cell that holds '{separator}'",
        )
    return dict(zip(columns, cells, strict=True))


def _columns(columns: list[str], name: str) -> list[str]:
    missing = [column for column in COLUMNS if column not in columns]
    twice = [column for column in dict.fromkeys(columns) if columns.count(column) > 1]
    near = _written_otherwise(columns)
    if missing or twice or near:
        named = ";".join((*COLUMNS, OPTIONAL))
        told = [
            ("; manjka: ", "; missing: ", missing),
            ("; odstranite ponovljene: ", "; remove those repeated: ", twice),
            ("; popravite ime: ", "; mend the name: ", near),
        ]
        raise _stop(
            name,
            1,
            f"prva vrstica mora našteti stolpce {named}, vsakega enkrat"
            + "".join(sl + shown(", ".join(some)) for sl, _, some in told if some),
            f"the first line must name the columns {named}, each once"
            + "".join(en + shown(", ".join(some)) for _, en, some in told if some),
        )
    return columns


def _written_otherwise(columns: list[str]) -> list[str]:
    """Columns we would not know, but whose name is nearly one that is not there: ``davčna → davcna``."""
    absent = [column for column in (*COLUMNS, OPTIONAL) if column not in columns]
    strange = [column for column in columns if column not in (*COLUMNS, OPTIONAL)]
    pairs = [(one, get_close_matches(one, absent, n=1, cutoff=0.75)) for one in strange]
    return [f"{shown(one)} → {near[0]}" for one, near in pairs if near]


def _xml(file: BinaryIO, name: str) -> Iterator[Row]:
    tree = _Tree(name)
    while chunk := file.read(_CHUNK):
        yield from tree.feed(chunk)
    yield from tree.feed(b"", last=True)


class _Tree:
    """Reads elements as they come and keeps only the unit that is open."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._unit: dict[str, str] | None = None
        self._line = 0
        self._text = ""
        self._rows: list[Row] = []

    def feed(self, chunk: bytes, last: bool = False) -> list[Row]:
        """The units that end in this part of the file. Raises :class:`Problems` for broken XML."""
        self._rows = []
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise _stop(
                self._name,
                error.lineno,
                f"datoteka ni pravilen XML ({expat.ErrorString(error.code)}); prenesite jo znova, nespremenjeno",
                f"the file is not sound XML ({expat.ErrorString(error.code)}); download it anew, leave it unchanged",
            ) from error
        return self._rows

    def _refuse(self, *_doctype: object) -> None:
        raise _stop(
            self._name,
            self._parser.CurrentLineNumber,
            "datoteka XML ima DOCTYPE; take ne beremo, ker lahko vleče druge datoteke. Prenesite izvirno znova",
            "the XML file has a DOCTYPE; such a file is not read, as it may pull in others. Download the original anew",
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        here, self._text = tag.rpartition("}")[2], ""
        if here == "PS":
            self._unit, self._line = {}, self._parser.CurrentLineNumber
        if self._unit is not None:
            self._unit.update({key: value for key, value in attributes.items() if here in ("PS", "N")})

    def _data(self, text: str) -> None:
        self._text += text

    def _end(self, tag: str) -> None:
        here = tag.rpartition("}")[2]
        if self._unit is None:
            return
        if here == "PS":
            self._rows.append((self._line, _row(self._unit)))
            self._unit = None
        else:
            self._unit.setdefault(here, self._text)


def _row(unit: Mapping[str, str]) -> Mapping[str, str]:
    street = unit.get("Ulica", "").strip() or unit.get("Naselje", "").strip()
    house = unit.get("hs", "").strip().lstrip("0") + unit.get("do", "").strip()
    post = f"{unit.get('po', '')} {unit.get('Posta', '')}".strip()
    return {
        "maticna": unit.get("ma", ""),
        "naziv": unit.get("PopolnoIme", ""),
        "naslov": ", ".join(part for part in (f"{street} {house}".strip(), post) if part),
        "pravna_oblika": unit.get("Oblika", ""),
    }


def _stop(name: str, line: int, sl: str, en: str) -> Problems:
    return Problems([Problem(Place(name, line, 1), Text(sl, en))])
