"""The list of municipal functionaries and the organisations they reported (ZIntPK 35), from CSV."""

from __future__ import annotations

from dataclasses import dataclass

from razpis.intake import csv_file
from razpis.intake.grid import check_names
from razpis.intake.report import Notes
from razpis.procedure.identifiers import IdentifierError, check_maticna

COLUMNS = ("ime", "funkcija", "maticna", "opomba")


@dataclass(frozen=True, slots=True)
class Line:
    """A functionary, and one organisation they reported, if any."""

    name: str
    function: str
    registration_number: str | None = None
    note: str = ""


def functionaries(content: bytes, file: str) -> tuple[Line, ...]:
    """The lines of a CSV with the columns ``ime;funkcija;maticna;opomba``, the last two of which may be blank.

    Raises :class:`Problems` with every line that is wrong.
    """
    notes = Notes()
    grid = csv_file.read(content, file, notes)
    if not check_names(grid, notes, COLUMNS[:2], COLUMNS[2:]).keys() >= {*COLUMNS[:2]}:
        notes.give_up()
    lines = tuple(_line(grid, row, notes) for row in range(len(grid.rows)))
    return notes.read(lines).value


def _line(grid: csv_file.CsvGrid, row: int, notes: Notes) -> Line:
    cells = {name: " ".join(cell.split()) for name, cell in zip(grid.names, grid.rows[row], strict=True)}
    for name in COLUMNS[:2]:
        if not 2 <= len(cells[name]) <= 200:
            place = grid.cell_place(row, grid.names.index(name))
            notes.problem(place, f"{name}: vpišite od 2 do 200 znakov", f"{name}: enter 2 to 200 characters")
    number: str | None = None
    try:
        number = check_maticna(cells["maticna"]) if cells.get("maticna") else None
    except IdentifierError as error:
        notes.problem(grid.cell_place(row, grid.names.index("maticna")), error.problem.sl, error.problem.en)
    return Line(cells["ime"], cells["funkcija"], number, cells.get("opomba", ""))
