"""The result list: what is chosen is shown, in the order chosen, with its sums."""

from __future__ import annotations

from pathlib import Path

import pytest

from razpis.services.rules.result_list import Choice, ResultList, alphabetical, result_list
from razpis.services.rules.results import Results, load
from tests.web import calls


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return load(calls.written(tmp_path_factory.mktemp("results"), calls.rank()))


def ids(shown: ResultList) -> list[tuple[str, list[str], list[str]]]:
    return [
        (lot.key, [one.id for one in lot.ranked.lines], [one.id for one in lot.unranked.lines]) for lot in shown.lots
    ]


def test_names_stand_in_the_order_of_the_slovenian_alphabet() -> None:
    names = [
        "Žarek",
        "Zarja",
        "Šipek",
        "Sonce",
        "Đurđevka",
        "Dren",
        "Čebela",
        "Cvet",
        "ćuk",
        "Öl",
        "Oreh",
        "1. maj",
        "Ж",
    ]
    assert sorted(names, key=alphabetical) == [
        "1. maj", "Ж", "Cvet", "Čebela", "ćuk", "Dren", "Đurđevka", "Oreh", "Öl", "Sonce", "Šipek", "Zarja", "Žarek",
    ]  # fmt: skip


def test_everything_is_shown_by_lot_in_the_order_of_places(results: Results) -> None:
    shown = result_list(results, Choice())
    assert ids(shown) == [
        ("young", ["V1", "V2", "430-12/2026", "V4"], ["V5 #1?", "V6", "V7", "V8"]),
        ("old", ["S1", "S2", "S3"], []),
    ]
    assert (shown.shown, shown.total, shown.amount, shown.spent, shown.programmes) == (
        11,
        11,
        1_300_000,
        1_240_000,
        True,
    )
    assert list(shown.outcomes.items()) == [
        ("granted", 2),
        ("part", 2),
        ("open_tie", 2),
        ("no_money", 1),
        ("below_threshold", 1),
        ("condition_failed", 1),
        ("dismissed", 1),
        ("not_scored", 1),
    ]


def test_sums_are_those_of_the_lines_shown(results: Results) -> None:
    young, old = result_list(results, Choice()).lots
    assert (young.ranked.requested, young.ranked.award, young.unranked.requested) == (1_350_000, 1_000_000, 500_000)
    assert (old.ranked.requested, old.ranked.award, old.unranked.requested) == (410_000, 240_000, None)
    (part,) = result_list(results, Choice(outcome="part")).lots
    assert (part.ranked.requested, part.ranked.award) == (800_000, 650_000)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(lot="old"), [("old", ["S1", "S2", "S3"], [])]),
        (Choice(outcome="granted"), [("young", ["V1"], []), ("old", ["S1"], [])]),
        (Choice(outcome="dismissed"), [("young", [], ["V7"])]),
        (Choice(lot="old", outcome="dismissed"), []),
        (Choice(lot="nowhere"), []),
        (Choice(outcome="nothing"), []),
    ],
)
def test_a_choice_narrows_the_list(
    results: Results, choice: Choice, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    shown = result_list(results, choice)
    assert ids(shown) == expected
    assert shown.shown == sum(len(ranked) + len(unranked) for _, ranked, unranked in expected)
    assert shown.total == 11


def test_the_order_of_places_stays_known_whatever_is_chosen(results: Results) -> None:
    (lot,) = result_list(results, Choice(lot="young", outcome="part", sort="-name")).lots
    assert [line.id for line in lot.order] == ["V1", "V2", "430-12/2026", "V4"]


@pytest.mark.parametrize(
    ("sort", "ranked", "unranked"),
    [
        ("-place", ["V4", "430-12/2026", "V2", "V1"], ["V5 #1?", "V6", "V7", "V8"]),
        ("name", ["V2", "V4", "V1", "430-12/2026"], ["V5 #1?", "V6", "V8", "V7"]),
        ("-name", ["430-12/2026", "V1", "V4", "V2"], ["V7", "V8", "V6", "V5 #1?"]),
        ("-points", ["V4", "430-12/2026", "V2", "V1"], ["V5 #1?", "V6", "V7", "V8"]),
        ("requested", ["V2", "V1", "430-12/2026", "V4"], ["V5 #1?", "V6", "V7", "V8"]),
        ("award", ["V2", "V1", "430-12/2026", "V4"], ["V5 #1?", "V6", "V7", "V8"]),
        ("programme", ["V1", "V2", "430-12/2026", "V4"], ["V5 #1?", "V6", "V7", "V8"]),
    ],
)
def test_the_list_is_sorted_by_any_column(results: Results, sort: str, ranked: list[str], unranked: list[str]) -> None:
    assert ids(result_list(results, Choice(lot="young", sort=sort))) == [("young", ranked, unranked)]


def test_a_column_sorts_its_natural_way_first_and_then_turns_round() -> None:
    choice = Choice(lot="young")
    by_points = choice.by("points")
    assert (choice.direction("place"), choice.direction("points")) == ("ascending", None)
    assert (by_points, by_points.direction("points")) == (Choice("young", None, "points"), "descending")
    turned = by_points.by("points")
    assert (turned.sort, turned.direction("points"), turned.by("points").sort) == ("-points", "ascending", "points")


def test_a_rulebook_without_lots_or_money_is_one_list(tmp_path: Path) -> None:
    shown = result_list(load(calls.written(tmp_path, calls.order())), Choice())
    (lot,) = shown.lots
    assert (lot.key, lot.money, [line.id for line in lot.ranked.lines]) == ("", None, ["N2", "N1", "N3"])
    assert (lot.ranked.requested, lot.ranked.award, shown.amount, shown.programmes) == (None, 0, 0, False)
