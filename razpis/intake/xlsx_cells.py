"""The cells of an XLSX workbook, sheet by sheet, as the person who filled them in sees them."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Context, Decimal
from itertools import repeat
from typing import Any, NamedTuple, NoReturn

import openpyxl
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.utils.exceptions import InvalidFileException

from razpis.engine.problems import Place
from razpis.intake.grid import MAX_CELL, MAX_ROWS, Numeral, blank
from razpis.intake.report import Notes, grouped, shown

MAX_UNPACKED = 100_000_000
MAX_SHEET_ROWS = 1_048_576
MAX_COLUMNS = 1_000

# What openpyxl, zipfile and the XML parser (SyntaxError) raise on damaged files.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    InvalidFileException,
    TokenizerError,
    SyntaxError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_DTD = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_HOURS = re.compile("[hs]", re.IGNORECASE)
_EXACT = Context(prec=5_000)
_SHOWN_DIGITS = Context(prec=15)


class _Raw(NamedTuple):
    """A cell as openpyxl gives it: its value, type and number format."""

    value: Any
    kind: str
    shown_as: str


class Sheet(NamedTuple):
    """A sheet's rows that are not blank at the end; row 1 of the sheet is ``rows[0]``."""

    title: str
    rows: list[list[object]]


def sheets(content: bytes, file: str, notes: Notes) -> list[Sheet]:
    """Every sheet of cells. A cell is a text, a :class:`Numeral`, a bool, a date, a datetime, a time or ``None``.

    Notes cells that hold an error, or a formula whose result was not saved. Raises :class:`Problems` where
    ``content`` is not a workbook, or unpacks to more than :data:`MAX_UNPACKED` bytes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that carry no data
        with _sound(file, notes):
            formulas = _has_formulas(content, file, notes)
            results = _sheets_of(content, data_only=True)
            # A result that was not saved looks like a blank cell, so the formulas are read beside the results.
            written = _sheets_of(content, data_only=False) if formulas else []
        found = []
        for at, sheet in enumerate(results):
            beside = _lines(written[at], file, notes) if formulas else repeat([])
            reader = _Reader(file, sheet.title, notes)
            found.append(Sheet(sheet.title, reader.rows(_lines(sheet, file, notes), beside)))
        return found


@contextmanager
def _sound(file: str, notes: Notes) -> Iterator[None]:
    """What the libraries raise on a damaged workbook becomes one problem of the file."""
    try:
        yield
    except _BROKEN:
        notes.stop(
            Place(file),
            "datoteka ni veljaven zvezek XLSX (morda je poškodovana ali zaklenjena z geslom); odprite jo v "
            "programu za preglednice in jo brez gesla shranite kot .xlsx",
            "the file is not a sound XLSX workbook (perhaps damaged or locked by a password); open it in a "
            "spreadsheet program and save it as .xlsx without a password",
        )


def _has_formulas(content: bytes, file: str, notes: Notes) -> bool:
    """Whether any sheet holds a formula; stops at a bomb and at a document type, which no workbook has.

    The sizes are those the archive states; ``zipfile`` never unpacks more than these.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            limit = MAX_UNPACKED // 1_000_000
            notes.stop(
                Place(file),
                f"zvezek se razpakira v več kot {limit} MB; iz njega odstranite odvečne liste in slike",
                f"the workbook unpacks to more than {limit} MB; remove needless sheets and pictures",
            )
        formulas = False
        for part in parts:
            data = archive.read(part)
            if any(sign in data for sign in _DTD):
                raise zipfile.BadZipFile
            formulas = formulas or ("worksheets/" in part.filename and _FORMULA.search(data) is not None)
    return formulas


def _sheets_of(content: bytes, *, data_only: bool) -> list[Any]:
    """The workbook's sheets of cells; the extent that a sheet states of itself is often wrong, so it is forgotten."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
    return list(book.worksheets)


def _lines(sheet: Any, file: str, notes: Notes) -> Iterator[list[_Raw]]:
    lines = sheet.iter_rows()
    while True:
        with _sound(file, notes):
            cells = next(lines, None)
            raw = [_Raw(cell.value, cell.data_type, cell.number_format or "") for cell in cells or ()]
        if cells is None:
            return
        yield raw


class _Reader:
    def __init__(self, file: str, title: str, notes: Notes) -> None:
        self._file = file
        self._title = title
        self._notes = notes

    def rows(self, lines: Iterable[list[_Raw]], beside: Iterable[list[_Raw]]) -> list[list[object]]:
        """The cells of every row; ``beside`` are the same rows with formulas in place of their results."""
        found: list[list[object]] = []
        filled = 0
        for row, (cells, formulas) in enumerate(zip(lines, beside, strict=False), start=1):
            for column, (cell, formula) in enumerate(zip(cells, formulas, strict=False), start=1):
                if formula.kind == "f" and cell.value is None and cell.kind != "str":
                    self._no_result(row, column)
            values = [self._cell(row, column, cell) for column, cell in enumerate(cells, start=1)]
            found.append(values)
            filled += not all(map(blank, values))
            if row > MAX_SHEET_ROWS or filled > MAX_ROWS + 1 or len(cells) > MAX_COLUMNS:
                self._too_large()
        while found and all(map(blank, found[-1])):
            found.pop()
        return found

    def _too_large(self) -> NoReturn:
        rows, columns = grouped(MAX_ROWS), grouped(MAX_COLUMNS)
        self._notes.stop(
            Place(self._file),
            f"list »{self._title}« je prevelik (največ {rows.sl} vrstic in {columns.sl} stolpcev); izbrišite odvečne",
            f"the sheet '{self._title}' is too large (at most {rows.en} rows and {columns.en} columns); shorten it",
        )

    def _problem(self, row: int, column: int, sl: str, en: str) -> None:
        sheet = self._title
        self._notes.problem(Place(self._file, row, column), f"list »{sheet}«: {sl}", f"sheet '{sheet}': {en}")

    def _no_result(self, row: int, column: int) -> None:
        self._problem(
            row,
            column,
            "formula nima shranjenega rezultata; zvezek odprite v programu za preglednice in ga shranite",
            "the formula has no saved result; open the workbook in a spreadsheet program and save it",
        )

    def _cell(self, row: int, column: int, cell: _Raw) -> object:
        value = cell.value
        if value is None:
            return None
        if cell.kind == "e":
            sl, en = f"celica kaže napako {shown(value)}; popravite jo", f"the cell shows {shown(value)}; mend it"
            self._problem(row, column, sl, en)
            return None
        if isinstance(value, str):
            text = value.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")
            if len(text) > MAX_CELL:
                most = grouped(MAX_CELL)
                sl = f"celica ima več kot {most.sl} znakov; skrajšajte jo"
                self._problem(row, column, sl, f"the cell has more than {most.en} characters; shorten it")
            return text
        return _machine(value, _NOT_SHOWN.sub("", cell.shown_as))


def _machine(value: Any, shown_as: str) -> object:
    """A number, a date or a truth value as it is seen.

    A spreadsheet keeps numbers in binary, takes and shows 15 digits of them. ``repr`` gives the shortest decimal
    number that a binary one stands for; its first 15 digits are the number that was typed, and of a computed one
    (0.1 + 0.2 is kept as 0.30000000000000004) the number that is shown. From there on it is exact. A cell
    formatted in per cent keeps 0.3 and shows 30 %: the latter is what it says. Midnight in a cell whose format
    has no hours is a day.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if isinstance(value, float) and number.is_finite():
            number = _SHOWN_DIGITS.plus(number)
        if "%" in shown_as and number.is_finite():
            return f"{_spelled(number.scaleb(2, _EXACT))} %"
        return Numeral(_spelled(number))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time() and not _HOURS.search(shown_as):
        return value.date()
    return value


def _spelled(number: Decimal) -> str:
    """``number`` in plain digits, without zeros after the decimals."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
