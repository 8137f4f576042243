"""Thresholds of which some suffice: counted, told, and left out where they do not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import AnyOfResult, Score, Standing, ThresholdResult
from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_points import thresholds
from tests.engine.making import case, rulebook, score_of
from tests.engine.wording.ruling import lines
from tests.engine.wording.telling import told

FORM = """
fields:
  a: {type: integer, label: A, min: 0, max: 10}
  b: {type: integer, label: B, min: 0, max: 10}
  c: {type: integer, label: C, min: 0, max: 10}
  first: {type: yes_no, label: Prvič, required: false}
criteria:
  one: {kind: formula, title: Ena, points: a}
  two: {kind: formula, title: Dve, points: b}
  three: {kind: formula, title: Tri, points: c, applies: not (answered(first) and first)}
"""
LISTED = "{of: one, at_least: 5}, {of: two, more_than: 5}, {of: three, at_least: 5}"


def rules(needed: int = 1, listed: str = LISTED, more: str = "") -> Rulebook:
    return rulebook(FORM, f"thresholds: [{{any_of: [{listed}], needed: {needed}{more}}}]")


def scored(needed: int, a: int, b: int, c: int, **claims: bool) -> Score:
    found = rules(needed)
    return score_of(found, case(found, a=a, b=b, c=c, **claims))


@pytest.mark.parametrize(
    ("needed", "points", "reached", "met"),
    [
        (1, (5, 5, 4), 1, True),
        (1, (4, 5, 4), 0, False),
        (2, (5, 6, 0), 2, True),
        (2, (5, 5, 4), 1, False),
        (2, (9, 9, 9), 3, True),
    ],
)
def test_some_suffice(needed: int, points: tuple[int, int, int], reached: int, met: bool) -> None:
    score = scored(needed, *points)
    a, b, c = points
    parts = (ThresholdResult(0, a, a >= 5), ThresholdResult(1, b, b > 5), ThresholdResult(2, c, c >= 5))
    assert score.thresholds == (AnyOfResult(0, reached, met, parts, needed),)
    assert score.standing is (Standing.RANKED if met else Standing.BELOW_THRESHOLD)


def test_one_that_does_not_count_here_is_left_out() -> None:
    (result,) = scored(2, 5, 6, 9, first=True).thresholds
    assert isinstance(result, AnyOfResult)
    assert ([part.at for part in result.parts], result.needed, result.met) == ([0, 1], 2, True)
    found = rules(2, "{of: three, at_least: 1}, {of: three, at_least: 2}, {of: three, at_least: 3}")
    assert score_of(found, case(found, a=0, b=0, c=0, first=True)).thresholds == ()


def test_where_fewer_count_than_are_needed_all_of_them_are() -> None:
    listed = "{of: one, at_least: 5}, {of: three, at_least: 5}, {of: three, at_least: 8}"
    found = rules(2, listed)
    score = score_of(found, case(found, a=6, b=0, c=0, first=True))
    assert score.thresholds == (AnyOfResult(0, 1, True, (ThresholdResult(0, 6, True),), 1),)


def test_for_whom_it_holds_and_plain_thresholds_beside_it() -> None:
    found = rulebook(
        FORM,
        f"thresholds: [{{of: total, at_least: 3}}, {{any_of: [{LISTED}], applies: a > 1}}]",
    )
    assert score_of(found, case(found, a=1, b=1, c=1)).thresholds == (ThresholdResult(0, 3, True),)
    assert [one.met for one in score_of(found, case(found, a=2, b=1, c=1)).thresholds] == [True, False]


@given(st.tuples(*[st.integers(0, 10)] * 3), st.integers(1, 2), st.tuples(*[st.integers(0, 10)] * 3))
def test_more_points_never_miss_what_fewer_reach(points, needed, more) -> None:
    higher = [min(one + add, 10) for one, add in zip(points, more, strict=True)]
    if scored(needed, *points).standing is Standing.RANKED:
        assert scored(needed, *higher).standing is Standing.RANKED


def test_the_rule_in_words() -> None:
    said = lines(thresholds(Speaker("sl"), rules(1, more=", article: 9. člen")))
    assert said[2] == "* Ena: najmanj 5 točk ali Dve: več kot 5 točk ali Tri: najmanj 5 točk (9. člen)"
    said = lines(thresholds(Speaker("en"), rules(2)))
    assert said[2] == (
        "* Ena: at least 5 points or Dve: more than 5 points or Tri: at least 5 points – at least 2 of these"
    )


def test_a_result_in_words() -> None:
    (trace,) = told(rules(2, more=", article: 9. člen"), {}, "sl", a=5, b=5, c=1).thresholds
    assert (trace.title, trace.met) == ("potrebnih pragov: 2 od 3", False)
    assert trace.need == "Ena: najmanj 5\u00a0točk ali Dve: več kot 5\u00a0točk ali Tri: najmanj 5\u00a0točk"
    assert trace.sentence.replace("\u00a0", " ") == (
        "potrebnih pragov: 2 od 3, doseženih 1 – Ena: najmanj 5 točk, doseženo 5. Dve: več kot 5 točk, doseženo 5; "
        "prag mora biti presežen. Tri: najmanj 5 točk, doseženo 1; do praga manjkajo 4 točke (9. člen)"
    )
    (english,) = told(rules(1), {}, "en", a=5, b=5, c=9).thresholds
    assert english.sentence.replace("\u00a0", " ").startswith("1 of 3 thresholds, reached 2 – Ena: at least 5 points")
