"""The certificate on a proportional fill at a rounded value of a point."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.allocation.sharing import Ask, cents, divided, only_lot, rules

ROUNDED = [
    (
        "value_of_point: {round: 2}",
        "1000",
        {"a": Ask(5, 900), "b": Ask(3, 300), "c": Ask(2, 900)},
        {"a": (50000, "level"), "b": (30000, "request"), "c": (20000, "level")},
        (10000, 10000),
    ),
    (
        "value_of_point: {round: 0}",
        "1003.80",
        {"a": Ask(9, 5000), "b": Ask(1, Fraction(501, 5))},
        {"a": (90000, "level"), "b": (10000, "level")},
        (10000, 10040),
    ),
    (
        "value_of_point: {round: 0}",
        "950",
        {"a": Ask(9, 2000), "b": Ask(1, 50)},
        {"a": (90000, "level"), "b": (5000, "request")},
        (10000, 10000),
    ),
    (
        "resharing: false, value_of_point: {round: 0}",
        "398",
        {"a": Ask(2, 10), "b": Ask(1, 100), "c": Ask(1, 900)},
        {"a": (1000, "request"), "b": (10000, "request"), "c": (10000, "level")},
        (10000, 9950),
    ),
]


@pytest.mark.parametrize(
    ("fill", "budget", "asks", "given", "value"),
    ROUNDED,
    ids=["wanted exactly", "less by rounding", "one point", "more by rounding"],
)
def test_what_follows_from_the_rounded_value_is_certified(fill, budget, asks, given, value) -> None:
    found = divided(rules(f"fill: proportional, {fill}", f"budget: {budget}"), **asks)
    lot = only_lot(found)
    assert (cents(found), (lot.value_of_point, lot.exact_value)) == (given, value)
    assert found.certificate.failing == ()


FOUR = {"a": Ask(5, 900), "b": Ask(4, 900), "c": Ask(3, 900), "d": Ask(2, 900)}
LEAST = "minimum_grant: {amount: 100}"
WHOLE = [
    (LEAST, "300", FOUR, {"a": (16667, "level"), "b": (13333, "level"), "c": (0, "minimum"), "d": (0, "minimum")}),
    (
        "minimum_grant: {amount: 100, drop: all}",
        "300",
        FOUR,
        {"a": (30000, "level"), **dict.fromkeys("bcd", (0, "minimum"))},
    ),
    (LEAST, "300", {"a": Ask(2, 900), "b": Ask(1, 900)}, {"a": (20000, "level"), "b": (10000, "level")}),
    (
        f"{LEAST}, set_asides: {{youth: {{where: young, amount: 150}}}}",
        "450",
        {"a": Ask(1, 160, young=True), "b": Ask(5, 900)},
        {"a": (16000, "request"), "b": (29000, "level")},
    ),
    (
        f"{LEAST}, money_threshold: {{at_most: 1}}",
        "300",
        {"a": Ask(5, 300), "b": Ask(4, 300)},
        {"a": (30000, "request"), "b": (0, "money_threshold")},
    ),
    (
        "last_cent: first_in_rank",
        "100.01",
        {"a": Ask(3, 900), "b": Ask(2, 900), "c": Ask(2, 900)},
        {"a": (4287, "level"), "b": (2857, "level"), "c": (2857, "level")},
    ),
    ("resharing: true", "0.05", {"a": Ask(1, 9), "b": Ask(1, 9)}, {"a": (2, "level"), "b": (2, "level")}),
]


@pytest.mark.parametrize(
    ("fill", "budget", "asks", "given"),
    WHOLE,
    ids=["the lowest first", "all at once", "just enough", "with a set-aside", "threshold", "last cent", "down"],
)
def test_what_is_too_little_and_what_rounding_leaves_is_certified(fill, budget, asks, given) -> None:
    found = divided(rules(f"fill: proportional, {fill}", f"budget: {budget}"), **asks)
    assert cents(found) == given
    assert found.certificate.failing == ()
