"""Whether a divisor may be 0, so that an application would be left without a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine.expressions import syntax
from razpis.engine.expressions.expression import names_in
from razpis.engine.problems import Text
from razpis.engine.rulebook.bounds import Interval, of_node
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.written import expressions


def look(notes: Notes, rulebook: Rulebook, known: Mapping[str, Interval]) -> None:
    """Note every divisor that the form does not keep from 0 and that no condition before it asks about."""
    for path, source, asked in expressions(rulebook):
        for divisor in _divisors(syntax.parse(source), asked):
            if _may_be_zero(of_node(divisor, known)):
                notes.inside(path, syntax.node_offset(divisor), _advice(rulebook, divisor))


def _advice(rulebook: Rulebook, divisor: syntax.Node) -> Text:
    if isinstance(divisor, syntax.Name) and divisor.name in rulebook.fields:
        name = divisor.name
        return Text(
            f"»{name}« je lahko 0 (deljenje z nič); polju dodajte »min: 1« ali zapišite »… if {name} != 0 else …«",
            f"'{name}' may be 0 (division by zero); give the field 'min: 1', or write '… if {name} != 0 else …'",
        )
    return Text(
        "delitelj je lahko 0 (deljenje z nič); zapišite »… if delitelj != 0 else …«",
        "the divisor may be 0 (division by zero); write '… if divisor != 0 else …'",
    )


def _may_be_zero(found: Interval) -> bool:
    return (found.low is None or found.low <= 0) and (found.high is None or found.high >= 0)


def _divisors(node: syntax.Node, asked: frozenset[str]) -> Iterator[syntax.Node]:
    """The divisors that read nothing of what was asked before them."""
    if isinstance(node, syntax.Binary) and node.sign == "/" and not asked & {*names_in(node.right)}:
        yield node.right
    for child in syntax.children(node):
        before: frozenset[str] = frozenset()
        if isinstance(node, syntax.Choose) and child is not node.condition:
            before = frozenset(names_in(node.condition))
        elif isinstance(node, syntax.Binary) and node.sign in ("and", "or") and child is node.right:
            before = frozenset(names_in(node.left))
        yield from _divisors(child, asked | before)
