"""What scoring gives: every point with the basis it stands on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from razpis.engine.cases import Mark
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number


class InBand(NamedTuple):
    """``value`` fell in the band written at ``band`` of the criterion; -1 in none of them."""

    value: Number
    band: int


class Chosen(NamedTuple):
    """The option (or ``true``/``false``) that was chosen."""

    option: str


class Ticked(NamedTuple):
    """Which items hold, and the sum of their points before the cap."""

    items: tuple[bool, ...]
    sum: Number


class Units(NamedTuple):
    """The value, how many units of it count, and the points before the cap."""

    value: Number
    units: Number
    sum: Number


class Computed(NamedTuple):
    """The expression's value before ``min`` and ``max``."""

    value: Number


class Marked(NamedTuple):
    """Members' marks, recusals among them; ``combined`` is the agreed or the combined value. ``counted``: the
    members whose marks alone count, because their sums are the closest; blank where all do. ``scaled``: the marks
    given, in turn, on the common scale, where there is one."""

    marks: tuple[Mark, ...]
    combined: Number
    agreed: Mark | None
    counted: tuple[str, ...] = ()
    scaled: tuple[Number, ...] = ()


class Related(NamedTuple):
    """The value and what it was set against: the sum, the greatest or the least of all values."""

    value: Number
    reference: Number


class NotReached(NamedTuple):
    """Not scored, because a threshold on ``of`` that comes first was not reached."""

    of: str


class Disagreement(NamedTuple):
    """Marks too far apart: no points until one more member has marked or a value is agreed. ``of``: what the
    members' ``sums`` were made of, where these are what is too far apart."""

    marks: tuple[Mark, ...]
    then: str
    of: str = ""
    sums: tuple[Number, ...] = ()


class TooFewMarks(NamedTuple):
    """Fewer marks than the commission's rule asks for: no points, not zero points."""

    marks: tuple[Mark, ...]
    needed: int


class NotGiven(NamedTuple):
    """A fact the criterion reads was not given; the rulebook says how many points that means."""

    fact: str


class NotKnown(NamedTuple):
    """It reads points of ``of`` (a criterion's or a section's key) that are not known yet."""

    of: str


class NotApplied(NamedTuple):
    """The criterion does not count for this application."""


Basis: TypeAlias = (
    InBand
    | Chosen
    | Ticked
    | Units
    | Computed
    | Related
    | Marked
    | TooFewMarks
    | Disagreement
    | NotGiven
    | NotApplied
    | NotReached
    | NotKnown
)


class CriterionScore(NamedTuple):
    """Points of one criterion after weight and rounding; ``None`` where there are too few marks. ``before``:
    the points before both, where there is either."""

    key: str
    points: Number | None
    basis: Basis
    before: Number | None = None


class SectionScore(NamedTuple):
    """Points of one section after weight and cap; ``sum`` is before both."""

    key: str
    sum: Number
    points: Number


class ConditionResult(NamedTuple):
    """Whether a condition holds; ``missing`` names the fact that was not given."""

    key: str
    met: bool
    missing: str | None


class ThresholdResult(NamedTuple):
    """The points set against the threshold written at ``at``, and whether it is reached."""

    at: int
    points: Number
    met: bool


class AnyOfResult(NamedTuple):
    """Several thresholds of which some suffice, written at ``at``: how many are reached, whether these are enough;
    ``parts``: those that count for the application, by their place among the listed, ``needed`` of them."""

    at: int
    points: int
    met: bool
    parts: tuple[ThresholdResult, ...]
    needed: int


class Standing(StrEnum):
    """What scoring alone says of an application."""

    RANKED = "ranked"
    BELOW_THRESHOLD = "below_threshold"
    NOT_SCORED = "not_scored"
    CONDITION_FAILED = "condition_failed"
    DISMISSED = "dismissed"


class Late(NamedTuple):
    """Submitted after the deadline."""

    submitted_at: datetime.datetime
    deadline: datetime.datetime


class Incomplete(NamedTuple):
    """Required answers that were not given."""

    fields: tuple[str, ...]


Dismissal: TypeAlias = Late | Incomplete


@dataclass(frozen=True, slots=True)
class Score:
    """One application scored. ``total`` is ``None`` where it was not scored to the end; ``facts`` are
    the established facts everything was computed from. ``ranking_total`` differs from ``total`` where a
    criterion has a weight for the ranking alone."""

    id: str
    standing: Standing
    facts: Mapping[str, Value]
    dismissals: tuple[Dismissal, ...] = ()
    conditions: tuple[ConditionResult, ...] = ()
    criteria: tuple[CriterionScore, ...] = ()
    sections: tuple[SectionScore, ...] = ()
    total: Number | None = None
    ranking_total: Number | None = None
    thresholds: tuple[ThresholdResult | AnyOfResult, ...] = ()
