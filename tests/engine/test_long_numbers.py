"""Numbers of thousands of digits: written, read back, and carried through a whole evaluation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine import money
from razpis.engine.certificate import words
from razpis.engine.money import Number
from razpis.engine.wording.speaker import Speaker
from razpis.exports.evaluation_json import evaluation_json
from razpis.exports.results_csv import results_csv
from tests.engine.making import case, evaluated, rulebook

SEVENS = int("7" * 4000) * 10**4000 + int("7" * 4000)
"""Eight thousand sevens: twice as many as Python turns into text at a time."""


def test_every_digit_is_written() -> None:
    assert money.plain(SEVENS) == "7" * 8000
    assert money.plain(-SEVENS) == "-" + "7" * 8000
    assert money.plain(Fraction(SEVENS, 100)) == "7" * 7998 + ".77"
    assert money.plain(Fraction(1, SEVENS + 2)) == "1/" + "7" * 7999 + "9"
    assert money.fixed(SEVENS, 2) == "7" * 8000 + ".00"


@pytest.mark.parametrize("digits", [3611, 3612, 3613, 3614, 4299, 4300, 4301])
def test_there_is_no_seam_where_the_way_of_writing_changes(digits: int) -> None:
    assert money.plain(10 ** (digits - 1)) == "1" + "0" * (digits - 1)


LONG = {
    "none": 0,
    "whole": -3,
    "decimal": Fraction(35, 2),
    "thirds": Fraction(-1, 3),
    "long": SEVENS,
    "long thirds": Fraction(SEVENS, 3),
    "long on both sides": Fraction(-SEVENS, 7**6000),
}


@pytest.mark.parametrize("number", LONG.values(), ids=LONG)
def test_what_is_written_is_read_back(number: Number) -> None:
    assert money.read_exact(money.plain(number)) == money.exact(Fraction(number))


@given(st.fractions())
def test_so_is_everything_else(number: Fraction) -> None:
    assert money.read_exact(money.plain(number)) == number


def test_people_read_them_too() -> None:
    assert words.euros(SEVENS * 100).en == "77," + ",".join(["777"] * 2666) + ".00 EUR"
    assert Speaker("en").euros(SEVENS * 100).startswith("77,777,777")


def test_points_of_thousands_of_digits_are_scored_ranked_and_written() -> None:
    long = " * ".join(["9" * 30] * 60)
    rules = rulebook(
        "fields: {money: {type: euro, label: Znesek}}\n",
        f"derived: {{part: {{label: Del, value: {long}}}}}\n",
        "criteria: {long: {kind: formula, title: Dolgo, points: part * part * part}}\n",
        "budget: 100\nallocation: {fill: proportional, request: money, round: 2}\n",
    )
    found = evaluated(rules, [case(rules, "a", money=90), case(rules, "b", money=90)])
    assert found.certificate.failing == ()
    assert [line.cents for line in found.lines] == [5000, 5000]
    assert money.plain((10**30 - 1) ** 180).encode() in evaluation_json(found, {})
    assert len(results_csv(found).splitlines()) == 3
