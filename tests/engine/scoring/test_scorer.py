"""One application from its facts to its standing: dismissals, conditions, and independence of the others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import ConditionResult, Score, Standing
from razpis.engine.scoring.score import Incomplete, Late
from tests.engine.making import by_id, case, evaluated, local, marks, rulebook, said, score_of

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


def test_conditions_of_a_dismissed_application_are_not_tried() -> None:
    rules = rulebook(DEADLINE, FORM, "conditions: {ratio: {text: Dovolj, test: 100 / members > 2}}")
    assert scored(rules, "2026-03-21 00:00", members=0).standing is Standing.DISMISSED


def test_other_applications_of_the_applicant_are_counted() -> None:
    rules = rulebook(FORM, "criteria: {it: {kind: formula, title: Vsem, points: 10 * applicant_applications}}")
    both = [case(rules, id_, line=at, applicant="P", name="Društvo") for at, id_ in enumerate("ab", 2)]
    assert [line.score.total for line in evaluated(rules, both).lines] == [20, 20]


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
