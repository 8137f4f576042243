"""Calls that divide money, and the last line an applicant reads about its amount."""

from __future__ import annotations

from typing import Any

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.trace import Explanation
from razpis.engine.wording import explain
from tests.engine.making import by_id, case, evaluated, rulebook

FORM = """
fields:
  requested: {type: euro, label: {sl: Zaprošeni znesek, en: Amount requested}}
  cost: {type: euro, label: {sl: Stroški, en: Costs}}
  young: {type: yes_no, label: {sl: Za mlade, en: For the young}}
  size: {type: decimal, label: {sl: Velikost, en: Size}}
criteria: {it: {kind: formula, title: Velikost, points: size}}
"""


def call(allocation: str, money: str = "budget: 10000", still_tied: str = "shared", keys: str = "[points]") -> Rulebook:
    """A rulebook that divides money by these settings."""
    ranking = f"ranking: {{keys: {keys}, still_tied: {still_tied}}}"
    return rulebook(FORM, ranking, money, f"allocation: {{request: requested, {allocation}}}")


def divided(rules: Rulebook, **asks: Any) -> Evaluation:
    """Applications from (points, requested) or (points, requested, cost, lot, applicant, young)."""
    entrants = []
    for line, (id_, ask) in enumerate(asks.items(), 1):
        size, requested, cost, lot, applicant, young = (*ask, *(0, "", None, False)[len(ask) - 2 :])
        entrants.append(
            case(
                rules,
                id_,
                line=line,
                lot=lot,
                applicant=applicant,
                size=size,
                requested=requested,
                cost=cost,
                young=young,
            )
        )
    return evaluated(rules, entrants)


def told_of(evaluation: Evaluation, id_: str = "a", language: Language = "sl") -> Explanation:
    """One application explained."""
    return explain(evaluation, by_id(evaluation)[id_], language)


def last(evaluation: Evaluation, id_: str = "a", language: Language = "sl") -> str:
    """The last line about its amount: the whole of it."""
    return told_of(evaluation, id_, language).amount[-1]
