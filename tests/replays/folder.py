"""Where the published outcomes lie, and how their files are read."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from razpis.engine.evaluation import Evaluation, evaluate
from razpis.engine.rulebook import load
from razpis.intake import read_applications

REPLAYS = Path(os.environ.get("RAZPIS_REPLAYS") or Path(__file__).parents[2] / ".." / "shared" / "replays")


def rows(*path: str) -> list[dict[str, str]]:
    """The records of one CSV file of the folder."""
    with REPLAYS.joinpath(*path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def evaluated(rulebook: str, name: str, applications: Path) -> Evaluation:
    """A generated rulebook evaluated over a file of applications, by the same way in as the command line."""
    parsed = load(rulebook.encode(), name)
    return evaluate(parsed, read_applications(applications, parsed).value, {}, {})
