"""How many digits a number can have, known before it is computed: a chain of facts cannot grow without end.

Each derived fact may multiply the one before it hundreds of times; ten of them would fill any memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from razpis.engine.expressions import syntax
from razpis.engine.expressions.faults import ExpressionFault

MAX_DIGITS = 100_000
ROWS = 200  # of a table whose rows are added up: each may bring its own divisor


class Size(NamedTuple):
    """At most so many digits above and below the line of the fraction; 0 below: a whole number."""

    above: int
    below: int = 0


FACT = Size(30, 20)  # the longest number that is read from a form or a file
WHOLE_FACT = Size(30)
SMALL = Size(9)  # a count, a yes/no, a text


def size_of(source: str, known: Mapping[str, Size]) -> Size:
    """The digits ``source`` can have, over facts of which some are ``known``; raises ``ExpressionFault``."""
    return _of(syntax.parse(source), known)


def _of(node: syntax.Node, known: Mapping[str, Size]) -> Size:
    match node:
        case syntax.Literal(value=value) if not isinstance(value, str):
            return Size(len(str(value.numerator)), len(str(value.denominator)) if value.denominator > 1 else 0)
        case syntax.Name(name=name):
            return known.get(name, FACT)
        case syntax.Column():
            return FACT
        case syntax.Group(inner=inner) | syntax.Negative(operand=inner):
            return _of(inner, known)
        case syntax.Choose(condition=condition, yes=yes, no=no):
            _of(condition, known)
            return _widest(_of(yes, known), _of(no, known))
        case syntax.Binary(sign=sign, left=left, right=right) if sign in "+-*/":
            return _bounded(_combined(sign, _of(left, known), _of(right, known)), node.offset)
        case syntax.Call(function=function, arguments=arguments):
            return _bounded(_called(function, [_of(argument, known) for argument in arguments]), node.offset)
        case _:
            for child in syntax.children(node):
                _of(child, known)
            return SMALL


def _combined(sign: str, left: Size, right: Size) -> Size:
    if sign == "*":
        return Size(left.above + right.above, left.below + right.below)
    if sign == "/":
        return Size(left.above + right.below, left.below + right.above)
    return Size(max(left.above + right.below, right.above + left.below) + 1, left.below + right.below)


def _called(function: str, parts: list[Size]) -> Size:
    if function == "sum" and len(parts) == 1:
        return Size(parts[0].above + parts[0].below * ROWS + 4, parts[0].below * ROWS)
    if function == "sum":
        whole = parts[0]
        for part in parts[1:]:
            whole = _combined("+", whole, part)
        return whole
    if function in ("min", "max", "abs"):
        return _widest(*parts)
    if function in ("round", "floor", "ceil"):
        return Size(parts[0].above + 9, 9 if function == "round" else 0)
    return SMALL


def _widest(*sizes: Size) -> Size:
    return Size(max(size.above for size in sizes), max(size.below for size in sizes))


def _bounded(size: Size, offset: int) -> Size:
    if size.above + size.below > MAX_DIGITS:
        raise ExpressionFault(
            offset,
            f"število bi lahko imelo več kot {MAX_DIGITS} števk; izraz poenostavite",
            f"the number could have more than {MAX_DIGITS} digits; simplify the expression",
        )
    return size
