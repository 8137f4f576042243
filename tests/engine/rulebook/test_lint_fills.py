"""What the check says of a fixed part, and of limits where what is wanted changes what others get."""

from __future__ import annotations

import pytest

from tests.engine.factories import rulebook

CRITERIA = "{score: {kind: formula, title: Točke, article: a, points: members}}"
SHARED = "request: requested, fill: proportional, round: 2"
CAP = "limits: {cap: {amount: 1000, article: a}}"


def warnings(allocation: str, about: str, **parts: str) -> list[str]:
    rules = rulebook(budget="1000", allocation="{" + allocation + "}", **{"criteria": CRITERIA, **parts})
    return [one.text.en for one in rules.warnings if about in one.text.en]


@pytest.mark.parametrize("more", ["weight: wanted", "money_threshold: {at_most: 2}"])
def test_a_limit_as_high_as_the_money_binds_where_what_is_wanted_counts(more: str) -> None:
    assert warnings(f"{SHARED}, {more}, {CAP}", "never binds") == []


def test_elsewhere_it_does_not() -> None:
    never = "the limit 'cap' never binds: there is only 1,000.00 EUR to divide"
    assert warnings(f"{SHARED}, {CAP}", "never binds") == [never]
    joint = "limits: {cap: {amount: 1000, per: all, article: a}}"
    assert warnings(f"{SHARED}, weight: wanted, {joint}", "never binds") == [never]


def test_a_fixed_part_reads_its_facts() -> None:
    assert warnings(SHARED, "no rule reads 'Sedež v občini'") != []
    assert warnings(f"{SHARED}, fixed_part: 100 if local else 50", "no rule reads 'Sedež v občini'") == []


def test_a_criterion_may_count_in_the_fixed_part_alone() -> None:
    criteria = """
        score: {kind: formula, title: Točke, article: a, points: 10 if area == 'a' else 0}
        big: {kind: formula, title: Velikost, article: a, points: 5 if local else 0, section: none}
        """
    parts = {"criteria": criteria, "sections": "{none: {title: Brez, weight: 0}}"}
    assert warnings(SHARED, "cannot change the total", **parts) == ["the criterion 'Velikost' cannot change the total"]
    assert warnings(f"{SHARED}, fixed_part: 20 * points_big", "cannot change the total", **parts) == []
