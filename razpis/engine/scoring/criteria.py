"""One function for each kind of criterion: facts or marks in, points and basis out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from razpis.engine import money
from razpis.engine.cases import AGREED, Mark
from razpis.engine.expressions import Missing
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.rulebook import CriterionRule
from razpis.engine.rulebook.criteria import (
    Bands,
    Checklist,
    Choice,
    Criterion,
    FormulaCriterion,
    Marks,
    PerUnit,
    Relative,
)
from razpis.engine.scoring.common_scale import Scales
from razpis.engine.scoring.marks import COMBINE, broken, closest_two, total, worth
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
Score: TypeAlias = Callable[[Facts, tuple[Mark, ...], Relations], CriterionScore]
Finish: TypeAlias = Callable[[Number | None, Basis], CriterionScore]
ByFacts: TypeAlias = Callable[[Facts], CriterionScore]


def scorer(compiled: CriterionRule, minimum_marks: int) -> Score:
    """The function that scores ``compiled``; it raises ``EvaluationFault`` and ``Missing``."""
    score = _scorer(compiled, _finish(compiled.key, compiled.rule), minimum_marks)
    if compiled.applies is None:
        return score
    applies, otherwise = compiled.applies.value, CriterionScore(compiled.key, 0, NotApplied())
    return lambda facts, marks, relations: score(facts, marks, relations) if applies(facts) else otherwise


def _finish(key: str, rule: Criterion) -> Finish:
    """Points and their basis as the criterion's score, after weight and rounding."""
    weight, rounding = rule.weight, rule.round
    if weight == 1 and rounding is None:
        return lambda points, basis: CriterionScore(key, points, basis)

    def finish(points: Number | None, basis: Basis) -> CriterionScore:
        if points is None:
            return CriterionScore(key, None, basis)
        weighted = points * weight
        return CriterionScore(key, money.rounded(weighted, rounding) if rounding else weighted, basis, points)

    return finish


def _scorer(compiled: CriterionRule, finish: Finish, minimum_marks: int) -> Score:
    rule = compiled.rule
    if isinstance(rule, Marks):
        minimum = minimum_marks if rule.minimum_marks is None else rule.minimum_marks
        return _marks(compiled.key, rule, finish, minimum)
    missing = rule.missing
    if isinstance(rule, Relative):
        related = _relative(compiled, finish)

        def score_relative(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> CriterionScore:
            try:
                return related(facts, relations)
            except Missing as fact:
                return _stated(missing, fact, finish)

        return score_relative
    inner = _by_facts(compiled, finish)

    def score(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> CriterionScore:
        try:
            return inner(facts)
        except Missing as fact:
            return _stated(missing, fact, finish)

    return score


def _stated(missing: Number | None, fact: Missing, finish: Finish) -> CriterionScore:
    """The points stated for a missing fact; where none are (the expression asks for it first), the fault."""
    if missing is None:
        raise fact
    return finish(missing, NotGiven(fact.name))


def _by_facts(compiled: CriterionRule, finish: Finish) -> ByFacts:
    if isinstance(compiled.rule, Checklist):
        return _checklist(compiled, finish)
    assert compiled.value is not None
    by_value = {Bands: _bands, Choice: _choice, PerUnit: _per_unit, FormulaCriterion: _formula}[type(compiled.rule)]
    return _remembering(compiled.value.value, by_value(compiled, finish))


def _remembering(read: Callable[[Facts], Value], score: Callable[[Value], CriterionScore]) -> ByFacts:
    """``score`` of the value read, computed once for each value. A fraction is not looked up: to hash one takes
    longer than to score it."""
    known: dict[Value, CriterionScore] = {}

    def remembered(facts: Facts) -> CriterionScore:
        value = read(facts)
        if type(value) is Fraction:
            return score(value)
        found = known.get(value)
        if found is None:
            found = known[value] = score(value)
        return found

    return remembered


def _bands(compiled: CriterionRule, finish: Finish) -> Callable[[Number], CriterionScore]:
    rule, find, ordered = compiled.rule, compiled.find, compiled.ranges
    assert isinstance(rule, Bands) and find is not None
    points = tuple(rule.bands[range_.at].points for range_ in ordered)
    lines = tuple(range_.at for range_ in ordered)

    def score(number: Number) -> CriterionScore:
        index = find(number)
        if index < 0:
            return finish(rule.otherwise, InBand(number, -1))
        return finish(points[index], InBand(number, lines[index]))

    return score


def _choice(compiled: CriterionRule, finish: Finish) -> Callable[[str | bool], CriterionScore]:
    rule = compiled.rule
    assert isinstance(rule, Choice)
    names = {True: "true", False: "false"}

    def score(chosen: str | bool) -> CriterionScore:
        option = names[chosen] if isinstance(chosen, bool) else chosen
        return finish(rule.points.get(option, rule.otherwise), Chosen(option))

    return score


def _checklist(compiled: CriterionRule, finish: Finish) -> ByFacts:
    rule, tests = compiled.rule, tuple(test.value for test in compiled.items)
    assert isinstance(rule, Checklist)
    known: dict[tuple[bool, ...], CriterionScore] = {}

    def score(facts: Facts) -> CriterionScore:
        ticked = tuple([_holds(test, facts) for test in tests])
        if ticked not in known:
            found = sum(item.points for item, holds in paired(rule.items, ticked) if holds)
            known[ticked] = finish(min(found, rule.max), Ticked(ticked, found))
        return known[ticked]

    return score


def _holds(test: Callable[[Facts], Value], facts: Facts) -> bool:
    """Whether an item holds; one whose fact was not given does not (the rulebook says ``missing: 0``)."""
    try:
        return bool(test(facts))
    except Missing:
        return False


def _per_unit(compiled: CriterionRule, finish: Finish) -> Callable[[Number], CriterionScore]:
    rule = compiled.rule
    assert isinstance(rule, PerUnit)
    count = {"exact": money.exact_units, "full": money.full_units, "started": money.started_units}[rule.count]

    def score(number: Number) -> CriterionScore:
        units = max(count(number, rule.unit), 0)
        found = units * rule.points
        return finish(min(found, rule.max), Units(number, units, found))

    return score


def _formula(compiled: CriterionRule, finish: Finish) -> Callable[[Number], CriterionScore]:
    rule = compiled.rule
    assert isinstance(rule, FormulaCriterion)
    least, most = rule.min, rule.max

    def score(found: Number) -> CriterionScore:
        points = found if most is None else min(found, most)
        return finish(points if least is None else max(points, least), Computed(found))

    return score


def _relative(compiled: CriterionRule, finish: Finish) -> Callable[[Facts, Relations], CriterionScore]:
    rule, value, key = compiled.rule, compiled.value, compiled.key
    assert isinstance(rule, Relative) and value is not None

    def score(facts: Facts, relations: Relations) -> CriterionScore:
        number = value.value(facts)
        reference = relations[key, facts["lot"]]
        assert not isinstance(reference, Scales)
        over, under = (reference, number) if rule.to == "lowest" else (number, reference)
        share = money.divide(over, under) if under else int(rule.to == "lowest")
        return finish(min(max(rule.max * share, 0), rule.max), Related(number, reference))

    return score


def _marks(key: str, rule: Marks, finish: Finish, minimum_marks: int) -> Score:
    combine = COMBINE[rule.combine] if rule.combine != "agreed" else None

    def score(facts: Facts, marks: tuple[Mark, ...], relations: Relations) -> CriterionScore:
        given = []
        for mark in marks:
            member, points, _ = mark
            if points is None:
                continue
            if member == AGREED:
                return finish(worth(rule, points), Marked(marks, points, mark))
            given.append(points)
        if len(given) < minimum_marks or combine is None:
            return finish(None, TooFewMarks(marks, minimum_marks))
        chosen = combine
        apart = broken(rule, given)
        if apart is not None:
            if apart.then == "agreed" or len(given) <= max(minimum_marks, 2):
                return finish(None, Disagreement(marks, apart.then))
            chosen = closest_two
        scaled: tuple[Number, ...] = ()
        if rule.common_scale is not None:
            scales = relations.get((key, facts["lot"]))
            if isinstance(scales, Scales):
                given = [scales.of(mark, rule.min, rule.max) for mark in marks if mark.points is not None]
                scaled = tuple(given)
        combined = chosen(given)
        if rule.round_combined is not None:
            combined = money.rounded(combined, rule.round_combined)
        points = worth(rule, combined, len(given) if chosen is total else 1)
        return finish(points, Marked(marks, combined, None, scaled=scaled))

    return score
