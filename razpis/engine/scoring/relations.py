"""What an application is set against where a criterion compares it with the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from razpis.engine.expressions import EvaluationFault, Missing
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule
from razpis.engine.rulebook.criteria import Relative
from razpis.engine.scoring.common_scale import Scales

Relations: TypeAlias = Mapping[tuple[str, str], Number | Scales]
"""The reference of a criterion in a lot, or the scales of its members' marks, by criterion key and lot; a criterion
over the whole call stands under every lot."""


def relations(
    rules: Iterable[CriterionRule], eligible: Iterable[tuple[str, Mapping[str, Any]]]
) -> dict[tuple[str, str], Number]:
    """The references of all ``relative`` criteria over ``eligible`` applications (lot and facts)."""
    pairs = list(eligible)
    found: dict[tuple[str, str], Number] = {}
    for compiled in rules:
        rule = compiled.rule
        if not isinstance(rule, Relative):
            continue
        values: dict[str, list[Number]] = {lot: [] for lot, _ in pairs}
        for lot, facts in pairs:
            value = _value(compiled, facts)
            if value is not None:
                values[lot].append(value)
        if rule.among == "call":
            together = [value for some in values.values() for value in some]
            values = dict.fromkeys(values, together)
        found.update(((compiled.key, lot), _reference(rule.to, some)) for lot, some in values.items() if some)
    return found


def _reference(to: str, values: Sequence[Number]) -> Number:
    if to == "sum":
        return sum(values)
    return max(values) if to == "best" else min(values)


def _value(compiled: CriterionRule, facts: Mapping[str, Any]) -> Number | None:
    """The value that counts; none where the criterion does not apply or a fact is missing. An expression
    without a value is told when the application itself is scored."""
    assert compiled.value is not None
    try:
        if compiled.applies is not None and not compiled.applies.value(facts):
            return None
        value: Number = compiled.value.value(facts)
        return value
    except (Missing, EvaluationFault):
        return None
