"""Rounding and small phrases in words."""

from __future__ import annotations

import pytest

from razpis.engine.money import Rounding
from razpis.engine.problems import Text
from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_phrases import article, cents, decimals, lots_named, lower, sentence
from tests.engine.making import rulebook

SL, EN = Speaker("sl"), Speaker("en")


@pytest.mark.parametrize(
    ("places", "mode", "sl", "en", "money"),
    [
        (
            2,
            "half_up",
            "na 2\u00a0decimalki (polovica navzgor)",
            "to 2\u00a0decimals (halves up)",
            "na cent (polovica navzgor)",
        ),
        (1, "down", "na 1\u00a0decimalko (navzdol)", "to 1\u00a0decimal (down)", "na 1\u00a0decimalko (navzdol)"),
        (0, "up", "na celo število (navzgor)", "to a whole number (up)", "na evro (navzgor)"),
        (-2, "half_even", "na 100 (polovica k sodi)", "to 100 (halves to even)", "na 100 evrov (polovica k sodi)"),
    ],
)
def test_rounding(places: int, mode: str, sl: str, en: str, money: str) -> None:
    rule = Rounding(places, mode)
    assert (decimals(SL, rule), decimals(EN, rule), cents(SL, rule)) == (sl, en, money)


def test_the_lots_something_is_in() -> None:
    rules = rulebook(
        "fields: {asked: {type: euro, label: Z}}",
        "lots: {A: {title: Kultura, amount: 1}, B: {amount: 2}, C: {amount: 3}}\nallocation: {request: asked}",
    )
    assert lots_named(SL, rules, ["A"]) == "v sklopu »Kultura«"
    assert lots_named(SL, rules, ["A", "B", "C"]) == "v sklopih »Kultura«, »B« in »C«"
    assert [lots_named(EN, rules, lots) for lots in (["B"], ["B", "C"])] == [
        "in the lot 'B'",
        "in the lots 'B' and 'C'",
    ]


def test_small_things() -> None:
    assert (article(SL, Text("7. člen", "Article 7")), article(SL, None)) == (" (7. člen)", "")
    assert [sentence("ena"), sentence("Ena."), sentence("kaj?")] == ["Ena.", "Ena.", "Kaj?"]
    assert [lower("Novi"), lower("NVO"), lower("")] == ["novi", "NVO", ""]
