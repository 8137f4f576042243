"""What parties did after the proposal was accepted: statements that end a procedure, remedies against decisions."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import Base, Instant, Word
from razpis.models.documents import Act
from razpis.procedure.deadlines import Channel
from razpis.procedure.finality import Follows, Outcome, Remedied
from razpis.procedure.states import ApplicationState


class Renunciation(Base):
    """The statement by which a party withdrew an application that was not decided yet (ZUP, 135. člen).

    ``before`` is the state the application was in; ``freed_cents`` what the accepted proposal gave it, which is
    not given to anybody else unless the commission proposes anew.
    """

    __tablename__ = "renunciation"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    stated_on: Mapped[datetime.date]
    reason: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[ApplicationState] = mapped_column(Word(ApplicationState))
    freed_cents: Mapped[int]
    recorded_at: Mapped[datetime.datetime] = mapped_column(Instant)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    application: Mapped[Application] = relationship()
    recorder: Mapped[User] = relationship()


class Annulment(Base):
    """That a higher body took an issued decision away, and what follows for its application.

    ``body``, ``reference`` and ``decided_on`` are of the act that did so, ``instructions`` what it told the first
    instance to heed. A decision is taken away once, and of its row only ``follows`` can change, where it turns out
    that the evaluation there is cannot stand (ZUP, 251. člen).
    """

    __tablename__ = "annulment"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), unique=True)
    follows: Mapped[Follows] = mapped_column(Word(Follows))
    body: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(80))
    decided_on: Mapped[datetime.date]
    instructions: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime.datetime] = mapped_column(Instant)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    act: Mapped[Act] = relationship()
    recorder: Mapped[User] = relationship()


class RemedyRecord(Base):
    """What is known of a remedy against an issued decision: none, or one with its day and how it ended.

    A change is a new row, the last one counts. ``ended_on`` is the day on which the decision on the remedy was
    served (or the party withdrew it), ``reference`` the number of that decision.
    """

    __tablename__ = "remedy_record"
    __table_args__ = (UniqueConstraint("act_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    number: Mapped[int]
    kind: Mapped[Remedied] = mapped_column(Word(Remedied))
    lodged_on: Mapped[datetime.date | None]
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    ended_on: Mapped[datetime.date | None]
    reference: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime.datetime] = mapped_column(Instant)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    act: Mapped[Act] = relationship()
    recorder: Mapped[User] = relationship()
