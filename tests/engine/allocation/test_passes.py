"""Passes: set-asides before the rest, leftovers that move on, a common second pass."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules
from tests.engine.making import draw

# Set-asides

YOUTH = {
    "a": Ask(9, 500),
    "b": Ask(8, 400),
    "c": Ask(7, 300, young=True),
    "d": Ask(6, 300, young=True),
}


@pytest.mark.parametrize("kept", ["amount: 400", "percent: 40"])
def test_a_set_aside_is_filled_first_and_what_it_does_not_use_is_open_to_all(kept: str) -> None:
    found = awards(divided(rules(f"set_asides: {{youth: {{where: young, {kept}}}}}"), **YOUTH))
    assert {id_: (found[id_].cents, found[id_].limited_by, found[id_].passes) for id_ in "abcd"} == {
        "a": (50000, "request", (("general", 50000),)),
        "b": (10000, "budget", (("general", 10000),)),
        "c": (30000, "request", (("youth", 30000), ("general", 0))),
        "d": (10000, "budget", (("youth", 10000), ("general", 0))),
    }


@pytest.mark.parametrize(
    ("budget", "percent", "kept"), [("1000", "33.33", 33330), ("0.50", "33", 16), ("0.50", "35", 17)]
)
def test_a_percentage_is_kept_to_the_cent_and_rounded_down(budget: str, percent: str, kept: int) -> None:
    call = rules(f"set_asides: {{youth: {{where: young, percent: {percent}, unused: stays}}}}", f"budget: {budget}")
    found = divided(call, a=Ask(9, 2000), b=Ask(8, 2000, young=True))
    assert [one.cents for one in only_lot(found).awards] == [Fraction(budget) * 100 - kept, kept]
    assert found.certificate.failing == ()


@pytest.mark.parametrize(("unused", "granted"), [("open", 70000), ("stays", 60000)])
def test_unused_money_of_a_set_aside_is_open_or_stays(unused: str, granted: int) -> None:
    call = rules(f"set_asides: {{youth: {{where: young, amount: 400, unused: {unused}}}}}")
    lot = only_lot(divided(call, a=Ask(9, 900), b=Ask(8, 300, young=True)))
    assert {one.id: one.cents for one in lot.awards} == {"a": granted, "b": 30000}
    assert lot.left == 100000 - granted - 30000


@pytest.mark.parametrize(
    ("kept", "young", "rest"),
    [
        (0, {"c": 0, "d": 0}, {"a": 50000, "b": 40000, "c": 10000, "d": 0}),
        (1000, {"c": 30000, "d": 30000}, {"a": 0, "b": 0, "c": 0, "d": 0}),
    ],
)
def test_a_set_aside_may_be_nothing_or_all_there_is(kept: int, young: dict[str, int], rest: dict[str, int]) -> None:
    found = divided(rules(f"set_asides: {{youth: {{where: young, amount: {kept}, unused: stays}}}}"), **YOUTH)
    passes = {id_: dict(one.passes) for id_, one in awards(found).items()}
    assert {id_: one["youth"] for id_, one in passes.items() if "youth" in one} == young
    assert {id_: one["general"] for id_, one in passes.items()} == rest
    assert found.certificate.failing == ()


BOTH = "set_asides: {{youth: {{where: young, amount: 300, unused: stays}}, small: {{where: points < 6, {}}}}}"


@pytest.mark.parametrize(
    ("small", "granted", "left"),
    [
        ("amount: 500", {"a": 20000, "b": 50000}, 30000),
        ("amount: 500, unused: stays", {"a": 20000, "b": 50000}, 30000),
        ("amount: 600, unused: stays", {"a": 10000, "b": 50000}, 40000),
        ("amount: 900", {"a": 20000, "b": 50000}, 30000),
        ("amount: 900, unused: stays", {"a": 0, "b": 50000}, 50000),
    ],
)
def test_what_a_set_aside_keeps_for_good_is_kept_from_everybody(small: str, granted: dict[str, int], left: int) -> None:
    """Nobody is young: the 300 stay, whatever another set-aside uses or keeps."""
    found = divided(rules(BOTH.format(small)), a=Ask(9, 900), b=Ask(5, 500))
    assert {id_: award.cents for id_, award in awards(found).items()} == granted
    assert only_lot(found).left == left
    assert found.certificate.failing == ()


def test_a_set_aside_that_the_earlier_leave_nothing_keeps_nothing() -> None:
    kept = "youth: {where: young, amount: 1000, unused: stays}, small: {where: points < 6, amount: 500, unused: stays}"
    found = divided(rules(f"set_asides: {{{kept}}}"), a=Ask(9, 900), b=Ask(5, 500))
    assert {id_: award.cents for id_, award in awards(found).items()} == {"a": 0, "b": 0}
    assert found.certificate.failing == ()


def test_of_a_limit_and_the_money_beside_a_set_aside_that_bind_alike_the_limit_is_told() -> None:
    kept = "set_asides: {youth: {where: young, amount: 300, unused: stays}}"
    limits = "limits: {wide: {amount: 5000, per: all}, same: {amount: 700, per: all}}"
    found = divided(rules(f"fill: proportional, {kept}, {limits}"), a=Ask(1, 900), b=Ask(1, 900))
    assert cents(found) == {"a": (35000, "same"), "b": (35000, "same")}
    assert found.certificate.failing == ()


@pytest.mark.parametrize(
    ("small", "youth", "unasked", "used"),
    [
        ("lots: [A], unused: open", "lots: [A, B]", (50000, 70000), (30000, 40000)),
        ("lots: [A], unused: stays", "lots: [A, B]", (30000, 40000), (30000, 40000)),
        ("lots: [A, B], unused: stays", "lots: [A]", (50000, 20000), (0, 70000)),
    ],
)
def test_what_is_kept_in_one_lot_lies_within_what_is_kept_in_all(
    small: str, youth: str, unasked: tuple[int, int], used: tuple[int, int]
) -> None:
    """Of 800 and 700, 500 are for small ones, unasked for or used in A, and 300 stay for the young."""
    kept = f"small: {{where: points < 6, amount: 500, {small}}}, youth: {{where: young, amount: 300, unused: stays, {youth}}}"
    call = rules(f"set_asides: {{{kept}}}", "lots: {A: {amount: 800}, B: {amount: 700}}")
    large = {"a": Ask(9, 500, lot="A"), "b": Ask(8, 900, lot="B")}
    for more, granted in ({}, unasked), ({"s": Ask(5, 500, lot="A")}, used):
        found = divided(call, **large, **more)
        assert (awards(found)["a"].cents, awards(found)["b"].cents) == granted
        assert found.certificate.failing == ()


def test_a_set_aside_may_be_of_some_lots_only() -> None:
    lots = "lots: {A: {amount: 1000}, B: {amount: 1000}}"
    call = rules("set_asides: {youth: {where: young, percent: 50, lots: [B], unused: stays}}", lots)
    found = cents(
        divided(
            call,
            a=Ask(9, 900, lot="A"),
            b=Ask(8, 400, lot="A", young=True),
            c=Ask(7, 900, lot="B"),
            d=Ask(6, 400, lot="B", young=True),
        )
    )
    assert found == {
        "a": (90000, "request"),
        "b": (10000, "A"),
        "c": (50000, "youth"),
        "d": (40000, "request"),
    }


def test_a_set_aside_over_all_lots_is_one_pool_also_where_lots_are_filled_in_turn() -> None:
    lots = "lots: {A: {amount: 300}, B: {amount: 300, leftover_to: A}}"
    call = rules("set_asides: {youth: {where: young, amount: 200}}", lots)
    found = awards(
        divided(
            call,
            a=Ask(9, 300, lot="A"),
            b=Ask(8, 150, lot="A", young=True),
            c=Ask(7, 50, lot="B"),
            d=Ask(6, 150, lot="B", young=True),
        )
    )
    assert {id_: (found[id_].cents, found[id_].passes) for id_ in "abcd"} == {
        "a": (30000, (("general", 30000),)),
        "b": (10000, (("youth", 5000), ("general", 5000))),
        "c": (5000, (("general", 5000),)),
        "d": (15000, (("youth", 15000), ("general", 0))),
    }


# Leftovers


def test_what_a_lot_leaves_goes_to_the_lot_it_names() -> None:
    lots = "lots: {A: {amount: 900}, B: {amount: 100, leftover_to: A}, C: {amount: 200, leftover_to: B}}"
    found = divided(
        rules("", lots),
        a=Ask(9, 1500, lot="A"),
        b=Ask(8, 40, lot="B"),
        c=Ask(7, 120, lot="C"),
    )
    assert cents(found) == {"a": (104000, "A"), "b": (4000, "request"), "c": (12000, "request")}
    assert [(lot.lot, lot.amount, lot.received, lot.given, lot.spent, lot.left) for lot in found.lots] == [
        ("A", 90000, 14000, 0, 104000, 0),
        ("B", 10000, 8000, 14000, 4000, 0),
        ("C", 20000, 0, 8000, 12000, 0),
    ]


def test_nothing_moves_on_from_a_lot_whose_tie_is_open() -> None:
    lots = "lots: {A: {amount: 900}, B: {amount: 100, leftover_to: A}}"
    asks = {"a": Ask(9, 1500, lot="A"), "b": Ask(8, 90, lot="B"), "c": Ask(8, 90, lot="B")}
    found = divided(rules("", lots, "open"), **asks)
    assert cents(found) == {"a": (90000, "A"), "b": (0, ""), "c": (0, "")}
    assert [(lot.received, lot.given, lot.left) for lot in found.lots] == [(0, 0, 0), (0, 0, 10000)]


# A common second pass

TWO = "lots: {A: {amount: 1000}, B: {amount: 1000}, C: {amount: 300}}"
OVER = {
    "a": Ask(9, 1200, lot="A"),
    "b": Ask(8, 300, lot="A"),
    "c": Ask(7, 600, lot="B"),
    "d": Ask(6, 900, lot="C"),
}


def test_in_the_second_pass_leftovers_go_in_one_order_over_all_lots() -> None:
    found = divided(rules("leftovers: second_pass", TWO), **OVER)
    assert {id_: (one.cents, one.limited_by, one.passes) for id_, one in awards(found).items()} == {
        "a": (120000, "request", (("general", 100000), ("second_pass", 20000))),
        "b": (20000, "second_pass", (("general", 0), ("second_pass", 20000))),
        "c": (60000, "request", (("general", 60000),)),
        "d": (30000, "second_pass", (("general", 30000), ("second_pass", 0))),
    }
    assert [(lot.lot, lot.received, lot.given, lot.left) for lot in found.lots] == [
        ("A", 40000, 0, 0),
        ("B", 0, 40000, 0),
        ("C", 0, 0, 0),
    ]


def test_what_the_second_pass_leaves_stays() -> None:
    found = divided(rules("leftovers: second_pass", TWO), a=Ask(9, 1200, lot="A"), c=Ask(7, 600, lot="B"))
    assert cents(found) == {"a": (120000, "request"), "c": (60000, "request")}
    assert [(lot.lot, lot.received, lot.given, lot.spent, lot.left) for lot in found.lots] == [
        ("A", 20000, 0, 120000, 0),
        ("B", 0, 20000, 60000, 20000),
        ("C", 0, 0, 0, 30000),
    ]


def test_equals_of_different_lots_share_a_place_in_the_second_pass_or_leave_it_open() -> None:
    asks = {"a": Ask(9, 1200, lot="A"), "b": Ask(8, 600, lot="B"), "d": Ask(9, 900, lot="C")}
    shared = cents(divided(rules("leftovers: second_pass", TWO), **asks))
    assert shared == {"a": (110000, "second_pass"), "b": (60000, "request"), "d": (60000, "second_pass")}
    waits = awards(divided(rules("leftovers: second_pass", TWO, "open"), **asks))
    assert {id_: (waits[id_].cents, waits[id_].undecided) for id_ in "abd"} == {
        "a": (100000, True),
        "b": (60000, False),
        "d": (30000, True),
    }


def test_a_draw_within_one_lot_holds_in_the_second_pass_too() -> None:
    call = rules("leftovers: second_pass", TWO, "open", "[points, draw]")
    asks = {"a": Ask(9, 900, lot="A"), "b": Ask(9, 900, lot="A"), "c": Ask(7, 600, lot="B"), "d": Ask(6, 200, lot="B")}
    found = cents(divided(call, draw("A:1", "b", "a"), **asks))
    assert found == {
        "a": (60000, "second_pass"),
        "b": (90000, "request"),
        "c": (60000, "request"),
        "d": (20000, "request"),
    }


def test_a_proportional_second_pass_shares_leftovers_by_points() -> None:
    call = rules("fill: proportional, leftovers: second_pass", TWO)
    found = awards(divided(call, a=Ask(30, 1300, lot="A"), b=Ask(10, 600, lot="B"), d=Ask(10, 900, lot="C")))
    assert {id_: (found[id_].cents, found[id_].limited_by, found[id_].passes) for id_ in "abd"} == {
        "a": (130000, "request", (("general", 100000), ("second_pass", 30000))),
        "b": (60000, "request", (("general", 60000),)),
        "d": (40000, "level", (("general", 30000), ("second_pass", 10000))),
    }


def test_a_budget_tree_gives_lots_their_money() -> None:
    tree = """
budget:
  amount: 1000.01
  committed: 100
  lines:
    big: {percent: 90}
    small: {rest: true}
lots: {A: {line: big}, B: {line: small}}
"""
    found = divided(rules("fill: proportional", tree), a=Ask(2, 9999, lot="A"), b=Ask(1, Fraction(9001, 100), lot="B"))
    assert [(lot.lot, lot.amount, lot.left) for lot in found.lots] == [("A", 81001, 0), ("B", 9000, 0)]
    assert cents(found) == {"a": (81001, "level"), "b": (9000, "level")}


KEPT = "set_asides: {youth: {where: young, amount: 400, lots: [B], unused: stays}}"


def test_money_that_stays_with_a_set_aside_does_not_move_on() -> None:
    lots = "lots: {A: {amount: 900}, B: {amount: 1000, leftover_to: A}}"
    asks = {"a": Ask(9, 2000, lot="A"), "b": Ask(8, 100, lot="B"), "c": Ask(7, 300, lot="B", young=True)}
    found = divided(rules(KEPT, lots), **asks)
    assert cents(found) == {"a": (140000, "A"), "b": (10000, "request"), "c": (30000, "request")}
    assert [(lot.lot, lot.received, lot.given, lot.left) for lot in found.lots] == [
        ("A", 50000, 0, 0),
        ("B", 0, 50000, 10000),
    ]
    found = divided(rules(f"leftovers: second_pass, {KEPT}", lots.replace(", leftover_to: A", "")), **asks)
    assert cents(found)["a"] == (140000, "second_pass")
    assert [lot.left for lot in found.lots] == [0, 10000]


def test_what_a_lot_receives_is_free_of_its_set_asides() -> None:
    lots = "lots: {A: {amount: 500, leftover_to: B}, B: {amount: 1000}}"
    found = divided(rules(KEPT, lots), a=Ask(9, 200, lot="A"), b=Ask(8, 2000, lot="B"))
    assert cents(found) == {"a": (20000, "request"), "b": (90000, "youth")}
    assert [(lot.lot, lot.received, lot.left) for lot in found.lots] == [("A", 0, 0), ("B", 30000, 40000)]


# The least award and several passes

KEEPS = "set_asides: {youth: {where: young, amount: 100}}"


def test_what_earlier_passes_gave_counts_towards_the_least_award() -> None:
    """In the common second pass a gets 100 EUR more: less than the least award, but it has 1.000 EUR already."""
    call = rules("fill: proportional, leftovers: second_pass, minimum_grant: {amount: 300}", TWO)
    found = divided(call, a=Ask(30, 1100, lot="A"), b=Ask(10, 600, lot="B"))
    assert {id_: (one.cents, one.passes) for id_, one in awards(found).items()} == {
        "a": (110000, (("general", 100000), ("second_pass", 10000))),
        "b": (60000, (("general", 60000),)),
    }
    assert found.certificate.failing == ()


def test_an_award_that_no_pass_lifts_to_the_least_falls_out_of_each() -> None:
    """The set-aside would give b 100 EUR and the rest another 90; neither with nor without the other is it 200."""
    call = rules(f"fill: proportional, {KEEPS}, minimum_grant: {{amount: 200}}")
    found = divided(call, a=Ask(9, 2000), b=Ask(1, 900, young=True))
    assert {id_: (one.cents, one.limited_by, one.passes) for id_, one in awards(found).items()} == {
        "a": (100000, "level", (("general", 100000),)),
        "b": (0, "minimum", (("youth", 0), ("general", 0))),
    }
    assert found.certificate.failing == ()


def test_an_award_above_the_least_is_added_to_by_however_little() -> None:
    call = rules(f"fill: proportional, {KEEPS}, minimum_grant: {{amount: 100}}")
    found = divided(call, a=Ask(9, 2000), b=Ask(1, 900, young=True))
    assert {id_: (one.cents, one.passes) for id_, one in awards(found).items()} == {
        "a": (81000, (("general", 81000),)),
        "b": (19000, (("youth", 10000), ("general", 9000))),
    }
    assert found.certificate.failing == ()
