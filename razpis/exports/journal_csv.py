"""The journal as a spreadsheet: one row for each event, with everything its hash covers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

HEADER = ("number", "at", "actor", "action", "words", "subject", "subject_id", "call", "before", "after", "sha256")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
