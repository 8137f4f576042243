"""Fixed parts from their definition: everyone in full, or else so far as a sum goes that serves all alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from razpis.engine import money
from razpis.engine.certificate import words
from razpis.engine.certificate.entries import FIXED, Key
from razpis.engine.certificate.in_shares import LEVEL, InShares
from razpis.engine.certificate.turns import Outcome, Pass, Turn, Verdict
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.problems import Text

Given = Sequence[tuple[Turn, Verdict]]


def method(by_points: InShares) -> Callable[[Pass], Outcome]:
    """How fixed parts are given: in proportion to themselves, whatever the rule for the rest."""
    alike = replace(by_points, rule=by_points.rule.model_copy(update={"resharing": True, "value_of_point": None}))

    def judge(pass_: Pass) -> Outcome:
        verdicts = alike(pass_).verdicts
        return Outcome([_named(turn, one) for turn, one in paired(pass_.turns, verdicts)], {})

    return judge


def _named(turn: Turn, verdict: Verdict) -> Verdict:
    if verdict.limited_by == LEVEL and verdict.cents < turn.ask:
        return verdict._replace(limited_by=FIXED)
    return verdict


def unequal(given: Given, after: Mapping[Key, int], unit: int) -> Iterator[Text]:
    """Who got more than its fixed part, or less of it though no sum explains that.

    ``given``: the turns in which fixed parts were given. ``after``: what every sum held once they were.
    """
    short = [(turn, verdict) for turn, verdict in given if turn.cents < turn.ask]
    keys = {key for turn, _ in short for key in turn.sums}
    highest = {key: _highest([one for one in given if key in one[0].sums], after[key], unit) for key in sorted(keys)}
    for turn, verdict in given:
        own = money.divide(turn.cents - verdict.last_cents + unit, max(turn.entry.fixed, 1))
        explained = any(key in highest and _explains(highest[key], own) for key in turn.sums)
        if turn.cents > turn.ask or (turn.cents < turn.ask and not explained):
            yield words.claimed(words.application(turn.id), words.euros(turn.cents), words.euros(turn.ask))


def _highest(members: Given, left: int, unit: int) -> Number | None:
    """The highest share of a fixed part that anybody of a used up sum has, less a unit of rounding; ``None`` where
    the sum is not used up: where rounding cannot have left what is in it."""
    if left >= unit * len(members):
        return None
    shares = (
        money.divide(turn.cents - verdict.last_cents - unit, turn.entry.fixed)
        for turn, verdict in members
        if turn.entry.fixed
    )
    return max(shares, default=None)


def _explains(highest: Number | None, own: Number) -> bool:
    return highest is not None and highest <= own
