"""Applications: cases from files, and everything that may be wrong with one, told at once."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from razpis.engine.cases import Case
from razpis.engine.problems import Place
from razpis.engine.rulebook import Rulebook, load
from razpis.engine.rulebook.values import ZONE
from razpis.intake import Read, read_applications
from tests.intake.factories import HEADER, applications, rulebook, said, told

UNANSWERED = dict.fromkeys(["share", "own", "founded", "humanitarian", "area", "groups", "statute"])
ALL = "id,lot,applicant,submitted_at,name,members,share,requested,own,founded,humanitarian,area,groups,statute"

ALLOWED = (
    "Columns allowed: id, name, members, requested, lot, applicant, submitted_at, share, own, founded, humanitarian, "
    "area, groups, statute"
)


def wrong(rows: str, rules: Rulebook | None = None, header: str = HEADER) -> list[str]:
    return said(lambda: applications(f"{header}\n{rows}", rules))


def test_a_row_becomes_a_case() -> None:
    found = applications(f"{HEADER}\n V-1 ;Društvo Č;9. 2. 2026 8:30;Šola;12;1.234,50\n")
    assert found == Read(
        (
            Case(
                id="V-1",
                line=1,
                place=Place("vloge.csv", 2, 1),
                lot="",
                applicant="Društvo Č",
                submitted_at=datetime.datetime(2026, 2, 9, 8, 30, tzinfo=ZONE),
                claims={"name": "Šola", "members": 12, "requested": Fraction(2469, 2), **UNANSWERED},
            ),
        )
    )


def test_every_type_of_field_in_one_row() -> None:
    row = 'V1,Sklop B,,,"Ime, daljše",12,"0,5",100,30 %,4. 5. 2020,da,Zdravje,old|ill,statut.pdf'
    (case,) = applications(f"{ALL}\n{row}", rulebook(lots=True)).value
    assert case.lot == "Sklop B"
    assert (case.applicant, case.submitted_at) == (None, None)
    assert case.claims == {
        "name": "Ime, daljše",
        "members": 12,
        "share": Fraction(1, 2),
        "requested": 100,
        "own": 30,
        "founded": datetime.date(2020, 5, 4),
        "humanitarian": True,
        "area": "health",
        "groups": ("old", "ill"),
        "statute": "statut.pdf",
    }
    assert list(case.claims) == list(rulebook(lots=True).fields)


def test_blank_cells_are_none_also_where_an_answer_is_required() -> None:
    (case,) = applications(f"{ALL}\nV1,,,,,,,,,,,,,").value
    assert case.claims == dict.fromkeys(rulebook().fields)


def test_lines_count_applications_and_places_count_lines() -> None:
    text = 'id,name,members,requested\nV1,"a\nb",1,100\nV2,c,2,200\n'
    assert [(case.line, case.place) for case in applications(text).value] == [
        (1, Place("vloge.csv", 2, 1)),
        (2, Place("vloge.csv", 4, 1)),
    ]


def test_columns_may_stand_in_any_order_and_blank_ones_beside_them() -> None:
    (case,) = applications("requested;members;;name;id;\n100;2;;x;V1;\n").value
    assert (case.id, case.claims["requested"]) == ("V1", 100)


def test_a_header_alone_is_no_application() -> None:
    assert applications(HEADER).value == ()


def test_windows_1250_is_announced() -> None:
    found = applications(f"{HEADER}\nV1;;;Šč;1;100".encode("cp1250"))
    assert found.value[0].claims["name"] == "Šč"
    assert [warning.line() for warning in found.warnings] == [
        "vloge.csv:2:6: opozorilo: datoteka ni v UTF-8, zato je prebrana kot Windows-1250; preverite šumnike ali jo "
        "shranite kot UTF-8"
    ]


def test_all_that_is_wrong_with_the_names_of_the_columns() -> None:
    text = "id;nme;members;members;ID;;xyz\nV1;a;1;2;3;4;5"
    assert told(lambda: applications(text)) == [
        "vloge.csv:1:1: the column 'name' is missing; add it",
        "vloge.csv:1:1: the column 'requested' is missing; add it",
        f"vloge.csv:1:4: unknown column 'nme' – did you mean 'name'? {ALLOWED}",
        "vloge.csv:1:16: the column 'members' is repeated (first it is number 3); remove one of them",
        f"vloge.csv:1:24: unknown column 'ID' – did you mean 'id'? {ALLOWED}",
        "vloge.csv:1:27: column 6 holds data but has no name; name it or clear it",
        f"vloge.csv:1:28: unknown column 'xyz'; remove or rename it. {ALLOWED}",
    ]


def test_the_same_in_slovenian() -> None:
    assert wrong("V1;1;2;3", header="id;members;members;") == [
        "vloge.csv:1:1: manjka stolpec »name«; dodajte ga",
        "vloge.csv:1:1: manjka stolpec »requested«; dodajte ga",
        "vloge.csv:1:12: stolpec »members« se ponovi (prvič je 2. po vrsti); enega odstranite",
        "vloge.csv:1:20: stolpec 4 ima podatke, nima pa imena; poimenujte ga ali izpraznite",
    ]


def test_without_ids_nothing_else_is_said_of_them() -> None:
    assert wrong("a;1;100\nb;1;100", header="name;members;requested") == [
        "vloge.csv:1:1: manjka stolpec »id«; dodajte ga"
    ]


def test_ids_must_be_there_and_differ() -> None:
    rows = "V1;;;a;1;100\n;;;b;1;100\nV1;;;c;1;100\nv1;;;d;1;100\nV1;;;e;1;100"
    assert wrong(rows) == [
        "vloge.csv:3:1: id: vloga nima oznake; vpišite jo",
        "vloge.csv:4:1: id: oznaka »V1« se ponovi (prvič v vrstici 2); vsaka vloga potrebuje svojo",
        "vloge.csv:6:1: id: oznaka »V1« se ponovi (prvič v vrstici 2); vsaka vloga potrebuje svojo",
    ]


def test_ids_that_differ_only_in_how_they_are_composed_are_the_same() -> None:
    assert wrong("č;;;a;1;100\nc\u030c;;;b;1;100") == [
        "vloge.csv:3:1: id: oznaka »č« se ponovi (prvič v vrstici 2); vsaka vloga potrebuje svojo"
    ]


def test_every_faulty_cell_is_told_in_the_order_of_its_place() -> None:
    rows = "V1;a\x07;yesterday;x;0;1.500\n\x01;;2026-03-29 02:30;y;1,5;99"
    assert told(lambda: applications(f"{HEADER}\n{rows}")) == [
        "vloge.csv:2:4: applicant: the control character U+0007 is not allowed; enter the text again without it",
        "vloge.csv:2:7: submitted_at: 'yesterday' is not a date with an hour; write 2026-02-10 11:59 or "
        "10. 2. 2026 11:59",
        "vloge.csv:2:19: members: 0 is too little; at least 1 is allowed",
        "vloge.csv:2:21: requested: the amount 1.500 is ambiguous: write 1500,00 or 1,50",
        "vloge.csv:3:1: id: the control character U+0001 is not allowed; enter the text again without it",
        "vloge.csv:3:4: submitted_at: there was no 02:30 on 2026-03-29, because the clock went forward; check the time",
        "vloge.csv:3:23: members: '1,5' is not a whole number; write digits only, for example 12",
        "vloge.csv:3:27: requested: 99 is too little; at least 100 is allowed",
    ]


def test_broken_rows_and_faulty_cells_are_told_together() -> None:
    assert wrong('V1;a\nV2;;;"x;1\nV3;;;b;x;100') == [
        "vloge.csv:2:1: število celic v vrstici je 2, število stolpcev pa 6; dodajte celice, ki manjkajo; za prazno "
        "celico zapišite le njeno ločilo »;«",
        "vloge.csv:3:6: narekovaj ni zaprt; na konec celice dodajte narekovaj (narekovaj v besedilu zapišite dvakrat)",
    ]


CAPPED = """\
call: {title: Razpis, reference: R-1, year: 2026}
fields: {requested: {type: euro, label: Zaprošeno}}
budget: 1000
allocation: {request: requested, limits: {cap: {amount: 100, per: applicant%s}}}
"""


def test_a_limit_on_every_applicant_needs_to_know_them() -> None:
    rules = load((CAPPED % "").encode(), "pravila.yaml")
    assert wrong("V1;100", rules, "id;requested") == ["vloge.csv:1:1: manjka stolpec »applicant«; dodajte ga"]
    some = load((CAPPED % ", where: requested > 50").encode(), "pravila.yaml")
    assert [case.applicant for case in applications("id;requested\nV1;100", some).value] == [None]


@pytest.mark.parametrize("lot", ["Sklop A", "Sklop B"])
def test_a_lot_is_one_of_the_rulebook(lot: str) -> None:
    text = f"id;lot;name;members;requested\nV1;{lot};a;1;100"
    assert applications(text, rulebook(lots=True)).value[0].lot == lot


def test_where_there_are_lots_each_application_names_one() -> None:
    rows = "V1;Sklop C;a;1;100\nV2;;a;1;100\nV3;zzz;a;1;100\nV4;x\ty;a;1;100"
    assert wrong(rows, rulebook(lots=True), "id;lot;name;members;requested") == [
        "vloge.csv:2:4: lot: sklopa »Sklop C« ni – ste mislili »Sklop B«?",
        "vloge.csv:3:4: lot: manjka sklop; vpišite enega od: Sklop A, Sklop B",
        "vloge.csv:4:4: lot: sklopa »zzz« ni; na izbiro: Sklop A, Sklop B",
        "vloge.csv:5:4: lot: besedilo mora biti v eni vrstici; odstranite prelome in tabulatorje",
    ]


def test_where_there_are_lots_the_column_must_be_there() -> None:
    assert wrong("V1;;;a;1;100", rulebook(lots=True)) == ["vloge.csv:1:1: manjka stolpec »lot«; dodajte ga"]


def test_where_there_are_no_lots_none_may_be_named() -> None:
    assert told(lambda: applications("id;lot;name;members;requested\nV1;;a;1;100\nV2;A;b;1;100")) == [
        "vloge.csv:3:4: lot: the call has no lots; clear 'A'"
    ]


def test_the_day_of_the_deadline_is_never_late() -> None:
    days = ["2026-02-09", "2026-02-10", "10. 2. 2026", "2026-02-11", ""]
    rows = "\n".join(f"V{at};;{day};a;1;100" for at, day in enumerate(days))
    deadline = rulebook().file.call.deadline
    assert deadline is not None
    found = [case.submitted_at for case in applications(f"{HEADER}\n{rows}").value]
    assert found == [
        datetime.datetime(2026, 2, 9, 23, 59, tzinfo=ZONE),
        deadline,
        deadline,
        datetime.datetime(2026, 2, 11, 23, 59, tzinfo=ZONE),
        None,
    ]


def test_an_hour_that_came_twice_is_announced() -> None:
    found = applications(f"{HEADER}\nV1;;2026-10-25 02:30;a;1;100")
    assert [warning.line() for warning in found.warnings] == [
        "vloge.csv:2:5: opozorilo: submitted_at: ura je to noč 02:30 kazala dvakrat; upoštevano je prvič (poletni čas)"
    ]
    assert [warning.text.en for warning in found.warnings] == [
        "submitted_at: the clock showed 02:30 twice that night; the first is taken (summer time)"
    ]


def test_a_table_does_not_fit_into_csv() -> None:
    header = "id;staff;name;members;requested"
    assert wrong("V1;x;a;1;100", rulebook(table=False), header) == [
        "vloge.csv:1:4: tabela ne gre v celico CSV; vloge s tabelami zapišite v JSON ali XLSX"
    ]


def test_an_optional_table_may_be_left_out() -> None:
    found = applications(f"{HEADER}\nV1;;;a;1;100", rulebook(table=False))
    assert (found.value[0].claims["staff"], found.warnings) == (None, ())


def test_a_required_table_that_is_not_in_the_file_is_announced() -> None:
    found = applications(f"{HEADER}\nV1;;;a;1;100", rulebook(table=True))
    assert [warning.line() for warning in found.warnings] == [
        "vloge.csv:1:1: opozorilo: obvezne tabele »staff« v datoteki ni, zato vloge veljajo za nepopolne; v CSV je ni "
        "mogoče zapisati, uporabite JSON ali XLSX"
    ]
    found = applications('[{"id": 1, "name": "a", "members": 1, "requested": 100}]', rulebook(table=True), "v.json")
    assert [warning.line("en") for warning in found.warnings] == [
        "v.json:1:1: warning: the required table 'staff' is not in the file, so the applications count as incomplete"
    ]


def test_json_gives_the_same_cases_with_exact_numbers_and_tables() -> None:
    text = """[{"id": 1, "applicant": "Č", "submitted_at": "2026-02-09T08:30", "name": "Šola", "members": 12,
      "share": 0.1, "requested": 1234.50, "own": "30 %", "humanitarian": false, "groups": ["ill"], "area": null,
      "staff": [{"person": "Ana", "hours": 3, "pay": "1.234,50"}, {"person": "Bor", "hours": "4"}]}]"""
    (case,) = applications(text, rulebook(table=True), "v.json").value
    assert (case.id, case.place, case.applicant) == ("1", Place("v.json", 1, 2), "Č")
    assert case.submitted_at == datetime.datetime(2026, 2, 9, 8, 30, tzinfo=ZONE)
    assert case.claims == {
        "name": "Šola",
        "members": 12,
        "share": Fraction(1, 10),
        "requested": Fraction(2469, 2),
        "own": 30,
        "founded": None,
        "humanitarian": False,
        "area": None,
        "groups": ("ill",),
        "statute": None,
        "staff": (
            {"person": "Ana", "hours": 3, "pay": Fraction(2469, 2)},
            {"person": "Bor", "hours": 4, "pay": None},
        ),
    }


def test_json_names_the_row_and_column_of_a_table_and_their_place() -> None:
    text = """[
 {"id": "V1", "name": "a", "members": 1.5, "requested": 100.505,
  "staff": [{"person": "Ana", "hours": -3},
            {"person": "Bor", "hurs": 4}]},
 {"id": "V1", "name": true, "members": 1, "requested": 100, "submitted_at": 7}
]"""
    assert said(lambda: applications(text, rulebook(table=True), "v.json")) == [
        "v.json:2:39: members: 1.5 ni celo število; zapišite ga brez decimalk",
        "v.json:2:57: requested: znesek 100.505 ima več kot dve decimalki; zaokrožite ga na cente",
        "v.json:3:40: staff.1.hours: -3 je premalo; dovoljeno je najmanj 0",
        "v.json:4:13: staff.2.hours: celica je prazna, stolpec pa je obvezen; vpišite vrednost ali v pravilih dodajte "
        "»required: false«",
        "v.json:4:39: staff.2.hurs: neznan stolpec »hurs« – ste mislili »hours«? Dovoljeni stolpci: person, hours, pay",
        "v.json:5:9: id: oznaka »V1« se ponovi (prvič v vrstici 2); vsaka vloga potrebuje svojo",
        "v.json:5:23: name: tu je potrebno: besedilo",
        "v.json:5:77: submitted_at: tu je potreben datum z uro",
    ]


def test_names_in_messages_stay_on_one_line() -> None:
    text = '[{"id": 1, "name": "a", "members": 1, "requested": 100, "x\\ny": 1, "staff": [{"a\\nb": 1}]}]'
    assert told(lambda: applications(text, rulebook(table=False), "v.json"))[::3] == [
        f"v.json:1:57: unknown column 'x\ufffdy'; remove or rename it. {ALLOWED}, staff",
        "v.json:1:87: staff.1.a\ufffdb: unknown column 'a\ufffdb'; remove or rename it. Columns allowed: person, hours, "
        "pay",
    ]


def test_json_without_applications_is_no_application() -> None:
    assert applications("[]", rulebook(table=True), "v.json") == Read(())


def test_an_empty_object_lacks_every_column() -> None:
    assert said(lambda: applications("[{}]", None, "v.json")) == [
        f"v.json:1:2: manjka stolpec »{name}«; dodajte ga" for name in ("id", "name", "members", "requested")
    ]


def test_a_key_that_some_objects_lack_is_not_answered_there() -> None:
    text = '[{"id": 1, "name": "a", "members": 1, "requested": 100}, {"id": 2}]'
    assert [case.claims["members"] for case in applications(text, None, "v.json").value] == [1, None]


def test_another_kind_of_file_is_refused() -> None:
    assert said(lambda: read_applications(Path("vloge.txt"), rulebook())) == [
        "vloge.txt:1:1: datotek s končnico ».txt« tu ni mogoče brati (dovoljeno: .csv, .json, .xlsx)"
    ]


def test_repeated_values_down_a_column_are_the_same_and_faults_are_each_told() -> None:
    rows = "\n".join(f"V{at};;;a;{'x' if at % 2 else 7};100" for at in range(4))
    assert wrong(rows) == [
        f"vloge.csv:{line}:8: members: »x« ni celo število; zapišite ga samo s števkami, na primer 12"
        for line in (3, 5)
    ]
