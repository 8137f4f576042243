"""Whether a divisor may be 0, or what is compared with others below what a ratio can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine.expressions import syntax
from razpis.engine.expressions.expression import names_in
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook.bounds import Interval, of_node
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.criteria import Relative
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.source import Path_
from razpis.engine.rulebook.written import expressions


def look(notes: Notes, rulebook: Rulebook, known: Mapping[str, Interval]) -> None:
    """Note every divisor that the form does not keep from 0 and that no condition before it asks about."""
    for path, source, asked in expressions(rulebook):
        for divisor in _divisors(syntax.parse(source), asked):
            if _may_be_zero(of_node(divisor, known)):
                notes.inside(path, syntax.node_offset(divisor), _advice(rulebook, divisor))
    for key, rule in rulebook.file.criteria.items():
        if isinstance(rule, Relative):
            low = of_node(syntax.parse(rule.value), known).low
            _ratio(notes, ("criteria", key, "value"), rule, low)


def _ratio(notes: Notes, path: Path_, rule: Relative, low: Number | None) -> None:
    """The lowest of all is divided by each, so one application with 0 would leave all others without points."""
    if rule.to == "lowest" and (low is None or low <= 0):
        notes.warning(
            path,
            "vrednost je lahko 0 ali manj: ena sama taka vloga drugim vzame vse točke; polju dodajte »min: 1« ali "
            "zapišite »max(1, …)«",
            "the value may be 0 or less: a single such application takes all points from the others; give the field "
            "'min: 1', or write 'max(1, …)'",
        )
    elif rule.to != "lowest" and (low is None or low < 0):
        notes.warning(
            path,
            "vrednost je lahko negativna, razmerje do drugih pa potem ne pove, kdo je boljši; polju dodajte »min: 0« "
            "ali zapišite »max(0, …)«",
            "the value may be negative, and then its ratio to others does not tell which is better; give the field "
            "'min: 0', or write 'max(0, …)'",
        )


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
