"""From a tree to a checked, compiled expression: each node becomes a kind and two closures.

``value(facts)`` gives the value alone; ``derive(facts, write)`` gives the value and writes its derivation,
part by part: the expression as written, with the facts in place of their names.
"""

from __future__ import annotations

import datetime
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from razpis.engine.expressions import syntax
from razpis.engine.expressions.faults import EvaluationFault, ExpressionFault, Missing, UnknownName, Unsettled
from razpis.engine.expressions.kinds import DATE, NUMBER, TEXT, UNKNOWN, WHOLE, YES_NO, Kind
from razpis.engine.expressions.rows import Facts, cells, lifted
from razpis.engine.money import divide
from razpis.engine.pairing import paired
from razpis.engine.problems import Text, did_you_mean

Value: TypeAlias = Any  # int | Fraction | str | bool | date | tuple of texts | tuple of rows
Parts: TypeAlias = tuple[Value, ...]

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sign:
    """A piece of a derivation that is not a value: an operator, a bracket, a function's name."""

    text: str


Write: TypeAlias = Callable[[Value], None]


@dataclass(frozen=True, slots=True)
class Named:
    """A fact in a derivation that stands there by its name: whether it was given at all."""

    fact: str


@dataclass(frozen=True, slots=True)
class Picked:
    """An option in a derivation, or several that were picked together, with the fact whose options they are; yes or
    no with the fact that it answers; the cells of a column (``table..column``), row by row."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class Built:
    """A checked node: its kind, its value and its derivation as functions of the facts."""

    kind: Kind
    value: Callable[[Facts], Value]
    derive: Callable[[Facts, Write], Value]


OPEN, CLOSE = Sign("("), Sign(")")
THEN = Sign("→")  # what follows is the value of the whole


def fault_kind(offset: int, wanted: Kind, found: Kind) -> ExpressionFault:
    """»x« is of one kind where another is needed."""
    want, have = wanted.says(), found.says()
    return ExpressionFault(
        offset,
        f"tu je potrebno: {want.sl}; izraz pa da: {have.sl}",
        f"{want.en} is needed here, this is {have.en}",
    )


def require(built: Built, kind: Kind, offset: int) -> None:
    """Refuse ``built`` unless its values are of ``kind``."""
    if not built.kind.same(kind):
        raise fault_kind(offset, kind, built.kind)


def literal(node: syntax.Literal) -> Built:
    """A number, a text, true or false."""
    kind = YES_NO if isinstance(node.value, bool) else TEXT
    if isinstance(node.value, int | Fraction) and not isinstance(node.value, bool):
        kind = WHOLE if isinstance(node.value, int) else NUMBER
    return constant(kind, node.value)


def constant(kind: Kind, value: Value) -> Built:
    """The same value whatever the facts."""

    def derive(facts: Facts, write: Write) -> Value:
        write(value)
        return value

    return Built(kind, lambda facts: value, derive)


def name(node: syntax.Name, names: Mapping[str, Kind]) -> Built:
    """A fact by its name; ``Missing`` where it was not given."""
    key = node.name
    if key not in names:
        near = did_you_mean(key, names)
        raise UnknownName(node.offset, key, near if near.sl else _in_quotes(key, names))
    if names[key] == UNKNOWN:
        raise Unsettled(node.offset, key)

    def value(facts: Facts) -> Value:
        found = facts[key]
        if found is None:
            raise Missing(key)
        return found

    picked = bool(names[key].options) or names[key] == YES_NO

    def derive(facts: Facts, write: Write) -> Value:
        found = facts[key]
        if found is None:
            raise Missing(key)
        write(Picked(key, found) if picked else found)
        return found

    return Built(names[key], value, derive)


def _in_quotes(key: str, names: Mapping[str, Kind]) -> Text:
    """An option that stands without quotation marks is read as a fact's name."""
    if not any(key in kind.options for kind in names.values()):
        return Text("", "")
    return Text(f"; besedilo dajte v enojne narekovaje: '{key}'", f"; put a text in single quotes: '{key}'")


def column(node: syntax.Column, names: Mapping[str, Kind]) -> Built:
    """A table's column: the tuple of its cells, row by row."""
    whole = names.get(node.table)
    if whole is None or whole.name != "table":
        hint = did_you_mean(node.table, [key for key, kind in names.items() if kind.name == "table"])
        raise ExpressionFault(node.offset, f"»{node.table}« ni tabela", f"'{node.table}' is not a table", hint)
    if node.column not in whole.columns:
        hint = did_you_mean(node.column, whole.columns)
        raise ExpressionFault(
            node.offset,
            f"tabela »{node.table}« nima stolpca »{node.column}«",
            f"table '{node.table}' has no column '{node.column}'",
            hint,
        )
    cell = whole.columns[node.column]
    key, inner = node.table, node.column

    def derive(facts: Facts, write: Write) -> Value:
        found = cells(facts, key, inner)
        write(Picked(f"{key}..{inner}", found) if cell.options else found)
        return found

    kind = Kind(cell.name, cell.whole, cell.options, rows=key, labels=cell.labels)
    return Built(kind, lambda facts: cells(facts, key, inner), derive)


def items(node: syntax.Items, parts: tuple[Built, ...]) -> Built:
    """A list written out, all of one kind."""
    if not parts:
        raise ExpressionFault(node.offset, "seznam je prazen", "the list is empty")
    for part, child in paired(parts, node.items):
        require(part, parts[0].kind, syntax.node_offset(child))
        if part.kind.rows:
            raise ExpressionFault(
                syntax.node_offset(child), "stolpec ne more stati v seznamu", "a column cannot stand in a list"
            )
    kind = Kind("list", item=parts[0].kind.name)

    def value(facts: Facts) -> Value:
        return tuple(part.value(facts) for part in parts)

    def derive(facts: Facts, write: Write) -> Value:
        found = value(facts)
        write(found)
        return found

    return Built(kind, value, derive)


def group(inner: Built) -> Built:
    """An expression in brackets; the derivation keeps them."""
    inside = inner.derive

    def derive(facts: Facts, write: Write) -> Value:
        write(OPEN)
        found = inside(facts, write)
        write(CLOSE)
        return found

    return Built(inner.kind, inner.value, derive)


def _divide(left: Value, right: Value) -> Value:
    if right == 0:
        raise EvaluationFault("deljenje z nič", "division by zero")
    return divide(left, right)


_ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
}


def rows_of(parts: Iterable[Built], offset: int) -> str:
    """The table whose rows these operands follow; two tables cannot be mixed."""
    tables = sorted({part.kind.rows for part in parts if part.kind.rows})
    if len(tables) > 1:
        raise ExpressionFault(
            offset,
            f"stolpca sta iz različnih tabel ({', '.join(tables)})",
            f"the columns belong to different tables ({', '.join(tables)})",
        )
    return tables[0] if tables else ""


def arithmetic(node: syntax.Binary, left: Built, right: Built) -> Built:
    """``+ - * /`` on numbers, or row by row on columns of one table."""
    for part, child in ((left, node.left), (right, node.right)):
        require(part, NUMBER, syntax.node_offset(child))
    rows = rows_of((left, right), node.offset)
    whole = left.kind.whole and right.kind.whole and node.sign != "/"
    kind = Kind("number", whole=whole, rows=rows)
    apply = lifted(_ARITHMETIC[node.sign], (bool(left.kind.rows), bool(right.kind.rows)))
    return pair(kind, apply, left, right, {"*": "×"}.get(node.sign, node.sign))


def pair(kind: Kind, apply: Callable[..., Value], left: Built, right: Built, sign: str) -> Built:
    """A two-sided operator: ``apply`` on both values, written ``left sign right``."""
    left_value, right_value = left.value, right.value
    derive_left, derive_right, between = left.derive, right.derive, Sign(sign)

    def derive(facts: Facts, write: Write) -> Value:
        one = derive_left(facts, write)
        write(between)
        return apply(one, derive_right(facts, write))

    return Built(kind, lambda facts: apply(left_value(facts), right_value(facts)), derive)


def negative(node: syntax.Negative, inner: Built) -> Built:
    """``-a``."""
    require(inner, NUMBER, node.operand.offset)
    apply = lifted(operator.neg, (bool(inner.kind.rows),))
    kind = Kind("number", whole=inner.kind.whole, rows=inner.kind.rows)

    minus, inside = Sign("-"), inner.derive

    def derive(facts: Facts, write: Write) -> Value:
        write(minus)
        return apply(inside(facts, write))

    return Built(kind, lambda facts: apply(inner.value(facts)), derive)


def dated(built: Built, node: syntax.Node) -> Built:
    """A text literal read as a date, because it stands beside one."""
    if not isinstance(node, syntax.Literal) or not isinstance(node.value, str):
        return built
    try:
        if not _DAY.fullmatch(node.value):
            raise ValueError(node.value)
        day = datetime.date.fromisoformat(node.value)
    except ValueError:
        raise ExpressionFault(
            node.offset,
            f"»{node.value}« ni datum; pišite 'LLLL-MM-DD'",
            f"'{node.value}' is not a date; write 'YYYY-MM-DD'",
        ) from None
    return constant(DATE, day)
