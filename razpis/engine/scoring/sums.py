"""Sections, totals and thresholds from the points of single criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.scoring.score import CriterionScore, SectionScore, ThresholdResult

Scored = Sequence[tuple[CriterionRule, CriterionScore]]


def sums(rulebook: Rulebook, scored: Scored) -> tuple[tuple[SectionScore, ...], Number]:
    """Each section's points, and the total with its rounding."""
    return _sums(rulebook, scored, [score.points or 0 for _, score in scored])


def ranking_total(rulebook: Rulebook, scored: Scored) -> Number:
    """The total with the weights that hold for the ranking alone."""
    points = []
    for compiled, score in scored:
        stated, given = compiled.rule.ranking_weight, score.points or 0
        points.append(given if stated is None else money.divide(given * stated, compiled.rule.weight or 1))
    return _sums(rulebook, scored, points)[1]


def _sums(rulebook: Rulebook, scored: Scored, points: Iterable[Number]) -> tuple[tuple[SectionScore, ...], Number]:
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
    rounding = rulebook.file.total.round
    return tuple(sections), money.rounded(total, rounding) if rounding else total


def thresholds(
    rulebook: Rulebook, scored: Scored, sections: Iterable[SectionScore], total: Number
) -> tuple[ThresholdResult, ...]:
    """Every threshold with the points set against it."""
    points: dict[str, Number] = {"total": total}
    points.update((section.key, section.points) for section in sections)
    points.update((score.key, score.points or 0) for _, score in scored)
    return tuple(
        ThresholdResult(
            rule.at,
            points.get(rule.of, 0),
            points.get(rule.of, 0) > rule.points if rule.strict else points.get(rule.of, 0) >= rule.points,
        )
        for rule in rulebook.thresholds
    )


def reached(rulebook: Rulebook, scored: Scored, of: str) -> bool:
    """Whether every threshold on a section or criterion is reached by what is scored so far."""
    sections, total = sums(rulebook, scored)
    results = thresholds(rulebook, scored, sections, total)
    return all(result.met for rule, result in zip(rulebook.thresholds, results, strict=True) if rule.of == of)
