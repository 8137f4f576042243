"""Calls that divide money: the form, the rulebook and the applications the allocation tests share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from razpis.engine.allocation import Award, LotAllocation
from razpis.engine.cases import Draw
from razpis.engine.evaluation import Evaluation
from razpis.engine.money import Number
from razpis.engine.rulebook import Rulebook
from tests.engine.making import case, evaluated, rulebook

FORM = """
fields:
  size: {type: decimal, label: Velikost}
  requested: {type: euro, label: Zaprošeno}
  cost: {type: euro, label: Stroški}
  young: {type: yes_no, label: Mladi}
criteria: {it: {kind: formula, title: Velikost, points: size}}
"""


class Ask(NamedTuple):
    """One application: its points, its request and cost in euros."""

    points: Number
    requested: Number
    cost: Number = 0
    lot: str = ""
    applicant: str | None = None
    young: bool = False


@lru_cache(maxsize=256)
def rules(
    allocation: str, budget: str = "budget: 1000", still_tied: str = "shared", keys: str = "[points]"
) -> Rulebook:
    """A rulebook that allocates by these settings."""
    ranking = f"ranking: {{keys: {keys}, still_tied: {still_tied}}}"
    return rulebook(FORM, ranking, budget, f"allocation: {{request: requested, {allocation}}}")


def divided(rulebook_: Rulebook, draws: Mapping[str, Draw] | None = None, /, **asks: Ask) -> Evaluation:
    """These applications evaluated."""
    entrants = [
        case(
            rulebook_,
            id_,
            line=line,
            lot=ask.lot,
            applicant=ask.applicant,
            size=ask.points,
            requested=ask.requested,
            cost=ask.cost,
            young=ask.young,
        )
        for line, (id_, ask) in enumerate(asks.items(), 1)
    ]
    return evaluated(rulebook_, entrants, draws=draws)


def awards(evaluation: Evaluation) -> dict[str, Award]:
    """Every award by application."""
    return {award.id: award for lot in evaluation.lots for award in lot.awards}


def cents(evaluation: Evaluation) -> dict[str, tuple[int, str]]:
    """Cents and the limit that bound them, by application, in alphabetical order."""
    return {id_: (award.cents, award.limited_by) for id_, award in sorted(awards(evaluation).items())}


def only_lot(evaluation: Evaluation) -> LotAllocation:
    """The only lot."""
    (lot,) = evaluation.lots
    return lot
