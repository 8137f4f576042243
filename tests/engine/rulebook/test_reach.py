"""The least and the most points of every kind of criterion – and that scoring never leaves that range."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.rulebook.reach import reaches
from tests.engine.making import case, marks, rulebook, score_of

FORM = """
fields:
  size: {type: integer, label: V, min: 0, max: 30}
  depth: {type: integer, label: G, min: -5}
  kind: {type: choice, label: O, options: [a, b, c]}
  new: {type: yes_no, label: N, required: false}
"""


def ends(rule: str, *more: str) -> tuple[object, object]:
    (found,) = reaches(rulebook(FORM, f"criteria: {{it: {{title: Merilo, {rule}}}}}", *more))
    return found.criteria["it"]


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        ("kind: bands, value: size, bands: [{to: 9, points: -1}, {from: 10, points: 4}], max: 4", -1, 4),
        ("kind: bands, value: depth, bands: [{from: 5, points: 4}], otherwise: 1, max: 4", 1, 4),
        ("kind: choice, value: kind, points: {a: 3, b: 1}, otherwise: 0, max: 3", 0, 3),
        ("kind: choice, value: new, points: {'true': 3, 'false': 1}, missing: -2, max: 3", -2, 3),
        (
            "kind: checklist, items: [{text: x, when: size > 1, points: 3}, {text: y, when: size > 2, points: -1}], max: 2",
            -1,
            2,
        ),
        ("kind: per_unit, value: size, points: 2, max: 100", 0, 60),
        ("kind: per_unit, value: size, points: 2, unit: 7, count: started, max: 9", 0, 9),
        ("kind: per_unit, value: size, points: 1, unit: 4, count: exact, max: 9", 0, Fraction(15, 2)),
        ("kind: per_unit, value: depth, points: 2, max: 9", 0, 9),
        ("kind: per_unit, value: depth, points: -2, max: 9", None, 0),
        ("kind: formula, points: size * 2", 0, 60),
        ("kind: formula, points: depth", -5, None),
        ("kind: formula, points: depth, min: 0, max: 7", 0, 7),
        ("kind: relative, value: size, to: best, max: 8", 0, 8),
        ("kind: marks, max: 5", 0, 5),
        ("kind: marks, min: 1, max: 5, weight: 2", 2, 10),
        ("kind: marks, max: 5, weight: -1", -5, 0),
        ("kind: marks, max: 5, weight: 0.333, round: 1", 0, Fraction(17, 10)),
        ("kind: marks, max: 5, combine: sum", 0, None),
        ("kind: marks, min: -1, max: 5, combine: sum", None, None),
        ("kind: marks, max: 5, combine: sum, lowest_is_best: true", 0, None),
        ("kind: marks, max: 5, applies: size > 3", 0, 5),
        ("kind: marks, min: 1, max: 5, applies: size > 3", 0, 5),
        ("kind: marks, min: 1, max: 5, applies: kind == 'a' and kind == 'b'", 0, 0),
    ],
)
def test_the_range_of_a_criterion(rule: str, low: object, high: object) -> None:
    found = reaches(rulebook(FORM, f"criteria: {{it: {{title: Merilo, {rule}}}}}"))
    assert {(reach.criteria["it"].low, reach.criteria["it"].high) for reach in found} == {(low, high)}


def test_the_sum_of_all_members_marks() -> None:
    members = "commission: {members: [A, B, C]}"
    assert ends("kind: marks, min: 1, max: 5, combine: sum", members) == (1, 15)
    assert ends("kind: marks, min: -1, max: 5, combine: sum", members) == (-3, 15)


def test_behind_a_gate_there_may_be_no_points() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          first: {kind: marks, title: Prvo, max: 5}
          it: {kind: marks, title: Drugo, min: 2, max: 5, after: first}
        thresholds: [{of: first, at_least: 3}]
        """,
    )
    (found,) = reaches(rules)
    assert (found.of("it"), found.of("first"), found.of("total")) == ((0, 5), (0, 5), (0, 10))


def test_sections_and_total() -> None:
    rules = rulebook(
        FORM,
        """
        sections: {one: {title: Ena, max: 12, weight: 2}, two: {title: Dva}}
        criteria:
          a: {kind: marks, title: A, min: 1, max: 5, section: one}
          b: {kind: marks, title: B, max: 5, section: one}
          c: {kind: marks, title: C, max: 4, section: two}
          d: {kind: marks, title: D, max: 1}
        total: {factor: 1.25, round: 0}
        """,
    )
    (found,) = reaches(rules)
    assert (found.of("one"), found.of("two")) == ((2, 12), (0, 4))
    assert found.of("total") == (3, 21)  # 2.5 and 21.25, rounded


RULES = rulebook(
    FORM,
    """
    sections: {one: {title: Ena, max: 9}}
    criteria:
      a: {kind: bands, title: A, section: one, value: size, bands: [{to: 9, points: 1}, {from: 10, points: 4}], max: 4}
      b: {kind: per_unit, title: B, section: one, value: size, points: 1, unit: 4, count: exact, max: 6}
      c: {kind: choice, title: C, value: new, points: {"true": 3, "false": -1}, missing: 0, max: 3}
      d: {kind: formula, title: D, points: depth - size, max: 2, weight: 1.5, applies: kind == 'a'}
      e: {kind: marks, title: E, max: 5, weight: 2, round: 0, applies: size > 3}
    total: {factor: 1.1, round: 2}
    """,
)


@given(st.integers(0, 30), st.integers(-5, 40), st.sampled_from("abc"), st.none() | st.booleans(), st.integers(0, 5))
def test_no_points_lie_outside_of_the_range(size, depth, kind, new, mark) -> None:
    one = case(RULES, size=size, depth=depth, kind=kind, new=new)
    score = score_of(RULES, one, {("a", "e"): marks(mark)})
    (reach,) = [found for found in reaches(RULES) if found.group.facts["kind"] == kind]
    points = {"total": score.total} | {one.key: one.points for one in (*score.criteria, *score.sections)}
    for part, value in points.items():
        low, high = reach.of(part)
        assert (low is None or low <= value) and (high is None or value <= high), part
