"""Rules on members' sums that cannot be meant are refused where the file is read."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook, rulebook_text

CRITERIA = """
one: {kind: marks, title: Ena, max: 5, section: s}
two: {kind: marks, title: Dve, max: 5}
three: {kind: marks, title: Tri, max: 5, section: t, combine: agreed}
"""
SECTIONS = "{s: {title: S}, t: {title: T}}"
ONE = "razhajanje zapišite z natanko enim od »points« in »percent«"
TWICE = (
    "merilo »{}« ima dve pravili o razhajanju; če eno zahteva še enega člana, bi ne bilo jasno, čigave ocene štejejo – "
    "pustite le eno"
)
NOBODY = "tu ni meril, ki bi jih člani ocenjevali vsak zase (kind: marks)"


@pytest.mark.parametrize(
    ("stated", "messages"),
    [
        ("[▸{then: agreed}]", [ONE]),
        ("[▸{points: 1, percent: 1, then: agreed}]", [ONE]),
        ("[{points: 1, of: ▸r, then: agreed}]", ["neznano ime »r«; na voljo: s, t, total"]),
        ("[▸{points: 1, of: t, then: agreed}]", [NOBODY]),
        ("[{points: 1, of: s, then: agreed}, ▸{points: 1, then: further_member}]", [TWICE.format("one")]),
        ("[{points: 1, then: further_member}, ▸{points: 1, of: s, then: agreed}]", [TWICE.format("one")]),
    ],
)
def test_a_rule_that_cannot_be_meant(stated: str, messages: list[str]) -> None:
    text, expected = marked(
        rulebook_text(sections=SECTIONS, criteria=CRITERIA, commission=f"{{discrepancies: {stated}}}"), *messages
    )
    assert lines(text) == expected


def test_a_criterion_with_its_own_rule() -> None:
    own = CRITERIA.replace("max: 5}", "max: 5, discrepancy: {points: 1, then: further_member}}", 1)
    text, expected = marked(
        rulebook_text(sections=SECTIONS, criteria=own, commission="{discrepancies: [▸{points: 1, then: agreed}]}"),
        TWICE.format("two"),
    )
    assert lines(text) == expected


def test_a_criterion_past_a_threshold() -> None:
    gated = CRITERIA.replace("title: Dve", "title: Dve, after: one")
    text, expected = marked(
        rulebook_text(
            sections=SECTIONS,
            criteria=gated,
            thresholds="[{of: one, at_least: 3}]",
            commission="{discrepancies: [▸{points: 1, then: agreed}]}",
        ),
        "merilo »two« se ocenjuje šele po doseženem pragu, zato se v seštevek ne more šteti; pri »of« navedite sklop "
        "meril brez njega",
    )
    assert lines(text) == expected


def test_rules_that_only_ask_for_agreement_stand_beside_each_other() -> None:
    own = CRITERIA.replace("max: 5}", "max: 5, discrepancy: {points: 1, then: agreed}}", 1)
    stated = "{discrepancies: [{points: 1, then: agreed}, {percent: 1, of: s, then: agreed}]}"
    found = rulebook(sections=SECTIONS, criteria=own, commission=stated)
    assert [one.of for one in found.file.commission.discrepancies] == ["total", "s"]
