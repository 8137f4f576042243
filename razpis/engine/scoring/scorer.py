"""One application scored: dismissals, conditions, criteria, sections, total, thresholds."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.engine import money
from razpis.engine.cases import Case, Marks
from razpis.engine.expressions import EvaluationFault, Missing
from razpis.engine.expressions.build import Value
from razpis.engine.facts import established, no_value
from razpis.engine.money import Number
from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import criteria
from razpis.engine.scoring.score import (
    ConditionResult,
    CriterionScore,
    Dismissal,
    Incomplete,
    Late,
    Score,
    SectionScore,
    Standing,
    ThresholdResult,
)


class Scorer:
    """A rulebook made ready to score many applications; each is scored by itself alone."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        minimum = rulebook.file.commission.minimum_marks
        self._criteria = [(rule, criteria.scorer(rule, minimum)) for rule in rulebook.criteria]
        self._required = [key for key, field in rulebook.fields.items() if field.required]

    def score(self, case: Case, marks: Marks) -> Score:
        """``case`` scored; raises :class:`Problems` where an expression has no value."""
        facts = established(self._rulebook, case)
        dismissals = tuple(self._dismissals(case, facts))
        if dismissals:
            return Score(case.id, Standing.DISMISSED, facts, dismissals)
        conditions = tuple(self._conditions(case, facts))
        failed = [
            rule.rule.failing
            for rule, result in zip(self._rulebook.conditions, conditions, strict=True)
            if not result.met
        ]
        if failed:
            standing = Standing.DISMISSED if "dismissed" in failed else Standing.CONDITION_FAILED
            return Score(case.id, standing, facts, (), conditions)
        return self._scored(case, facts, conditions, marks)

    def _dismissals(self, case: Case, facts: Mapping[str, Value]) -> list[Dismissal]:
        found: list[Dismissal] = []
        deadline = self._rulebook.file.call.deadline
        if deadline is not None and case.submitted_at is not None and case.submitted_at > deadline:
            found.append(Late(case.submitted_at, deadline))
        blank = tuple(key for key in self._required if facts[key] is None)
        if blank:
            found.append(Incomplete(blank))
        return found

    def _conditions(self, case: Case, facts: Mapping[str, Value]) -> list[ConditionResult]:
        """Every condition, also after one has failed: the decision names every reason."""
        results = []
        for condition in self._rulebook.conditions:
            try:
                results.append(ConditionResult(condition.key, condition.test.value(facts), None))
            except Missing as fact:
                results.append(ConditionResult(condition.key, False, fact.name))
            except EvaluationFault as fault:
                source = condition.test.source
                raise Problems([no_value(case, condition.rule.text, source, fault)]) from None
        return results

    def _scored(
        self, case: Case, facts: Mapping[str, Value], conditions: tuple[ConditionResult, ...], marks: Marks
    ) -> Score:
        scores = []
        for rule, score in self._criteria:
            try:
                scores.append(score(facts, marks.get((case.id, rule.key), ())))
            except EvaluationFault as fault:
                shown = rule.value.source if rule.value else rule.key
                raise Problems([no_value(case, rule.rule.title, shown, fault)]) from None
        if any(score.points is None for score in scores):
            return Score(case.id, Standing.NOT_SCORED, facts, (), conditions, tuple(scores))
        sections, total = self._sums(scores)
        thresholds = tuple(self._thresholds(scores, sections, total))
        standing = Standing.RANKED if all(result.met for result in thresholds) else Standing.BELOW_THRESHOLD
        return Score(case.id, standing, facts, (), conditions, tuple(scores), sections, total, thresholds)

    def _sums(self, scores: list[CriterionScore]) -> tuple[tuple[SectionScore, ...], Number]:
        sums: dict[str, Number] = dict.fromkeys(self._rulebook.sections, 0)
        total: Number = 0
        for (rule, _), score in zip(self._criteria, scores, strict=True):
            points = score.points or 0
            if rule.rule.section is None:
                total += points
            else:
                sums[rule.rule.section] += points
        sections = []
        for key, section in self._rulebook.sections.items():
            points = sums[key] * section.weight
            if section.max is not None and points > section.max:
                points = section.max
            sections.append(SectionScore(key, sums[key], points))
            total += points
        rounding = self._rulebook.file.total.round
        return tuple(sections), money.rounded(total, rounding) if rounding else total

    def _thresholds(
        self, scores: list[CriterionScore], sections: tuple[SectionScore, ...], total: Number
    ) -> list[ThresholdResult]:
        points: dict[str, Number] = {"total": total}
        points.update((section.key, section.points) for section in sections)
        points.update((score.key, score.points or 0) for score in scores)
        return [
            ThresholdResult(
                rule.index,
                points[rule.of],
                points[rule.of] > rule.points if rule.strict else points[rule.of] >= rule.points,
            )
            for rule in self._rulebook.thresholds
        ]
