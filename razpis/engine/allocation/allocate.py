"""The fill that the rulebook chose, for one lot."""

from __future__ import annotations

from collections.abc import Sequence

from razpis.engine import money
from razpis.engine.allocation import proportional, rank_fill
from razpis.engine.allocation.award import BUDGET, LotAllocation
from razpis.engine.allocation.wishes import mode, unit, wishes
from razpis.engine.cases import Case
from razpis.engine.ranking import Ranking
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import Score


def allocate(rulebook: Rulebook, ranking: Ranking, entrants: Sequence[tuple[Case, Score]]) -> LotAllocation:
    """The money of one lot divided among its ranked applications. Raises :class:`Problems`."""
    compiled = rulebook.allocation
    assert compiled is not None
    rule, lot = compiled.rule, ranking.lot
    amount = money.to_cents(rulebook.lots[lot].amount)
    wanted = list(wishes(rulebook, ranking, entrants))
    key = lot or BUDGET
    if rule.fill == "rank":
        return rank_fill.fill(lot, key, amount, wanted, rulebook.edge(lot), money.to_cents(rule.minimum_useful))
    terms = proportional.Terms(
        resharing=rule.resharing,
        value_rounding=rule.value_of_point.round if rule.value_of_point else None,
        unit=unit(compiled),
        mode=mode(compiled),
        last_cent=rule.last_cent,
    )
    return proportional.fill(lot, key, amount, wanted, terms)
