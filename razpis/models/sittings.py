"""The commission at work: declarations of conflicts, exclusions with substitutes, sittings, presence, minutes."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import Base, Instant, Json, Word
from razpis.models.calls import Call
from razpis.procedure.conflicts import Ground
from razpis.procedure.sittings import SittingKind


class Declaration(Base):
    """What a member said of one application: no conflict (no ``ground``), or a conflict and its ground.

    Of several by the same member the last one, with the highest ``number``, stands; the earlier ones are kept.
    """

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("application_id", "user_id", "number"),
        Index("ix_declaration_user_application", "user_id", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    number: Mapped[int]
    ground: Mapped[Ground | None] = mapped_column(Word(Ground))
    explanation: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    application: Mapped[Application] = relationship()
    user: Mapped[User] = relationship()


class Recusal(Base):
    """The head's decision on a declared conflict: whether the member is excluded, by which act, and who steps in.

    It belongs to one declaration; a later declaration of a conflict needs a decision of its own.
    """

    __tablename__ = "recusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declaration.id"), unique=True)
    excluded: Mapped[bool]
    act: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    decided_at: Mapped[datetime.datetime] = mapped_column(Instant)
    decided_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    declaration: Mapped[Declaration] = relationship()
    substitute: Mapped[User | None] = relationship(foreign_keys=[substitute_id])


class Sitting(Base):
    """A sitting of the commission of a call; at most one of a call runs at a time (the index sees to it)."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        Index(
            "uq_sitting_running",
            "call_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    number: Mapped[int]
    kind: Mapped[SittingKind] = mapped_column(Word(SittingKind))
    place: Mapped[str] = mapped_column(String(200))
    open_to_public: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime.datetime] = mapped_column(Instant)
    started_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    call: Mapped[Call] = relationship()
    presences: Mapped[list[Presence]] = relationship(back_populates="sitting", order_by="Presence.id")
    minutes: Mapped[list[Minutes]] = relationship(back_populates="sitting", order_by="Minutes.number")


class Presence(Base):
    """A member at a sitting, from when to when."""

    __tablename__ = "presence"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    came_at: Mapped[datetime.datetime] = mapped_column(Instant)
    left_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    sitting: Mapped[Sitting] = relationship(back_populates="presences")
    user: Mapped[User] = relationship()


class Minutes(Base):
    """Minutes of a sitting that has ended: drafted from the journal, ``content`` under its hash; of several the
    last one counts. Whoever was present signs these bytes and no others."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("sitting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    drafted_at: Mapped[datetime.datetime] = mapped_column(Instant)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sitting: Mapped[Sitting] = relationship(back_populates="minutes")
    signatures: Mapped[list[MinutesSignature]] = relationship(back_populates="minutes", order_by="MinutesSignature.id")


class MinutesSignature(Base):
    """Somebody present confirmed the minutes as they are."""

    __tablename__ = "minutes_signature"
    __table_args__ = (UniqueConstraint("minutes_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    minutes: Mapped[Minutes] = relationship(back_populates="signatures")
    user: Mapped[User] = relationship()
