"""The range of an expression: never too narrow, and no wider than it must be where a fact stands once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.expressions import EvaluationFault, Missing, compile_expression
from razpis.engine.rulebook.bounds import ANY, Interval, bounds, facts
from tests.engine.expressions import terms
from tests.engine.expressions.terms import NAMES
from tests.engine.factories import rulebook

ends = st.one_of(st.none(), st.integers(-6, 6), st.sampled_from([Fraction(-1, 2), Fraction(1, 2)]))


@st.composite
def intervals(draw):
    low, high = draw(ends), draw(ends)
    return Interval(high, low) if low is not None and high is not None and high < low else Interval(low, high)


def inside(interval, value):
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)


def within(interval):
    """Numbers of an interval."""
    low = interval.low if interval.low is not None else -20 if interval.high is None else min(interval.high - 20, -20)
    high = interval.high if interval.high is not None else max(low + 20, 20)
    return st.integers(0, 8).map(lambda step: low + Fraction(high - low) * step / 8)


@given(st.data(), terms.numbers(3), intervals(), intervals(), intervals(), terms.facts)
def test_no_value_lies_outside(data, term, cost, income, members, given_facts):
    known = {"cost": cost, "income": income, "members": members}
    drawn = given_facts | {name: data.draw(within(interval)) for name, interval in known.items()}
    try:
        value = compile_expression(term.text, NAMES).value(drawn)
    except (Missing, EvaluationFault):
        return
    assert inside(bounds(term.text, known), value)


KNOWN = {"n": Interval(1, 4), "m": Interval(-2, 3), "up": Interval(5, None), "down": Interval(None, 0), "none": ANY}


@pytest.mark.parametrize(
    ("source", "low", "high"),
    [
        ("7", 7, 7),
        ("n", 1, 4),
        ("unknown", None, None),
        ("-n", -4, -1),
        ("-up", None, -5),
        ("(n)", 1, 4),
        ("n + m", -1, 7),
        ("n - m", -2, 6),
        ("n + up", 6, None),
        ("n * m", -8, 12),
        ("n * up", 5, None),
        ("m * up", None, None),
        ("n * n", 1, 16),
        ("m / n", -2, 3),
        ("n / up", 0, Fraction(4, 5)),
        ("n / m", None, None),
        ("n / 2", Fraction(1, 2), 2),
        ("n / (n - 1)", Fraction(1, 3), None),
        ("1 / down", None, None),
        ("n / 0", None, None),
        ("n if true else m", -2, 4),
        ("n if true else none", None, None),
        ("min(n, m)", -2, 3),
        ("min(n, up)", 1, 4),
        ("min(n, down)", None, 0),
        ("min(n, none)", None, 4),
        ("max(n, m)", 1, 4),
        ("max(n, up)", 5, None),
        ("max(n, none)", 1, None),
        ("max(0, none)", 0, None),
        ("min(t.c)", None, None),
        ("sum(n, m, 1)", 0, 8),
        ("sum(t.c)", None, None),
        ("count(t)", 0, None),
        ("round(n / 3)", 0, 1),
        ("round(n / 3, 1)", Fraction(3, 10), Fraction(13, 10)),
        ("round(n * 100, -2)", 100, 400),
        ("floor(n / 3)", 0, 1),
        ("ceil(n / 3)", 1, 2),
        ("abs(m)", 0, 3),
        ("abs(n)", 1, 4),
        ("abs(-n)", 0, 4),
        ("abs(none)", 0, None),
        ("years_between(a, b)", None, None),
        ("'text'", None, None),
        ("true", None, None),
        ("t.c", None, None),
    ],
)
def test_the_range_follows_from_the_ranges_of_the_facts(source, low, high):
    assert bounds(source, KNOWN) == Interval(low, high)


@given(intervals(), intervals(), st.data(), st.integers(-3, 3))
def test_sums_products_multiples_and_hulls_hold_what_they_are_made_of(one, two, data, factor):
    left, right = data.draw(within(one)), data.draw(within(two))
    assert inside(one.plus(two), left + right)
    assert inside(one.product(two), left * right)
    assert inside(one.times(factor), left * factor)
    assert inside(one.negative(), -left)
    assert inside(one.hull(two), left)
    assert inside(one.hull(two), right)


@given(intervals(), ends, ends, st.data())
def test_a_clipped_range_holds_every_clipped_value(interval, least, most, data):
    value = data.draw(within(interval))
    clipped = value if most is None else min(value, most)
    clipped = clipped if least is None else max(clipped, least)
    assert inside(interval.clipped(least, most), clipped)


def test_the_ranges_of_a_form_and_of_what_is_derived_from_it():
    rules = rulebook(
        fields="""
            a: {label: A, type: integer, min: 1, max: 4}
            b: {label: B, type: euro}
            t: {label: T, type: text}
            """,
        derived="{c: {label: C, value: a * 2}, d: {label: D, value: c + b}}",
    )
    assert facts(rules.file) == {
        "call_year": Interval(2026, 2026),
        "applicant_applications": Interval(1),
        "applicant_number": Interval(1),
        "a": Interval(1, 4),
        "b": ANY,
        "t": ANY,
        "c": Interval(2, 8),
        "d": ANY,
    }
