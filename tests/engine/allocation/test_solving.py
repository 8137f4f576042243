"""Levels as equations: what two whole numbers decide and what only the exact value does."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine import money
from razpis.engine.allocation.solving import BITS, Amount, Level, enclosed, solve, whole_units

NUMBERS = st.integers(0, 50) | st.fractions(0, 50, max_denominator=12)
MODES = st.sampled_from(["half_up", "half_even", "down", "up"])


def near(cents: int, weight: int, *terms: tuple[Level, int], serial: int = 1, doubt: int = 0) -> Level:
    """The level of an equation, its whole numbers ``doubt`` further apart than they need be."""
    exact = (cents - sum(factor * level.exact for level, factor in terms)) / Fraction(weight)
    low, high = enclosed(exact)
    return Level(cents, weight, terms, serial, low - doubt, high + doubt)


@given(NUMBERS)
def test_a_number_is_enclosed(number) -> None:
    low, high = enclosed(number)
    assert Fraction(low, 2**BITS) <= number <= Fraction(high, 2**BITS)
    assert high - low == (0 if number * 2**BITS == low else 1)


def test_an_equation_is_solved_with_those_it_rests_on() -> None:
    first = near(10, 3, serial=1)
    second = near(20, 7, (first, 2), serial=2)
    third = near(30, 11, (first, 1), (second, 5), serial=3)
    assert third.exact == Fraction(30 - Fraction(10, 3) - 5 * Fraction(40, 21), 11)
    assert (first.exact, second.exact) == (Fraction(10, 3), Fraction(40, 21))
    assert third.positive


def test_a_sum_that_cancels_is_worked_out_without_solving() -> None:
    """A pool that is used up: what all its members get is what it holds, whatever the levels are."""
    first = near(10, 3, serial=1)
    pool = near(20, 7, (first, 2), serial=2, doubt=1)
    unsolved = Level(20, 7, pool.terms, 2, pool.low, pool.high)
    assert solve([(unsolved, 7), (first, 2)]) == 20
    assert whole_units([unsolved.times(7), first.times(2)], 1) == 20
    assert whole_units([unsolved.times(7), first.times(2).less(3)], 10) == 1
    assert whole_units([unsolved.times(7), first.times(2).less(10)], 10) == 1
    assert whole_units([unsolved.times(7), first.times(2).less(-10)], 10) == 3
    assert unsolved._exact is None


def test_a_level_of_nothing_is_not_positive() -> None:
    assert not Level.of(0).positive
    assert not near(6, 2, (near(3, 1), 2), serial=2, doubt=4).positive
    assert near(7, 2, (near(3, 1), 2), serial=2, doubt=1 << BITS).positive


def test_a_level_enclosed_too_loosely_is_solved_at_once() -> None:
    first = near(10, 3)
    loose = near(20, 7, (first, 2), serial=2, doubt=1 << BITS)
    assert (loose.low, loose.high) == enclosed(Fraction(40, 21))


@given(NUMBERS, NUMBERS, st.integers(0, 60), st.sampled_from([1, 10, 100]), MODES)
def test_an_amount_is_rounded_and_compared_by_its_exact_value(value, factor, cents, unit, mode) -> None:
    amount = Level.of(value).times(factor)
    exact = Fraction(value * factor)
    assert amount.exact == exact
    assert amount.rounded(unit, mode) == money.whole(exact / unit, mode) * unit
    assert amount.below(cents) == (exact < cents)
    assert amount.less(cents).exact == exact - cents


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=8))
def test_amounts_are_in_order_and_equal_by_exact_value(drawn) -> None:
    amounts = [Level.of(value).times(factor) for value, factor in drawn]
    exact = sorted(value * factor for value, factor in drawn)
    assert [amount.exact for amount in sorted(amounts)] == exact
    assert (amounts[0] == amounts[1]) == (amounts[0].exact == amounts[1].exact)
    assert len(set(amounts)) == len(set(exact))


@pytest.mark.parametrize(("other", "equal"), [(Level.of(1).times(2), True), (Level.of(3).times(1), False), (2, False)])
def test_an_amount_equals_its_like_alone(other: Amount | int, equal: bool) -> None:
    assert (Level.of(2).times(1) == other) is equal


def test_one_cent_by_thirds_is_not_below_one_cent() -> None:
    third = Level.of(Fraction(1, 3))
    assert not third.times(3).below(1)
    assert third.times(Fraction(299, 100)).below(1)


TINY = Fraction(1, 1 << 200)
DOUBT = 1 << 20


def in_order(*amounts: Amount) -> list[tuple[bool, bool, bool]]:
    """Of each two neighbours: whether the first is less, equal, and more."""
    return [(one < two, one == two, two < one) for one, two in pairwise(amounts)]


def test_what_the_whole_numbers_leave_open_is_compared_exactly() -> None:
    level, same, more = near(1, 3, doubt=DOUBT), near(1, 3, doubt=DOUBT), near(1 + TINY, 3, doubt=DOUBT)
    assert in_order(level.times(3), same.times(3), more.times(3)) == [(False, True, False), (True, False, False)]
    assert in_order(level.times(3), level.times(3), level.times(3 + TINY)) == [
        (False, True, False),
        (True, False, False),
    ]
    assert in_order(near(2, 3, doubt=DOUBT).times(3).less(1), level.times(3)) == [(False, True, False)]


def test_whole_numbers_that_touch_are_no_answer() -> None:
    one = Level.of(1).times(1)
    assert in_order(one, Level.of(1).times(1), Level.of(1 + TINY).times(1)) == [
        (False, True, False),
        (True, False, False),
    ]


def test_just_less_than_a_whole_cent_is_below_it_though_its_upper_end_is_not() -> None:
    little = Level.of(5 - Fraction(1, 2 ** (BITS + 3))).times(1)
    assert little.high == 5 << BITS
    assert little.below(5)
    assert not Level.of(5).times(1).below(5)


def test_a_long_chain_of_levels_is_solved_from_its_beginning() -> None:
    """3,000 levels, each resting on the two before it: solved once each, and not one inside the other."""
    values = [at % 5 + 1 for at in range(3_000)]
    chain: list[Level] = []
    for at, value in enumerate(values):
        terms = tuple((one, 1) for one in chain[-2:])
        money_ = value + sum(values[max(at - 2, 0) : at])
        chain.append(Level(money_, 1, terms, at + 1, *enclosed(value)))
    assert chain[-1].exact == values[-1]
    assert [one._exact for one in chain] == values
