"""Ranking, lots, money and how it is divided, as they are written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Setting

from razpis.engine.problems import did_you_mean
from razpis.engine.rulebook.values import Amount, Exact, Formula, Key, Label, Part, Percent, RoundingRule, Words, wrong

_SHORT = ("points", "submitted_at", "line", "draw")


class RankKey(Part):
    """One key of the order: exactly one of the first five says what is compared."""

    points: bool = False
    criterion: Key | None = None
    section: Key | None = None
    expression: Formula | None = None
    submitted_at: bool = False
    line: bool = False
    draw: bool = False
    order: Literal["highest", "lowest"] | None = None
    label: Words | None = None


def _rank_key(value: Any) -> Any:
    if isinstance(value, str) and value not in _SHORT:
        hint, listed = did_you_mean(value, _SHORT), ", ".join(_SHORT)
        raise wrong(
            f"»{value}« ni ključ; na voljo: {listed}, {{criterion: …}}, {{section: …}}, {{expression: …}}{hint.sl}",
            f"'{value}' is no key; allowed: {listed}, {{criterion: …}}, {{section: …}}, {{expression: …}}{hint.en}",
        )
    return {value: True} if value in _SHORT else value


_Written = Literal["points", "submitted_at", "line", "draw"] | RankKey


class Ranking(Part):
    """The keys of the order, first to last, and what happens where all are equal."""

    keys: tuple[Annotated[RankKey, BeforeValidator(_rank_key, json_schema_input_type=_Written)], ...] = Setting(
        default=(RankKey(points=True),), min_length=1, strict=False
    )
    still_tied: Literal["open", "shared"] = "open"


class Limit(Part):
    """A named upper bound: on each application's award, or on the sum of several.

    ``per: applicant``: all applications of one applicant, over all lots; ``per: all``: all of them. Of these,
    ``where`` and ``lots`` choose. A limit on a sum ``shortens`` what is wanted, or is an ``edge`` where the
    edge rule of the fill decides.
    """

    amount: Formula
    per: Literal["application", "applicant", "all"] = "application"
    where: Formula | None = None
    lots: tuple[Label, ...] = Setting(default=(), strict=False)
    binds: Literal["shortens", "edge"] = "shortens"
    title: Words | None = None
    article: Words | None = None


class SetAside(Part):
    """Money kept for those for whom ``where`` holds, filled before the rest: an ``amount``, or a ``percent`` of
    the lots it is taken from (all, where none is named). What they do not use is open to all, or ``stays``."""

    where: Formula
    amount: Amount | None = None
    percent: Percent | None = None
    lots: tuple[Label, ...] = Setting(default=(), strict=False)
    unused: Literal["open", "stays"] = "open"
    title: Words | None = None


class MinimumGrant(Part):
    """The least award of a proportional fill: the ``lowest`` group below it gets nothing and the fill is
    repeated until none is below; ``all``: all below it at once."""

    amount: Amount
    drop: Literal["lowest", "all"] = "lowest"


class ValueOfPoint(Part):
    """The published value of a point: rounded before awards are computed."""

    round: RoundingRule


class MoneyThreshold(Part):
    """The least points to take part in the division, found from the money of the lot: the total at which all who
    reach it want together ``at_most`` so many times that money (the lowest such total), ``at_least`` so many times
    (the highest), or ``nearest`` to so many times; the last also beside ``at_least``."""

    at_most: Exact | None = None
    at_least: Exact | None = None
    nearest: Exact | None = None
    article: Words | None = None


class Allocation(Part):
    """How the money of a lot is divided. ``most_winners``: only so many of a lot, the first in its order, take
    part; a shared place that would exceed them stays out whole. ``fixed_part``: what everyone gets before the rest
    is shared by weight."""

    fill: Literal["rank", "proportional"] = "rank"
    request: Key
    entitlement: Formula | None = None
    limits: dict[Key, Limit] = Setting(default_factory=dict)
    set_asides: dict[Key, SetAside] = Setting(default_factory=dict)
    leftovers: Literal["stay", "second_pass"] = "stay"
    reserve_list: bool = False
    edge: Literal["part", "skip", "stop"] = "part"
    most_winners: int | None = Setting(default=None, ge=1, le=100_000)
    money_threshold: MoneyThreshold | None = None
    minimum_useful: Amount = 0
    fixed_part: Formula | None = None
    weight: Formula = "points"
    resharing: bool = True
    value_of_point: ValueOfPoint | None = None
    minimum_grant: MinimumGrant | None = None
    round: RoundingRule | None = None
    last_cent: Literal["nobody", "largest_remainder", "first_in_rank", "last_in_rank", "largest_award"] = "nobody"
    article: Words | None = None


class Lot(Part):
    """A part of the call with its own order and its own money: an ``amount``, or a ``line`` of the budget.

    ``fill``, ``edge`` and ``most_winners`` may differ from the call's. ``leftover_to``: the lot that gets what this
    one does not use.
    """

    title: Words | None = None
    amount: Amount | None = None
    line: Key | None = None
    leftover_to: Label | None = None
    fill: Literal["rank", "proportional"] | None = None
    edge: Literal["part", "skip", "stop"] | None = None
    most_winners: int | None = Setting(default=None, ge=1, le=100_000)


Lots = dict[Label, Lot]
