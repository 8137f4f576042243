"""Open ties in rank order: they wait only where the order changes what somebody gets, and the certificate agrees."""

from __future__ import annotations

import pytest

from tests.engine.allocation.sharing import Ask, awards, divided, rules
from tests.engine.making import draw

WAITS = (0, True)


@pytest.mark.parametrize(
    ("allocation", "asked", "given"),
    [
        ("edge: part", (150, 150), (WAITS, WAITS)),
        ("edge: part, minimum_useful: 100", (150, 150), (WAITS, WAITS)),
        ("edge: part, minimum_useful: 100.01", (150, 150), ((0, False), (0, False))),
        ("edge: part, minimum_useful: 100.01", (100, 150), (WAITS, WAITS)),
        ("edge: skip", (150, 150), ((0, False), (0, False))),
        ("edge: skip", (100, 150), (WAITS, WAITS)),
        ("edge: skip", (0, 150), ((0, False), (0, False))),
        ("edge: stop", (150, 150), ((0, False), (0, False))),
        ("edge: stop", (100, 150), (WAITS, WAITS)),
        ("edge: stop", (50, 60), (WAITS, WAITS)),
        ("edge: stop", (50, 50), ((5000, False), (5000, False))),
        ("edge: part", (50, 50), ((5000, False), (5000, False))),
        ("edge: part", (0, 150), (WAITS, WAITS)),
    ],
)
def test_a_tie_waits_where_one_that_came_first_would_get_something(
    allocation: str, asked: tuple[int, int], given: tuple[tuple[int, bool], ...]
) -> None:
    call = rules(allocation, "budget: 100", still_tied="open", keys="[points, draw]")
    found = divided(call, a=Ask(1, asked[0]), b=Ask(1, asked[1]))
    assert tuple((awards(found)[id_].cents, awards(found)[id_].undecided) for id_ in "ab") == given
    assert found.certificate.failing == ()


def test_one_of_a_tie_that_is_alone_in_a_pass_waits_for_nobody_there() -> None:
    """Of 100 EUR kept for the young a gets its part, whoever of a and b comes first for the rest."""
    call = rules("set_asides: {youth: {where: young, amount: 100}}", "budget: 400", "open", "[points, draw]")
    found = divided(call, a=Ask(1, 300, young=True), b=Ask(1, 300))
    assert {id_: (one.passes, one.undecided) for id_, one in awards(found).items()} == {
        "a": ((("youth", 10000), ("general", 0)), True),
        "b": ((("general", 0),), True),
    }
    assert found.certificate.failing == ()


@pytest.mark.parametrize(
    ("allocation", "given"),
    [
        ("entitlement: requested if place == 1 else 50", (WAITS, WAITS)),
        ("limits: {second: {amount: 50 if place == 2 else 100}}", (WAITS, WAITS)),
        ("limits: {second: {amount: 50, where: place == 2}}", (WAITS, WAITS)),
        ("limits: {first: {amount: 150, per: all, where: place == 1}}", (WAITS, WAITS)),
        ("entitlement: requested if place <= 2 else 50", ((10000, False), (10000, False))),
        ("entitlement: requested if size == 1 else 50", ((10000, False), (10000, False))),
    ],
)
def test_a_tie_waits_where_its_order_decides_what_an_amount_is(
    allocation: str, given: tuple[tuple[int, bool], ...]
) -> None:
    """There is money for both, but not the same for the first and the second."""
    call = rules(allocation, "budget: 1000", still_tied="open", keys="[points, draw]")
    found = divided(call, a=Ask(1, 100), b=Ask(1, 100))
    assert tuple((awards(found)[id_].cents, awards(found)[id_].undecided) for id_ in "ab") == given
    assert found.certificate.failing == ()


@pytest.mark.parametrize(
    ("allocation", "budget", "each"),
    [
        ("entitlement: requested if place < 3 else 50, money_threshold: {at_most: 1}", 100, (0, "money_threshold")),
        ("entitlement: requested if place < 3 else 50, most_winners: 1", 1000, (0, "most_winners")),
        ("entitlement: requested if place == 1 else 50", 1000, (5000, "request")),
    ],
    ids=["below the threshold from the money", "behind the last recipient", "apart from the place that has more"],
)
def test_a_tie_waits_for_nothing_where_its_own_places_are_alike(
    allocation: str, budget: int, each: tuple[int, str]
) -> None:
    """b and c share the second and the third place, and what they get does not turn on it."""
    call = rules(allocation, f"budget: {budget}", "open", "[points, draw]")
    found = divided(call, a=Ask(2, 100), b=Ask(1, 100), c=Ask(1, 100))
    assert {id_: (one.cents, one.limited_by, one.undecided) for id_, one in awards(found).items()} == {
        "a": (10000, "request", False),
        "b": (*each, False),
        "c": (*each, False),
    }
    assert found.certificate.failing == ()


# Money set aside for those who are tied

YOUNG_TIE = {"b": Ask(5, 50, young=True), "c": Ask(5, 40, young=True)}


@pytest.mark.parametrize(
    ("kept", "first", "waiting", "drawn"),
    [
        ("amount: 50", 100, "abc", {"a": 5000, "b": 1000, "c": 4000}),
        ("amount: 50", 51, "abc", {"a": 5000, "b": 1000, "c": 4000}),
        ("amount: 50", 50, "bc", {"a": 5000, "b": 1000, "c": 4000}),
        ("amount: 90", 20, "", {"a": 1000, "b": 5000, "c": 4000}),
        ("amount: 50, unused: stays", 60, "abc", {"a": 5000, "b": 1000, "c": 4000}),
    ],
)
def test_who_comes_before_them_leaves_them_what_is_kept(
    kept: str, first: int, waiting: str, drawn: dict[str, int]
) -> None:
    """Of 100 EUR so much is kept for the young b and c; a, who is before them, may not take what they wait for."""
    call = rules(f"set_asides: {{youth: {{where: young, {kept}}}}}", "budget: 100", "open", "[points, draw]")
    asked = {"a": Ask(7, first)} | YOUNG_TIE
    found = divided(call, **asked)
    assert "".join(id_ for id_, one in sorted(awards(found).items()) if one.undecided) == waiting
    assert found.certificate.failing == ()
    then = divided(call, draw("2", "c", "b"), **asked)
    assert {id_: one.cents for id_, one in awards(then).items()} == drawn
    assert then.certificate.failing == ()


def test_who_waits_for_money_set_aside_asks_for_the_rest_of_its_lot_only_once() -> None:
    """b and c wait for 50 EUR that are kept, and then for what they still want of the lot: 90 EUR in all, not 140."""
    call = rules(
        "set_asides: {youth: {where: young, amount: 50, lots: [A]}}, limits: {all: {amount: 200, per: all}}",
        "lots: {A: {amount: 500}, B: {amount: 500}}",
        "open",
        "[points, draw]",
    )
    tie = {id_: one._replace(lot="A") for id_, one in YOUNG_TIE.items()}
    for asked, waiting in ((110, "bc"), (111, "bcd")):
        found = divided(call, **tie, e=Ask(9, 0, lot="A"), d=Ask(9, asked, lot="B"))
        assert "".join(id_ for id_, one in sorted(awards(found).items()) if one.undecided) == waiting
        assert found.certificate.failing == ()


def test_below_the_threshold_from_the_money_nobody_waits() -> None:
    call = rules("money_threshold: {at_least: 1}", "budget: 150", "open", "[points, draw]")
    found = divided(call, a=Ask(9, 100), b=Ask(9, 100), c=Ask(2, 100))
    assert {id_: (one.undecided, one.limited_by) for id_, one in awards(found).items()} == {
        "a": (True, ""),
        "b": (True, ""),
        "c": (False, "money_threshold"),
    }
    assert found.certificate.failing == ()


def test_the_only_one_of_its_place_that_takes_part_waits_for_nobody() -> None:
    """Equal in rank, but b is below the threshold that follows from the money."""
    keys = "[{expression: cost, order: lowest}, draw]"
    call = rules("money_threshold: {at_least: 1}", "budget: 150", "open", keys)
    found = divided(call, a=Ask(9, 200), b=Ask(2, 100))
    assert {id_: (one.cents, one.limited_by, one.undecided) for id_, one in awards(found).items()} == {
        "a": (15000, "budget", False),
        "b": (0, "money_threshold", False),
    }
    assert found.certificate.failing == ()


@pytest.mark.parametrize(("asked", "waiting"), [(190, "bc"), (191, "bcd")])
def test_of_a_joint_limit_they_may_take_no_more_than_their_lot_holds(asked: int, waiting: str) -> None:
    """90 EUR are kept for b and c over both lots, but only 10 of these can be theirs."""
    call = rules(
        "set_asides: {youth: {where: young, amount: 90}}, limits: {all: {amount: 200, per: all}}",
        "lots: {B: {amount: 500}, A: {amount: 10}}",
        "open",
        "[points, draw]",
    )
    tie = {id_: one._replace(lot="A") for id_, one in YOUNG_TIE.items()}
    found = divided(call, **tie, d=Ask(9, asked, lot="B"))
    assert "".join(id_ for id_, one in sorted(awards(found).items()) if one.undecided) == waiting
    assert found.certificate.failing == ()
