"""Applications from a CSV, JSON or XLSX file: one case each, or every problem of the file."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from razpis.engine.cases import Case
from razpis.engine.expressions.build import Value
from razpis.engine.problems import Place, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import AttachmentField, Field, TableField, TextField
from razpis.intake import csv_file, days, files, json_file, tables, xlsx_file
from razpis.intake.grid import Grid, check_names
from razpis.intake.report import Inside, Notes, Read, Refused, instead, refused, shown
from razpis.intake.values import LINE, Convert, composed

KINDS = (".csv", ".json", ".xlsx")
_REMEMBERED = 4096
OPTIONAL = ("lot", "applicant", "submitted_at")


def read_applications(path: Path, rulebook: Rulebook) -> Read[tuple[Case, ...]]:
    """The applications in ``path`` (CSV, JSON or XLSX by its extension), in their order.

    Columns: ``id``; ``lot`` where the call has lots; if wanted ``applicant`` and ``submitted_at``; the fields
    of the form by their keys. Optional fields and tables may be left out. A blank cell is ``None``: not
    answered. Tables stand in JSON as lists of objects, in XLSX on a sheet of their own, whose first column is
    ``id``; an application without rows there has not answered it.

    ``submitted_at`` without an hour is 23:59 of that day, on the day of the deadline at the latest the
    deadline itself (see :func:`razpis.intake.days.moment`). Raises :class:`Problems` with all that is wrong.
    """
    notes = Notes()
    grid = _grid(path, rulebook, notes)
    return notes.read(_Reader(str(path), rulebook, grid, notes).cases())


def _grid(path: Path, rulebook: Rulebook, notes: Notes) -> Grid:
    kind = files.kind(path, KINDS, notes)
    content = files.content(path, notes)
    if kind == ".csv":
        return csv_file.read(content, str(path), notes)
    if kind == ".json":
        return json_file.read(content, str(path), notes)
    columns = {
        key: {name: column.required for name, column in field.columns.items()}
        for key, field in rulebook.fields.items()
        if isinstance(field, TableField)
    }
    return xlsx_file.read(content, str(path), columns, notes)


def _known_columns(rulebook: Rulebook) -> tuple[list[str], list[str]]:
    """Columns that must be there, and those that may."""
    required, optional = ["id"], list(OPTIONAL)
    if rulebook.file.lots:
        required.append("lot")
        optional.remove("lot")
    if _limits_applicants(rulebook):
        required.append("applicant")
        optional.remove("applicant")
    for key, field in rulebook.fields.items():
        needed = field.required and not isinstance(field, TableField)
        (required if needed else optional).append(key)
    return required, optional


def _limits_applicants(rulebook: Rulebook) -> bool:
    """Whether a limit adds up what each applicant gets, of whatever application: then nobody's may be unknown."""
    rule = rulebook.file.allocation
    limits = rule.limits.values() if rule is not None else ()
    return any(limit.per == "applicant" and limit.where is None and not limit.lots for limit in limits)


class _Reader:
    """Reads column by column: one loop inside the interpreter for each, which is several times faster than
    going cell by cell, and a second, slow one only over a column in which something is wrong."""

    def __init__(self, file: str, rulebook: Rulebook, grid: Grid, notes: Notes) -> None:
        self._grid = grid
        self._notes = notes
        self._rulebook = rulebook
        self._flat = isinstance(grid, csv_file.CsvGrid)
        self._columns: dict[str, int] = {}
        if grid.names or grid.rows:
            required, optional = _known_columns(rulebook)
            unfit = dict.fromkeys(_table_keys(rulebook), _NOT_HERE) if self._flat else {}
            self._columns = check_names(grid, notes, required, optional, unfit)
            self._warn_of_tables(Place(file))

    def cases(self) -> tuple[Case, ...]:
        """The applications; what is wrong with them is noted."""
        keys = tuple(self._rulebook.fields)
        claims = zip(*(self._field(key, field) for key, field in self._rulebook.fields.items()), strict=True)
        columns = zip(self._ids(), self._lots(), self._column("applicant", LINE), self._moments(), claims, strict=True)
        return tuple(
            Case(
                id=id_,
                line=row + 1,
                place=self._grid.row_place(row),
                lot=lot,
                applicant=applicant,
                submitted_at=submitted_at,
                claims=dict(zip(keys, answers, strict=True)),
            )
            for row, (id_, lot, applicant, submitted_at, answers) in enumerate(columns)
        )

    def _warn_of_tables(self, place: Place) -> None:
        for key in _table_keys(self._rulebook):
            if self._rulebook.fields[key].required and key not in self._columns:
                text = _NO_TABLE_IN_CSV if self._flat else _NO_TABLE
                self._notes.warning(place, text.sl.format(key), text.en.format(key))

    def _column(self, name: str, convert: Convert) -> list[Any]:
        """The values of a column, each ``None`` where the file does not have it."""
        column = self._columns.get(name)
        if column is None:
            return [None] * len(self._grid.rows)
        cells = map(itemgetter(column), self._grid.rows)
        try:
            return list(map(convert, cells))
        except Refused:
            return [self._cell(row, column, convert) for row in range(len(self._grid.rows))]

    def _cell(self, row: int, column: int, convert: Convert) -> Value:
        try:
            return convert(self._grid.rows[row][column])
        except Refused as found:
            self._note(row, column, found)
            return None

    def _note(self, row: int, column: int, found: Refused) -> None:
        name = self._grid.names[column]
        for inside, text in found.faults:
            self._notes.cell(self._grid.cell_place(row, column, inside), _path(name, inside), text)

    def _field(self, key: str, field: Field) -> list[Value]:
        convert = tables.converter(field)
        if self._flat and not isinstance(field, TextField | AttachmentField):
            convert = lru_cache(_REMEMBERED)(convert)  # numbers, days and options repeat down a column
        return self._column(key, convert)

    def _ids(self) -> list[str]:
        ids = self._column("id", _id)
        if len({*ids} - {None}) == len(ids) or "id" not in self._columns:
            return ids
        first: dict[str, int] = {}
        for row, id_ in enumerate(ids):
            if id_ is not None and first.setdefault(id_, row) != row:
                line = self._grid.row_place(first[id_]).line
                found = refused(
                    f"oznaka »{shown(id_)}« se ponovi (prvič v vrstici {line}); vsaka vloga potrebuje svojo",
                    f"the id '{shown(id_)}' is repeated (first on line {line}); every application needs its own",
                )
                self._note(row, self._columns["id"], found)
        return ids

    def _lots(self) -> list[str]:
        lots = self._rulebook.file.lots
        convert = lru_cache(_REMEMBERED)(_lot(lots)) if self._flat else _lot(lots)
        return self._column("lot", convert) if "lot" in self._columns else [""] * len(self._grid.rows)

    def _moments(self) -> list[datetime.datetime | None]:
        deadline = self._rulebook.file.call.deadline
        moments: list[days.Moment | None] = self._column("submitted_at", _moment(deadline))
        for row, moment in enumerate(moments):
            if moment is not None and moment.twice:
                at = moment.at
                self._notes.warning(
                    self._grid.cell_place(row, self._columns["submitted_at"]),
                    f"submitted_at: ura je to noč {at:%H:%M} kazala dvakrat; upoštevano je prvič (poletni čas)",
                    f"submitted_at: the clock showed {at:%H:%M} twice that night; the first is taken (summer time)",
                )
        return [None if moment is None else moment.at for moment in moments]


def _id(cell: object) -> str:
    """The id in a cell, which must be there; raises :class:`Refused`."""
    id_: str | None = LINE(cell)
    if id_ is None:
        raise refused("vloga nima oznake; vpišite jo", "the application has no id; fill it in")
    return id_


def _lot(lots: Collection[str]) -> Convert:
    """A lot by its name: one of ``lots``, or blank where there are none."""
    known = {composed(lot): lot for lot in lots}

    def find(cell: object) -> str:
        lot: str | None = LINE(cell)
        if lot is None and not lots:
            return ""
        if lot is None:
            listed = ", ".join(lots)
            raise refused(f"manjka sklop; vpišite enega od: {listed}", f"the lot is missing; fill in one of: {listed}")
        if lot in known:
            return known[lot]
        if not lots:
            raise refused(
                f"razpis nima sklopov; »{shown(lot)}« izbrišite", f"the call has no lots; clear '{shown(lot)}'"
            )
        hint = instead(lot, lots)
        raise refused(f"sklopa »{shown(lot)}« ni{hint.sl}", f"there is no lot '{shown(lot)}'{hint.en}")

    return find


def _moment(deadline: datetime.datetime | None) -> Convert:
    """The moment of submission; ``None`` where it is blank."""

    def convert(cell: object) -> days.Moment | None:
        if cell.__class__ is str and isinstance(cell, str):
            text = cell.strip()
            return days.moment(text, deadline) if text else None
        if cell is None:
            return None
        if isinstance(cell, datetime.date):
            return days.moment(cell, deadline)
        raise refused("tu je potreben datum z uro", "a date with an hour is needed here")

    return convert


def _path(name: str, inside: Inside) -> str:
    """A cell's name as findings write it: ``members.2.age``, rows from 1."""
    return ".".join([name, *(str(step + 1) if isinstance(step, int) else shown(step) for step in inside)])


def _table_keys(rulebook: Rulebook) -> list[str]:
    return [key for key, field in rulebook.fields.items() if isinstance(field, TableField)]


_NOT_HERE = Text(
    "tabela ne gre v celico CSV; vloge s tabelami zapišite v JSON ali XLSX",
    "a table does not fit into a cell of CSV; write applications with tables in JSON or XLSX",
)
_NO_TABLE = Text(
    "obvezne tabele »{0}« v datoteki ni, zato vloge veljajo za nepopolne",
    "the required table '{0}' is not in the file, so the applications count as incomplete",
)
_NO_TABLE_IN_CSV = _NO_TABLE + Text(
    "; v CSV je ni mogoče zapisati, uporabite JSON ali XLSX", "; CSV cannot hold it, use JSON or XLSX"
)
