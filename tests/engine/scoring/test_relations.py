"""Criteria that compare an application with the others: share of all, against the greatest, against the least."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.problems import Problems
from razpis.engine.scoring import CriterionScore
from razpis.engine.scoring.score import NotApplied, NotGiven, Related
from tests.engine.making import by_id, case, evaluated, rulebook, third

FORM = """
fields:
  size: {type: integer, label: Velikost, required: false}
  clean: {type: yes_no, label: Brez dolgov, required: false}
lots: {A: {amount: 1}, B: {amount: 1}}
allocation: {request: requested}
conditions: {clean: {text: Nima dolgov, test: clean if answered(clean) else true}}
"""
ASKED = FORM.replace("fields:", "fields:\n  requested: {type: euro, label: Zaprošeno}")


def scores(criterion: str, **sizes: tuple[str, int | None]) -> dict[str, CriterionScore]:
    rules = rulebook(
        ASKED, f"criteria: {{it: {{kind: relative, title: Merilo, missing: 0, value: size, {criterion}}}}}"
    )
    entrants = [
        case(rules, id_, lot=lot, size=size, requested=1, clean=not id_.startswith("bad"))
        for id_, (lot, size) in sizes.items()
    ]
    lines = by_id(evaluated(rules, entrants))
    return {id_: line.score.criteria[0] for id_, line in lines.items() if line.score.criteria}


@pytest.mark.parametrize(
    ("to", "a", "b", "reference"),
    [("sum", third(10), third(20), 30), ("best", 5, 10, 20), ("lowest", 10, 5, 10)],
)
def test_points_follow_from_the_sum_the_greatest_or_the_least(
    to: str, a: Fraction, b: Fraction, reference: int
) -> None:
    assert scores(f"to: {to}, max: 10", a=("A", 10), b=("A", 20), bad=("A", 1000), bad0=("A", 1)) == {
        "a": CriterionScore("it", a, Related(10, reference)),
        "b": CriterionScore("it", b, Related(20, reference)),
    }


def test_the_others_are_those_of_the_lot_or_of_the_call() -> None:
    sizes = {"a": ("A", 10), "b": ("B", 40), "c": ("B", 20)}
    assert {id_: one.points for id_, one in scores("to: best, max: 8", **sizes).items()} == {"a": 8, "b": 8, "c": 4}
    whole = scores("to: best, max: 8, among: call", **sizes)
    assert {id_: one.points for id_, one in whole.items()} == {"a": 2, "b": 8, "c": 4}
    assert {one.basis for one in scores("to: sum, max: 8, among: call", **sizes).values()} == {
        Related(10, 70),
        Related(40, 70),
        Related(20, 70),
    }


@pytest.mark.parametrize(("to", "points"), [("sum", 0), ("best", 0), ("lowest", 10)])
def test_where_all_have_nothing_only_the_lowest_wins_by_it(to: str, points: int) -> None:
    assert scores(f"to: {to}, max: 10", a=("A", 0), b=("A", 0)) == {
        "a": CriterionScore("it", points, Related(0, 0)),
        "b": CriterionScore("it", points, Related(0, 0)),
    }


def test_the_lowest_of_all_gets_the_most_even_where_it_is_nothing() -> None:
    found = scores("to: lowest, max: 10", a=("A", 0), b=("A", 5))
    assert {id_: one.points for id_, one in found.items()} == {"a": 10, "b": 0}


def test_points_stay_between_nothing_and_the_maximum() -> None:
    found = scores("to: best, max: 10", a=("A", -5), b=("A", 10))
    assert {id_: one.points for id_, one in found.items()} == {"a": 0, "b": 10}


def test_who_gave_no_value_is_no_part_of_the_others() -> None:
    assert scores("to: sum, max: 10", a=("A", 5), b=("A", None)) == {
        "a": CriterionScore("it", 10, Related(5, 5)),
        "b": CriterionScore("it", 0, NotGiven("size")),
    }


def test_to_whom_the_criterion_does_not_apply_is_no_part_of_the_others() -> None:
    found = scores("to: best, max: 10, applies: answered(size) and size < 50", a=("A", 5), b=("A", 10), c=("A", 90))
    assert found == {
        "a": CriterionScore("it", 5, Related(5, 10)),
        "b": CriterionScore("it", 10, Related(10, 10)),
        "c": CriterionScore("it", 0, NotApplied()),
    }


def test_a_value_that_cannot_be_computed_is_told_once_for_its_application() -> None:
    rules = rulebook(
        """
        fields: {size: {type: integer, label: Velikost}}
        criteria: {it: {kind: relative, title: Merilo, value: 1 / size, to: sum, max: 1}}
        """
    )
    with pytest.raises(Problems) as caught:
        evaluated(rules, [case(rules, "a", size=0), case(rules, "b", line=2, size=1)])
    assert [problem.place.line for problem in caught.value.problems] == [2]


def test_a_criterion_that_compares_nothing_does_not_read_the_others() -> None:
    rules = rulebook(
        """
        fields: {size: {type: integer, label: Velikost}}
        criteria:
          plain: {kind: formula, title: Merilo, points: size}
          share: {kind: relative, title: Delež, value: size, to: sum, max: 1, weight: 3, round: 1}
        """
    )
    lines = by_id(evaluated(rules, [case(rules, "a", size=1), case(rules, "b", size=2)]))
    assert {id_: [one.points for one in line.score.criteria] for id_, line in lines.items()} == {
        "a": [1, 1],
        "b": [2, 2],
    }
