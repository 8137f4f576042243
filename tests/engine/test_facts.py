"""Facts: claims corrected by findings, in tables cell by cell, and what is derived from them."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from razpis.engine.cases import Finding
from razpis.engine.expressions import WHOLE, compile_expression
from razpis.engine.facts import Siblings, established, siblings, value_for
from razpis.engine.problems import Problems, Text
from tests.engine.making import case, rulebook, said

FORM = """
fields:
  members: {type: integer, label: Člani}
  local: {type: integer, label: Domači, required: false}
  staff:
    type: table
    label: Zaposleni
    required: false
    columns:
      who: {type: text, label: Kdo}
      hours: {type: integer, label: Ure}
derived:
  share: {label: Delež, value: local / members, unit: percent}
  twice: {label: Dvakrat, value: share * 2}
  hours: {label: Ure, value: sum(staff.hours)}
"""
STAFF = ({"who": "Ana", "hours": 10}, {"who": "Bor", "hours": 20})


def test_claims_stand_where_nothing_was_found_and_what_is_given_stands_beside_them() -> None:
    rules = rulebook('call: {title: T, reference: R, year: 2027, deadline: "2027-03-01 12:00"}\n', FORM)
    one = case(rules, lot="", applicant="P1", submitted="2027-02-28 23:30", members=8, local=2, staff=STAFF)
    assert established(rules, one) == {
        "members": 8,
        "local": 2,
        "staff": STAFF,
        "lot": "",
        "applicant": "P1",
        "submitted_at": datetime.date(2027, 2, 28),
        "call_year": 2027,
        "call_deadline": datetime.date(2027, 3, 1),
        "applicant_applications": 1,
        "applicant_number": 1,
        "share": Fraction(1, 4),
        "twice": Fraction(1, 2),
        "hours": 30,
    }


def test_without_a_deadline_or_a_time_these_facts_are_missing() -> None:
    rules = rulebook(FORM)
    facts = established(rules, case(rules, members=8, local=2, staff=STAFF))
    assert [facts[key] for key in ("submitted_at", "call_deadline", "applicant")] == [None, None, None]


def test_a_finding_replaces_the_claim_and_everything_derived_from_it() -> None:
    rules = rulebook(FORM)
    findings = [Finding("members", 4, "seznam članov"), Finding("local", 3, "isto")]
    one = case(rules, members=8, local=2, staff=STAFF, findings=findings)
    facts = established(rules, one)
    assert (facts["members"], facts["share"], facts["twice"]) == (4, Fraction(3, 4), Fraction(3, 2))
    assert one.claims["members"] == 8


def test_a_finding_corrects_one_cell_of_a_table_and_leaves_the_claim_alone() -> None:
    rules = rulebook(FORM)
    findings = [Finding("staff.2.hours", 5, "pogodba"), Finding("staff.1.who", "Anja", "izpis")]
    one = case(rules, members=8, local=2, staff=STAFF, findings=findings)
    facts = established(rules, one)
    assert facts["staff"] == ({"who": "Anja", "hours": 10}, {"who": "Bor", "hours": 5})
    assert facts["hours"] == 15
    assert one.claims["staff"] == ({"who": "Ana", "hours": 10}, {"who": "Bor", "hours": 20})


def test_a_finding_may_take_an_answer_away() -> None:
    rules = rulebook(FORM)
    facts = established(rules, case(rules, members=8, local=2, findings=[Finding("local", None, "ni dokazila")]))
    assert (facts["local"], facts["share"], facts["twice"], facts["hours"]) == (None, None, None, None)


def test_the_applications_of_one_applicant_are_counted_in_the_order_of_input() -> None:
    rules = rulebook(FORM)
    stated = [("a", 3, "P"), ("b", 1, "P"), ("c", 2, "Q"), ("d", 4, None), ("e", 5, None), ("f", 6, "P")]
    found = siblings([case(rules, id_, line=line, applicant=applicant) for id_, line, applicant in stated])
    assert found == {
        "a": Siblings(3, 2),
        "b": Siblings(3, 1),
        "c": Siblings(1, 1),
        "d": Siblings(1, 1),
        "e": Siblings(1, 1),
        "f": Siblings(3, 3),
    }
    facts = established(rules, case(rules, members=1), found["f"])
    assert (facts["applicant_applications"], facts["applicant_number"]) == (3, 3)


def test_an_expression_without_a_value_is_a_problem_of_its_application() -> None:
    rules = rulebook(FORM)
    one = case(rules, "17", line=4, members=8)
    expression = compile_expression("10 / members", {"members": WHOLE})
    assert value_for(one, Text("Del", "Part"), expression, {"members": 4}) == Fraction(5, 2)
    for value, why in ((0, "deljenje z nič"), (None, "podatek »members« ni izpolnjen")):
        with pytest.raises(Problems) as caught:
            value_for(one, Text("Del", "Part"), expression, {"members": value})
        assert said(caught.value.problems) == [
            f"vloge.csv:5:1: vloga 17, Del: {why} v izrazu »10 / members«; popravite podatek ali izraz"
        ]


def test_what_is_derived_from_a_missing_fact_is_missing() -> None:
    rules = rulebook(FORM)
    facts = established(rules, case(rules, members=0))
    assert (facts["share"], facts["twice"], facts["hours"]) == (None, None, None)


def test_a_derived_fact_without_a_value_names_the_application_the_fact_and_the_expression() -> None:
    rules = rulebook(FORM)
    with pytest.raises(Problems) as caught:
        established(rules, case(rules, "17", line=4, members=0, local=1))
    assert said(caught.value.problems) == [
        "vloge.csv:5:1: vloga 17, Delež: deljenje z nič v izrazu »local / members«; popravite podatek ali izraz"
    ]
    assert [problem.line("en") for problem in caught.value.problems] == [
        "vloge.csv:5:1: application 17, Delež: division by zero in 'local / members'; mend the fact or the expression"
    ]
