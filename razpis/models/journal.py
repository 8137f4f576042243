"""What happened: the journal of the procedure, and the log of who read personal data."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import ExecutableDDLElement

from razpis.models.base import Base, Instant, Json


class Event(Base):
    """One command that was carried out. ``sha256`` covers all of it and the hash of the event before."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject", "subject_id"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))


class Chain(Base):
    """The end of the journal: one row, locked by whoever appends."""

    __tablename__ = "chain"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class Reading(Base):
    """Somebody read something (ZVOP-2 22): kept to the end of the second calendar year after it."""

    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime] = mapped_column(Instant, index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]


class Counter(Base):
    """The last number given in a series; a number given is never given again."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]


BEGINNING = (
    "INSERT INTO chain (id, number, sha256) "
    "VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')"
)

FIXED_SQLITE = tuple(
    f"CREATE TRIGGER event_no_{what} BEFORE {what} ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
    for what in ("update", "delete")
)
FIXED_POSTGRESQL = (
    "CREATE FUNCTION event_fixed() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'event is append-only'; END $$",
    "CREATE TRIGGER event_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION event_fixed()",
)
"""The database itself refuses to change the journal, whoever asks; migrations run the same statements."""

_AT_MAKING = (
    (Chain.__table__, None, (BEGINNING,)),
    (Event.__table__, "sqlite", FIXED_SQLITE),
    (Event.__table__, "postgresql", FIXED_POSTGRESQL),
)
for _table, _dialect, _statements in _AT_MAKING:
    for _statement in _statements:
        _ddl: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call] # SQLAlchemy left it so
        event.listen(_table, "after_create", _ddl.execute_if(dialect=_dialect) if _dialect else _ddl)
