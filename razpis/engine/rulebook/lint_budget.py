"""Whether every cent of the budget is for something: what no line takes, and lines that no lot divides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine import money
from razpis.engine.rulebook.budget import Line, whole
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.notes import Notes, euros
from razpis.engine.rulebook.source import Path_


def look(notes: Notes, rulebook: Rulebook) -> None:
    """Note money that stays without a purpose. A budget without lines is divided whole, or bounds the lots."""
    budget = rulebook.file.budget
    if budget is None or not budget.lines:
        return
    _left(notes, rulebook, ("budget",), "", whole(budget))
    lines = dict(_lines(budget.lines, ("budget",)))
    held = {line.key: line.available for line in rulebook.budget_lines}
    used = {lot.line for lot in rulebook.lots.values()}
    for path, line in lines.items():
        key = str(path[-1])
        if line.lines and not line.reserve:
            _left(notes, rulebook, path, key, held[key])
        elif not line.reserve and key not in used and held[key]:
            amount = euros(money.from_cents(held[key]))
            notes.warning(
                path,
                f"vrstice »{key}« ne deli noben sklop ({amount.sl}); dodajte sklop z »line: {key}« ali vrstici "
                "»reserve: true«",
                f"no lot divides the line '{key}' ({amount.en}); add a lot with 'line: {key}', or give the line "
                "'reserve: true'",
                key=True,
            )


def _lines(lines: Mapping[str, Line], path: Path_) -> Iterator[tuple[Path_, Line]]:
    """Every line with its path; what a reserve is divided into is a reserve too, so it is left out."""
    for key, line in lines.items():
        here = (*path, "lines", key)
        yield here, line
        if not line.reserve:
            yield from _lines(line.lines, here)


def _left(notes: Notes, rulebook: Rulebook, path: Path_, above: str, cents: int) -> None:
    left = cents - sum(line.cents for line in rulebook.budget_lines if line.above == above)
    if not left:
        return
    amount = euros(money.from_cents(left))
    notes.warning(
        (*path, "lines"),
        f"{amount.sl} ni v nobeni vrstici; zadnja naj ima namesto zneska ali odstotka »rest: true« ali dodajte vrstico "
        "»{rest: true, reserve: true}«",
        f"{amount.en} stand in no line; let the last one have 'rest: true' in place of an amount or a percentage, or "
        "add a line '{rest: true, reserve: true}'",
        key=True,
    )
