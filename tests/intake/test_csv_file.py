"""CSV: rows as the standard says, every cell's place, every broken row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Place
from razpis.intake import csv_file
from razpis.intake.csv_file import CsvGrid, Scanner, read
from razpis.intake.grid import MAX_CELL
from razpis.intake.report import Notes
from tests.intake.factories import said, told


def grid(text: str) -> CsvGrid:
    notes = Notes()
    found = read(text.encode(), "f.csv", notes)
    assert notes.read(None).warnings == ()
    return found


def wrong(text: str) -> list[str]:
    """What is wrong with ``text``, and nothing but that."""
    notes = Notes()

    def reading() -> None:
        read(text.encode(), "f.csv", notes)
        notes.read(None)

    return said(reading)


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\n;;\n \n;"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_rows_are_read_and_blank_lines_at_the_end_let_go(end: str, newline: str) -> None:
    found = grid(f"id; a ;b\n1;x;y\n2;;{end}".replace("\n", newline))
    assert found.names == ["id", "a", "b"]
    assert found.rows == [["1", "x", "y"], ["2", "", ""]]


@pytest.mark.parametrize("separator", [",", ";"])
def test_the_separator_is_the_first_in_the_header_whatever_the_cells_hold(separator: str) -> None:
    other = {",": ";", ";": ","}[separator]
    found = grid(f"id{separator}a\n1{separator}{other}{other}{other}")
    assert found.rows == [["1", other * 3]]


def test_one_column_needs_no_separator() -> None:
    assert grid("id\n1\n2").rows == [["1"], ["2"]]


def test_a_header_alone_has_no_rows() -> None:
    assert grid("id,a\n").rows == []


def test_places_are_counted_in_characters_on_one_line() -> None:
    found = grid("id,ime\nž1,čebela\n2,x")
    assert [found.header_place(column) for column in (0, 1)] == [Place("f.csv", 1, 1), Place("f.csv", 1, 4)]
    assert [found.cell_place(0, column) for column in (0, 1)] == [Place("f.csv", 2, 1), Place("f.csv", 2, 4)]
    assert found.row_place(1) == Place("f.csv", 3, 1)


def test_places_hold_after_cells_over_several_lines_and_with_quotation_marks() -> None:
    found = grid('id,"a","b\nc"\n1,"x ""y"", z","dve\nvrsti" \n"2",  "q",r')
    assert found.names == ["id", "a", "b\nc"]
    assert found.rows == [["1", 'x "y", z', "dve\nvrsti"], ["2", "q", "r"]]
    assert [found.cell_place(0, column) for column in range(3)] == [Place("f.csv", 3, column) for column in (1, 3, 16)]
    assert [found.cell_place(1, column) for column in range(3)] == [Place("f.csv", 5, column) for column in (1, 5, 11)]
    assert [found.row_place(row) for row in range(2)] == [Place("f.csv", 3, 1), Place("f.csv", 5, 1)]


def test_a_cell_after_one_over_several_lines_is_found_on_its_own_line() -> None:
    found = grid('id,a,b\n1,"x\ny",z')
    assert [found.cell_place(0, column) for column in range(3)] == [
        Place("f.csv", 2, 1),
        Place("f.csv", 2, 3),
        Place("f.csv", 3, 4),
    ]


def test_a_quotation_mark_inside_a_plain_cell_is_itself() -> None:
    assert grid('id,a\n1,zaslon 24"\n2,Dom "Sonce"').rows == [["1", 'zaslon 24"'], ["2", 'Dom "Sonce"']]


def test_a_carriage_return_within_a_line_stays_for_the_fields_to_refuse() -> None:
    assert grid("id,a\n1,x\ry\n").rows == [["1", "x\ry"]]


LACKING = "dodajte celice, ki manjkajo; za prazno celico zapišite le njeno ločilo »,«"


@pytest.mark.parametrize("text", ["", "\n", "  \n", "\n\nid,a", ";;\nid;a", "\ufeff"])
def test_the_first_line_must_name_the_columns(text: str) -> None:
    assert wrong(text) == ["f.csv:1:1: prva vrstica mora našteti stolpce"]


def test_tabs_are_no_separators() -> None:
    assert told(lambda: read(b"id\tname\n1\tx", "f.csv", Notes())) == [
        "f.csv:1:1: the columns are separated by tabs; separate them by commas or semicolons"
    ]


def test_rows_of_another_length_are_told_with_the_first_cell_too_many() -> None:
    assert wrong("id,a\n1,2,5\n2\n3,x") == [
        "f.csv:2:5: število celic v vrstici je 3, število stolpcev pa 2; celico, v kateri je »,«, dajte v narekovaje",
        f"f.csv:3:1: število celic v vrstici je 1, število stolpcev pa 2; {LACKING}",
    ]


def test_blank_lines_amid_the_data_are_told_once_for_each_gap() -> None:
    assert wrong("id;a\n\n1;2\n\n;\n\n2;3\n \n3;4\n\n") == [
        "f.csv:2:1: prazna vrstica sredi podatkov; odstranite jo",
        "f.csv:4:1: prazna vrstica sredi podatkov; odstranite jo",
        "f.csv:8:1: prazna vrstica sredi podatkov; odstranite jo",
    ]


def test_text_after_a_closing_mark_is_told_and_reading_goes_on() -> None:
    assert wrong('id,a,b\n1,"x"y,2\n2,"x"  "z\n3,4\n4,x,y') == [
        "f.csv:2:6: za zaključnim narekovajem je še besedilo; narekovaj v besedilu zapišite dvakrat",
        "f.csv:3:8: za zaključnim narekovajem je še besedilo; narekovaj v besedilu zapišite dvakrat",
        f"f.csv:4:1: število celic v vrstici je 2, število stolpcev pa 3; {LACKING}",
    ]


def test_a_mark_that_is_not_closed_is_told_where_it_was_opened() -> None:
    assert wrong('id,a\n1,x\n2, "y\n3,z') == [
        "f.csv:3:4: narekovaj ni zaprt; na konec celice dodajte narekovaj (narekovaj v besedilu zapišite dvakrat)"
    ]


def test_a_broken_header_ends_the_reading() -> None:
    assert wrong('id,"a"b\n1,2,3') == [
        "f.csv:1:7: za zaključnim narekovajem je še besedilo; narekovaj v besedilu zapišite dvakrat"
    ]
    assert wrong('"id,a\n1,2,3') == [
        "f.csv:1:1: narekovaj ni zaprt; na konec celice dodajte narekovaj (narekovaj v besedilu zapišite dvakrat)"
    ]


@pytest.mark.parametrize("length", [MAX_CELL + 1, 200_000])
def test_a_cell_that_is_too_long_is_told(length: int) -> None:
    assert wrong(f"id,a,b\n1,{'x' * length},2") == [
        "f.csv:2:3: celica ima več kot 100.000 znakov; skrajšajte jo (ali pa manjka narekovaj)"
    ]


def test_several_long_cells_may_stand_in_one_row() -> None:
    text = "x" * MAX_CELL
    assert grid(f"id,a,b\n1,{text},{text}").rows == [["1", text, text]]


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MAX_ROWS", 2)
    assert grid("id\n1\n2\n\n\n").rows == [["1"], ["2"]]
    assert wrong("id\n1\n2\n3") == [
        "f.csv:1:1: datoteka ima več kot 2 vrstic, več jih ne beremo; preverite, ali je prava"
    ]


def test_far_too_many_lines_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_MAX_LINES", 3)
    assert wrong("id\n1\n\n\n2") == [
        "f.csv:1:1: datoteka ima več kot 1.000.000 vrstic, več jih ne beremo; preverite, ali je prava"
    ]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=8) | st.sampled_from(
    ['"', '""', '"x', " x ", "a\nb", ",", ";", '\n"', " ", '" ,"']
)


def unspaced(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The cells without the spaces around them, which the fields let go in any case."""
    return [[cell.strip(" ") for cell in row] for row in rows]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5), st.sampled_from(",;"), st.booleans())
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]], separator: str, all_: bool) -> None:
    out = io.StringIO()
    style: type[csv.Dialect] = csv.unix_dialect if all_ else csv.excel
    writer = csv.writer(out, style, delimiter=separator, lineterminator="\n")
    written = [[f"n{at}", *row] for at, row in enumerate(rows)]
    writer.writerows([["id", "a", "b"], *written])
    assert unspaced(grid(out.getvalue()).rows) == unspaced(written)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_the_slow_reading_gives_the_same_rows_and_places_that_lead_to_the_cells(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["id", "a", "b"], *(["n", *row] for row in rows)])
    text = out.getvalue().removesuffix("\n")
    found = grid(text)
    slow = Scanner(text, ",", "f.csv").rows(Notes())
    assert unspaced(row.cells for row in slow[1:]) == unspaced(found.rows)
    lines = text.split("\n")
    for row, cells in enumerate(found.rows):
        for column, cell in enumerate(cells):
            place = found.cell_place(row, column)
            rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
            first = next(csv.reader(io.StringIO(rest + "\n", newline="\n"), skipinitialspace=True))
            assert [*first, ""][0] == cell


@given(st.text(st.sampled_from('ab,; "\n\r\t')))
def test_reading_never_ends_in_anything_but_rows_or_problems(text: str) -> None:
    notes = Notes()
    content = ("id,a\n" + text).encode()
    found = read(content, "f.csv", notes)
    assert all(len(row) == 2 for row in found.rows)
