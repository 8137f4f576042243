"""Comparisons, ``in``, ``and``, ``or``, ``not`` and ``if … else``."""

from __future__ import annotations

import operator
from collections.abc import Callable

from razpis.engine.expressions import by_row, syntax
from razpis.engine.expressions.build import THEN, Built, Sign, Value, Write, dated, pair, require, rows_of
from razpis.engine.expressions.faults import ExpressionFault
from razpis.engine.expressions.kinds import YES_NO, Kind
from razpis.engine.expressions.rows import Facts, lifted
from razpis.engine.pairing import paired
from razpis.engine.problems import option_meant

_COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda item, items: item in items,
    "not in": lambda item, items: item not in items,
}
_PRINTED = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "in": "∈", "not in": "∉"}
_ORDERED = ("number", "date")
_HOLDS = {"==": "in", "!=": "not in"}
_SO, _NEXT = Sign(":"), Sign(";")


def compare(node: syntax.Compare, parts: tuple[Built, ...]) -> Built:
    """``a < b`` or ``a < b <= c``: yes where every neighbouring pair holds."""
    parts = _with_dates(node, parts)
    for at, sign in enumerate(node.signs):
        _check_pair(sign, node.operands[at : at + 2], parts[at], parts[at + 1])
    rows = rows_of(parts, node.offset)
    kind = Kind("yes_no", rows=rows)
    apply = lifted(_chain(node.signs), tuple(bool(part.kind.rows) for part in parts))
    if len(parts) == 2:
        return pair(kind, apply, parts[0], parts[1], _PRINTED.get(node.signs[0], node.signs[0]))
    values = tuple(part.value for part in parts)
    first = parts[0].derive
    following = [(Sign(_PRINTED.get(sign, sign)), part.derive) for sign, part in paired(node.signs, parts[1:])]

    def derive(facts: Facts, write: Write) -> Value:
        found = [first(facts, write)]
        for sign, derive_next in following:
            write(sign)
            found.append(derive_next(facts, write))
        return apply(*found)

    return Built(kind, lambda facts: apply(*[value(facts) for value in values]), derive)


def _with_dates(node: syntax.Compare, parts: tuple[Built, ...]) -> tuple[Built, ...]:
    if not any(part.kind.name == "date" for part in parts):
        return parts
    return tuple(dated(part, child) for part, child in paired(parts, node.operands))


def _chain(signs: tuple[str, ...]) -> Callable[..., bool]:
    steps = [_COMPARISONS[sign] for sign in signs]
    if len(steps) == 1:
        return steps[0]
    return lambda *values: all(step(left, right) for step, left, right in zip(steps, values, values[1:], strict=False))


def _check_pair(sign: str, nodes: tuple[syntax.Node, ...], left: Built, right: Built) -> None:
    if sign in ("in", "not in"):
        if right.kind.name != "list":
            offset = syntax.node_offset(nodes[1])
            raise ExpressionFault(
                offset,
                "za »in« je potreben seznam, na primer ('a', 'b'); kjer naj velja oboje, pišite »and«",
                "'in' needs a list, for example ('a', 'b'); where both are to hold, write 'and'",
            )
        require(left, Kind(right.kind.item), syntax.node_offset(nodes[0]))
        listed = nodes[1].items if isinstance(nodes[1], syntax.Items) else ()
        for item in listed:
            _check_option(left, item)
        _check_option(right, nodes[0])
        return
    _refuse_one_of_several(sign, nodes, left, right)
    require(right, left.kind, syntax.node_offset(nodes[1]))
    if sign not in ("==", "!=") and left.kind.name not in _ORDERED:
        raise ExpressionFault(
            syntax.node_offset(nodes[0]),
            "po velikosti se primerjajo le števila in datumi",
            "only numbers and dates have an order",
        )
    _check_option(left, nodes[1])
    _check_option(right, nodes[0])


def _refuse_one_of_several(sign: str, nodes: tuple[syntax.Node, ...], left: Built, right: Built) -> None:
    """A fact of several options is never equal to one of them; it is asked whether it holds it."""
    for several, fact, one in ((left, nodes[0], nodes[1]), (right, nodes[1], nodes[0])):
        if sign not in _HOLDS or several.kind.name != "list" or not isinstance(fact, syntax.Name):
            continue
        if isinstance(one, syntax.Literal) and isinstance(one.value, str):
            written = f"'{one.value}' {_HOLDS[sign]} {fact.name}"
            raise ExpressionFault(
                syntax.node_offset(nodes[1]),
                f"»{fact.name}« ima lahko več možnosti; pišite {written}",
                f"'{fact.name}' may hold several options; write {written}",
            )


def _check_option(built: Built, node: syntax.Node) -> None:
    """A choice is compared only with a text that is one of its options."""
    options = built.kind.options
    if not options or not isinstance(node, syntax.Literal) or node.value in options:
        return
    hint = option_meant(str(node.value), built.kind.labelled())
    raise ExpressionFault(
        node.offset,
        f"»{node.value}« ni med možnostmi ({', '.join(options)})",
        f"'{node.value}' is not among the options ({', '.join(options)})",
        hint,
    )


def both(node: syntax.Binary, left: Built, right: Built) -> Built:
    """``and`` / ``or``; the right side is read only where it decides."""
    for part, child in ((left, node.left), (right, node.right)):
        require(part, YES_NO, syntax.node_offset(child))
    rows = rows_of((left, right), node.offset)
    if rows:
        return by_row.both(node.sign, left, right, rows)
    decides, between = node.sign == "or", Sign(node.sign)
    left_value, right_value, derive_left, derive_right = left.value, right.value, left.derive, right.derive

    def value(facts: Facts) -> Value:
        return decides if left_value(facts) is decides else right_value(facts)

    def derive(facts: Facts, write: Write) -> Value:
        if derive_left(facts, write) is decides:
            return decides
        write(between)
        return derive_right(facts, write)

    return Built(YES_NO, value, derive)


def negation(node: syntax.Not, inner: Built) -> Built:
    """``not a``."""
    require(inner, YES_NO, syntax.node_offset(node.operand))
    apply = lifted(operator.not_, (bool(inner.kind.rows),))
    sign, value, inside = Sign("not"), inner.value, inner.derive

    def derive(facts: Facts, write: Write) -> Value:
        write(sign)
        return apply(inside(facts, write))

    return Built(inner.kind, lambda facts: apply(value(facts)), derive)


def choose(node: syntax.Choose, condition: Built, yes: Built, no: Built) -> Built:
    """``a if c else b``; only the branch taken is read and written."""
    require(condition, YES_NO, syntax.node_offset(node.condition))
    require(no, yes.kind, syntax.node_offset(node.no))
    rows = rows_of((condition, yes, no), node.offset)
    if rows:
        return by_row.choose(condition, yes, no, rows)
    options = tuple(dict.fromkeys(yes.kind.options + no.kind.options))
    known = bool(yes.kind.options and no.kind.options)
    kind = Kind(
        yes.kind.name,
        whole=yes.kind.whole and no.kind.whole,
        options=options if known else (),
        item=yes.kind.item,
        labels={**yes.kind.labels, **no.kind.labels},
    )
    asks, on_yes, on_no = condition.value, yes.value, no.value
    derive_answer, derive_yes, derive_no = condition.derive, yes.derive, no.derive
    otherwise = _NEXT if isinstance(node.no, syntax.Choose) else THEN
    answered = isinstance(node.condition, syntax.Name)

    def derive(facts: Facts, write: Write) -> Value:
        answer = derive_answer(facts, write)
        if not answered:
            write(_SO)
            write(answer)
        if answer:
            write(THEN)
            return derive_yes(facts, write)
        write(otherwise)
        return derive_no(facts, write)

    return Built(kind, lambda facts: on_yes(facts) if asks(facts) else on_no(facts), derive)
