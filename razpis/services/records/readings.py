"""The log of who read what (ZVOP-2 22), beside the journal of the procedure and with an end of its own."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from razpis.models.base import READS_ONLY, db
from razpis.models.journal import Reading
from razpis.services.actor import Actor
from razpis.services.records.journal import Subject

YEARS_KEPT = 2
PAGE = 100


def note(actor: Actor, now: datetime.datetime, purpose: str, subject: Subject) -> None:
    """Write down that ``actor`` reads ``subject``: with the running command, or, where a page only reads, in a
    transaction of its own."""
    if subject.id is None:
        raise ValueError("a reading is of something that has a number")
    reading = Reading(
        at=now, user_id=actor.person, name=actor.name, purpose=purpose, subject=subject.kind, subject_id=subject.id
    )
    if not READS_ONLY.get():
        db.session.add(reading)
        return
    reads_only = READS_ONLY.set(False)
    try:
        with Session(db.engine) as session:
            session.add(reading)
            session.commit()
    finally:
        READS_ONLY.reset(reads_only)


def latest(before: int | None = None) -> Sequence[Reading]:
    """A page of readings, the newest first; ``before`` is the number of the last one on the page before."""
    query = select(Reading).order_by(Reading.id.desc()).limit(PAGE)
    return db.session.scalars(query if before is None else query.where(Reading.id < before)).all()


def forget(now: datetime.datetime) -> int:
    """Delete readings whose time is over: two years after the end of their calendar year (IP 07121-1/2026/37)."""
    first_kept = datetime.datetime(now.year - YEARS_KEPT, 1, 1, tzinfo=datetime.UTC)
    gone = db.session.scalars(delete(Reading).where(Reading.at < first_kept).returning(Reading.id)).all()
    db.session.commit()
    return len(gone)
