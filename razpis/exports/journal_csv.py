"""The journal as a spreadsheet: one row for each event, with everything its hash covers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

HEADER = ("number", "at", "actor", "action", "words", "subject", "subject_id", "call", "before", "after", "sha256")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LATER = re.compile(r"([;\t\r\n][\s\"']*)(?=[=+\-@])")


def journal_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """``rows`` under :data:`HEADER`. UTF-8 with a mark, so that spreadsheets read š and č; comma, LF.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula, also not after a semicolon or a line end in it.

    Where decimals are written with a comma, as in Slovenia, Excel begins a new cell at a semicolon, not at a comma.
    """
    later = _LATER.sub(r"\1'", cell)
    return f"'{later}" if cell.startswith(_FORMULA) else later
