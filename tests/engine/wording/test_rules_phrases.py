"""Expressions, amounts and rounding in words."""

from __future__ import annotations

import pytest

from razpis.engine.money import Rounding
from razpis.engine.problems import Text
from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_phrases import amount, article, cents, decimals, lower, sentence, spoken
from tests.engine.making import rulebook

SL, EN = Speaker("sl"), Speaker("en")
RULES = rulebook(
    """
    fields:
      cost: {type: euro, label: {sl: Stroški, en: Costs}}
      kind: {type: choice, label: Oblika, options: [društvo, zavod]}
      access: {type: choices, label: Dostopnost, options: [voziček]}
      since: {type: date, label: Od, required: false}
      costs: {type: table, label: Postavke, columns: {price: {type: euro, label: Cena}}}
    derived: {half: {label: Polovica, value: cost / 2}}
    sections: {quality: {title: Kakovost}}
    criteria: {need: {kind: marks, title: Potreba, max: 5, section: quality}}
    """
)


@pytest.mark.parametrize(
    ("source", "sl"),
    [
        ("12", "12"),
        ("0.80 * cost", "0,8 × »Stroški«"),
        ("1500.5", "1.500,5"),
        ("(cost - half) / 2", "(»Stroški« − »Polovica«) / 2"),
        ("kind == 'zavod'", "»Oblika« = »zavod«"),
        ("kind in ['društvo', 'zavod']", "»Oblika« je med (»društvo«; »zavod«)"),
        ("kind not in ('a', 'b')", "»Oblika« ni med (»a«; »b«)"),
        ("not 'voziček' in access", "ne »voziček« je med »Dostopnost«"),
        ("cost >= 5 and cost != 7 or cost <= 2", "»Stroški« ≥ 5 in »Stroški« ≠ 7 ali »Stroški« ≤ 2"),
        ("sum(costs.price)", "vsota (»Postavke: Cena«)"),
        ("min(cost, half)", "najmanjše od (»Stroški«; »Polovica«)"),
        ("answered(since)", "izpolnjeno (»Od«)"),
        ("cost if true else 0", "»Stroški« če da sicer 0"),
        ("lot == 'A' and call_year > 2020", "sklop = »A« in leto razpisa > 2.020"),
        ("points * 10 + points_quality - points_need", "točke × 10 + točke »Kakovost« − točke »Potreba«"),
        (
            "ranking_points / place * lot_amount + wanted",
            "točke za vrstni red / mesto × sredstva sklopa + znesek po omejitvah",
        ),
        ("points_none", "points_none"),
    ],
)
def test_an_expression_has_labels_in_place_of_names(source: str, sl: str) -> None:
    assert spoken(SL, RULES, source) == sl


def test_an_expression_in_english() -> None:
    assert spoken(EN, RULES, "0.8 * cost if kind == 'zavod' else points_need") == (
        "0.8 × 'Costs' if 'Oblika' = 'zavod' else points of 'Potreba'"
    )


def test_a_plain_amount_is_money() -> None:
    assert amount(SL, RULES, "6000.00") == "6.000,00\u00a0EUR"
    assert amount(SL, RULES, "cost") == "»Stroški«"
    assert amount(SL, RULES, "0.5 * cost") == "0,5 × »Stroški«"


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


def test_small_things() -> None:
    assert (article(SL, Text("7. člen", "Article 7")), article(SL, None)) == (" (7. člen)", "")
    assert [sentence("ena"), sentence("Ena."), sentence("kaj?")] == ["Ena.", "Ena.", "Kaj?"]
    assert [lower("Novi"), lower("NVO"), lower("")] == ["novi", "NVO", ""]
