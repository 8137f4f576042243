"""A worked sentence for a criterion: invented answers scored by the real scorer, worded as in a decision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from razpis.engine import money
from razpis.engine.cases import AGREED, Mark
from razpis.engine.expressions import EvaluationFault, Missing, syntax
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Bands, Choice, Marks, PerUnit, Relative
from razpis.engine.rulebook.fields import ChoiceField, ChoicesField, DateField, Field, TableField, YesNoField
from razpis.engine.rulebook.groups import groups
from razpis.engine.scoring import Score, Standing
from razpis.engine.scoring.criteria import scorer
from razpis.engine.wording import criteria
from razpis.engine.wording.speaker import Speaker

_TYPICAL = {"euro": 1000, "percent": 20}


def worked(speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule) -> str:
    """The sentence; nothing where no answers can be invented that make sense."""
    group = next((one for one in groups(rulebook) if one.applies[compiled.key] is True), None)
    if group is None or compiled.reads_points:
        return ""
    facts = {**_facts(rulebook, compiled), **group.facts}
    try:
        for rule in rulebook.derived:
            facts[rule.key] = _derived(rule.value.value, facts)
        given = scorer(compiled, rulebook.file.commission.minimum_marks)(
            facts, _marks(rulebook, compiled), _relations(compiled, facts)
        )
    except (EvaluationFault, Missing):
        return ""
    if given.points is None:
        return ""
    score = Score("", Standing.RANKED, facts)
    return criteria.trace(speaker, rulebook, compiled, score, given).sentence


def _derived(value: Any, facts: Mapping[str, Any]) -> Any:
    try:
        return value(facts)
    except Missing:
        return None


def _facts(rulebook: Rulebook, compiled: CriterionRule) -> dict[str, Any]:
    call = rulebook.file.call
    divisors = _divisors(rulebook, compiled)
    facts = {key: _answer(field, call.year, key in divisors) for key, field in rulebook.fields.items()}
    facts.update(
        lot=next(iter(rulebook.file.lots), ""),
        applicant=None,
        submitted_at=None,
        call_year=call.year,
        call_deadline=call.deadline.date() if call.deadline else None,
        applicant_applications=1,
        applicant_number=1,
    )
    rule, telling = compiled.rule, _telling(compiled)
    if telling is not None and isinstance(rule, Bands | PerUnit) and rule.value in rulebook.fields:
        facts[rule.value] = _within(rulebook.fields[rule.value], telling)
    if isinstance(rule, Choice) and rule.value in rulebook.fields:
        best = max(rule.points, key=rule.points.__getitem__)
        facts[rule.value] = best == "true" if best in ("true", "false") else best
    return facts


def _answer(field: Field, year: int, divisor: bool) -> Any:
    """An answer nobody would wonder about; what others are divided by is the greater one."""
    if isinstance(field, TableField):
        return None
    if isinstance(field, YesNoField):
        return True
    if isinstance(field, DateField):
        return datetime.date(year - 10, 1, 1)
    if isinstance(field, ChoiceField):
        return next(iter(field.options))
    if isinstance(field, ChoicesField):
        return tuple(field.options)[:2]
    if field.type in ("text", "attachment"):
        return "…"
    return _within(field, _TYPICAL.get(field.type, 10) * (10 if divisor else 1))


def _within(field: Field, value: Number) -> Number:
    least, most = getattr(field, "min", None), getattr(field, "max", None)
    value = value if least is None else max(value, least)
    return value if most is None else min(value, most)


def _divisors(rulebook: Rulebook, compiled: CriterionRule) -> set[str]:
    """The names others are divided by."""
    sources = [rule.value.source for rule in rulebook.derived]
    sources += [compiled.value.source] if compiled.value else []
    found: set[str] = set()
    pending = [syntax.parse(source) for source in sources]
    while pending:
        node = pending.pop()
        if isinstance(node, syntax.Binary):
            pending += [node.left, node.right]
            if node.sign == "/" and isinstance(node.right, syntax.Name):
                found.add(node.right.name)
        if isinstance(node, syntax.Group):
            pending.append(node.inner)
    return found


def _telling(compiled: CriterionRule) -> Number | None:
    """A number that shows how the points come about: inside the middle band, or two units and a bit."""
    rule = compiled.rule
    if isinstance(rule, Bands):
        middle = compiled.ranges[len(compiled.ranges) // 2]
        low, high = middle.low, middle.high
        if low is None or high is None:
            return low if low is not None and middle.low_closed else high
        return money.ceil(low) if low == high else money.floor(money.divide(low + high, 2))
    if isinstance(rule, PerUnit):
        extra = {"exact": 0, "full": 1, "started": -1}[rule.count] if rule.unit > 1 else 0
        return 2 * rule.unit + extra
    return None


def _marks(rulebook: Rulebook, compiled: CriterionRule) -> tuple[Mark, ...]:
    """Three marks about four fifths up the scale, or one that was agreed."""
    rule = compiled.rule
    if not isinstance(rule, Marks):
        return ()
    step = rule.step or 1
    steps = money.floor(money.divide(rule.max - rule.min, step))
    middle = max(steps * 4 // 5, 1)
    if rule.combine == "agreed":
        return (Mark(AGREED, rule.min + middle * step, ""),)
    needed = rule.minimum_marks or rulebook.file.commission.minimum_marks
    chosen = [middle, max(middle - 1, 0), min(middle + 2, steps), *[middle] * max(needed - 3, 0)]
    return tuple(Mark(str(at), rule.min + one * step, "") for at, one in enumerate(chosen))


def _relations(compiled: CriterionRule, facts: Mapping[str, Any]) -> dict[tuple[str, str], Number]:
    """All values together are four times this one; the best is twice as good."""
    rule = compiled.rule
    if not isinstance(rule, Relative) or compiled.value is None:
        return {}
    mine = compiled.value.value(facts)
    reference = {"sum": mine * 4, "best": mine * 2, "lowest": money.divide(mine, 2)}[rule.to]
    return {(compiled.key, facts["lot"]): reference}
