"""Proportional fill: the value of a point, its rounding, rounding of awards and who takes the last cent."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules

FILL = "fill: proportional"


def test_points_share_the_money_and_the_value_of_a_point_is_told() -> None:
    evaluation = divided(rules(FILL), a=Ask(30, 900), b=Ask(20, 900))
    lot = only_lot(evaluation)
    assert cents(evaluation) == {"a": (60000, "level"), "b": (40000, "level")}
    assert (lot.value_of_point, lot.exact_value, lot.left) == (2000, 2000, 0)
    assert [(one.level, one.share, one.available) for one in lot.awards] == [(2000, 60000, None), (2000, 40000, None)]


def test_what_one_cannot_take_is_shared_among_the_others() -> None:
    asks = {"a": Ask(30, 900), "b": Ask(20, 100), "c": Ask(50, 600)}
    lot = only_lot(divided(rules(FILL), **asks))
    assert {one.id: (one.cents, one.limited_by, one.share) for one in lot.awards} == {
        "a": (33750, "level", 33750),
        "b": (10000, "request", None),
        "c": (56250, "level", 56250),
    }
    assert (lot.value_of_point, lot.left) == (1125, 0)


def test_without_resharing_the_value_is_the_pot_divided_by_all_points_once() -> None:
    asks = {"a": Ask(30, 900), "b": Ask(20, 100), "c": Ask(50, 600)}
    lot = only_lot(divided(rules(f"{FILL}, resharing: false"), **asks))
    assert {one.id: (one.cents, one.limited_by) for one in lot.awards} == {
        "a": (30000, "level"),
        "b": (10000, "request"),
        "c": (50000, "level"),
    }
    assert (lot.value_of_point, lot.left) == (1000, 10000)


@pytest.mark.parametrize(
    ("asked", "places", "expected", "value"),
    [
        (90, "0", (8800, "level"), 1100),
        (89, "0", (8800, "level"), 1100),
        (88, "0", (8800, "request"), None),
        (90, "2", (9000, "request"), None),
        (90, "-2", (0, "level"), 0),
        (90, "{places: 0, mode: up}", (9000, "request"), None),
    ],
)
def test_without_resharing_a_published_value_holds_also_who_would_have_got_all(
    asked: int, places: str, expected: tuple[int, str], value: int | None
) -> None:
    """90 EUR for 8 points are 11.25 EUR a point; published are whole euros, hundreds or cents."""
    call = rules(f"{FILL}, resharing: false, value_of_point: {{round: {places}}}", "budget: 90")
    found = divided(call, a=Ask(8, asked))
    assert cents(found) == {"a": expected}
    assert only_lot(found).value_of_point == value
    assert found.certificate.failing == ()


def test_one_without_points_has_no_part_in_a_published_value() -> None:
    found = divided(
        rules(f"{FILL}, resharing: false, value_of_point: {{round: 0}}", "budget: 90"), a=Ask(8, 88), b=Ask(0, 50)
    )
    assert cents(found) == {"a": (8800, "request"), "b": (0, "level")}
    assert only_lot(found).value_of_point is None
    assert found.certificate.failing == ()


def test_without_resharing_the_whole_budget_may_lower_the_value_of_its_lots() -> None:
    """10 EUR a point by the lots' own money, 7.50 by the budget of both, published as whole euros."""
    lots = "budget: 150\nlots: {A: {amount: 100}, B: {amount: 100}}"
    call = rules(f"{FILL}, resharing: false, value_of_point: {{round: 0}}", lots)
    found = divided(call, a=Ask(10, 110, lot="A"), b=Ask(10, 110, lot="B"))
    assert cents(found) == {"a": (7000, "level"), "b": (7000, "level")}
    assert [(lot.value_of_point, lot.exact_value) for lot in found.lots] == [(700, 750), (700, 750)]
    assert found.certificate.failing == ()


@pytest.mark.parametrize("resharing", ["true", "false"])
def test_where_the_money_suffices_everyone_gets_what_it_asks_for(resharing: str) -> None:
    lot = only_lot(divided(rules(f"{FILL}, resharing: {resharing}"), a=Ask(30, 300), b=Ask(20, 200)))
    assert {one.id: (one.cents, one.limited_by) for one in lot.awards} == {
        "a": (30000, "request"),
        "b": (20000, "request"),
    }
    assert lot.left == 50000


def test_just_enough_money_leaves_nobody_short() -> None:
    lot = only_lot(divided(rules(FILL), a=Ask(1, 900), b=Ask(9, 100)))
    assert {one.id: (one.cents, one.limited_by) for one in lot.awards} == {
        "a": (90000, "request"),
        "b": (10000, "request"),
    }
    assert (lot.left, lot.value_of_point) == (0, None)


@pytest.mark.parametrize("resharing", ["true", "false"])
def test_without_points_there_is_no_share_even_where_money_is_left(resharing: str) -> None:
    lot = only_lot(divided(rules(f"{FILL}, resharing: {resharing}"), a=Ask(10, 300), b=Ask(0, 200), c=Ask(-3, 200)))
    assert {one.id: (one.cents, one.limited_by) for one in lot.awards} == {
        "a": (30000, "request"),
        "b": (0, "level"),
        "c": (0, "level"),
    }
    assert lot.left == 70000


@pytest.mark.parametrize("resharing", ["true", "false"])
def test_nobody_with_points_leaves_all_the_money(resharing: str) -> None:
    lot = only_lot(divided(rules(f"{FILL}, resharing: {resharing}"), a=Ask(0, 300)))
    assert [(one.cents, one.limited_by) for one in lot.awards] == [(0, "level")]
    assert (lot.left, lot.value_of_point) == (100000, None)


def test_the_weight_may_be_any_expression() -> None:
    found = cents(divided(rules(f"{FILL}, weight: points * requested"), a=Ask(2, 600), b=Ask(1, 900)))
    assert found == {"a": (57143, "level"), "b": (42857, "level")}
    assert cents(divided(rules(f"{FILL}, weight: 1"), a=Ask(2, 600), b=Ask(1, 900))) == {
        "a": (50000, "level"),
        "b": (50000, "level"),
    }


# The value of a point, rounded


@pytest.mark.parametrize(
    ("rounding", "value", "granted", "left"),
    [
        ("2", 5263, {"a": 36841, "b": 63156}, 3),
        ("0", 5200, {"a": 36400, "b": 62400}, 1200),
        ("-1", 5000, {"a": 35000, "b": 60000}, 5000),
        ("{places: 1, mode: down}", 5260, {"a": 36820, "b": 63120}, 60),
        ("{places: 0, mode: up}", 5200, {"a": 36400, "b": 62400}, 1200),
    ],
)
def test_the_value_is_rounded_before_awards_and_never_overspends(
    rounding: str, value: int, granted: dict[str, int], left: int
) -> None:
    """1.000 EUR over 19 points are 52,63157… EUR a point; rounding that up would overspend."""
    call = rules(f"{FILL}, value_of_point: {{round: {rounding}}}")
    lot = only_lot(divided(call, a=Ask(7, 900), b=Ask(12, 900)))
    assert {one.id: one.cents for one in lot.awards} == granted
    assert (lot.value_of_point, lot.exact_value, lot.left) == (value, Fraction(100000, 19), left)
    assert [one.level for one in lot.awards] == [value, value]


def test_the_value_is_rounded_up_where_nobody_is_overspent_by_it() -> None:
    """1.000 EUR over 30 points are 33,33… EUR a point; at 34 EUR b still has enough with its request."""
    call = rules(f"{FILL}, resharing: false, value_of_point: {{round: {{places: 0, mode: up}}}}")
    lot = only_lot(divided(call, a=Ask(10, 900), b=Ask(20, 600)))
    assert {one.id: (one.cents, one.limited_by) for one in lot.awards} == {
        "a": (34000, "level"),
        "b": (60000, "request"),
    }
    assert (lot.value_of_point, lot.exact_value, lot.left) == (3400, Fraction(10000, 3), 6000)


@pytest.mark.parametrize("resharing", ["true", "false"])
def test_nobody_gets_more_than_its_points_at_the_published_value(resharing: str) -> None:
    """b is content with 200,20 EUR (20,02 EUR a point); at the published 20 EUR a point it gets 200 EUR."""
    call = rules(f"{FILL}, resharing: {resharing}, value_of_point: {{round: 0}}", "budget: 601")
    lot = only_lot(divided(call, a=Ask(10, 900), b=Ask(10, Fraction(20020, 100)), c=Ask(10, 900)))
    assert lot.value_of_point == 2000
    assert {one.id: (one.cents, one.limited_by) for one in lot.awards} == {
        "a": (20000, "level"),
        "b": (20000, "level"),
        "c": (20000, "level"),
    }


def test_the_value_in_one_lot_does_not_depend_on_the_rounding_in_another() -> None:
    lots = "lots: {A: {amount: 100}, B: {amount: 100}}"
    call = rules(f"{FILL}, resharing: false, value_of_point: {{round: 0}}", lots)
    down = {"a": Ask(3, 90, lot="A"), "b": Ask(1, 90, lot="A")}
    up = {"c": Ask(2, 90, lot="B"), "d": Ask(Fraction(3, 2), 30, lot="B")}
    found = divided(call, **down, **up)
    assert [(lot.lot, lot.value_of_point, lot.exact_value) for lot in found.lots] == [
        ("A", 2500, 2500),
        ("B", 2900, Fraction(20000, 7)),
    ]
    tight = down | {"e": Ask(Fraction(7, 100), 90, lot="A")}
    found = divided(call, **tight, **up)
    assert [(lot.lot, lot.value_of_point) for lot in found.lots] == [("A", 2400), ("B", 2900)]
    assert cents(found)["c"] == (5800, "level")


# Rounding of awards


def test_awards_are_rounded_to_the_cent_half_up() -> None:
    lot = only_lot(divided(rules(f"{FILL}, resharing: false"), a=Ask(1, 900), b=Ask(2, 100), c=Ask(4, 900)))
    assert [(one.id, one.cents, one.share, one.rounded_down) for one in lot.awards] == [
        ("c", 57143, Fraction(400000, 7), False),
        ("b", 10000, None, False),
        ("a", 14286, Fraction(100000, 7), False),
    ]


def test_where_rounding_up_would_overspend_all_its_members_are_rounded_down_and_told_so() -> None:
    lot = only_lot(divided(rules(FILL, "budget: 0.05"), a=Ask(1, 9), b=Ask(1, 9)))
    assert [(one.cents, one.share, one.rounded_down) for one in lot.awards] == [
        (2, Fraction(5, 2), True),
        (2, Fraction(5, 2), True),
    ]
    assert lot.left == 1


@pytest.mark.parametrize(
    ("rounding", "granted"),
    [
        ("0", {"a": 14300, "b": 28600, "c": 57100}),
        ("-1", {"a": 14000, "b": 29000, "c": 57000}),
        ("-2", {"a": 10000, "b": 30000, "c": 60000}),
        ("{places: 0, mode: down}", {"a": 14200, "b": 28500, "c": 57100}),
        ("{places: 0, mode: up}", {"a": 14200, "b": 28500, "c": 57100}),
        ("{places: -2, mode: down}", {"a": 10000, "b": 20000, "c": 50000}),
    ],
)
def test_awards_may_be_whole_euros_tens_or_hundreds(rounding: str, granted: dict[str, int]) -> None:
    evaluation = divided(rules(f"{FILL}, round: {rounding}"), a=Ask(1, 900), b=Ask(2, 900), c=Ask(4, 900))
    assert {id_: amount for id_, (amount, _) in cents(evaluation).items()} == granted


# The last cent

THREE = {"a": Ask(3, 900), "b": Ask(2, 900), "c": Ask(2, 900), "d": Ask(4, 900)}


@pytest.mark.parametrize(
    ("owner", "given"),
    [
        ("nobody", {}),
        ("first_in_rank", {"d": 3}),
        ("last_in_rank", {}),
        ("largest_award", {"d": 3}),
        ("largest_remainder", {"a": 1}),
    ],
)
def test_the_remainder_goes_to_its_owner_but_never_divides_equals(owner: str, given: dict[str, int]) -> None:
    """10 EUR over 11 points, rounded down: a 272 (,72…), b and c 181 (,81… each), d 363 (,63…); 3 cents are left.

    Two of them would go to b and c as largest remainders; the third to a. With b and c last and equal, three
    cents cannot be divided between the two without preferring one, so they stay.
    """
    call = rules(f"{FILL}, round: {{places: 2, mode: down}}, last_cent: {owner}", "budget: 10")
    lot = only_lot(divided(call, **THREE))
    base = {"a": 272, "b": 181, "c": 181, "d": 363}
    if owner == "largest_remainder":
        given = {"b": 1, "c": 1, "a": 1}
    assert {one.id: one.cents for one in lot.awards} == {id_: base[id_] + given.get(id_, 0) for id_ in base}
    assert {one.id: one.last_cents for one in lot.awards} == {id_: given.get(id_, 0) for id_ in base}
    assert lot.left == 3 - sum(given.values())


def test_equal_remainders_in_different_places_follow_the_rank() -> None:
    call = rules(f"{FILL}, weight: 1, last_cent: largest_remainder", "budget: 0.05")
    lot = only_lot(divided(call, low=Ask(1, 9), high=Ask(2, 9)))
    assert {one.id: one.cents for one in lot.awards} == {"high": 3, "low": 2}


@pytest.mark.parametrize(
    ("owner", "expected"), [("first_in_rank", (3, 2)), ("last_in_rank", (2, 3)), ("largest_award", (3, 2))]
)
def test_the_owner_is_found_by_rank(owner: str, expected: tuple[int, int]) -> None:
    call = rules(f"{FILL}, weight: 1, last_cent: {owner}", "budget: 0.05")
    lot = only_lot(divided(call, low=Ask(1, 9), high=Ask(2, 9)))
    assert tuple(one.cents for one in lot.awards) == expected


def test_the_owner_takes_no_more_than_it_asked_for_and_the_next_takes_the_rest() -> None:
    call = rules(f"{FILL}, weight: 1, round: {{places: 0, mode: down}}, last_cent: first_in_rank", "budget: 11")
    lot = only_lot(divided(call, a=Ask(4, 3), b=Ask(3, 9), c=Ask(2, 9), d=Ask(1, 9)))
    assert {one.id: (one.cents, one.last_cents) for one in lot.awards} == {
        "a": (300, 100),
        "b": (400, 200),
        "c": (200, 0),
        "d": (200, 0),
    }


def test_rounding_that_gave_more_than_it_took_leaves_no_remainder_to_give() -> None:
    """1,52 EUR over three points are 50,66… cents each; a and b round up to 51, c wants 10 only."""
    for owner in ("first_in_rank", "last_in_rank", "largest_award", "largest_remainder"):
        call = rules(f"{FILL}, weight: 1, resharing: false, last_cent: {owner}", "budget: 1.52")
        lot = only_lot(divided(call, a=Ask(3, 9), b=Ask(2, 9), c=Ask(1, Fraction(1, 10))))
        assert {one.id: (one.cents, one.last_cents) for one in lot.awards} == {"a": (51, 0), "b": (51, 0), "c": (10, 0)}
        assert lot.left == 40


def test_the_last_cents_keep_to_the_unit() -> None:
    call = rules(f"{FILL}, weight: 1, round: 0, last_cent: first_in_rank", "budget: 10.50")
    lot = only_lot(divided(call, a=Ask(3, 9), b=Ask(2, 9), c=Ask(1, 9)))
    assert {one.id: one.cents for one in lot.awards} == {"a": 400, "b": 300, "c": 300}
    assert lot.left == 50


def test_a_rounded_value_of_a_point_gives_its_remainder_to_nobody() -> None:
    call = rules(f"{FILL}, value_of_point: {{round: 0}}, last_cent: first_in_rank")
    lot = only_lot(divided(call, a=Ask(7, 900), b=Ask(12, 900)))
    assert {one.id: (one.cents, one.last_cents) for one in lot.awards} == {"a": (36400, 0), "b": (62400, 0)}
    assert lot.left == 1200


def test_last_cents_never_break_a_limit_on_a_sum() -> None:
    """The applicant's cap of 0,05 EUR holds a and b at 2,5 cents each: one cent cannot be given to both."""
    cap = "limits: {joint: {amount: 0.05, per: applicant}}"
    for owner in ("first_in_rank", "largest_award", "largest_remainder"):
        call = rules(f"{FILL}, weight: 1, last_cent: {owner}, {cap}", "budget: 0.20")
        asks = {id_: Ask(5, 9, applicant="P") for id_ in "ab"} | {id_: Ask(4, 9, applicant=id_) for id_ in "cdefgh"}
        found = awards(divided(call, **asks))
        assert sum(found[id_].cents for id_ in "ab") <= 5, owner
        assert sum(one.cents for one in found.values()) <= 20, owner


def test_units_that_no_owner_may_take_stay() -> None:
    """Each applicant's cap of 0,19 EUR holds one at 0,10 EUR; of the 0,18 EUR lost nobody may have 0,10 EUR."""
    cap = "limits: {joint: {amount: 0.19, per: applicant}}"
    for owner in ("first_in_rank", "last_in_rank", "largest_award", "largest_remainder"):
        call = rules(f"{FILL}, round: {{places: 1, mode: down}}, last_cent: {owner}, {cap}")
        lot = only_lot(divided(call, a=Ask(2, 9, applicant="P"), b=Ask(1, 9, applicant="Q")))
        assert [(one.cents, one.share, one.last_cents) for one in lot.awards] == [(10, 19, 0), (10, 19, 0)], owner


# The least award


LEAST = {"a": Ask(50, 900), "b": Ask(30, 900), "c": Ask(12, 900), "d": Ask(8, 900)}


@pytest.mark.parametrize(
    ("least", "granted"),
    [
        ("{amount: 80}", {"a": 50000, "b": 30000, "c": 12000, "d": 8000}),
        ("{amount: 100}", {"a": 54348, "b": 32609, "c": 13043, "d": 0}),
        ("{amount: 125}", {"a": 54348, "b": 32609, "c": 13043, "d": 0}),
        ("{amount: 125, drop: all}", {"a": 62500, "b": 37500, "c": 0, "d": 0}),
        ("{amount: 130.44}", {"a": 62500, "b": 37500, "c": 0, "d": 0}),
        ("{amount: 901}", {"a": 0, "b": 0, "c": 0, "d": 0}),
    ],
)
def test_below_the_least_award_the_lowest_falls_out_and_the_rest_is_shared_again(
    least: str, granted: dict[str, int]
) -> None:
    found = awards(divided(rules(f"{FILL}, minimum_grant: {least}"), **LEAST))
    assert {id_: found[id_].cents for id_ in "abcd"} == granted
    assert {found[id_].limited_by for id_ in "abcd" if not granted[id_]} <= {"minimum"}


def test_equal_ones_fall_out_together() -> None:
    asks = {"a": Ask(80, 900), "b": Ask(10, 900), "c": Ask(10, 900)}
    assert cents(divided(rules(f"{FILL}, minimum_grant: {{amount: 101}}"), **asks)) == {
        "a": (90000, "request"),
        "b": (0, "minimum"),
        "c": (0, "minimum"),
    }


@pytest.mark.parametrize(
    ("rounding", "least"), [("value_of_point: {round: 0}", "166.01"), ("round: {places: -1, mode: down}", "160.01")]
)
def test_who_falls_below_the_least_award_by_rounding_gets_nothing(rounding: str, least: str) -> None:
    """1.000 EUR by 3 : 2 : 1 points are 166,66 EUR a point; rounded, the last would get 166 or 160 EUR."""
    call = rules(f"{FILL}, {rounding}, minimum_grant: {{amount: {least}}}")
    found = cents(divided(call, a=Ask(3, 600), b=Ask(2, 900), c=Ask(1, 900)))
    assert found["c"] == (0, "minimum")


def test_one_without_points_is_no_reason_to_tell_a_value_of_a_point() -> None:
    lot = only_lot(divided(rules(f"{FILL}, resharing: false"), a=Ask(10, 300), b=Ask(0, 200)))
    assert (lot.value_of_point, lot.exact_value) == (None, None)


def test_of_two_sums_used_up_at_once_the_innermost_is_named() -> None:
    """The lot and the limit z both hold at 100 EUR a point; for another application z stands further out."""
    young = "a: {amount: 900, per: all, where: young}, b: {amount: 900, per: all, where: young}"
    call = rules(
        f"{FILL}, limits: {{{young}, z: {{amount: 300, per: all}}}}", "lots: {A: {amount: 200}, B: {amount: 999}}"
    )
    asks = {"one": Ask(1, 900, lot="A"), "two": Ask(1, 900, lot="A"), "more": Ask(1, 900, lot="B", young=True)}
    assert cents(divided(call, **asks)) == dict.fromkeys(("more", "one", "two"), (10000, "z"))
