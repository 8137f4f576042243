"""Points that are stated and points that can be reached."""

from __future__ import annotations

import pytest

from razpis.engine.rulebook import load
from tests.engine.factories import FILE
from tests.engine.rulebook.linting import CLEAN, assert_said, changed, found

QUALITY = "quality: {kind: marks, title: Kakovost, article: 3. člen, max: 5, weight: 2, round: 2}"
TOTAL = "total: {max: 20}"
SECTION = "size: {title: Velikost, max: 10}"
THRESHOLD = "- {of: total, at_least: 5, article: 4. člen}"


def test_nothing_is_said_of_rules_that_agree_with_themselves() -> None:
    assert found(CLEAN) == []


def test_a_stated_maximum_above_what_can_be_reached() -> None:
    assert_said(
        [(TOTAL, "total: {max: ▸25}")],
        "največje navedeno število točk je 25, z merili pa jih je mogoče doseči 20 (Velikost 10 + Kakovost 10); "
        "popravite »max« ali merila",
    )


def test_a_stated_maximum_below_what_can_be_reached() -> None:
    assert_said(
        [(TOTAL, "total: {max: ▸19.5}")],
        "največje navedeno število točk je 19.5, z merili pa jih je mogoče doseči 20 (Velikost 10 + Kakovost 10); "
        "popravite »max« ali merila",
    )


def test_a_contradiction_is_told_in_english_too() -> None:
    assert found(changed((TOTAL, "total: {max: 25}")), "en") == [
        "pravila.yaml:24:14: the stated maximum is 25, but the criteria give 20 (Velikost 10 + Kakovost 10); "
        "mend 'max' or the criteria"
    ]


def test_a_what_if_is_not_stopped_by_a_maximum_that_no_longer_adds_up() -> None:
    (found,) = load(CLEAN.encode(), FILE, ["criteria.quality.weight=3"]).warnings
    assert found.text.sl.startswith("največje navedeno število točk je 20, z merili pa jih je mogoče doseči 25")


def test_weights_caps_factor_and_rounding_count_in_the_maximum() -> None:
    section = (SECTION, "size: {title: Velikost, max: 20, weight: 2}")
    assert_said([section, (TOTAL, "total: {max: 30}")])
    assert_said([section, (TOTAL, "total: {max: 33.3, factor: 1.11, round: 1}")])


def test_a_maximum_that_cannot_be_known() -> None:
    formula = "quality: {kind: formula, title: Kakovost, article: 3. člen, points: requested / 100, round: 2}"
    assert_said(
        [(QUALITY, formula), (TOTAL, "total: {max: ▸20}"), ("minimum_marks: 2, ", "")],
        "opozorilo: največjega števila točk ni mogoče preveriti, ker merilo »Kakovost« nima meje; dodajte mu »max«",
    )


def test_of_criteria_for_different_groups_the_greatest_sum_counts() -> None:
    of_group = QUALITY.replace("max: 5", "max: 5, applies: form == 'zavod'")
    other = QUALITY.replace("quality", "other").replace("max: 5", "max: 4, applies: form == 'društvo'")
    both = (QUALITY, f"{of_group}\n  {other}")
    assert_said([both])
    assert_said(
        [both, (TOTAL, "total: {max: ▸28}")],
        "največje navedeno število točk je 28, z merili pa jih je mogoče doseči 20 (Velikost 10 + Kakovost 10; form = zavod); "
        "popravite »max« ali merila",
    )


def test_a_sum_that_follows_from_free_computing_is_a_warning() -> None:
    formula = "quality: {kind: formula, title: Kakovost, article: 3. člen, points: total_cost / 1000, round: 2}"
    assert_said(
        [(QUALITY, formula), (TOTAL, "total: {max: ▸15}")],
        "opozorilo: največje navedeno število točk je 15, z merili pa jih je mogoče doseči 20 (Velikost 10 + Kakovost 10); "
        "preverite, ali se to lahko zgodi",
    )
    assert_said(
        [(TOTAL, "total: {max: ▸25, factor: 1.5}")],
        "opozorilo: največje navedeno število točk je 25, z merili pa jih je mogoče doseči 30 (Velikost 10 + Kakovost 10; "
        "pomnoženo z množiteljem); preverite, ali se to lahko zgodi",
    )


def test_criteria_that_may_count_together_are_a_warning() -> None:
    few = QUALITY.replace("max: 5", "max: 5, applies: members < 50")
    many = QUALITY.replace("quality", "other").replace("max: 5", "max: 5, applies: members >= 50")
    assert_said(
        [(QUALITY, f"{few}\n  {many}"), (TOTAL, "total: {max: ▸20}")],
        "opozorilo: največje navedeno število točk je 20, z merili pa jih je mogoče doseči 30 (Velikost 10 + Kakovost 10 + "
        "Kakovost 10); preverite, ali se to lahko zgodi",
    )


def test_a_section_without_criteria() -> None:
    assert_said(
        [(SECTION, SECTION + "\n  ▸empty: {title: Prazen}")],
        "opozorilo: sklop meril »Prazen« nima nobenega merila; izbrišite ga ali mu merila dodajte",
    )


def test_a_cap_that_never_binds() -> None:
    assert_said(
        [(SECTION, "size: {title: Velikost, max: ▸15}")],
        "opozorilo: v sklopu »Velikost« je največje navedeno število točk 15, merila pa jih dajo skupaj 10; meja nikoli ne velja",
    )


def test_a_cap_below_a_single_criterion() -> None:
    assert_said(
        [(SECTION, "size: {title: Velikost, max: 8}"), (TOTAL, "total: {max: 18}"), ("  members:\n", "  ▸members:\n")],
        "opozorilo: največje število točk merila »Člani« je 10, v sklopu »Velikost« pa jih šteje največ 8",
    )


def test_a_maximum_the_form_does_not_allow() -> None:
    units = "quality: {kind: per_unit, title: Kakovost, article: 3. člen, value: total_cost, points: 1, unit: 2000, "
    assert_said(
        [(QUALITY, units + "max: ▸10}"), (TOTAL, "total: {max: 15}")],
        "opozorilo: največje navedeno število točk je 10, po mejah obrazca pa jih je mogoče doseči 5",
    )
    assert_said([(QUALITY, units + "max: 5}"), (TOTAL, "total: {max: 15}")])


def test_ends_of_a_formula_that_never_bind() -> None:
    formula = "quality: {kind: formula, title: Kakovost, article: 3. člen, points: 1 + total_cost / 2500, round: 1"
    assert_said(
        [(QUALITY, formula + ", min: ▸0, max: ▸8}"), (TOTAL, "total: {max: 15}")],
        "opozorilo: meja »min« nikoli ne velja: izraz da najmanj 1",
        "opozorilo: največje navedeno število točk je 8, po mejah obrazca pa jih je mogoče doseči 5",
    )
    assert_said([(QUALITY, formula + ", min: 1, max: 4}"), (TOTAL, "total: {max: 14}")])


def test_a_criterion_that_changes_nothing() -> None:
    weightless = QUALITY.replace("weight: 2", "weight: 0")
    assert_said(
        [(QUALITY, f"▸{weightless}"), (TOTAL, "total: {max: 10}")],
        "opozorilo: merilo »Kakovost« ne more spremeniti skupnega števila točk",
    )


@pytest.mark.parametrize(
    "use",
    [
        ("keys: [points, draw]", "keys: [points, {criterion: quality}, draw]"),
        ("keys: [points, draw]", "keys: [points, {section: aside}, draw]"),
        ("keys: [points, draw]", "keys: [points, {expression: points_quality}, draw]"),
        ("amount: half", "amount: half + points_quality"),
        (THRESHOLD, THRESHOLD + "\n  - {of: quality, at_least: 3, article: 4. člen}"),
    ],
)
def test_a_criterion_beside_the_total_may_settle_other_things(use: tuple[str, str]) -> None:
    """Its section has no weight, but its own points stand."""
    aside = QUALITY.replace("title", "section: aside, title")
    section = SECTION + "\n  aside: {title: Ob strani, weight: 0}"
    assert_said([(QUALITY, aside), (SECTION, section), (TOTAL, "total: {max: 10}"), use])


def test_without_money_a_criterion_without_effect_is_told() -> None:
    text = changed((QUALITY, QUALITY.replace("weight: 2", "weight: 0")), (TOTAL, "total: {max: 10}"))
    text = text[: text.index("lots:")].replace("half:", "half: #").replace("derived:\n", "#")
    kept = [line for line in text.split("\n") if "half" not in line and "cost" not in line and "requested" not in line]
    assert found("\n".join(kept)) == [
        "pravila.yaml:19:3: opozorilo: merilo »Kakovost« ne more spremeniti skupnega števila točk"
    ]


def test_a_threshold_nobody_reaches() -> None:
    said = "praga ni mogoče doseči: potrebno število točk je najmanj 21, mogoče pa največ 20; znižajte ga"
    assert_said([(THRESHOLD, "- ▸{of: total, at_least: 21, article: 4. člen}")], said)
    said = "praga ni mogoče doseči: potrebno število točk je več kot 10, mogoče pa največ 10; znižajte ga"
    assert_said([(THRESHOLD, "- ▸{of: quality, more_than: 10, article: 4. člen}")], said)
    assert_said([(THRESHOLD, "- {of: size, at_least: 10, article: 4. člen}")])


def test_a_threshold_everybody_reaches() -> None:
    said = "opozorilo: prag je vedno dosežen: najmanjše mogoče število točk je 0"
    assert_said([(THRESHOLD, "- ▸{of: quality, at_least: 0, article: 4. člen}")], said)
    said = "opozorilo: prag je vedno dosežen: najmanjše mogoče število točk je 0"
    assert_said([(THRESHOLD, "- ▸{of: total, more_than: -1, article: 4. člen}")], said)
    assert_said([(THRESHOLD, "- {of: total, more_than: 0, article: 4. člen}")])


def test_of_endless_points_no_threshold_is_out_of_reach_or_always_met() -> None:
    formula = (
        "quality: {kind: formula, title: Kakovost, article: 3. člen, points: requested - total_cost * 1, round: 2}"
    )
    endless = formula.replace("requested - total_cost * 1", "requested * 2 - requested * 1")
    threshold = (THRESHOLD, "- {of: quality, at_least: 1000000, article: 4. člen}")
    assert_said([(QUALITY, endless), (TOTAL, "total: {}"), threshold])


def test_a_threshold_some_cannot_reach() -> None:
    of_group = QUALITY.replace("max: 5", "max: 5, applies: form == 'zavod'")
    assert_said(
        [(QUALITY, of_group), (THRESHOLD, "- ▸{of: total, at_least: 15, article: 4. člen}")],
        "opozorilo: vloge, za katere velja form = društvo, praga ne morejo doseči: mogoče število točk je največ 10",
    )


def test_a_threshold_holds_only_where_its_criterion_counts_and_for_those_it_is_for() -> None:
    of_group = QUALITY.replace("max: 5", "max: 5, applies: form == 'zavod'")
    assert_said([(QUALITY, of_group), (THRESHOLD, "- {of: quality, at_least: 3, article: 4. člen}")])
    only = "- {of: total, at_least: 15, applies: form == 'zavod', article: 4. člen}"
    assert_said([(QUALITY, of_group), (THRESHOLD, only)])


def test_a_threshold_for_nobody() -> None:
    assert_said(
        [(THRESHOLD, "- ▸{of: total, at_least: 15, applies: form == 'zavod' and form == 'društvo', article: 4. člen}")],
        "opozorilo: prag ne velja za nobeno vlogo; popravite »applies« ali prag izbrišite",
    )


def test_a_gate_before_what_it_waits_for() -> None:
    gated = ("    title: Člani\n", "    title: Člani\n    after: ▸quality\n")
    assert_said(
        [gated, (THRESHOLD, "- {of: quality, at_least: 3, article: 4. člen}")],
        "merilo čaka na »Kakovost«, ki se točkuje pozneje; prestavite ga za to merilo",
    )
    behind = QUALITY.replace("title", "after: size, title")
    assert_said([(QUALITY, behind), (THRESHOLD, "- {of: size, at_least: 3, article: 4. člen}")])
