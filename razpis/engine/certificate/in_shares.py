"""Proportional sharing: exact fair shares, proved, then rounded as the rulebook says, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.certificate.entries import BUDGET, MONEY, Key, Sum, nearest
from razpis.engine.certificate.last_cents import last_cents
from razpis.engine.certificate.shares import Share, exact_shares, flat_values, overspent
from razpis.engine.certificate.turns import Outcome, Pass, Turn, Verdict
from razpis.engine.money import Number, Rounding
from razpis.engine.pairing import paired
from razpis.engine.rulebook.allocation import Allocation

LEVEL, MINIMUM = "level", "minimum"
Values = dict[str, tuple[Number, Number]]


@dataclass(frozen=True, slots=True)
class InShares:
    """Judges passes of a proportional division; awards are multiples of ``unit`` cents, rounded by ``mode``."""

    rule: Allocation
    sums: Mapping[Key, Sum]
    unit: int
    mode: str

    def __call__(self, pass_: Pass) -> Outcome:
        """A verdict on every turn; the shares are found anew after each that falls below the least award."""
        fallen: set[str] = set()
        while True:
            shares, values = self._shared([turn for turn in pass_.turns if turn.id not in fallen], pass_.left)
            below = self._below(shares)
            if not below:
                break
            fallen |= below
        extra: Mapping[str, int] = {}
        if self.rule.value_of_point is None:
            extra = last_cents(self.rule.last_cent, self.unit, shares, pass_.left)
        verdicts = {one.turn.id: self._verdict(one, extra.get(one.turn.id, 0)) for one in shares}
        outside = {turn.id for turn in pass_.turns if turn.entry.bound == MONEY}
        for id_ in fallen:
            verdicts[id_] = Verdict(0, MONEY if id_ in outside else MINIMUM)
        return Outcome([verdicts[turn.id] for turn in pass_.turns], values)

    def _below(self, shares: Sequence[Share]) -> set[str]:
        """Who falls below the least award next: the lowest, equal ones together, or all. An award is all that an
        application has got by the end of the pass; who falls got nothing before, for that was the least award too."""
        if self.rule.minimum_grant is None:
            return set()
        least = money.to_cents(self.rule.minimum_grant.amount)
        below = [one for one in shares if min(one.exact, one.cents) + one.turn.got < least]
        lowest = min((one.exact for one in below), default=None)
        every = self.rule.minimum_grant.drop == "all"
        return {one.turn.id for one in below if every or one.exact == lowest}

    def _shared(self, turns: Sequence[Turn], left: Mapping[Key, int]) -> tuple[list[Share], Values]:
        """Shares in cents, and by lot its value of a point as used and before rounding."""
        shares = exact_shares(turns, left, self.rule.resharing)
        values = {
            one.turn.lot: (one.level, one.level) for one in shares if one.level and one.by in (one.turn.pot, (BUDGET,))
        }
        if self.rule.value_of_point is not None:
            rounding = self.rule.value_of_point.round
            for lot, exact in ({} if self.rule.resharing else flat_values(turns, left)).items():
                if lot not in values and _held_by_rounding(lot, turns, _rounded(exact, rounding)):
                    values[lot] = exact, exact
            shares, values = _at_values(shares, values, left, rounding)
        stated = [self._in_cents(one, self.mode) for one in shares]
        over = overspent(((one.turn, one.cents) for one in stated), left)
        return [self._within(one, over) for one in stated], values

    def _in_cents(self, one: Share, mode: str) -> Share:
        return one._replace(cents=min(nearest(one.amount, self.unit, mode), one.turn.ask))

    def _within(self, one: Share, over: set[Key]) -> Share:
        """Rounding never breaks a limit: members of a sum that it would overspend are rounded down."""
        if one.by is None or over.isdisjoint(one.turn.sums):
            return one
        lower = self._in_cents(one, "down")
        return lower._replace(rounded_down=lower.cents < one.cents)

    def _verdict(self, one: Share, extra: int) -> Verdict:
        if one.turn.entry.bound == MONEY:
            return Verdict(0, MONEY)
        if one.by is None:
            return Verdict(one.cents, one.turn.entry.bound, proved=one.proved, exact=one.exact)
        name = LEVEL if one.by in (one.turn.pot, (BUDGET,)) else self.sums[one.by].name
        return Verdict(
            one.cents + extra,
            name,
            share=one.amount,
            rounded_down=one.rounded_down,
            last_cents=extra,
            proved=one.proved,
            exact=one.exact,
        )


def _held_by_rounding(lot: str, turns: Sequence[Turn], value: Number) -> bool:
    """Whether somebody in a lot may have more than its weight brings at this value of a point."""
    weights = ((turn.entry.weight, turn.ask) for turn in turns if turn.lot == lot)
    return any(weight > 0 and weight * value < ask for weight, ask in weights)


def _at_values(
    shares: Sequence[Share], values: Values, left: Mapping[Key, int], rounding: Rounding
) -> tuple[list[Share], Values]:
    """Shares at the rounded value of a point. It is rounded down in the lots where a sum would be overspent by
    the rounding stated."""
    stated = [_at_value(one, values, rounding) for one in shares]
    over = overspent(((one.turn, one.amount) for one in stated), left)
    lots = {one.turn.lot for one in shares if not over.isdisjoint(one.turn.sums)}
    lower = Rounding(rounding.places, "down")
    rounded = [
        _at_value(before, values, lower) if before.turn.lot in lots else one for before, one in paired(shares, stated)
    ]
    used = {lot: (_rounded(exact, lower if lot in lots else rounding), exact) for lot, (_, exact) in values.items()}
    return rounded, used


def _at_value(one: Share, values: Values, rounding: Rounding) -> Share:
    """Nobody gets more than its weight at the value that held it, or else at its lot's."""
    exact = one.level if one.by is not None else values.get(one.turn.lot, (None, None))[1]
    if exact is None:
        return one
    level = _rounded(exact, rounding)
    amount = one.turn.entry.weight * level
    if amount >= one.turn.ask and one.turn.entry.weight > 0:
        return one._replace(amount=one.turn.ask, by=None)
    return one._replace(amount=amount, by=one.by or one.turn.pot)


def _rounded(cents: Number, rounding: Rounding) -> Number:
    return money.rounded(money.from_cents(cents), rounding) * 100
