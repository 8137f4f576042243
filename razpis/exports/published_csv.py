"""Published results as a spreadsheet for everyone: one row an application, each with the call it belongs to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from razpis.engine import money
from razpis.exports.journal_csv import guarded

HEADER = (
    "place", "application", "recipient", "programme", "lot", "points", "outcome", "requested", "award", "limited_by",
    "decision", "decided_on", "call", "year", "title", "budget", "awarded", "final", "version", "published_at",
    "rulebook_sha256", "method", "value_of_point",
)  # fmt: skip


def published_csv(content: Mapping[str, Any], outcomes: Mapping[str, str], version: int, published_at: str) -> bytes:
    """``content`` as it was published, under :data:`HEADER`; ``outcomes``: what each outcome is called.

    UTF-8 with a mark, so that spreadsheets read š and č; comma, LF; amounts in euros with a point and two places,
    points with at most six; the value of a point, in euros, is that of the lot. A cell that a spreadsheet would take
    for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    call = content["call"]
    common = (
        call["reference"],
        str(call["year"]),
        call["sl"],
        content["budget"],
        content["awarded"],
        "da" if content["final"] else "ne",
        str(version),
        published_at,
        content["rulebook_sha256"],
        " ".join(content["method"]["sl"]),
    )
    values = {lot["lot"]: lot.get("value_of_point") or "" for lot in content["lots"]}
    rows = zip(content["lines"], _rows(content, outcomes), strict=True)
    writer.writerows([guarded(cell) for cell in (*row, *common, values[line["lot"]])] for line, row in rows)
    return out.getvalue().encode("utf-8-sig")


def _rows(content: Mapping[str, Any], outcomes: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    titles = {lot["lot"]: lot["title"]["sl"] if lot["title"] else "" for lot in content["lots"]}
    for line in content["lines"]:
        yield (
            "" if line["place"] is None else str(line["place"]),
            str(line["number"]),
            line["recipient"],
            line["programme"],
            titles[line["lot"]],
            "" if line["points"] is None else decimal(line["points"]),
            outcomes[line["outcome"]],
            line["requested"] or "",
            line["award"],
            line["limit"]["sl"],
            line["decision"],
            line["decided_on"],
        )


def decimal(exact: str) -> str:
    """Exact points as text (``94/3``) to six places: ``31.333333``."""
    return money.plain(money.rounded(money.read_exact(exact), money.Rounding(6)))
