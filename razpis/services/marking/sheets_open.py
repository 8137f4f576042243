"""Sheets that are open to all who decide on an application: only once every one of them is locked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from razpis.engine.problems import Text
from razpis.engine.rulebook.criteria import Marks
from razpis.models.applications import Application
from razpis.models.marking import AgreedMark, MarkSheet, MemberMark
from razpis.services.actor import Actor
from razpis.services.errors import Missing, Refused
from razpis.services.marking import mark_locks, mark_rules, mark_sheets, material
from razpis.services.marking.material import Material
from razpis.services.records import readings
from razpis.services.sitting import declarations, duties, seated


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One member's locked sheet."""

    person: int
    name: str
    sheet: MarkSheet
    marks: Mapping[str, MemberMark]


@dataclass(frozen=True, slots=True)
class Opened:
    """An application with the marks of all. ``chairs``: this person may open a sheet again or call a deputy in."""

    application: Application
    rules: Mapping[str, Marks]
    sheets: Sequence[OpenSheet]
    agreed: Mapping[str, AgreedMark]
    chairs: bool
    deputies: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """An application of the round: how many of its sheets are locked, whether all are. ``missing``: who has still to
    mark it though it was scored already; ``chairs``: this person may open it for them."""

    application: Application
    locked: int
    due: int
    closed: bool
    missing: Sequence[str] = ()
    chairs: bool = False


def of_call(actor: Actor, call_id: int, now: datetime.datetime) -> list[Listed]:
    """Applications this person may read, with how many sheets are locked. Raises :class:`Forbidden`, :class:`Missing`.

    That a sheet is locked may be known; what stands in it is not told before all are.
    """
    seat = seated.held(actor, call_id)
    gathered = material.gather(seat.call)
    may = declarations.readable(actor, call_id, now)
    listed = [one for one in gathered.applications.values() if one.id in may]
    return [_listed(actor, gathered, one) for one in listed if any(gathered.round.due_sheets(one.id))]


def _listed(actor: Actor, gathered: Material, one: Application) -> Listed:
    sheets = gathered.round.due_sheets(one.id)
    locked = sum(sheet is not None and sheet.locked_at is not None for sheet in sheets)
    missing = mark_locks.without_sheet(gathered.round, one)
    chairs = bool(missing) and mark_locks.chairs(actor, gathered.call, one)
    return Listed(one, locked, len(sheets), gathered.round.closed(one.id), missing, chairs)


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> Opened:
    """The marks of all members on one application; the reading is noted.

    Raises :class:`Missing`, :class:`Forbidden` with a conflict or without a declaration, :class:`Refused` while a
    sheet is still open: nobody sees another's marks before (``lessons.md``: aggregate shown too early).
    """
    seat = seated.held(actor, call_id)
    gathered = material.gather(seat.call)
    application = gathered.applications.get(key)
    if application is None:
        raise Missing
    if application.id not in declarations.readable(actor, call_id, now):
        declarations.may_read(actor, application.id, now)
    if not gathered.round.closed(application.id):
        raise Refused(
            Text(
                "Ocene drugih vidite, ko so pri vlogi zaklenjeni vsi ocenjevalni listi.",
                "You see the others' marks once all sheets of the application are locked.",
            )
        )
    readings.note(actor, now, "application.marks", declarations.subject(application))
    marked = set(gathered.round.duties.due[application.id])
    deputies = [person for person in duties.deputies(call_id) if person not in marked]
    return Opened(
        application,
        mark_rules.judged(gathered.rulebook),
        _sheets(gathered, application),
        {criterion: mark for (id_, criterion), mark in gathered.round.agreed.items() if id_ == application.id},
        mark_locks.chairs(actor, seat.call, application),
        duties.names(deputies),
    )


def _sheets(gathered: Material, application: Application) -> list[OpenSheet]:
    on = gathered.round.duties
    found = []
    for person in on.due[application.id]:
        sheet = gathered.round.sheets[application.id, person]
        found.append(OpenSheet(person, on.names[person], sheet, mark_sheets.given(sheet)))
    return found
