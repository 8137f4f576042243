"""A threshold that follows from the money of a lot and what is asked of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.evaluation import Evaluation, reserve_positions
from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules
from tests.engine.allocation.test_laws import ASKS, EUROS, HALVES, named

FIVE = {"a": Ask(90, 600), "b": Ask(80, 500), "c": Ask(80, 400), "d": Ask(70, 300), "e": Ask(60, 900)}


def by_rule(stated: str, fill: str = "fill: proportional", money: str = "budget: 1000", **more: Ask) -> Evaluation:
    return divided(rules(f"{fill}, money_threshold: {{{stated}}}", money), **(FIVE | more))


@pytest.mark.parametrize(
    ("stated", "least"),
    [
        ("at_most: 1", 90),
        ("at_most: 1.49", 90),
        ("at_most: 1.5", 80),
        ("at_most: 2", 70),
        ("at_most: 2.7", 60),
        ("at_most: 0.5", 90),
        ("at_least: 0.6", 90),
        ("at_least: 0.61", 80),
        ("at_least: 1", 80),
        ("at_least: 1.8", 70),
        ("at_least: 3", 60),
        ("nearest: 0.1", 90),
        ("nearest: 1.05", 80),
        ("nearest: 1.04", 90),
        ("nearest: 1.65", 70),
        ("nearest: 9", 60),
        ("nearest: 1.5, at_least: 1.6", 70),
        ("nearest: 1.5, at_least: 9", 60),
    ],
)
def test_the_threshold_is_the_total_at_which_the_amounts_reach_so_far(stated: str, least: int) -> None:
    """Together: 600 from 90 points on, 1500 from 80, 1800 from 70, 2700 from 60."""
    found = by_rule(stated)
    assert only_lot(found).threshold == least
    below = {id_ for id_, one in awards(found).items() if one.limited_by == "money_threshold"}
    assert below == {id_ for id_, ask in FIVE.items() if ask.points < least}
    assert sum(awards(found)[id_].cents for id_ in below) == 0


@pytest.mark.parametrize(
    ("fill", "award"),
    [
        ("fill: proportional", 36_000),
        ("fill: proportional, resharing: false", 36_000),
        ("fill: rank", 60_000),
        ("fill: proportional, fixed_part: 60", 34_800),
    ],
)
def test_who_is_below_takes_no_part_of_any_kind(fill: str, award: int) -> None:
    """1000 EUR for 90 + 80 + 80 points; with 60 EUR for each of three first, 820 EUR for them."""
    found = by_rule("at_most: 1.5", fill)
    assert awards(found)["a"].cents == (award if "fixed" not in fill else 6_000 + 82_000 * 90 // 250)
    assert {id_: awards(found)[id_].cents for id_ in "de"} == {"d": 0, "e": 0}
    assert found.certificate.failing == ()


def test_what_is_wanted_is_what_its_own_limits_allow() -> None:
    assert only_lot(by_rule("at_most: 1.5, article: a", "fill: rank, limits: {cap: {amount: 250}}")).threshold == 60


def test_every_lot_has_its_own() -> None:
    found = divided(
        rules("fill: proportional, money_threshold: {at_most: 1}", "lots: {A: {amount: 1000}, B: {amount: 50}}"),
        a=Ask(9, 600, lot="A"),
        b=Ask(8, 400, lot="A"),
        c=Ask(7, 60, lot="B"),
        d=Ask(6, 10, lot="B"),
    )
    assert [(lot.lot, lot.threshold) for lot in found.lots] == [("A", 8), ("B", 7)]


def test_a_lot_that_nobody_applies_in_has_none() -> None:
    found = divided(
        rules("fill: rank, money_threshold: {at_most: 1}", "lots: {A: {amount: 1}, B: {amount: 1}}"),
        a=Ask(9, 1, lot="A"),
    )
    assert [(lot.lot, lot.threshold) for lot in found.lots] == [("A", 9), ("B", None)]


def test_without_the_rule_there_is_none() -> None:
    assert only_lot(divided(rules("fill: rank"), **FIVE)).threshold is None


def test_the_number_of_recipients_counts_only_those_above() -> None:
    found = by_rule("at_most: 0.6", "fill: rank, most_winners: 3", "budget: 3000")
    assert {id_: bound for id_, (_, bound) in cents(found).items()} == {
        "a": "request",
        "b": "request",
        "c": "request",
        "d": "most_winners",
        "e": "money_threshold",
    }


def test_who_is_below_stands_on_the_reserve_list() -> None:
    found = by_rule("at_most: 1.5", "fill: proportional, reserve_list: true")
    assert reserve_positions(found) == {"d": 1, "e": 2}


SIMPLE = st.lists(st.tuples(HALVES, EUROS).map(lambda drawn: Ask(*drawn)), min_size=1, max_size=8)
FILLS = st.sampled_from(["fill: proportional", "fill: rank, edge: skip", "fill: proportional, resharing: false"])
TIMES = st.integers(1, 30).map(lambda tenths: tenths / 10)


def together(asks: dict[str, Ask], least: object) -> int:
    return sum(int(ask.requested * 100) for ask in asks.values() if ask.points >= least)


@given(SIMPLE, TIMES, FILLS)
def test_no_lower_total_would_do_and_this_one_does(drawn, times, fill) -> None:
    asks = named(drawn)
    found = divided(rules(f"{fill}, money_threshold: {{at_most: {times}}}", "budget: 300"), **asks)
    least, most = only_lot(found).threshold, round(times * 10) * 3000
    totals = sorted({ask.points for ask in asks.values()})
    assert together(asks, least) <= most or least == totals[-1]
    assert [total for total in totals if total < least and together(asks, total) <= most] == []


@given(SIMPLE, TIMES, TIMES)
def test_more_money_never_lifts_it(drawn, few, more) -> None:
    asks = named(drawn)
    by_money = [
        only_lot(divided(rules("fill: rank, money_threshold: {at_most: 1}", f"budget: {times * 100:.0f}"), **asks))
        for times in sorted([few, more])
    ]
    assert by_money[0].threshold >= by_money[1].threshold


@given(st.lists(ASKS, max_size=8), FILLS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(drawn, fill, shuffler) -> None:
    asks = named(drawn)
    mixed = list(asks.items())
    shuffler.shuffle(mixed)
    call = rules(fill + ", money_threshold: {nearest: 1.2, at_least: 1}", "lots: {A: {amount: 300}, B: {amount: 250}}")
    assert awards(divided(call, **dict(mixed))) == awards(divided(call, **asks))


@given(st.lists(ASKS, max_size=8), FILLS)
def test_equals_in_points_are_on_one_side(drawn, fill) -> None:
    asks = named(drawn)
    call = rules(fill + ", money_threshold: {at_most: 1.3}", "lots: {A: {amount: 300}, B: {amount: 250}}")
    found = awards(divided(call, **asks))
    sides = {(asks[id_].lot, asks[id_].points, one.limited_by == "money_threshold") for id_, one in found.items()}
    assert len({side[:2] for side in sides}) == len(sides)
