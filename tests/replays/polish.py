"""Participatory budgets of Polish cities: each election a lot, whole projects in the order of votes."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from tests.replays.folder import evaluated, rows

RULES = """\
call: {title: Budżet obywatelski, reference: PB, year: 2020}
fields:
  votes: {type: integer, label: Glasovi}
  requested: {type: euro, label: Vrednost projekta}
ranking:
  keys: [{expression: votes}, line]
allocation: {fill: rank, edge: skip, request: requested}
lots:
"""


def differences() -> tuple[int, int, int, list[str]]:
    """Elections and projects compared, elections left out (a local rule not in the data), differences."""
    elections = rows("polish-elections", "elections.csv")
    compared = {row["election"]: row for row in elections if row["at_the_edge"] != "neither"}
    projects = [row for row in rows("polish-elections", "applications.csv") if row["election"] in compared]
    lots = (
        f"  {name}: {{amount: {row['budget']}, edge: {_edge(row['at_the_edge'])}}}\n" for name, row in compared.items()
    )
    with tempfile.TemporaryDirectory() as folder:
        found = evaluated(RULES + "".join(lots), "polish.yaml", _applications(Path(folder), projects))
    funded = {line.case.id: line.outcome == "granted" for line in found.lines}
    published = {row["id"]: row["funded"] == "yes" for row in rows("polish-elections", "published.csv")}
    wrong = [f"{id_}: {ours}, objavljeno {published[id_]}" for id_, ours in funded.items() if published[id_] != ours]
    return len(compared), len(projects), len(elections) - len(compared), wrong


def _edge(at_the_edge: str) -> str:
    """Where both rules give the published outcome, either will do."""
    return "skip" if at_the_edge == "both" else at_the_edge


def _applications(folder: Path, projects: list[dict[str, str]]) -> Path:
    """The projects with the election as their lot, in the order of the published file."""
    path = folder / "applications.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "lot", "votes", "requested"])
        writer.writerows([row["id"], row["election"], row["votes"], row["requested"]] for row in projects)
    return path
