"""What the lots of a call refer to: lines of the budget, each for one lot, and lots that get what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from razpis.engine.rulebook.allocation import Lot
from razpis.engine.rulebook.budget import BudgetLine
from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.source import Path_


def check_lots(checker: Checker, lines: Sequence[BudgetLine]) -> None:
    """Note lots without money or with it twice, and lines and lots that they cannot refer to."""
    known = {line.key: line for line in lines}
    held: dict[str, str] = {}
    for key, lot in checker.file.lots.items():
        path = ("lots", key)
        if (lot.amount is None) == (lot.line is None):
            checker.problem(
                path,
                "sklop ima natanko eno od: amount, line (vrstica proračuna)",
                "a lot has exactly one of: amount, line (of the budget)",
                key=True,
            )
        if lot.line is not None:
            _line(checker, (*path, "line"), lot.line, known)
            _held_once(checker, (*path, "line"), lot.line, held.setdefault(lot.line, key))
        if lot.leftover_to is not None:
            _leftover(checker, (*path, "leftover_to"), lot.leftover_to)


def _line(checker: Checker, path: Path_, name: str, known: Mapping[str, BudgetLine]) -> None:
    if name not in known:
        checker.unknown(path, name, known)
    elif known[name].reserve or any(one.above == name for one in known.values()):
        checker.problem(
            path,
            f"vrstica »{name}« je rezerva ali se deli naprej",
            f"the line '{name}' is a reserve or is divided further",
        )


def _held_once(checker: Checker, path: Path_, name: str, holder: str) -> None:
    if holder != path[1]:
        checker.problem(
            path,
            f"vrstico »{name}« že ima sklop »{holder}«; vpišite drugo",
            f"the lot '{holder}' has the line '{name}' already; write another",
        )


def _leftover(checker: Checker, path: Path_, to: str) -> None:
    """Note a lot that is not there, and a circle of lots once: at the first of them in the file."""
    lots: Mapping[str, Lot] = checker.file.lots
    if to not in lots:
        checker.unknown(path, to, lots)
        return
    begin, seen, at = str(path[1]), [str(path[1])], lots.get(to)
    while to not in seen and at is not None:
        seen.append(to)
        to = at.leftover_to or ""
        at = lots.get(to)
    if to != begin or begin != next(key for key in lots if key in seen):
        return
    circle = " → ".join([*seen, to])
    one = len(seen) == 1
    checker.problem(
        path,
        f"ostanek bi se vrnil v sklop »{to}«: {circle}; "
        + ("izbrišite »leftover_to« ali vpišite drug sklop" if one else "pri enem od njih izbrišite »leftover_to«"),
        f"the leftover would come back to lot '{to}': {circle}; "
        + ("delete 'leftover_to' or write another lot" if one else "delete 'leftover_to' at one of them"),
    )
