"""Effective weights, worked by hand and against the engine's own scoring."""

from __future__ import annotations

from fractions import Fraction

from razpis.engine.rulebook.weights import Weight, ranks_apart, weights
from tests.engine.making import by_id, case, evaluated, marks, rulebook

FORM = """
fields:
  size: {type: integer, label: V, min: 0, max: 30}
  kind: {type: choice, label: O, options: [a, b]}
"""


def test_a_cap_makes_criteria_count_less_at_the_top() -> None:
    """15 + 10 points in a section of 20, doubled first: 30 and 20 capped at 40; 10 beside it."""
    rules = rulebook(
        FORM,
        """
        sections: {one: {title: Ena, max: 40, weight: 2}}
        criteria:
          a: {kind: marks, title: A, max: 5, weight: 3, section: one}
          b: {kind: marks, title: B, min: 2, max: 10, section: one}
          c: {kind: marks, title: C, max: 10}
        """,
    )
    assert weights(rules) == (
        Weight("a", 30, 60, 20, 30, 60),
        Weight("b", 20, 40, 6, 20, 40),
        Weight("c", 10, 20, 10, 10, 20),
    )
    assert not ranks_apart(rules)


def test_a_malus_takes_and_never_gives() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          a: {kind: marks, title: A, max: 10}
          late: {kind: choice, title: B, value: kind, points: {a: 0, b: -4}, max: 0}
        """,
    )
    assert weights(rules) == (Weight("a", 10, 100, 10, 10, 100), Weight("late", 0, 0, 4, 0, 0))


def test_without_a_known_maximum_there_is_no_weight() -> None:
    rules = rulebook(
        "fields: {size: {type: integer, label: V}}",
        """
        criteria:
          a: {kind: formula, title: A, points: size}
          b: {kind: marks, title: B, max: 10}
        """,
    )
    assert weights(rules) == (Weight("a", None, None, None, None, None), Weight("b", 10, None, None, 10, None))


def test_without_points_there_are_no_shares() -> None:
    rules = rulebook(FORM, "criteria: {a: {kind: marks, title: A, max: 10, weight: 0}}")
    assert weights(rules) == (Weight("a", 0, None, 0, 0, None),)


def test_the_ranking_may_weigh_otherwise() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          a: {kind: marks, title: A, max: 5}
          b: {kind: marks, title: B, max: 5, weight: 0, ranking_weight: 1.5, round: 0}
          c: {kind: marks, title: C, max: 4, applies: kind == 'a' and kind == 'b', ranking_weight: 2}
        """,
    )
    assert ranks_apart(rules)
    assert weights(rules) == (
        Weight("a", 5, 100, 5, 5, Fraction(500, 13)),
        Weight("b", 0, 0, 0, 8, Fraction(800, 13)),
        Weight("c", 0, 0, 0, 0, 0),
    )


def test_of_several_groups_the_one_that_reaches_most_counts() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          a: {kind: marks, title: A, max: 10}
          b: {kind: marks, title: B, max: 10, applies: kind == 'a'}
          c: {kind: marks, title: C, max: 30, applies: kind == 'b'}
        """,
    )
    assert [(one.key, one.alone, one.share) for one in weights(rules)] == [("a", 10, 25), ("b", 10, 50), ("c", 30, 75)]


def test_the_weights_are_what_scoring_gives() -> None:
    """Full marks in one criterion alone, and all but one, scored by the engine."""
    rules = rulebook(
        FORM,
        """
        sections: {one: {title: Ena, max: 15, weight: 1.5}}
        criteria:
          a: {kind: marks, title: A, max: 5, weight: 2, section: one}
          b: {kind: marks, title: B, max: 4, section: one}
          c: {kind: marks, title: C, max: 10, weight: 0.5}
        """,
    )
    full = {"a": 5, "b": 4, "c": 10}
    given = {}
    for key in full:
        given |= {(f"alone_{key}", one): marks(full[one] if one == key else 0) for one in full}
        given |= {(f"without_{key}", one): marks(0 if one == key else full[one]) for one in full}
        given |= {("full", one): marks(full[one]) for one in full}
    entrants = [case(rules, id_, size=1, kind="a") for id_ in dict.fromkeys(id_ for id_, _ in given)]
    totals = {id_: line.score.total for id_, line in by_id(evaluated(rules, entrants, given)).items()}
    for one in weights(rules):
        assert one.alone == totals[f"alone_{one.key}"]
        assert one.among_full == totals["full"] - totals[f"without_{one.key}"]
        assert one.share == Fraction(one.alone * 100, totals["full"])


READING = """
sections: {base: {title: Osnova, max: 24}}
criteria:
  visitors: {kind: marks, title: Udeleženci, max: 12, section: base}
  tradition: {kind: marks, title: Tradicija, min: 2, max: 8, section: base}
  access: {kind: marks, title: Dostopnost, max: 6, section: base}
  young: {kind: formula, title: Dodatek, points: "0.1 * points_base if kind == 'a' else 0", max: 2.4, ranking_weight: 2}
  some: {kind: formula, title: Delež, points: points_visitors / 4 + size, max: 5, applies: kind == 'a'}
  none: {kind: formula, title: Nikoli, points: points_visitors, max: 9, applies: kind == 'a' and kind == 'b'}
"""


def test_what_is_computed_from_points_goes_with_them() -> None:
    """A tenth of a section of 26 capped at 24, and a quarter of 12 with at most 30 beside it, capped at 5."""
    found = {one.key: one for one in weights(rulebook(FORM, READING))}
    assert {key: (one.alone, one.among_full) for key, one in found.items()} == {
        "visitors": (12, 11),
        "tradition": (8, Fraction(44, 10)),
        "access": (6, Fraction(44, 10)),
        "young": (0, Fraction(24, 10)),
        "some": (5, 5),
        "none": (0, 0),
    }
    assert (found["young"].ranking, found["access"].ranking) == (0, 6)


def test_what_is_lost_with_points_others_read_is_what_scoring_gives() -> None:
    rules = rulebook(FORM, READING.replace("/ 4 + size", "/ 4"))
    full = {"visitors": 12, "tradition": 8, "access": 6}
    given = {("full", one): marks(most) for one, most in full.items()}
    for key in full:
        least = 2 if key == "tradition" else 0
        given |= {(key, one): marks(least if one == key else most) for one, most in full.items()}
    entrants = [case(rules, id_, size=0, kind="a") for id_ in dict.fromkeys(id_ for id_, _ in given)]
    totals = {id_: line.score.total for id_, line in by_id(evaluated(rules, entrants, given)).items()}
    lost = {one.key: one.among_full for one in weights(rules)}
    assert {key: totals["full"] - totals[key] for key in full} == {key: lost[key] for key in full}


def test_points_times_a_number_without_an_end_are_none_where_there_are_no_points() -> None:
    rules = rulebook(
        "fields: {size: {type: integer, label: V}}",
        """
        criteria:
          a: {kind: marks, title: A, max: 10}
          b: {kind: formula, title: B, points: points_a * size, max: 4}
        """,
    )
    assert [(one.alone, one.among_full) for one in weights(rules)] == [(10, 14), (0, None)]
