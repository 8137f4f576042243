"""Calls: their published versions, notices, legal parameters, commission, questions."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.base import Base, Cents, Instant, Json, Word
from razpis.models.files import StoredFile
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.states import CallEvent, CallState


class Call(Base):
    """A call. What is written here is the draft; what was published stands in its versions and never changes.

    ``budget_cents`` is the sum announced; ``parameters`` are the call's own legal parameters
    ``{key: {value, unit, article}}`` over those of ``profile``; ``quorum`` is a number of members. Questions are
    taken to ``questions_until``, or to the deadline where it is not set. ``revision`` counts changes of the draft.
    ``carried`` is what a call opened as another one was has from it ``{year, days, confirmed}``: the year and the days
    of that call, and by place the SHA-256 of each text in which they may stay. ``contract`` is the model contract.
    """

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[CallState] = mapped_column(Word(CallState))
    title_sl: Mapped[str] = mapped_column(String(500))
    title_en: Mapped[str] = mapped_column(String(500))
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    summary_sl: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    rulebook: Mapped[str] = mapped_column(Text)
    opens_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    deadline: Mapped[datetime.datetime | None] = mapped_column(Instant)
    questions_until: Mapped[datetime.datetime | None] = mapped_column(Instant)
    profile: Mapped[str] = mapped_column(String(20))
    profile_confirmed: Mapped[bool] = mapped_column(default=False)
    parameters: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    budget_cents: Mapped[int | None] = mapped_column(Cents)
    budget_line: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(Text, default="")
    quorum: Mapped[int] = mapped_column(default=3)
    per_organisation: Mapped[int] = mapped_column(default=1)
    carried: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    published_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    contract: Mapped[StoredFile | None] = relationship()
    versions: Mapped[list[CallVersion]] = relationship(back_populates="call", order_by="CallVersion.number")
    notices: Mapped[list[Notice]] = relationship(back_populates="call", order_by="Notice.id")
    seats: Mapped[list[Seat]] = relationship(back_populates="call", order_by="Seat.id")
    questions: Mapped[list[Question]] = relationship(back_populates="call", order_by="Question.id")


class CallVersion(Base):
    """What was published. ``frozen`` names the rulebook by its SHA-256 and holds all the rest; ``sha256`` is that of
    ``frozen`` as canonical JSON, so it covers both."""

    __tablename__ = "call_version"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    number: Mapped[int]
    rulebook: Mapped[str] = mapped_column(Text)
    frozen: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime.datetime] = mapped_column(Instant)
    published_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    call: Mapped[Call] = relationship(back_populates="versions")


class Notice(Base):
    """What was decided about a call with reasons: a return to the draft, a suspension, a resumption, a cancellation.

    ``act`` is the number of the signed act, where there is one.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    event: Mapped[CallEvent] = mapped_column(Word(CallEvent))
    reason: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    call: Mapped[Call] = relationship(back_populates="notices")


class Seat(Base):
    """A seat in the commission of a call, by its act of appointment."""

    __tablename__ = "seat"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    function: Mapped[CommissionFunction] = mapped_column(Word(CommissionFunction))
    act: Mapped[str] = mapped_column(String(120))
    appointed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    call: Mapped[Call] = relationship(back_populates="seats")
    user: Mapped[User] = relationship()


class Question(Base):
    """A question about a call; once answered, both are public, without the asker's name."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime.datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    call: Mapped[Call] = relationship(back_populates="questions")
