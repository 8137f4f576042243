"""Open ties in rank order: they wait only where the order changes what somebody gets, and the certificate agrees."""

from __future__ import annotations

import pytest

from tests.engine.allocation.sharing import Ask, awards, divided, rules

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
