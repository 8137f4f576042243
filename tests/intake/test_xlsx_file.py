"""XLSX: applications on the first sheet, a sheet for every table, every fault with its row and column."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from razpis.engine.problems import Place
from razpis.engine.rulebook.values import ZONE
from razpis.intake import Read, read_applications
from tests.intake.factories import refusals, rulebook, said, told
from tests.intake.workbooks import cell, filed, saved, workbook

HEADER = ["id", "name", "members", "requested"]
STAFF = ["id", "person", "hours"]


def read(**sheets: Sequence[Sequence[object]]) -> Read:
    return read_applications(filed(saved(workbook(**sheets))), rulebook(table=True))


def wrong(**sheets: Sequence[Sequence[object]]) -> list[str]:
    return said(lambda: read(**sheets))


def test_sheets_become_cases() -> None:
    header = [*HEADER, "submitted_at", "founded", "humanitarian", "own", "share"]
    moment, day = datetime.datetime(2026, 2, 9, 8, 30), datetime.date(2020, 5, 4)  # noqa: DTZ001 - as in a spreadsheet
    book = workbook(
        Vloge=[
            header,
            ["V1", "Šola", 12, 1234.5, moment, day, True, 0.3, 0.1],
            [2, "Dom", "13", "1.234,50", datetime.date(2026, 2, 10), "4. 5. 2020", "ne", 30, None],
        ],
        staff=[[*STAFF, "pay"], ["V1", "Ana", 3, 12.5], [2, "Bor", 4, None], ["V1", "Cvetka", 5.0, None]],
    )
    cell(book, "Vloge", "H2").number_format = "0%"
    found = read_applications(filed(saved(book)), rulebook(table=True))
    assert found.warnings == ()
    first, second = found.value
    assert (first.id, first.line, first.place) == ("V1", 1, Place("vloge.xlsx", 2, 1))
    assert first.submitted_at == datetime.datetime(2026, 2, 9, 8, 30, tzinfo=ZONE)
    assert first.claims == {
        "name": "Šola",
        "members": 12,
        "share": Fraction(1, 10),
        "requested": Fraction(2469, 2),
        "own": 30,
        "founded": day,
        "humanitarian": True,
        "area": None,
        "groups": None,
        "statute": None,
        "staff": (
            {"person": "Ana", "hours": 3, "pay": Fraction(25, 2)},
            {"person": "Cvetka", "hours": 5, "pay": None},
        ),
    }
    assert (second.id, second.submitted_at) == ("2", rulebook().file.call.deadline)
    assert second.claims["staff"] == ({"person": "Bor", "hours": 4, "pay": None},)


def test_an_application_without_rows_has_not_answered_the_table() -> None:
    found = read(Vloge=[HEADER, ["V1", "a", 1, 100], ["V2", "b", 1, 100]], staff=[STAFF, ["V2", "Ana", 1]])
    assert [case.claims["staff"] for case in found.value] == [None, ({"person": "Ana", "hours": 1, "pay": None},)]


def test_a_required_table_without_a_sheet_is_announced() -> None:
    found = read(Vloge=[HEADER, ["V1", "a", 1, 100]], Prazno=[])
    assert [warning.line("en") for warning in found.warnings] == [
        "vloge.xlsx:1:1: warning: the required table 'staff' is not in the file, so the applications count as "
        "incomplete"
    ]


def test_faulty_cells_are_told_by_row_and_column_of_their_sheet() -> None:
    assert wrong(
        Vloge=[HEADER, ["V1", "a", 1.5, 100], ["V2", None, "x", datetime.date(2026, 1, 1)]],
        staff=[STAFF, ["V2", "Ana", 1], ["V1", "Bor", -1], ["V2", None, 2]],
    ) == [
        "vloge.xlsx:2:3: members: 1.5 ni celo število; zapišite ga brez decimalk",
        "vloge.xlsx:3:3: members: »x« ni celo število; zapišite ga samo s števkami, na primer 12",
        "vloge.xlsx:3:3: staff.1.hours: -1 je premalo; dovoljeno je najmanj 0",
        "vloge.xlsx:3:4: requested: tu je potrebno: število",
        "vloge.xlsx:4:2: staff.2.person: celica je prazna, stolpec pa je obvezen; vpišite vrednost ali v pravilih "
        "dodajte »required: false«",
    ]


def test_too_many_rows_of_a_table_are_told_at_the_first() -> None:
    rows = [["V1", "Ana", 1] for _ in range(4)]
    assert wrong(Vloge=[HEADER, ["V1", "a", 1, 100]], staff=[STAFF, *rows]) == [
        "vloge.xlsx:2:1: staff: vrstic je 4, dovoljenih največ 3; odvečne odstranite ali združite"
    ]


def test_rows_of_a_table_belong_to_an_application() -> None:
    assert wrong(
        Vloge=[HEADER, ["V-1", "a", 1, 100]],
        staff=[STAFF, ["V-2", "Ana", 1], [None, "Bor", 1], [True, "Cene", 1], ["V-1", "Dana", 1]],
    ) == [
        "vloge.xlsx:2:1: list »staff«: vloge »V-2« ni na prvem listu – ste mislili »V-1«?",
        "vloge.xlsx:3:1: list »staff«: vloge »« ni na prvem listu",
        "vloge.xlsx:4:1: list »staff«: vloge »« ni na prvem listu",
    ]


def test_the_columns_of_a_table_are_checked_once() -> None:
    assert told(
        lambda: read(
            Vloge=[HEADER, ["V1", "a", 1, 100]], staff=[["id", "persn", "hours"], ["V1", "Ana", 1], ["V1", "B", "x"]]
        )
    ) == [
        "vloge.xlsx:1:1: sheet 'staff': the column 'person' is missing; add it",
        "vloge.xlsx:1:2: sheet 'staff': unknown column 'persn' – did you mean 'person'? Columns allowed: id, person, hours, pay",
        "vloge.xlsx:3:3: staff.2.hours: 'x' is not a whole number; write digits only, for example 12",
    ]


def test_a_table_without_ids_belongs_to_nobody() -> None:
    assert wrong(Vloge=[HEADER, ["V1", "a", 1, 100]], staff=[["person", "hours"], ["Ana", 1]]) == [
        "vloge.xlsx:1:1: list »staff«: manjka stolpec »id«; dodajte ga"
    ]


def test_a_first_sheet_without_ids_is_told() -> None:
    assert wrong(Vloge=[["name", "members", "requested"], ["a", 1, 100]], staff=[STAFF, ["V1", "Ana", 1]]) == [
        "vloge.xlsx:1:1: manjka stolpec »id«; dodajte ga",
        "vloge.xlsx:2:1: list »staff«: vloge »V1« ni na prvem listu",
    ]


def test_a_sheet_that_is_no_table_is_told() -> None:
    assert wrong(Vloge=[HEADER], stuff=[["x"]], Navodila=[["x"]]) == [
        "vloge.xlsx:1:1: list »stuff« ni tabela iz obrazca; odstranite ga – ste mislili »staff«?",
        "vloge.xlsx:1:1: list »Navodila« ni tabela iz obrazca; odstranite ga",
        "vloge.xlsx:1:1: opozorilo: obvezne tabele »staff« v datoteki ni, zato vloge veljajo za nepopolne",
    ]


def test_blank_rows_and_cells_without_a_column_are_told() -> None:
    assert wrong(Vloge=[HEADER, [], [], ["V1", "a", 1, 100, None, "x"], [None], ["V2", "b"]], staff=[STAFF]) == [
        "vloge.xlsx:2:1: list »Vloge«: prazna vrstica sredi podatkov; odstranite jo",
        "vloge.xlsx:4:6: list »Vloge«: stolpec 6 nima imena; v prvi vrstici ga poimenujte",
        "vloge.xlsx:5:1: list »Vloge«: prazna vrstica sredi podatkov; odstranite jo",
    ]


def test_names_of_columns_may_be_anything_a_cell_holds() -> None:
    allowed = (
        "Dovoljeni stolpci: id, name, members, requested, lot, applicant, submitted_at, share, own, founded, "
        "humanitarian, area, groups, statute, staff"
    )
    assert wrong(Vloge=[[*HEADER, 7, True, None], ["V1", "a", 1, 100, None, None, None]], staff=[STAFF]) == [
        f"vloge.xlsx:1:5: neznan stolpec »7«; odstranite ga ali preimenujte. {allowed}",
        f"vloge.xlsx:1:6: neznan stolpec »True«; odstranite ga ali preimenujte. {allowed}",
    ]


def test_the_first_sheet_must_not_be_empty() -> None:
    assert wrong(Vloge=[]) == ["vloge.xlsx:1:1: prvi list je prazen; v prvi vrstici naštejte stolpce"]


def test_the_first_row_must_name_the_columns() -> None:
    assert wrong(Vloge=[[None, " "], HEADER]) == [
        "vloge.xlsx:1:1: list »Vloge«: prva vrstica mora našteti stolpce",
    ]
    assert wrong(Vloge=[[], HEADER]) == wrong(Vloge=[[None, " "], HEADER])


def test_a_table_in_a_cell_is_refused_and_beside_its_sheet_it_is_twice() -> None:
    main: list[list[object]] = [[*HEADER, "staff"], ["V1", "a", 1, 100, "Ana"]]
    assert said(lambda: read(Vloge=main)) == [
        "vloge.xlsx:2:5: staff: tabela ne gre v eno celico: v JSON je seznam [{stolpec: vrednost, …}], v XLSX list zase"
    ]
    places = [problem.place for problem in refusals(lambda: read(Vloge=main, staff=[STAFF, ["V1", "Ana", 1]]))]
    assert places == [Place("vloge.xlsx", 1, 1), Place("vloge.xlsx", 2, 5)]
