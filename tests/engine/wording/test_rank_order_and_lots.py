"""What was left in rank order, awards of several passes, and how a lot was divided, to the letter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.problems import Language
from razpis.engine.wording import explain_lot
from tests.engine.wording.paying import call, divided, last, told_of
from tests.engine.wording.telling import firm

# In rank order


def edge(allocation: str, language: Language = "sl", money: str = "budget: 1000", **asks: Any) -> list[str]:
    """The last line of every application."""
    evaluation = divided(call(allocation, money), **asks)
    return [last(evaluation, id_, language) for id_ in asks]


EDGE = {"a": (5, 700), "b": (4, 500), "c": (3, 200)}


def test_in_rank_order_what_was_left_is_told() -> None:
    assert edge("edge: part", **EDGE) == [
        firm("700,00~EUR: omejeno z zaprošenim zneskom 700,00~EUR"),
        firm("300,00~EUR: sredstva so zadoščala le še za 300,00~EUR"),
        firm("0,00~EUR: sredstva so v celoti dodeljena višje uvrščenim vlogam"),
    ]
    assert edge("edge: skip", **EDGE)[1] == firm(
        "0,00~EUR: sredstva za to vlogo ne zadoščajo; na voljo je ostalo 300,00~EUR"
    )
    assert edge("edge: stop", **EDGE)[1:] == [
        firm("0,00~EUR: sredstva za to vlogo ne zadoščajo; na voljo je ostalo 300,00~EUR"),
        firm(
            "0,00~EUR: delitev se je ustavila pri višje uvrščeni vlogi, za katero sredstev ni bilo dovolj; "
            "na voljo je ostalo 300,00~EUR"
        ),
    ]
    assert edge("minimum_useful: 400", **EDGE)[1] == firm(
        "0,00~EUR: sredstva so zadoščala le še za 300,00~EUR, kar je manj od najmanjšega zneska 400,00~EUR"
    )


def test_in_rank_order_in_english() -> None:
    assert edge("edge: part", "en", **EDGE)[1:] == [
        firm("300.00~EUR: the money sufficed for only 300.00~EUR more"),
        firm("0.00~EUR: the money all went to applications ranked higher"),
    ]
    assert edge("edge: stop", "en", **EDGE)[1:] == [
        firm("0.00~EUR: the money did not suffice; 300.00~EUR was left"),
        firm(
            "0.00~EUR: the money stopped at an application ranked higher that it did not suffice for; 300.00~EUR was left"
        ),
    ]
    assert edge("minimum_useful: 400", "en", **EDGE)[1] == firm(
        "0.00~EUR: the money sufficed for only 300.00~EUR more, which is below the least useful amount of 400.00~EUR"
    )


def test_a_shared_place_is_not_told_that_the_fill_had_stopped() -> None:
    assert edge("edge: stop", a=(5, 700), b=(4, 200), c=(4, 200))[1] == firm(
        "0,00~EUR: sredstva za to vlogo ne zadoščajo; na voljo je ostalo 300,00~EUR"
    )


def test_the_money_of_a_lot_is_called_so() -> None:
    rules = call("", "lots: {A: {amount: 1000}}")
    evaluation = divided(rules, a=(5, 700, 0, "A"), b=(4, 500, 0, "A"), c=(3, 5, 0, "A"))
    assert [last(evaluation, id_) for id_ in "bc"] == [
        firm("300,00~EUR: sredstva sklopa so zadoščala le še za 300,00~EUR"),
        firm("0,00~EUR: sredstva sklopa so v celoti dodeljena višje uvrščenim vlogam"),
    ]
    assert last(evaluation, "b", "en") == firm("300.00~EUR: the lot's money sufficed for only 300.00~EUR more")
    assert told_of(evaluation, "c").summary == "Zavrnjeno: sredstev ni bilo dovolj."
    assert told_of(evaluation, "c", "en").refusal == (
        firm("The amount of 5.00~EUR cannot be granted: the lot's money all went to applications ranked higher."),
    )


def test_what_waits_for_a_tie_says_so() -> None:
    evaluation = divided(call("", "budget: 500", "open"), a=(5, 400), b=(5, 400))
    assert told_of(evaluation).summary == "Čaka na razrešitev izenačenja."
    assert last(evaluation) == "O znesku še ni odločeno: najprej je treba razrešiti izenačenje."
    assert (last(evaluation, "a", "en"), told_of(evaluation, "a", "en").summary) == (
        "The amount is not decided yet: a tie has to be settled first.",
        "Waits for a tie to be settled.",
    )
    assert told_of(evaluation).refusal == ()


# In several passes


def test_an_award_of_several_passes_is_the_sum_of_them() -> None:
    rules = call("leftovers: second_pass", "lots: {A: {amount: 1000}, B: {amount: 500}}")
    evaluation = divided(rules, a=(9, 1200, 0, "A"), b=(8, 300, 0, "A"), c=(7, 200, 0, "B"))
    assert [last(evaluation, id_) for id_ in "abc"] == [
        firm(
            "1.200,00~EUR = 1.000,00~EUR (splošna delitev) + 200,00~EUR (drugi krog); "
            "omejeno z zaprošenim zneskom 1.200,00~EUR"
        ),
        firm("100,00~EUR (drugi krog); sredstva v drugem krogu so zadoščala le še za 100,00~EUR"),
        firm("200,00~EUR: omejeno z zaprošenim zneskom 200,00~EUR"),
    ]
    assert last(evaluation, "b", "en") == firm(
        "100.00~EUR (second pass); the money of the second pass sufficed for only 100.00~EUR more"
    )
    assert [explain_lot(evaluation, lot, "sl")[-2] for lot in evaluation.lots] == [
        firm("Iz drugih sklopov preneseno: 300,00~EUR."),
        firm("V druge sklope preneseno: 300,00~EUR."),
    ]
    assert [explain_lot(evaluation, lot, "en")[-2] for lot in evaluation.lots] == [
        firm("Brought over from other lots: 300.00~EUR."),
        firm("Passed on to other lots: 300.00~EUR."),
    ]
    first = evaluation.lots[0]
    assert (explain_lot(evaluation, first, "sl")[0], explain_lot(evaluation, first, "en")[0]) == (
        firm("Razpisana sredstva sklopa: 1.000,00~EUR."),
        firm("Money available to the lot: 1,000.00~EUR."),
    )


def test_a_set_aside_is_called_by_its_title() -> None:
    titles = "title: {sl: za mlade, en: for the young}"
    rules = call(f"set_asides: {{youth: {{where: young, amount: 100, unused: stays, {titles}}}}}", "budget: 1000")
    evaluation = divided(rules, a=(9, 950), b=(8, 300, 0, "", None, True), c=(7, 5))
    assert [last(evaluation, id_) for id_ in "abc"] == [
        firm("900,00~EUR: sredstva, ki niso namenska sredstva »za mlade«, so zadoščala le še za 900,00~EUR"),
        firm(
            "100,00~EUR (namenska sredstva »za mlade«); "
            "sredstva, ki niso namenska sredstva »za mlade«, so v celoti dodeljena višje uvrščenim vlogam"
        ),
        firm("0,00~EUR: sredstva, ki niso namenska sredstva »za mlade«, so v celoti dodeljena višje uvrščenim vlogam"),
    ]
    lower = divided(rules, a=(9, 100), b=(8, 80, 0, "", None, True), c=(7, 50, 0, "", None, True))
    assert last(lower, "c", "en") == firm(
        "50.00~EUR = 20.00~EUR (the set-aside 'for the young') + 30.00~EUR (general pass); "
        "limited by the amount requested 50.00~EUR"
    )
    alone = divided(rules, a=(9, 900), b=(8, 80, 0, "", None, True), c=(7, 50, 0, "", None, True))
    assert last(alone, "c", "en") == firm(
        "20.00~EUR (the set-aside 'for the young'); "
        "the money beside the set-aside 'for the young' all went to applications ranked higher"
    )


# The lot


@pytest.mark.parametrize(
    ("allocation", "slovenian", "english"),
    [
        (
            "edge: part",
            "Sredstva se dodelijo po prednostnem vrstnem redu; vloga, za katero jih ne ostane dovolj, prejme preostanek.",
            "The money is granted in rank order; the application it no longer suffices for gets what is left.",
        ),
        (
            "edge: skip",
            "Sredstva se dodelijo po prednostnem vrstnem redu; vloga, za katero jih ne ostane dovolj, se preskoči.",
            "The money is granted in rank order; an application it does not suffice for is skipped.",
        ),
        (
            "edge: stop",
            "Sredstva se dodelijo po prednostnem vrstnem redu do prve vloge, za katero jih ne ostane dovolj.",
            "The money is granted in rank order up to the first application it does not suffice for.",
        ),
    ],
)
def test_a_lot_filled_in_rank_order_says_its_edge(allocation: str, slovenian: str, english: str) -> None:
    evaluation = divided(call(allocation), a=(5, Fraction(123456, 100)))
    (lot,) = evaluation.lots
    assert explain_lot(evaluation, lot, "sl") == (
        firm("Razpisana sredstva: 10.000,00~EUR."),
        slovenian,
        firm("Dodeljeno: 1.234,56~EUR; nerazdeljeno: 8.765,44~EUR."),
    )
    assert explain_lot(evaluation, lot, "en") == (
        firm("Money available: 10,000.00~EUR."),
        english,
        firm("Awarded: 1,234.56~EUR; not awarded: 8,765.44~EUR."),
    )


def test_a_lot_shared_by_points_says_the_method_and_the_value() -> None:
    evaluation = divided(call("fill: proportional", "budget: 100"), a=(5, 900))
    (lot,) = evaluation.lots
    assert explain_lot(evaluation, lot, "sl") == (
        firm("Razpisana sredstva: 100,00~EUR."),
        "Sredstva se delijo sorazmerno s točkami: znesek je število točk, pomnoženo z vrednostjo točke, "
        "vendar največ do omejitev posamezne vloge.",
        "Česar vloga zaradi svoje omejitve ne more prejeti, se razdeli med druge.",
        firm("Izračun vrednosti točke: 100,00~EUR / 5~točk = 20,00~EUR."),
        firm("Vrednost točke: 20,00~EUR."),
        firm("Dodeljeno: 100,00~EUR; nerazdeljeno: 0,00~EUR."),
    )
    plain = divided(call("fill: proportional, resharing: false, weight: points * 2"), a=(5, 900))
    assert explain_lot(plain, plain.lots[0], "sl")[1:3] == (
        "Sredstva se delijo sorazmerno z utežjo: točke × 2; vendar največ do omejitev posamezne vloge.",
        "Sredstva zadoščajo za vse vloge do njihovih omejitev.",
    )
    assert explain_lot(plain, plain.lots[0], "en")[1:3] == (
        "The money is shared in proportion to a weight: points × 2; up to the limits of each application.",
        "The money suffices for every application up to its limits.",
    )


def test_a_second_pass_by_points_is_refused_by_what_each_pass_gave() -> None:
    """Half of B's 1,000 EUR is asked for there; a and b of lot A get the other half beside their own 900."""
    rules = call("fill: proportional, leftovers: second_pass", "lots: {A: {amount: 900}, B: {amount: 1000}}")
    evaluation = divided(rules, a=(2, 2000, 0, "A"), b=(1, 2000, 0, "A"), c=(3, 500, 0, "B"))
    assert last(evaluation).startswith(firm("933,33~EUR = 600,00~EUR (splošna delitev) + 333,33~EUR (drugi krog)"))
    assert told_of(evaluation).refusal == (
        firm(
            "Zneska 1.066,67~EUR ni mogoče dodeliti: vlogi pripada 933,33~EUR = 600,00~EUR (splošna delitev) + "
            "333,33~EUR (drugi krog); delitev po točkah."
        ),
    )


def test_a_set_aside_by_points_is_refused_by_what_each_pass_gave() -> None:
    """The young get 100 EUR first; of the other 900 EUR a third more goes to a, who has a third of the points."""
    kept = "set_asides: {youth: {where: young, amount: 100, title: {sl: za mlade, en: for the young}}}"
    evaluation = divided(
        call(f"fill: proportional, {kept}", "budget: 1000"), a=(1, 2000, 0, "", None, True), b=(2, 2000)
    )
    assert told_of(evaluation).refusal == (
        firm(
            "Zneska 1.600,00~EUR ni mogoče dodeliti: vlogi pripada 400,00~EUR = 100,00~EUR (namenska sredstva »za "
            "mlade«) + 300,00~EUR (splošna delitev); delitev po točkah."
        ),
    )


def test_a_lot_in_which_nothing_is_due_does_not_say_that_the_money_suffices() -> None:
    rules = call("fill: proportional", "lots: {A: {amount: 900}, B: {amount: 1000}}")
    evaluation = divided(rules, a=(2, 100, 0, "A"))
    assert [explain_lot(evaluation, lot, "sl")[-2] for lot in evaluation.lots] == [
        "Sredstva zadoščajo za vse vloge do njihovih omejitev.",
        "Ni vloge, ki bi ji kaj pripadalo.",
    ]
    assert explain_lot(evaluation, evaluation.lots[1], "en")[-2] == "There is no application that is due anything."
