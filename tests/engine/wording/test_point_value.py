"""The value of a point can be computed again from what a decision says about it."""

from __future__ import annotations

import pytest

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Language
from razpis.engine.wording import explain_lot, lot_numbers
from razpis.engine.wording.speaker import NBSP
from tests.engine.wording.paying import call, divided

METHOD = ("Sredstva se delijo", "The money is shared", "Česar vloga", "What an application")


def test_the_numbers_of_a_lot_stand_without_the_money_and_the_method() -> None:
    rules = call("fill: proportional, value_of_point: {round: {places: 0, mode: down}}", "budget: 1000")
    found = divided(rules, a=(7, 900), b=(12, 900))
    assert [line.replace(NBSP, " ") for line in lot_numbers(found, found.lots[0], "sl")] == [
        "Izračun vrednosti točke: 1.000,00 EUR / 19 točk ≈ 52,631579 EUR.",
        "Vrednost točke: 52,00 EUR (zaokroženo navzdol; pred zaokrožitvijo ≈ 52,631579 EUR).",
    ]
    in_rank_order = divided(call("edge: part"), a=(7, 900))
    assert lot_numbers(in_rank_order, in_rank_order.lots[0], "en") == ()


def computed(found: Evaluation, language: Language = "sl") -> list[str]:
    """What stands between the method and the value of a point."""
    lines = [line.replace(NBSP, " ") for line in explain_lot(found, found.lots[0], language)[1:-1]]
    return [line for line in lines if not line.startswith((*METHOD, "Vrednost", "Value"))]


def test_it_is_the_money_by_all_points_where_no_limit_holds_anybody() -> None:
    found = divided(call("fill: proportional", "budget: 1000"), a=(7, 900), b=(12, 900))
    assert computed(found) == ["Izračun vrednosti točke: 1.000,00 EUR / 19 točk ≈ 52,631579 EUR."]
    assert computed(found, "en") == ["The value of a point computed: 1,000.00 EUR / 19 points ≈ 52.631579 EUR."]


@pytest.mark.parametrize(
    ("asks", "slovenian"),
    [
        # 1.000 − 50 = 950; 7 + 12 = 19; 950 / 19 = 50
        (
            {"c": (5, 50)},
            "Od 1.000,00 EUR pripada 1 vlogi, ki doseže svojo omejitev, skupaj 50,00 EUR; za vse druge ostane 950,00 EUR.",
        ),
        (
            {"c": (5, 25), "d": (4, 25)},
            "Od 1.000,00 EUR pripada 2 vlogama, ki dosežeta svojo omejitev, skupaj 50,00 EUR; za vse druge ostane 950,00 EUR.",
        ),
        (
            {"c": (5, 20), "d": (4, 20), "e": (0, 70), "f": (1, 10)},
            "Od 1.000,00 EUR pripada 3 vlogam, ki dosežejo svojo omejitev, skupaj 50,00 EUR; za vse druge ostane 950,00 EUR.",
        ),
    ],
)  # fmt: skip
def test_who_reaches_a_limit_leaves_the_rest_to_the_others(asks: dict[str, tuple[int, int]], slovenian: str) -> None:
    rules = call("fill: proportional, value_of_point: {round: 1}", "budget: 1000")
    found = divided(rules, a=(7, 900), b=(12, 900), **asks)
    assert computed(found) == [slovenian, "Izračun vrednosti točke: 950,00 EUR / 19 točk = 50,00 EUR."]


def test_limits_are_told_in_english_too() -> None:
    found = divided(call("fill: proportional", "budget: 1000"), a=(7, 900), b=(12, 900), c=(5, 25), d=(4, 25))
    assert computed(found, "en")[0] == (
        "Of 1,000.00 EUR, 50.00 EUR in all goes to 2 applications that reach their own limits; 950.00 EUR is left for all "
        "others."
    )


def test_without_resharing_everybodys_points_count() -> None:
    rules = call("fill: proportional, resharing: false", "budget: 1000")
    assert computed(divided(rules, a=(5, 100), b=(3, 900))) == [
        "Izračun vrednosti točke: 1.000,00 EUR / 8 točk = 125,00 EUR."
    ]


def test_another_weight_than_points_is_a_plain_number() -> None:
    rules = call("fill: proportional, weight: points * 2", "budget: 1000")
    assert computed(divided(rules, a=(5, 900), b=(3, 900))) == [
        "Izračun vrednosti enote: 1.000,00 EUR / 16 = 62,50 EUR."
    ]


def test_who_falls_below_the_minimum_grant_has_no_part_in_it() -> None:
    rules = call("fill: proportional, minimum_grant: {amount: 200}", "budget: 1000")
    assert computed(divided(rules, a=(5, 900), b=(3, 900), c=(1, 900))) == [
        "Izračun vrednosti točke: 1.000,00 EUR / 8 točk = 125,00 EUR."
    ]


def test_after_fixed_parts_it_is_the_rest_that_is_shared() -> None:
    rules = call("fill: proportional, round: 2, fixed_part: 100", "budget: 1000")
    # Fixed parts 100 + 100 + 100 + 50; of the other 650 one gets the 50 it still may have; 600 / (60 + 20) = 7,50
    found = divided(rules, a=(60, 900), b=(30, 150), c=(20, 300), d=(0, 50))
    first = "Vsaka vloga najprej prejme svoj stalni del; po tem se deli, kar ostane. "
    assert [line.removeprefix(first) for line in computed(found)][-3:] == [
        "Za to delitev je na voljo 650,00 EUR.",
        "Od 650,00 EUR pripada 1 vlogi, ki doseže svojo omejitev, skupaj 50,00 EUR; za vse druge ostane 600,00 EUR.",
        "Izračun vrednosti točke: 600,00 EUR / 80 točk = 7,50 EUR.",
    ]
    assert "Available for this division: 650.00 EUR." in computed(found, "en")


def test_nothing_is_told_that_does_not_follow_from_the_lot_alone() -> None:
    joint = "limits: {young: {amount: 100, title: Mladi, where: young, per: all, binds: shortens}}"
    rules = call(f"fill: proportional, {joint}", "budget: 1000")
    found = divided(rules, a=(5, 950, 0, "", "A", False), b=(5, 900, 0, "", "B", True), c=(5, 900, 0, "", "C", False))
    assert found.lots[0].exact_value == 90_00
    assert computed(found) == []


@pytest.mark.parametrize(
    ("allocation", "money", "sentence", "english"),
    [
        (
            "fixed_part: 100",
            "budget: 150",
            "Sredstva ne zadoščajo za stalne dele vseh vlog, zato vsaka prejme enak delež svojega stalnega dela.",
            "The money does not suffice for the fixed parts of all; each gets the same share of its fixed part.",
        ),
        (
            "minimum_grant: {amount: 200}",
            "budget: 150",
            "Delež nobene vloge ne doseže najnižjega zneska, ki se dodeli.",
            "No application's share reaches the least amount awarded.",
        ),
        (
            "minimum_grant: {amount: 200}",
            "budget: 1000",
            "Sredstva zadoščajo za vse vloge, ki dosežejo najnižji znesek, do njihovih omejitev.",
            "The money suffices for every application that reaches the least amount, up to its limits.",
        ),
        (
            "round: 2",
            "budget: 2000",
            "Sredstva zadoščajo za vse vloge do njihovih omejitev.",
            "The money suffices for every application up to its limits.",
        ),
    ],
)
def test_a_lot_without_a_value_of_a_point_says_why_truthfully(
    allocation: str, money: str, sentence: str, english: str
) -> None:
    found = divided(call(f"fill: proportional, {allocation}", money), a=(60, 900), b=(4, 150))
    assert found.lots[0].exact_value is None
    assert computed(found)[-1] == sentence
    assert computed(found, "en")[-1] == english
