"""What may stand beside each way of dividing the money."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook, rulebook_text

SHARED = "request: requested, fill: proportional"


def money(allocation: str, **parts: str) -> dict[str, str]:
    return {"budget": "1000", "allocation": "{" + allocation + "}", **parts}


@pytest.mark.parametrize(
    ("allocation", "message"),
    [
        (
            "request: requested, ▸fixed_part: 100",
            "stalni del velja za sorazmerno delitev (fill: proportional); pri vrstnem redu uporabite »entitlement«",
        ),
        (
            SHARED + ", minimum_grant: {amount: 50}, ▸fixed_part: 100",
            "stalni del (fixed_part) ni združljiv z »minimum_grant«: je že najmanj, kar vloga dobi; zapišite le eno od "
            "obojega",
        ),
        (
            SHARED + ", set_asides: {young: {where: local, amount: 50}}, ▸fixed_part: 100",
            "stalni del (fixed_part) ni združljiv s »set_asides«: ni določeno, iz katerega denarja bi bil; namenski "
            "denar zapišite kot sklop",
        ),
        (
            SHARED + ", fixed_part: ▸local",
            "tu je potrebno: število; izraz pa da: da/ne",
        ),
        (
            SHARED + ", fixed_part: ▸staff",
            "podatek »staff« morda ni izpolnjen; v izraz dodajte »… if answered(staff) else …«",
        ),
    ],
)
def test_a_fixed_part_that_does_not_fit_is_refused(allocation: str, message: str) -> None:
    content, expected = marked(rulebook_text(**money(allocation)), message)
    assert lines(content) == expected


def test_a_fixed_part_may_read_points_and_facts() -> None:
    rules = rulebook(**money(SHARED + ", fixed_part: 2 * members if points > 10 else 50"))
    assert rules.allocation is not None and rules.allocation.fixed_part is not None
    assert rules.allocation.fixed_part.reads == {"members", "points"}


# Money set aside of lots in common

LOTS = "{A: {amount: 300}, B: {amount: 300}, C: {amount: 300}}"


def set_asides(**lots: str) -> dict[str, str]:
    kept = ", ".join(f"{key}: {{where: local, amount: 20, {one}}}" for key, one in lots.items())
    return {"lots": LOTS, "allocation": "{request: requested, set_asides: {" + kept + "}}"}


def test_two_that_keep_their_money_share_no_lots_in_part() -> None:
    overlapping = {"one": "unused: stays, lots: [A, B]", "▸two": "unused: stays, lots: [B, C]"}
    content, expected = marked(
        rulebook_text(**set_asides(**overlapping)),
        "sklopi se z »one« prekrivajo le deloma, neporabljeni denar pa obakrat ostane (unused: stays); ni določeno, "
        "koliko ga ostane iz skupnih sklopov – naj bodo isti, eni znotraj drugih ali brez skupnih",
    )
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("unused: stays, lots: [A, B]", "unused: stays, lots: [A, B]"),
        ("unused: stays, lots: [A]", "unused: stays, lots: [A, B]"),
        ("unused: stays", "unused: stays, lots: [B, C]"),
        ("unused: stays, lots: [A, B]", "unused: stays, lots: [C]"),
        ("unused: stays, lots: [A, B]", "lots: [B, C]"),
    ],
)
def test_other_lots_two_set_asides_may_have(one: str, two: str) -> None:
    rules = rulebook(**set_asides(one=one, two=two))
    assert rules.allocation is not None and [kept.key for kept in rules.allocation.set_asides] == ["one", "two"]


# A threshold that follows from the money

ONE_OF = "zapišite natanko eno od: at_most, at_least, nearest (ob nearest sme stati at_least)"


@pytest.mark.parametrize("stated", ["article: a", "at_most: 1, at_least: 1", "at_most: 1, nearest: 1"])
def test_a_threshold_from_the_money_says_one_thing(stated: str) -> None:
    allocation = f"request: requested, ▸money_threshold: {{{stated}}}"
    content, expected = marked(rulebook_text(**money(allocation)), ONE_OF)
    assert lines(content) == expected


@pytest.mark.parametrize("stated", ["at_most: ▸0", "nearest: ▸-1, at_least: 1"])
def test_it_is_a_multiple_of_the_money(stated: str) -> None:
    allocation = f"request: requested, money_threshold: {{{stated}}}"
    content, expected = marked(rulebook_text(**money(allocation)), "mnogokratnik denarja mora biti večji od 0")
    assert lines(content) == expected


def test_two_of_its_numbers_may_stand_beside_each_other() -> None:
    rules = rulebook(**money("request: requested, money_threshold: {nearest: 3, at_least: 2.5}"))
    assert rules.file.allocation is not None and rules.file.allocation.money_threshold is not None
    assert rules.file.allocation.money_threshold.nearest == 3


# Lots that are divided in different ways

SHARED_MONEY = (
    "to si delijo sklopi z različno delitvijo (fill); ni določeno, kateri bi dobil prvi – navedite le sklope z enako "
    "delitvijo ali pravilo izpustite"
)
MIXED = "{A: {amount: 1}, B: {amount: 1, fill: proportional}, C: {amount: 1}}"
ROUNDED = "request: requested, round: 2"


@pytest.mark.parametrize(
    ("allocation", "lots"),
    [
        (ROUNDED + ", ▸leftovers: second_pass", MIXED),
        (ROUNDED + ", limits: {▸each: {amount: 1, per: applicant}}", MIXED),
        (ROUNDED + ", limits: {▸both: {amount: 1, per: all, lots: [A, B]}}", MIXED),
        (ROUNDED + ", set_asides: {▸local: {where: local, percent: 10}}", MIXED),
        (ROUNDED, "{A: {amount: 1, ▸leftover_to: B}, B: {amount: 1, fill: proportional}}"),
    ],
)
def test_lots_divided_in_different_ways_share_no_money(allocation: str, lots: str) -> None:
    content, expected = marked(rulebook_text(lots=lots, allocation="{" + allocation + "}"), SHARED_MONEY)
    assert lines(content) == expected


def test_nor_a_budget() -> None:
    content, expected = marked(
        rulebook_text(**{"lots": MIXED, "▸budget": "2", "allocation": "{" + ROUNDED + "}"}), SHARED_MONEY
    )
    assert lines(content) == expected


@pytest.mark.parametrize(
    "allocation",
    [
        ROUNDED + ", limits: {each: {amount: 0.5, per: applicant, lots: [A, C]}, cap: {amount: 0.5}}",
        ROUNDED + ", set_asides: {local: {where: local, percent: 10, lots: [B]}}",
        ROUNDED + ", minimum_grant: {amount: 0.5}",
        ROUNDED + ", fixed_part: 0.1",
    ],
)
def test_what_lots_divided_alike_share_may_stand(allocation: str) -> None:
    rules = rulebook(lots=MIXED, allocation="{" + allocation + "}")
    assert dict(rules.by_fill) == {"rank": ("A", "C"), "proportional": ("B",)}


RECIPIENTS = "omejeno število prejemnikov velja pri delitvi po vrstnem redu (fill: rank)"


@pytest.mark.parametrize(
    ("allocation", "lots"),
    [
        (ROUNDED + ", ▸most_winners: 1", MIXED),
        (ROUNDED, "{A: {amount: 1, most_winners: 1}, B: {amount: 1, fill: proportional, ▸most_winners: 1}}"),
    ],
)
def test_recipients_are_limited_only_in_rank_order(allocation: str, lots: str) -> None:
    content, expected = marked(rulebook_text(lots=lots, allocation="{" + allocation + "}"), RECIPIENTS)
    assert lines(content) == expected
