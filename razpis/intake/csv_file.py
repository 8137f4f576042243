"""CSV read into named columns, every cell with the line and column where it begins.

The standard library's reader, in its strict mode, gives the cells; which line and column one of them stands at
is found out only when somebody asks, by reading its row once more. Where the strict reader gives up, the whole
file is read here, so that every broken row is named and not only the first. Both follow RFC 4180, section 2;
spaces around quotation marks are let go.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, NoReturn

from razpis.engine.problems import Place, Text
from razpis.intake.decoding import decoded
from razpis.intake.grid import MAX_CELL, MAX_ROWS
from razpis.intake.report import Inside, Notes, grouped

SEPARATORS = ",;"

_OPENING = re.compile(r' *"')
_BODY = re.compile(r'[^"]*(?:""[^"]*)*')
_SPACES = re.compile(r" *")
_MAX_LINES = 20 * MAX_ROWS


class _Row(NamedTuple):
    """A row of cells and the line it begins on, from 0."""

    line: int
    cells: list[str]

    def empty(self) -> bool:
        return not any(map(str.strip, self.cells))


class CsvGrid:
    """The rows of a CSV file."""

    def __init__(self, scanner: Scanner, header: _Row, rows: list[_Row]) -> None:
        self._scanner = scanner
        self._header = header
        self._lines = [row.line for row in rows]
        self.names = [name.strip() for name in header.cells]
        self.rows = [row.cells for row in rows]

    def header_place(self, column: int) -> Place:
        """Where the name of a column stands."""
        return self._scanner.cell_place(self._header.line, column)

    def row_place(self, row: int) -> Place:
        """Where a row begins."""
        return Place(self._scanner.file, self._lines[row] + 1, 1)

    def cell_place(self, row: int, column: int, inside: Inside = ()) -> Place:
        """Where a cell begins; a cell here has nothing inside."""
        return self._scanner.cell_place(self._lines[row], column)


def read(content: bytes, file: str, notes: Notes) -> CsvGrid:
    """The rows of ``content``; notes rows that do not fit. Raises :class:`Problems` where there is no header."""
    text = decoded(content, file, notes, windows=True).rstrip("\n")
    header_line = text.partition("\n")[0]
    separator = next((sign for sign in header_line if sign in SEPARATORS), "")
    if not header_line.strip(" \t,;"):
        notes.stop(Place(file, 1, 1), "prva vrstica mora našteti stolpce", "the first line must name the columns")
    if not separator and "\t" in header_line:
        notes.stop(
            Place(file, 1, 1),
            "stolpci so ločeni s tabulatorji; ločite jih z vejico ali podpičjem",
            "the columns are separated by tabs; separate them by commas or semicolons",
        )
    if text.count("\n") > _MAX_LINES:
        _too_many(file, notes)
    scanner = Scanner(text, separator or ",", file)
    rows = _strict(text, scanner.separator)
    if rows is None:
        rows = scanner.rows(notes)
    while len(rows) > 1 and rows[-1].empty():
        rows.pop()
    if len(rows) > MAX_ROWS + 1:
        _too_many(file, notes)
    if not rows or rows[0].line > 0:
        notes.give_up()  # the header itself is broken
    return CsvGrid(scanner, rows[0], list(_sound(rows, scanner, notes)))


def _too_many(file: str, notes: Notes) -> NoReturn:
    most = grouped(MAX_ROWS)
    notes.stop(
        Place(file),
        f"datoteka ima več kot {most.sl} vrstic, več jih ne beremo; preverite, ali je prava",
        f"the file has more than {most.en} rows, and no more are read; check that it is the right one",
    )


def _strict(text: str, separator: str) -> list[_Row] | None:
    """The rows by the standard library; ``None`` where the file is not strictly well-formed."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True, skipinitialspace=True)
    rows: list[_Row] = []
    begin = 0
    try:
        for cells in reader:
            rows.append(_Row(begin, cells))
            begin = reader.line_num
    except csv.Error:
        return None
    return rows


def _sound(rows: list[_Row], scanner: Scanner, notes: Notes) -> Iterator[_Row]:
    """The rows under the header that fit it; notes the others, blank ones that follow each other once."""
    width = len(rows[0].cells)
    blank = False
    for row in rows[1:]:
        if not row.empty():
            blank = False
            if _fits(row, width, scanner, notes):
                yield row
        elif not blank:
            blank = True
            place = Place(scanner.file, row.line + 1, 1)
            sl = "prazna vrstica sredi podatkov; odstranite jo"
            notes.problem(place, sl, "a blank line amid the data; remove it")


def _fits(row: _Row, width: int, scanner: Scanner, notes: Notes) -> bool:
    """Whether the row has as many cells as the header; notes what is wrong with it."""
    count = len(row.cells)
    if count == width and sum(map(len, row.cells)) <= MAX_CELL:
        return True
    if count != width:
        advice = _surplus(scanner.separator) if count > width else _lacking(scanner.separator)
        notes.problem(
            scanner.cell_place(row.line, width if count > width else 0),
            f"število celic v vrstici je {count}, število stolpcev pa {width}; ",
            f"the row has {count} cell(s), the header {width} column(s); ",
            advice,
        )
        return False
    long = next((column for column, cell in enumerate(row.cells) if len(cell) > MAX_CELL), None)
    if long is not None:
        most = grouped(MAX_CELL)
        notes.problem(
            scanner.cell_place(row.line, long),
            f"celica ima več kot {most.sl} znakov; skrajšajte jo (ali pa manjka narekovaj)",
            f"the cell has more than {most.en} characters; shorten it (or a quotation mark is missing)",
        )
    return long is None


def _surplus(sign: str) -> Text:
    return Text(f"celico, v kateri je »{sign}«, dajte v narekovaje", f"put a cell that holds '{sign}' in quotes")


def _lacking(sign: str) -> Text:
    return Text(
        f"dodajte celice, ki manjkajo; za prazno celico zapišite le njeno ločilo »{sign}«",
        f"add the cells that are missing; for a blank one write only its separator '{sign}'",
    )


class _Cell(NamedTuple):
    """A cell with the line (from 0) and position it begins at, where it ends, and what is wrong at which place."""

    text: str
    begin: tuple[int, int]
    end: tuple[int, int]
    fault: str = ""
    at: tuple[int, int] = (0, 0)


class Scanner:
    """Reads a text cell by cell, as slowly as exact places need."""

    def __init__(self, text: str, separator: str, file: str) -> None:
        self.separator = separator
        self.file = file
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def cell_place(self, line: int, column: int) -> Place:
        """Where the cell ``column`` of the row that begins on ``line`` (from 0) begins."""
        at, position = self._row(line)[column].begin
        return Place(self.file, at + 1, position + 1)

    def rows(self, notes: Notes) -> list[_Row]:
        """Every sound row; broken ones are noted and left out."""
        rows: list[_Row] = []
        line = 0
        while line < len(self._lines):
            cells = self._row(line)
            for cell in cells:
                if cell.fault:
                    place = Place(self.file, cell.at[0] + 1, cell.at[1] + 1)
                    notes.problem(place, *_FAULTS[cell.fault])
            if not any(cell.fault for cell in cells):
                rows.append(_Row(line, [cell.text for cell in cells]))
            line = cells[-1].end[0] + 1
        return rows

    def _row(self, line: int) -> list[_Cell]:
        cells = [self._cell(line, 0)]
        while True:
            at, position = cells[-1].end
            if position >= len(self._lines[at]):
                return cells
            cells.append(self._cell(at, position + 1))

    def _cell(self, line: int, position: int) -> _Cell:
        text = self._lines[line]
        opening = _OPENING.match(text, position)
        if opening is None:
            end = self._next(line, position)
            return _Cell(text[position:end], (line, position), (line, end))
        return self._quoted((line, position), opening.end())

    def _next(self, line: int, position: int) -> int:
        """Where the next separator stands, or the end of the line."""
        found = self._lines[line].find(self.separator, position)
        return len(self._lines[line]) if found < 0 else found

    def _quoted(self, begin: tuple[int, int], position: int) -> _Cell:
        """The cell whose text begins at ``position``, past its quotation mark."""
        line, opened = begin[0], (begin[0], position - 1)
        pieces: list[str] = []
        while True:
            body = _BODY.match(self._lines[line], position)
            assert body is not None
            pieces.append(body.group())
            if body.end() < len(self._lines[line]):
                break
            if line + 1 == len(self._lines):
                return _Cell("", begin, (line, body.end()), "open", opened)
            line, position = line + 1, 0
        spaces = _SPACES.match(self._lines[line], body.end() + 1)
        assert spaces is not None
        end = spaces.end()
        text = "\n".join(pieces).replace('""', '"')
        if end == len(self._lines[line]) or self._lines[line][end] == self.separator:
            return _Cell(text, begin, (line, end))
        return _Cell("", begin, (line, self._next(line, end)), "after", (line, end))


_FAULTS = {
    "open": (
        "narekovaj ni zaprt; na konec celice dodajte narekovaj (narekovaj v besedilu zapišite dvakrat)",
        "the quotation mark is not closed; close it at the cell's end (inside a text, write it twice)",
    ),
    "after": (
        "za zaključnim narekovajem je še besedilo; narekovaj v besedilu zapišite dvakrat",
        "there is text after the closing quotation mark; inside a text, write a quotation mark twice",
    ),
}
