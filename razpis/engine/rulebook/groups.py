"""For which applications which criteria and thresholds count: every group the rulebook itself tells apart."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from razpis.engine.expressions import EvaluationFault, Expression, Missing
from razpis.engine.pairing import paired
from razpis.engine.problems import Text
from razpis.engine.rulebook.compiled import Rulebook

MOST_GROUPS = 500


@dataclass(frozen=True, slots=True)
class Group:
    """Applications alike in what decides which criteria count. ``facts``: these answers, by name;
    ``applies``: whether each criterion counts, ``None`` where that depends on more than options; ``holds``:
    the same of each threshold, by its place in the list."""

    facts: Mapping[str, Any]
    applies: Mapping[str, bool | None]
    holds: Mapping[int, bool | None]

    def counts(self, rulebook: Rulebook, part: str) -> bool:
        """Whether the total, a section or a criterion may count for this group at all."""
        inside = [rule.key for rule in rulebook.criteria if part in (rule.key, rule.rule.section)]
        return part == "total" or any(self.applies[key] is not False for key in inside)

    def says(self) -> Text:
        """The group in words: ``lot = A, legal_form = zveza``."""
        said = [(key, _said(value)) for key, value in self.facts.items()]
        return Text(
            ", ".join(f"{key} = {word.sl}" for key, word in said),
            ", ".join(f"{key} = {word.en}" for key, word in said),
        )


def _said(value: Any) -> Text:
    if isinstance(value, bool):
        return Text("da", "yes") if value else Text("ne", "no")
    return Text("ni podatka", "not given") if value is None else Text(f"{value}", f"{value}")


def groups(rulebook: Rulebook) -> tuple[Group, ...]:
    """Every group whose options the conditions admit; one without facts where no criterion is for some only."""
    tests = [rule.applies for rule in rulebook.criteria if rule.applies is not None]
    tests += [rule.applies for rule in rulebook.thresholds if rule.applies is not None]
    options = {name: _options(rulebook, name) for test in tests for name in _base(rulebook, test.reads)}
    finite = {name: values for name, values in options.items() if values}
    count = 1
    for values in finite.values():
        count *= len(values)
    if count > MOST_GROUPS:
        finite = {}
    listed = (dict(paired(finite, chosen)) for chosen in itertools.product(*finite.values()))
    known = [_known(rulebook, facts) for facts in listed]
    admitted = [facts for facts in known if _admitted(rulebook, facts)]
    return tuple(_group(rulebook, facts, finite) for facts in admitted or known)


def _base(rulebook: Rulebook, names: Iterable[str]) -> list[str]:
    """The facts of the form behind ``names``, derived ones unfolded."""
    derived = {rule.key: sorted(rule.value.reads, reverse=True) for rule in rulebook.derived}
    found: dict[str, None] = {}
    waiting = sorted(names, reverse=True)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += derived.get(name, [])
    return [name for name in found if name not in derived]


def _options(rulebook: Rulebook, name: str) -> tuple[Any, ...]:
    """All values a fact can have; none where they cannot be listed."""
    kind = rulebook.kinds[name]
    if name == "call_year":
        return (rulebook.file.call.year,)
    values: tuple[Any, ...] = (True, False) if kind.name == "yes_no" else kind.options * (kind.name == "text")
    optional = name in rulebook.fields and not rulebook.fields[name].required
    return (*values, None) if values and optional else values


def _known(rulebook: Rulebook, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a group with those derived from them alone."""
    for rule in rulebook.derived:
        if rule.value.reads <= facts.keys():
            with contextlib.suppress(EvaluationFault):
                facts[rule.key] = _derived(rule.value, facts)
    return facts


def _derived(value: Expression, facts: Mapping[str, Any]) -> Any:
    try:
        return value.value(facts)
    except Missing:
        return None


def _group(rulebook: Rulebook, facts: Mapping[str, Any], named: Iterable[str]) -> Group:
    return Group(
        {name: facts[name] for name in named},
        {rule.key: _counts(rule.applies, facts) for rule in rulebook.criteria},
        {rule.at: _counts(rule.applies, facts) for rule in rulebook.thresholds},
    )


def _counts(applies: Expression | None, facts: Mapping[str, Any]) -> bool | None:
    return True if applies is None else _value(applies, facts)


def _admitted(rulebook: Rulebook, facts: Mapping[str, Any]) -> bool:
    return all(_value(rule.test, facts) is not False for rule in rulebook.conditions)


def _value(test: Expression, facts: Mapping[str, Any]) -> bool | None:
    """What a test gives for these facts; ``None`` where it reads others too, or has no value."""
    if not test.reads <= facts.keys():
        return None
    try:
        return bool(test.value(facts))
    except (EvaluationFault, Missing):
        return None
