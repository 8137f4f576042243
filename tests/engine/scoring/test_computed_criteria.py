"""Criteria computed from facts: bands, choice, checklist, units, formula; missing facts, weight, rounding."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.problems import Problems
from razpis.engine.scoring import CriterionScore
from razpis.engine.scoring.score import Chosen, Computed, InBand, NotApplied, NotGiven, Ticked, Units
from tests.engine.making import by_id, case, evaluated, rulebook, said, score_of, third

FORM = """
fields:
  members: {type: integer, label: Člani, required: false}
  share: {type: percent, label: Delež, required: false}
  status: {type: choice, label: Status, required: false, options: [da, delno, ne]}
  free: {type: yes_no, label: Brezplačno, required: false}
  access: {type: choices, label: Dostopnost, required: false, options: [voziček, popoldne]}
"""


def scored(criterion: str, **claims: Any) -> CriterionScore:
    """The only criterion of a rulebook, scored."""
    rules = rulebook(FORM, f"criteria:\n  it: {{title: Merilo, {criterion}}}")
    (score,) = score_of(rules, case(rules, **claims)).criteria
    return score


BANDS = (
    "kind: bands, value: members, missing: 0, max: 50, bands: [{to: 10, points: 5}, {from: 11, to: 30, points: 10}, \
{from: 31, to: 50, points: 20}, {from: 51, to: 100, points: 30}, {above: 100, points: 50}]"
)


@pytest.mark.parametrize(
    ("members", "band", "points"),
    [
        (-3, 0, 5),
        (0, 0, 5),
        (10, 0, 5),
        (11, 1, 10),
        (30, 1, 10),
        (31, 2, 20),
        (34, 2, 20),
        (50, 2, 20),
        (51, 3, 30),
        (100, 3, 30),
        (101, 4, 50),
        (10**12, 4, 50),
    ],
)
def test_a_number_gets_the_points_of_its_band(members: int, band: int, points: int) -> None:
    assert scored(BANDS, members=members) == CriterionScore("it", points, InBand(members, band))


def test_bands_may_be_written_in_any_order() -> None:
    mixed = "kind: bands, value: members, missing: 0, max: 9, bands: [{above: 5, points: 9}, {to: 5, points: 1}]"
    assert scored(mixed, members=6) == CriterionScore("it", 9, InBand(6, 0))
    assert scored(mixed, members=5) == CriterionScore("it", 1, InBand(5, 1))


@pytest.mark.parametrize(
    ("share", "band", "points"),
    [
        (Fraction(1999, 100), 0, 1),
        (20, 1, 2),
        (Fraction(41, 2), 1, 2),
        (Fraction(79999, 1000), 1, 2),
        (80, 2, 5),
    ],
)
def test_over_fractions_an_end_belongs_to_the_band_that_includes_it(share: Fraction, band: int, points: int) -> None:
    bands = "bands: [{below: 20, points: 1}, {from: 20, below: 80, points: 2}, {from: 80, points: 5}]"
    assert scored(f"kind: bands, value: share, missing: 0, max: 5, {bands}", share=share) == CriterionScore(
        "it", points, InBand(share, band)
    )


def test_a_number_outside_all_bands_gets_what_otherwise_says() -> None:
    bands = "kind: bands, value: members, missing: 1, otherwise: 3, max: 9, bands: [{from: 5, to: 8, points: 9}]"
    assert scored(bands, members=4) == CriterionScore("it", 3, InBand(4, -1))
    assert scored(bands, members=9) == CriterionScore("it", 3, InBand(9, -1))
    assert scored(bands, members=8) == CriterionScore("it", 9, InBand(8, 0))


@pytest.mark.parametrize(("status", "points"), [("da", 20), ("delno", 7), ("ne", 7)])
def test_a_choice_gets_the_points_of_its_option_or_otherwise(status: str, points: int) -> None:
    found = scored("kind: choice, value: status, missing: 0, points: {da: 20}, otherwise: 7, max: 20", status=status)
    assert found == CriterionScore("it", points, Chosen(status))


@pytest.mark.parametrize(("free", "option", "points"), [(True, "true", 10), (False, "false", 0)])
def test_a_yes_or_no_is_a_choice_of_two(free: bool, option: str, points: int) -> None:
    found = scored("kind: choice, value: free, missing: 0, points: {'true': 10, 'false': 0}, max: 10", free=free)
    assert found == CriterionScore("it", points, Chosen(option))


LIST = """kind: checklist, missing: 0, max: 12, items: [
    {text: brezplačno, when: free, points: 5},
    {text: za vozičke, when: "'voziček' in access", points: 5},
    {text: veliko članov, when: members > 10, points: 4}]"""


@pytest.mark.parametrize(
    ("free", "access", "members", "ticked", "found", "points"),
    [
        (False, (), 0, (False, False, False), 0, 0),
        (True, (), 0, (True, False, False), 5, 5),
        (False, ("popoldne", "voziček"), 11, (False, True, True), 9, 9),
        (True, ("voziček",), 11, (True, True, True), 14, 12),
    ],
)
def test_a_checklist_sums_what_holds_up_to_its_maximum(
    free: bool, access: tuple[str, ...], members: int, ticked: tuple[bool, ...], found: int, points: int
) -> None:
    assert scored(LIST, free=free, access=access, members=members) == CriterionScore(
        "it", points, Ticked(ticked, found)
    )


def test_a_checklist_may_take_points_away() -> None:
    malus = """kind: checklist, missing: 0, max: 0, items: [
        {text: zamuda, when: free, points: -5}, {text: napaka, when: members > 0, points: -2.5}]"""
    assert scored(malus, free=True, members=1) == CriterionScore(
        "it", Fraction(-15, 2), Ticked((True, True), Fraction(-15, 2))
    )


@pytest.mark.parametrize(
    ("count", "members", "units", "points"),
    [
        ("full", 11, 3, 6),
        ("full", 12, 4, 8),
        ("full", 2, 0, 0),
        ("started", 10, 4, 8),
        ("started", 12, 4, 8),
        ("started", 1, 1, 2),
        ("exact", 10, third(10), third(20)),
        ("exact", 12, 4, 8),
        ("full", -7, 0, 0),
        ("started", -7, 0, 0),
        ("exact", -7, 0, 0),
    ],
)
def test_points_for_every_unit_whole_started_or_exact(
    count: str, members: int, units: Fraction, points: Fraction
) -> None:
    criterion = f"kind: per_unit, value: members, missing: 0, unit: 3, points: 2, count: {count}, max: 30"
    assert scored(criterion, members=members) == CriterionScore("it", points, Units(members, units, points))


def test_units_are_capped() -> None:
    criterion = "kind: per_unit, value: members, missing: 0, points: 5, max: 50"
    assert scored(criterion, members=10) == CriterionScore("it", 50, Units(10, 10, 50))
    assert scored(criterion, members=12) == CriterionScore("it", 50, Units(12, 12, 60))


@pytest.mark.parametrize(
    ("held", "members", "points"),
    [
        ("", -9, third(-9)),
        ("", 100, third(100)),
        ("min: 0, max: 10", -9, 0),
        ("min: 0, max: 10", 0, 0),
        ("min: 0, max: 10", 10, third(10)),
        ("min: 0, max: 10", 30, 10),
        ("min: 0, max: 10", 31, 10),
        ("min: 2", 3, 2),
        ("max: 2", 9, 2),
    ],
)
def test_a_formula_is_held_between_its_ends(held: str, members: int, points: Fraction) -> None:
    criterion = f"kind: formula, points: members / 3, missing: 0, {held}"
    assert scored(criterion, members=members) == CriterionScore("it", points, Computed(third(members)))


@pytest.mark.parametrize(
    "criterion",
    [
        "kind: bands, value: members, bands: [{points: 4}], max: 4, missing: 2",
        "kind: per_unit, value: members, points: 1, max: 4, missing: 2",
        "kind: formula, points: members * 2, missing: 2",
    ],
)
def test_a_missing_fact_gets_the_points_the_rulebook_states(criterion: str) -> None:
    assert scored(criterion, free=False) == CriterionScore("it", 2, NotGiven("members"))


def test_an_item_of_a_checklist_whose_fact_is_missing_does_not_hold() -> None:
    assert scored(LIST, free=True) == CriterionScore("it", 5, Ticked((True, False, False), 5))


def test_a_fact_read_where_it_was_not_given_is_told_not_guessed() -> None:
    for criterion in (
        "kind: formula, points: (members if not answered(members) else 0)",
        "kind: formula, points: 1, applies: not answered(members) and members > 3",
        "kind: relative, to: sum, max: 1, value: (members if not answered(members) else 0)",
    ):
        with pytest.raises(Problems) as caught:
            scored(criterion)
        assert [line.split(" v izrazu ")[0] for line in said(caught.value.problems)] == [
            "vloge.csv:2:1: vloga a, Merilo: podatek »members« ni izpolnjen"
        ]


def test_a_missing_choice_gets_the_points_the_rulebook_states() -> None:
    criterion = "kind: choice, value: status, points: {da: 1, delno: 1, ne: 0}, max: 1, missing: -1"
    assert scored(criterion) == CriterionScore("it", -1, NotGiven("status"))


def test_what_is_asked_about_first_is_never_missing() -> None:
    criterion = "kind: formula, points: (members if answered(members) else 7)"
    assert scored(criterion) == CriterionScore("it", 7, Computed(7))
    assert scored(criterion, members=3) == CriterionScore("it", 3, Computed(3))


def test_the_weight_multiplies_also_the_points_for_a_missing_fact() -> None:
    criterion = "kind: per_unit, value: members, points: 5, max: 50, weight: 1.5, missing: 4"
    assert scored(criterion, members=3) == CriterionScore("it", Fraction(45, 2), Units(3, 3, 15), 15)
    assert scored(criterion) == CriterionScore("it", 6, NotGiven("members"), 4)


@pytest.mark.parametrize(
    ("rounding", "points"),
    [
        ("0", 2),
        ("1", Fraction(17, 10)),
        ("{places: 0, mode: down}", 1),
        ("{places: 2, mode: up}", Fraction(167, 100)),
    ],
)
def test_points_are_rounded_after_the_weight(rounding: str, points: Fraction) -> None:
    """5 / 6 × 2 = 1,666…; rounded before the weight it would be 2."""
    found = scored(f"kind: formula, points: members / 6, missing: 0, weight: 2, round: {rounding}", members=5)
    assert found == CriterionScore("it", points, Computed(Fraction(5, 6)), Fraction(5, 6))


def test_rounding_needs_no_weight() -> None:
    found = scored("kind: formula, points: members / 2, missing: 0, round: 0", members=5)
    assert found == CriterionScore("it", 3, Computed(Fraction(5, 2)), Fraction(5, 2))


def test_a_criterion_that_does_not_apply_gives_nothing_and_reads_nothing() -> None:
    rules = rulebook(
        """
        fields:
          kind: {type: choice, label: Vrsta, options: [društvo, zavod]}
          members: {type: integer, label: Člani, required: false}
        criteria:
          it: {kind: formula, title: Na člana, points: 10 / members, missing: 3, applies: "kind == 'društvo'"}
        """
    )

    def only(**claims: Any) -> CriterionScore:
        return score_of(rules, case(rules, **claims)).criteria[0]

    assert only(kind="zavod", members=0) == CriterionScore("it", 0, NotApplied())
    assert only(kind="društvo", members=4) == CriterionScore("it", Fraction(5, 2), Computed(Fraction(5, 2)))
    assert only(kind="društvo") == CriterionScore("it", 3, NotGiven("members"))


@pytest.mark.parametrize(
    "criterion",
    [
        BANDS,
        "kind: choice, value: status, points: {da: 3, delno: 1}, otherwise: 0, missing: 0, max: 3",
        "kind: checklist, max: 3, missing: 0, items: [{text: A, when: free, points: 2}, {text: B, when: members > 3, "
        "points: 1.5}]",
        "kind: per_unit, value: share, unit: 3, points: 1.5, count: exact, missing: 0, max: 20, weight: 2, round: 1",
        "kind: formula, points: share / members, missing: 0, max: 20, applies: answered(share)",
    ],
)
def test_each_of_many_is_scored_as_if_it_were_alone(criterion: str) -> None:
    rules = rulebook(FORM, f"criteria:\n  it: {{title: Merilo, {criterion}}}")
    stated: list[dict[str, Any]] = [
        {"members": 4, "share": 30, "status": "da", "free": True},
        {"members": 4, "share": Fraction(61, 2), "status": "delno", "free": False},
        {"members": 4, "share": 30, "status": "da", "free": True},
        {"members": 120, "share": Fraction(61, 2), "status": "ne", "free": True},
        {},
    ]
    cases = [case(rules, f"v{at}", line=at, **claims) for at, claims in enumerate(stated)]
    together = {id_: line.score.criteria for id_, line in by_id(evaluated(rules, cases)).items()}
    assert together == {one.id: score_of(rules, one).criteria for one in cases}
