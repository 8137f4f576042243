"""One application scored: dismissals, conditions, criteria, sections, total, thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TypeAlias

from razpis.engine.cases import Case, Marks
from razpis.engine.expressions import EvaluationFault, Missing
from razpis.engine.expressions.build import Value
from razpis.engine.facts import ALONE, Siblings, established, no_value
from razpis.engine.pairing import paired
from razpis.engine.problems import Problems, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import criteria
from razpis.engine.scoring.apart import Apart
from razpis.engine.scoring.relations import Relations
from razpis.engine.scoring.score import (
    ConditionResult,
    CriterionScore,
    Dismissal,
    Incomplete,
    Late,
    NotKnown,
    NotReached,
    Score,
    Standing,
)
from razpis.engine.scoring.sums import Sums

_Rule: TypeAlias = tuple[str, bool, str | None, criteria.Score]
"""A criterion's key, whether members mark it, after which threshold it is scored, and how."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An application with its established facts, before its points: formal grounds and conditions."""

    case: Case
    facts: Mapping[str, Value]
    dismissals: tuple[Dismissal, ...]
    conditions: tuple[ConditionResult, ...]
    failing: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        """Whether it goes on to be scored."""
        return not self.dismissals and not self.failing


class Scorer:
    """A rulebook made ready to score many applications. Each is scored by itself; only ``relative``
    criteria read of the others, through the relations handed in."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        minimum = rulebook.file.commission.minimum_marks
        self._criteria: list[_Rule] = [
            (rule.key, rule.rule.kind == "marks", rule.rule.after, criteria.scorer(rule, minimum))
            for rule in rulebook.criteria
        ]
        self._apart = [Apart(rulebook, one) for one in rulebook.file.commission.discrepancies]
        self._sums = Sums(rulebook)
        self._reading = {rule.key: rule.reads_points for rule in rulebook.criteria if rule.reads_points}
        self._required = [key for key, field in rulebook.fields.items() if field.required]
        self._ranks_apart = any(rule.rule.ranking_weight is not None for rule in rulebook.criteria)

    def check(self, case: Case, siblings: Siblings = ALONE) -> Checked:
        """Facts, formal grounds and conditions; raises :class:`Problems`."""
        facts = established(self._rulebook, case, siblings)
        dismissals = tuple(self._dismissals(case, facts))
        if dismissals:
            return Checked(case, facts, dismissals, (), ())
        conditions = tuple(self._conditions(case, facts))
        failing = tuple(
            rule.rule.failing for rule, result in paired(self._rulebook.conditions, conditions) if not result.met
        )
        return Checked(case, facts, dismissals, conditions, failing)

    def score(self, checked: Checked, marks: Marks, relations: Relations) -> Score:
        """The points; raises :class:`Problems` where an expression has no value."""
        id_, facts = checked.case.id, checked.facts
        if checked.dismissals:
            return Score(id_, Standing.DISMISSED, facts, checked.dismissals)
        if checked.failing:
            standing = Standing.DISMISSED if "dismissed" in checked.failing else Standing.CONDITION_FAILED
            return Score(id_, standing, facts, (), checked.conditions)
        scores: list[CriterionScore] = []
        try:
            instead = {key: one for apart in self._apart for key, one in apart.settle(id_, facts, marks).items()}
            rules = self._instead(instead) if instead else self._criteria
            for key, marked, after, score in rules:
                if after is not None and not self._sums.reached(scores, facts, after):
                    scores.append(CriterionScore(key, 0, NotReached(after)))
                else:
                    if key in self._reading:
                        score = self._of_points(key, score, scores)
                    given = marks.get((id_, key), ()) if marked else ()
                    scores.append(score(facts, given, relations))
        except (EvaluationFault, Missing) as fault:
            rule = self._rulebook.criteria[len(scores)]
            shown = rule.value.source if rule.value else rule.key
            raise Problems([no_value(checked.case, rule.rule.title, shown, fault)]) from None
        try:
            return self._summed(checked, tuple(scores))
        except (EvaluationFault, Missing) as fault:
            total = Text("skupaj", "total")
            raise Problems([no_value(checked.case, total, "total, thresholds", fault)]) from None

    def _of_points(self, key: str, score: criteria.Score, scores: Sequence[CriterionScore]) -> criteria.Score:
        """The criterion scored from the points of those before it; without points while theirs are not known."""
        found = self._sums.by_part(scores)
        parts = {part: found[part] for part in self._reading[key]}
        for part, points in parts.items():
            if points is None:
                unknown = CriterionScore(key, None, NotKnown(part))
                return lambda facts, marks, relations: unknown
        named = {f"points_{part}": points for part, points in parts.items()}
        return lambda facts, marks, relations: score({**facts, **named}, marks, relations)

    def _instead(self, instead: Mapping[str, criteria.Score]) -> list[_Rule]:
        """The criteria, some of them scored otherwise for one application."""
        return [(key, marked, after, instead.get(key, score)) for key, marked, after, score in self._criteria]

    def _summed(self, checked: Checked, scores: tuple[CriterionScore, ...]) -> Score:
        id_, facts, conditions = checked.case.id, checked.facts, checked.conditions
        if any(score.points is None for score in scores):
            return Score(id_, Standing.NOT_SCORED, facts, (), conditions, scores)
        sections, total = self._sums.sums(scores, facts)
        ranking = self._sums.ranking_total(scores, facts) if self._ranks_apart else total
        results = self._sums.thresholds(scores, facts, sections, total)
        met = all(result.met for result in results)
        standing = Standing.RANKED if met else Standing.BELOW_THRESHOLD
        return Score(id_, standing, facts, (), conditions, scores, sections, total, ranking, results)

    def _dismissals(self, case: Case, facts: Mapping[str, Value]) -> list[Dismissal]:
        found: list[Dismissal] = []
        deadline = self._rulebook.file.call.deadline
        if (
            deadline is not None
            and case.submitted_at is not None
            and case.submitted_at.astimezone(UTC) > deadline.astimezone(UTC)
        ):
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
