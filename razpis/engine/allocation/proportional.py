"""Proportional fill: one value of a point for all, held down by each application's own limits.

With re-sharing the value rises until a limit binds, freezes that application, and goes on with the rest:
weighted max-min fairness by progressive filling (Bertsekas and Gallager, Data Networks, 1992, 6.5.2).
Without it the value is the pot divided by the sum of weights, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from razpis.engine import money
from razpis.engine.allocation.award import LEVEL, Award, LotAllocation, Wish
from razpis.engine.allocation.wishes import to_units
from razpis.engine.money import Number, Rounding


@dataclass(frozen=True, slots=True)
class Terms:
    """How a proportional fill is done: re-sharing, rounding of the value of a point and of awards (``unit``
    in cents), and who takes the last cent."""

    resharing: bool
    value_rounding: Rounding | None
    unit: int
    mode: str
    last_cent: str


def fill(lot: str, key: str, amount: int, wishes: Sequence[Wish], terms: Terms) -> LotAllocation:
    """The lot divided in proportion to weights; ``key`` names the lot's own limit."""
    exact = level(amount, wishes) if terms.resharing else flat_level(amount, wishes)
    value = exact
    if exact is not None and terms.value_rounding is not None:
        value = _rounded_value(amount, wishes, exact, terms.value_rounding)
    awards = [_award(wish, value, terms, terms.mode) for wish in wishes]
    if sum(award.cents for award in awards) > amount:
        awards = [_rounded_down(award, value, terms) for award in awards]
    left = amount - sum(award.cents for award in awards)
    if value is not None and terms.value_rounding is None:
        awards = _last_cents(awards, terms)
        left = amount - sum(award.cents for award in awards)
    return LotAllocation(lot, amount, tuple(awards), left, value, exact)


def level(amount: int, wishes: Sequence[Wish]) -> Number | None:
    """Cents for one unit of weight at which the pot is just spent; ``None`` where everyone can be full."""
    if sum(wish.want for wish in wishes) <= amount:
        return None
    weighted = [wish for wish in wishes if wish.weight > 0]
    left, weights = Fraction(amount), Fraction(sum(wish.weight for wish in weighted))
    for wish in sorted(weighted, key=lambda one: Fraction(one.want) / one.weight):
        if wish.want * weights > left * wish.weight:
            break
        left -= wish.want
        weights -= wish.weight
    return money.exact(left / weights) if weights else None


def flat_level(amount: int, wishes: Sequence[Wish]) -> Number | None:
    """The pot divided by the sum of all weights."""
    weights = sum(wish.weight for wish in wishes)
    return money.divide(amount, weights) if weights else None


def _rounded_value(amount: int, wishes: Sequence[Wish], exact: Number, rule: Rounding) -> Number:
    """The published value of a point; rounded down where rounding up would overspend the pot."""
    value = money.rounded(money.from_cents(exact), rule) * 100
    if value > exact and sum(min(wish.want, wish.weight * value) for wish in wishes) > amount:
        value = money.rounded(money.from_cents(exact), Rounding(rule.places, "down")) * 100
    return value


def _award(wish: Wish, value: Number | None, terms: Terms, mode: str) -> Award:
    if value is None:
        return Award(wish.id, wish.want if wish.weight > 0 else 0, wish.bound if wish.weight > 0 else LEVEL, wish)
    share = wish.weight * value
    if wish.want <= share:
        return Award(wish.id, wish.want, wish.bound, wish, share=share)
    cents = min(to_units(share, terms.unit, mode), wish.want)
    return Award(wish.id, cents, LEVEL, wish, share=share)


def _rounded_down(award: Award, value: Number | None, terms: Terms) -> Award:
    lower = _award(award.wish, value, terms, "down")
    return replace(lower, rounded_down=lower.cents < award.cents)


def _last_cents(awards: list[Award], terms: Terms) -> list[Award]:
    """What rounding left, given in whole units to its owner; a tie between owners leaves it unspent."""
    if terms.last_cent == "nobody":
        return awards
    given = dict.fromkeys((award.id for award in awards), 0)
    lost = sum(award.share - award.cents for award in awards if award.limited_by == LEVEL and award.share)
    units = money.floor(money.divide(lost, terms.unit))
    for group in _owners(awards, terms.last_cent):
        room = {award.id: (award.wish.want - award.cents) // terms.unit for award in group}
        if terms.last_cent == "largest_remainder":
            room = {id_: min(space, 1) for id_, space in room.items()}
        if len(group) > 1 and units < sum(room.values()):
            break
        for id_, space in room.items():
            given[id_] = min(space, units)
            units -= given[id_]
    return [
        replace(award, cents=award.cents + given[award.id] * terms.unit, last_cents=given[award.id] * terms.unit)
        for award in awards
    ]


def _owners(awards: list[Award], owner: str) -> list[list[Award]]:
    """Level-bound awards in the order in which they take what is left; equals together."""
    bound = [award for award in awards if award.limited_by == LEVEL and award.share is not None]

    def order(award: Award) -> tuple[Number, ...]:
        assert award.share is not None
        match owner:
            case "largest_remainder":
                return (award.cents - award.share, award.wish.place)
            case "largest_award":
                return (-award.cents, award.wish.place)
            case "last_in_rank":
                return (-award.wish.place,)
            case _:
                return (award.wish.place,)

    groups: dict[tuple[Number, ...], list[Award]] = {}
    for award in sorted(bound, key=order):
        groups.setdefault(order(award), []).append(award)
    return list(groups.values())
