"""Sections, totals and thresholds from the points of single criteria."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from razpis.engine import money
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import ThresholdRule
from razpis.engine.scoring.score import AnyOfResult, CriterionScore, NotApplied, SectionScore, ThresholdResult

Scores = Sequence[CriterionScore]
"""Of the criteria in the rulebook's order; of the first of them while an application is being scored."""


class Sums:
    """A rulebook made ready to sum up many applications."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._rules = tuple(one.rule for one in rulebook.criteria)
        self._any_of = any(rule.any_of for rule in rulebook.thresholds)
        self._loose = tuple(at for at, rule in enumerate(self._rules) if rule.section is None)
        self._inside = {
            key: tuple(at for at, rule in enumerate(self._rules) if rule.section == key) for key in rulebook.sections
        }

    def sums(self, scores: Scores, facts: Mapping[str, Value]) -> tuple[tuple[SectionScore, ...], Number]:
        """Each section's points, and the total with its rounding."""
        return self._sums([score.points or 0 for score in scores], facts)

    def ranking_total(self, scores: Scores, facts: Mapping[str, Value]) -> Number:
        """The total with the weights that hold for the ranking alone."""
        points = []
        for rule, score in paired(self._rules, scores):
            given = score.points or 0
            if rule.ranking_weight is not None:
                given = (given if score.before is None else score.before) * rule.ranking_weight
                given = money.rounded(given, rule.round) if rule.round else given
            points.append(given)
        return self._sums(points, facts)[1]

    def by_part(self, scores: Scores) -> dict[str, Number | None]:
        """The points of every criterion scored so far, and of every section; ``None`` where they are not known."""
        found: dict[str, Number | None] = {score.key: score.points for score in scores}
        for section in self._sections([score.points or 0 for score in scores]):
            inside = [scores[at].points for at in self._inside[section.key] if at < len(scores)]
            found[section.key] = None if None in inside else section.points
        return found

    def _sums(self, points: list[Number], facts: Mapping[str, Value]) -> tuple[tuple[SectionScore, ...], Number]:
        sections = self._sections(points)
        if sections:
            points = [*(points[at] for at in self._loose), *(section.points for section in sections)]
        total = money.total(points)
        if self._rulebook.factor is not None:
            total *= self._rulebook.factor.value(facts)
        rounding = self._rulebook.file.total.round
        return tuple(sections), money.rounded(total, rounding) if rounding else total

    def _sections(self, points: list[Number]) -> list[SectionScore]:
        """Each section's points; ``points`` is filled up with none for what is not scored yet."""
        points += [0] * (len(self._rules) - len(points))
        sections = []
        for key, section in self._rulebook.sections.items():
            gathered = money.total([points[at] for at in self._inside[key]])
            weighted = gathered * section.weight
            counted = weighted if section.max is None else min(weighted, section.max)
            sections.append(SectionScore(key, gathered, counted))
        return sections

    def thresholds(
        self, scores: Scores, facts: Mapping[str, Value], sections: Iterable[SectionScore], total: Number
    ) -> tuple[ThresholdResult | AnyOfResult, ...]:
        """Every threshold that holds for this application, with the points set against it. One on a criterion or
        section that does not count here does not hold. An expression may raise ``EvaluationFault``."""
        if not self._rulebook.thresholds:
            return ()
        points: dict[str, Number] = {"total": total}
        points.update((section.key, section.points) for section in sections)
        points.update((score.key, score.points or 0) for score in scores)
        counted = self._counted(scores)
        if self._any_of:
            return tuple(
                result
                for rule in self._rulebook.thresholds
                if rule.applies is None or rule.applies.value(facts)
                for result in _result(rule, points, counted)
            )
        return tuple(
            ThresholdResult(
                rule.at,
                points[rule.of],
                points[rule.of] > rule.points if rule.strict else points[rule.of] >= rule.points,
            )
            for rule in self._rulebook.thresholds
            if rule.of in counted and (rule.applies is None or rule.applies.value(facts))
        )

    def _counted(self, scores: Scores) -> set[str]:
        """The total, and every criterion and section that counts for this application."""
        counted = {"total"}
        for rule, score in zip(self._rules, scores, strict=False):
            if not isinstance(score.basis, NotApplied):
                counted.update((score.key, rule.section or score.key))
        return counted

    def reached(self, scores: Scores, facts: Mapping[str, Value], of: str) -> bool:
        """Whether every threshold on a section or criterion is reached by what is scored so far."""
        sections, total = self.sums(scores, facts)
        wanted = {rule.at for rule in self._rulebook.thresholds if rule.of == of}
        return all(result.met for result in self.thresholds(scores, facts, sections, total) if result.at in wanted)


def _result(
    rule: ThresholdRule, points: Mapping[str, Number], counted: Container[str]
) -> Iterator[ThresholdResult | AnyOfResult]:
    """The result of a threshold that holds; nothing where none of its parts counts. Where fewer count than are
    needed, all of them are."""
    parts = tuple(
        ThresholdResult(part.at, points[part.of], part.reached_by(points[part.of]))
        for part in rule.parts
        if part.of in counted
    )
    if rule.any_of and parts:
        reached, needed = sum(part.met for part in parts), min(rule.needed, len(parts))
        yield AnyOfResult(rule.at, reached, reached >= needed, parts, needed)
    else:
        yield from parts
