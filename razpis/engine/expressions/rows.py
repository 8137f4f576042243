"""Columns of a table: reading their cells, applying functions row by row, looking at some rows only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from razpis.engine.expressions.faults import Missing
from razpis.engine.pairing import paired

Facts: TypeAlias = Mapping[str, Any]
Cells: TypeAlias = tuple[Any, ...]

LOOKED_AT = ""  # beside the facts, where it is not all rows that are looked at; no fact has an empty name


class LookedAt(NamedTuple):
    """The rows looked at, from 0, and the facts of which these are not all rows."""

    rows: tuple[int, ...]
    facts: Facts


def cells(facts: Facts, table: str, column: str) -> Cells:
    """The cells of a column, of the rows looked at. Raises ``Missing`` where the table or a cell is not given."""
    rows = facts[table]
    if rows is None:
        raise Missing(table)
    looked_at = facts.get(LOOKED_AT)
    if looked_at is not None:
        return tuple(_cell(rows[at], table, at, column) for at in looked_at.rows)
    return tuple(_cell(row, table, at, column) for at, row in enumerate(rows))


def _cell(row: Facts, table: str, at: int, column: str) -> Any:
    found = row[column]
    if found is None:
        raise Missing(f"{table}.{at + 1}.{column}")
    return found


def height(facts: Facts, table: str) -> int:
    """How many rows are looked at. Raises ``Missing`` where the table is not given."""
    if facts[table] is None:
        raise Missing(table)
    looked_at: LookedAt | None = facts.get(LOOKED_AT)
    return len(facts[table]) if looked_at is None else len(looked_at.rows)


def among(facts: Facts, chosen: Iterable[bool]) -> Facts:
    """The facts with those of the rows looked at that are ``chosen``."""
    looked_at: LookedAt | None = facts.get(LOOKED_AT)
    every, whole = (looked_at.rows, looked_at.facts) if looked_at is not None else (None, facts)
    rows = tuple(at if every is None else every[at] for at, yes in enumerate(chosen) if yes)
    return {**whole, LOOKED_AT: LookedAt(rows, whole)}


def all_rows(facts: Facts) -> Facts:
    """The facts with all rows of every table: what a sum is over, wherever it stands."""
    looked_at: LookedAt | None = facts.get(LOOKED_AT)
    return facts if looked_at is None else looked_at.facts


def lifted(function: Callable[..., Any], over: tuple[bool, ...]) -> Callable[..., Any]:
    """``function`` applied row by row to those arguments that are columns; itself where none is."""
    if not any(over):
        return function

    def rows(*arguments: Any) -> Cells:
        length = next(len(argument) for argument, many in paired(arguments, over) if many)
        spread = [argument if many else (argument,) * length for argument, many in paired(arguments, over)]
        return tuple(function(*row) for row in paired(*spread))

    return rows
