"""Named columns and rows with their places, whatever file they come from; and the check of the names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from razpis.engine.problems import Place, Text, did_you_mean
from razpis.intake.report import Inside, Notes, listed, shown

MAX_ROWS = 1_000_000
MAX_CELL = 100_000


ABSENT = object()
"""Stands in a table's row where the whole column is missing, which was told already."""


class Numeral(str):
    """A number as a machine wrote it (JSON, a spreadsheet's cell): decimal point, perhaps an exponent."""

    __slots__ = ()


class Grid(Protocol):
    """Rows of cells under named columns. A cell is a text, a :class:`Numeral`, a bool, a date, a datetime,
    ``None``, or (a table) a list of dicts; anything else is refused by the field's type."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns, as written."""

    @property
    def rows(self) -> Sequence[Sequence[object]]:
        """The cells of every row, one for each name."""

    def header_place(self, column: int) -> Place:
        """Where the name of a column stands."""

    def row_place(self, row: int) -> Place:
        """Where a row begins."""

    def cell_place(self, row: int, column: int, inside: Inside = ()) -> Place:
        """Where a cell begins; ``inside`` leads to a row and column of a table's cell."""


def blank(cell: object) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def check_names(
    grid: Grid,
    notes: Notes,
    required: Collection[str],
    optional: Collection[str] = (),
    unfit: Mapping[str, Text] | None = None,
    where: Text | None = None,
) -> dict[str, int]:
    """The column of every known name; notes names that are unknown, repeated, missing or ``unfit`` here.

    ``where`` stands before every message.
    """
    known = [*required, *optional]
    found: dict[str, int] = {}

    def problem(place: Place, sl: str, en: str, hint: Text | None = None) -> None:
        before = where or Text("", "")
        notes.problem(place, before.sl + sl, before.en + en, hint)

    for column, name in enumerate(grid.names):
        place = grid.header_place(column)
        if unfit is not None and name in unfit:
            problem(place, unfit[name].sl, unfit[name].en)
        elif name in found:
            first = found[name] + 1
            sl = f"stolpec »{name}« se ponovi (prvič je {first}. po vrsti); enega odstranite"
            problem(place, sl, f"the column '{name}' is repeated (first it is number {first}); remove one of them")
        elif name in known:
            found[name] = column
        elif name:
            unknown = unknown_column(name, known)
            problem(place, unknown.sl, unknown.en)
        elif any(not blank(row[column]) for row in grid.rows):
            sl = f"stolpec {column + 1} ima podatke, nima pa imena; poimenujte ga ali izpraznite"
            problem(place, sl, f"column {column + 1} holds data but has no name; name it or clear it")
    for name in required:
        if name not in found and name not in (unfit or ()):
            place = grid.header_place(0) if grid.names else grid.row_place(0)
            problem(place, f"manjka stolpec »{name}«; dodajte ga", f"the column '{name}' is missing; add it")
    return found


def unknown_column(name: str, known: Collection[str]) -> Text:
    """What to do with a column nobody knows: the nearest name, and the names allowed."""
    near = _nearest(name, known)
    advice = near if near.sl else Text("; odstranite ga ali preimenujte.", "; remove or rename it.")
    unknown = Text(f"neznan stolpec »{shown(name)}«", f"unknown column '{shown(name)}'")
    return unknown + advice + Text(" Dovoljeni stolpci: ", " Columns allowed: ") + listed(known)


def _nearest(name: str, known: Collection[str]) -> Text:
    same = [one for one in known if one.casefold() == name.casefold()]
    if same:
        return Text(f" – ste mislili »{same[0]}«?", f" – did you mean '{same[0]}'?")
    return did_you_mean(name, known)
