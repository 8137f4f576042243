"""How far an application is: its topics, what is missing, what the rules give it so far and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from razpis.engine.evaluation import Line
from razpis.engine.expressions import EvaluationFault, Expression, Missing
from razpis.engine.expressions.build import Value
from razpis.engine.facts import established
from razpis.engine.money import Number
from razpis.engine.problems import Language, Problems, Text
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Marks, Relative
from razpis.engine.rulebook.fields import NumberField, TableField
from razpis.engine.rulebook.topics import FormTopic
from razpis.engine.scoring import ConditionResult, Score, Standing, criteria
from razpis.engine.scoring.score import NotGiven
from razpis.engine.trace import ConditionTrace
from razpis.engine.wording import Speaker, naming, scores
from razpis.engine.wording import criteria as worded
from razpis.services.applications import sheets
from razpis.services.applications.sheets import Sheet


class TopicState(StrEnum):
    """How far a topic is."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """A topic with its state and what is still missing in it (field, what it is called)."""

    topic: FormTopic
    state: TopicState
    missing: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class CriterionSoFar:
    """A criterion as the answers stand. ``by``: ``rules`` where it is computed, ``commission`` where members mark
    it, ``others`` where it depends on other applications. ``points`` is ``None`` where it cannot be said yet;
    ``lacking``: labels of what is not answered; ``worth``: how many points that may still bring, in words to stand
    after »do«."""

    key: str
    title: str
    by: str
    points: Number | None
    maximum: Number | None
    reason: str
    lacking: tuple[str, ...] = ()
    worth: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the task list shows. ``most``: the most that computed criteria can give, in words to stand after
    »od«, where each states its most; ``problem``: answers that cannot be computed with, in words."""

    topics: tuple[TopicProgress, ...]
    criteria: tuple[CriterionSoFar, ...]
    failing: tuple[ConditionTrace, ...]
    most: str = ""
    problem: str = ""

    @property
    def missing(self) -> list[tuple[str, str, Text]]:
        """What blocks filing: topic, field, what it is called."""
        return [(one.topic.key, field, label) for one in self.topics for field, label in one.missing]

    @property
    def points(self) -> Number:
        """Points of the criteria computed so far."""
        return sum(one.points or 0 for one in self.criteria if one.by == "rules")


def progress(sheet: Sheet, now: datetime.datetime, language: Language) -> Progress:
    """How far the application on ``sheet`` is, at ``now``."""
    speaker, rulebook = Speaker(language), sheet.rulebook
    topics = tuple(_topic(sheet, topic) for topic in rulebook.topics)
    try:
        facts = established(rulebook, sheets.as_case(sheet, now))
    except Problems as problems:
        return Progress(topics, (), (), problem="; ".join(one.text[language] for one in problems.problems))
    found = tuple(_criterion(speaker, rulebook, rule, facts) for rule in rulebook.criteria)
    most = [one.maximum for one in found if one.by == "rules"]
    stated = "" if None in most else speaker.of_points(sum(one or 0 for one in most))
    return Progress(topics, found, tuple(_failing(speaker, sheet, facts, now)), stated)


def failing_by_topic(sheet: Sheet, found: Progress, topic: FormTopic) -> list[ConditionTrace]:
    """The conditions not met that read a field of ``topic``."""
    reads = {rule.key: _fields(sheet.rulebook, [rule.test]) for rule in sheet.rulebook.conditions}
    return [one for one in found.failing if not reads[one.key].isdisjoint(topic.fields)]


def sums(field: TableField, rows: Iterable[Mapping[str, Value]]) -> dict[str, Number]:
    """The sum of every column of amounts, in cents; cells not filled in count nothing."""
    money = [key for key, one in field.columns.items() if isinstance(one, NumberField) and one.type == "euro"]
    given = list(rows)
    return {key: sum((row[key] or 0) * 100 for row in given) for key in money}


def _topic(sheet: Sheet, topic: FormTopic) -> TopicProgress:
    missing = tuple(sheet.missing(topic.fields))
    begun = any(sheet.values.get(key) is not None for key in topic.fields)
    state = TopicState.STARTED if missing else TopicState.COMPLETE
    return TopicProgress(topic, state if begun else TopicState.NOT_STARTED, missing)


def _criterion(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, facts: Mapping[str, Value]
) -> CriterionSoFar:
    rule, most = compiled.rule, worded.maximum(compiled)
    title = speaker.text(rule.title)
    if isinstance(rule, Marks):
        reason = speaker.say("oceni komisija", "the commission marks it")
        return CriterionSoFar(compiled.key, title, "commission", None, most, reason)
    lacking = _lacking(speaker, rulebook, compiled, facts)
    if isinstance(rule, Relative):
        reason = speaker.say("izračuna se v primerjavi z drugimi vlogami", "computed against the other applications")
        return CriterionSoFar(compiled.key, title, "others", None, most, reason, lacking)
    try:
        given = criteria.scorer(compiled, 0)(facts, (), {})
    except Missing as fact:
        blank = lacking or (naming.label(speaker, rulebook, fact.name),)
        return CriterionSoFar(compiled.key, title, "rules", None, most, "", blank, _worth(speaker, most))
    except EvaluationFault as fault:
        return CriterionSoFar(compiled.key, title, "rules", None, most, fault.text[speaker.language], lacking)
    if isinstance(given.basis, NotGiven):
        lacking = lacking or (naming.label(speaker, rulebook, given.basis.fact),)
    trace = worded.trace(speaker, rulebook, compiled, Score("", Standing.NOT_SCORED, facts), given)
    left = most - (given.points or 0) if lacking and most is not None else None
    reason = "" if lacking and not given.points else trace.basis  # »nothing of these« is not yet their answer
    return CriterionSoFar(compiled.key, title, "rules", given.points, most, reason, lacking, _worth(speaker, left))


def _worth(speaker: Speaker, points: Number | None) -> str:
    return speaker.of_points(points) if points else ""


def _lacking(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, facts: Mapping[str, Value]
) -> tuple[str, ...]:
    """Labels of what the criterion reads and nobody answered, in the order of the form."""
    expressions = [one for one in (compiled.value, compiled.applies, *compiled.items) if one is not None]
    read = _fields(rulebook, expressions)
    return tuple(
        speaker.text(field.label)
        for key, field in rulebook.fields.items()
        if key in read and facts[key] is None and field.filled_by == "applicant"
    )


def _fields(rulebook: Rulebook, expressions: Iterable[Expression]) -> set[str]:
    """The fields that expressions read, through derived facts too."""
    derived = {rule.key: rule.value for rule in rulebook.derived}
    read: set[str] = set()
    waiting = [name for expression in expressions for name in expression.reads]
    while waiting:
        name = waiting.pop()
        if name in derived:
            waiting += derived[name].reads
        elif name in rulebook.fields:
            read.add(name)
    return read


def _failing(
    speaker: Speaker, sheet: Sheet, facts: Mapping[str, Value], now: datetime.datetime
) -> list[ConditionTrace]:
    """Conditions that the answers given so far do not meet, with what was found."""
    rulebook = sheet.rulebook
    results = tuple(_met(rule.key, rule.test, facts) for rule in rulebook.conditions)
    score = Score("", Standing.NOT_SCORED, facts, (), results)
    told = scores.conditions(speaker, rulebook, Line(sheets.as_case(sheet, now), score, "not_scored"))
    return [one for one, result in zip(told, results, strict=True) if not result.met and result.missing is None]


def _met(key: str, test: Expression, facts: Mapping[str, Value]) -> ConditionResult:
    try:
        return ConditionResult(key, test.value(facts), None)
    except Missing as fact:
        return ConditionResult(key, False, fact.name)
    except EvaluationFault:
        return ConditionResult(key, False, "")
