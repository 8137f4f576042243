"""Every expression of the rules: where it stands, and what was asked before it is computed."""

from __future__ import annotations

from collections.abc import Iterator

from razpis.engine.expressions import syntax
from razpis.engine.expressions.expression import names_in
from razpis.engine.rulebook.compiled import CriterionRule, Rulebook
from razpis.engine.rulebook.source import Path_

Written = tuple[Path_, str, frozenset[str]]
"""Where an expression stands, as it is written, and the facts that were asked about before it is computed."""


def expressions(rulebook: Rulebook) -> Iterator[Written]:
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
