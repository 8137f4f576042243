"""Lots that are divided in different ways."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation.sharing import Ask, awards, cents, divided, rules
from tests.engine.allocation.test_laws import ASKS, named
from tests.engine.certificate.refusing import award, certified, refusals, said

LOTS = "lots: {A: {amount: 1000}, B: {amount: 1000, fill: proportional}}"
FOUR = {
    "a": Ask(9, 800, lot="A"),
    "b": Ask(6, 500, lot="A"),
    "c": Ask(9, 800, lot="B"),
    "d": Ask(6, 500, lot="B"),
}


def test_one_lot_is_divided_in_rank_order_another_by_points() -> None:
    found = divided(rules("fill: rank", LOTS), **FOUR)
    assert cents(found) == {
        "a": (80_000, "request"),
        "b": (20_000, "A"),
        "c": (60_000, "level"),
        "d": (40_000, "level"),
    }
    assert [(lot.lot, lot.value_of_point is not None) for lot in found.lots] == [("A", False), ("B", True)]


def test_the_call_may_be_proportional_and_a_lot_in_rank_order() -> None:
    lots = "lots: {A: {amount: 1000, fill: rank, edge: stop, most_winners: 1}, B: {amount: 1000}}"
    found = divided(rules("fill: proportional, fixed_part: 100, minimum_useful: 5", lots), **FOUR)
    assert cents(found) == {
        "a": (80_000, "request"),
        "b": (0, "most_winners"),
        "c": (58_000, "level"),
        "d": (42_000, "level"),
    }
    assert awards(found)["a"].passes == (("general", 80_000),)


def test_leftovers_move_between_lots_divided_alike() -> None:
    lots = "lots: {A: {amount: 1000, leftover_to: C}, B: {amount: 1000, fill: proportional}, C: {amount: 100}}"
    found = divided(rules("fill: rank", lots), a=Ask(9, 400, lot="A"), b=Ask(8, 900, lot="C"), c=Ask(7, 600, lot="B"))
    assert cents(found) == {"a": (40_000, "request"), "b": (70_000, "C"), "c": (60_000, "request")}


def test_set_asides_and_limits_hold_in_lots_divided_alike() -> None:
    more = "set_asides: {youth: {where: young, amount: 300, lots: [A]}}, limits: {each: {amount: 500, per: applicant, lots: [B]}}"
    asks = {id_: ask._replace(applicant="P", young=id_ == "b") for id_, ask in FOUR.items()}
    found = divided(rules(f"fill: rank, {more}", LOTS), **asks)
    assert cents(found) == {"a": (70_000, "A"), "b": (30_000, "A"), "c": (30_000, "each"), "d": (20_000, "each")}


MIXED = st.builds(
    "fill: rank, edge: {}, {}, last_cent: {}, {}".format,
    st.sampled_from(["part", "skip", "stop"]),
    st.sampled_from(["fixed_part: 30", "minimum_grant: {amount: 20}", "value_of_point: {round: 1}"]),
    st.sampled_from(["nobody", "largest_remainder", "first_in_rank"]),
    st.sampled_from(["money_threshold: {at_most: 1.5}", "round: 0", "limits: {cap: {amount: 90}}"]),
)
TWO = "lots: {A: {amount: 300.33}, B: {amount: 250.50, fill: proportional}}"


@given(st.lists(ASKS, max_size=9), MIXED)
def test_each_lot_gets_what_it_would_get_alone(drawn, allocation) -> None:
    asks = named(drawn)
    together = divided(rules(allocation, TWO), **asks)
    assert together.certificate.failing == ()
    for lot in "AB":
        own = {id_: ask for id_, ask in asks.items() if ask.lot == lot}
        alone = divided(rules(allocation, TWO), **own)
        assert awards(alone) == {id_: awards(together)[id_] for id_ in own}


@given(st.lists(ASKS, min_size=2, max_size=9), MIXED, st.data(), st.sampled_from([-1, 1]))
def test_a_cent_more_or_less_is_refused(drawn, allocation, data, cent) -> None:
    found = divided(rules(allocation, TWO), **named(drawn))
    one = data.draw(st.sampled_from(said(found).awards))
    passes = one.passes
    if passes:
        passes = (*passes[:-1], (passes[-1][0], passes[-1][1] + cent))
    assert not certified(found, award(found, one.id, cents=one.cents + cent, passes=passes)).ok


def test_every_way_has_its_checks() -> None:
    names = [check.name for check in divided(rules("fill: rank", LOTS), **FOUR).certificate.checks]
    assert names == ["complete", "places", "sums", "own", "order", "pairs", "limits", "shares", "rounding", "left"]


def test_a_lot_that_there_is_not_is_refused() -> None:
    found = divided(rules("fill: rank", LOTS), **FOUR)
    claims = said(found)
    other = replace(claims, lots=(*claims.lots, replace(claims.lots[0], lot="Z")))
    assert refusals(certified(found, other))["sums"] == "sklop Z, razpisano: v izidu 1.000,00 EUR, po pravilih 0,00 EUR"
