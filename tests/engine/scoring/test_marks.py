"""Members' marks: combined exactly, recusals left out, an agreed value first, too few marks never zero."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import median as oracle_of_the_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.cases import Mark
from razpis.engine.money import Number
from razpis.engine.scoring import CriterionScore, Standing
from razpis.engine.scoring.marks import COMBINE
from razpis.engine.scoring.score import Disagreement, Marked, TooFewMarks
from tests.engine.making import case, marks, rulebook, score_of, third

FORM = """
fields: {name: {type: text, label: Naziv, required: false}}
"""


def scored(given_marks: Sequence[Mark], criterion: str = "", minimum: int = 1) -> CriterionScore:
    rules = rulebook(
        FORM,
        f"commission: {{minimum_marks: {minimum}}}",
        f"criteria: {{it: {{kind: marks, title: Kakovost, max: 5{criterion}}}}}",
    )
    (score,) = score_of(rules, case(rules), {("a", "it"): tuple(given_marks)}).criteria
    return score


@pytest.mark.parametrize(
    ("combine", "points", "combined"),
    [
        ("mean", (3, 3, 4), third(10)),
        ("mean", (2, 4), 3),
        ("mean", (5,), 5),
        ("median", (5, 1, 2), 2),
        ("median", (1, 5, 2, 4), 3),
        ("median", (1, 2), Fraction(3, 2)),
        ("median", (4,), 4),
        ("trimmed_mean", (5, 1, 3, 4), Fraction(7, 2)),
        ("trimmed_mean", (5, 5, 1), 5),
        ("trimmed_mean", (1, 2), Fraction(3, 2)),
        ("trimmed_mean", (4,), 4),
        ("sum", (1, 2, 4), 7),
        ("sum", (Fraction(1, 2), Fraction(3, 2)), 2),
        ("closest_two", (5, 1, 2), Fraction(3, 2)),
        ("closest_two", (1, 3, 5), 4),
        ("closest_two", (4, 2, 4, 1), 4),
        ("closest_two", (1, 5), 3),
        ("closest_two", (2,), 2),
        ("lowest", (4, 2, 3), 2),
        ("highest", (4, 2, 3), 4),
    ],
)
def test_marks_are_combined_exactly(combine: str, points: tuple[Number, ...], combined: Number) -> None:
    found = scored(marks(*points), f", combine: {combine}")
    assert found == CriterionScore("it", combined, Marked(marks(*points), combined, None))
    assert type(found.points) is type(combined)


def test_the_mean_of_3_3_and_4_over_three_criteria_is_exactly_10_and_reaches_a_threshold_of_10() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: marks, title: Ena, max: 5}
          two: {kind: marks, title: Dve, max: 5}
          three: {kind: marks, title: Tri, max: 5}
        thresholds: [{of: total, at_least: 10}]
        """,
    )
    score = score_of(rules, case(rules), {("a", key): marks(3, 3, 4) for key in ("one", "two", "three")})
    assert [criterion.points for criterion in score.criteria] == [third(10)] * 3
    assert (score.total, score.standing) == (10, Standing.RANKED)


@pytest.mark.parametrize(
    ("rounding", "points"),
    [("2", Fraction(333, 100)), ("{places: 0, mode: up}", 4), ("{places: 1, mode: down}", Fraction(33, 10))],
)
def test_a_combined_mark_is_rounded_where_the_rulebook_says(rounding: str, points: Number) -> None:
    assert scored(marks(3, 3, 4), f", round: {rounding}") == CriterionScore(
        "it", points, Marked(marks(3, 3, 4), third(10), None), third(10)
    )


def test_a_combined_mark_may_be_rounded_before_its_weight() -> None:
    found = scored(marks(3, 3, 4), ", round_combined: 1, weight: 3, round: 0")
    combined = Fraction(33, 10)
    assert found == CriterionScore("it", 10, Marked(marks(3, 3, 4), combined, None), combined)
    assert scored(marks(3, 3, 4), ", round_combined: 0, weight: 3").points == 9


def test_a_combined_mark_is_weighted() -> None:
    assert scored(marks(3, 4), ", weight: 2").points == 7
    assert scored((), ", weight: 2").points is None


def test_a_recusal_counts_neither_in_the_sum_nor_in_the_number() -> None:
    assert scored(marks(2, None, 4)).points == 3
    assert scored(marks(2, None, 4), ", combine: sum").points == 6
    assert scored(marks(2, None, 4), minimum=3) == CriterionScore("it", None, TooFewMarks(marks(2, None, 4), 3))


def test_an_agreed_value_stands_for_all_marks() -> None:
    given_marks = marks(1, 5, agreed=Fraction(7, 2))
    assert scored(given_marks, minimum=3) == CriterionScore(
        "it", Fraction(7, 2), Marked(given_marks, Fraction(7, 2), Mark("agreed", Fraction(7, 2), "dogovor"))
    )


def test_an_agreed_value_left_blank_decides_nothing() -> None:
    given_marks = (*marks(1, 5), Mark("agreed", None, ""))
    assert scored(given_marks) == CriterionScore("it", 3, Marked(given_marks, 3, None))


@pytest.mark.parametrize("points", [(), (0,), (None, None, 5)])
def test_too_few_marks_are_not_zero_points(points: tuple[int | None, ...]) -> None:
    rules = rulebook(
        FORM,
        """
        commission: {minimum_marks: 2}
        criteria:
          it: {kind: marks, title: Kakovost, max: 5}
          sure: {kind: formula, title: Za vse, points: 4}
        thresholds: [{of: total, at_least: 3}]
        """,
    )
    score = score_of(rules, case(rules), {("a", "it"): marks(*points)})
    assert score.standing is Standing.NOT_SCORED
    assert (score.criteria[0].points, score.criteria[1].points) == (None, 4)
    assert (score.total, score.sections, score.thresholds) == (None, (), ())


def test_marks_of_another_application_or_criterion_are_not_read() -> None:
    rules = rulebook(FORM, "criteria: {it: {kind: marks, title: Kakovost, max: 5}}")
    given_marks = {("b", "it"): marks(5), ("a", "other"): marks(5)}
    assert score_of(rules, case(rules), given_marks).standing is Standing.NOT_SCORED
    assert score_of(rules, case(rules, "b"), given_marks).total == 5


def test_a_criterion_may_need_more_or_fewer_marks_than_the_commission_states() -> None:
    assert scored(marks(3), ", minimum_marks: 1", minimum=3).points == 3
    assert scored(marks(3, 4), ", minimum_marks: 3") == CriterionScore("it", None, TooFewMarks(marks(3, 4), 3))


def test_where_only_an_agreed_value_counts_marks_alone_give_no_points() -> None:
    assert scored(marks(3, 4, 5), ", combine: agreed") == CriterionScore("it", None, TooFewMarks(marks(3, 4, 5), 1))
    assert scored(marks(3, 4, agreed=4), ", combine: agreed").points == 4


@pytest.mark.parametrize(("points", "turned"), [((1, 2), Fraction(9, 2)), ((1,), 5), ((5,), 1)])
def test_where_the_lowest_mark_is_best_it_counts_from_the_other_end(points: tuple[int, ...], turned: Number) -> None:
    found = scored(marks(*points), ", min: 1, lowest_is_best: true")
    assert found == CriterionScore("it", turned, Marked(marks(*points), Fraction(sum(points), len(points)), None))
    assert scored(marks(3, agreed=2), ", min: 1, lowest_is_best: true").points == 4


def test_where_the_lowest_mark_is_best_each_mark_of_a_sum_counts_from_the_other_end() -> None:
    settings = ", min: 1, combine: sum, lowest_is_best: true"
    assert scored(marks(1, 2, 4), settings) == CriterionScore("it", 11, Marked(marks(1, 2, 4), 7, None))
    assert scored(marks(5, 5, 5, 5), settings).points == 4
    assert scored(marks(1, 2, agreed=4), settings).points == 2
    apart = ", discrepancy: {points: 2, then: further_member}"
    assert scored(marks(1, 4, 5), settings + apart).points == Fraction(3, 2)


# Marks too far apart


@pytest.mark.parametrize(
    ("rule", "points", "combined"),
    [
        ("points: 2, then: agreed", (1, 3), 2),
        ("points: 2, then: agreed", (1, Fraction(7, 2)), None),
        ("points: 2, then: further_member", (1, 3), 2),
        ("points: 2, then: further_member", (1, 4), None),
        ("points: 2, then: further_member", (1, 4, 2), Fraction(3, 2)),
        ("points: 2, then: further_member", (1, 5, 3), 4),
        ("points: 2, then: further_member", (1, None, 4), None),
        ("percent: 40, then: agreed", (3, 5), 4),
        ("percent: 40, then: agreed", (Fraction(299, 100), 5), None),
        ("percent: 40, then: agreed", (0, 0), 0),
        ("percent: 40, then: further_member", (1, 5, 5), 5),
        ("points: 2, bound: at_least, then: agreed", (1, 3), None),
        ("points: 2, bound: at_least, then: agreed", (1, 2), Fraction(3, 2)),
        ("points: 1, unless_below: 4, then: agreed", (1, 3), 2),
        ("points: 1, unless_below: 3, then: agreed", (1, 3), None),
    ],
)
def test_marks_too_far_apart_wait_for_one_more_member_or_for_agreement(
    rule: str, points: tuple[Number | None, ...], combined: Number | None
) -> None:
    found = scored(marks(*points), f", discrepancy: {{{rule}}}", minimum=2)
    then = rule.split(": ")[-1]
    basis = Disagreement(marks(*points), then) if combined is None else Marked(marks(*points), combined, None)
    assert found == CriterionScore("it", combined, basis)


@pytest.mark.parametrize(("points", "combined"), [((1, 4), None), ((1, 4, 2), Fraction(3, 2)), ((4,), 4)])
def test_where_one_mark_would_do_two_too_far_apart_still_wait_for_a_third(
    points: tuple[Number, ...], combined: Number | None
) -> None:
    assert scored(marks(*points), ", discrepancy: {points: 2, then: further_member}").points == combined


def test_an_agreed_value_settles_marks_too_far_apart() -> None:
    assert scored(marks(0, 5, agreed=2), ", discrepancy: {points: 1, then: agreed}", minimum=2).points == 2


def test_a_single_mark_is_not_apart_from_anything() -> None:
    assert scored(marks(5), ", discrepancy: {points: 0, then: agreed}").points == 5


@given(st.permutations([1, 4, 2, None]))
def test_the_order_in_which_marks_are_recorded_does_not_decide(points) -> None:
    found = scored(marks(*points), ", discrepancy: {points: 2, then: further_member}", minimum=2)
    assert found.points == Fraction(3, 2)


POINTS = st.lists(st.integers(0, 20).map(lambda halves: Fraction(halves, 2)), min_size=1, max_size=9)


@given(POINTS, st.randoms(use_true_random=False))
def test_the_order_of_marks_changes_nothing_and_no_mean_leaves_their_range(points, shuffler) -> None:
    mixed = list(points)
    shuffler.shuffle(mixed)
    for name, combine in COMBINE.items():
        assert combine(mixed) == combine(points), name
        if name != "sum":
            assert min(points) <= combine(points) <= max(points), name


@given(POINTS)
def test_combinations_agree_with_their_definitions(points) -> None:
    assert COMBINE["sum"](points) == COMBINE["mean"](points) * len(points)
    assert COMBINE["median"](points) == oracle_of_the_median(points)
    rest = sorted(points)
    if len(points) > 2:
        assert COMBINE["trimmed_mean"](points) == sum(rest[1:-1]) / Fraction(len(points) - 2)
        pairs = [(abs(one - two), -one - two) for at, one in enumerate(points) for two in points[at + 1 :]]
        assert COMBINE["closest_two"](points) == -min(pairs)[1] / Fraction(2)
