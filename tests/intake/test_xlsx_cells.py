"""Cells of a workbook as they are seen, and workbooks that are none."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from razpis.intake import xlsx_cells
from razpis.intake.grid import MAX_CELL, Numeral
from razpis.intake.report import Notes
from razpis.intake.xlsx_cells import Sheet, sheets
from tests.intake.factories import said, told
from tests.intake.workbooks import cell, part, repacked, saved, workbook

UNSOUND = (
    "f.xlsx:1:1: datoteka ni veljaven zvezek XLSX (morda je poškodovana ali zaklenjena z geslom); odprite jo v "
    "programu za preglednice in jo brez gesla shranite kot .xlsx"
)
ONE = saved(workbook(Vloge=[["id", "a"], ["V1", 12]]))


def read(content: bytes) -> list[Sheet]:
    notes = Notes()
    found = sheets(content, "f.xlsx", notes)
    assert notes.read(None).warnings == ()
    return found


def wrong(content: bytes, *, english: bool = False) -> list[str]:
    notes = Notes()

    def reading() -> None:
        sheets(content, "f.xlsx", notes)
        notes.read(None)

    return told(reading) if english else said(reading)


def seen(value: object, shown_as: str = "General") -> object:
    """What a cell with this value and format says."""
    book = workbook(List=[[value]])
    cell(book, "List", "A1").number_format = shown_as
    return read(saved(book))[0].rows[0][0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (-3, "-3"),
        (0.1, "0.1"),
        (1234.5, "1234.5"),
        (12.0, "12"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (123456789012.345, "123456789012.345"),
        (100, "100"),
    ],
)
def test_numbers_are_the_shortest_decimal_they_stand_for(value: float, text: str) -> None:
    found = seen(value)
    assert found == text
    assert type(found) is Numeral


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("0.30000000000000004", "0.3"),
        ("1234.5600000000002", "1234.56"),
        ("1.5E+3", "1500"),
        ("1234567890123456789", "1234567890123456789"),
        ("1E999", "Infinity"),
    ],
)
def test_of_a_computed_number_the_digits_that_are_shown_count(kept: str, text: str) -> None:
    sheet = part(ONE).replace(b"<v>12</v>", f"<v>{kept}</v>".encode())
    assert read(repacked(ONE, {"xl/worksheets/sheet1.xml": sheet})) == [Sheet("Vloge", [["id", "a"], ["V1", text]])]


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (0.3, "0%", "30 %"),
        (0.125, "0.0 %", "12.5 %"),
        (1, "0%", "100 %"),
        (0.07, '0.00"x"%', "7 %"),
        (0.29, "0%", "29 %"),
    ],
)
def test_a_cell_in_per_cent_says_what_it_shows(value: float, shown_as: str, text: str) -> None:
    assert seen(value, shown_as) == text


@pytest.mark.parametrize("shown_as", ['0.0" %"', r"0\%", "0.00", "#,##0.00 €"])
def test_a_sign_that_is_only_written_beside_changes_no_number(shown_as: str) -> None:
    assert seen(0.5, shown_as) == "0.5"


@pytest.mark.parametrize("shown_as", ["yyyy-mm-dd", "d. m. yyyy", "[$-424]d. mmmm yyyy"])
def test_midnight_without_hours_in_its_format_is_a_day(shown_as: str) -> None:
    found = seen(datetime.datetime(2026, 2, 10), shown_as)  # noqa: DTZ001 - a spreadsheet knows no zone
    assert found == datetime.date(2026, 2, 10)
    assert type(found) is datetime.date


@pytest.mark.parametrize("shown_as", ["yyyy-mm-dd hh:mm", "d.m.yyyy h:mm:ss"])
def test_midnight_with_hours_in_its_format_is_a_moment(shown_as: str) -> None:
    moment = datetime.datetime(2026, 2, 10)  # noqa: DTZ001 - a spreadsheet knows no zone
    assert seen(moment, shown_as) == moment
    assert type(seen(moment, shown_as)) is datetime.datetime


def test_a_moment_is_exact_to_the_minute() -> None:
    moment = datetime.datetime(2026, 2, 10, 11, 59)  # noqa: DTZ001 - a spreadsheet knows no zone
    assert seen(moment, "d. m. yyyy") == moment


@pytest.mark.parametrize("value", [True, False, "besedilo", "čšž"])
def test_truth_values_and_texts_are_themselves(value: object) -> None:
    assert seen(value) is value if isinstance(value, bool) else seen(value) == value


def test_a_time_of_day_is_itself() -> None:
    assert seen(datetime.time(8, 30), "h:mm") == datetime.time(8, 30)


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a_x000D_\nb", "a_x000D_b"])
def test_line_breaks_in_a_cell_become_one_kind(text: str) -> None:
    assert seen(text) == "a\nb"


def test_blank_rows_at_the_end_are_let_go_and_others_kept_in_their_place() -> None:
    book = workbook(Vloge=[["id"], [], ["V1"], ["  "], []], Prazno=[])
    assert read(saved(book)) == [Sheet("Vloge", [["id"], [], ["V1"]]), Sheet("Prazno", [])]


def test_the_extent_a_sheet_states_of_itself_is_not_believed() -> None:
    sheet = part(ONE).replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1"')
    assert b'<dimension ref="A1"' in sheet
    assert read(repacked(ONE, {"xl/worksheets/sheet1.xml": sheet})) == [Sheet("Vloge", [["id", "a"], ["V1", "12"]])]


def test_a_cell_that_shows_an_error_is_told() -> None:
    book = workbook(Vloge=[["id"], ["#DIV/0!"]])
    cell(book, "Vloge", "A2").data_type = "e"
    assert wrong(saved(book)) == ["f.xlsx:2:1: list »Vloge«: celica kaže napako #DIV/0!; popravite jo"]


def test_a_date_that_cannot_be_is_an_error_in_the_cell() -> None:
    book = workbook(Vloge=[["id"], [99999999]])
    cell(book, "Vloge", "A2").number_format = "yyyy-mm-dd"
    assert wrong(saved(book), english=True) == ["f.xlsx:2:1: sheet 'Vloge': the cell shows #VALUE!; mend it"]


def test_a_formula_without_a_saved_result_is_told() -> None:
    book = workbook(Vloge=[["id", "a"], ["V1", "=1+1"]], Drugi=[["=A1"]])
    assert wrong(saved(book)) == [
        "f.xlsx:1:1: list »Drugi«: formula nima shranjenega rezultata; zvezek odprite v programu za preglednice in ga "
        "shranite",
        "f.xlsx:2:2: list »Vloge«: formula nima shranjenega rezultata; zvezek odprite v programu za preglednice in ga "
        "shranite",
    ]


@pytest.mark.parametrize(
    ("result", "value"),
    [(b'<c r="B2"><f>1+1</f><v>2</v></c>', "2"), (b'<c r="B2" t="str"><f>IF(A1="","",1)</f><v></v></c>', None)],
)
def test_a_formula_with_a_saved_result_is_its_result(result: bytes, value: object) -> None:
    sheet = part(ONE).replace(b'<c r="B2" t="n"><v>12</v></c>', result)
    assert result in sheet
    assert read(repacked(ONE, {"xl/worksheets/sheet1.xml": sheet})) == [Sheet("Vloge", [["id", "a"], ["V1", value]])]


def test_a_cell_that_is_too_long_is_told() -> None:
    long = b'<c r="B2" t="str"><v>' + b"x" * (MAX_CELL + 1) + b"</v></c>"
    sheet = part(ONE).replace(b'<c r="B2" t="n"><v>12</v></c>', long)
    assert wrong(repacked(ONE, {"xl/worksheets/sheet1.xml": sheet})) == [
        "f.xlsx:2:2: list »Vloge«: celica ima več kot 100.000 znakov; skrajšajte jo"
    ]


def too_large(limit: str = "največ 1.000.000 vrstic in 1.000 stolpcev") -> list[str]:
    return [f"f.xlsx:1:1: list »Vloge« je prevelik ({limit}); izbrišite odvečne"]


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "MAX_ROWS", 2)
    assert len(read(saved(workbook(Vloge=[["id"], ["1"], ["2"]])))[0].rows) == 3
    assert wrong(saved(workbook(Vloge=[["id"], ["1"], ["2"], ["3"]]))) == too_large("največ 2 vrstic in 1.000 stolpcev")


def test_a_row_far_beyond_the_last_of_any_spreadsheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "MAX_SHEET_ROWS", 50)
    sheet = part(ONE).replace(b'<row r="2"', b'<row r="999999999999"').replace(b'r="A2"', b"").replace(b'r="B2"', b"")
    assert wrong(repacked(ONE, {"xl/worksheets/sheet1.xml": sheet})) == too_large(
        "največ 1.000.000 vrstic in 1.000 stolpcev"
    )


def test_a_column_far_beyond_the_form_is_refused() -> None:
    sheet = part(ONE).replace(b'r="B2"', b'r="XFD2"')
    assert wrong(repacked(ONE, {"xl/worksheets/sheet1.xml": sheet})) == too_large(
        "največ 1.000.000 vrstic in 1.000 stolpcev"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id,a\n1,2",
        b"PK\x03\x04" + b"\x00" * 40,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        ONE[: len(ONE) // 2],
        repacked(ONE, {"xl/workbook.xml": b"<a"}),
        repacked(ONE, {"xl/workbook.xml": b""}),
        repacked(ONE, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
        repacked(ONE, {"xl/worksheets/sheet1.xml": part(ONE).replace(b"<v>12</v>", b"<v>x</v>")}),
        repacked(ONE, {"xl/worksheets/sheet1.xml": part(ONE).replace(b"<v>12</v>", b"<v>" + b"9" * 5000 + b"</v>")}),
        repacked(ONE, {"xl/worksheets/sheet1.xml": part(ONE).replace(b't="n"', b't="s"')}),
        repacked(ONE, {"[Content_Types].xml": b"<Types/>"}),
    ],
)
def test_what_is_not_a_sound_workbook_is_told(content: bytes) -> None:
    assert wrong(content) == [UNSOUND]


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_a_document_type_is_refused_before_it_is_read(encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'.encode(encoding)
    assert wrong(repacked(ONE, {"xl/worksheets/sheet1.xml": bomb})) == [UNSOUND]


def test_a_workbook_that_unpacks_to_over_100_megabytes_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.xml", "b.xml"):
            archive.writestr(name, bytes(xlsx_cells.MAX_UNPACKED // 2 + 1))
    assert wrong(out.getvalue()) == [
        "f.xlsx:1:1: zvezek se razpakira v več kot 100 MB; iz njega odstranite odvečne liste in slike"
    ]


def test_a_workbook_that_states_a_false_size_is_not_unpacked_beyond_it() -> None:
    honest = saved(workbook(Vloge=[["id"], ["x" * 5000]]))
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    false = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert false != honest
    assert wrong(false) == [UNSOUND]
