"""One application from its facts to its standing: dismissals, conditions, sections, total, thresholds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.money import Number
from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import ConditionResult, CriterionScore, Score, SectionScore, Standing, ThresholdResult
from razpis.engine.scoring.score import Computed, Incomplete, Late, NotReached
from tests.engine.making import by_id, case, evaluated, local, marks, rulebook, said, score_of, third

FORM = """
fields:
  name: {type: text, label: Naziv}
  members: {type: integer, label: Člani, required: false}
  debts: {type: yes_no, label: Dolgovi, required: false}
"""


def scored(rules: Rulebook, submitted: str | None = None, **claims: Any) -> Score:
    return score_of(rules, case(rules, submitted=submitted, **({"name": "Društvo"} | claims)))


# Dismissals


DEADLINE = 'call: {title: Zgled, reference: R, year: 2026, deadline: "2026-03-20 12:00"}\n'


@pytest.mark.parametrize(
    ("submitted", "late"),
    [
        ("2026-03-20 11:59:59", False),
        ("2026-03-20 12:00", False),
        ("2026-03-20 12:00:01", True),
        ("2027-01-01 00:00", True),
    ],
)
def test_an_application_is_late_after_the_deadline_not_at_it(submitted: str, late: bool) -> None:
    score = scored(rulebook(DEADLINE, FORM), submitted)
    expected = (Late(local(submitted), local("2026-03-20 12:00")),) if late else ()
    assert score.dismissals == expected
    assert score.standing is (Standing.DISMISSED if late else Standing.RANKED)


def test_without_a_deadline_or_a_time_of_submission_nothing_is_late() -> None:
    assert scored(rulebook(FORM), "2099-01-01 00:00").standing is Standing.RANKED
    assert scored(rulebook(DEADLINE, FORM)).standing is Standing.RANKED


def test_late_and_incomplete_are_both_told_and_nothing_is_scored() -> None:
    rules = rulebook(
        DEADLINE,
        """
        fields:
          name: {type: text, label: Naziv}
          seat: {type: text, label: Sedež}
          phone: {type: text, label: Telefon, required: false}
        conditions: {here: {text: Tu, test: seat == 'Maribor'}}
        criteria: {it: {kind: formula, title: Vsem, points: 5}}
        """,
    )
    score = score_of(rules, case(rules, submitted="2026-03-21 00:00"))
    assert score.standing is Standing.DISMISSED
    assert score.dismissals == (
        Late(local("2026-03-21 00:00"), local("2026-03-20 12:00")),
        Incomplete(("name", "seat")),
    )
    assert (score.conditions, score.criteria, score.sections, score.total) == ((), (), (), None)


def test_an_empty_choice_or_no_is_an_answer() -> None:
    rules = rulebook(
        """
        fields:
          sure: {type: yes_no, label: Ali}
          access: {type: choices, label: Dostopnost, options: [a, b]}
          rooms: {type: integer, label: Prostori}
        """
    )
    assert score_of(rules, case(rules, sure=False, access=(), rooms=0)).standing is Standing.RANKED
    assert score_of(rules, case(rules, sure=False)).dismissals == (Incomplete(("access", "rooms")),)


# Conditions


CONDITIONS = """
conditions:
  enough: {text: Ima 30 članov, test: members >= 30}
  clean: {text: Nima dolgov, test: not debts}
  named: {text: Ima ime, test: "name != ''", failing: dismissed}
criteria: {it: {kind: formula, title: Vsem, points: 5}}
"""


@pytest.mark.parametrize(
    ("claims", "standing", "results"),
    [
        ({"members": 30, "debts": False}, Standing.RANKED, [(True, None)] * 3),
        ({"members": 29, "debts": False}, Standing.CONDITION_FAILED, [(False, None), (True, None), (True, None)]),
        ({"members": 29, "debts": True}, Standing.CONDITION_FAILED, [(False, None), (False, None), (True, None)]),
        (
            {"members": 29, "debts": True, "name": ""},
            Standing.DISMISSED,
            [(False, None), (False, None), (False, None)],
        ),
        ({"members": 30, "debts": False, "name": ""}, Standing.DISMISSED, [(True, None), (True, None), (False, None)]),
        ({"debts": False}, Standing.CONDITION_FAILED, [(False, "members"), (True, None), (True, None)]),
        ({}, Standing.CONDITION_FAILED, [(False, "members"), (False, "debts"), (True, None)]),
    ],
)
def test_every_condition_is_tried_and_the_formal_ones_dismiss(
    claims: dict[str, Any], standing: Standing, results: list[tuple[bool, str | None]]
) -> None:
    score = scored(rulebook(FORM, CONDITIONS), **claims)
    assert score.standing is standing
    assert score.conditions == tuple(
        ConditionResult(key, met, missing)
        for key, (met, missing) in zip(("enough", "clean", "named"), results, strict=True)
    )
    assert (score.total, len(score.criteria)) == ((5, 1) if standing is Standing.RANKED else (None, 0))


def test_a_condition_without_a_value_names_the_application_and_the_expression() -> None:
    rules = rulebook(FORM, "conditions: {ratio: {text: Dovolj, test: 100 / members > 2}}")
    with pytest.raises(Problems) as caught:
        scored(rules, members=0)
    assert said(caught.value.problems) == [
        "vloge.csv:2:1: vloga a, Dovolj: deljenje z nič v izrazu »100 / members > 2«; popravite podatek ali izraz"
    ]
    assert scored(rules, members=40).conditions == (ConditionResult("ratio", True, None),)


def test_a_criterion_without_a_value_names_the_application_and_the_expression() -> None:
    formula = rulebook(FORM, "criteria: {it: {kind: formula, title: Delež, points: 100 / members, missing: 0}}")
    with pytest.raises(Problems) as caught:
        scored(formula, members=0)
    assert [problem.line("en") for problem in caught.value.problems] == [
        "vloge.csv:2:1: application a, Delež: division by zero in '100 / members'; mend the fact or the expression"
    ]
    listed = rulebook(
        FORM,
        """
        criteria:
          it: {kind: checklist, title: Seznam, missing: 0, max: 1,
               items: [{text: t, when: 1 / members > 0, points: 1}]}
        """,
    )
    with pytest.raises(Problems) as caught:
        scored(listed, members=0)
    assert said(caught.value.problems) == [
        "vloge.csv:2:1: vloga a, Seznam: deljenje z nič v izrazu »it«; popravite podatek ali izraz"
    ]


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


# One alone


MIXED = """
conditions: {clean: {text: Nima dolgov, test: not debts}}
criteria:
  size: {kind: formula, title: Velikost, points: members / 7, missing: 1}
  quality: {kind: marks, title: Kakovost, max: 5}
thresholds: [{of: total, at_least: 2}]
"""


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 99), st.none() | st.booleans(), st.lists(st.integers(0, 5), max_size=3)),
        min_size=1,
        max_size=6,
    )
)
def test_scoring_one_application_does_not_depend_on_the_others(answers) -> None:
    rules = rulebook(FORM, MIXED)
    cases = [
        case(rules, f"v{at}", name="Društvo", members=members, debts=debts)
        for at, (members, debts, _) in enumerate(answers)
    ]
    given_marks = {(f"v{at}", "quality"): marks(*points) for at, (_, _, points) in enumerate(answers)}
    together = by_id(evaluated(rules, cases, given_marks))
    alone = {
        one.id: score_of(rules, one, {key: value for key, value in given_marks.items() if key[0] == one.id})
        for one in cases
    }
    assert {id_: line.score for id_, line in together.items()} == alone


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
