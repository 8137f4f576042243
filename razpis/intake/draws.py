"""Recorded draws from a CSV file: which tie, in what order, from which seed."""

from __future__ import annotations

from pathlib import Path

from razpis.engine.cases import Draw
from razpis.intake.records import Records
from razpis.intake.report import Read, Refused, refused, shown
from razpis.intake.values import LINE

HEADER = ("tie", "order", "seed")
_BETWEEN = "|"


def read_draws(path: Path) -> Read[dict[str, Draw]]:
    """The draws in the CSV file ``path`` by the name of their tie; ``order`` lists ids with ``|`` between them.

    An order, a seed, or both must be given. Raises :class:`Problems` with all that is wrong.
    """
    records = Records(path, HEADER)
    draws: dict[str, Draw] = {}
    lines: dict[str, int] = {}
    for row in range(len(records)):
        tie = records.line_text(row, "tie")
        draw = _draw(records, row, tie or "")
        if tie is None:
            continue
        if tie in draws:
            records.refuse(
                row,
                "tie",
                f"žreb za »{shown(tie)}« je že v vrstici {lines[tie]}; enega odstranite",
                f"line {lines[tie]} already has a draw of '{shown(tie)}'; remove one of them",
            )
            continue
        draws[tie], lines[tie] = draw, records.line(row)
    return records.notes.read(draws)


def _draw(records: Records, row: int, tie: str) -> Draw:
    seed = ""
    order: tuple[str, ...] = ()
    try:
        seed = LINE(records.text(row, "seed")) or ""
    except Refused as found:
        records.note(row, "seed", found)
    try:
        order = _order(records.text(row, "order"))
        if not order and not records.text(row, "seed"):
            raise refused("vpišite vrstni red, seme ali oboje", "fill in the order, the seed or both")
    except Refused as found:
        records.note(row, "order", found)
    return Draw(tie, order, seed, records.place(row, "tie"))


def _order(text: str) -> tuple[str, ...]:
    """The ids in their order; raises :class:`Refused`."""
    if not text:
        return ()
    ids = [LINE(part) for part in text.split(_BETWEEN)]
    if None in ids:
        raise refused(
            "prazna oznaka v vrstnem redu; med znakoma | mora biti oznaka vloge",
            "a blank id in the order; there must be an id between the signs |",
        )
    doubled = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if doubled is not None:
        raise refused(
            f"vloga »{shown(doubled)}« je v vrstnem redu dvakrat; enkrat jo izbrišite",
            f"the application '{shown(doubled)}' stands twice in the order; delete it once",
        )
    return tuple(ids)
