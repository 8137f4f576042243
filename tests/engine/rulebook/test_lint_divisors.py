"""Divisors that the form lets be 0, and those that are asked about first."""

from __future__ import annotations

import pytest

from tests.engine.rulebook.linting import assert_said, changed, found

VALUE = "    value: members\n"
MEMBERS = "members: {type: integer, label: Člani, min: 0, max: 100}"
CLEAN = "  clean: {text: Nima dolgov, test: clean, article: 1. člen}\n"
HALF = "half: {label: Polovica, value: total_cost * 0.5}"
SHARE = "    share: {amount: half, title: polovica, article: 5. člen}\n"
OTHER = "opozorilo: delitelj je lahko 0 (deljenje z nič); zapišite »… if delitelj != 0 else …«"


def zero(name: str) -> str:
    return (
        f"opozorilo: »{name}« je lahko 0 (deljenje z nič); polju dodajte »min: 1« ali zapišite »… if {name} != 0 else "
        "…«"
    )


def value(expression: str) -> tuple[str, str]:
    return VALUE, f"    value: floor({expression})\n"


def test_a_field_that_may_be_zero() -> None:
    assert_said([value("100 / ▸members")], zero("members"))
    assert_said([value("100 / members"), (MEMBERS, MEMBERS.replace("min: 0", "min: 1"))])
    assert_said([value("100 / ▸members"), (MEMBERS, MEMBERS.replace("min: 0, ", ""))], zero("members"))
    assert_said([value("100 / members"), (MEMBERS, MEMBERS.replace("min: 0, max: 100", "max: -1"))])


@pytest.mark.parametrize(
    "expression",
    [
        "100 / members if members > 0 else 0",
        "0 if members == 0 else 100 / members",
        "5 if members > 0 and 100 / members > 3 else 0",
        "100 / max(members, 1)",
        "100 / (members + 1)",
        "members / 2",
    ],
)
def test_what_cannot_be_zero_or_is_asked_about_first(expression: str) -> None:
    assert_said([value(expression)])


def test_what_is_asked_about_only_afterwards() -> None:
    assert_said([value("5 if 100 / ▸members > 3 and members > 0 else 0")], zero("members"))
    assert_said([value("1 if members > 50 else floor(1 / ▸(total_cost - 1))")], OTHER)


def test_a_condition_comes_before_points_but_not_before_facts() -> None:
    more = (CLEAN, f"{CLEAN}  some: {{text: Ima člane, test: members > 0, article: 1. člen}}\n")
    assert_said([value("100 / members"), more])
    read = "total_cost / ▸members"
    assert_said([(HALF, HALF.replace("total_cost * 0.5", read)), more], zero("members"))
    failing = (CLEAN, CLEAN.replace("test: clean", "test: clean and 100 / ▸members < 50"))
    assert_said([failing], zero("members"))


def test_the_division_of_money() -> None:
    def limit(rule: str) -> list[tuple[str, str]]:
        return [(SHARE, f"{SHARE}    cap: {{{rule}, article: 5. člen}}\n")]

    assert_said(limit("amount: 1000 / ▸members"), zero("members"))
    assert_said(limit("amount: 1000 / members, where: members > 0"))
    assert_said(limit("amount: 1000 / ▸points"), OTHER)
    assert_said(limit("amount: 90 * lot_amount / lot_amount / place"))
    assert_said(limit("amount: 1000, where: 1000 / ▸members > 5"), zero("members"))
    weighted = ("  request: requested\n", "  request: requested\n  fill: proportional\n  weight: points / ▸members\n")
    assert_said([weighted], zero("members"))
    kept = ("  limits:\n", "  set_asides:\n    few: {where: 100 / ▸members < 50, amount: 5}\n  limits:\n")
    assert_said([kept], zero("members"))


def test_points_and_order() -> None:
    quality = "max: 5, weight: 2, round: 2}"
    assert_said([(quality, f"{quality[:-1]}, applies: 100 / ▸members < 50}}")], zero("members"))
    assert_said([("total: {max: 20}", "total: {factor: round(100 / ▸members)}")], zero("members"))
    assert_said([("keys: [points, draw]", "keys: [{expression: 1 / ▸members}, draw]")], zero("members"))
    threshold = "- {of: total, at_least: 5, article: 4. člen}"
    assert_said([(threshold, f"{threshold[:-1]}, applies: 100 / ▸members < 50}}")], zero("members"))


def of_divisors(*changes: tuple[str, str]) -> list[str]:
    """What is said of divisors alone."""
    return [line for line in found(changed(*changes)) if "deljenje" in line or "delitelj" in line]


def test_criteria_by_their_items_and_formulas() -> None:
    item = "{text: Malo, when: 9 / members < 5, points: 1}"
    listed = f"  more: {{kind: checklist, title: Še, max: 1, %sitems: [{item}]}}\n"
    more = ("total: {max: 20}", f"{listed}total: {{max: 21}}")
    assert of_divisors((more[0], more[1] % "")) == [f"pravila.yaml:24:77: {zero('members')}"]
    assert of_divisors((more[0], more[1] % "applies: members > 0, ")) == []
    formula = "  more: {kind: formula, title: Še, max: 1, points: 5 / members}\n"
    assert of_divisors(("total: {max: 20}", f"{formula}total: {{max: 21}}")) == [
        f"pravila.yaml:24:56: {zero('members')}"
    ]


def test_columns_of_a_table() -> None:
    table = "  rooms: {type: table, label: Sobe, columns: {beds: {type: integer, label: Postelje%s}}}\nderived:\n"
    assert of_divisors(("derived:\n", table % ", min: 1"), value("sum(100 / rooms.beds)")) == []
    assert of_divisors(("derived:\n", table % ""), value("sum(100 / rooms.beds)")) == [f"pravila.yaml:21:28: {OTHER}"]


RELATIVE = "  quality: {kind: marks"
LOWEST = (
    "opozorilo: vrednost je lahko 0 ali manj: ena sama taka vloga drugim vzame vse točke; polju dodajte »min: 1« ali "
    "zapišite »max(1, …)«"
)
NEGATIVE = (
    "opozorilo: vrednost je lahko negativna, razmerje do drugih pa potem ne pove, kdo je boljši; polju dodajte »min: 0« "
    "ali zapišite »max(0, …)«"
)


def relative(to: str, value: str) -> tuple[str, str]:
    added = f"  beside: {{kind: relative, title: Cena, article: a, value: {value}, to: {to}, max: 5, round: 2}}\n"
    return RELATIVE, added + RELATIVE


def test_one_application_with_nothing_takes_the_points_of_all_that_are_compared_with_the_lowest() -> None:
    total = ("total: {max: 20}\n", "")
    assert_said([relative("lowest", "▸total_cost"), total], LOWEST)
    assert_said([relative("lowest", "▸total_cost - 1"), total], LOWEST)
    assert_said([relative("lowest", "'max(1, total_cost - 1)'"), total])
    cost = "total_cost: {type: euro, label: Stroški, min: 0, max: 10000}"
    assert_said([relative("lowest", "total_cost"), total, (cost, cost.replace("min: 0", "min: 1"))])
    assert_said([relative("lowest", "▸total_cost"), total, (cost, cost.replace("min: 0, ", ""))], LOWEST)


@pytest.mark.parametrize("to", ["best", "sum"])
def test_what_is_below_0_is_no_part_of_anything(to: str) -> None:
    total = ("total: {max: 20}\n", "")
    cost = "total_cost: {type: euro, label: Stroški, min: 0, max: 10000}"
    assert_said([relative(to, "total_cost"), total])
    assert_said([relative(to, "▸total_cost - 1"), total], NEGATIVE)
    assert_said([relative(to, "▸total_cost"), total, (cost, cost.replace("min: 0, ", ""))], NEGATIVE)
