"""The functions an expression may call, and no other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from razpis.engine import money
from razpis.engine.expressions import syntax
from razpis.engine.expressions.build import (
    CLOSE,
    OPEN,
    Built,
    Named,
    Sign,
    Value,
    Write,
    dated,
    require,
    rows_of,
)
from razpis.engine.expressions.faults import EvaluationFault, ExpressionFault
from razpis.engine.expressions.kinds import DATE, NUMBER, WHOLE, YES_NO, Kind
from razpis.engine.expressions.rows import Facts, all_rows, lifted
from razpis.engine.pairing import paired
from razpis.engine.problems import did_you_mean

Parse = Callable[[syntax.Call, tuple[Built, ...]], Built]
_NEXT = Sign(";")


def years_between(start: datetime.date, end: datetime.date) -> int:
    """Whole years completed from ``start`` to ``end``; negative where ``end`` comes first."""
    if end < start:
        return -years_between(end, start)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _least(values: tuple[Value, ...]) -> Value:
    if not values:
        raise EvaluationFault("najmanjša vrednost praznega seznama", "the least value of an empty list")
    return min(values)


def _greatest(values: tuple[Value, ...]) -> Value:
    if not values:
        raise EvaluationFault("največja vrednost praznega seznama", "the greatest value of an empty list")
    return max(values)


def _arguments(node: syntax.Call, count: int) -> None:
    if len(node.arguments) != count:
        raise ExpressionFault(
            node.offset,
            f"število vrednosti v oklepaju funkcije {node.function} mora biti {count}",
            f"{node.function} takes {count} value(s) in its brackets",
        )


def _at_least_one(node: syntax.Call) -> None:
    if not node.arguments:
        _arguments(node, 1)


def _written(node: syntax.Call, kind: Kind, parts: tuple[Built, ...], apply: Callable[..., Value]) -> Built:
    """A call of ``apply``, written as function(argument; argument)."""
    name, values = Sign(node.function), tuple(part.value for part in parts)
    derive_first, derivations = parts[0].derive, tuple(part.derive for part in parts[1:])

    def derive(facts: Facts, write: Write) -> Value:
        write(name)
        write(OPEN)
        found = [derive_first(facts, write)]
        for derive_next in derivations:
            write(_NEXT)
            found.append(derive_next(facts, write))
        write(CLOSE)
        return apply(*found)

    if len(parts) == 1:
        only = values[0]
        return Built(kind, lambda facts: apply(only(facts)), derive)
    return Built(kind, lambda facts: apply(*[value(facts) for value in values]), derive)


def _over_rows(node: syntax.Call, kind: Kind, column: Built, apply: Callable[..., Value]) -> Built:
    """A call of ``apply`` on a whole column: on all its rows, also inside an ``if … else`` over rows."""
    value, derive = column.value, column.derive
    whole = Built(
        column.kind, lambda facts: value(all_rows(facts)), lambda facts, write: derive(all_rows(facts), write)
    )
    return _written(node, kind, (whole,), apply)


def _aggregate(function: Callable[[tuple[Value, ...]], Value], dates: bool) -> Parse:
    """``sum``, ``min``, ``max``: over one column, or over two and more numbers – row by row where columns
    are among them."""

    def parse(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
        _at_least_one(node)
        wanted = DATE if dates and parts[0].kind.name == "date" else NUMBER
        for part, child in paired(parts, node.arguments):
            require(part, wanted, syntax.node_offset(child))
        kind = Kind(wanted.name, whole=all(part.kind.whole for part in parts))
        if len(parts) == 1:
            if not parts[0].kind.rows:
                raise ExpressionFault(
                    node.offset,
                    f"{node.function} potrebuje stolpec tabele ali vsaj dve vrednosti",
                    f"{node.function} needs a table's column or at least two values",
                )
            return _over_rows(node, kind, parts[0], function)
        rows = rows_of(parts, node.offset)
        if rows and node.function == "sum":
            raise ExpressionFault(
                node.offset,
                "stolpec mora v sum stati sam; vrstice seštejte z »+«",
                "a column stands alone in sum; add row by row with '+'",
            )
        apply = lifted(lambda *values: function(values), tuple(bool(part.kind.rows) for part in parts))
        return _written(node, replace(kind, rows=rows), parts, apply)

    return parse


def _total(values: tuple[Value, ...]) -> Value:
    return money.exact(Fraction(sum(values)))


def _count(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
    """``count(table)``: rows; ``count(choices)``: ticked; ``count(column > 3)``: rows where it holds."""
    _arguments(node, 1)
    kind = parts[0].kind
    if kind.name in ("table", "list"):
        return _written(node, WHOLE, parts, len)
    if kind.name == "yes_no" and kind.rows:
        return _over_rows(node, WHOLE, parts[0], lambda rows: sum(1 for row in rows if row))
    raise ExpressionFault(
        syntax.node_offset(node.arguments[0]),
        "count šteje vrstice tabele, izbrane možnosti ali vrstice, za katere nekaj velja",
        "count counts a table's rows, ticked options, or the rows where something holds",
    )


def _single(function: Callable[[Value], Value], whole: bool) -> Parse:
    """``floor``, ``ceil``, ``abs`` of a number or of every row of a column."""

    def parse(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
        _arguments(node, 1)
        require(parts[0], NUMBER, syntax.node_offset(node.arguments[0]))
        rows = parts[0].kind.rows
        kind = Kind("number", whole=whole or parts[0].kind.whole, rows=rows)
        return _written(node, kind, parts, lifted(function, (bool(rows),)))

    return parse


def _round(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
    """``round(x)`` or ``round(x, places)``: halves away from zero; ``places`` is a plain number."""
    places = 0
    if len(node.arguments) == 2:
        stated = node.arguments[1]
        sign = -1 if isinstance(stated, syntax.Negative) else 1
        inner = stated.operand if isinstance(stated, syntax.Negative) else stated
        if not isinstance(inner, syntax.Literal) or type(inner.value) is not int or inner.value > 9:
            raise ExpressionFault(
                syntax.node_offset(stated),
                "število decimalk mora biti zapisano kot celo število od -9 do 9",
                "the number of places must be written as a whole number from -9 to 9",
            )
        places = sign * inner.value
    else:
        _arguments(node, 1)
    require(parts[0], NUMBER, syntax.node_offset(node.arguments[0]))
    rule = money.Rounding(places)
    rows = parts[0].kind.rows
    kind = Kind("number", whole=places <= 0, rows=rows)
    over = (bool(rows), False)[: len(parts)]
    return _written(node, kind, parts, lifted(lambda value, *_: money.rounded(value, rule), over))


def _years_between(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
    _arguments(node, 2)
    parts = tuple(dated(part, child) for part, child in paired(parts, node.arguments))
    for part, child in paired(parts, node.arguments):
        require(part, DATE, syntax.node_offset(child))
    rows = rows_of(parts, node.offset)
    apply = lifted(years_between, tuple(bool(part.kind.rows) for part in parts))
    return _written(node, Kind("number", whole=True, rows=rows), parts, apply)


def _answered(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
    """``answered(fact)``: whether it was given at all; the one way to read a fact that may be missing."""
    _arguments(node, 1)
    asked = node.arguments[0]
    if not isinstance(asked, syntax.Name):
        raise ExpressionFault(
            syntax.node_offset(asked),
            "answered vpraša po enem podatku, z njegovim imenom",
            "answered asks about one fact by its name",
        )
    key = asked.name
    written = (Sign("answered"), OPEN, Named(key), CLOSE)

    def derive(facts: Facts, write: Write) -> Value:
        for part in written:
            write(part)
        return facts[key] is not None

    return Built(YES_NO, lambda facts: facts[key] is not None, derive)


FUNCTIONS: Mapping[str, Parse] = {
    "sum": _aggregate(_total, dates=False),
    "min": _aggregate(_least, dates=True),
    "max": _aggregate(_greatest, dates=True),
    "count": _count,
    "round": _round,
    "floor": _single(money.floor, whole=True),
    "ceil": _single(money.ceil, whole=True),
    "abs": _single(abs, whole=False),
    "years_between": _years_between,
    "answered": _answered,
}


def call(node: syntax.Call, parts: tuple[Built, ...]) -> Built:
    """A checked call of one of :data:`FUNCTIONS`."""
    known = FUNCTIONS.get(node.function)
    if known is None:
        hint = did_you_mean(node.function, FUNCTIONS)
        raise ExpressionFault(
            node.offset,
            f"neznana funkcija »{node.function}«; na voljo so: {', '.join(FUNCTIONS)}",
            f"unknown function '{node.function}'; there are: {', '.join(FUNCTIONS)}",
            hint,
        )
    return known(node, parts)
