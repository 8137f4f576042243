"""One function for each kind of criterion: facts or marks in, points and basis out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from razpis.engine import money
from razpis.engine.cases import AGREED, Mark
from razpis.engine.expressions import Expression, Missing
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule
from razpis.engine.rulebook.criteria import Bands, Checklist, Choice, FormulaCriterion, Marks, PerUnit, Relative
from razpis.engine.scoring.marks import COMBINE, closest_two, too_far_apart
from razpis.engine.scoring.relations import Relations
from razpis.engine.scoring.score import (
    Basis,
    Chosen,
    Computed,
    CriterionScore,
    Disagreement,
    InBand,
    Marked,
    NotApplied,
    NotGiven,
    Related,
    Ticked,
    TooFewMarks,
    Units,
)

Facts: TypeAlias = Mapping[str, Value]
Raw: TypeAlias = tuple[Number | None, Basis]
Score: TypeAlias = Callable[[Facts, tuple[Mark, ...], Relations], CriterionScore]


def scorer(compiled: CriterionRule, minimum_marks: int) -> Score:
    """The function that scores ``compiled``; it raises ``EvaluationFault`` and ``Missing``."""
    rule, key = compiled.rule, compiled.key
    raw = _raw(compiled, minimum_marks)
    weight, rounding, applies = rule.weight, rule.round, compiled.applies
    plain = weight == 1 and rounding is None

    if plain and applies is None:
        return lambda facts, marks, relations: CriterionScore(key, *raw(facts, marks, relations))

    def score(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> CriterionScore:
        if applies is not None and not applies.value(facts):
            return CriterionScore(key, 0, NotApplied())
        points, basis = raw(facts, marks, relations)
        if plain or points is None:
            return CriterionScore(key, points, basis)
        weighted = points * weight
        return CriterionScore(key, money.rounded(weighted, rounding) if rounding else weighted, basis, points)

    return score


def _raw(compiled: CriterionRule, minimum_marks: int) -> Callable[[Facts, tuple[Mark, ...], Relations], Raw]:
    rule = compiled.rule
    if isinstance(rule, Marks):
        marked = _marks(rule, minimum_marks if rule.minimum_marks is None else rule.minimum_marks)
        return lambda facts, marks, relations: marked(marks)
    missing = rule.missing
    if isinstance(rule, Relative):
        related = _relative(compiled)

        def raw_relative(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> Raw:
            try:
                return related(facts, relations)
            except Missing as fact:
                return _stated(missing, fact)

        return raw_relative
    inner = {
        Bands: _bands,
        Choice: _choice,
        Checklist: _checklist,
        PerUnit: _per_unit,
        FormulaCriterion: _formula,
    }[type(rule)](compiled)

    def raw(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> Raw:
        try:
            return inner(facts)
        except Missing as fact:
            return _stated(missing, fact)

    return raw


def _stated(missing: Number | None, fact: Missing) -> Raw:
    """The points stated for a missing fact; where none are (the expression asks for it first), the fault."""
    if missing is None:
        raise fact
    return missing, NotGiven(fact.name)


def _bands(compiled: CriterionRule) -> Callable[[Facts], Raw]:
    rule, value, find, ordered = compiled.rule, compiled.value, compiled.find, compiled.ranges
    assert isinstance(rule, Bands) and value is not None and find is not None
    points = tuple(rule.bands[range_.at].points for range_ in ordered)
    lines = tuple(range_.at for range_ in ordered)
    read, otherwise = value.value, rule.otherwise

    def raw(facts: Facts) -> Raw:
        number = read(facts)
        index = find(number)
        if index < 0:
            return otherwise, InBand(number, -1)
        return points[index], InBand(number, lines[index])

    return raw


def _choice(compiled: CriterionRule) -> Callable[[Facts], Raw]:
    rule, value = compiled.rule, compiled.value
    assert isinstance(rule, Choice) and value is not None
    read, points, otherwise = value.value, rule.points, rule.otherwise
    names = {True: "true", False: "false"}

    def raw(facts: Facts) -> Raw:
        chosen = read(facts)
        option = names[chosen] if isinstance(chosen, bool) else chosen
        return points.get(option, otherwise), Chosen(option)

    return raw


def _checklist(compiled: CriterionRule) -> Callable[[Facts], Raw]:
    rule, tests = compiled.rule, compiled.items
    assert isinstance(rule, Checklist)

    def raw(facts: Facts) -> Raw:
        ticked = tuple(_holds(test, facts) for test in tests)
        found = sum(item.points for item, holds in zip(rule.items, ticked, strict=True) if holds)
        return min(found, rule.max), Ticked(ticked, found)

    return raw


def _holds(test: Expression, facts: Facts) -> bool:
    """Whether an item holds; one whose fact was not given does not (the rulebook says ``missing: 0``)."""
    try:
        return bool(test.value(facts))
    except Missing:
        return False


def _per_unit(compiled: CriterionRule) -> Callable[[Facts], Raw]:
    rule, value = compiled.rule, compiled.value
    assert isinstance(rule, PerUnit) and value is not None
    count = {"exact": money.exact_units, "full": money.full_units, "started": money.started_units}[rule.count]

    def raw(facts: Facts) -> Raw:
        number = value.value(facts)
        units = max(count(number, rule.unit), 0)
        found = units * rule.points
        return min(found, rule.max), Units(number, units, found)

    return raw


def _formula(compiled: CriterionRule) -> Callable[[Facts], Raw]:
    rule, value = compiled.rule, compiled.value
    assert isinstance(rule, FormulaCriterion) and value is not None
    read, least, most = value.value, rule.min, rule.max

    def raw(facts: Facts) -> Raw:
        found = points = read(facts)
        if most is not None and points > most:
            points = most
        if least is not None and points < least:
            points = least
        return points, Computed(found)

    return raw


def _relative(compiled: CriterionRule) -> Callable[[Facts, Relations], Raw]:
    rule, value, key = compiled.rule, compiled.value, compiled.key
    assert isinstance(rule, Relative) and value is not None

    def raw(facts: Facts, relations: Relations) -> Raw:
        number = value.value(facts)
        reference = relations.get((key, facts["lot"]), 0)
        over, under = (reference, number) if rule.to == "lowest" else (number, reference)
        share = money.divide(over, under) if under else int(rule.to == "lowest")
        return min(max(rule.max * share, 0), rule.max), Related(number, reference)

    return raw


def _marks(rule: Marks, minimum_marks: int) -> Callable[[tuple[Mark, ...]], Raw]:
    combine = COMBINE[rule.combine] if rule.combine != "agreed" else None
    apart = rule.discrepancy

    turned = rule.max + rule.min if rule.lowest_is_best else None

    def points_of(mark: Number) -> Number:
        return mark if turned is None else turned - mark

    def raw(marks: tuple[Mark, ...]) -> Raw:
        given = []
        for mark in marks:
            if mark.points is None:
                continue
            if mark.member == AGREED:
                return points_of(mark.points), Marked(marks, mark.points, mark)
            given.append(mark.points)
        if len(given) < minimum_marks or combine is None:
            return None, TooFewMarks(marks, minimum_marks)
        chosen = combine
        if apart is not None and too_far_apart(apart, given):
            if apart.then == "agreed" or len(given) == minimum_marks:
                return None, Disagreement(marks, apart.then)
            chosen = closest_two
        combined = chosen(given)
        if rule.round_combined is not None:
            combined = money.rounded(combined, rule.round_combined)
        return points_of(combined), Marked(marks, combined, None)

    return raw
