"""Whether a divisor may be 0, so that an application would be left without a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine.expressions import syntax
from razpis.engine.expressions.expression import names_in
from razpis.engine.problems import Text
from razpis.engine.rulebook.bounds import Interval, of_node
from razpis.engine.rulebook.compiled import CriterionRule, Rulebook
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.source import Path_

Written = tuple[Path_, str, frozenset[str]]
"""Where an expression stands, as it is written, and the facts that were asked about before it is computed."""


def look(notes: Notes, rulebook: Rulebook, known: Mapping[str, Interval]) -> None:
    """Note every divisor that the form does not keep from 0 and that no condition before it asks about."""
    for path, source, asked in _expressions(rulebook):
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


def _expressions(rulebook: Rulebook) -> Iterator[Written]:
    """All that are computed for an application; points and money only for one that meets the conditions."""
    nothing: frozenset[str] = frozenset()
    for key, derived in rulebook.file.derived.items():
        yield ("derived", key, "value"), derived.value, nothing
    for key, condition in rulebook.file.conditions.items():
        yield ("conditions", key, "test"), condition.test, nothing
    asked = nothing.union(*(one.test.reads for one in rulebook.conditions))
    for rule in rulebook.criteria:
        yield from _of_criterion(rule, asked)
    factor = rulebook.file.total.factor
    if factor is not None:
        yield ("total", "factor"), factor, asked
    for at, threshold in enumerate(rulebook.file.thresholds):
        if threshold.applies is not None:
            yield ("thresholds", at, "applies"), threshold.applies, asked
    for at, rank in enumerate(rulebook.file.ranking.keys):
        if rank.expression is not None:
            yield ("ranking", "keys", at, "expression"), rank.expression, asked
    yield from _of_money(rulebook, asked)


def _of_criterion(compiled: CriterionRule, asked: frozenset[str]) -> Iterator[Written]:
    path: Path_ = ("criteria", compiled.key)
    if compiled.applies is not None:
        yield (*path, "applies"), compiled.applies.source, asked
        asked |= compiled.applies.reads
    if compiled.value is not None:
        name = "points" if compiled.rule.kind == "formula" else "value"
        yield (*path, name), compiled.value.source, asked
    for at, item in enumerate(compiled.items):
        yield (*path, "items", at, "when"), item.source, asked


def _of_money(rulebook: Rulebook, asked: frozenset[str]) -> Iterator[Written]:
    rule = rulebook.file.allocation
    if rule is None:
        return
    for name in ("entitlement", "weight", "fixed_part"):
        source = getattr(rule, name)
        if source is not None:
            yield ("allocation", name), source, asked
    for key, limit in rule.limits.items():
        before = asked
        if limit.where is not None:
            yield ("allocation", "limits", key, "where"), limit.where, asked
            before = asked | frozenset(names_in(syntax.parse(limit.where)))
        yield ("allocation", "limits", key, "amount"), limit.amount, before
    for key, kept in rule.set_asides.items():
        yield ("allocation", "set_asides", key, "where"), kept.where, asked
