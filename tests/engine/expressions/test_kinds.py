"""Kinds of value: what they are called and which may be compared."""

from __future__ import annotations

import pytest

from razpis.engine.expressions import DATE, NUMBER, TEXT, TEXTS, WHOLE, YES_NO, Kind, choice, table
from razpis.engine.problems import Text


@pytest.mark.parametrize(
    ("kind", "sl", "en"),
    [
        (NUMBER, "število", "a number"),
        (WHOLE, "število", "a number"),
        (TEXT, "besedilo", "a text"),
        (choice(("a", "b")), "besedilo", "a text"),
        (YES_NO, "da/ne", "yes/no"),
        (DATE, "datum", "a date"),
        (TEXTS, "seznam", "a list"),
        (table({"a": NUMBER}), "tabela", "a table"),
        (Kind("number", rows="t"), "stolpec (število)", "a column (a number)"),
    ],
)
def test_a_kind_is_told_in_words(kind, sl, en):
    assert kind.says() == Text(sl, en)


def test_kinds_are_the_same_by_what_their_values_are_not_by_what_is_known_of_them():
    assert NUMBER.same(WHOLE)
    assert TEXT.same(choice(("a",)))
    assert TEXTS.same(Kind("list", options=("a",), item="text"))
    assert NUMBER.same(Kind("number", rows="t"))
    assert not NUMBER.same(TEXT)
    assert not TEXTS.same(Kind("list", item="number"))


def test_a_kind_can_stand_in_a_set():
    assert len({NUMBER, WHOLE, table({"a": NUMBER}), table({"b": NUMBER})}) == 4
