"""Numbers, money, dates and counted words as each language writes them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.expressions import compile_expression
from razpis.engine.expressions.kinds import DATE, NUMBER, TEXT, TEXTS, YES_NO, table
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.wording import Speaker
from tests.engine.making import local, third
from tests.engine.wording.telling import firm

SL, EN = Speaker("sl"), Speaker("en")


def test_words_are_those_of_the_language() -> None:
    assert (SL.say("da", "yes"), EN.say("da", "yes")) == ("da", "yes")
    assert (SL.text(Text("merilo", "criterion")), EN.text(Text("merilo", "criterion"))) == ("merilo", "criterion")
    assert (SL.text(None), EN.text(None)) == ("", "")


@pytest.mark.parametrize(
    ("value", "slovenian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (2400, "2.400", "2,400"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (Fraction(35, 2), "17,5", "17.5"),
        (Fraction(-5, 4), "-1,25", "-1.25"),
        (Fraction(123456789, 10000), "12.345,6789", "12,345.6789"),
        (third(10), "≈~3,3333", "≈~3.3333"),
        (Fraction(1, 100000), "≈~0", "≈~0"),
        (Fraction(2, 3), "≈~0,6667", "≈~0.6667"),
    ],
)
def test_numbers_are_grouped_and_what_does_not_end_is_marked(value: Number, slovenian: str, english: str) -> None:
    assert (SL.number(value), EN.number(value)) == (firm(slovenian), firm(english))


@pytest.mark.parametrize(
    ("cents", "slovenian", "english"),
    [
        (0, "0,00~EUR", "0.00~EUR"),
        (5, "0,05~EUR", "0.05~EUR"),
        (612000, "6.120,00~EUR", "6,120.00~EUR"),
        (-123456789, "-1.234.567,89~EUR", "-1,234,567.89~EUR"),
        (Fraction(201, 2), "≈~1,01~EUR", "≈~1.01~EUR"),
    ],
)
def test_money_has_two_places_and_its_unit_held_to_it(cents: Number, slovenian: str, english: str) -> None:
    assert (SL.euros(cents), EN.euros(cents)) == (firm(slovenian), firm(english))


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (8500, "85,00~EUR"),
        (Fraction(85125, 10), "85,125~EUR"),
        (Fraction(100000, 19), "≈~52,631579~EUR"),
        (Fraction(1, 10000), "0,000001~EUR"),
    ],
)
def test_the_value_of_a_point_may_have_six_places(cents: Number, written: str) -> None:
    assert SL.value_of_point(cents) == firm(written)


def test_an_inexact_amount_needs_no_second_sign() -> None:
    assert SL.equals(612000) == firm("= 6.120,00~EUR")
    assert SL.equals(Fraction(1, 3)) == firm("≈~0,00~EUR")
    assert SL.equal_to("17,5") == "= 17,5"


@pytest.mark.parametrize(
    ("value", "counted", "after_of", "needed"),
    [
        (0, "0~točk", "0~točk", "0~točk"),
        (1, "1~točka", "1~točke", "1~točko"),
        (2, "2~točki", "2~točk", "2~točki"),
        (3, "3~točke", "3~točk", "3~točke"),
        (4, "4~točke", "4~točk", "4~točke"),
        (5, "5~točk", "5~točk", "5~točk"),
        (11, "11~točk", "11~točk", "11~točk"),
        (21, "21~točk", "21~točk", "21~točk"),
        (100, "100~točk", "100~točk", "100~točk"),
        (101, "101~točka", "101~točke", "101~točko"),
        (102, "102~točki", "102~točk", "102~točki"),
        (1003, "1.003~točke", "1.003~točk", "1.003~točke"),
        (-2, "-2~točki", "-2~točk", "-2~točki"),
        (Fraction(35, 2), "17,5~točke", "17,5~točke", "17,5~točke"),
        (Fraction(3, 2), "1,5~točke", "1,5~točke", "1,5~točke"),
        (third(10), "≈~3,3333~točke", "≈~3,3333~točke", "≈~3,3333~točke"),
    ],
)
def test_points_follow_their_number(value: Number, counted: str, after_of: str, needed: str) -> None:
    assert (SL.points(value), SL.of_points(value), SL.needed_points(value)) == (
        firm(counted),
        firm(after_of),
        firm(needed),
    )


@pytest.mark.parametrize(
    ("value", "english"), [(1, "1~point"), (0, "0~points"), (2, "2~points"), (Fraction(1, 2), "0.5~points")]
)
def test_english_knows_one_and_many(value: Number, english: str) -> None:
    assert EN.points(value) == EN.of_points(value) == EN.needed_points(value) == firm(english)


def test_dates_and_moments() -> None:
    day = datetime.date(2026, 5, 4)
    assert (SL.date(day), EN.date(day)) == (firm("4.~maj~2026"), firm("4~May~2026"))
    assert [SL.date(datetime.date(2026, month, 1))[3:6] for month in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12)] == [
        "jan", "feb", "mar", "apr", "jun", "jul", "avg", "sep", "okt", "nov", "dec",
    ]  # fmt: skip
    moment = local("2026-05-04 09:05")
    assert (SL.moment(moment), EN.moment(moment)) == (firm("4.~maj~2026 ob~09.05"), firm("4~May~2026 at~09:05"))
    moment = local("2026-05-04 12:00:01")
    assert (SL.moment(moment), EN.moment(moment)) == (firm("4.~maj~2026 ob~12.00.01"), firm("4~May~2026 at~12:00:01"))


@pytest.mark.parametrize(
    ("value", "slovenian", "english"),
    [
        (None, "ni podatka", "not given"),
        (True, "da", "yes"),
        (False, "ne", "no"),
        (1, "1", "1"),
        (Fraction(1, 2), "0,5", "0.5"),
        (datetime.date(2026, 5, 4), "4.~maj~2026", "4~May~2026"),
        ("Maribor", "Maribor", "Maribor"),
        (("a", "b"), "a; b", "a; b"),
        ((), "[]", "[]"),
        ((1, 2), "[1; 2]", "[1; 2]"),
        (tuple(range(13)), "[0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; …]", "[0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; …]"),
        (({"x": 1},), "1 vrstica", "1 row"),
        (({"x": 1},) * 2, "2 vrstici", "2 rows"),
        (({"x": 1},) * 3, "3 vrstice", "3 rows"),
        (({"x": 1},) * 5, "5 vrstic", "5 rows"),
    ],
)
def test_any_fact_can_be_shown(value: Any, slovenian: str, english: str) -> None:
    assert (SL.value(value), EN.value(value)) == (firm(slovenian), firm(english))


NAMES = {
    "x": NUMBER,
    "y": NUMBER,
    "day": DATE,
    "sure": YES_NO,
    "town": TEXT,
    "many": TEXTS,
    "staff": table({"hours": NUMBER}),
}
FACTS = {
    "x": 2400,
    "y": 8000,
    "day": datetime.date(2020, 1, 31),
    "sure": False,
    "town": "Maribor",
    "many": ("a",),
    "staff": ({"hours": 10}, {"hours": 20}),
}


@pytest.mark.parametrize(
    ("source", "slovenian", "english"),
    [
        ("x / y", "2.400 / 8.000", "2,400 / 8,000"),
        ("(x - 400) * 2 / y", "(2.400 - 400) × 2 / 8.000", "(2,400 - 400) × 2 / 8,000"),
        ("min(x, y)", "najmanjše od (2.400; 8.000)", "least of (2,400; 8,000)"),
        ("sum(staff.hours) >= 30", "vsota (10; 20) ≥ 30", "sum (10; 20) ≥ 30"),
        ("not sure or x > 1", "ne ne (sure)", "not no (sure)"),
        ("sure or town == 'Maribor'", "ne (sure) ali Maribor = Maribor", "no (sure) or Maribor = Maribor"),
        ("town in ('Maribor', 'Ptuj')", "Maribor je med Maribor; Ptuj", "Maribor is one of Maribor; Ptuj"),
        ("town not in ('Ptuj', 'Celje')", "Maribor ni med Ptuj; Celje", "Maribor is not one of Ptuj; Celje"),
        (
            "years_between(day, '2026-01-30')",
            "polna leta (31.~januar~2020; 30.~januar~2026)",
            "whole years (31~January~2020; 30~January~2026)",
        ),
        ("1 if sure else 2", "ne (sure) → 2", "no (sure) → 2"),
    ],
)
def test_a_derivation_is_the_expression_with_its_facts(source: str, slovenian: str, english: str) -> None:
    _, parts = compile_expression(source, NAMES).derive(FACTS)
    assert (SL.derivation(parts), EN.derivation(parts)) == (firm(slovenian), firm(english))


def test_a_fact_that_is_only_asked_about_stands_by_its_label() -> None:
    _, parts = compile_expression("answered(sure)", NAMES).derive(FACTS)
    assert SL.derivation(parts) == "podatek »sure« je izpolnjen"
    assert EN.derivation(parts, {"sure": "Certain"}.__getitem__) == "'Certain' is given"


def test_a_choice_by_rows_is_a_sentence() -> None:
    _, parts = compile_expression("sum(staff.hours if staff.hours > 1 else 0)", NAMES).derive(
        FACTS | {"staff": ({"hours": 1}, {"hours": 5})}
    )
    assert SL.derivation(parts) == "vsota ([5], če [1; 5] > 1, sicer 0)"
    assert EN.derivation(parts) == "sum ([5] if [1; 5] > 1 else 0)"
