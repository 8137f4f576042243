"""The shape of examples: what may be written, and what is refused at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.factories import lines, marked
from tests.engine.making import CALL, rulebook

FORM = "fields: {size: {type: integer, label: V}}\n"


def test_what_may_be_written() -> None:
    (group,) = rulebook(
        FORM,
        """
        examples:
          - title: Zgled
            money: {A: 1000.50}
            defaults: {size: 3}
            marks: {quality: [8, 7.5, conflict]}
            applications:
              - {id: 1, marks: {quality: {A: 8, agreed: 2.5}}, submitted_at: "2026-03-20 12:00"}
              - {id: druga, lot: A, applicant: P, answers: {size: 4}, findings: {size: 5}, expect: {points: 2.5}}
        """,
    ).file.examples
    assert (group.title.sl, group.money, group.defaults) == ("Zgled", {"A": Fraction(2001, 2)}, {"size": 3})
    assert group.marks == {"quality": (("", 8), ("", Fraction(15, 2)), ("", None))}
    first, second = group.applications
    assert (first.id, first.marks) == ("1", {"quality": (("A", 8), ("agreed", Fraction(5, 2)))})
    assert (second.id, second.findings, second.expect.points) == ("druga", {"size": 5}, Fraction(5, 2))


def test_money_may_be_one_amount() -> None:
    (group,) = rulebook(FORM, "examples: [{title: Z, money: '1.000,00', applications: [{id: a}]}]").file.examples
    assert group.money == {"": 1000}


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("{title: Z, applications: ▸[]}", "applications: tu mora biti vsaj ena vrednost"),
        ("▸{title: Z}", "manjka »applications«"),
        (
            "{title: Z, ▸aplications: 1, applications: [{id: a}]}",
            "neznano ime »aplications« – ste mislili »applications«?",
        ),
        ("{title: Z, applications: [{id: a, ▸expct: {}}]}", "neznano ime »expct« – ste mislili »expect«?"),
        (
            "{title: Z, applications: [{id: ▸true}]}",
            "id: »True« ni dovoljeno: ime ima 1 do 200 znakov, brez presledkov na začetku in koncu",
        ),
        ("{title: Z, money: ▸-1, applications: [{id: a}]}", "money: znesek ne sme biti negativen"),
        (
            "{title: Z, marks: {it: ▸8}, applications: [{id: a}]}",
            "it: ocene zapišite kot seznam [8, 7.5, 9] ali po članih {Članica A: 8, Član B: conflict}",
        ),
        (
            "{title: Z, marks: {it: ▸{}}, applications: [{id: a}]}",
            "it: ocene zapišite kot seznam [8, 7.5, 9] ali po članih {Članica A: 8, Član B: conflict}",
        ),
        (
            "{title: Z, applications: [{id: a, expect: {outcome: ▸granted_all}}]}",
            "outcome: »granted_all« ni dovoljeno; na voljo: granted, part, below_threshold, no_money, condition_failed, "
            "dismissed, not_scored, open_tie, ranked – ste mislili »granted«?",
        ),
        ("{title: Z, applications: [{id: a, expect: {place: ▸0}}]}", "place: najmanj 1"),
    ],
)
def test_what_is_refused(group: str, said: str) -> None:
    text, expected = marked(f"{CALL}{FORM}examples: [{group}]\n", said)
    assert lines(text) == expected
