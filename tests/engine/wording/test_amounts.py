"""How an award came about and why it is not more, to the letter."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.wording import explain_lot
from tests.engine.wording.paying import call, divided, last, told_of
from tests.engine.wording.telling import firm

# Shared by points


def test_the_sentence_from_the_rulebook_of_points() -> None:
    """85 EUR a point: 72 points are 6.120 EUR, the request is 5.000 EUR."""
    rules = call("fill: proportional", "budget: 13500")
    evaluation = divided(rules, a=(72, 5000), b=(100, 99999))
    assert last(evaluation) == firm(
        "5.000,00~EUR: 72~točk × 85,00~EUR = 6.120,00~EUR; omejeno z zaprošenim zneskom 5.000,00~EUR"
    )
    assert last(evaluation, "a", "en") == firm(
        "5,000.00~EUR: 72~points × 85.00~EUR = 6,120.00~EUR; limited by the amount requested 5,000.00~EUR"
    )
    assert last(evaluation, "b") == firm("8.500,00~EUR: 100~točk × 85,00~EUR = 8.500,00~EUR")
    assert told_of(evaluation).amount == (
        firm("Zaprošeni znesek: 5.000,00~EUR."),
        firm("Vrednost točke: 85,00~EUR."),
        last(evaluation),
    )
    assert (told_of(evaluation).summary, told_of(evaluation).refusal) == (firm("Odobreno v celoti: 5.000,00~EUR."), ())


def test_what_is_not_granted_by_points_is_refused_with_the_value_of_a_point() -> None:
    evaluation = divided(call("fill: proportional", "budget: 13500"), a=(72, 5000), b=(100, 9000))
    assert told_of(evaluation, "b").summary == firm(
        "Delno odobreno: 8.500,00~EUR; v preostalem delu (500,00~EUR) zavrnjeno."
    )
    assert told_of(evaluation, "b").refusal == (
        firm(
            "Zneska 500,00~EUR ni mogoče dodeliti: sredstva so razdeljena po točkah in vrednost točke je 85,00~EUR, "
            "kar za to vlogo pomeni 8.500,00~EUR."
        ),
    )
    assert told_of(evaluation, "b", "en").summary == firm(
        "Partly granted: 8,500.00~EUR; the rest (500.00~EUR) is refused."
    )
    assert told_of(evaluation, "b", "en").refusal == (
        firm(
            "The amount of 500.00~EUR cannot be granted: the money is shared by points and a point is worth 85.00~EUR, "
            "which gives 8,500.00~EUR here."
        ),
    )


@pytest.mark.parametrize(
    ("rounding", "slovenian", "english"),
    [
        ("{round: 2}", "Vrednost točke: 52,63~EUR (pred zaokrožitvijo ≈~52,631579~EUR).", "Value of a point: 52.63~EUR (before rounding ≈~52.631579~EUR)."),
        (
            "{round: 0}",
            "Vrednost točke: 52,00~EUR (zaokroženo navzdol, da sredstva niso presežena; pred zaokrožitvijo ≈~52,631579~EUR).",
            "Value of a point: 52.00~EUR (rounded down so that the money is not exceeded; before rounding ≈~52.631579~EUR).",
        ),
    ],
)  # fmt: skip
def test_the_rounding_of_the_value_of_a_point_is_told(rounding: str, slovenian: str, english: str) -> None:
    evaluation = divided(
        call(f"fill: proportional, value_of_point: {rounding}", "budget: 1000"), a=(7, 900), b=(12, 900)
    )
    assert told_of(evaluation).amount[1] == firm(slovenian)
    assert told_of(evaluation, "a", "en").amount[1] == firm(english)
    (lot,) = evaluation.lots
    assert explain_lot(evaluation, lot, "sl")[4] == firm(slovenian)


def test_shares_by_another_weight_speak_of_one_unit() -> None:
    evaluation = divided(call("fill: proportional, weight: points - 5", "budget: 1000"), a=(13, 900), b=(10, 900))
    told, english = told_of(evaluation), told_of(evaluation, "a", "en")
    assert (told.amount[1], english.amount[1]) == firm_both(
        "Vrednost enote: ≈~76,923077~EUR.", "Value of one unit: ≈~76.923077~EUR."
    )
    assert (told.refusal[0], english.refusal[0]) == firm_both(
        "Zneska 284,62~EUR ni mogoče dodeliti: sredstva so razdeljena po uteži in vrednost enote je ≈~76,923077~EUR, "
        "kar za to vlogo pomeni ≈~615,38~EUR.",
        "The amount of 284.62~EUR cannot be granted: the money is shared by weight and one unit is worth "
        "≈~76.923077~EUR, which gives ≈~615.38~EUR here.",
    )
    enough = divided(call("fill: proportional, weight: points - 5"), a=(13, 90), b=(5, 90))
    assert (last(enough, "b"), last(enough, "b", "en")) == firm_both(
        "0,00~EUR: delitev po uteži", "0.00~EUR: sharing by weight"
    )


def firm_both(slovenian: str, english: str) -> tuple[str, str]:
    return firm(slovenian), firm(english)


def test_a_value_that_needs_no_rounding_is_told_plainly() -> None:
    evaluation = divided(
        call("fill: proportional, value_of_point: {round: 2}", "budget: 1000"), a=(7, 900), b=(13, 900)
    )
    assert told_of(evaluation).amount[1] == firm("Vrednost točke: 50,00~EUR.")


def test_rounded_awards_say_so() -> None:
    rules = call("fill: proportional, round: 0", "budget: 1000")
    evaluation = divided(rules, a=(1, 900), b=(2, 900), c=(4, 900))
    assert last(evaluation) == firm("143,00~EUR: 1~točka × ≈~142,857143~EUR ≈~142,86~EUR; zaokroženo na 143,00~EUR")
    assert last(evaluation, "b", "en") == firm(
        "286.00~EUR: 2~points × ≈~142.857143~EUR ≈~285.71~EUR; rounded to 286.00~EUR"
    )
    even = divided(call("fill: proportional", "budget: 0.05"), a=(1, 9), b=(1, 9))
    assert told_of(even).amount[-2:] == (
        "Znesek je zaokrožen navzdol, ker bi sicer vsota presegla razpisana sredstva.",
        firm("0,02~EUR: 1~točka × 0,025~EUR ≈~0,03~EUR; zaokroženo na 0,02~EUR"),
    )
    assert told_of(even, "a", "en").amount[-2] == (
        "The amount is rounded down, because the sum would otherwise exceed the money available."
    )


def test_the_owner_of_the_last_cent_is_told() -> None:
    rules = call("fill: proportional, weight: 1, last_cent: first_in_rank", "budget: 0.05")
    evaluation = divided(rules, a=(2, 9), b=(1, 9))
    assert told_of(evaluation).amount[-2:] == (
        firm("Ostanek zaokroževanja pripada tej vlogi: + 0,01~EUR."),
        firm("0,03~EUR: utež 1 × 0,025~EUR ≈~0,03~EUR; zaokroženo na 0,02~EUR; z ostankom zaokroževanja 0,01~EUR"),
    )
    assert told_of(evaluation, "a", "en").amount[-2:] == (
        firm("The remainder of rounding goes to this application: + 0.01~EUR."),
        firm("0.03~EUR: weight 1 × 0.025~EUR ≈~0.03~EUR; rounded to 0.02~EUR; with the remainder of rounding 0.01~EUR"),
    )


def test_where_the_money_suffices_no_value_of_a_point_is_told() -> None:
    evaluation = divided(call("fill: proportional"), a=(5, 100), b=(0, 100))
    assert told_of(evaluation).amount == (
        firm("Zaprošeni znesek: 100,00~EUR."),
        firm("100,00~EUR: omejeno z zaprošenim zneskom 100,00~EUR"),
    )
    assert last(evaluation, "b") == firm("0,00~EUR: delitev po točkah")
    assert last(evaluation, "b", "en") == firm("0.00~EUR: sharing by points")


def test_who_has_no_points_is_told_the_product() -> None:
    evaluation = divided(call("fill: proportional", "budget: 100"), a=(5, 900), b=(0, 100))
    assert last(evaluation, "b") == firm("0,00~EUR: 0~točk × 20,00~EUR = 0,00~EUR")


def test_below_the_least_award_the_least_is_told() -> None:
    rules = call("fill: proportional, minimum_grant: {amount: 100}", "budget: 1000")
    evaluation = divided(rules, a=(92, 9000), b=(8, 900))
    assert last(evaluation, "b") == firm("0,00~EUR: delež vloge ne doseže najnižjega zneska, ki se dodeli (100,00~EUR)")
    assert told_of(evaluation, "b", "en").refusal == (
        firm(
            "The amount of 900.00~EUR cannot be granted: "
            "its share is below the least amount awarded (100.00~EUR)."
        ),
    )  # fmt: skip


# Own limits


OWN = """entitlement: cost * 0.8, limits: {
    cap: {amount: 3000, title: {sl: najvišji znesek za vlogo, en: the most for one application}, article: {sl: 6. člen, en: Article 6}},
    by_size: {amount: size * 10}}"""


def test_every_limit_is_told_with_its_derivation() -> None:
    evaluation = divided(call(OWN), a=(900, 5000, 6000))
    assert told_of(evaluation).amount == (
        firm("Zaprošeni znesek: 5.000,00~EUR."),
        firm("Upravičeni znesek: 6.000 × 0,8 = 4.800,00~EUR."),
        firm("Najvišji znesek za vlogo (6. člen): 3.000,00~EUR."),
        firm("By_size: 900 × 10 = 9.000,00~EUR."),
        firm("Ko je bila vloga na vrsti, je bilo na voljo še 10.000,00~EUR."),
        firm("3.000,00~EUR: omejitev »najvišji znesek za vlogo« (6. člen) dopušča 3.000,00~EUR"),
    )
    assert told_of(evaluation, "a", "en").amount[1:] == (
        firm("Entitlement: 6,000 × 0.8 = 4,800.00~EUR."),
        firm("The most for one application (Article 6): 3,000.00~EUR."),
        firm("By_size: 900 × 10 = 9,000.00~EUR."),
        firm("Left when its turn came: 10,000.00~EUR."),
        firm("3,000.00~EUR: the limit 'the most for one application' (Article 6) allows 3,000.00~EUR"),
    )
    assert told_of(evaluation).refusal == (
        firm(
            "Zneska 2.000,00~EUR ni mogoče dodeliti: omejitev »najvišji znesek za vlogo« (6. člen) dopušča 3.000,00~EUR."
        ),
    )


@pytest.mark.parametrize(
    ("ask", "slovenian", "english"),
    [
        ((900, 700, 9000), "700,00~EUR: omejeno z zaprošenim zneskom 700,00~EUR", "700.00~EUR: limited by the amount requested 700.00~EUR"),
        ((900, 700, 800), "640,00~EUR: omejeno z upravičenim zneskom 640,00~EUR", "640.00~EUR: limited by the entitlement 640.00~EUR"),
        ((50, 700, 9000), "500,00~EUR: omejitev »by_size« dopušča 500,00~EUR", "500.00~EUR: the limit 'by_size' allows 500.00~EUR"),
    ],
)  # fmt: skip
def test_what_bound_the_award_is_named(ask: tuple[int, ...], slovenian: str, english: str) -> None:
    evaluation = divided(call(OWN), a=ask)
    assert (last(evaluation), last(evaluation, "a", "en")) == (firm(slovenian), firm(english))


def test_who_is_entitled_to_nothing_is_told_so() -> None:
    evaluation = divided(call(OWN), a=(900, 700, 0))
    assert told_of(evaluation).summary == "Zavrnjeno: po pravilih vlogi ne pripada noben znesek."
    assert told_of(evaluation, "a", "en").summary == "Refused: the rules entitle it to nothing."
    assert told_of(evaluation).refusal == (
        firm("Zneska 700,00~EUR ni mogoče dodeliti: omejeno z upravičenim zneskom 0,00~EUR."),
    )


def test_a_joint_limit_is_named() -> None:
    rules = call("limits: {joint: {amount: 500, per: applicant, title: na prijavitelja}}")
    evaluation = divided(rules, a=(9, 400, 0, "", "P"), b=(8, 400, 0, "", "P"))
    assert last(evaluation, "b") == firm(
        "100,00~EUR: skupna omejitev »na prijavitelja« dopušča 500,00~EUR, od tega drugim vlogam 400,00~EUR"
    )
    assert last(evaluation, "b", "en") == firm(
        "100.00~EUR: the joint limit 'na prijavitelja' allows 500.00~EUR, 400.00~EUR of it to other applications"
    )


def test_a_joint_limit_that_nobody_else_draws_on_is_told_alone() -> None:
    rules = call("limits: {joint: {amount: 500, per: applicant, title: na prijavitelja}}")
    evaluation = divided(rules, a=(9, 800, 0, "", "P"), b=(8, 400, 0, "", "R"))
    assert last(evaluation) == firm("500,00~EUR: skupna omejitev »na prijavitelja« dopušča 500,00~EUR")


def test_a_joint_limit_over_lots_tells_what_others_took_and_nothing_of_another_limit() -> None:
    lots = "lots: {A: {amount: 1000}, B: {amount: 1000}}"
    joint = "{amount: 500, per: applicant, title: na prijavitelja}"
    rules = call(f"limits: {{joint: {joint}, joint_all: {{amount: 900, per: all, title: vseh}}}}", lots)
    evaluation = divided(
        rules,
        a=(9, 400, 0, "A", "P"),
        b=(8, 300, 0, "A", "Q"),
        c=(8, 400, 0, "B", "P"),
        d=(7, 600, 0, "B", "R"),
    )
    assert [last(evaluation, id_) for id_ in "cd"] == [
        firm("100,00~EUR: skupna omejitev »na prijavitelja« dopušča 500,00~EUR, od tega drugim vlogam 400,00~EUR"),
        firm("100,00~EUR: skupna omejitev »vseh« dopušča 900,00~EUR, od tega drugim vlogam 800,00~EUR"),
    ]


def test_a_joint_limit_of_a_proportional_division_tells_the_level_at_which_it_held() -> None:
    rules = call(
        "fill: proportional, limits: {kind: {amount: 100, per: all, where: young, title: za mlade}}", "budget: 1000"
    )
    evaluation = divided(
        rules, a=(3, 900, 0, "", None, True), b=(1, 900, 0, "", None, True), c=(2, 900, 0, "", None, False)
    )
    assert [last(evaluation, id_) for id_ in "ab"] == [
        firm(
            "75,00~EUR: skupna omejitev »za mlade« dopušča 100,00~EUR, od tega drugim vlogam 25,00~EUR; "
            "delež pod njo: 3~točke × 25,00~EUR"
        ),
        firm(
            "25,00~EUR: skupna omejitev »za mlade« dopušča 100,00~EUR, od tega drugim vlogam 75,00~EUR; "
            "delež pod njo: 1~točka × 25,00~EUR"
        ),
    ]
    assert last(evaluation, "a", "en").endswith(firm("; under it the share is 3~points × 25.00~EUR"))


@pytest.mark.parametrize(
    ("rounding", "cost", "derived"),
    [
        ("round: -1", "8765.4", "0,7 × 8.765,4 = 6.135,78~EUR; zaokroženo na 6.140,00~EUR"),
        ("round: {places: -1, mode: down}", "3333.33", "0,7 × 3.333,33 ≈~2.333,33~EUR; zaokroženo na 2.330,00~EUR"),
        ("round: 2", "3333.33", "0,7 × 3.333,33 ≈~2.333,33~EUR"),
        ("round: 2", "1000", "0,7 × 1.000 = 700,00~EUR"),
    ],
)
def test_an_entitlement_is_told_before_and_after_its_rounding(rounding: str, cost: str, derived: str) -> None:
    rules = call(f"entitlement: 0.7 * cost, {rounding}")
    evaluation = divided(rules, a=(9, 9000, Fraction(cost)))
    assert told_of(evaluation).amount[1] == firm(f"Upravičeni znesek: {derived}.")


def test_a_limit_that_is_not_whole_cents_is_told_once() -> None:
    evaluation = divided(call("limits: {third: {amount: cost / 3}}"), a=(9, 9000, 100))
    assert told_of(evaluation).amount[1] == firm("Third: 100 / 3 ≈~33,33~EUR.")


def test_an_entitlement_below_nothing_counts_as_nothing() -> None:
    evaluation = divided(call("entitlement: cost - 100"), a=(9, 9000, 40))
    assert told_of(evaluation).amount[1] == firm("Upravičeni znesek: 40 - 100 = -60,00~EUR; upošteva se 0,00~EUR.")
    assert told_of(evaluation, "a", "en").amount[1] == firm("Entitlement: 40 - 100 = -60.00~EUR; 0.00~EUR counts.")
