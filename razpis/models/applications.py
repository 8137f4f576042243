"""Applications: the draft's answers, every version filed, attachments, envelopes on paper."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.base import Base, Instant, Json, Word
from razpis.models.calls import Call
from razpis.models.files import StoredFile
from razpis.models.organisations import Organisation
from razpis.procedure.deadlines import Channel
from razpis.procedure.states import ApplicationState


class Application(Base):
    """An application of an organisation (or of a sender on paper, until it is opened) on a call.

    ``key`` stands in addresses: it is random, so that nobody can count applications before the opening.
    ``number`` is the line in the order received, given at the first filing.
    """

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("call_id", "number"), Index("ix_application_call_state", "call_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[ApplicationState] = mapped_column(Word(ApplicationState))
    lot: Mapped[str] = mapped_column(String(60), default="")
    number: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    call: Mapped[Call] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    answers: Mapped[list[Answer]] = relationship(back_populates="application", order_by="Answer.id")
    attachments: Mapped[list[Attachment]] = relationship(back_populates="application", order_by="Attachment.id")
    filings: Mapped[list[Filing]] = relationship(back_populates="application", order_by="Filing.id")
    envelope: Mapped[Envelope | None] = relationship(back_populates="application")


class Answer(Base):
    """The present answer to one field of the form, as the rulebook's type writes it in JSON (numbers as text).

    ``revision`` counts its changes: who saves says which one they saw.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("application_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime.datetime] = mapped_column(Instant)
    saved_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    application: Mapped[Application] = relationship(back_populates="answers")


class Attachment(Base):
    """A file that belongs to a field of an application's draft."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    field: Mapped[str] = mapped_column(String(60))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    removed_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    application: Mapped[Application] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship()


class Filing(Base):
    """One filing of an application: answers and attachments as they were, under a hash, with its receipt.

    ``content`` is ``{"lot": key, "answers": {field: value}, "attachments": {field: [{name, size, sha256, key}]}}``;
    ``receipt_sha256`` is the hash of the receipt's PDF in the instance folder.
    A later filing replaces the earlier one, which is kept and never opened.
    """

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("call_version.id"))
    receipt: Mapped[str] = mapped_column(String(80), unique=True)
    receipt_sha256: Mapped[str] = mapped_column(String(64))
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    filed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    filed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    replaced_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    application: Mapped[Application] = relationship(back_populates="filings")


class Envelope(Base):
    """What the registry sees of an application on paper before the opening: the outside of its envelope."""

    __tablename__ = "envelope"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    sender: Mapped[str] = mapped_column(String(300))
    sender_address: Mapped[str] = mapped_column(String(300), default="")
    posted_on: Mapped[datetime.date | None]
    arrived_at: Mapped[datetime.datetime] = mapped_column(Instant)
    marked: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    entered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    application: Mapped[Application] = relationship(back_populates="envelope")
