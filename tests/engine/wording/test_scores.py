"""Grounds, corrections, conditions, sections, totals and thresholds in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.cases import Finding
from razpis.engine.problems import Language
from razpis.engine.trace import ConditionTrace, Correction, SectionTrace, ThresholdTrace
from tests.engine.making import marks, rulebook
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
        ("per_member <= 10", {"members": 4, "cost": 50}, False, "Stroški na člana: 12,50~EUR"),
        ("members >= 30", {}, False, "Število članov: ni podatka"),
        ("signed if answered(signed) else false", {}, False, "Podpisano: ni podatka"),
        ("since < call_deadline", {"since": None}, False, "zadnji dan roka: 20.~marec~2026; Ustanovljeno: ni podatka"),
        ("call_year == 2026", {}, True, "leto razpisa: 2026"),
        (
            "sum(staff.hours) >= 30",
            {"staff": ({"pay": 1, "grade": "a", "hours": 9}, {"pay": 1, "grade": "a", "hours": 20})},
            False,
            "Zaposleni: 2 vrstici; vsota ([9; 20]) ≥ 30",
        ),
        ("sum(staff.pay) >= 30", {"staff": ({"pay": None, "grade": "a", "hours": 9},)}, False, "Zaposleni: 1 vrstica"),
    ],
)
def test_a_condition_names_the_facts_it_read(test: str, claims: dict[str, Any], met: bool, finding: str) -> None:
    assert condition(test, **claims) == ConditionTrace("c", "Pogoj", "4. člen", met, firm(finding))


def test_the_reason_of_a_finding_follows_the_fact() -> None:
    found = condition("members >= 30", case_={"findings": [Finding("members", 9, "Seznam ima 9 imen.")]}, members=40)
    assert found.finding == "Število članov: 9 – Seznam ima 9 imen."


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
            f"Pogoj »Ima deset članov« (4. člen) ni izpolnjen (Število članov: {members}).",
            "Pogoj »Izjava je podpisana« ni izpolnjen (Podpisano: ne).",
            "Pogoj »Ima pet članov« ni izpolnjen (Število članov: 4).",
        )[: {9: 1 + (not signed), 4: 3}[members]]
    )
    in_english = told(rules, None, "en", **claims)
    assert (in_english.summary, in_english.refusal[0]) == (
        english,
        f"The condition 'Has ten members' (Article 4) is not met (Members: {members}).",
    )


# Sections and the total


def summed(section: str, points: str, language: Language = "sl") -> SectionTrace:
    rules = rulebook(
        FORM,
        f"sections: {{half: {{title: Polovica{section}}}}}",
        f"criteria: {{it: {{kind: formula, title: Merilo, points: {points}, section: half}}}}",
    )
    return told(rules, None, language, **GIVEN).sections[0]


@pytest.mark.parametrize(
    ("section", "points", "slovenian", "english"),
    [
        ("", "2", "Polovica: 2~točki", "Polovica: 2~points"),
        (", max: 50", "17.5", "Polovica: 17,5 od 50~točk", "Polovica: 17.5 of 50~points"),
        (", weight: 1.5", "4", "Polovica: 6~točk (4 × 1,5)", "Polovica: 6~points (4 × 1.5)"),
        (
            ", weight: 2, max: 50",
            "50.5",
            "Polovica: 50 od 50~točk (50,5 × 2); skupaj 101~točka, upošteva se največ 50",
            "Polovica: 50 of 50~points (50.5 × 2); 101~points in all, at most 50 counted",
        ),
        (
            ", max: 1",
            "3",
            "Polovica: 1 od 1~točke; skupaj 3~točke, upošteva se največ 1",
            "Polovica: 1 of 1~point; 3~points in all, at most 1 counted",
        ),
    ],
)
def test_a_section_shows_weight_and_cap_where_they_count(
    section: str, points: str, slovenian: str, english: str
) -> None:
    assert summed(section, points).sentence == firm(slovenian)
    assert summed(section, points, "en").sentence == firm(english)


def test_the_trace_of_a_section_is_exact() -> None:
    assert summed(", max: 50", "100 / 3") == SectionTrace(
        "half", "Polovica", Fraction(100, 3), 50, firm("Polovica: ≈~33,3333 od 50~točk")
    )
    assert summed("", "1").maximum is None


@pytest.mark.parametrize(
    ("total", "slovenian", "english"),
    [
        ("{}", "Skupaj: 3~točke", "Total: 3~points"),
        ("{max: 200}", "Skupaj: 3 od 200~točk", "Total: 3 of 200~points"),
        ("{max: 101}", "Skupaj: 3 od 101~točke", "Total: 3 of 101~points"),
    ],
)
def test_the_total_is_told_of_its_maximum(total: str, slovenian: str, english: str) -> None:
    most = {"{max: 101}": 101}.get(total, 200)
    criterion = f"{{kind: per_unit, title: Merilo, value: members, points: 1, missing: 0, max: {most}}}"
    rules = rulebook(FORM, f"criteria: {{it: {criterion}}}", f"total: {total}")
    found = [told(rules, None, language, **GIVEN, members=3).total for language in ("sl", "en")]
    assert found == [firm(slovenian), firm(english)]


# Thresholds


def threshold(stated: str, members: int, language: Language = "sl") -> ThresholdTrace:
    rules = rulebook(
        FORM,
        "sections: {half: {title: Polovica}}",
        "criteria: {it: {kind: formula, title: Merilo, points: members, missing: 0, section: half}}",
        f"thresholds: [{{{stated}}}]",
    )
    return told(rules, None, language, **GIVEN, members=members).thresholds[0]


@pytest.mark.parametrize(
    ("stated", "members", "met", "need", "sentence"),
    [
        ("of: total, at_least: 60", 60, True, "najmanj 60~točk", "skupaj: najmanj 60~točk, doseženo 60"),
        ("of: total, at_least: 60", 59, False, "najmanj 60~točk", "skupaj: najmanj 60~točk, doseženo 59; do praga manjka 1~točka"),
        ("of: half, at_least: 60", 58, False, "najmanj 60~točk", "Polovica: najmanj 60~točk, doseženo 58; do praga manjkata 2~točki"),
        ("of: it, at_least: 60", 57, False, "najmanj 60~točk", "Merilo: najmanj 60~točk, doseženo 57; do praga manjkajo 3~točke"),
        ("of: total, at_least: 60", 50, False, "najmanj 60~točk", "skupaj: najmanj 60~točk, doseženo 50; do praga manjka 10~točk"),
        (
            "of: total, at_least: 17.5, article: 12. člen",
            17,
            False,
            "najmanj 17,5~točke",
            "skupaj: najmanj 17,5~točke, doseženo 17; do praga manjka 0,5~točke (12. člen)",
        ),
        ("of: total, at_least: 1", 1, True, "najmanj 1~točko", "skupaj: najmanj 1~točko, doseženo 1"),
        ("of: total, more_than: 60", 61, True, "več kot 60~točk", "skupaj: več kot 60~točk, doseženo 61"),
        ("of: total, more_than: 60", 60, False, "več kot 60~točk", "skupaj: več kot 60~točk, doseženo 60; prag mora biti presežen"),
        ("of: total, more_than: 60", 56, False, "več kot 60~točk", "skupaj: več kot 60~točk, doseženo 56; do praga manjkajo 4~točke"),
    ],
)  # fmt: skip
def test_a_threshold_says_what_is_missing(stated: str, members: int, met: bool, need: str, sentence: str) -> None:
    title = {"total": "skupaj", "half": "Polovica", "it": "Merilo"}[stated.split(",")[0].removeprefix("of: ")]
    assert threshold(stated, members) == ThresholdTrace(title, firm(need), firm(sentence), met)


def test_thresholds_in_english() -> None:
    assert threshold("of: total, at_least: 60", 59, "en").sentence == firm(
        "total: at least 60~points, reached 59; 1~point short"
    )
    assert threshold("of: total, more_than: 60", 60, "en").sentence == firm(
        "total: more than 60~points, reached 60; the threshold must be exceeded"
    )


def test_below_a_threshold_each_one_missed_is_a_reason() -> None:
    rules = rulebook(
        FORM,
        "criteria: {it: {kind: formula, title: Merilo, points: members, missing: 0}}",
        "thresholds: [{of: total, at_least: 60}, {of: it, at_least: 5}, {of: it, more_than: 7}]",
    )
    found = told(rules, **GIVEN, members=5)
    assert found.summary == "Zavrnjeno: vloga ne doseže praga."
    assert found.refusal == (
        firm("Vloga ne doseže praga – skupaj: najmanj 60~točk, doseženo 5; do praga manjka 55~točk."),
        firm("Vloga ne doseže praga – Merilo: več kot 7~točk, doseženo 5; do praga manjkata 2~točki."),
    )
    in_english = told(rules, None, "en", **GIVEN, members=5)
    assert (in_english.summary, in_english.refusal[0]) == (
        "Refused: below the threshold.",
        firm("The application is below the threshold – total: at least 60~points, reached 5; 55~points short."),
    )


def test_what_is_not_scored_yet_says_what_it_waits_for() -> None:
    rules = rulebook(
        FORM,
        "commission: {minimum_marks: 2}",
        "criteria: {it: {kind: marks, title: Merilo, max: 5, discrepancy: {points: 1, then: agreed}}}",
    )
    few = told(rules, {("a", "it"): marks(3)}, **GIVEN)
    assert (few.summary, few.refusal, few.total, few.place) == ("Še ni ocenjeno: ocen je premalo.", (), "", "")
    apart = told(rules, {("a", "it"): marks(0, 5)}, **GIVEN)
    assert apart.summary == "Še ni ocenjeno: ocene se preveč razhajajo."
    assert told(rules, {("a", "it"): marks(3)}, "en", **GIVEN).summary == "Not scored yet: there are too few marks."
