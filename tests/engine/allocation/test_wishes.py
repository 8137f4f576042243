"""What each application may get by its own limits, and what is told where that cannot be computed."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Problems
from tests.engine.allocation.sharing import Ask, awards, divided, rules
from tests.engine.making import by_id, case, evaluated, rulebook, said


def test_the_wish_holds_every_limit_and_the_one_that_binds() -> None:
    call = rules(
        "entitlement: cost * 2 / 3, limits: {cap: {amount: 300}, size: {amount: points * 10}}, weight: points + 1"
    )
    wish = awards(divided(call, a=Ask(5, 400, 700)))["a"].wish
    assert (wish.request, wish.entitlement, wish.weight, wish.place) == (40000, 46667, 6, 1)
    assert [(bound.key, bound.cents) for bound in wish.bounds] == [("cap", 30000), ("size", 5000)]
    assert (wish.want, wish.bound, wish.pools) == (5000, "size", ("lot:",))


def test_an_amount_may_follow_from_the_place_and_the_money_of_the_lot() -> None:
    lots = "lots: {A: {amount: 1000}, B: {amount: 500}}"
    call = rules("limits: {half: {amount: lot_amount / (place + 1)}}", lots)
    found = divided(call, a=Ask(9, 900, lot="A"), b=Ask(8, 900, lot="A"), c=Ask(7, 900, lot="B"))
    assert {id_: award.cents for id_, award in awards(found).items()} == {"a": 50000, "b": 33333, "c": 25000}
    assert found.certificate.failing == ()


@pytest.mark.parametrize(
    ("allocation", "label", "source"),
    [
        ("entitlement: requested / cost", "request", "requested / cost"),
        ("weight: 1 / cost", "weight", "1 / cost"),
        ("limits: {cap: {amount: 1 / cost}}", "cap", "1 / cost"),
        ("limits: {cap: {amount: 1, where: 1 / cost > 2}}", "cap", "1 / cost > 2"),
        ("limits: {cap: {amount: 1, per: all, where: 1 / cost > 2}}", "cap", "1 / cost > 2"),
        ("set_asides: {kept: {amount: 1, where: 1 / cost > 2}}", "kept", "1 / cost > 2"),
    ],
)
def test_an_amount_that_cannot_be_computed_names_the_application_and_the_expression(
    allocation: str, label: str, source: str
) -> None:
    with pytest.raises(Problems) as caught:
        divided(rules(allocation), a=Ask(3, 5, 2), b=Ask(2, 5, 0))
    assert said(caught.value.problems) == [
        f"vloge.csv:3:1: vloga b, {label}: deljenje z nič v izrazu »{source}«; popravite podatek ali izraz"
    ]


def test_the_problems_of_all_lots_are_told_at_once() -> None:
    lots = "lots: {A: {amount: 10}, B: {amount: 10}}"
    with pytest.raises(Problems) as caught:
        divided(rules("weight: 1 / cost", lots), a=Ask(3, 5, 0, lot="A"), b=Ask(2, 5, 0, lot="B"))
    assert [problem.place.line for problem in caught.value.problems] == [2, 3]


def test_what_is_not_ranked_is_not_asked_who_it_is() -> None:
    """b fails its condition, so nobody needs to know whether the set-aside or the limit would be for it."""
    rules_ = rulebook(
        """
        fields:
          requested: {type: euro, label: Zaprošeno}
          cost: {type: euro, label: Stroški}
        criteria: {it: {kind: formula, title: Merilo, points: cost}}
        thresholds: [{of: total, at_least: 1}]
        budget: 100
        allocation:
          request: requested
          set_asides: {kept: {amount: 1, where: 1 / cost > 2}}
        """
    )
    lines = by_id(evaluated(rules_, [case(rules_, "a", requested=5, cost=2), case(rules_, "b", requested=5, cost=0)]))
    assert {id_: line.outcome for id_, line in lines.items()} == {"a": "granted", "b": "below_threshold"}
