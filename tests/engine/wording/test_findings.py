"""Grounds of dismissal, corrected answers and conditions in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.cases import Finding
from razpis.engine.problems import Language
from razpis.engine.trace import ConditionTrace, Correction
from tests.engine.making import rulebook
from tests.engine.wording.telling import firm, told

FORM = """
call: {title: Zgled, reference: R, year: 2026, deadline: "2026-03-20 12:00"}
fields:
  name: {type: text, label: {sl: Naziv, en: Name}}
  seat: {type: text, label: {sl: Sedež, en: Seat}}
  members: {type: integer, label: {sl: Število članov, en: Members}, required: false}
  cost: {type: euro, label: {sl: Stroški, en: Costs}, required: false}
  own: {type: percent, label: {sl: Lastni delež, en: Own share}, required: false}
  since: {type: date, label: {sl: Ustanovljeno, en: Founded}, required: false}
  status:
    type: choice
    label: {sl: Status, en: Status}
    required: false
    options: {hum: {sl: humanitarna organizacija, en: humanitarian organisation}, none: {sl: brez, en: none}}
  access:
    type: choices
    label: {sl: Dostopnost, en: Accessibility}
    required: false
    options: {chair: {sl: za vozičke, en: by wheelchair}, late: {sl: po 17. uri, en: after 5 p.m.}}
  signed: {type: yes_no, label: {sl: Podpisano, en: Signed}, required: false}
  staff:
    type: table
    label: {sl: Zaposleni, en: Staff}
    required: false
    columns:
      pay: {type: euro, label: {sl: plača, en: pay}, required: false}
      grade: {type: choice, label: {sl: razred, en: grade}, options: {a: {sl: prvi, en: first}, b: {sl: drugi, en: second}}}
      hours: {type: integer, label: {sl: ure, en: hours}}
derived:
  per_member: {label: {sl: Stroški na člana, en: Costs per member}, value: cost / members, unit: euro}
"""
GIVEN = {"name": "Društvo", "seat": "Maribor"}


# Dismissals


@pytest.mark.parametrize(
    ("language", "late", "incomplete"),
    [
        (
            "sl",
            "Vloga je prepozna (oddana: 20.~marec~2026 ob~12.00.01; rok: 20.~marec~2026 ob~12.00).",
            "Vloga ni popolna, manjkajoči podatki: »Naziv«, »Sedež«.",
        ),
        (
            "en",
            "The application is late (submitted: 20~March~2026 at~12:00:01; deadline: 20~March~2026 at~12:00).",
            "The application is incomplete, not given: 'Name', 'Seat'.",
        ),
    ],
)
def test_formal_grounds_are_told_and_are_the_reasons_of_the_dismissal(
    language: Language, late: str, incomplete: str
) -> None:
    found = told(rulebook(FORM), None, language, {"submitted": "2026-03-20 12:00:01"})
    assert found.dismissals == found.refusal == (firm(late), incomplete)
    assert found.summary == {"sl": "Zavrženo.", "en": "Dismissed."}[language]
    assert (found.criteria, found.total, found.place, found.amount) == ((), "", "", ())


# Corrections


@pytest.mark.parametrize(
    ("finding", "claims", "slovenian", "english"),
    [
        (Finding("members", 27, "seznam"), {"members": 2400}, ("Število članov", "2.400", "27"), ("Members", "2,400", "27")),
        (
            Finding("cost", 5600, "račun"),
            {"cost": Fraction(840050, 100)},
            ("Stroški", "8.400,50~EUR", "5.600,00~EUR"),
            ("Costs", "8,400.50~EUR", "5,600.00~EUR"),
        ),
        (Finding("own", Fraction(25, 2), "račun"), {"own": 30}, ("Lastni delež", "30~%", "12,5~%"), ("Own share", "30%", "12.5%")),
        (
            Finding("status", "none", "razvid"),
            {"status": "hum"},
            ("Status", "humanitarna organizacija", "brez"),
            ("Status", "humanitarian organisation", "none"),
        ),
        (
            Finding("access", (), "ogled"),
            {"access": ("late", "chair")},
            ("Dostopnost", "po 17. uri; za vozičke", "nič"),
            ("Accessibility", "after 5 p.m.; by wheelchair", "none"),
        ),
        (Finding("signed", False, "podpis"), {"signed": True}, ("Podpisano", "da", "ne"), ("Signed", "yes", "no")),
        (Finding("name", "Zveza", "register"), {}, ("Naziv", "Društvo", "Zveza"), ("Name", "Društvo", "Zveza")),
        (Finding("members", 5, "seznam"), {}, ("Število članov", "ni podatka", "5"), ("Members", "not given", "5")),
        (
            Finding("staff.2.pay", 900, "pogodba"),
            {"staff": ({"pay": 1, "grade": "a", "hours": 1}, {"pay": 1000, "grade": "a", "hours": 1})},
            ("Zaposleni, 2. vrstica, plača", "1.000,00~EUR", "900,00~EUR"),
            ("Staff, row 2, pay", "1,000.00~EUR", "900.00~EUR"),
        ),
        (
            Finding("staff.1.grade", "b", "pogodba"),
            {"staff": ({"pay": 1, "grade": "a", "hours": 1},)},
            ("Zaposleni, 1. vrstica, razred", "prvi", "drugi"),
            ("Staff, row 1, grade", "first", "second"),
        ),
        (
            Finding("staff.1.hours", 2, "pogodba"),
            {"staff": ({"pay": 1, "grade": "a", "hours": 1},)},
            ("Zaposleni, 1. vrstica, ure", "1", "2"),
            ("Staff, row 1, hours", "1", "2"),
        ),
    ],
)  # fmt: skip
def test_a_correction_shows_claim_and_established_value(
    finding: Finding, claims: dict[str, Any], slovenian: tuple[str, str, str], english: tuple[str, str, str]
) -> None:
    rules = rulebook(FORM)
    for language, (label, claim, established) in (("sl", slovenian), ("en", english)):
        found = told(rules, None, language, {"findings": [finding]}, **(GIVEN | claims))
        assert found.corrections == (Correction(label, firm(claim), firm(established), finding.reason),)


def test_a_finding_that_confirms_the_claim_is_no_correction() -> None:
    found = told(rulebook(FORM), None, "sl", {"findings": [Finding("members", 5, "potrjeno")]}, **GIVEN, members=5)
    assert found.corrections == ()


# Conditions


def condition(test: str, language: Language = "sl", case_: Any = None, **claims: Any) -> ConditionTrace:
    words = "text: {sl: Pogoj, en: Condition}, article: 4. člen"
    rules = rulebook(FORM, f'conditions: {{c: {{{words}, test: "{test}"}}}}')
    return told(rules, None, language, case_, **GIVEN, **claims).conditions[0]


@pytest.mark.parametrize(
    ("test", "claims", "met", "finding"),
    [
        ("members >= 30", {"members": 34}, True, "Število članov: 34"),
        ("signed", {"signed": False}, False, "Podpisano: ne"),
        ("not signed", {"signed": False}, True, "Podpisano: ne"),
        ("status == 'hum' or members > 3", {"status": "none", "members": 2}, False, "Število članov: 2; Status: brez"),
        ("'chair' in access", {"access": ("chair", "late")}, True, "Dostopnost: za vozičke; po 17. uri"),
        ("per_member <= 10", {"members": 4, "cost": 50}, False, "Stroški na člana: 50 / 4 = 12,50~EUR"),
        ("members >= 30", {}, False, "Število članov: ni podatka"),
        ("signed if answered(signed) else false", {}, False, "Podpisano: ni podatka"),
        ("since < call_deadline", {"since": None}, False, "zadnji dan roka: 20.~marec~2026; Ustanovljeno: ni podatka"),
        ("call_year == 2026", {}, True, "leto razpisa: 2026"),
        (
            "sum(staff.hours) >= 30",
            {"staff": ({"pay": 1, "grade": "a", "hours": 9}, {"pay": 1, "grade": "a", "hours": 20})},
            False,
            "Zaposleni: 2 vrstici; vsota (9; 20) ≥ 30",
        ),
        ("sum(staff.pay) >= 30", {"staff": ({"pay": None, "grade": "a", "hours": 9},)}, False, "Zaposleni: 1 vrstica"),
    ],
)
def test_a_condition_names_the_facts_it_read(test: str, claims: dict[str, Any], met: bool, finding: str) -> None:
    assert condition(test, **claims) == ConditionTrace("c", "Pogoj", "4. člen", met, firm(finding))


def test_the_reason_of_a_finding_follows_the_fact() -> None:
    found = condition("members >= 30", case_={"findings": [Finding("members", 9, "Seznam ima 9 imen.")]}, members=40)
    assert found.finding == "Število članov: 9. Seznam ima 9 imen."


def test_facts_of_the_procedure_have_names_too() -> None:
    asked = FORM.replace("en: Costs}, required: false", "en: Costs}")
    rules = rulebook(
        asked,
        """
        lots: {A: {title: {sl: Prvi sklop, en: First lot}, amount: 1}, B: {amount: 1}}
        allocation: {request: cost}
        conditions:
          lot: {text: P, test: "lot == 'A'"}
          who: {text: P, test: "applicant == 'P1'"}
          when: {text: P, test: submitted_at > '2026-01-01'}
        """,
    )
    stated = {"lot": "A", "applicant": "P1", "submitted": "2026-03-01 10:00"}
    assert [one.finding for one in told(rules, None, "sl", stated, **GIVEN, cost=1).conditions] == [
        "sklop: Prvi sklop",
        "prijavitelj: P1",
        firm("dan oddaje: 1.~marec~2026"),
    ]
    assert [one.finding for one in told(rules, None, "en", stated | {"lot": "B"}, **GIVEN, cost=1).conditions] == [
        "lot: B",
        "applicant: P1",
        firm("day of submission: 1~March~2026"),
    ]


@pytest.mark.parametrize(
    ("members", "signed", "summary", "english"),
    [
        (9, True, "Zavrnjeno: pogoj ni izpolnjen.", "Refused: a condition is not met."),
        (9, False, "Zavrnjeno: pogoja nista izpolnjena.", "Refused: 2 conditions are not met."),
        (4, False, "Zavrnjeno: pogoji niso izpolnjeni.", "Refused: 3 conditions are not met."),
    ],
)
def test_a_refusal_names_every_condition_that_is_not_met(
    members: int, signed: bool, summary: str, english: str
) -> None:
    rules = rulebook(
        FORM,
        """
        conditions:
          ten: {text: {sl: Ima deset članov, en: Has ten members}, test: members >= 10, article: {sl: 4. člen, en: Article 4}}
          signed: {text: {sl: Izjava je podpisana, en: The statement is signed}, test: signed}
          five: {text: Ima pet članov, test: members >= 5}
        """,
    )
    claims = GIVEN | {"members": members, "signed": signed}
    found = told(rules, **claims)
    assert found.summary == summary
    assert (
        found.refusal
        == (
            f"Pogoj »Ima deset članov« (4. člen) ni izpolnjen. Število članov: {members}.",
            "Pogoj »Izjava je podpisana« ni izpolnjen. Podpisano: ne.",
            "Pogoj »Ima pet članov« ni izpolnjen. Število članov: 4.",
        )[: {9: 1 + (not signed), 4: 3}[members]]
    )
    in_english = told(rules, None, "en", **claims)
    assert (in_english.summary, in_english.refusal[0]) == (
        english,
        f"The condition 'Has ten members' (Article 4) is not met. Members: {members}.",
    )
