"""The journal as a spreadsheet: a mark for š and č, no cell that runs."""

from __future__ import annotations

import pytest

from razpis.exports.journal_csv import HEADER, guarded, journal_csv


def test_cells_that_look_like_formulas_are_made_text() -> None:
    content = journal_csv([("1", "=1+1", "@a", "-5", "+386", "Žiga, Čeh")])
    header, row = content.decode("utf-8-sig").splitlines()
    assert content.startswith(b"\xef\xbb\xbf")
    assert header == ",".join(HEADER)
    assert row == "1,'=1+1,'@a,'-5,'+386,\"Žiga, Čeh\""


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("Društvo;=1+1", "Društvo;'=1+1"),
        ('Društvo; "@A1"', 'Društvo; "\'@A1"'),
        ("prva\n-2+3\ttretja\t+4", "prva\n'-2+3\ttretja\t'+4"),
        ("=A1;=B1", "'=A1;'=B1"),
        ("Šola; tečaj, 1 + 1 = 2", "Šola; tečaj, 1 + 1 = 2"),
    ],
)
def test_no_formula_begins_where_a_slovenian_spreadsheet_begins_a_cell(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


def test_an_empty_journal_is_its_header() -> None:
    assert journal_csv([]).decode("utf-8-sig") == ",".join(HEADER) + "\n"
