"""Pairs: a better application with less, a worse one with money, and what explains it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from razpis.engine.evaluation import Evaluation
from tests.engine.allocation.sharing import Ask, divided, rules
from tests.engine.certificate.refusing import certified, refusals, said, with_awards

ASKS = {
    "a": Ask(9, 600, applicant="P"),
    "b": Ask(8, 600, applicant="P"),
    "c": Ask(7, 300, applicant="P"),
    "d": Ask(7, 300, applicant="Q"),
}
JOINT = "limits: {joint: {amount: 800, per: applicant%s}}"


def claimed(evaluation: Evaluation, **given: tuple[int, str]) -> dict[str, str]:
    """The refusals where these awards are claimed, in cents with their limits."""
    found = [
        replace(award, cents=given[award.id][0], limited_by=given[award.id][1]) for award in said(evaluation).awards
    ]
    return refusals(certified(evaluation, with_awards(said(evaluation), *found)))


def test_where_a_part_uses_the_money_up_nobody_below_gets_any() -> None:
    given = {"a": (60000, "request"), "b": (10000, "budget"), "c": (15000, "budget"), "d": (15000, "budget")}
    found = claimed(divided(rules(""), **ASKS), **given)
    assert found["pairs"] == "vloga b (100,00 EUR) – vloga c (150,00 EUR)"


def test_a_single_cent_below_is_money_too() -> None:
    given = {"a": (60000, "request"), "b": (39999, "budget"), "c": (0, "budget"), "d": (1, "budget")}
    assert claimed(divided(rules(""), **ASKS), **given)["pairs"] == "vloga b (399,99 EUR) – vloga d (0,01 EUR)"


@pytest.mark.parametrize("allocation", ["edge: skip", "minimum_useful: 200", "round: 0"])
def test_one_that_is_skipped_or_not_useful_explains_money_below_it(allocation: str) -> None:
    given = {"a": (60000, "request"), "b": (0, "budget"), "c": (15000, "budget"), "d": (15000, "budget")}
    assert "pairs" not in claimed(divided(rules(allocation), **ASKS), **given)


def test_after_the_first_that_does_not_fit_nobody_gets_money() -> None:
    given = {"a": (60000, "request"), "b": (0, "budget"), "c": (0, "budget"), "d": (30000, "request")}
    found = claimed(divided(rules("edge: stop"), **ASKS), **given)
    assert found["pairs"] == "vloga b (0,00 EUR) – vloga d (300,00 EUR)"


def test_nor_where_a_limit_stopped_the_lot() -> None:
    given = {"a": (60000, "request"), "b": (0, "joint"), "c": (0, "joint"), "d": (30000, "request")}
    found = claimed(divided(rules(f"edge: stop, {JOINT % ', binds: edge'}"), **ASKS), **given)
    assert found["pairs"] == "vloga b (0,00 EUR) – vloga d (300,00 EUR)"


def test_a_joint_limit_that_shortens_is_used_up_by_the_higher() -> None:
    given = {"a": (60000, "request"), "b": (10000, "joint"), "c": (10000, "joint"), "d": (20000, "budget")}
    found = claimed(divided(rules(JOINT % ""), **ASKS), **given)
    assert found["pairs"] == "vloga b (100,00 EUR) – vloga c (100,00 EUR)"
    below = given | {"c": (0, "joint")}
    assert "pairs" not in claimed(divided(rules(f"edge: stop, {JOINT % ''}"), **ASKS), **below)


def test_another_limit_or_an_open_tie_explains_it() -> None:
    given = {"a": (60000, "request"), "b": (20000, "joint"), "c": (0, "joint"), "d": (20000, "budget")}
    assert claimed(divided(rules(JOINT % ""), **ASKS), **given) == {}
    edges = divided(rules(f"edge: skip, {JOINT % ', binds: edge'}"), **ASKS)
    assert "pairs" not in claimed(edges, **given)
    waits = divided(rules("", still_tied="open"), **ASKS | {"e": Ask(1, 10, applicant="R")})
    assert waits.certificate.ok


def test_shared_by_points_more_points_do_not_get_less() -> None:
    shared = divided(rules("fill: proportional"), a=Ask(3, 900), b=Ask(2, 900), c=Ask(2, 100))
    assert {award.id: award.cents for award in said(shared).awards} == {"a": 54000, "b": 36000, "c": 10000}
    less = {"a": (36000, "level"), "b": (54000, "level"), "c": (10000, "request")}
    assert claimed(shared, **less)["pairs"] == "vloga a (360,00 EUR) – vloga b (540,00 EUR)"
    equal = {"a": (54000, "level"), "b": (35990, "level"), "c": (10010, "level")}
    assert "pairs" not in claimed(shared, **equal | {"b": (36010, "level"), "c": (9990, "request")})
    assert claimed(shared, **equal)["pairs"] == "vloga c (100,10 EUR) – vloga b (359,90 EUR)"


@pytest.mark.parametrize(
    ("b", "c", "told"), [(20000, 40000, "vloga b (200,00 EUR) – vloga c (400,00 EUR)"), (20001, 20000, None)]
)
def test_equal_points_differ_by_rounding_alone(b: int, c: int, told: str | None) -> None:
    shared = divided(rules("fill: proportional"), a=Ask(3, 900), b=Ask(2, 900), c=Ask(2, 900))
    found = claimed(shared, a=(40000, "level"), b=(b, "level"), c=(c, "level"))
    assert found.get("pairs") == told


def test_the_last_cents_make_nobody_less() -> None:
    call = rules("fill: proportional, weight: 1, round: 0, last_cent: first_in_rank", "budget: 100")
    shared = divided(call, a=Ask(3, 900), b=Ask(2, 900), c=Ask(1, 900))
    assert {award.id: award.cents for award in said(shared).awards} == {"a": 3400, "b": 3300, "c": 3300}
    assert shared.certificate.failing == ()


def test_equals_in_a_place_explain_each_other() -> None:
    asks = {"a": Ask(9, 600), "b": Ask(8, 600), "c": Ask(8, 600), "d": Ask(7, 300)}
    given = {"a": (60000, "request"), "b": (10000, "budget"), "c": (10000, "budget"), "d": (20000, "budget")}
    assert "pairs" not in claimed(divided(rules(""), **asks), **given)


def test_a_part_of_a_cent_more_than_nothing_may_be_too_small() -> None:
    given = {"a": (60000, "request"), "b": (0, "budget"), "c": (15000, "budget"), "d": (15000, "budget")}
    assert "pairs" not in claimed(divided(rules("minimum_useful: 0.01"), **ASKS), **given)


def test_a_negative_award_of_the_lowest_weight_is_refused_in_words() -> None:
    two = divided(rules("fill: proportional", "budget: 100"), a=Ask(3, 900), b=Ask(2, 900))
    below = replace(next(award for award in said(two).awards if award.id == "b"), cents=-500)
    assert refusals(certified(two, with_awards(said(two), below))) == {
        "own": "vloga b: -5,00 EUR < 0,00 EUR",
        "shares": "vloga b (2. mesto): v izidu -5,00 EUR, po pravilih 40,00 EUR",
        "rounding": "vloga b (2. mesto): v izidu -5,00 EUR, po pravilih 40,00 EUR",
        "left": "razpis: ostane 45,00 EUR",
    }
