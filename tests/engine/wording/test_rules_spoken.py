"""Expressions of the rules in words: values with labels, tests as clauses."""

from __future__ import annotations

import pytest

from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_spoken import amount, clause, spoken
from tests.engine.making import rulebook

SL, EN = Speaker("sl"), Speaker("en")
RULES = rulebook(
    """
    fields:
      cost: {type: euro, label: {sl: Stroški, en: Costs}}
      kind: {type: choice, label: Oblika, options: {dr: {sl: društvo, en: society}, zv: {sl: zavod, en: institute}}}
      access: {type: choices, label: Dostopnost, options: {cart: {sl: za voziček, en: for a wheelchair}}}
      since: {type: date, label: Od, required: false}
      young: {type: yes_no, label: Za mlade}
      town: {type: text, label: Kraj}
      costs:
        type: table
        label: Postavke
        columns: {price: {type: euro, label: Cena}, sort: {type: choice, label: Vrsta, options: {a: najem, b: tisk}}}
    derived: {half: {label: Polovica, value: cost / 2}}
    sections: {quality: {title: Kakovost}}
    criteria: {need: {kind: marks, title: Potreba, max: 5, section: quality}}
    """,
    "lots: {A: {title: Kultura, amount: 1}, B: {amount: 2}}\nallocation: {request: cost}",
)


@pytest.mark.parametrize(
    ("source", "sl"),
    [
        ("12", "12"),
        ("0.80 * cost", "0,8 × »Stroški«"),
        ("1500.5", "1.500,5"),
        ("-cost + 3", "−»Stroški« + 3"),
        ("(cost - half) / 2", "(»Stroški« − »Polovica«) / 2"),
        ("kind == 'zv'", "»Oblika« = »zavod«"),
        ("kind in ['dr', 'zv']", "»Oblika« je med (»društvo«; »zavod«)"),
        ("town not in ('a', 'b')", "»Kraj« ni med (»a«; »b«)"),
        ("not 'cart' in access", "ne »za voziček« je med »Dostopnost«"),
        ("cost >= 5 and cost != 7 or cost <= 2", "»Stroški« ≥ 5 in »Stroški« ≠ 7 ali »Stroški« ≤ 2"),
        ("sum(costs.price)", "vsota (»Postavke: Cena«)"),
        ("count(costs.sort == 'a')", "število (»Postavke: Vrsta« = »najem«)"),
        ("min(cost, half)", "najmanjše od (»Stroški«; »Polovica«)"),
        ("cost if young else 0", "»Stroški«, če velja »Za mlade«, sicer 0"),
        (
            "0.7 * cost if points >= 60 else 0.5 * cost",
            "0,7 × »Stroški«, če je število točk vsaj 60, sicer 0,5 × »Stroški«",
        ),
        (
            "1.2 * cost if answered(since) else half",
            "1,2 × »Stroški«, če je podatek »Od« izpolnjen, sicer »Polovica«",
        ),
        ("min(9, 3 if place <= 2 else 1)", "najmanjše od (9; 3, če je mesto največ 2, sicer 1)"),
        ("lot == 'A'", "sklop = »Kultura«"),
        ("points * 10 + points_quality - points_need", "točke × 10 + točke »Kakovost« − točke »Potreba«"),
        (
            "ranking_points / place * lot_amount + wanted",
            "točke za vrstni red / mesto × sredstva sklopa + znesek po omejitvah",
        ),
        ("points_none", "points_none"),
    ],
)
def test_a_value_has_labels_in_place_of_names(source: str, sl: str) -> None:
    assert spoken(SL, RULES, source) == sl


def test_a_value_in_english() -> None:
    assert spoken(EN, RULES, "0.8 * cost if kind == 'zv' else points_need") == (
        "0.8 × 'Costs' where 'institute' is chosen under 'Oblika', otherwise points of 'Potreba'"
    )


@pytest.mark.parametrize(
    ("source", "sl", "en"),
    [
        ("young", "velja »Za mlade«", "'Za mlade' holds"),
        ("not young", "ne velja »Za mlade«", "'Za mlade' does not hold"),
        ("not not (young)", "velja »Za mlade«", "'Za mlade' holds"),
        ("answered(since)", "je podatek »Od« izpolnjen", "'Od' is given"),
        ("not answered(since)", "podatek »Od« ni izpolnjen", "'Od' is not given"),
        ("cost >= 5000", "je »Stroški« vsaj 5.000,00 EUR", "'Costs' is at least 5,000.00 EUR"),
        ("5000 < cost", "je »Stroški« več kot 5.000,00 EUR", "'Costs' is more than 5,000.00 EUR"),
        ("not cost > 5", "je »Stroški« največ 5,00 EUR", "'Costs' is at most 5.00 EUR"),
        ("cost < half", "je »Stroški« manj kot »Polovica«", "'Costs' is less than 'Polovica'"),
        ("cost != 5", "»Stroški« ni enako 5,00 EUR", "'Costs' is not 5.00 EUR"),
        ("call_year == 2026", "je leto razpisa enako 2026", "year of the call is equal to 2026"),
        ("1 <= half <= 2", "velja 1 ≤ »Polovica« ≤ 2", "1 ≤ 'Polovica' ≤ 2 holds"),
        ("kind == 'dr'", "je pri podatku »Oblika« izbrano »društvo«", "'society' is chosen under 'Oblika'"),
        ("'dr' != kind", "pri podatku »Oblika« ni izbrano »društvo«", "'society' is not chosen under 'Oblika'"),
        (
            "kind in ('dr', 'zv')",
            "je pri podatku »Oblika« izbrano »društvo« ali »zavod«",
            "'society' or 'institute' is chosen under 'Oblika'",
        ),
        (
            "kind not in ('dr', 'zv')",
            "pri podatku »Oblika« ni izbrano ne »društvo« ne »zavod«",
            "neither 'society' nor 'institute' is chosen under 'Oblika'",
        ),
        (
            "not 'cart' in access",
            "pri podatku »Dostopnost« ni izbrano »za voziček«",
            "'for a wheelchair' is not chosen under 'Dostopnost'",
        ),
        ("access == ['cart']", "je »Dostopnost« enako (»cart«)", "'Dostopnost' is equal to ('cart')"),
        ("lot == 'A'", "je sklop »Kultura«", "the lot is 'Kultura'"),
        ("lot != 'B'", "sklop ni »B«", "the lot is not 'B'"),
        ("lot not in ('A', 'B')", "sklop ni ne »Kultura« ne »B«", "the lot is neither 'Kultura' nor 'B'"),
        ("town in ('a', 'b')", "je »Kraj« med (»a«; »b«)", "'Kraj' is one of ('a'; 'b')"),
        ("town not in ('a', 'b')", "»Kraj« ni med (»a«; »b«)", "'Kraj' is not one of ('a'; 'b')"),
        ("town == 'a'", "je »Kraj« enako »a«", "'Kraj' is equal to 'a'"),
        ("since >= '2026-05-04'", "je »Od« 4. maj 2026 ali pozneje", "'Od' is 4 May 2026 or later"),
        ("'2026-05-04' > since", "je »Od« prej kot 4. maj 2026", "'Od' is before 4 May 2026"),
        ("call_deadline > since", "je zadnji dan roka pozneje kot »Od«", "last day for applications is after 'Od'"),
        (
            "points_quality < 3",
            "je število točk »Kakovost« manj kot 3",
            "the number of points of 'Kakovost' is less than 3",
        ),
        ("lot_amount > 3", "je znesek sklopa več kot 3", "the amount of the lot is more than 3"),
        (
            "young and (kind == 'dr' or cost > 1)",
            "velja »Za mlade« in (je pri podatku »Oblika« izbrano »društvo« ali je »Stroški« več kot 1,00 EUR)",
            "'Za mlade' holds and ('society' is chosen under 'Oblika' or 'Costs' is more than 1.00 EUR)",
        ),
        (
            "not (young or cost > 1)",
            "ne velja (»Za mlade« ali »Stroški« > 1)",
            "('Za mlade' or 'Costs' > 1) does not hold",
        ),
        ("true", "velja da", "yes holds"),
    ],
)
def test_a_test_is_a_clause(source: str, sl: str, en: str) -> None:
    assert [clause(speaker, RULES, source).replace("\u00a0", " ") for speaker in (SL, EN)] == [sl, en]


def test_a_plain_amount_is_money() -> None:
    assert amount(SL, RULES, "6000.00") == "6.000,00\u00a0EUR"
    assert amount(SL, RULES, "cost") == "»Stroški«"
    assert amount(SL, RULES, "0.5 * cost") == "0,5 × »Stroški«"
    chosen = amount(SL, RULES, "5000 if cost >= 90 else cost if cost > 5 else 100.50")
    assert chosen == (
        "5.000,00\u00a0EUR, če je »Stroški« vsaj 90,00\u00a0EUR, sicer »Stroški«, če je »Stroški« več kot 5,00\u00a0EUR, sicer 100,50\u00a0EUR"
    )
    assert amount(EN, RULES, "5000 if cost >= 90 else 100") == (
        "5,000.00\u00a0EUR where 'Costs' is at least 90.00\u00a0EUR, otherwise 100.00\u00a0EUR"
    )
