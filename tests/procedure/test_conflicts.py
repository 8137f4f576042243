"""Grounds of a conflict of interest, and hints by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.procedure.conflicts import GROUNDS, Ground, name_hints

parts = st.lists(st.text("abcčdđeghijklmnoprsštuvzž", min_size=4, max_size=9), min_size=2, max_size=4)


def test_every_ground_has_its_words_and_article() -> None:
    assert list(GROUNDS) == list(Ground)
    assert {ground.article for ground in GROUNDS.values()} == {
        "ZUP, 35. člen",
        "ZUP, 37. člen",
        "ZIntPK, 4. in 37. člen",
        "ZIntPK, 35. člen",
    }


@pytest.mark.parametrize(
    "name",
    [
        "Žiga Kovačič",
        "KOVAČIČ Žiga",
        "ziga kovacic",
        "dr. Žiga Kovačič, univ. dipl. soc. del.",
        "Kovačić, Žiga",
        "Žiga Janez Kovačič",
        "Žiga Kovačič-Novak",
        "Z\u030ciga Kovac\u030cic\u030c",
    ],
)
def test_these_could_be_the_person(name: str) -> None:
    assert name_hints("mag. Žiga Kovačič", [name]) == (name,)


@pytest.mark.parametrize("name", ["", "Žiga", "Kovačič", "Žiga Kovač", "Žan Kovačič", "Žiga Žiga", "dr. mag."])
def test_these_could_not(name: str) -> None:
    assert name_hints("Žiga Kovačič", [name]) == ()


def test_letters_that_are_written_in_two_ways_agree() -> None:
    assert name_hints("Đurđa Đorđević", ["Djurdja Djordjevic", "Durda Dordevic"]) == (
        "Djurdja Djordjevic",
        "Durda Dordevic",
    )


def test_hints_come_as_written_and_in_their_order() -> None:
    names = ["Novak Ana", "Ana Zupan", "ANA NOVAK KRALJ", "Društvo Ana"]
    assert name_hints("Ana Novak", names) == ("Novak Ana", "ANA NOVAK KRALJ")


def test_a_person_of_one_name_agrees_with_that_name_alone() -> None:
    assert name_hints("Ana", ["Ana", "Ana Novak", "dr. ana"]) == ("Ana", "dr. ana")
    assert name_hints("", ["", "dr."]) == ()


@given(parts, st.data())
def test_order_and_case_make_no_difference(name: list[str], data: st.DataObject) -> None:
    written = " ".join(data.draw(st.permutations(name))).upper()
    assert name_hints(" ".join(name), [written]) == (written,)
