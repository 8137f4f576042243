"""One compiled expression: its source, its kind, the facts it reads, its value and its derivation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from razpis.engine.expressions import build, functions, logic, syntax
from razpis.engine.expressions.build import Built, Parts, Value
from razpis.engine.expressions.commas import commas, with_point
from razpis.engine.expressions.faults import ExpressionFault
from razpis.engine.expressions.kinds import Kind
from razpis.engine.expressions.rows import Facts


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression.

    ``value(facts)`` takes a mapping with every name the expression was compiled with (``None`` where a
    fact was not given) and raises ``Missing`` or ``EvaluationFault``. ``derive(facts)`` gives the value
    and the expression as written with the facts in place of names. ``reads``: the names it reads;
    ``asks``: those it only asks about with ``answered``.
    """

    source: str
    kind: Kind
    reads: frozenset[str]
    asks: frozenset[str]
    value: Callable[[Facts], Value]
    derive: Callable[[Facts], tuple[Value, Parts]]


def compile_expression(source: str, names: Mapping[str, Kind]) -> Expression:
    """Parse, check and compile ``source`` over ``names``; raises ``ExpressionFault``."""
    tree = syntax.parse(source)
    try:
        built = _build(tree, names)
    except ExpressionFault as fault:
        _advise(fault, source)
        raise
    asks = frozenset(_asked(tree))
    return Expression(source, built.kind, frozenset(names_in(tree)), asks, built.value, _derivation(built))


def _advise(fault: ExpressionFault, source: str) -> None:
    """``floor(0,5)``, ``x * (0,5)``: the brackets are in fault because a decimal comma makes two values of one."""
    meant = next((comma.number for comma in commas(source) if comma.brackets == fault.offset), None)
    if meant is not None:
        fault.text += with_point(meant)


def _derivation(built: Built) -> Callable[[Facts], tuple[Value, Parts]]:
    inner = built.derive

    def derive(facts: Facts) -> tuple[Value, Parts]:
        parts: list[Value] = []
        return inner(facts, parts.append), tuple(parts)

    return derive


def _build(node: syntax.Node, names: Mapping[str, Kind]) -> Built:
    match node:
        case syntax.Literal():
            return build.literal(node)
        case syntax.Name():
            return build.name(node, names)
        case syntax.Column():
            return build.column(node, names)
        case syntax.Items():
            return build.items(node, tuple(_build(item, names) for item in node.items))
        case syntax.Group():
            return build.group(_build(node.inner, names))
        case syntax.Negative():
            return build.negative(node, _build(node.operand, names))
        case syntax.Not():
            return logic.negation(node, _build(node.operand, names))
        case syntax.Compare():
            return logic.compare(node, tuple(_build(operand, names) for operand in node.operands))
        case syntax.Binary():
            combine = logic.both if node.sign in ("and", "or") else build.arithmetic
            return combine(node, _build(node.left, names), _build(node.right, names))
        case syntax.Choose():
            return logic.choose(node, _build(node.condition, names), _build(node.yes, names), _build(node.no, names))
        case _:
            return functions.call(node, tuple(_build(argument, names) for argument in node.arguments))


def names_in(node: syntax.Node) -> Iterator[str]:
    """The facts and tables that a part of an expression reads, as often as it does."""
    if isinstance(node, syntax.Name):
        yield node.name
    if isinstance(node, syntax.Column):
        yield node.table
    for child in syntax.children(node):
        yield from names_in(child)


def _asked(node: syntax.Node) -> Iterator[str]:
    if isinstance(node, syntax.Call) and node.function == "answered":
        yield from names_in(node)
    for child in syntax.children(node):
        yield from _asked(child)
