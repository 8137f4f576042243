"""Findings: values by the field's type, one for each answer, each with its reason."""

from __future__ import annotations

import datetime
from fractions import Fraction

from razpis.engine.cases import Case, Finding
from razpis.engine.facts import established
from razpis.engine.problems import Place
from razpis.intake import Read, read_findings
from tests.intake.factories import rulebook, said, told, written

HEADER = "application;field;value;reason"
RULES = rulebook(table=True)
CLAIMS = dict.fromkeys(RULES.fields) | {"name": "Ime", "members": 30, "requested": 500}
STAFF = ({"person": "Ana", "hours": 3, "pay": None}, {"person": "Bor", "hours": 4, "pay": 7})
CASES = [
    Case("V1", 1, Place("v.json", 1, 1), "", None, None, CLAIMS | {"staff": STAFF}),
    Case("V2", 2, Place("v.json", 2, 1), "", None, None, CLAIMS),
]


def findings(rows: str) -> Read:
    return read_findings(written(f"{HEADER}\n{rows}", "ugotovitve.csv"), RULES, CASES)


def wrong(rows: str) -> list[str]:
    return said(lambda: findings(rows))


def test_findings_are_attached_to_their_applications() -> None:
    rows = """V1;members;25;pet članov ni iz občine
V1;staff.2.hours;0;ni delal
V1;staff.1.pay;1.234,50;po pogodbi
V1;groups;old|ill;mladih ni
V2;founded;4. 5. 2020;po registru
"""
    found = findings(rows)
    assert found.warnings == ()
    assert [case.findings for case in found.value] == [
        (
            Finding("members", 25, "pet članov ni iz občine"),
            Finding("staff.2.hours", 0, "ni delal"),
            Finding("staff.1.pay", Fraction(2469, 2), "po pogodbi"),
            Finding("groups", ("old", "ill"), "mladih ni"),
        ),
        (Finding("founded", datetime.date(2020, 5, 4), "po registru"),),
    ]
    assert [case.claims for case in found.value] == [case.claims for case in CASES]
    facts = established(RULES, found.value[0])
    assert (facts["members"], facts["staff"][1]["hours"], facts["per_member"]) == (25, 0, 20)


def test_earlier_findings_stay() -> None:
    first = findings("V1;members;25;a").value
    path = written(f"{HEADER}\nV1;requested;400;b", "ugotovitve.csv")
    assert read_findings(path, RULES, first).value[0].findings == (
        Finding("members", 25, "a"),
        Finding("requested", 400, "b"),
    )


def test_no_findings_change_nothing() -> None:
    assert findings("") == Read(tuple(CASES))


def test_a_blank_value_establishes_nothing() -> None:
    found = findings("V1;founded;;ni dokazila\nV1;staff.2.pay;;ni dokazila")
    assert found.warnings == ()
    assert found.value[0].findings == (
        Finding("founded", None, "ni dokazila"),
        Finding("staff.2.pay", None, "ni dokazila"),
    )


def test_a_required_answer_taken_away_is_announced() -> None:
    found = findings("V2;members;;ni dokazila")
    assert found.value[1].findings == (Finding("members", None, "ni dokazila"),)
    assert [warning.line() for warning in found.warnings] == [
        "ugotovitve.csv:2:12: opozorilo: value: »members« je obvezen podatek; brez ugotovljene vrednosti vloga »V2« ni "
        "popolna"
    ]


def test_values_are_read_by_the_type_of_their_field() -> None:
    assert wrong(
        "V1;members;veliko;a\nV1;requested;1.500;a\nV2;area;helth;a\nV1;staff.1.hours;-1;a\nV1;staff.2.hours;;a"
    ) == [
        "ugotovitve.csv:2:12: value: »veliko« ni celo število; zapišite ga samo s števkami, na primer 12",
        "ugotovitve.csv:3:14: value: znesek 1.500 je dvoumen: zapišite 1500,00 ali 1,50",
        "ugotovitve.csv:4:9: value: »helth« ni med možnostmi (social, health) – ste mislili »health«?",
        "ugotovitve.csv:5:18: value: -1 je premalo; dovoljeno je najmanj 0",
        "ugotovitve.csv:6:18: value: celica je prazna, stolpec pa je obvezen; vpišite vrednost ali v pravilih dodajte "
        "»required: false«",
    ]


def test_every_finding_needs_a_reason() -> None:
    assert wrong("V1;members;25;") == [
        "ugotovitve.csv:2:15: reason: manjka obrazložitev; brez nje odločitve ni mogoče preizkusiti"
    ]


def test_one_answer_has_one_finding() -> None:
    assert wrong("V1;members;25;a\nV2;members;25;a\nV1;members;25;b\nV1;staff.1.hours;1;a\nV1;staff.2.hours;1;a") == [
        "ugotovitve.csv:4:4: field: o »members« te vloge je ugotovitev že v vrstici 2; eno odstranite"
    ]


def test_fields_that_are_none_are_told_with_what_to_do() -> None:
    rows = """V1;mebers;1;a
V1;per_member;1;a
V1;lot;1;a
V1;submitted_at;1;a
V1;staff;1;a
V1;staff.1;1;a
V1;staff.1.hous;1;a
V1;staff.x.hours;1;a
V1;staff.0.hours;1;a
V1;staff.3.hours;1;a
V2;staff.1.hours;1;a
V1;members.1.x;1;a
V1;;1;a
V9;members;1;a
V9;staff.9.hours;1;a"""
    columns = "v tabeli »staff« se popravi ena celica: staff.1.person (stolpci: person, hours, pay)"
    assert wrong(rows) == [
        "ugotovitve.csv:2:4: field: podatka »mebers« v obrazcu ni – ste mislili »members«?",
        "ugotovitve.csv:3:4: field: »per_member« se izračuna in se ne popravlja; popravite podatke, iz katerih sledi "
        "(members, requested)",
        "ugotovitve.csv:4:4: field: »lot« ni odgovor v obrazcu; popravite ga v datoteki z vlogami",
        "ugotovitve.csv:5:4: field: »submitted_at« ni odgovor v obrazcu; popravite ga v datoteki z vlogami",
        f"ugotovitve.csv:6:4: field: {columns}",
        f"ugotovitve.csv:7:4: field: {columns}",
        f"ugotovitve.csv:8:4: field: {columns} – ste mislili »hours«?",
        "ugotovitve.csv:9:4: field: »x« ni številka vrstice; vrstice se štejejo od 1",
        "ugotovitve.csv:10:4: field: »0« ni številka vrstice; vrstice se štejejo od 1",
        "ugotovitve.csv:11:4: field: vrstice 3 v tabeli »staff« te vloge ni (število vrstic: 2)",
        "ugotovitve.csv:12:4: field: vrstice 1 v tabeli »staff« te vloge ni (število vrstic: 0)",
        "ugotovitve.csv:13:4: field: podatka »members.1.x« v obrazcu ni – ste mislili »members«?",
        "ugotovitve.csv:14:4: field: celica je prazna; izpolnite jo",
        "ugotovitve.csv:15:1: application: vloge »V9« ni v datoteki z vlogami; na izbiro: V1, V2",
        "ugotovitve.csv:16:1: application: vloge »V9« ni v datoteki z vlogami; na izbiro: V1, V2",
    ]


def test_the_same_in_english() -> None:
    rows = "V1;zzz;1;a\nV1;per_member;1;a\nV1;applicant;1;a\nV1;staff.1.zzz;1;a\nV1;staff.x.pay;1;a\nV1;staff.3.pay;1;a"
    assert told(lambda: findings(rows)) == [
        "ugotovitve.csv:2:4: field: the form has no field 'zzz'; choose from: name, members, share, "
        "requested, own, founded, humanitarian, area, groups, statute, staff",
        "ugotovitve.csv:3:4: field: 'per_member' is derived and not corrected; correct what it follows from (members, "
        "requested)",
        "ugotovitve.csv:4:4: field: 'applicant' is not an answer in the form; correct it in the file of applications",
        "ugotovitve.csv:5:4: field: one cell of the table 'staff' is corrected: staff.1.person (columns: person, "
        "hours, pay)",
        "ugotovitve.csv:6:4: field: 'x' is not a row's number; rows count from 1",
        "ugotovitve.csv:7:4: field: the table 'staff' of this application has no row 3 (rows: 2)",
    ]
