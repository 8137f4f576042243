"""Thresholds that cannot be meant are refused; those that decide nothing are told."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook_text
from tests.engine.making import rulebook

CRITERIA = "{a: {kind: formula, title: A, points: members}, b: {kind: formula, title: B, points: members}}"
EXACTLY = "prag zapišite z natanko enim od »at_least« in »more_than«"
INSIDE = "ob »any_of« zunaj njega ne zapišite »of«, »at_least« ali »more_than«; vsak del ima svoje"
ALL = "našteti pragovi: {}, potrebnih pa {}; kjer so potrebni vsi, jih zapišite vsakega zase"
TWO = "[{of: a, at_least: 1}, {of: b, at_least: 1}]"


@pytest.mark.parametrize(
    ("stated", "messages"),
    [
        ("▸{at_least: 1}", ["manjka »of« (ali »any_of«)"]),
        ("{of: a, at_least: 1, ▸needed: 2}", ["»needed« stoji ob »any_of«"]),
        (f"▸{{of: total, any_of: {TWO}}}", [INSIDE]),
        (f"▸{{at_least: 3, any_of: {TWO}}}", [INSIDE]),
        (f"▸{{more_than: 3, any_of: {TWO}}}", [INSIDE]),
        (f"{{▸any_of: {TWO}, needed: 2}}", [ALL.format(2, 2)]),
        ("{▸any_of: [{of: a, at_least: 1}]}", [ALL.format(1, 1)]),
        ("{any_of: [▸{of: a}, {of: ▸c, at_least: 1}]}", [EXACTLY, "neznano ime »c«; na voljo: a, b, total"]),
    ],
)
def test_a_threshold_that_cannot_be_meant(stated: str, messages: list[str]) -> None:
    text, expected = marked(rulebook_text(criteria=CRITERIA, thresholds=f"[{stated}]"), *messages)
    assert lines(text) == expected


FORM = """
fields:
  members: {type: integer, label: Člani, min: 1, max: 9}
  lots_of: {type: yes_no, label: Veliko}
criteria:
  a: {kind: formula, title: A, points: members, applies: lots_of and not lots_of}
  b: {kind: formula, title: B, points: members}
ranking: {keys: [points, line]}
"""


def warned(listed: str, needed: int = 1) -> list[str]:
    found = rulebook(FORM, f"thresholds: [{{any_of: [{listed}], needed: {needed}, article: 1. člen}}]")
    return [one.text.sl for one in found.warnings if "prag" in one.text.sl]


def test_enough_of_them_are_always_reached() -> None:
    assert warned("{of: b, at_least: 1}, {of: b, at_least: 5}") == ["od naštetih pragov jih je vedno doseženih dovolj"]
    assert warned("{of: b, at_least: 2}, {of: b, at_least: 5}") == []


def test_none_of_them_counts_for_anybody() -> None:
    assert warned("{of: a, at_least: 1}, {of: a, at_least: 5}") == [
        "prag ne velja za nobeno vlogo; popravite »applies« ali prag izbrišite"
    ]


def test_too_few_of_them_can_be_reached() -> None:
    text, expected = marked(
        rulebook_text(
            fields="{requested: {type: euro, label: Z}, members: {type: integer, label: Č, min: 0, max: 9}}",
            criteria=CRITERIA,
            thresholds="[▸{any_of: [{of: a, at_least: 5}, {of: b, at_least: 10}, {of: a, more_than: 9}], needed: 2}]",
        ),
        "od naštetih pragov jih ni mogoče doseči dovolj; znižajte katerega",
    )
    assert [one for one in lines(text) if "opozorilo" not in one] == expected
