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
