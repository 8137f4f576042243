"""The digits a number can have: never fewer than it has, and what would grow without end is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from razpis.engine.expressions import EvaluationFault, ExpressionFault, Missing, compile_expression
from razpis.engine.expressions.size import FACT, MAX_DIGITS, WHOLE_FACT, Size, size_of
from tests.engine.expressions import terms
from tests.engine.expressions.terms import NAMES

KNOWN = {"n": Size(3), "d": Size(2, 1)}


def digits(number):
    return len(str(abs(number)))


@given(terms.numbers(3), terms.facts)
def test_a_value_never_has_more_digits(term, facts):
    size = size_of(term.text, {"members": WHOLE_FACT})
    try:
        value = Fraction(compile_expression(term.text, NAMES).value(facts))
    except (Missing, EvaluationFault):
        return
    assert digits(value.numerator) <= size.above
    assert value.denominator == 1 or digits(value.denominator) <= size.below + 1


@pytest.mark.parametrize(
    ("source", "size"),
    [
        ("7", Size(1)),
        ("0.25", Size(1, 1)),
        ("fact", FACT),
        ("t.c", FACT),
        ("n", Size(3)),
        ("-n", Size(3)),
        ("(d)", Size(2, 1)),
        ("n + n", Size(4)),
        ("n - d", Size(5, 1)),
        ("d + d", Size(4, 2)),
        ("n * d", Size(5, 1)),
        ("n / d", Size(4, 2)),
        ("n if true else d", Size(3, 1)),
        ("min(n, d)", Size(3, 1)),
        ("abs(d)", Size(2, 1)),
        ("sum(n, n, d)", Size(6, 1)),
        ("sum(t.c)", Size(30 + 20 * 200 + 4, 20 * 200)),
        ("round(d)", Size(11, 9)),
        ("floor(d)", Size(11)),
        ("count(t)", Size(9)),
        ("n > d and not (d == n)", Size(9)),
        ("'text'", Size(9)),
        ("true", Size(1)),
        ("[n, d]", Size(9)),
    ],
)
def test_digits_follow_from_those_of_the_facts(source, size):
    assert size_of(source, KNOWN) == size


@pytest.mark.parametrize(
    ("source", "offset"),
    [
        ("big * big", 4),
        ("big * n * big", 8),
        ("1 / big / big", 8),
        ("d / big + d / big", 8),
        ("1 if big * big > 3 else 2", 9),
        ("not (1 < big * big)", 13),
        ("count([n, big * big])", 14),
        ("answered(n) and big * big > 1", 20),
        ("max(1, round(sum(n, sum(wide * n))))", 20),
    ],
)
def test_what_would_have_too_many_digits_is_refused_wherever_it_stands(source, offset):
    known = KNOWN | {"big": Size(MAX_DIGITS - 10), "wide": Size(1, 1000)}
    with pytest.raises(ExpressionFault) as caught:
        size_of(source, known)
    assert caught.value.offset == offset
    assert caught.value.text.sl == "število bi lahko imelo več kot 100000 števk; izraz poenostavite"
    assert caught.value.text.en == "the number could have more than 100000 digits; simplify the expression"
