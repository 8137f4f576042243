"""The journal and the log of readings as lists: by pages, filtered, in words, for a spreadsheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from razpis.engine.problems import Text
from razpis.exports.journal_csv import journal_csv
from razpis.models.accounts import User
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.journal import Chain, Event
from razpis.models.organisations import Organisation
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.records import journal, journal_words, readings
from razpis.services.searching import contains

WHOLE = (Role.AUDITOR, Role.ADMINISTRATOR)
CALLS_ONLY = Role.OFFICER
PAGE = 25
ASKED = ("question.ask",)
OPENED = frozenset(CallState) - {
    CallState.DRAFT,
    CallState.IN_REVIEW,
    CallState.CONFIRMED,
    CallState.PUBLISHED,
    CallState.SUSPENDED,
    CallState.CLOSED,
    CallState.CANCELLED,
}
"""States of a call in which its applications have been opened. Before that the journal tells nobody who began,
filed or asked: nobody of the municipality learns who applies before the opening (``law.md`` §8.4)."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events: of a call, of an action, by people whose name holds ``person``."""

    call: int | None = None
    action: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    field: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Deed:
    """An event in words; ``subject`` is named where it has a name, else numbered; ``call`` is the reference of
    the call it belongs to."""

    number: int
    at: datetime.datetime
    actor: str
    words: Text
    subject: Text
    call: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of events, the newest first; ``before`` leads to the next page, if there is one."""

    deeds: Sequence[Deed]
    before: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """A reading in words."""

    id: int
    at: datetime.datetime
    name: str
    words: Text
    subject: Text


@dataclass(frozen=True, slots=True)
class Checked:
    """How many events the chain holds, and the first that does not fit, if any."""

    events: int
    broken: int | None


def page(actor: Actor, chosen: Filter, before: int | None = None) -> Shown:
    """A page of events. An officer sees those of calls only. Raises :class:`Forbidden`."""
    query = _chosen(actor, chosen)
    if before is not None:
        query = query.where(Event.number < before)
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    names = _names((event.subject, event.subject_id) for event, _ in rows)
    deeds = [_deed(event, reference, names) for event, reference in rows[:PAGE]]
    return Shown(deeds, deeds[-1].number if len(rows) > PAGE else None)


def choices(actor: Actor) -> tuple[Sequence[tuple[int, str]], Sequence[tuple[str, Text]]]:
    """Calls (number, reference) and actions (key, words) that the actor can filter by, in order."""
    _allowed(actor)
    calls = db.session.execute(select(Call.id, Call.reference).order_by(Call.reference, Call.id)).all()
    keys = db.session.scalars(_chosen(actor, Filter()).with_only_columns(Event.action).order_by(None).distinct()).all()
    told = sorted(((key, journal_words.action(key)) for key in keys), key=lambda pair: (pair[1].sl, pair[0]))
    return [(number, reference) for number, reference in calls], told


def check(actor: Actor) -> Checked:
    """Recompute every hash of the journal. Raises :class:`Forbidden`."""
    actor.needs(*WHOLE, CALLS_ONLY)
    end = db.session.scalars(select(Chain)).one()
    return Checked(end.number, journal.broken())


def spreadsheet(actor: Actor, chosen: Filter) -> bytes:
    """All events of the filter as CSV, the oldest first. Raises :class:`Forbidden`."""
    query = _chosen(actor, chosen).order_by(None).order_by(Event.number)
    return journal_csv(
        _row(event, reference) for event, reference in db.session.execute(query.execution_options(yield_per=500))
    )


def read(actor: Actor, before: int | None = None) -> tuple[Sequence[Read], int | None]:
    """A page of the log of readings, the newest first, and where the next begins. Raises :class:`Forbidden`."""
    actor.needs(*WHOLE)
    found = readings.latest(before)
    names = _names((one.subject, one.subject_id) for one in found)
    told = [
        Read(one.id, one.at, one.name, journal_words.reading(one.purpose), _subject(one.subject, one.subject_id, names))
        for one in found
    ]
    return told, found[-1].id if len(found) == readings.PAGE else None


def _allowed(actor: Actor) -> bool:
    """Whether the actor sees the whole journal."""
    actor.needs(*WHOLE, CALLS_ONLY)
    return not actor.roles.isdisjoint(WHOLE)


def _chosen(actor: Actor, chosen: Filter) -> Select[Event, str]:
    query = select(Event, Call.reference).outerjoin(Call, Call.id == Event.call_id)
    query = query.where(or_(Event.call_id.is_(None), Event.action.not_in(ASKED), Call.state.in_(OPENED)))
    query = query.where(or_(Event.subject != "application", Call.state.in_(OPENED)))
    if not _allowed(actor):
        query = query.where(Event.call_id.is_not(None))
    if chosen.call is not None:
        query = query.where(Event.call_id == chosen.call)
    if chosen.action:
        query = query.where(Event.action == chosen.action)
    if chosen.person.strip():
        query = query.where(contains(Event.actor, chosen.person))
    return query.order_by(Event.number.desc())


def _deed(event: Event, reference: str | None, named: _Names) -> Deed:
    names = [*event.before, *(name for name in event.after if name not in event.before)]
    return Deed(
        event.number,
        event.at,
        event.actor,
        journal_words.action(event.action),
        _subject_of(event, reference, named),
        reference,
        tuple(
            Change(
                journal_words.field(name),
                journal_words.value(name, event.before.get(name)),
                journal_words.value(name, event.after.get(name)),
            )
            for name in names
        ),
    )


def _subject_of(event: Event, reference: str | None, named: _Names) -> Text:
    """What the event is about; a call has its reference beside it and needs no number."""
    if event.subject == "call" and reference is not None:
        return journal_words.subject(event.subject)
    return _subject(event.subject, event.subject_id, named)


def _row(event: Event, reference: str | None) -> tuple[str, ...]:
    return (
        str(event.number),
        local_time(event.at).isoformat(),
        event.actor,
        event.action,
        journal_words.action(event.action).sl,
        event.subject,
        str(event.subject_id or ""),
        reference or "",
        canonical(event.before),
        canonical(event.after),
        event.sha256,
    )


_Names = dict[tuple[str, int | None], str]


def _names(subjects: Iterable[tuple[str, int | None]]) -> _Names:
    """The names of those subjects that have one: one query for each kind."""
    named: _Names = {}
    asked = set(subjects)
    for kind, table in (("user", User), ("organisation", Organisation)):
        numbers = {number for one, number in asked if one == kind and number is not None}
        rows = db.session.execute(select(table.id, table.name).where(table.id.in_(numbers))) if numbers else ()
        named |= {(kind, number): name for number, name in rows}
    return named


def _subject(kind: str, number: int | None, names: _Names) -> Text:
    what, which = journal_words.subject(kind), names.get((kind, number), str(number or ""))
    return Text(f"{what.sl} {which}".strip(), f"{what.en} {which}".strip())
