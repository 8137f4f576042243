"""The result list as a plain-text table for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from razpis.engine.evaluation import Evaluation, Line, reserve_positions
from razpis.engine.problems import Language
from razpis.engine.wording import Speaker
from razpis.exports.evaluation_json import applicant_name

OUTCOMES = {
    "granted": ("odobreno", "granted"),
    "part": ("delno odobreno", "partly granted"),
    "below_threshold": ("pod pragom", "below threshold"),
    "no_money": ("ni sredstev", "no money"),
    "condition_failed": ("pogoj ni izpolnjen", "condition failed"),
    "dismissed": ("zavrženo", "dismissed"),
    "not_scored": ("ni ocenjeno", "not scored"),
    "open_tie": ("izenačeno", "open tie"),
    "ranked": ("uvrščeno", "ranked"),
}
_NAME_WIDTH = 38


def result_table(evaluation: Evaluation, language: Language) -> str:
    """A table per lot with the sum of awards under it, and the open ties."""
    speaker = Speaker(language)
    lots = list(dict.fromkeys(line.case.lot for line in evaluation.lines))
    pieces = [_lot(speaker, evaluation, lot) for lot in lots]
    for tie in (tie for ranking in evaluation.rankings for tie in ranking.ties):
        if tie.settled == "open":
            ids = ", ".join(tie.ids)
            pieces.append(
                speaker.say(f"Izenačenje {tie.name} ni razrešeno: {ids}", f"Tie {tie.name} is not settled: {ids}")
            )
    return "\n".join(pieces)


def _lot(speaker: Speaker, evaluation: Evaluation, lot: str) -> str:
    lines = [line for line in evaluation.lines if line.case.lot == lot]
    head = speaker.say("mesto|vloga|prijavitelj|točke|izid|dodeljeno", "place|id|applicant|points|outcome|award")
    rows = [tuple(head.split("|")), *(_row(speaker, evaluation, line) for line in lines)]
    total = speaker.euros(sum(line.cents for line in lines))
    rows.append(("", "", speaker.say("skupaj", "total"), "", "", total))
    reserve = reserve_positions(evaluation)
    if reserve is not None:
        listed = [f"{reserve[line.case.id]}." if line.case.id in reserve else "" for line in lines]
        column = [speaker.say("rezerva", "reserve"), *listed, ""]
        rows = [(*row, cell) for row, cell in zip(rows, column, strict=True)]
    head_line, *body, total_line = aligned(rows, right=(True, False, False, True, False, True, True)[: len(rows[0])])
    rule = "─" * max(_width(line) for line in (head_line, *body, total_line))
    title = evaluation.rulebook.lots[lot].title if lot in evaluation.rulebook.lots else None
    heading = f"\n{speaker.text(title) or lot}\n" if lot else "\n"
    return heading + "\n".join([head_line, rule, *body, rule, total_line])


def aligned(rows: Sequence[tuple[str, ...]], right: tuple[bool, ...]) -> list[str]:
    """Rows of cells as lines with columns of one width; ``right``: which columns are aligned to the right."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            _pad(cell, width, to_right) for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]


def _row(speaker: Speaker, evaluation: Evaluation, line: Line) -> tuple[str, ...]:
    name = applicant_name(evaluation, line)
    return (
        f"{line.ranked.place}." if line.ranked else "",
        line.case.id,
        name if _width(name) <= _NAME_WIDTH else name[: _NAME_WIDTH - 1] + "…",
        "" if line.score.total is None else speaker.number(line.score.total),
        speaker.say(*OUTCOMES[line.outcome]),
        speaker.euros(line.cents),
    )


def _width(text: str) -> int:
    """Columns on the terminal: wide letters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
