"""Comparisons, ``in``, ``and``, ``or``, ``not`` and ``if … else``."""

from __future__ import annotations

import operator
from collections.abc import Callable

from razpis.engine.expressions import syntax
from razpis.engine.expressions.build import Built, Facts, Parts, Sign, Value, dated, lifted, require, rows_of
from razpis.engine.expressions.faults import ExpressionFault
from razpis.engine.expressions.kinds import YES_NO, Kind
from razpis.engine.problems import did_you_mean

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


def compare(node: syntax.Compare, parts: tuple[Built, ...]) -> Built:
    """``a < b`` or ``a < b <= c``: yes where every neighbouring pair holds."""
    parts = _with_dates(node, parts)
    for at, sign in enumerate(node.signs):
        _check_pair(sign, node.operands[at : at + 2], parts[at], parts[at + 1])
    rows = rows_of(parts, node.offset)
    apply = lifted(_chain(node.signs), tuple(bool(part.kind.rows) for part in parts))
    if len(parts) == 2:
        left, right = parts[0].value, parts[1].value
        return Built(
            Kind("yes_no", rows=rows),
            lambda facts: apply(left(facts), right(facts)),
            lambda facts: _derive_chain(node.signs, parts, apply, facts),
        )
    return Built(
        Kind("yes_no", rows=rows),
        lambda facts: apply(*(part.value(facts) for part in parts)),
        lambda facts: _derive_chain(node.signs, parts, apply, facts),
    )


def _with_dates(node: syntax.Compare, parts: tuple[Built, ...]) -> tuple[Built, ...]:
    if not any(part.kind.name == "date" for part in parts):
        return parts
    return tuple(dated(part, child) for part, child in zip(parts, node.operands, strict=True))


def _chain(signs: tuple[str, ...]) -> Callable[..., bool]:
    steps = [_COMPARISONS[sign] for sign in signs]
    if len(steps) == 1:
        return steps[0]
    return lambda *values: all(step(left, right) for step, left, right in zip(steps, values, values[1:], strict=False))


def _derive_chain(
    signs: tuple[str, ...], parts: tuple[Built, ...], apply: Callable[..., Value], facts: Facts
) -> tuple[Value, Parts]:
    values, written = [], []
    for at, part in enumerate(parts):
        value, inner = part.derive(facts)
        values.append(value)
        written += [*inner] if at == 0 else [Sign(_PRINTED.get(signs[at - 1], signs[at - 1])), *inner]
    return apply(*values), tuple(written)


def _check_pair(sign: str, nodes: tuple[syntax.Node, ...], left: Built, right: Built) -> None:
    if sign in ("in", "not in"):
        if right.kind.name != "list":
            offset = syntax.node_offset(nodes[1])
            raise ExpressionFault(
                offset,
                "za »in« je potreben seznam, na primer ('a', 'b')",
                "'in' needs a list, for example ('a', 'b')",
            )
        require(left, Kind(right.kind.item), syntax.node_offset(nodes[0]))
        listed = nodes[1].items if isinstance(nodes[1], syntax.Items) else ()
        for item in listed:
            _check_option(left, item)
        _check_option(right, nodes[0])
        return
    require(right, left.kind, syntax.node_offset(nodes[1]))
    if sign not in ("==", "!=") and left.kind.name not in _ORDERED:
        raise ExpressionFault(
            syntax.node_offset(nodes[0]),
            "po velikosti se primerjajo le števila in datumi",
            "only numbers and dates have an order",
        )
    _check_option(left, nodes[1])
    _check_option(right, nodes[0])


def _check_option(built: Built, node: syntax.Node) -> None:
    """A choice is compared only with a text that is one of its options."""
    options = built.kind.options
    if not options or not isinstance(node, syntax.Literal) or node.value in options:
        return
    hint = did_you_mean(str(node.value), options)
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
        return _both_rows(node, left, right, rows)
    decides = node.sign == "or"

    def value(facts: Facts) -> Value:
        return decides if left.value(facts) is decides else right.value(facts)

    def derive(facts: Facts) -> tuple[Value, Parts]:
        found, parts = left.derive(facts)
        if found is decides:
            return found, parts
        other, more = right.derive(facts)
        return other, (*parts, Sign(node.sign), *more)

    return Built(YES_NO, value, derive)


def _both_rows(node: syntax.Binary, left: Built, right: Built, rows: str) -> Built:
    function = operator.and_ if node.sign == "and" else operator.or_
    apply = lifted(function, (bool(left.kind.rows), bool(right.kind.rows)))

    def derive(facts: Facts) -> tuple[Value, Parts]:
        one, parts = left.derive(facts)
        two, more = right.derive(facts)
        return apply(one, two), (*parts, Sign(node.sign), *more)

    return Built(Kind("yes_no", rows=rows), lambda facts: apply(left.value(facts), right.value(facts)), derive)


def negation(node: syntax.Not, inner: Built) -> Built:
    """``not a``."""
    require(inner, YES_NO, syntax.node_offset(node.operand))
    apply = lifted(operator.not_, (bool(inner.kind.rows),))

    def derive(facts: Facts) -> tuple[Value, Parts]:
        found, parts = inner.derive(facts)
        return apply(found), (Sign("not"), *parts)

    return Built(inner.kind, lambda facts: apply(inner.value(facts)), derive)


def choose(node: syntax.Choose, condition: Built, yes: Built, no: Built) -> Built:
    """``a if c else b``; only the branch taken is read and written."""
    require(condition, YES_NO, syntax.node_offset(node.condition))
    require(no, yes.kind, syntax.node_offset(node.no))
    rows = rows_of((condition, yes, no), node.offset)
    if rows:
        return _choose_rows(condition, yes, no, rows)
    options = tuple(dict.fromkeys(yes.kind.options + no.kind.options))
    known = bool(yes.kind.options and no.kind.options)
    kind = Kind(
        yes.kind.name,
        whole=yes.kind.whole and no.kind.whole,
        options=options if known else (),
        item=yes.kind.item,
    )
    asks, on_yes, on_no = condition.value, yes.value, no.value

    def derive(facts: Facts) -> tuple[Value, Parts]:
        answer, parts = condition.derive(facts)
        found, more = (yes if answer else no).derive(facts)
        return found, (*parts, Sign(":"), answer, Sign("→"), *more)

    return Built(kind, lambda facts: on_yes(facts) if asks(facts) else on_no(facts), derive)


def _choose_rows(condition: Built, yes: Built, no: Built, rows: str) -> Built:
    """``a if c else b`` row by row over a table's columns; both sides are read for every row."""
    over = tuple(bool(part.kind.rows) for part in (condition, yes, no))
    apply = lifted(lambda answer, one, other: one if answer else other, over)
    kind = Kind(yes.kind.name, whole=yes.kind.whole and no.kind.whole, rows=rows)

    def derive(facts: Facts) -> tuple[Value, Parts]:
        answer, parts = condition.derive(facts)
        one, one_parts = yes.derive(facts)
        other, other_parts = no.derive(facts)
        written = (*one_parts, Sign("if"), *parts, Sign("else"), *other_parts)
        return apply(answer, one, other), written

    return Built(kind, lambda facts: apply(condition.value(facts), yes.value(facts), no.value(facts)), derive)
