"""What each application may get at most by its own limits, before it meets the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from razpis.engine import money
from razpis.engine.allocation.award import FIXED, REQUEST, Bound, Wish
from razpis.engine.allocation.pools import Pools, counts
from razpis.engine.cases import Case
from razpis.engine.expressions import Expression
from razpis.engine.facts import value_for
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.ranking import Ranking, Tie, money_facts
from razpis.engine.rulebook.compiled import AllocationRule
from razpis.engine.scoring import Score


def unit(rule: AllocationRule) -> int:
    """The cents an award is a multiple of: 1, or 100 for whole euros."""
    rounding = rule.rule.round
    return int("1" + "0" * max(2 - rounding.places, 0)) if rounding else 1


def mode(rule: AllocationRule) -> str:
    """The mode awards are rounded by; half-up where nothing else is stated."""
    return rule.rule.round.mode if rule.rule.round else "half_up"


def to_units(cents: Number, unit_: int, mode_: str) -> int:
    """Whole cents, a multiple of ``unit_``."""
    return money.whole(money.divide(cents, unit_), mode_) * unit_


def wishes(
    rule: AllocationRule, ranking: Ranking, entrants: Mapping[str, tuple[Case, Score]], pools: Pools
) -> Iterator[Wish]:
    """The wish of every ranked application, in the order of the ranking. Those of an open tie wait where it decides
    what one of them may have by its place."""
    open_ = [tie for tie in ranking.ties if tie.settled == "open"]
    unsettled = {id_ for tie in open_ for id_ in tie.ids}
    waiting = {id_ for tie in open_ if _turns_on_place(rule, tie, entrants, pools) for id_ in tie.ids}
    for ranked in ranking.order:
        wish = _placed(rule, entrants[ranked.id], ranked.place, ranked.id in unsettled, pools)
        yield replace(wish, waits=True) if ranked.id in waiting else wish


def _placed(rule: AllocationRule, entrant: tuple[Case, Score], place: int, unsettled: bool, pools: Pools) -> Wish:
    case, score = entrant
    facts = money_facts(score, place, pools.all[f"lot:{case.lot}"].cents)
    return _wish(rule, case, facts, unsettled, pools)


def _turns_on_place(rule: AllocationRule, tie: Tie, entrants: Mapping[str, tuple[Case, Score]], pools: Pools) -> bool:
    """Whether one of a tie might have more, or less, in one of its places than in another."""
    amounts = (rule.entitlement, *(limit.amount for limit in rule.limits))
    asked = (*amounts, *(limit.where for limit in rule.limits if limit.where is not None))
    if not any("place" in one.reads for one in asked):
        return False
    places = range(tie.place, tie.place + len(tie.ids))
    for id_ in tie.ids:
        found = {(wish.want, wish.pools) for wish in (_placed(rule, entrants[id_], at, True, pools) for at in places)}
        if len(found) > 1:
            return True
    return False


def _wish(rule: AllocationRule, case: Case, facts: Mapping[str, Number], unsettled: bool, pools: Pools) -> Wish:
    unit_ = unit(rule)
    request = money.to_cents(facts[rule.rule.request])
    entitlement = max(_euros(case, facts, rule.entitlement, REQUEST), 0) * 100
    if rule.rule.entitlement is not None:
        entitlement = to_units(entitlement, unit_, mode(rule))
    bounds = tuple(
        Bound(limit.key, max(_euros(case, facts, limit.amount, limit.key), 0) * 100)
        for limit in rule.limits
        if limit.rule.per == "application" and counts(limit, case, facts)
    )
    innermost = Bound(REQUEST, min(entitlement, max(request, 0)))
    bound = min((innermost, *bounds), key=lambda one: one.cents)
    want = to_units(bound.cents, unit_, "down")
    fixed = 0
    if rule.fixed_part is not None:
        fixed = to_units(max(_euros(case, facts, rule.fixed_part, FIXED), 0) * 100, unit_, mode(rule))
    return Wish(
        id=case.id,
        lot=case.lot,
        place=int(facts["place"]),
        request=request,
        entitlement=entitlement,
        bounds=bounds,
        want=want,
        bound=bound.key,
        pools=pools.of(case, facts),
        weight=max(_euros(case, {**facts, "wanted": money.from_cents(want)}, rule.weight, "weight"), 0),
        open=unsettled,
        fixed=fixed,
    )


def _euros(case: Case, facts: Mapping[str, Number], expression: Expression, name: str) -> Number:
    value: Number = value_for(case, Text(name, name), expression, facts)
    return value
