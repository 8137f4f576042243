"""What follows the opening: formal checks, records of service, requests to supplement with answers, findings."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import Base, Instant, Json, Word
from razpis.models.files import StoredFile
from razpis.procedure.checking import Aspect
from razpis.procedure.deadlines import Channel
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.serving import Manner


class FormalCheck(Base):
    """The commission's answer to one question about an application; of several the last one stands.
    Nobody is named where the clock found it (nothing was filed in the supplement period)."""

    __tablename__ = "formal_check"
    __table_args__ = (UniqueConstraint("application_id", "aspect", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    aspect: Mapped[Aspect] = mapped_column(Word(Aspect))
    number: Mapped[int]
    met: Mapped[bool]
    ground: Mapped[str] = mapped_column(Text, default="")
    article: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ServiceRecord(Base):
    """How and when a document was served, from its papers. A correction is a new line; the last one counts.

    ``document`` is the kind of document (``supplement_request``, ``decision``) and ``document_id`` its number.
    """

    __tablename__ = "service_record"
    __table_args__ = (UniqueConstraint("document", "document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    document: Mapped[str] = mapped_column(String(40))
    document_id: Mapped[int]
    number: Mapped[int]
    manner: Mapped[Manner] = mapped_column(Word(Manner))
    address: Mapped[str] = mapped_column(String(300))
    dispatched_on: Mapped[datetime.date]
    notice_on: Mapped[datetime.date | None]
    delivered_on: Mapped[datetime.date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime.datetime] = mapped_column(Instant)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    evidence: Mapped[StoredFile | None] = relationship()
    recorder: Mapped[User] = relationship()


class SupplementRequest(Base):
    """A request to supplement an application. ``days``, ``unit`` and ``article`` are the call's, the same for all,
    as they stood when it was issued; the period itself runs from the record of service."""

    __tablename__ = "supplement_request"
    __table_args__ = (UniqueConstraint("application_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    days: Mapped[int]
    unit: Mapped[Unit] = mapped_column(Word(Unit))
    article: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime.datetime] = mapped_column(Instant)
    issued_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    application: Mapped[Application] = relationship()
    items: Mapped[list[SupplementItem]] = relationship(back_populates="request", order_by="SupplementItem.id")
    answers: Mapped[list[SupplementAnswer]] = relationship(back_populates="request", order_by="SupplementAnswer.number")


class SupplementItem(Base):
    """One field or attachment that is asked for, and what is wrong with it; ``signature``: it lacks a signature."""

    __tablename__ = "supplement_item"
    __table_args__ = (UniqueConstraint("request_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("supplement_request.id"))
    field: Mapped[str] = mapped_column(String(60))
    deficiency: Mapped[str] = mapped_column(Text)
    signature: Mapped[bool] = mapped_column(default=False)
    request: Mapped[SupplementRequest] = relationship(back_populates="items")


class SupplementAnswer(Base):
    """One filing of a supplement; the last one counts, the earlier are kept.

    ``content`` is ``{"answers": {field: value}, "attachments": {field: [{name, size, sha256, key}]}}`` of the fields
    that were asked for; ``before`` is the same of what it takes the place of. On paper ``filed_at`` is the arrival,
    and for registered post ``posted_on`` is the day that counts.
    """

    __tablename__ = "supplement_answer"
    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        Index("ix_supplement_answer_filed", "filed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("supplement_request.id"))
    number: Mapped[int]
    receipt: Mapped[str] = mapped_column(String(80), unique=True)
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    filed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    posted_on: Mapped[datetime.date | None]
    filed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    request: Mapped[SupplementRequest] = relationship(back_populates="answers")


class EstablishedAnswer(Base):
    """The commission confirmed or corrected one answer (a finding); of several on one field the last one stands.

    ``field`` is a field's key, or ``table.row.column`` with rows from 1; ``value`` is kept as answers are.
    """

    __tablename__ = "established_answer"
    __table_args__ = (UniqueConstraint("application_id", "field", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    field: Mapped[str] = mapped_column(String(130))
    number: Mapped[int]
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    confirmed: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(ForeignKey("user.id"))
