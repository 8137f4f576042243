"""A common scale beside rules that it contradicts."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook, rulebook_text


@pytest.mark.parametrize(
    ("beside", "named"),
    [
        ("combine: agreed", "combine: agreed"),
        ("discrepancy: {points: 3, then: agreed}", "discrepancy"),
        ("after: first", "after"),
    ],
)
def test_it_cannot_stand_beside_what_asks_for_single_marks(beside: str, named: str) -> None:
    content, expected = marked(
        rulebook_text(
            criteria=f"""
            first: {{kind: formula, title: Prvo, points: members}}
            quality: {{kind: marks, title: Kakovost, max: 10, {beside}, ▸common_scale: {{by: mean}}}}
            """,
            thresholds="[{of: first, at_least: 1}]",
        ),
        f"skupna lestvica ob »{named}« ne more stati; eno od obojega izpustite",
    )
    assert lines(content) == expected


def test_nor_beside_a_rule_on_sums() -> None:
    content, expected = marked(
        rulebook_text(
            criteria="\nquality: {kind: marks, title: Kakovost, max: 10, common_scale: {by: mean}}",
            commission="{discrepancies: [▸{points: 3, then: agreed}]}",
        ),
        "merilo »quality« ima skupno lestvico, seštevki pa se primerjajo po danih ocenah; eno od obojega izpustite",
    )
    assert lines(content) == expected


def test_what_may_have_endless_decimals_needs_rounding() -> None:
    rules = rulebook(
        criteria="\nquality: {kind: marks, title: K, article: a, max: 10, combine: median, common_scale: {by: mean}}",
        commission="{minimum_marks: 2}",
    )
    assert [one.text.en for one in rules.warnings if "endless" in one.text.en] == [
        "the points of 'K' may have endless decimals, but no rounding is stated (now they are not rounded); add "
        "'round: 2' to the criterion or to 'total'"
    ]
