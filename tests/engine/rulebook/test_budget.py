"""The budget as a tree: every cent of a line follows from its share, and where one takes the rest none is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine import money
from razpis.engine.money import Rounding
from razpis.engine.rulebook.budget import Budget, Line, divide, whole


def cents(budget):
    """The cents of every line by its name; fails where the budget has a fault."""
    lines, faults = divide(budget)
    assert faults == ()
    return {line.key: line.cents for line in lines}


def tree(amount, lines, **more):
    return Budget(amount=str(amount), lines={key: Line(**line) for key, line in lines.items()}, **more)


def test_amounts_percentages_and_the_rest():
    budget = tree(
        "10000",
        {
            "fixed": {"amount": 1000},
            "quarter": {"percent": 25},
            "most": {"percent_of_rest": 80},
            "left": {"rest": True},
        },
    )
    assert cents(budget) == {"fixed": 100_000, "quarter": 250_000, "most": 520_000, "left": 130_000}


def test_every_line_tells_how_it_came_about():
    lines, _ = divide(
        tree("100", {"a": {"amount": 10}, "b": {"percent": 20}, "c": {"percent_of_rest": 50}, "d": {"rest": True}})
    )
    assert [(line.share, line.percent, line.of) for line in lines] == [
        ("amount", 0, 10_000),
        ("percent", 20, 10_000),
        ("percent_of_rest", 50, 7_000),
        ("rest", 0, 7_000),
    ]


def test_markovci_2012_divides_ninety_to_ten():
    assert cents(tree("12345.67", {"first": {"percent": 90}, "second": {"rest": True}})) == {
        "first": 1_111_110,
        "second": 123_457,
    }


def test_what_is_committed_is_deducted_before_a_line_is_divided_further():
    budget = tree(
        "1000",
        {
            "a": {
                "percent": 50,
                "committed": 100,
                "lines": {"a1": {"percent": 25}, "a2": {"rest": True, "reserve": True}},
            },
            "b": {"rest": True, "committed": "0.01"},
        },
        committed=200,
    )
    lines, faults = divide(budget)
    assert (whole(budget), faults) == (80_000, ())
    assert [(line.key, line.above, line.cents, line.available, line.reserve) for line in lines] == [
        ("a", "", 40_000, 30_000, False),
        ("a1", "a", 7_500, 7_500, False),
        ("a2", "a", 22_500, 22_500, True),
        ("b", "", 40_000, 39_999, False),
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (2, {"a": 3_334, "b": 3_334, "c": 3_332}),
        ({"places": 0}, {"a": 3_300, "b": 3_300, "c": 3_400}),
        ({"places": 2, "mode": "down"}, {"a": 3_333, "b": 3_333, "c": 3_334}),
        ({"places": -1, "mode": "up"}, {"a": 4_000, "b": 4_000, "c": 2_000}),
    ],
)
def test_each_share_is_rounded_as_stated_and_the_rest_takes_what_rounding_leaves(rule, expected):
    lines = {"a": {"percent": 33}, "b": {"percent": 33}, "c": {"rest": True}}
    budget = tree("101.02", lines, round=rule)
    assert cents(budget) == {**expected, "c": 10_102 - expected["a"] - expected["b"]}


def test_a_budget_without_lines_is_one_sum():
    assert divide(Budget(amount="5.00")) == ((), ())
    assert whole(Budget(amount="5.00", committed="7.50")) == -250


shares = st.lists(st.integers(0, 30), min_size=1, max_size=3)
euros = st.integers(0, 10**8).map(lambda units: money.fixed(Fraction(units, 100), 2))


@given(euros, shares, st.lists(st.integers(0, 100), max_size=1), st.sampled_from(["half_up", "half_even", "down"]))
def test_where_one_line_takes_the_rest_every_cent_is_divided(amount, percentages, of_rest, mode):
    lines = {f"p{at}": {"percent": share} for at, share in enumerate(percentages)}
    lines |= {f"r{at}": {"percent_of_rest": share} for at, share in enumerate(of_rest)}
    budget = tree(amount, {**lines, "rest": {"rest": True}}, round={"places": 2, "mode": mode})
    found, faults = divide(budget)
    if faults:
        return
    assert sum(line.cents for line in found) == whole(budget)
    for line in found[:-1]:
        exact = Fraction(line.percent * line.of, 10_000)
        assert line.cents == money.to_cents(money.rounded(exact, Rounding(2, mode)))
        assert line.cents >= 0
