"""Project Catalyst, Fund 9 (2022): 1,166 proposals in 13 lots, whole requests in rank order, skipping."""

from __future__ import annotations

import json

from razpis.engine.evaluation import Line
from tests.replays.folder import REPLAYS, evaluated, rows

RULES = """\
call: {title: Project Catalyst Fund 9, reference: F9, year: 2022}
fields:
  proposal: {type: text, label: Predlog}
  net_votes: {type: integer, label: Neto glasovi}
  meets_threshold: {type: yes_no, label: Dosega prag glasovanja}
  requested: {type: euro, label: Zaprošeni znesek}
conditions:
  threshold: {text: Predlog dosega prag glasovanja, test: meets_threshold}
ranking:
  keys: [{expression: net_votes}]
allocation: {fill: rank, edge: skip, request: requested}
lots:
"""


def rulebook() -> str:
    """The rules of the fund, with the lots and their money as published."""
    lots = (f"  {json.dumps(row['lot'], ensure_ascii=False)}: {{amount: {row['budget']}}}\n" for row in lots_file())
    return RULES + "".join(lots)


def lots_file() -> list[dict[str, str]]:
    """The published lots."""
    return rows("catalyst-fund9", "lots.csv")


def differences() -> tuple[int, list[str]]:
    """How many lines were compared – award and running remainder – and every line that differs."""
    found = evaluated(rulebook(), "catalyst-fund9.yaml", REPLAYS / "catalyst-fund9" / "applications.csv")
    lines = {line.case.id: line for line in found.lines}
    left = {row["lot"]: int(row["budget"]) * 100 for row in lots_file()}
    published = rows("catalyst-fund9", "published.csv")
    wrong = []
    for row in published:
        line = lines[row["id"]]
        left[line.case.lot] = _remaining(line, left[line.case.lot])
        ours = (line.cents, left[line.case.lot])
        theirs = (int(row["awarded"]) * 100, int(row["remaining_after"]) * 100)
        if ours != theirs:
            wrong.append(f"{row['id']}: {ours}, objavljeno {theirs}")
    return len(published), wrong


def _remaining(line: Line, before: int) -> int:
    """What the trace says was left after this line; a proposal that was not ranked leaves all as it was."""
    if line.award is None or line.award.available is None:
        return before
    return line.award.available - line.award.cents
