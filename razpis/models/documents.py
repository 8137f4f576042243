"""Documents of the procedure as they are kept: acts, the releases that send them out together, publications."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import Base, Instant, Json, Word
from razpis.models.calls import Call
from razpis.models.evaluations import Proposal
from razpis.procedure.acts import ActState, Kind, Purpose, ReleaseState


class DecisionTerms(Base):
    """What the decisions of a call must say besides their reasons; a change is a new row, the last one counts."""

    __tablename__ = "decision_terms"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    set_at: Mapped[datetime.datetime] = mapped_column(Instant)
    set_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    setter: Mapped[User] = relationship()


class Release(Base):
    """The decisions of one accepted proposal, one correction, or one decision taken anew: out together or not at all.

    ``sha256`` is over the facts of all its acts, so that nobody approves another set than the one they saw;
    ``dated`` is the day the acts bear (that of the approval), ``address`` where each can be checked, with ``{key}``;
    ``problem`` says by language why the making of documents has stopped.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose), default=Purpose.DECISIONS)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    state: Mapped[ReleaseState] = mapped_column(Word(ReleaseState))
    sha256: Mapped[str] = mapped_column(String(64))
    dated: Mapped[datetime.date | None]
    address: Mapped[str] = mapped_column(String(300), default="")
    drafted_at: Mapped[datetime.datetime] = mapped_column(Instant)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    problem: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    dropped_because: Mapped[str] = mapped_column(Text, default="")
    call: Mapped[Call] = relationship()
    drafter: Mapped[User] = relationship(foreign_keys=[drafted_by])
    approver: Mapped[User | None] = relationship(foreign_keys=[approved_by])
    proposal: Mapped[Proposal | None] = relationship()
    acts: Mapped[list[Act]] = relationship(back_populates="release", order_by="Act.id")


class Act(Base):
    """One document. ``key`` is the random id behind its QR code, ``number`` the number of the document, given once
    and to no other, ``facts`` all that it says under ``facts_sha256``.

    ``sha256`` is of the file as kept in the instance folder (sealed, where it is), ``unsealed_sha256`` of the same
    before the seal; both are missing until it is rendered. Only a ``sealed`` file counts as issued electronically.
    """

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_call_kind", "call_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    state: Mapped[ActState] = mapped_column(Word(ActState))
    number: Mapped[str | None] = mapped_column(String(80), unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    facts_sha256: Mapped[str] = mapped_column(String(64))
    drafted_at: Mapped[datetime.datetime] = mapped_column(Instant)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    rendered_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    unsealed_sha256: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    ended_because: Mapped[str] = mapped_column(Text, default="")
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    call: Mapped[Call] = relationship()
    application: Mapped[Application | None] = relationship()
    release: Mapped[Release | None] = relationship(back_populates="acts")
    drafter: Mapped[User] = relationship()


class Publication(Base):
    """The result list of a call as published: a version never changes, the last one counts, the earlier stay.

    ``content`` holds what the public page, the CSV and the PDF say, under ``sha256``; ``final`` once every decision
    in it is final; ``reason`` says why a version after the first was needed.
    """

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    final: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    published_at: Mapped[datetime.datetime] = mapped_column(Instant)
    published_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    call: Mapped[Call] = relationship()
    act: Mapped[Act | None] = relationship()
