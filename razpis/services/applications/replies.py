"""What somebody typed into a field of the form, the JSON it is kept as, and the value the engine reads of it.

Numbers are kept as exact text with a decimal point, days as ISO text, tables as lists of rows by column. This is
the only place that turns one into another.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from razpis.engine import money
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    IntegerField,
    NumberField,
    TableField,
    TextField,
    YesNoField,
)
from razpis.intake.report import Refused
from razpis.intake.values import converter
from razpis.services import legible

Typed: TypeAlias = str | Sequence[str] | Sequence[Mapping[str, str]]
"""As a form sends it: a text; the options ticked; rows of texts by column."""
Kept: TypeAlias = Any
"""JSON: ``None``, a text, ``true`` or ``false``, a list of texts, a list of rows."""

WHOLE = ""
_NUMBER = re.compile(r"-?\d{1,60}(\.\d{1,30})?", re.ASCII)


class WrongReply(Exception):
    """What is wrong, by its place: :data:`WHOLE` for the field itself, ``2.price`` for a cell (rows from 0)."""

    def __init__(self, faults: Mapping[str, Text]) -> None:
        super().__init__("; ".join(text.sl for text in faults.values()))
        self.faults = dict(faults)


def read(field: Field, typed: Typed) -> Value:
    """The value of what was typed; ``None`` where nothing was. Raises :class:`WrongReply`."""
    if isinstance(field, TableField):
        return _table(field, [row for row in typed if isinstance(row, Mapping)])
    if isinstance(field, ChoicesField):
        return _cell(field, list(typed)) if typed else None
    return _cell(field, typed)


def _cell(field: Field, typed: object) -> Value:
    clean = typed.replace("\r\n", "\n").replace("\r", "\n") if isinstance(typed, str) else typed
    try:
        return converter(field)(clean)
    except Refused as refused:
        raise WrongReply({WHOLE: refused.faults[0][1]}) from None


def _table(field: TableField, rows: Sequence[Mapping[str, str]]) -> Value:
    """Rows with something in them; a row left blank is no row."""
    found: list[dict[str, Value]] = []
    faults: dict[str, Text] = {}
    for at, row in enumerate(rows):
        cells: dict[str, Value] = {}
        for key, column in field.columns.items():
            try:
                cells[key] = _cell(column, row.get(key, ""))
            except WrongReply as wrong:
                faults[f"{at}.{key}"] = wrong.faults[WHOLE]
        if any(cell is not None for cell in cells.values()):
            found.append(cells)
    if len(found) > field.max_rows:
        most = field.max_rows
        faults[WHOLE] = Text(f"vrstic je {len(found)}, največ jih je lahko {most}", f"there may be {most} rows at most")
    if faults:
        raise WrongReply(faults)
    return tuple(found) or None


def kept(field: Field, value: Value) -> Kept:
    """``value`` as JSON."""
    if value is None:
        return None
    if isinstance(field, TableField):
        return [{key: kept(column, row[key]) for key, column in field.columns.items()} for row in value]
    if isinstance(field, IntegerField | NumberField):
        return money.plain(value)
    if isinstance(field, DateField):
        return value.isoformat()
    return list(value) if isinstance(field, ChoicesField) else value


def refuse_illegible(field: Field, found: Kept) -> None:
    """Raises :class:`WrongReply` for words that documents cannot print; options are the rules' own."""
    if isinstance(field, TextField) and isinstance(found, str):
        faults = legible.faults({WHOLE: found})
    elif isinstance(field, TableField) and isinstance(found, list):
        words = [key for key, column in field.columns.items() if isinstance(column, TextField)]
        rows = [row for row in found if isinstance(row, dict)]
        faults = legible.faults({f"{at}.{key}": row.get(key) or "" for at, row in enumerate(rows) for key in words})
    else:
        return
    if faults:
        raise WrongReply(faults)


def value(field: Field, found: Kept) -> Value:
    """What the engine reads; ``None`` for what does not fit the field (any more, after an amended call)."""
    reader = _READERS.get(type(field))
    return None if found is None or reader is None else reader(field, found)


def _read_rows(field: TableField, found: Kept) -> Value:
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    read_rows = tuple({key: value(column, row.get(key)) for key, column in field.columns.items()} for row in rows)
    return tuple(row for row in read_rows if any(cell is not None for cell in row.values())) or None


def _read_number(_: Field, found: Kept) -> Number | None:
    return money.exact(Fraction(found)) if isinstance(found, str) and _NUMBER.fullmatch(found) else None


def _read_integer(field: Field, found: Kept) -> Number | None:
    number = _read_number(field, found)
    return number if isinstance(number, int) else None


def _read_day(_: DateField, found: Kept) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None


def _read_options(field: ChoicesField, found: Kept) -> Value:
    listed = found if isinstance(found, list) else []
    return tuple(option for option in listed if isinstance(option, str) and option in field.options) or None


_READERS: Mapping[type, Callable[[Any, Kept], Value]] = {
    TextField: lambda field, found: found if isinstance(found, str) and found else None,
    IntegerField: _read_integer,
    NumberField: _read_number,
    DateField: _read_day,
    YesNoField: lambda field, found: found if isinstance(found, bool) else None,
    ChoiceField: lambda field, found: found if isinstance(found, str) and found in field.options else None,
    ChoicesField: _read_options,
    TableField: _read_rows,
}


def typed(field: Field, found: Value) -> Typed:
    """How a value stands in the form's inputs, so that it can be read again."""
    if isinstance(field, TableField):
        return [{key: str(typed(column, row[key])) for key, column in field.columns.items()} for row in found or ()]
    if isinstance(field, ChoicesField):
        return list(found or ())
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(field, NumberField) and field.type == "euro":
        return money.fixed(found, 2).replace(".", ",")
    if isinstance(field, IntegerField | NumberField):
        return money.plain(found).replace(".", ",")
    return f"{found.day}. {found.month}. {found.year}" if isinstance(found, datetime.date) else str(found)
