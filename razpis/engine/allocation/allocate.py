"""The fill that the rulebook chose, over all lots at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from razpis.engine import money
from razpis.engine.allocation import proportional, rank_fill
from razpis.engine.allocation.award import Award, LotAllocation, Wish
from razpis.engine.allocation.pools import Pools
from razpis.engine.allocation.proportional import Filled, Terms
from razpis.engine.allocation.wishes import mode, unit, wishes
from razpis.engine.cases import Case
from razpis.engine.money import Number
from razpis.engine.problems import Problem, Problems
from razpis.engine.ranking import Ranking
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import AllocationRule
from razpis.engine.scoring import Score


def allocate(
    rulebook: Rulebook, rankings: Sequence[Ranking], entrants: Mapping[str, tuple[Case, Score]]
) -> tuple[LotAllocation, ...]:
    """The money divided among ranked applications, a part for each lot in the order of ``rankings``.

    Raises :class:`Problems` where an amount has no value.
    """
    compiled = rulebook.allocation
    assert compiled is not None
    pools = Pools(rulebook)
    wanted: list[Wish] = []
    problems: list[Problem] = []
    for ranking in rankings:
        try:
            wanted += wishes(compiled, ranking, entrants, pools)
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    if compiled.rule.fill == "rank":
        useful = money.to_cents(compiled.rule.minimum_useful, "up")
        edges = {lot: rank_fill.Edge(rulebook.edge(lot), useful) for lot in rulebook.lots}
        filled = Filled(rank_fill.fill(wanted, pools.all, edges), {})
    else:
        filled = proportional.fill(wanted, pools.all, _terms(compiled))
    return tuple(_lot(pools, ranking.lot, filled.awards, filled.values) for ranking in rankings)


def _terms(compiled: AllocationRule) -> Terms:
    rule = compiled.rule
    return Terms(
        resharing=rule.resharing,
        value_rounding=rule.value_of_point.round if rule.value_of_point else None,
        unit=unit(compiled),
        mode=mode(compiled),
        last_cent=rule.last_cent,
        minimum=money.to_cents(rule.minimum_grant.amount, "up") if rule.minimum_grant else 0,
        drop=rule.minimum_grant.drop if rule.minimum_grant else "lowest",
    )


def _lot(pools: Pools, lot: str, awards: Sequence[Award], values: Mapping[str, tuple[Number, Number]]) -> LotAllocation:
    mine = tuple(award for award in awards if award.wish.lot == lot)
    amount = pools.all[f"lot:{lot}"].cents
    value, exact = values.get(lot, (None, None))
    return LotAllocation(lot, amount, mine, amount - sum(award.cents for award in mine), value, exact)
