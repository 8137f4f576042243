"""Marks: on the scale of their criterion, by members, each with its reason; recusals hold throughout."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from razpis.engine.cases import Case, Mark
from razpis.engine.problems import Place
from razpis.engine.rulebook import Rulebook, load
from razpis.intake import Read, read_marks
from tests.intake.factories import FORM, rulebook, said, told, written

HEADER = "application,member,criterion,points,reason"
CASES = [Case(id_, at, Place("v.csv", at + 1, 1), "", None, None, {}) for at, id_ in enumerate(["V1", "V2"], 1)]


def marks(rows: str, rules: Rulebook | None = None) -> Read:
    return read_marks(written(f"{HEADER}\n{rows}", "ocene.csv"), rules or rulebook(), CASES)


def wrong(rows: str) -> list[str]:
    return said(lambda: marks(rows))


def test_marks_by_application_and_criterion_in_the_order_of_the_file() -> None:
    rows = """V1,Ana Č.,need,"7,5",jasna potreba
V1,Bojan,need,conflict,
V2,Bojan,need,10,"Prvič.
Drugič."
V2,Agreed,idea,3,usklajeno
V2,Ana Č.,free,0.333,delno
V1,Ana Č.,idea,Conflict,sorodstvo
"""
    found = marks(rows.replace("V1,Ana Č.,idea,Conflict,sorodstvo\n", ""))
    assert found == Read(
        {
            ("V1", "need"): (Mark("Ana Č.", Fraction(15, 2), "jasna potreba"), Mark("Bojan", None, "")),
            ("V2", "need"): (Mark("Bojan", 10, "Prvič.\nDrugič."),),
            ("V2", "idea"): (Mark("agreed", 3, "usklajeno"),),
            ("V2", "free"): (Mark("Ana Č.", Fraction(333, 1000), "delno"),),
        }
    )


def test_no_marks_are_no_marks() -> None:
    assert marks("") == Read({})


def test_anybody_may_mark_where_the_rulebook_names_no_members() -> None:
    text = FORM + "criteria:\n  need: {kind: marks, title: Potreba, max: 10}\n"
    found = marks("V1,kdorkoli,need,7,ker", load(text.encode(), "p.yaml"))
    assert found.value == {("V1", "need"): (Mark("kdorkoli", 7, "ker"),)}


def test_what_is_not_known_is_told() -> None:
    assert wrong("V3,Ana,nead,7,ker\n,,,7,ker\nV1,Bojn,size,7,ker") == [
        "ocene.csv:2:1: application: vloge »V3« ni v datoteki z vlogami; na izbiro: V1, V2",
        "ocene.csv:2:4: member: »Ana« ni član komisije – ste mislili »Ana Č.«?",
        "ocene.csv:2:8: criterion: merila »nead« v pravilih ni – ste mislili »need«?",
        "ocene.csv:3:1: application: celica je prazna; izpolnite jo",
        "ocene.csv:3:2: member: celica je prazna; izpolnite jo",
        "ocene.csv:3:3: criterion: celica je prazna; izpolnite jo",
        "ocene.csv:4:4: member: »Bojn« ni član komisije – ste mislili »Bojan«?",
        "ocene.csv:4:9: criterion: merila »size« komisija ne ocenjuje, izračuna se samo (ocenjuje: need, idea, free)",
    ]


def test_the_same_in_english() -> None:
    assert told(lambda: marks("VX3,Zzz,zzz,7,why\nV1,agred,size,7,why\nV1\x07,Bojan,need,7,\x07")) == [
        "ocene.csv:2:1: application: the file of applications has no 'VX3'; choose from: V1, V2",
        "ocene.csv:2:5: member: 'Zzz' is not a member of the commission; choose from: Ana Č., Bojan, agreed",
        "ocene.csv:2:9: criterion: the rulebook has no criterion 'zzz'; choose from: size, need, idea, free",
        "ocene.csv:3:4: member: 'agred' is not a member of the commission – did you mean 'agreed'?",
        "ocene.csv:3:10: criterion: the criterion 'size' is not marked but computed (marked are: need, idea, free)",
        "ocene.csv:4:1: application: the control character U+0007 is not allowed; enter the text again without it",
        "ocene.csv:4:18: reason: the control character U+0007 is not allowed; enter the text again without it",
    ]


def test_a_rulebook_without_marks_says_so() -> None:
    text = FORM + "criteria:\n  size: {kind: per_unit, title: Velikost, value: members, points: 1, max: 500}\n"
    assert said(lambda: marks("V1,A,size,7,ker", load(text.encode(), "p.yaml"))) == [
        "ocene.csv:2:6: criterion: merila »size« komisija ne ocenjuje, izračuna se samo (ocenjuje: –)"
    ]


def test_points_off_the_scale_are_told() -> None:
    rows = """V1,Bojan,need,"10,5",ker
V1,Bojan,idea,0,ker
V2,Bojan,need,"7,25",ker
V2,Bojan,idea,2.5,ker
V1,Ana Č.,need,sedem,ker
V1,Ana Č.,idea,,ker
V2,Ana Č.,zzz,sedem,ker"""
    assert wrong(rows) == [
        "ocene.csv:2:15: points: 10,5 je preveč; dovoljeno je največ 10",
        "ocene.csv:3:15: points: 0 je premalo; dovoljeno je najmanj 1",
        "ocene.csv:4:15: points: 7,25 ni na lestvici: koraki so po 0,5 od 0",
        "ocene.csv:5:15: points: 2,5 ni na lestvici: koraki so po 1 od 1",
        "ocene.csv:6:16: points: »sedem« ni število; zapišite na primer 12 ali 12,5",
        "ocene.csv:7:16: points: manjkajo točke; vpišite jih ali »conflict« ob izločitvi",
        "ocene.csv:8:11: criterion: merila »zzz« v pravilih ni; na izbiro: size, need, idea, free",
        "ocene.csv:8:15: points: »sedem« ni število; zapišite na primer 12 ali 12,5",
    ]


def test_steps_are_told_in_english_with_a_decimal_point() -> None:
    assert told(lambda: marks('V1,Bojan,need,"7,25",why')) == [
        "ocene.csv:2:15: points: 7.25 is not on the scale: steps of 0.5 from 0"
    ]


GRADED = """criteria:
  need:
    kind: marks
    title: Potreba
    max: 10
    step: 0.5
    grades: [{text: {sl: delno, en: partly}, from: 0, to: 4.5}, {text: {sl: v celoti, en: fully}, from: 6, to: 10}]
"""


def test_a_mark_falls_in_one_of_the_grades() -> None:
    rules = load((FORM + GRADED).encode(), "p.yaml")
    found = marks('V1,A,need,"4,5",ker\nV1,B,need,6,ker', rules).value
    assert [mark.points for mark in found["V1", "need"]] == [Fraction(9, 2), 6]
    between = "V1,A,need,5,ker\nV1,agreed,need,5.5,ker"
    assert said(lambda: marks(between, rules)) == [
        "ocene.csv:2:11: points: 5 ni v nobeni stopnji (delno 0–4,5, v celoti 6–10)",
        "ocene.csv:3:16: points: 5,5 ni v nobeni stopnji (delno 0–4,5, v celoti 6–10)",
    ]
    assert told(lambda: marks("V1,A,need,5,why", rules)) == [
        "ocene.csv:2:11: points: 5 is in none of the grades (partly 0–4.5, fully 6–10)"
    ]


def test_every_mark_needs_a_reason_a_recusal_does_not() -> None:
    assert wrong("V1,Bojan,need,7,\nV1,agreed,idea,3, \nV2,Bojan,need,conflict,") == [
        "ocene.csv:2:17: reason: manjka obrazložitev; brez nje odločitve ni mogoče preizkusiti",
        "ocene.csv:3:18: reason: manjka obrazložitev; brez nje odločitve ni mogoče preizkusiti",
    ]


def test_a_member_marks_a_criterion_of_an_application_once() -> None:
    assert wrong("V1,Bojan,need,7,a\nV1,Bojan,need,8,b\nV1,Bojan,idea,3,c\nV1,Ana Č.,need,7,d") == [
        "ocene.csv:3:4: member: ocena »Bojan« za to merilo te vloge je že v vrstici 2; eno odstranite"
    ]


def test_a_recusal_holds_for_the_whole_application() -> None:
    rows = "V1,Bojan,need,7,a\nV1,Bojan,idea,conflict,\nV1,Bojan,free,conflict,\nV2,Bojan,need,7,b\nV1,Ana Č.,need,7,c"
    assert wrong(rows) == [
        "ocene.csv:2:15: points: član »Bojan« je pri vlogi »V1« izločen (vrstica 3); izločitev velja za vso vlogo, "
        "zato oceno odstranite"
    ]


def test_the_agreed_value_is_no_recusal() -> None:
    assert wrong("V1,agreed,need,conflict,") == [
        "ocene.csv:2:16: points: dogovorjena ocena ne more biti izločitev; vpišite točke"
    ]


def test_without_its_columns_the_file_is_not_read_on() -> None:
    path = written("application,member,points,reasons\nV9,x,y,", "ocene.csv")
    assert told(lambda: read_marks(path, rulebook(), CASES)) == [
        "ocene.csv:1:1: the column 'criterion' is missing; add it",
        "ocene.csv:1:1: the column 'reason' is missing; add it",
        "ocene.csv:1:27: unknown column 'reasons' – did you mean 'reason'? Columns allowed: application, member, criterion, "
        "points, reason",
    ]


def test_marks_are_read_from_csv_alone() -> None:
    assert told(lambda: read_marks(Path("ocene.json"), rulebook(), CASES)) == [
        "ocene.json:1:1: files ending in '.json' cannot be read here (allowed: .csv)"
    ]
