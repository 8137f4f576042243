"""One criterion across a member's applications: the same question put to each, so that the same measure is kept."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from razpis.engine.rulebook.criteria import Marks
from razpis.services.actor import Actor
from razpis.services.errors import Missing
from razpis.services.marking import mark_desk, mark_rules
from razpis.services.marking.mark_desk import Asked, Desk, Line
from razpis.services.marking.material import Material

PAGE = 20
"""Applications on one page: long reasons for a hundred would be too much to send at once."""


@dataclass(frozen=True, slots=True)
class Row:
    """One application that is marked by the criterion; ``open`` while this person can still change the mark."""

    line: Line
    asked: Asked
    open: bool


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """A page of a member's applications by one criterion. ``number`` counts from 1 to ``pages``."""

    desk: Desk
    key: str
    rule: Marks
    rows: Sequence[Row]
    number: int
    pages: int
    done: int
    needed: int


def one(actor: Actor, call_id: int, criterion: str, number: int, now: datetime.datetime) -> CriterionPage:
    """The page ``number`` of the person's own applications that this criterion is marked in, in their own order.

    Applications one is excluded from or has not declared for are not among them. Constant number of queries.
    Raises :class:`Forbidden`, :class:`Missing` for a criterion that is not marked or a page there is not.
    """
    desk, gathered = mark_desk.with_material(actor, call_id, now)
    if criterion not in desk.criteria:
        raise Missing
    found = _rows(actor, gathered, desk, criterion)
    pages = max(1, -(-len(found) // PAGE))
    if not 1 <= number <= pages:
        raise Missing
    shown = found[(number - 1) * PAGE : number * PAGE]
    done = sum(row.asked.mark is not None and bool(row.asked.mark.points) for row in found)
    return CriterionPage(desk, criterion, desk.criteria[criterion], shown, number, pages, done, len(found))


def _rows(actor: Actor, gathered: Material, desk: Desk, criterion: str) -> list[Row]:
    needed = mark_rules.needed(gathered.rulebook, gathered.cases)
    rule, found = desk.criteria[criterion], list[Row]()
    for line in desk.lines:
        if criterion in needed[line.application.key]:
            mark = mark_desk.marks(gathered.round.sheets.get((line.application.id, actor.person))).get(criterion)
            found.append(Row(line, Asked(criterion, rule, mark), line.open and not line.locked))
    return found
