"""XLSX read into named columns: the first sheet holds the applications, one more sheet each table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from razpis.engine.problems import Place, Text, did_you_mean
from razpis.intake.grid import ABSENT, blank, check_names
from razpis.intake.report import Inside, Notes, Refused, shown
from razpis.intake.values import LINE
from razpis.intake.xlsx_cells import Sheet, sheets

ID = "id"

Tables: TypeAlias = Mapping[str, Mapping[str, bool]]
"""Of each table of the form, its columns, and whether they are required."""


class SheetGrid:
    """The rows of one sheet; places are row and column of the sheet."""

    def __init__(self, file: str, sheet: Sheet, notes: Notes) -> None:
        self.where = Text(f"list »{shown(sheet.title)}«: ", f"sheet '{shown(sheet.title)}': ")
        self._file = file
        self._notes = notes
        self._numbers: list[int] = []
        self.rows: list[list[object]] = []
        if all(map(blank, sheet.rows[0])):
            self._problem(1, 1, "prva vrstica mora našteti stolpce", "the first row must name the columns")
            notes.give_up()
        self.names = [_name(cell) for cell in sheet.rows[0]]
        for number, cells in enumerate(sheet.rows[1:], start=2):
            if not all(map(blank, cells)):
                self._add(number, cells)
            elif not all(map(blank, sheet.rows[number - 2])):
                self._problem(
                    number, 1, "prazna vrstica sredi podatkov; odstranite jo", "a blank row amid the data; remove it"
                )

    def _add(self, number: int, cells: list[object]) -> None:
        width = len(self.names)
        for column, cell in enumerate(cells[width:], start=width + 1):
            if not blank(cell):
                self._problem(
                    number,
                    column,
                    f"stolpec {column} nima imena; v prvi vrstici ga poimenujte",
                    f"column {column} has no name; name it in the first row",
                )
        self._numbers.append(number)
        self.rows.append(cells[:width] + [None] * (width - len(cells)))

    def _problem(self, row: int, column: int, sl: str, en: str) -> None:
        self._notes.problem(Place(self._file, row, column), self.where.sl + sl, self.where.en + en)

    def header_place(self, column: int) -> Place:
        """Where the name of a column stands."""
        return Place(self._file, 1, column + 1)

    def row_place(self, row: int) -> Place:
        """Where a row begins."""
        return Place(self._file, self._numbers[row], 1)

    def cell_place(self, row: int, column: int, inside: Inside = ()) -> Place:
        """Where a cell stands; a cell here has nothing inside."""
        return Place(self._file, self._numbers[row], column + 1)


class XlsxGrid:
    """The applications' sheet with the tables' sheets joined to it as further columns."""

    def __init__(self, file: str, main: SheetGrid) -> None:
        self._file = file
        self._main = main
        self._tables: list[_Table] = []
        self.names = list(main.names)
        self.rows = [list(row) for row in main.rows]

    def join(self, name: str, table: _Table) -> None:
        """Add a table's sheet as the column ``name``."""
        self._tables.append(table)
        self.names.append(name)
        for row, cells in enumerate(self.rows):
            cells.append([table.row(at) for at in table.members[row]] if row in table.members else None)

    def header_place(self, column: int) -> Place:
        """Where the name of a column stands; a table's sheet has its name at its beginning."""
        width = len(self._main.names)
        return self._main.header_place(column) if column < width else Place(self._file, 1, 1)

    def row_place(self, row: int) -> Place:
        """Where an application's row begins."""
        return self._main.row_place(row)

    def cell_place(self, row: int, column: int, inside: Inside = ()) -> Place:
        """Where a cell stands; a table's cell stands on the table's sheet."""
        width = len(self._main.names)
        if column < width:
            return self._main.cell_place(row, column)
        return self._tables[column - width].place(row, inside)


class _Table:
    """A table's sheet; ``members`` are its rows (from 0) by the row of the application they belong to."""

    def __init__(self, grid: SheetGrid, columns: dict[str, int], missing: Iterable[str]) -> None:
        self._grid = grid
        self._columns = columns
        self._missing = dict.fromkeys(missing, ABSENT)
        self.members: dict[int, list[int]] = {}

    def row(self, at: int) -> dict[str, object]:
        return self._missing | {name: self._grid.rows[at][column] for name, column in self._columns.items()}

    def place(self, row: int, inside: Inside) -> Place:
        at = self.members[row][int(inside[0]) if inside else 0]
        return self._grid.cell_place(at, self._columns[str(inside[1])]) if len(inside) > 1 else self._grid.row_place(at)


def read(content: bytes, file: str, tables: Tables, notes: Notes) -> XlsxGrid:
    """The applications of ``content`` with their ``tables``; notes sheets and rows that fit nothing.

    Raises :class:`Problems` where it is not a workbook, or its first sheet is empty.
    """
    found = sheets(content, file, notes)
    if not found or not found[0].rows:
        notes.stop(
            Place(file),
            "prvi list je prazen; v prvi vrstici naštejte stolpce",
            "the first sheet is empty; name the columns in its first row",
        )
    grid = XlsxGrid(file, SheetGrid(file, found[0], notes))
    applications = _ids(grid)
    for sheet in found[1:]:
        name = sheet.title.strip()
        if not sheet.rows:
            continue
        if name in tables:
            grid.join(name, _table(file, sheet, tables[name], applications, notes))
        else:
            sl, en = f"list »{shown(name)}« ni tabela iz obrazca; odstranite ga", f"sheet '{shown(name)}' is no table"
            notes.problem(Place(file), sl, en + " of the form; remove it", did_you_mean(name, tables))
    return grid


def _name(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)


def _id(cell: object) -> str:
    """The application's id in a cell; nothing where it is not one."""
    try:
        return LINE(cell) or ""
    except Refused:
        return ""


def _ids(grid: XlsxGrid) -> dict[str, int]:
    if ID not in grid.names:
        return {}
    column = grid.names.index(ID)
    ids: dict[str, int] = {}
    for row, cells in enumerate(grid.rows):
        ids.setdefault(_id(cells[column]), row)
    ids.pop("", None)
    return ids


def _table(
    file: str, sheet: Sheet, columns: Mapping[str, bool], applications: Mapping[str, int], notes: Notes
) -> _Table:
    grid = SheetGrid(file, sheet, notes)
    required = [ID, *(name for name, needed in columns.items() if needed)]
    optional = [name for name, needed in columns.items() if not needed]
    found = check_names(grid, notes, required, optional, where=grid.where)
    at_id = found.pop(ID, None)
    table = _Table(grid, found, [name for name in required[1:] if name not in found])
    for at, cells in enumerate(grid.rows if at_id is not None else ()):
        id_ = _id(cells[at_id or 0])
        if id_ in applications:
            table.members.setdefault(applications[id_], []).append(at)
            continue
        sl = f"{grid.where.sl}vloge »{shown(id_)}« ni na prvem listu"
        en = f"{grid.where.en}there is no application '{shown(id_)}' on the first sheet"
        notes.problem(grid.cell_place(at, at_id or 0), sl, en, did_you_mean(id_, applications))
    return table
