"""The result list as CSV, byte for byte."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.money import Number
from razpis.exports.results_csv import decimal, results_csv
from tests.engine.making import case, evaluated, rulebook
from tests.exports.samples import sample


def test_the_list_is_written_by_lot_place_and_id() -> None:
    assert results_csv(sample()) == (
        b"place,id,lot,points,outcome,award,limited_by\n"
        b"1,A-1,A,23.333333,granted,600.00,request\n"
        b"2,A-2,A,20.166667,part,400.00,A\n"
        b"3,A-3,A,6.833333,no_money,0.00,A\n"
        b",A-4,A,3.5,below_threshold,0.00,\n"
        b",A-5,A,,condition_failed,0.00,\n"
        b",A-6,A,,dismissed,0.00,\n"
        b",A-7,A,,not_scored,0.00,\n"
        b"1,B-1,B,13.5,open_tie,0.00,\n"
        b"1,B-2,B,13.5,open_tie,0.00,\n"
    )


def test_without_applications_the_head_alone_is_written() -> None:
    rules = rulebook("fields: {name: {type: text, label: Naziv}}")
    assert results_csv(evaluated(rules, [])) == b"place,id,lot,points,outcome,award,limited_by\n"


def test_signs_of_csv_in_an_id_are_quoted_and_letters_are_utf_8() -> None:
    rules = rulebook("fields: {name: {type: text, label: Naziv}}")
    ids = ['Č, "ž"', "a;b", " x"]
    evaluation = evaluated(rules, [case(rules, id_, line=line, name="N") for line, id_ in enumerate(ids, 1)])
    assert results_csv(evaluation).decode().splitlines()[1:] == [
        "1, x,,0,ranked,0.00,",
        "1,a;b,,0,ranked,0.00,",
        '1,"Č, ""ž""",,0,ranked,0.00,',
    ]


@pytest.mark.parametrize(
    ("points", "written"),
    [
        (72, "72"),
        (0, "0"),
        (-3, "-3"),
        (Fraction(35, 2), "17.5"),
        (Fraction(94, 3), "31.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(1, 2_000_000), "0.000001"),
        (Fraction(1, 2_000_001), "0"),
        (10**9, "1000000000"),
    ],
)
def test_points_stand_exact_or_with_six_places(points: Number, written: str) -> None:
    assert decimal(points) == written
