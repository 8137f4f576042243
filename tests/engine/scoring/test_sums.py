"""Sections, totals, thresholds, gates and weights for the ranking alone: from single points to the standing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.money import Number
from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import CriterionScore, Score, SectionScore, Standing, ThresholdResult
from razpis.engine.scoring.score import Computed, NotReached
from tests.engine.making import case, marks, rulebook, said, score_of, third

FORM = """
fields:
  name: {type: text, label: Naziv}
  members: {type: integer, label: Člani, required: false}
  debts: {type: yes_no, label: Dolgovi, required: false}
"""


def scored(rules: Rulebook, submitted: str | None = None, **claims: Any) -> Score:
    return score_of(rules, case(rules, submitted=submitted, **({"name": "Društvo"} | claims)))


# Sections and total


def sums(sections: str, *points: str, total: str = "{}") -> Score:
    criteria = "\n".join(f"  c{at}: {{kind: formula, title: C{at}, {one}}}" for at, one in enumerate(points))
    return scored(rulebook(FORM, f"sections: {{{sections}}}\ncriteria:\n{criteria}\ntotal: {total}"))


def test_a_section_is_weighted_first_and_capped_then() -> None:
    score = sums(
        "one: {title: Ena, weight: 1.5, max: 20}, two: {title: Dve, max: 20}, three: {title: Tri}",
        "points: 6, section: one",
        "points: 6, section: one",
        "points: 8, section: two",
        "points: 13, section: two",
        "points: -2, section: three",
        "points: 1",
    )
    assert score.sections == (SectionScore("one", 12, 18), SectionScore("two", 21, 20), SectionScore("three", -2, -2))
    assert score.total == 37
    assert sums("one: {title: Ena, weight: 2, max: 20}", "points: 11, section: one").sections == (
        SectionScore("one", 11, 20),
    )


def test_a_section_without_criteria_holds_nothing() -> None:
    score = sums("empty: {title: Prazen, max: 5}", "points: 4")
    assert (score.sections, score.total) == ((SectionScore("empty", 0, 0),), 4)


@pytest.mark.parametrize(
    ("total", "reached"),
    [
        ("{}", Fraction(44, 3)),
        ("{round: 0}", 15),
        ("{round: 2}", Fraction(1467, 100)),
        ("{round: {places: 1, mode: down}}", Fraction(146, 10)),
    ],
)
def test_the_total_is_rounded_where_the_rulebook_says(total: str, reached: Fraction) -> None:
    assert sums("", "points: 22 / 3", "points: 22 / 3", total=total).total == reached


def test_points_weighted_for_the_ranking_alone_are_rounded_as_the_criterion_is() -> None:
    score = sums("", "points: 1 / 3, round: 1, ranking_weight: 2", "points: 4, ranking_weight: 0.5")
    assert (score.total, score.ranking_total) == (Fraction("4.3"), Fraction("2.7"))


# Thresholds


@pytest.mark.parametrize(
    ("threshold", "members", "reached", "met"),
    [
        ("of: total, at_least: 60", 30, 60, True),
        ("of: total, at_least: 60", 29, 58, False),
        ("of: total, more_than: 60", 30, 60, False),
        ("of: total, more_than: 60", 31, 62, True),
        ("of: half, at_least: 30", 30, 30, True),
        ("of: half, more_than: 30", 30, 30, False),
        ("of: alone, at_least: 31", 30, 30, False),
        ("of: alone, at_least: 30", 30, 30, True),
        ("of: total, at_least: 0", 0, 0, True),
    ],
)
def test_a_threshold_on_the_total_a_section_or_a_criterion(
    threshold: str, members: int, reached: int, met: bool
) -> None:
    rules = rulebook(
        FORM,
        f"""
        sections: {{half: {{title: Polovica}}}}
        criteria:
          one: {{kind: formula, title: Ena, points: members, missing: 0, section: half}}
          alone: {{kind: formula, title: Dve, points: members, missing: 0}}
        thresholds: [{{{threshold}}}]
        """,
    )
    score = scored(rules, members=members)
    assert score.thresholds == (ThresholdResult(0, reached, met),)
    assert score.standing is (Standing.RANKED if met else Standing.BELOW_THRESHOLD)
    assert score.total == 2 * members


def test_every_threshold_is_told_and_one_missed_is_enough() -> None:
    rules = rulebook(
        FORM,
        """
        criteria: {it: {kind: formula, title: Ena, points: members / 3, missing: 0}}
        thresholds: [{of: total, at_least: 3}, {of: it, more_than: 5}, {of: it, at_least: 9}]
        """,
    )
    score = scored(rules, members=10)
    assert score.thresholds == (
        ThresholdResult(0, third(10), True),
        ThresholdResult(1, third(10), False),
        ThresholdResult(2, third(10), False),
    )
    assert score.standing is Standing.BELOW_THRESHOLD


def test_a_threshold_reads_the_rounded_total() -> None:
    rules = rulebook(
        FORM,
        """
        criteria: {it: {kind: formula, title: Ena, points: members / 3, missing: 0}}
        total: {round: 0}
        thresholds: [{of: total, at_least: 4}]
        """,
    )
    assert scored(rules, members=11).standing is Standing.RANKED
    assert scored(rules, members=10).standing is Standing.BELOW_THRESHOLD


# Gates, and weights for the ranking alone

GATED = """
sections: {first: {title: Prvi}, second: {title: Drugi}}
criteria:
  one: {kind: formula, title: Ena, points: members, missing: 0, section: first}
  two: {kind: formula, title: Dve, points: 100 / members, missing: 0, section: second, after: first}
  three: {kind: formula, title: Tri, points: 7, after: second}
thresholds: [{of: first, at_least: 10}, {of: second, more_than: 4}, {of: total, at_least: 12}]
"""


def test_behind_a_gate_nothing_is_scored_until_the_threshold_is_reached() -> None:
    rules = rulebook(FORM, GATED)
    closed = scored(rules, members=0)
    assert closed.criteria == (
        CriterionScore("one", 0, Computed(0)),
        CriterionScore("two", 0, NotReached("first")),
        CriterionScore("three", 0, NotReached("second")),
    )
    assert (closed.total, closed.standing) == (0, Standing.BELOW_THRESHOLD)
    passed = scored(rules, members=10)
    assert [one.points for one in passed.criteria] == [10, 10, 7]
    assert (passed.total, passed.standing) == (27, Standing.RANKED)


def test_a_gate_on_a_criterion_reads_its_own_threshold() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: marks, title: Ena, max: 5}
          two: {kind: formula, title: Dve, points: 9, after: one}
        thresholds: [{of: one, at_least: 3}]
        """,
    )

    def criteria_of(*points: int) -> list[tuple[Number | None, str]]:
        given_marks = {("a", "one"): marks(*points)}
        score = score_of(rules, case(rules, name="Društvo"), given_marks)
        return [(one.points, type(one.basis).__name__) for one in score.criteria]

    assert criteria_of(3) == [(3, "Marked"), (9, "Computed")]
    assert criteria_of(2) == [(2, "Marked"), (0, "NotReached")]
    assert criteria_of() == [(None, "TooFewMarks"), (0, "NotReached")]


def test_weights_for_the_ranking_leave_the_total_alone() -> None:
    rules = rulebook(
        FORM,
        """
        sections: {half: {title: Polovica, weight: 2, max: 40}}
        criteria:
          one: {kind: formula, title: Ena, points: members, missing: 0, weight: 2, ranking_weight: 3}
          two: {kind: formula, title: Dve, points: members, missing: 0, section: half, ranking_weight: 1.5}
          three: {kind: formula, title: Tri, points: 1}
        thresholds: [{of: total, at_least: 41}]
        """,
    )
    score = scored(rules, members=10)
    assert (score.total, score.ranking_total, score.standing) == (41, 61, Standing.RANKED)
    assert scored(rules, members=20).ranking_total == 60 + 40 + 1
    assert scored(rulebook(FORM, "criteria: {it: {kind: formula, title: Ena, points: 3}}")).ranking_total == 3


def test_a_criterion_may_count_for_the_ranking_alone_and_keeps_its_rounding() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: formula, title: Ena, points: members / 3, missing: 0, weight: 0, ranking_weight: 1.5, round: 1}
          two: {kind: formula, title: Dve, points: 4, applies: members > 100 if answered(members) else false, ranking_weight: 9}
        """,
    )
    score = scored(rules, members=10)
    assert (score.total, score.ranking_total) == (0, 5)
    assert scored(rules, members=7).ranking_total == Fraction(35, 10)
    assert scored(rules, members=8).ranking_total == 4


def test_a_factor_multiplies_the_total_and_its_own_rounding_follows() -> None:
    rules = rulebook(
        FORM,
        """
        sections: {half: {title: Polovica, max: 10}}
        criteria:
          one: {kind: formula, title: Ena, points: 12, section: half}
          two: {kind: formula, title: Dve, points: 5, ranking_weight: 2}
        total: {factor: (members if answered(members) else 30) / 90, round: 1}
        """,
    )
    score = scored(rules)
    assert (score.sections[0].points, score.total, score.ranking_total) == (10, 5, Fraction(67, 10))
    assert scored(rules, members=31).total == Fraction(52, 10)


@pytest.mark.parametrize(
    "stated", ["total: {factor: 1 / members}", "thresholds: [{of: total, at_least: 1, applies: 1 / members > 0}]"]
)
def test_a_factor_or_threshold_without_a_value_names_the_application(stated: str) -> None:
    form = FORM.replace("label: Člani, required: false", "label: Člani")
    rules = rulebook(form, "criteria: {it: {kind: formula, title: Ena, points: 5}}", stated)
    with pytest.raises(Problems) as caught:
        scored(rules, members=0)
    assert said(caught.value.problems) == [
        "vloge.csv:2:1: vloga a, skupaj: deljenje z nič v izrazu »total, thresholds«; popravite podatek ali izraz"
    ]
    assert caught.value.problems[0].line("en").startswith("vloge.csv:2:1: application a, total: division by zero in ")


def test_a_threshold_holds_for_whom_it_applies_and_where_its_criterion_counts() -> None:
    rules = rulebook(
        FORM.replace("label: Dolgovi, required: false", "label: Dolgovi"),
        """
        sections: {half: {title: Polovica}}
        criteria:
          one: {kind: formula, title: Ena, points: 2}
          two: {kind: formula, title: Dve, points: (members if answered(members) else 1), applies: debts, section: half}
        thresholds:
          - {of: total, at_least: 3, applies: "name == 'Zveza'"}
          - {of: two, at_least: 2}
          - {of: half, at_least: 1}
        """,
    )

    def results(**claims: Any) -> tuple[list[tuple[int, Number, bool]], Standing]:
        score = scored(rules, **claims)
        return [tuple(result) for result in score.thresholds], score.standing

    assert results(debts=False) == ([], Standing.RANKED)
    assert results(debts=False, name="Zveza") == ([(0, 2, False)], Standing.BELOW_THRESHOLD)
    assert results(debts=True) == ([(1, 1, False), (2, 1, True)], Standing.BELOW_THRESHOLD)
    assert results(debts=True, name="Zveza") == ([(0, 3, True), (1, 1, False), (2, 1, True)], Standing.BELOW_THRESHOLD)
