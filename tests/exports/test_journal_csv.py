"""The journal as a spreadsheet: a mark for š and č, no cell that runs."""

from __future__ import annotations

from razpis.exports.journal_csv import HEADER, journal_csv


def test_cells_that_look_like_formulas_are_made_text() -> None:
    content = journal_csv([("1", "=1+1", "@a", "-5", "+386", "Žiga, Čeh")])
    header, row = content.decode("utf-8-sig").splitlines()
    assert content.startswith(b"\xef\xbb\xbf")
    assert header == ",".join(HEADER)
    assert row == "1,'=1+1,'@a,'-5,'+386,\"Žiga, Čeh\""


def test_an_empty_journal_is_its_header() -> None:
    assert journal_csv([]).decode("utf-8-sig") == ",".join(HEADER) + "\n"
