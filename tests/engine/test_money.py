"""Exact numbers: reading, rounding and writing them, against ``decimal`` and by their laws."""

from __future__ import annotations

import decimal
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine import money
from razpis.engine.money import NumberError, Rounding, on_one_scale

MODES = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
}
WIDE = decimal.Context(prec=200, traps=[decimal.Inexact, decimal.InvalidOperation])

whole_numbers = st.integers(-(10**15), 10**15)
fractions = st.builds(Fraction, whole_numbers, st.integers(1, 10**9))
numbers = st.one_of(whole_numbers, fractions.map(money.exact))
decimals = st.builds(lambda units, places: Decimal(units).scaleb(-places, WIDE), whole_numbers, st.integers(0, 12))
places = st.integers(-6, 9)
modes = st.sampled_from(sorted(MODES))
cents = st.integers(-(10**12), 10**12)


def dotted(units: int) -> str:
    """Whole euros as a Slovenian official writes them: 1.234.567."""
    return f"{units:,}".replace(",", ".")


def refusal(text: str) -> str:
    """Why ``text`` is not an amount."""
    with pytest.raises(NumberError) as caught:
        money.parse_euro(text)
    return caught.value.kind


# Rounding


def test_the_modes_are_these_four_and_no_other():
    assert set(money.MODES) == set(MODES)


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    [
        ("2.5", 3, 2, 2, 3),
        ("3.5", 4, 4, 3, 4),
        ("-2.5", -3, -2, -2, -3),
        ("-3.5", -4, -4, -3, -4),
        ("2.4999", 2, 2, 2, 3),
        ("2.0001", 2, 2, 2, 3),
        ("-2.0001", -2, -2, -2, -3),
        ("0.5", 1, 0, 0, 1),
        ("-0.5", -1, 0, 0, -1),
        ("7", 7, 7, 7, 7),
        ("-7", -7, -7, -7, -7),
        ("0", 0, 0, 0, 0),
    ],
)
def test_every_mode_rounds_as_its_name_says(value, half_up, half_even, down, up):
    found = [money.whole(money.exact(Fraction(value)), mode) for mode in ("half_up", "half_even", "down", "up")]
    assert found == [half_up, half_even, down, up]


@given(decimals, places, modes)
def test_rounding_agrees_with_decimal(value, count, mode):
    expected = value.quantize(Decimal(1).scaleb(-count), MODES[mode], decimal.Context(prec=200))
    assert money.rounded(money.exact(Fraction(value)), Rounding(count, mode)) == Fraction(expected)


@given(numbers, places, modes)
def test_rounding_twice_is_rounding_once(value, count, mode):
    rule = Rounding(count, mode)
    once = money.rounded(value, rule)
    assert money.rounded(once, rule) == once


@given(numbers, places, modes)
def test_rounding_is_symmetric_about_zero(value, count, mode):
    rule = Rounding(count, mode)
    assert money.rounded(-value, rule) == -money.rounded(value, rule)


@given(numbers, places, st.sampled_from(["half_up", "half_even"]))
def test_a_half_mode_stays_within_half_a_unit(value, count, mode):
    unit = Fraction(1, 10) ** count
    assert 2 * abs(money.rounded(value, Rounding(count, mode)) - value) <= unit


@given(numbers, places)
def test_down_never_grows_and_up_never_shrinks_and_both_move_less_than_a_unit(value, count):
    unit = Fraction(1, 10) ** count
    down, up = money.rounded(value, Rounding(count, "down")), money.rounded(value, Rounding(count, "up"))
    assert abs(value) - unit < abs(down) <= abs(value) <= abs(up) < abs(value) + unit


@given(numbers, numbers, places, modes)
def test_rounding_keeps_the_order(one, two, count, mode):
    rule = Rounding(count, mode)
    low, high = sorted((one, two))
    assert money.rounded(low, rule) <= money.rounded(high, rule)


def test_negative_places_are_tens_and_hundreds():
    assert money.rounded(1250, Rounding(-2)) == 1300
    assert money.rounded(1250, Rounding(-2, "half_even")) == 1200
    assert money.rounded(-15, Rounding(-1)) == -20


def test_half_up_is_what_is_meant_where_no_mode_is_stated():
    assert Rounding(2) == Rounding(2, "half_up")
    assert money.to_cents(Fraction("0.125")) == 13
    assert money.to_cents(Fraction("0.125"), "half_even") == 12


# Exactness


@given(numbers, places, modes)
def test_a_whole_result_is_an_int_and_no_other_is(value, count, mode):
    for found in (money.exact(Fraction(value)), money.rounded(value, Rounding(count, mode))):
        assert (type(found) is int) == (Fraction(found).denominator == 1)
        assert type(found) in (int, Fraction)


@given(numbers, numbers.filter(bool))
def test_a_quotient_times_its_divisor_is_the_dividend(left, right):
    assert money.divide(left, right) * right == left


@given(st.lists(numbers, max_size=12))
def test_a_total_is_the_exact_sum(found):
    expected = sum((Fraction(number) for number in found), Fraction(0))
    total = money.total(found)
    assert total == expected
    assert type(total) is (int if expected.denominator == 1 else Fraction)


def test_dividing_by_zero_is_refused():
    with pytest.raises(ZeroDivisionError):
        money.divide(1, 0)


@given(numbers)
def test_floor_and_ceil_are_the_nearest_whole_numbers_around(value):
    low, high = money.floor(value), money.ceil(value)
    assert low <= value <= high
    assert high - low == (0 if low == value else 1)
    assert (type(low), type(high)) == (int, int)


@given(numbers, st.integers(1, 1000))
def test_units_are_counted_exactly_in_full_and_as_started(value, unit):
    assert money.exact_units(value, unit) * unit == value
    assert money.full_units(value, unit) * unit <= value < (money.full_units(value, unit) + 1) * unit
    assert (money.started_units(value, unit) - 1) * unit < value <= money.started_units(value, unit) * unit


def test_seven_members_in_groups_of_three_are_two_full_and_three_started():
    assert money.exact_units(7, 3) == Fraction(7, 3)
    assert money.full_units(7, 3) == 2
    assert money.started_units(7, 3) == 3


# Reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234,50", Fraction("1234.5")),
        ("1234.50", Fraction("1234.5")),
        ("1.234,50", Fraction("1234.5")),
        ("1.234,5", Fraction("1234.5")),
        ("12.345.678,90", Fraction("12345678.9")),
        ("1 234,50", Fraction("1234.5")),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1\u202f234,50", Fraction("1234.5")),
        ("1234", 1234),
        ("0,05", Fraction("0.05")),
        ("-0,05", Fraction("-0.05")),
        ("+5", 5),
        ("  6120.00 EUR", 6120),
        ("6120,00 €", 6120),
        ("6120,00EUR", 6120),
        ("007", 7),
    ],
)
def test_amounts_are_read_in_every_clear_form(text, value):
    found = money.parse_euro(text)
    assert found == value
    assert type(found) is type(value)


@given(cents)
def test_an_amount_written_in_any_clear_form_is_read_back(value):
    sign, euros, rest = "-" if value < 0 else "", abs(value) // 100, abs(value) % 100
    forms = [
        f"{sign}{euros},{rest:02}",
        f"{sign}{euros}.{rest:02}",
        f"{sign}{dotted(euros)},{rest:02}",
        f"{sign}{dotted(euros)},{rest:02} EUR".replace(".", " "),
        f"{sign}{dotted(euros)},{rest:02} €".replace(".", "\u00a0"),
    ]
    assert [money.parse_euro(form) for form in forms] == [Fraction(value, 100)] * len(forms)


@given(whole_numbers)
def test_thousands_in_groups_without_cents_are_ambiguous(value):
    written = dotted(value)
    if "." in written:
        assert refusal(written) == "ambiguous"
        assert refusal(written.replace(".", ",")) == "ambiguous"
        assert refusal(f"{written} EUR") == "ambiguous"
    else:
        assert money.parse_euro(written) == value


@pytest.mark.parametrize(
    "text", ["1.500", "1,500", "-1.500", "+12.500", "0.125", "1.234.567", "1,234,567", "1.234,567"]
)
def test_an_amount_that_can_be_read_in_two_ways_is_ambiguous(text):
    assert refusal(text) == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "€", "EUR", "-", "+", ".", ",", ",50", "50,", "1e3", "0x10", "1_000", "nan", "inf", "1/2", "5 %"),
        *("1234.567", "1234,5678", "12.34.56", "1.23,4", "1.2345,00", "1..5", "1,,5", "1,234.50", "1 234.50"),
        *("1 23,4", "1  234,50", "1 234 56", "--5", "- 5", "5-", "EUR 5", "$5", "5 USD", "5 eur", "dvajset", "1\n2"),
        *("٣", "１２", "1\u2009234,50", "²", "1" * 31, "1." + "5" * 21),
    ],
)
def test_what_is_not_an_amount_is_refused(text):
    assert refusal(text) == "not_number"


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" 12,5 ", Fraction("12.5")), ("12.5", Fraction("12.5")), ("-0.10", Fraction("-0.1")), ("+3", 3)],
)
def test_numbers_are_read_with_comma_or_point(text, value):
    found = money.parse_number(text)
    assert found == value
    assert type(found) is type(value)


@given(decimals)
def test_a_number_written_plainly_is_read_back(value):
    exact = money.exact(Fraction(value))
    assert money.parse_number(money.plain(exact)) == exact
    assert money.parse_number(f"{value:f}".replace(".", ",")) == exact


@pytest.mark.parametrize("text", ["", "1.234,5", "1 234", "1e3", ".5", "5.", "٣", "½", "0x1", "1_0", "nan", "5 EUR"])
def test_what_is_not_a_number_is_refused_with_its_text(text):
    with pytest.raises(NumberError, match=r"^not_number: ") as caught:
        money.parse_number(f" {text} ")
    assert (caught.value.kind, caught.value.text) == ("not_number", text)


@given(st.text(alphabet="0123456789.,+- \u00a0€EUR%eE_x\n", max_size=14))
def test_a_text_is_read_exactly_or_refused_and_never_guessed(text):
    try:
        found = money.parse_euro(text)
    except NumberError:
        return
    bare = text.strip().removesuffix("EUR").removesuffix("€").replace(" ", "").replace("\u00a0", "")
    grouped = "." in bare and "," in bare
    assert found == Fraction((bare.replace(".", "") if grouped else bare).replace(",", "."))
    assert money.to_cents(found, "up") == money.to_cents(found, "down")


# Writing


@given(decimals)
def test_a_number_that_ends_is_written_without_idle_zeros(value):
    expected = f"{value:f}"
    if "." in expected:
        expected = expected.rstrip("0").removesuffix(".")
    assert money.plain(money.exact(Fraction(value))) == ("0" if expected == "-0" else expected)


@given(numbers)
def test_a_written_number_says_exactly_its_value(value):
    assert Fraction(money.plain(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(31, 3), "31/3"),
        (Fraction(-1, 7), "-1/7"),
        (Fraction(35, 2), "17.5"),
        (Fraction(1, 40), "0.025"),
        (Fraction(-1, 1024), "-0.0009765625"),
        (Fraction(4, 2), "2"),
        (0, "0"),
        (-12, "-12"),
    ],
)
def test_what_never_ends_is_written_as_a_fraction(value, text):
    assert money.plain(value) == text


@given(decimals, st.integers(0, 9))
def test_fixed_places_agree_with_decimal(value, count):
    expected = f"{value.quantize(Decimal(1).scaleb(-count), decimal.ROUND_HALF_UP, decimal.Context(prec=200)):f}"
    zero = Decimal(expected) == 0
    assert money.fixed(money.exact(Fraction(value)), count) == (expected.removeprefix("-") if zero else expected)


@given(cents)
def test_cents_become_euros_and_cents_again(value):
    assert money.to_cents(money.from_cents(value)) == value
    assert money.parse_euro(money.fixed(money.from_cents(value), 2)) == money.from_cents(value)


def test_results_are_written_with_two_places():
    assert money.fixed(6120, 2) == "6120.00"
    assert money.fixed(Fraction("0.005"), 2) == "0.01"
    assert money.fixed(Fraction("-0.004"), 2) == "0.00"
    assert money.fixed(Fraction("-1.5"), 0) == "-2"


@given(st.lists(st.one_of(st.integers(-50, 50), st.fractions(-50, 50, max_denominator=60)), max_size=12))
def test_numbers_on_one_scale_are_whole_and_keep_their_order(found):
    scaled = on_one_scale(found)
    assert {type(number) for number in scaled} <= {int}
    for one, two in itertools.product(range(len(found)), repeat=2):
        assert (scaled[one] < scaled[two], scaled[one] == scaled[two]) == (
            found[one] < found[two],
            found[one] == found[two],
        )


def test_numbers_whose_scale_would_be_very_long_stay_as_they_are():
    primes = [Fraction(1, number) for number in range(2, 400) if all(number % by for by in range(2, number))]
    assert on_one_scale(primes) == primes
    assert on_one_scale([]) == []
