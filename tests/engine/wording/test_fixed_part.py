"""The fixed part in words: in the rules, in the lot's money and in an applicant's amount."""

from __future__ import annotations

from razpis.engine.wording import explain_lot
from razpis.engine.wording.rules_money import division
from razpis.engine.wording.speaker import Speaker
from tests.engine.wording.paying import call, divided, told_of
from tests.engine.wording.ruling import blocks

RULES = "fill: proportional, round: 2, fixed_part: 100"
FOUR = {"a": (60, 900), "b": (30, 150), "c": (20, 300), "d": (0, 50)}


def plain(lines: tuple[str, ...]) -> list[str]:
    return [line.replace("\u00a0", " ") for line in lines]


def test_an_amount_stands_in_its_two_parts() -> None:
    found = divided(call(RULES, "budget: 1000"), **FOUR)
    assert plain(told_of(found).amount) == [
        "Zaprošeni znesek: 900,00 EUR.",
        "Stalni del: 100,00 EUR.",
        "Vrednost točke: 7,50 EUR.",
        "550,00 EUR = 100,00 EUR (stalni del) + 450,00 EUR (60 točk × 7,50 EUR); delitev po točkah",
    ]
    assert plain(told_of(found, "b", "en").amount)[-1] == (
        "150.00 EUR = 100.00 EUR (fixed part) + 50.00 EUR (sharing the rest); limited by the amount requested 150.00 EUR"
    )
    assert plain(told_of(found).refusal) == [
        "Zneska 350,00 EUR ni mogoče dodeliti: sredstva so razdeljena po točkah in vrednost točke je 7,50 EUR, "
        "kar za to vlogo pomeni 450,00 EUR poleg stalnega dela 100,00 EUR."
    ]


def test_a_computed_fixed_part_is_derived() -> None:
    found = divided(call("fill: proportional, round: 2, fixed_part: size * 2", "budget: 1000"), **FOUR)
    assert plain(told_of(found, language="en").amount)[1] == "Fixed part: 60 × 2 = 120.00 EUR."


def test_where_the_money_does_not_suffice_it_says_so() -> None:
    found = divided(call(RULES, "budget: 150"), a=(60, 900), b=(30, 150), c=(20, 300))
    assert plain(told_of(found).amount)[-1] == (
        "50,00 EUR: sredstva ne zadoščajo za stalne dele vseh vlog, zato vse prejmejo enak delež svojega"
    )
    assert plain(told_of(found, language="en").refusal) == [
        "The amount of 850.00 EUR cannot be granted: the money does not suffice for the fixed parts of all, so all "
        "get the same share of theirs."
    ]


def test_the_lot_says_that_fixed_parts_come_first() -> None:
    found = divided(call(RULES, "budget: 1000"), **FOUR)
    assert explain_lot(found, found.lots[0], "en")[1].startswith(
        "Every application first gets its fixed part; then the rest is shared. The money is shared in proportion"
    )


def test_the_rules_say_it_in_both_languages() -> None:
    rules = call(RULES)
    assert blocks(*division(Speaker("sl"), rules))[0] == (
        "* Vsaka vloga najprej prejme stalni del: 100,00 EUR, ali manj, če ji ne pripada toliko; če sredstev za stalne "
        "dele ni dovolj, prejmejo vse enak delež svojega. Po tem se deli, kar ostane."
    )
    assert blocks(*division(Speaker("en"), rules))[0] == (
        "* Every application first gets a fixed part: 100.00 EUR, or less where it may not have so much; where the "
        "money does not suffice for the fixed parts, all get the same share of theirs. Then the rest is shared."
    )
