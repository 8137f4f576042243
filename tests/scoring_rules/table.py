"""Worked cases as a table a lawyer can read: evaluated, and written back in the same words to be compared.

Left of ``||`` stands what came in, right of it what must come out. A heading on the left is ``vloga``, ``sklop``,
``prijavitelj``, or a name that the test maps to a field, or to ``marks:criterion`` (members' marks with a space
between them, and ``dogovor 4,5`` for the agreed one). A field without a heading gets a stand-in answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from razpis.engine import money
from razpis.engine.cases import AGREED, Case, Mark
from razpis.engine.evaluation import Evaluation, Line, evaluate
from razpis.engine.money import Number
from razpis.engine.problems import Place
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import AttachmentField, Field, NumberField, TextField, YesNoField
from razpis.engine.scoring.score import NotApplied

Row = dict[str, str]
OUTCOMES = {
    "granted": "v celoti",
    "part": "delno",
    "no_money": "brez sredstev",
    "below_threshold": "pod pragom",
    "condition_failed": "pogoj ni izpolnjen",
    "open_tie": "izenačenje odprto",
}
LIMITS = {"level": "vrednost točke", "request": "zaprošeni znesek"}


@dataclass(frozen=True, slots=True)
class Worked:
    """A table evaluated: what must come out, what came out (row by row, in its words), and the evaluation."""

    expected: list[Row]
    found: list[Row]
    evaluation: Evaluation


def worked(rulebook: Rulebook, table: str, headings: Mapping[str, str]) -> Worked:
    """The applications of ``table`` evaluated by ``rulebook``."""
    given, expected = parse(table)
    cases = [_case(rulebook, at, row, headings) for at, row in enumerate(given, 1)]
    marks = {
        (row["vloga"], target.removeprefix("marks:")): _marks(row[heading])
        for row in given
        for heading, target in headings.items()
        if target.startswith("marks:") and row[heading]
    }
    evaluation = evaluate(rulebook, cases, marks, {})
    lines = {line.case.id: line for line in evaluation.lines}
    found = [
        {heading: _said(rulebook, heading, lines[row["vloga"]]) for heading in wanted}
        for row, wanted in zip(given, expected, strict=True)
    ]
    return Worked(expected, found, evaluation)


def parse(table: str) -> tuple[list[Row], list[Row]]:
    """What came in and what must come out, row by row; lines with ``#`` explain the table."""
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    (left, right), *body = [[_cells(half) for half in line.split("||")] for line in lines]
    given = [dict(zip(left, cells[0], strict=True)) for cells in body]
    return given, [dict(zip(right, cells[1], strict=True)) for cells in body]


def euros(cents: Number) -> str:
    """``1.234,50``."""
    whole, decimals = money.fixed(money.from_cents(cents), 2).split(".")
    return f"{int(whole):,}".replace(",", ".") + f",{decimals}"


def _cells(half: str) -> list[str]:
    return [cell.strip() for cell in half.split("|")]


def _case(rulebook: Rulebook, at: int, row: Row, headings: Mapping[str, str]) -> Case:
    stated = {headings[heading]: cell for heading, cell in row.items() if heading in headings}
    claims = {key: _answer(field, stated.get(key), row["vloga"]) for key, field in rulebook.fields.items()}
    return Case(
        id=row["vloga"],
        line=at,
        place=Place("razpredelnica", at),
        lot=row.get("sklop", ""),
        applicant=row.get("prijavitelj"),
        submitted_at=None,
        claims=claims,
    )


def _answer(field: Field, cell: str | None, id_: str) -> Any:
    """An answer of the field's type; texts and attachments nobody asks about get a stand-in."""
    if isinstance(field, AttachmentField):
        return None if cell == "ne" else "priloga.pdf"
    if isinstance(field, TextField):
        return cell or f"Društvo {id_}"
    assert cell is not None, f"the table says nothing of {field.label.sl}"
    if isinstance(field, YesNoField):
        return {"da": True, "ne": False}[cell]
    if isinstance(field, NumberField) and field.type == "euro":
        return money.parse_euro(cell)
    return cell if field.type == "choice" else money.parse_number(cell)


def _marks(cell: str) -> tuple[Mark, ...]:
    single, _, agreed = cell.partition("dogovor")
    marks = [Mark(f"član {at}", money.parse_number(text), "razlog") for at, text in enumerate(single.split(), 1)]
    if agreed:
        marks.append(Mark(AGREED, money.parse_number(agreed), "dogovor"))
    return tuple(marks)


def _said(rulebook: Rulebook, heading: str, line: Line) -> str:
    match heading:
        case "točke":
            return _points(line)
        case "skupaj":
            return _plain(line.score.total)
        case "za vrstni red":
            return _plain(line.score.ranking_total)
        case "mesto":
            return str(line.ranked.place) if line.ranked else ""
        case "znesek":
            return euros(line.cents)
        case "omejitev":
            return LIMITS.get(line.limited_by) or _limit(rulebook, line.limited_by)
        case "izid":
            return OUTCOMES[line.outcome]
    raise KeyError(heading)


def _points(line: Line) -> str:
    """``20 + 30 + 20 = 70``; a criterion that does not apply is a dash."""
    if line.score.total is None:
        return ""
    parts: Sequence[str] = [
        "–" if isinstance(one.basis, NotApplied) else _plain(one.points) for one in line.score.criteria
    ]
    return f"{' + '.join(parts)} = {_plain(line.score.total)}"


def _plain(value: Number | None) -> str:
    return "" if value is None else money.plain(value).replace(".", ",")


def _limit(rulebook: Rulebook, key: str) -> str:
    allocation = rulebook.file.allocation
    limit = allocation.limits.get(key) if allocation else None
    return limit.title.sl if limit and limit.title else key
