"""Derivations read with the words of options and lots, wherever a choice is compared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.expressions import compile_expression
from razpis.engine.wording import Speaker, naming
from tests.engine.making import rulebook

SL, EN = Speaker("sl"), Speaker("en")
RULES = rulebook(
    """
    fields:
      form: {type: choice, label: Oblika, options: {dr: {sl: društvo, en: society}, zv: {sl: zavod, en: institute}}}
      access: {type: choices, label: Dostopnost, options: {free: prost vstop, cart: za voziček}}
      year: {type: choice, label: Letnik, options: {dr: drugi}}
      name: {type: text, label: Naziv}
      asked: {type: euro, label: Zaprošeno}
      staff:
        type: table
        label: Osebje
        columns: {sort: {type: choice, label: Vrsta, options: {a: redno, b: pogodbeno}}, pay: {type: euro, label: Plača}}
      young: {type: yes_no, label: Program za mlade}
    derived: {sort: {label: Vrsta, value: "'x' if asked > 1 else 'y'"}}
    """,
    "lots: {A: {title: Kultura, amount: 1}, B: {amount: 2}}\nallocation: {request: asked}",
)
FACTS: dict[str, Any] = {
    "form": "dr",
    "access": ("free", "cart"),
    "year": "dr",
    "name": "Dr",
    "asked": 5,
    "lot": "A",
    "staff": ({"sort": "a", "pay": 700}, {"sort": "b", "pay": Fraction(33333, 100)}),
    "young": True,
    "sort": "x",
}


def derived(speaker: Speaker, source: str, **facts: Any) -> str:
    """An expression over the facts, as a decision tells it."""
    _, parts = compile_expression(source, RULES.kinds).derive(FACTS | facts)
    return naming.derivation(speaker, RULES, parts)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("form == 'zv'", "»društvo« (Oblika) = »zavod«"),
        ("'zv' != form", "»zavod« ≠ »društvo« (Oblika)"),
        ("year == 'dr'", "»drugi« (Letnik) = »drugi«"),
        ("name == 'dr'", "Dr = dr"),
        ("form in ('dr', 'zv')", "»društvo« (Oblika) je med (»društvo«; »zavod«)"),
        ("'cart' in access", "»za voziček« je med izbranimi (prost vstop; za voziček)"),
        ("'cart' not in access and form == 'dr'", "»za voziček« ni med izbranimi (prost vstop; za voziček)"),
        ("lot == 'B'", "»Kultura« (sklop) = »B«"),
        ("count(staff.sort == 'b')", "število ((»redno«; »pogodbeno«) = »pogodbeno«)"),
        (
            "sum(staff.pay if staff.sort == 'b' else 0)",
            "vsota ([333,33], če (»redno«; »pogodbeno«) = »pogodbeno«, sicer 0)",
        ),
        (
            "sum(staff.pay if 'a' != staff.sort else 0)",
            "vsota ([333,33], če »redno« ≠ (»redno«; »pogodbeno«), sicer 0)",
        ),
        (
            "count(staff.sort == 'b' and staff.pay > 300)",
            "število ((»redno«; »pogodbeno«) = »pogodbeno« in [333,33] > 300)",
        ),
        ("1.1 if young else 1", "da (Program za mlade) → 1,1"),
        ("1.1 if not young else 1", "ne da (Program za mlade): ne → 1"),
        ("sort == 'x'", "x = x"),
        ("form == name", "»društvo« (Oblika) = »Dr«"),
        ("7 if form == 'dr' else 2", "»društvo« (Oblika) = »društvo«: da → 7"),
    ],
)
def test_options_stand_by_their_words(source: str, told: str) -> None:
    assert derived(SL, source) == told


def test_options_in_english_and_none_picked() -> None:
    assert derived(EN, "form == 'zv' or 'free' in access") == (
        "'society' (Oblika) = 'institute' or 'prost vstop' is one of those chosen (prost vstop; za voziček)"
    )
    assert derived(SL, "'cart' in access", access=()) == "»za voziček« je med izbranimi (nič)"
