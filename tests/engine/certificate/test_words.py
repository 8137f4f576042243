"""How a certificate speaks of amounts and of the sums it checks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.certificate import words
from razpis.engine.certificate.entries import Key
from razpis.engine.money import Number
from razpis.engine.problems import Text


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (123456789, Text("1.234.567,89 EUR", "1,234,567.89 EUR")),
        (12345678, Text("123.456,78 EUR", "123,456.78 EUR")),
        (5, Text("0,05 EUR", "0.05 EUR")),
        (-123450, Text("-1.234,50 EUR", "-1,234.50 EUR")),
        (Fraction(1000, 3), Text("≈ 3,33 EUR", "≈ 3.33 EUR")),
    ],
)
def test_amounts(cents: Number, shown: Text) -> None:
    assert words.euros(cents) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, Text("da", "yes")),
        (False, Text("ne", "no")),
        (None, Text("ni podatka", "none")),
        (1250, Text("12,50 EUR", "12.50 EUR")),
        (Fraction(25, 2), Text("0,125 EUR", "0.125 EUR")),
        (Fraction(100, 3), Text("1/3 EUR", "1/3 EUR")),
    ],
)
def test_values(value: Number | bool | None, shown: Text) -> None:
    assert words.shown(value) == shown


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("lot", "A"), Text("sklop A", "lot A")),
        (("lot", ""), Text("razpis", "the call")),
        (("limit", "cap", "P"), Text("omejitev »cap« za prijavitelja P", "the limit 'cap' of applicant P")),
        (("limit", "cap", ""), Text("omejitev »cap«", "the limit 'cap'")),
        (("set_aside", "kept"), Text("namenska sredstva »kept«", "the set-aside 'kept'")),
        (("beside", "kept"), Text("sredstva zunaj namenskih »kept«", "the money beside the set-aside 'kept'")),
        (("budget",), Text("vsa sredstva razpisa", "the whole budget")),
    ],
)
def test_sums(key: Key, name: Text) -> None:
    assert words.whose(key) == name


def test_numbers_passes_and_counts() -> None:
    assert words.numbers([None, Fraction(35, 2), Fraction(1, 3)]) == Text("–; 17,5; 1/3", "–; 17.5; 1/3")
    assert words.passes([("youth", 30000), ("general", 0)]) == Text(
        "youth 300,00 EUR; general 0,00 EUR", "youth 300.00 EUR; general 0.00 EUR"
    )
    assert words.passes([]) == Text("ni podatka", "none")
    assert [words.times(count) for count in (0, 1, 2)] == [
        Text("je ni", "absent"),
        Text("je", "present"),
        Text("2-krat", "2 times"),
    ]


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ("draw", Text("žreb", "by draw")),
        ("shared", Text("deljeno mesto", "shared place")),
        ("open", Text("odprto", "open")),
    ],
)
def test_ties(how: str, named: Text) -> None:
    assert words.settled(how) == named


def test_a_claim_beside_what_the_rules_give() -> None:
    assert words.claimed(words.application("a"), words.shown(True), words.quoted("")) == Text(
        "vloga a: v izidu da, po pravilih ni podatka", "application a: claimed yes, by the rules none"
    )
    assert (words.quoted("cap"), words.place(3)) == (Text("»cap«", "'cap'"), Text("3. mesto", "place 3"))
