"""Sections, totals and thresholds from the points of single criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from razpis.engine import money
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.scoring.score import CriterionScore, NotApplied, SectionScore, ThresholdResult

Scored = Sequence[tuple[CriterionRule, CriterionScore]]


def sums(rulebook: Rulebook, scored: Scored, facts: Mapping[str, Value]) -> tuple[tuple[SectionScore, ...], Number]:
    """Each section's points, and the total with its rounding."""
    return _sums(rulebook, scored, facts, [score.points or 0 for _, score in scored])


def ranking_total(rulebook: Rulebook, scored: Scored, facts: Mapping[str, Value]) -> Number:
    """The total with the weights that hold for the ranking alone."""
    points = []
    for compiled, score in scored:
        rule, given = compiled.rule, score.points or 0
        if rule.ranking_weight is not None:
            given = (given if score.before is None else score.before) * rule.ranking_weight
            given = money.rounded(given, rule.round) if rule.round else given
        points.append(given)
    return _sums(rulebook, scored, facts, points)[1]


def _sums(
    rulebook: Rulebook, scored: Scored, facts: Mapping[str, Value], points: Iterable[Number]
) -> tuple[tuple[SectionScore, ...], Number]:
    inside: dict[str | None, list[Number]] = {key: [] for key in (None, *rulebook.sections)}
    for (compiled, _), given in zip(scored, points, strict=True):
        inside[compiled.rule.section].append(given)
    sections = []
    for key, section in rulebook.sections.items():
        gathered = money.total(inside[key])
        weighted = gathered * section.weight
        if section.max is not None and weighted > section.max:
            weighted = section.max
        sections.append(SectionScore(key, gathered, weighted))
    total = money.total([*inside[None], *(section.points for section in sections)])
    if rulebook.factor is not None:
        total *= rulebook.factor.value(facts)
    rounding = rulebook.file.total.round
    return tuple(sections), money.rounded(total, rounding) if rounding else total


def thresholds(
    rulebook: Rulebook, scored: Scored, facts: Mapping[str, Value], sections: Iterable[SectionScore], total: Number
) -> tuple[ThresholdResult, ...]:
    """Every threshold that holds for this application, with the points set against it. One on a criterion or
    section that does not count here does not hold. An expression may raise ``EvaluationFault``."""
    points: dict[str, Number] = {"total": total}
    points.update((section.key, section.points) for section in sections)
    points.update((score.key, score.points or 0) for _, score in scored)
    counted = _counted(scored)
    return tuple(
        ThresholdResult(
            rule.at,
            points.get(rule.of, 0),
            points.get(rule.of, 0) > rule.points if rule.strict else points.get(rule.of, 0) >= rule.points,
        )
        for rule in rulebook.thresholds
        if rule.of in counted and (rule.applies is None or rule.applies.value(facts))
    )


def _counted(scored: Scored) -> set[str]:
    """The total, and every criterion and section that counts for this application."""
    counted = {"total"}
    for compiled, score in scored:
        if not isinstance(score.basis, NotApplied):
            counted.update((compiled.key, compiled.rule.section or compiled.key))
    return counted


def reached(rulebook: Rulebook, scored: Scored, facts: Mapping[str, Value], of: str) -> bool:
    """Whether every threshold on a section or criterion is reached by what is scored so far."""
    sections, total = sums(rulebook, scored, facts)
    wanted = {rule.at for rule in rulebook.thresholds if rule.of == of}
    return all(result.met for result in thresholds(rulebook, scored, facts, sections, total) if result.at in wanted)
