"""Conditions, criteria in sections, and thresholds, as they are written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Setting

from razpis.engine.rulebook.values import Exact, Formula, Key, Part, Percent, RoundingRule, Words


class Condition(Part):
    """A yes/no test that an application must pass before it is scored.

    ``failing: refused`` is a decision on the merits (zavrnitev), ``dismissed`` a formal one (zavrženje).
    """

    text: Words
    test: Formula
    article: Words | None = None
    mendable: bool = False
    failing: Literal["refused", "dismissed"] = "refused"


class Section(Part):
    """Criteria counted together: ``max`` caps their sum, ``weight`` multiplies it."""

    title: Words
    max: Exact | None = None
    weight: Exact = 1


class _Scored(Part):
    """What every criterion has.

    ``applies``: for which applications it counts. ``after``: it is scored only where every threshold on this
    section or criterion is reached. ``ranking_weight``: its weight in the ranking alone, where it differs.
    """

    title: Words
    text: Words | None = None
    article: Words | None = None
    section: Key | None = None
    applies: Formula | None = None
    after: Key | None = None
    weight: Exact = 1
    ranking_weight: Exact | None = None
    round: RoundingRule | None = None


class _Computed(_Scored):
    missing: Exact | None = None


class Band(Part):
    """Points for a range: ``from``/``to`` include their end, ``above``/``below`` do not."""

    from_: Exact | None = Setting(default=None, alias="from")
    above: Exact | None = None
    to: Exact | None = None
    below: Exact | None = None
    points: Exact


class Bands(_Computed):
    """Points by the range a number falls in."""

    kind: Literal["bands"]
    value: Formula
    bands: tuple[Band, ...] = Setting(min_length=1, strict=False)
    otherwise: Exact | None = None
    max: Exact


class Choice(_Computed):
    """Points by the option chosen."""

    kind: Literal["choice"]
    value: Formula
    points: dict[str, Exact] = Setting(min_length=1)
    otherwise: Exact | None = None
    max: Exact


class Item(Part):
    """One line of a checklist."""

    text: Words
    when: Formula
    points: Exact


class Checklist(_Computed):
    """The sum of the points of the items that hold, at most ``max``."""

    kind: Literal["checklist"]
    items: tuple[Item, ...] = Setting(min_length=1, strict=False)
    max: Exact


class PerUnit(_Computed):
    """Points for every unit of a number, at most ``max``."""

    kind: Literal["per_unit"]
    value: Formula
    points: Exact
    unit: Exact = 1
    count: Literal["exact", "full", "started"] = "full"
    max: Exact


class FormulaCriterion(_Computed):
    """Points by an expression, held between ``min`` and ``max`` where these are stated."""

    kind: Literal["formula"]
    points: Formula
    min: Exact | None = None
    max: Exact | None = None


class Relative(_Computed):
    """Points in proportion to the others: ``max`` × value ÷ the sum of all values (``to: sum``) or the greatest
    (``best``), or ``max`` × the least ÷ value (``lowest``). The others are those of the same lot, or of the
    whole call, that fulfil the conditions."""

    kind: Literal["relative"]
    value: Formula
    to: Literal["sum", "best", "lowest"]
    among: Literal["lot", "call"] = "lot"
    max: Exact


class Grade(Part):
    """A named range of marks a member chooses from."""

    text: Words
    from_: Exact = Setting(alias="from")
    to: Exact


class Discrepancy(Part):
    """Marks further apart than ``points``, or than ``percent`` of the higher one, need one more member
    (then the two closest count) or an agreed value. ``bound: at_least``: also where they are exactly so far
    apart. ``unless_below``: not where all of them are below this many points."""

    points: Exact | None = None
    percent: Percent | None = None
    bound: Literal["more_than", "at_least"] = "more_than"
    unless_below: Exact | None = None
    then: Literal["further_member", "agreed"]


class SumDiscrepancy(Discrepancy):
    """The same of each member's sum, over all judged criteria or those of the section ``of``. With one more
    member, those two count in every criterion whose sums are the closest."""

    of: str = "total"


class CommonScale(Part):
    """Members' marks brought to a common scale before they are combined: each member's shifted so that their mean
    is that of all marks (``by: mean``), or also stretched so that they lie as far from it as all marks do
    (``spread``: the mean distance). Over the applications of the same lot, or of the call; a member with fewer
    marks than ``least`` there keeps them as given."""

    by: Literal["mean", "spread"]
    among: Literal["lot", "call"] = "lot"
    least: int = Setting(default=2, ge=2, le=1000)


class Marks(_Scored):
    """Marks of the commission's members, combined.

    ``round_combined``: the combined mark is rounded before its weight. ``lowest_is_best``: a mark m counts
    max + min − m. ``grades``: every mark must fall in one of them. ``combine: agreed``: only an agreed
    value counts. ``common_scale``: marks of strict and lenient members are made comparable first.
    """

    kind: Literal["marks"]
    min: Exact = 0
    max: Exact
    step: Exact | None = 1
    combine: Literal["mean", "median", "trimmed_mean", "sum", "closest_two", "lowest", "highest", "agreed"] = "mean"
    round_combined: RoundingRule | None = None
    lowest_is_best: bool = False
    grades: tuple[Grade, ...] = Setting(default=(), strict=False)
    minimum_marks: int | None = Setting(default=None, ge=1, le=50)
    discrepancy: Discrepancy | None = None
    common_scale: CommonScale | None = None


Criterion = Annotated[
    Bands | Choice | Checklist | PerUnit | FormulaCriterion | Relative | Marks, Setting(discriminator="kind")
]


class ThresholdPart(Part):
    """One of several thresholds of which some suffice."""

    of: str
    at_least: Exact | None = None
    more_than: Exact | None = None


class Threshold(Part):
    """The least points of the total, a section or a criterion: ``at_least`` or ``more_than``; for those for
    whom ``applies`` holds and the section or criterion counts at all. ``any_of``: several of them, of which
    ``needed`` suffice; those that do not count for an application are left out."""

    of: str | None = None
    any_of: tuple[ThresholdPart, ...] = Setting(default=(), strict=False)
    needed: int = Setting(default=1, ge=1, le=50)
    applies: Formula | None = None
    at_least: Exact | None = None
    more_than: Exact | None = None
    article: Words | None = None


class Total(Part):
    """The stated maximum of all points, a factor on the sum (an expression), and how the total is rounded."""

    max: Exact | None = None
    factor: Formula | None = None
    round: RoundingRule | None = None


class Commission(Part):
    """How many marks every judged criterion needs, who may give them, and when their sums are too far apart."""

    minimum_marks: int = Setting(default=1, ge=1, le=50)
    members: tuple[str, ...] = Setting(default=(), strict=False)
    discrepancies: tuple[SumDiscrepancy, ...] = Setting(default=(), strict=False)
