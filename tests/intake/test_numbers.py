"""Numbers: exact, or refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine import money
from razpis.intake import numbers
from razpis.intake.grid import Numeral
from razpis.intake.report import Refused

HALF = Fraction(1, 2)
LONG = "1" * 31
OVER = ("število ima več kot 30 števk; preverite ga", "the number has over 30 digits; check it")


def refusal(read: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read()
    (((), text),) = caught.value.faults
    return text.sl, text.en


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("-3", -3), ("+4", 4), ("007", 7), ("9" * 30, int("9" * 30))])
def test_whole_numbers(text: str, value: int) -> None:
    assert numbers.integer(text) == value


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("12,0", "12"),
        ("dvanajst", "12"),
        ("²", "12"),
        ("1.200", "1200"),
        ("1 200 000", "1200000"),
        ("1\u00a0200", "1200"),
    ],
)
def test_what_is_not_a_whole_number_is_refused_with_an_example(text: str, example: str) -> None:
    assert refusal(lambda: numbers.integer(text)) == (
        f"»{text}« ni celo število; zapišite ga samo s števkami, na primer {example}",
        f"'{text}' is not a whole number; write digits only, for example {example}",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("12,5", Fraction(25, 2)),
        ("12.5", Fraction(25, 2)),
        ("-0,125", Fraction(-1, 8)),
        ("12.00", 12),
        ("1,500", Fraction(3, 2)),
        ("0.500", Fraction(1, 2)),
        ("1.5000", Fraction(3, 2)),
    ],
)
def test_decimals_with_comma_or_point(text: str, value: money.Number) -> None:
    assert numbers.decimal(text) == value
    assert type(numbers.decimal(text)) is type(value)


@pytest.mark.parametrize("text", ["1.500", "-12.125", "999.000"])
def test_a_decimal_that_may_mean_thousands_is_refused_with_both_readings(text: str) -> None:
    whole, comma = text.replace(".", ""), text.replace(".", ",")
    assert refusal(lambda: numbers.decimal(text)) == (
        f"število {text} je dvoumno: zapišite {whole} ali {comma}",
        f"the number {text} is ambiguous: write {whole} or {comma}",
    )


@pytest.mark.parametrize("text", ["1.234,5", "x", "1e3", "½", "٣"])
def test_what_is_not_a_number_is_refused(text: str) -> None:
    assert refusal(lambda: numbers.decimal(text)) == (
        f"»{text}« ni število; zapišite na primer 12 ali 12,5",
        f"'{text}' is not a number; write for example 12 or 12.5",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("30", 30), ("30 %", 30), ("30%", 30), ("12,5", Fraction(25, 2)), ("12,5\u00a0%", Fraction(25, 2))],
)
def test_percentages_with_and_without_their_sign(text: str, value: money.Number) -> None:
    assert numbers.percent(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234),
        ("1234,50", Fraction(2469, 2)),
        ("1234.50", Fraction(2469, 2)),
        ("1.234,50", Fraction(2469, 2)),
        ("1 234,50", Fraction(2469, 2)),
        ("1.234.567,8", Fraction(6172839, 5)),
        ("0,05", Fraction(1, 20)),
        ("12,00", 12),
        ("1.234,50 EUR", Fraction(2469, 2)),
        ("12 €", 12),
        ("-12,5", Fraction(-25, 2)),
    ],
)
def test_amounts_as_people_write_them(text: str, value: money.Number) -> None:
    assert numbers.euro(text) == value


@pytest.mark.parametrize(
    ("text", "sl", "en"),
    [
        ("1.500", "zapišite 1500,00 ali 1,50", "write 1500,00 or 1,50"),
        ("12,340", "zapišite 12340,00 ali 12,34", "write 12340,00 or 12,34"),
        ("1.505", "zapišite 1505,00 ali znesek z dvema decimalkama", "write 1505,00 or an amount with two decimals"),
        (
            "1.500.000",
            "zapišite 1500000,00 ali znesek z dvema decimalkama",
            "write 1500000,00 or an amount with two decimals",
        ),
    ],
)
def test_an_ambiguous_amount_is_refused_with_both_readings(text: str, sl: str, en: str) -> None:
    assert refusal(lambda: numbers.euro(text)) == (
        f"znesek {text} je dvoumen: {sl}",
        f"the amount {text} is ambiguous: {en}",
    )


@pytest.mark.parametrize("text", ["1234,567", "sto", "12,5,5", "1,234.50"])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    assert refusal(lambda: numbers.euro(text)) == (
        f"»{text}« ni znesek; zapišite na primer 1234,50 ali 1.234,50",
        f"'{text}' is not an amount; write for example 1234,50 or 1.234,50",
    )


@pytest.mark.parametrize("parse", [numbers.integer, numbers.decimal, numbers.percent, numbers.euro])
@pytest.mark.parametrize("text", [LONG, "9" * 50_000, "1" + ".111" * 2_000 + ",11"])
def test_numbers_of_over_30_digits_are_refused(parse: numbers.Parse, text: str) -> None:
    assert refusal(lambda: parse(text)) == OVER


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-12.50", Fraction(-25, 2)),
        ("0", 0),
        ("0.000", 0),
        ("1e3", 1000),
        ("1.5E+2", 150),
        ("125e-2", Fraction(5, 4)),
        ("1e29", 10**29),
        ("0.00000000000000000001", Fraction(1, 10**20)),
    ],
)
def test_numerals_are_exact(text: str, value: money.Number) -> None:
    assert numbers.numeral(Numeral(text)) == value


@pytest.mark.parametrize("text", ["1e30", "1e999", "1" * 31, "1234567890123456.123456789012345"])
def test_numerals_of_over_30_digits_are_refused(text: str) -> None:
    assert refusal(lambda: numbers.numeral(Numeral(text))) == OVER


@pytest.mark.parametrize("text", ["1e-21", "0.000000000000000000001"])
def test_numerals_of_over_20_decimals_are_refused(text: str) -> None:
    assert refusal(lambda: numbers.numeral(Numeral(text))) == (
        f"število {text} ima več kot 20 decimalk; zaokrožite ga",
        f"the number {text} has over 20 decimals; round it",
    )


@pytest.mark.parametrize("text", ["inf", "nan", "1e2999", "1,5", ""])
def test_a_numeral_that_is_no_number_is_refused(text: str) -> None:
    assert refusal(lambda: numbers.numeral(Numeral(text))) == (
        f"»{text}« ni število; zapišite na primer 12 ali 12.5",
        f"'{text}' is not a number; write for example 12 or 12.5",
    )


def test_a_whole_numeral_may_have_zeros_behind_the_point() -> None:
    assert numbers.whole_numeral(Numeral("12.0")) == 12
    assert refusal(lambda: numbers.whole_numeral(Numeral("12.5"))) == (
        "12.5 ni celo število; zapišite ga brez decimalk",
        "12.5 is not a whole number; write it without decimals",
    )


def test_an_amount_in_a_cell_has_at_most_two_decimals() -> None:
    assert numbers.euro_numeral(Numeral("12.50")) == Fraction(25, 2)
    assert refusal(lambda: numbers.euro_numeral(Numeral("0.30000000000000004"))) == (
        "znesek 0.30000000000000004 ima več kot dve decimalki; zaokrožite ga na cente",
        "the amount 0.30000000000000004 has more than two decimals; round it to cents",
    )


@pytest.mark.parametrize("value", [HALF, 1, 2])
def test_bounds_themselves_are_allowed(value: money.Number) -> None:
    assert numbers.within(HALF, 2)(value) == value
    assert numbers.within(None, None)(value) == value


def test_outside_the_bounds_the_bound_is_told() -> None:
    assert refusal(lambda: numbers.within(HALF, None)(0)) == (
        "0 je premalo; dovoljeno je najmanj 0,5",
        "0 is too little; at least 0.5 is allowed",
    )
    assert refusal(lambda: numbers.within(None, 2)(Fraction(5, 2))) == (
        "2,5 je preveč; dovoljeno je največ 2",
        "2.5 is too much; at most 2 is allowed",
    )


@given(st.integers(0, 10**25), st.integers(0, 99), st.sampled_from([",", "."]), st.booleans())
def test_amounts_agree_with_the_engine(euros: int, cents: int, sign: str, one: bool) -> None:
    text = f"{euros}{sign}{cents // 10 if one else f'{cents:02}'}"
    assert numbers.euro(text) == numbers.decimal(text) == money.parse_euro(text)
    assert type(numbers.euro(text)) is type(money.parse_euro(text))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=15))
def test_numerals_agree_with_fractions(value: object) -> None:
    assert numbers.numeral(Numeral(value)) == Fraction(str(value))
