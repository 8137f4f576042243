"""How an award came about and why it is not more, to the letter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Language
from razpis.engine.trace import Explanation
from razpis.engine.wording import explain, explain_lot
from tests.engine.making import by_id, case, evaluated, rulebook
from tests.engine.wording.telling import firm

FORM = """
fields:
  requested: {type: euro, label: {sl: Zaprošeni znesek, en: Amount requested}}
  cost: {type: euro, label: {sl: Stroški, en: Costs}}
  young: {type: yes_no, label: {sl: Za mlade, en: For the young}}
  size: {type: decimal, label: {sl: Velikost, en: Size}}
criteria: {it: {kind: formula, title: Velikost, points: size}}
"""


def call(allocation: str, money: str = "budget: 10000", still_tied: str = "shared", keys: str = "[points]") -> Any:
    ranking = f"ranking: {{keys: {keys}, still_tied: {still_tied}}}"
    return rulebook(FORM, ranking, money, f"allocation: {{request: requested, {allocation}}}")


def divided(rules: Any, **asks: Any) -> Evaluation:
    """Applications from (points, requested) or (points, requested, cost, lot, applicant, young)."""
    entrants = []
    for line, (id_, ask) in enumerate(asks.items(), 1):
        size, requested, cost, lot, applicant, young = (*ask, *(0, "", None, False)[len(ask) - 2 :])
        entrants.append(
            case(
                rules,
                id_,
                line=line,
                lot=lot,
                applicant=applicant,
                size=size,
                requested=requested,
                cost=cost,
                young=young,
            )
        )
    return evaluated(rules, entrants)


def told(evaluation: Evaluation, id_: str = "a", language: Language = "sl") -> Explanation:
    return explain(evaluation, by_id(evaluation)[id_], language)


def last(evaluation: Evaluation, id_: str = "a", language: Language = "sl") -> str:
    return told(evaluation, id_, language).amount[-1]


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
    assert told(evaluation).amount == (
        firm("Zaprošeni znesek: 5.000,00~EUR."),
        firm("Vrednost točke: 85,00~EUR."),
        last(evaluation),
    )
    assert (told(evaluation).summary, told(evaluation).refusal) == (firm("Odobreno v celoti: 5.000,00~EUR."), ())


def test_what_is_not_granted_by_points_is_refused_with_the_value_of_a_point() -> None:
    evaluation = divided(call("fill: proportional", "budget: 13500"), a=(72, 5000), b=(100, 9000))
    assert told(evaluation, "b").summary == firm(
        "Delno odobreno: 8.500,00~EUR; v preostalem delu (500,00~EUR) zavrnjeno."
    )
    assert told(evaluation, "b").refusal == (
        firm(
            "Zneska 500,00~EUR ni mogoče odobriti: sredstva so razdeljena po točkah in vrednost točke je 85,00~EUR, "
            "kar za to vlogo pomeni 8.500,00~EUR."
        ),
    )
    assert told(evaluation, "b", "en").summary == firm(
        "Partly granted: 8,500.00~EUR; the rest (500.00~EUR) is refused."
    )
    assert told(evaluation, "b", "en").refusal == (
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
    assert told(evaluation).amount[1] == firm(slovenian)
    assert told(evaluation, "a", "en").amount[1] == firm(english)
    (lot,) = evaluation.lots
    assert explain_lot(evaluation, lot, "sl")[3] == firm(slovenian)


def test_a_value_that_needs_no_rounding_is_told_plainly() -> None:
    evaluation = divided(
        call("fill: proportional, value_of_point: {round: 2}", "budget: 1000"), a=(7, 900), b=(13, 900)
    )
    assert told(evaluation).amount[1] == firm("Vrednost točke: 50,00~EUR.")


def test_rounded_awards_say_so() -> None:
    rules = call("fill: proportional, round: 0", "budget: 1000")
    evaluation = divided(rules, a=(1, 900), b=(2, 900), c=(4, 900))
    assert last(evaluation) == firm("143,00~EUR: 1~točka × ≈~142,857143~EUR ≈~142,86~EUR; zaokroženo na 143,00~EUR")
    assert last(evaluation, "b", "en") == firm(
        "286.00~EUR: 2~points × ≈~142.857143~EUR ≈~285.71~EUR; rounded to 286.00~EUR"
    )
    even = divided(call("fill: proportional", "budget: 0.05"), a=(1, 9), b=(1, 9))
    assert told(even).amount[-2:] == (
        "Znesek je zaokrožen navzdol, ker bi sicer vsota presegla razpisana sredstva.",
        firm("0,02~EUR: 1~točka × 0,025~EUR ≈~0,03~EUR; zaokroženo na 0,02~EUR"),
    )
    assert told(even, "a", "en").amount[-2] == (
        "The amount is rounded down, because the sum would otherwise exceed the money available."
    )


def test_the_owner_of_the_last_cent_is_told() -> None:
    rules = call("fill: proportional, weight: 1, last_cent: first_in_rank", "budget: 0.05")
    evaluation = divided(rules, a=(2, 9), b=(1, 9))
    assert told(evaluation).amount[-2:] == (
        firm("Ostanek zaokroževanja pripada tej vlogi: + 0,01~EUR."),
        firm("0,03~EUR: utež 1 × 0,025~EUR ≈~0,03~EUR; zaokroženo na 0,02~EUR; z ostankom zaokroževanja 0,01~EUR"),
    )
    assert told(evaluation, "a", "en").amount[-2:] == (
        firm("The remainder of rounding goes to this application: + 0.01~EUR."),
        firm("0.03~EUR: weight 1 × 0.025~EUR ≈~0.03~EUR; rounded to 0.02~EUR; with the remainder of rounding 0.01~EUR"),
    )


def test_where_the_money_suffices_no_value_of_a_point_is_told() -> None:
    evaluation = divided(call("fill: proportional"), a=(5, 100), b=(0, 100))
    assert told(evaluation).amount == (
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
    assert told(evaluation, "b", "en").refusal == (
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
    assert told(evaluation).amount == (
        firm("Zaprošeni znesek: 5.000,00~EUR."),
        firm("Upravičeni znesek: 6.000 × 0,8 = 4.800,00~EUR."),
        firm("Najvišji znesek za vlogo (6. člen): 3.000,00~EUR."),
        firm("By_size: 900 × 10 = 9.000,00~EUR."),
        firm("Ko je bila vloga na vrsti, je bilo na voljo še 10.000,00~EUR."),
        firm("3.000,00~EUR: omejitev »najvišji znesek za vlogo« (6. člen) dopušča 3.000,00~EUR"),
    )
    assert told(evaluation, "a", "en").amount[1:] == (
        firm("Entitlement: 6,000 × 0.8 = 4,800.00~EUR."),
        firm("The most for one application (Article 6): 3,000.00~EUR."),
        firm("By_size: 900 × 10 = 9,000.00~EUR."),
        firm("Left when its turn came: 10,000.00~EUR."),
        firm("3,000.00~EUR: the limit 'the most for one application' (Article 6) allows 3,000.00~EUR"),
    )
    assert told(evaluation).refusal == (
        firm(
            "Zneska 2.000,00~EUR ni mogoče odobriti: omejitev »najvišji znesek za vlogo« (6. člen) dopušča 3.000,00~EUR."
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
    assert told(evaluation).summary == "Zavrnjeno: po pravilih vlogi ne pripada noben znesek."
    assert told(evaluation, "a", "en").summary == "Refused: the rules entitle it to nothing."
    assert told(evaluation).refusal == (
        firm("Zneska 700,00~EUR ni mogoče odobriti: omejeno z upravičenim zneskom 0,00~EUR."),
    )


def test_a_joint_limit_is_named() -> None:
    rules = call("limits: {joint: {amount: 500, per: applicant, title: na prijavitelja}}")
    evaluation = divided(rules, a=(9, 400, 0, "", "P"), b=(8, 400, 0, "", "P"))
    assert last(evaluation, "b") == firm("100,00~EUR: skupna omejitev »na prijavitelja« dopušča 500,00~EUR")
    assert last(evaluation, "b", "en") == firm("100.00~EUR: the joint limit 'na prijavitelja' allows 500.00~EUR")


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
    assert told(evaluation, "c").summary == "Zavrnjeno: sredstev ni bilo dovolj."
    assert told(evaluation, "c", "en").refusal == (
        firm("The amount of 5.00~EUR cannot be granted: the lot's money all went to applications ranked higher."),
    )


def test_what_waits_for_a_tie_says_so() -> None:
    evaluation = divided(call("", "budget: 500", "open"), a=(5, 400), b=(5, 400))
    assert told(evaluation).summary == "Čaka na razrešitev izenačenja."
    assert last(evaluation) == "O znesku še ni odločeno: najprej je treba razrešiti izenačenje."
    assert (last(evaluation, "a", "en"), told(evaluation, "a", "en").summary) == (
        "The amount is not decided yet: a tie has to be settled first.",
        "Waits for a tie to be settled.",
    )
    assert told(evaluation).refusal == ()


# In several passes


def test_an_award_of_several_passes_is_the_sum_of_them() -> None:
    rules = call("leftovers: second_pass", "lots: {A: {amount: 1000}, B: {amount: 500}}")
    evaluation = divided(rules, a=(9, 1200, 0, "A"), b=(8, 300, 0, "A"), c=(7, 200, 0, "B"))
    assert [last(evaluation, id_) for id_ in "abc"] == [
        firm(
            "1.200,00~EUR = 1.000,00~EUR (splošna delitev) + 200,00~EUR (drugi krog); "
            "omejeno z zaprošenim zneskom 1.200,00~EUR"
        ),
        firm(
            "100,00~EUR = 0,00~EUR (splošna delitev) + 100,00~EUR (drugi krog); "
            "sredstva v drugem krogu so zadoščala le še za 100,00~EUR"
        ),
        firm("200,00~EUR: omejeno z zaprošenim zneskom 200,00~EUR"),
    ]
    assert last(evaluation, "b", "en") == firm(
        "100.00~EUR = 0.00~EUR (general pass) + 100.00~EUR (second pass); the money of the second pass sufficed for only 100.00~EUR more"
    )
    assert [explain_lot(evaluation, lot, "sl")[-2] for lot in evaluation.lots] == [
        firm("Iz drugih sklopov preneseno: 300,00~EUR."),
        firm("V druge sklope preneseno: 300,00~EUR."),
    ]
    assert [explain_lot(evaluation, lot, "en")[-2] for lot in evaluation.lots] == [
        firm("Brought over from other lots: 300.00~EUR."),
        firm("Passed on to other lots: 300.00~EUR."),
    ]


def test_a_set_aside_is_called_by_its_title() -> None:
    titles = "title: {sl: za mlade, en: for the young}"
    rules = call(f"set_asides: {{youth: {{where: young, amount: 100, unused: stays, {titles}}}}}", "budget: 1000")
    evaluation = divided(rules, a=(9, 950), b=(8, 300, 0, "", None, True), c=(7, 5))
    assert [last(evaluation, id_) for id_ in "abc"] == [
        firm("900,00~EUR: sredstva, ki niso namenska sredstva »za mlade«, so zadoščala le še za 900,00~EUR"),
        firm(
            "100,00~EUR = 100,00~EUR (namenska sredstva »za mlade«) + 0,00~EUR (splošna delitev); "
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
        "20.00~EUR = 20.00~EUR (the set-aside 'for the young') + 0.00~EUR (general pass); "
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
        firm("Vrednost točke: 20,00~EUR."),
        firm("Dodeljeno: 100,00~EUR; nerazdeljeno: 0,00~EUR."),
    )
    plain = divided(call("fill: proportional, resharing: false, weight: points * 2"), a=(5, 900))
    assert explain_lot(plain, plain.lots[0], "sl")[1:3] == (
        "Sredstva se delijo sorazmerno z utežjo »points * 2«, vendar največ do omejitev posamezne vloge.",
        "Sredstva zadoščajo za vse vloge do njihovih omejitev.",
    )
    assert explain_lot(plain, plain.lots[0], "en")[1:3] == (
        "The money is shared in proportion to 'points * 2', up to the limits of each application.",
        "The money suffices for every application up to its limits.",
    )
