"""A table of an application: a list of rows becomes a tuple of rows, all their faults told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from razpis.engine.expressions.build import Value
from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import Field, TableField
from razpis.intake import values
from razpis.intake.grid import ABSENT, unknown_column
from razpis.intake.report import Inside, Refused, refused

Row = dict[str, Value]


def converter(field: Field) -> values.Convert:
    """What makes a value of a cell of ``field``, a table or not."""
    return _table(field) if isinstance(field, TableField) else values.converter(field)


def _table(field: TableField) -> values.Convert:
    read = _rows(field)

    def convert(cell: object) -> tuple[Row, ...] | None:
        if cell is None:
            return None
        if not isinstance(cell, list):
            raise refused(
                "tabela ne gre v eno celico: v JSON je seznam [{stolpec: vrednost, …}], v XLSX list zase",
                "a table does not fit into one cell: in JSON it is a list [{column: value, …}], in XLSX its own sheet",
            )
        return read(cell)

    return convert


def _rows(field: TableField) -> Callable[[list[object]], tuple[Row, ...]]:
    row_of = _row(field)

    def read(cells: list[object]) -> tuple[Row, ...]:
        faults: list[tuple[Inside, Text]] = []
        if len(cells) > field.max_rows:
            faults.append(
                (
                    (),
                    Text(
                        f"vrstic je {len(cells)}, dovoljenih največ {field.max_rows}; odvečne odstranite ali združite",
                        f"there are {len(cells)} rows, at most {field.max_rows} are allowed; remove or join some",
                    ),
                )
            )
        rows = []
        for at, cell in enumerate(cells):
            try:
                rows.append(row_of(cell))
            except Refused as found:
                faults += [((at, *inside), text) for inside, text in found.faults]
        if faults:
            raise Refused(*faults)
        return tuple(rows)

    return read


def _row(field: TableField) -> Callable[[object], Row]:
    columns = [(key, values.converter(column), column.required) for key, column in field.columns.items()]

    def read(cell: Any) -> Row:
        if not isinstance(cell, dict):
            raise refused(
                "vrstica tabele mora biti zapisana kot {stolpec: vrednost, …}",
                "a table's row must be written as {column: value, …}",
            )
        faults: list[tuple[Inside, Text]] = []
        for name in cell:
            if name not in field.columns:
                faults.append(((name,), unknown_column(name, field.columns)))
        row: Row = {}
        for key, convert, required in columns:
            given = cell.get(key)
            if given is ABSENT:
                continue
            try:
                row[key] = convert(given)
            except Refused as found:
                faults += [((key, *inside), text) for inside, text in found.faults]
                continue
            if required and row[key] is None:
                faults.append(((key,), BLANK))
        if faults:
            raise Refused(*faults)
        return row

    return read


BLANK = Text(
    "celica je prazna, stolpec pa je obvezen; vpišite vrednost ali v pravilih dodajte »required: false«",
    "the cell is blank, but its column is required; fill it in or add 'required: false' to the rulebook",
)
