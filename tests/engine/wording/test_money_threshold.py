"""A threshold from the money in words: in the rules, in the lot's money and in a refusal."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Language
from razpis.engine.wording import explain_lot
from razpis.engine.wording.rules_money import division
from razpis.engine.wording.speaker import Speaker
from tests.engine.wording.paying import call, divided, told_of
from tests.engine.wording.ruling import blocks

FIVE = {"a": (90, 600), "b": (80, 500), "c": (80, 400), "d": (70, 300), "e": (60, 900)}


def plain(lines: tuple[str, ...]) -> list[str]:
    return [line.replace("\u00a0", " ") for line in lines]


def test_a_refusal_names_the_threshold() -> None:
    found = divided(call("fill: proportional, money_threshold: {at_most: 1.5}", "budget: 1000"), **FIVE)
    assert plain(told_of(found, "d").refusal) == [
        "Zneska 300,00 EUR ni mogoče dodeliti: po pravilih v delitvi sodelujejo vloge, ki imajo najmanj 80 točk "
        "(prag, ki sledi iz razpisanih sredstev)."
    ]
    assert plain(told_of(found, "d", "en").amount)[-1] == (
        "0.00 EUR: by the rules applications with at least 80 points take part (the threshold that follows from the "
        "money)"
    )


def test_a_refusal_says_the_article_and_the_summary_says_so() -> None:
    rules = call("fill: proportional, money_threshold: {at_most: 1.5, article: 11. člen}", "budget: 1000")
    found = divided(rules, **FIVE)
    assert plain(told_of(found, "d").refusal)[0].endswith("(prag, ki sledi iz razpisanih sredstev) (11. člen).")
    assert told_of(found, "d").summary == "Zavrnjeno: vloga ne doseže praga, ki sledi iz razpisanih sredstev."
    assert told_of(found, "d", "en").summary == "Refused: below the threshold that follows from the money."


def test_who_comes_behind_the_most_winners_counts_in_what_it_was_found_from() -> None:
    """600 + 500 + 400 = 1,500 EUR reach it, though only the first gets money."""
    rules = call(
        "fill: rank, money_threshold: {at_most: 1.5}, most_winners: 1, limits: {own: {amount: 590}}", "budget: 1000"
    )
    found = divided(rules, **FIVE)
    assert "skupaj pripada 1.490,00 EUR, kar je 1,49-krat" in plain(explain_lot(found, found.lots[0], "sl"))[1]


def test_the_lot_names_it_with_what_it_is_found_from() -> None:
    found = divided(call("fill: proportional, money_threshold: {at_most: 1.5}", "budget: 1000"), **FIVE)
    assert plain(explain_lot(found, found.lots[0], "sl"))[1] == (
        "Prag, ki sledi iz sredstev: 80 točk. Vlogam, ki ga dosegajo, skupaj pripada 1.500,00 EUR, kar je 1,5-krat "
        "toliko, kot je sredstev."
    )
    assert plain(explain_lot(found, found.lots[0], "en"))[1] == (
        "The threshold that follows from the money: 80 points. Those who reach it may have 1,500.00 EUR together, 1.5 "
        "times the money."
    )


def test_a_lot_without_applications_names_none() -> None:
    found = divided(call("fill: rank, money_threshold: {at_most: 1}", "budget: 1000"))
    assert len(explain_lot(found, found.lots[0], "sl")) == 3


@pytest.mark.parametrize(
    ("stated", "language", "told"),
    [
        ("at_most: 2", "sl", "najnižje število točk, pri katerem zneski vseh, ki ga dosežejo, skupaj ne presegajo 2-kratnika"),
        ("at_most: 2", "en", "the lowest number of points at which the amounts of all who reach it together are not above 2 times"),
        ("at_least: 1", "sl", "najvišje število točk, pri katerem zneski vseh, ki ga dosežejo, skupaj dosežejo 1-kratnik"),
        ("at_least: 1", "en", "the highest number of points at which the amounts of all who reach it together reach 1 times"),
        ("nearest: 3", "sl", "število točk, pri katerem so zneski vseh, ki ga dosežejo, skupaj najbližje 3-kratniku sredstev."),
        ("nearest: 3, at_least: 2.5, article: 5. člen", "sl", "najbližje 3-kratniku sredstev in dosežejo vsaj 2,5-kratnik (5. člen)."),
        ("nearest: 3, at_least: 2.5", "en", "are nearest to 3 times the money and reach at least 2.5 times the money."),
    ],
)  # fmt: skip
def test_the_rules_say_it(stated: str, language: Language, told: str) -> None:
    item = blocks(*division(Speaker(language), call(f"fill: rank, money_threshold: {{{stated}}}")))[0]
    assert told in item
