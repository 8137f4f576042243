"""Between which numbers an expression can lie, as far as that follows from the form alone.

The range is never too narrow: what lies outside it cannot happen. It may be too wide, because a fact that
stands in an expression twice counts as two facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from razpis.engine import money
from razpis.engine.expressions import syntax
from razpis.engine.money import Number, Rounding
from razpis.engine.rulebook.fields import Field, TableField
from razpis.engine.rulebook.shape import RulebookFile


class Interval(NamedTuple):
    """From ``low`` to ``high``, both possible; ``None`` is open to infinity."""

    low: Number | None = None
    high: Number | None = None

    def hull(self, other: Interval) -> Interval:
        """The least range that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def plus(self, other: Interval) -> Interval:
        """The range of the sum."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def negative(self) -> Interval:
        """The range with the opposite sign."""
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )

    def times(self, factor: Number) -> Interval:
        """The range of a multiple."""
        if factor < 0:
            return self.negative().times(-factor)
        return self.through(lambda end: end * factor)

    def product(self, other: Interval) -> Interval:
        """The range of the product; nothing, however often, is nothing."""
        if ZERO in (self, other):
            return ZERO
        if self.low is not None and self.low >= 0 and other.low is not None and other.low >= 0:
            high = None if self.high is None or other.high is None else self.high * other.high
            return Interval(self.low * other.low, high)
        ends = [left * right for left in self for right in other if left is not None and right is not None]
        return Interval(min(ends), max(ends)) if len(ends) == 4 else Interval()

    def through(self, rising: Callable[[Number], Number]) -> Interval:
        """The range of a function that never falls."""
        return Interval(
            None if self.low is None else rising(self.low),
            None if self.high is None else rising(self.high),
        )

    def clipped(self, least: Number | None, most: Number | None) -> Interval:
        """The range of the value held between two ends, ``None`` where there is no end."""
        low, high = self
        if most is not None:
            low, high = low if low is None else min(low, most), most if high is None else min(high, most)
        if least is not None:
            low, high = least if low is None else max(low, least), high if high is None else max(high, least)
        return Interval(low, high)


ANY = Interval()
ZERO = Interval(0, 0)


def facts(file: RulebookFile) -> dict[str, Interval]:
    """The ranges of the numbers a form asks for (of a column as ``table.column``) and of those derived from them."""
    known = {
        "call_year": Interval(file.call.year, file.call.year),
        "applicant_applications": Interval(1),
        "applicant_number": Interval(1),
    }
    for key, field in file.fields.items():
        known[key] = _stated(field)
        if isinstance(field, TableField):
            known |= {f"{key}.{name}": _stated(column) for name, column in field.columns.items()}
    for key, rule in file.derived.items():
        known[key] = bounds(rule.value, known)
    return known


def _stated(field: Field) -> Interval:
    """What the form allows to be filled in."""
    return Interval(getattr(field, "min", None), getattr(field, "max", None))


def bounds(source: str, known: Mapping[str, Interval]) -> Interval:
    """The range of an expression over facts with ``known`` ranges."""
    return of_node(syntax.parse(source), known)


def of_node(node: syntax.Node, known: Mapping[str, Interval]) -> Interval:
    """The range of a part of an expression."""
    match node:
        case syntax.Literal(value=value) if not isinstance(value, str | bool):
            return Interval(value, value)
        case syntax.Name(name=name):
            return known.get(name, ANY)
        case syntax.Column(table=table, column=column):
            return known.get(f"{table}.{column}", ANY)
        case syntax.Group(inner=inner):
            return of_node(inner, known)
        case syntax.Negative(operand=operand):
            return of_node(operand, known).negative()
        case syntax.Choose(yes=yes, no=no):
            return of_node(yes, known).hull(of_node(no, known))
        case syntax.Binary(sign=sign, left=left, right=right) if sign in _ARITHMETIC:
            return _ARITHMETIC[sign](of_node(left, known), of_node(right, known))
        case syntax.Call(function=function, arguments=arguments) if function in _FUNCTIONS:
            return _FUNCTIONS[function](*(of_node(argument, known) for argument in arguments))
        case _:
            return ANY


def _quotient(over: Interval, under: Interval) -> Interval:
    """A divisor that may be 0 is never 0 where the quotient has a value."""
    if under.low is None or under.low < 0:
        return ANY
    least = 0 if under.high is None else money.divide(1, under.high) if under.high else None
    most = money.divide(1, under.low) if under.low else None
    return over.product(Interval(least, most))


def _several(choose: Callable[[list[Number]], Number], any_end: int) -> Callable[..., Interval]:
    """``min`` or ``max`` of two and more numbers; one end is known as soon as one argument's is."""

    def found(*parts: Interval) -> Interval:
        if len(parts) == 1:
            return ANY
        ends: list[Number | None] = [None, None]
        for at in (0, 1):
            stated = [part[at] for part in parts]
            numbers = [end for end in stated if end is not None]
            if len(numbers) == len(parts) or (at == any_end and numbers):
                ends[at] = choose(numbers)
        return Interval(*ends)

    return found


def _sum(*parts: Interval) -> Interval:
    if len(parts) == 1:
        return ANY
    whole = ZERO
    for part in parts:
        whole = whole.plus(part)
    return whole


def _rounded(value: Interval, places: Interval = ZERO) -> Interval:
    rule = Rounding(money.floor(places.low or 0))
    return value.through(lambda end: money.rounded(end, rule))


def _absolute(value: Interval) -> Interval:
    if value.low is not None and value.low >= 0:
        return value
    ends = value.hull(value.negative())
    return Interval(0, ends.high)


_ARITHMETIC: Mapping[str, Callable[[Interval, Interval], Interval]] = {
    "+": Interval.plus,
    "-": lambda one, two: one.plus(two.negative()),
    "*": Interval.product,
    "/": _quotient,
}
_FUNCTIONS: Mapping[str, Callable[..., Interval]] = {
    "min": _several(min, 1),
    "max": _several(max, 0),
    "sum": _sum,
    "count": lambda _: Interval(0),
    "round": _rounded,
    "floor": lambda value: value.through(money.floor),
    "ceil": lambda value: value.through(money.ceil),
    "abs": _absolute,
}
