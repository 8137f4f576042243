"""FIHO 2020: the budget tree of the example rulebook against the published amounts, to the cent."""

from __future__ import annotations

from pathlib import Path

from razpis.engine import money
from razpis.engine.rulebook import read
from razpis.engine.rulebook.budget import whole
from tests.replays.folder import rows

RULEBOOK = Path(__file__).parents[2] / "scoring_rules" / "zgledi" / "fiho-2020.yaml"
TOTAL = "total"


def differences() -> tuple[int, list[str]]:
    """How many published lines were compared – the line above and the cents – and every line that differs."""
    published = {
        row["node"]: (row["parent"], money.to_cents(money.parse_euro(row["amount_eur"])))
        for row in rows("fiho-2020", "published.csv")
    }
    ours = _lines()
    names = [*published, *(name for name in ours if name not in published)]
    wrong = [
        f"{name}: {ours.get(name)}, objavljeno {published.get(name)}"
        for name in names
        if ours.get(name) != published.get(name)
    ]
    return len(published), wrong


def _lines() -> dict[str, tuple[str, int]]:
    """The line above and the cents of every line of the rulebook's budget, the whole of it among them."""
    rulebook = read(RULEBOOK)
    budget = rulebook.file.budget
    assert budget is not None
    lines = {line.key: (line.above or TOTAL, line.cents) for line in rulebook.budget_lines}
    return {TOTAL: ("", whole(budget)), **lines}
