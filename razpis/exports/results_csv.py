"""The result list as CSV: one line an application, in the order lot, place, id."""

from __future__ import annotations

import csv
import io

from razpis.engine import money
from razpis.engine.evaluation import Evaluation, Line, reserve_positions
from razpis.engine.money import Number

HEADER = ("place", "id", "lot", "points", "outcome", "award", "limited_by")
RESERVE = "reserve"
"""One more column where the rules keep a reserve list: the position on it, blank for who is not on it."""


def results_csv(evaluation: Evaluation) -> bytes:
    """UTF-8, comma, LF; amounts in euros with a point and two places; points exact where they end
    within six places, else rounded half-up to six (``evaluation.json`` holds the exact fraction)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    reserve = reserve_positions(evaluation)
    if reserve is None:
        writer.writerow(HEADER)
        writer.writerows(_row(line) for line in evaluation.lines)
    else:
        writer.writerow((*HEADER, RESERVE))
        writer.writerows((*_row(line), reserve.get(line.case.id, "")) for line in evaluation.lines)
    return out.getvalue().encode()


def _row(line: Line) -> tuple[str | int, ...]:
    return (
        line.ranked.place if line.ranked else "",
        line.case.id,
        line.case.lot,
        "" if line.score.total is None else decimal(line.score.total),
        line.outcome,
        money.fixed(money.from_cents(line.cents), 2),
        line.limited_by,
    )


def decimal(value: Number) -> str:
    """``72``, ``17.5``, ``31.333333``."""
    return money.plain(money.rounded(value, money.Rounding(6)))
