"""The table of effective weights, cell by cell."""

from __future__ import annotations

from razpis.engine.wording import Speaker
from razpis.engine.wording.weights import weight_notes, weight_rows
from tests.engine.making import rulebook
from tests.engine.wording.telling import firm

FORM = "fields: {size: {type: integer, label: V}}"


def test_a_row_for_each_criterion() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          a: {kind: marks, title: {sl: Potreba, en: Need}, max: 1, weight: 0.333}
          b: {kind: marks, title: Drugo, max: 2}
        """,
    )
    assert weight_rows(Speaker("sl"), rules) == (
        ("merilo", "sámo prinese", "delež", "brez njega manj"),
        ("Potreba", firm("≈~0,33"), firm("≈~14,3~%"), firm("≈~0,33")),
        ("Drugo", "2", firm("≈~85,7~%"), "2"),
    )
    assert weight_rows(Speaker("en"), rules)[1] == ("Need", firm("≈~0.33"), firm("≈~14.3%"), firm("≈~0.33"))


def test_the_order_has_columns_of_its_own_where_it_weighs_otherwise() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          a: {kind: formula, title: Brez meje, points: size}
          b: {kind: marks, title: Drugo, max: 2, ranking_weight: 3}
        """,
    )
    assert weight_rows(Speaker("en"), rules) == (
        ("criterion", "alone gives", "share", "without it less", "in the order", "share"),
        ("Brez meje", "–", "–", "–", "–", "–"),
        ("Drugo", "2", "–", "–", "6", "–"),
    )


def test_the_columns_are_explained() -> None:
    for language, begin in (("sl", "Sámo prinese: "), ("en", "Alone gives: ")):
        notes = weight_notes(Speaker("sl" if language == "sl" else "en"))
        assert (len(notes), notes[0].startswith(begin)) == (2, True)
