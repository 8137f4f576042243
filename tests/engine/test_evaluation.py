"""The whole: outcomes, the order of lines, all problems at once, and what does not depend on what."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.cases import Case
from razpis.engine.evaluation import evaluate
from razpis.engine.problems import Problems
from tests.engine.making import by_id, case, evaluated, marks, rulebook, said

FORM = """
fields:
  size: {type: integer, label: Velikost, required: false}
  clean: {type: yes_no, label: Brez dolgov}
  requested: {type: euro, label: Zaprošeno}
conditions:
  clean: {text: Nima dolgov, test: clean}
  formal: {text: Podpisano, test: size != 13, failing: dismissed}
criteria:
  size: {kind: formula, title: Velikost, points: size, missing: 0}
  quality: {kind: marks, title: Kakovost, max: 5}
thresholds: [{of: size, at_least: 1}]
"""
MONEY = """
budget: 1000
allocation: {request: requested}
"""
RULES = rulebook(FORM, MONEY)
MARKED = {(id_, "quality"): marks(3) for id_ in "abcdefghij"}


def application(id_: str, size: int | None, requested: int = 400, clean: bool = True) -> Case:
    return case(RULES, id_, size=size, requested=requested, clean=clean)


def test_every_application_has_its_outcome() -> None:
    entrants = [
        application("a", 9),
        application("b", 8),
        application("c", 7),
        application("d", 6),
        application("e", 0),
        application("f", 5, clean=False),
        application("g", 13),
        application("x", 5),
        application("h", None),
    ]
    lines = by_id(evaluated(RULES, entrants, MARKED))
    assert {id_: (line.outcome, line.cents, line.limited_by) for id_, line in lines.items()} == {
        "a": ("granted", 40000, "request"),
        "b": ("granted", 40000, "request"),
        "c": ("part", 20000, "budget"),
        "d": ("no_money", 0, "budget"),
        "e": ("below_threshold", 0, ""),
        "f": ("condition_failed", 0, ""),
        "g": ("dismissed", 0, ""),
        "x": ("not_scored", 0, ""),
        "h": ("dismissed", 0, ""),
    }
    assert [id_ for id_, line in lines.items() if line.ranked] == ["a", "b", "c", "d"]
    assert [id_ for id_, line in lines.items() if line.award] == ["a", "b", "c", "d"]


def test_an_application_that_asks_for_nothing_is_not_granted_anything() -> None:
    lines = by_id(evaluated(RULES, [application("a", 9, 0), application("b", 8)], MARKED))
    assert {id_: (line.outcome, line.cents, line.limited_by) for id_, line in lines.items()} == {
        "a": ("no_money", 0, "request"),
        "b": ("granted", 40000, "request"),
    }


def test_an_open_tie_at_the_edge_waits_with_all_after_it() -> None:
    entrants = [application("a", 9), application("b", 8), application("c", 8), application("d", 7, 100)]
    lines = by_id(evaluated(RULES, entrants, MARKED))
    assert [(id_, line.outcome, line.cents) for id_, line in lines.items()] == [
        ("a", "granted", 40000),
        ("b", "open_tie", 0),
        ("c", "open_tie", 0),
        ("d", "open_tie", 0),
    ]


def test_without_money_to_divide_everyone_is_ranked() -> None:
    rules = rulebook(FORM)
    evaluation = evaluated(rules, [application("a", 5), application("b", 7), application("c", 0)], MARKED)
    assert [(line.case.id, line.outcome, line.cents, line.limited_by) for line in evaluation.lines] == [
        ("b", "ranked", 0, ""),
        ("a", "ranked", 0, ""),
        ("c", "below_threshold", 0, ""),
    ]
    assert evaluation.lots == ()
    assert [ranking.lot for ranking in evaluation.rankings] == [""]


def test_lines_stand_by_lot_then_place_the_unranked_last_then_id() -> None:
    rules = rulebook(
        FORM,
        """
        ranking: {still_tied: shared}
        lots: {Z: {amount: 1000}, A: {amount: 1000}}
        allocation: {request: requested}
        """,
    )
    stated = [("j", "A", 0), ("i", "A", 7), ("h", "A", 9), ("c", "Z", 7), ("b", "Z", 7), ("a", "Z", 8), ("g", "A", 13)]
    entrants = [case(rules, id_, lot=lot, size=size, clean=True, requested=1) for id_, lot, size in stated]
    evaluation = evaluated(rules, entrants, MARKED)
    assert [(line.case.lot, line.case.id, line.ranked and line.ranked.place) for line in evaluation.lines] == [
        ("A", "h", 1),
        ("A", "i", 2),
        ("A", "g", None),
        ("A", "j", None),
        ("Z", "a", 1),
        ("Z", "b", 2),
        ("Z", "c", 2),
    ]
    assert [ranking.lot for ranking in evaluation.rankings] == ["Z", "A"]
    assert [lot.lot for lot in evaluation.lots] == ["Z", "A"]


def test_a_lot_without_applications_keeps_its_money() -> None:
    rules = rulebook(FORM, "lots: {A: {amount: 10}, B: {amount: 20}}\nallocation: {request: requested}")
    evaluation = evaluated(rules, [])
    assert [(lot.lot, lot.amount, lot.spent, lot.left) for lot in evaluation.lots] == [
        ("A", 1000, 0, 1000),
        ("B", 2000, 0, 2000),
    ]
    assert evaluation.lines == ()


def test_the_problems_of_all_applications_are_told_at_once() -> None:
    rules = rulebook(
        """
        fields: {size: {type: integer, label: Velikost}}
        derived: {share: {label: Delež, value: 1 / size}}
        criteria: {it: {kind: formula, title: Merilo, points: share}}
        """
    )
    entrants = [case(rules, f"v{size}", line=9 - size, size=size % 2) for size in range(4)]
    with pytest.raises(Problems) as caught:
        evaluated(rules, entrants)
    assert said(caught.value.problems) == [
        "vloge.csv:8:1: vloga v2, Delež: deljenje z nič v izrazu »1 / size«; popravite podatek ali izraz",
        "vloge.csv:10:1: vloga v0, Delež: deljenje z nič v izrazu »1 / size«; popravite podatek ali izraz",
    ]


def test_the_problems_of_scoring_are_told_at_once() -> None:
    rules = rulebook(
        """
        fields: {size: {type: integer, label: Velikost}}
        criteria: {it: {kind: formula, title: Merilo, points: 1 / size}}
        """
    )
    with pytest.raises(Problems) as caught:
        evaluated(rules, [case(rules, id_, line=line, size=0) for line, id_ in enumerate("ab", 1)])
    assert [problem.place.line for problem in caught.value.problems] == [2, 3]


def test_whoever_watches_sees_every_application_once() -> None:
    seen: list[str] = []

    def watch(cases: Sequence[Case]) -> Iterable[Case]:
        for one in cases:
            seen.append(one.id)
            yield one

    entrants = [application(id_, 5) for id_ in "cab"]
    assert evaluate(RULES, entrants, MARKED, {}, watch) == evaluated(RULES, entrants, MARKED)
    assert seen == ["c", "a", "b"]


ANSWERS = st.tuples(st.none() | st.integers(0, 14), st.integers(0, 900), st.booleans())


@given(st.lists(ANSWERS, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(answers, shuffler) -> None:
    entrants = [application("abcdefghij"[at], *answer) for at, answer in enumerate(answers)]
    mixed = list(entrants)
    shuffler.shuffle(mixed)
    assert evaluated(RULES, mixed, MARKED) == evaluated(RULES, entrants, MARKED)


@given(st.lists(ANSWERS, min_size=2, max_size=9))
def test_taking_one_application_away_changes_no_other_points(answers) -> None:
    entrants = [application("abcdefghij"[at], *answer) for at, answer in enumerate(answers)]
    scores = {id_: line.score for id_, line in by_id(evaluated(RULES, entrants, MARKED)).items()}
    without = {id_: line.score for id_, line in by_id(evaluated(RULES, entrants[1:], MARKED)).items()}
    assert {id_: scores[id_] for id_ in without} == without


@pytest.mark.parametrize("collects", [True, False])
def test_afterwards_garbage_is_collected_as_before_it(collects: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        evaluated(RULES, [application("a", 5)], MARKED)
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()
