"""The journal of the procedure: one event for each command, chained by hashes, never changed.

The log of who read what is another thing with its own end: see :mod:`razpis.services.readings`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from razpis.models.base import canonical, db
from razpis.models.journal import Chain, Event
from razpis.services.actor import Actor

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: its kind (``call``, ``application`` …), number, and the call it belongs to."""

    kind: str
    id: int | None = None
    call: int | None = None


def record(
    actor: Actor,
    now: datetime.datetime,
    action: str,
    subject: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Append an event within the running transaction; only one transaction appends at a time."""
    end = _end()
    event = Event(
        number=end.number + 1,
        at=now,
        actor_id=actor.id,
        actor=actor.name,
        action=action,
        subject=subject.kind,
        subject_id=subject.id,
        call_id=subject.call,
        before=dict(before or {}),
        after=dict(after or {}),
        sha256="",
    )
    event.sha256 = digest(end.sha256, event)
    db.session.add(event)
    end.number, end.sha256 = event.number, event.sha256
    return event


def digest(previous: str, event: Event) -> str:
    """SHA-256 (hex) of the hash before and everything the event says."""
    said = [
        previous,
        event.number,
        event.at.astimezone(datetime.UTC).isoformat(),
        event.actor_id,
        event.actor,
        event.action,
        event.subject,
        event.subject_id,
        event.call_id,
        event.before,
        event.after,
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def broken() -> int | None:
    """The number of the first event that does not fit the chain, or ``None`` where all do.

    An end cut off is told by the number after the last event.
    """
    previous, number = START, 0
    query = select(Event).order_by(Event.number).execution_options(yield_per=500)
    with db.session.scalars(query) as events:
        for event in events:
            if event.number != number + 1 or event.sha256 != digest(previous, event):
                return number + 1
            previous, number = event.sha256, event.number
    end = db.session.scalars(select(Chain)).one()
    return None if (end.number, end.sha256) == (number, previous) else number + 1


def _end() -> Chain:
    return db.session.scalars(select(Chain).with_for_update()).one()
