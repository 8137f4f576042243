"""Marks: each member's sheet for an application, what stood in it before, its reopenings, agreed values."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import Base, Instant


class MarkSheet(Base):
    """One member's marks on one application. ``locked_at``: since when they stand.

    ``further``: the president called this person in as one more member, with ``reason``.
    """

    __tablename__ = "mark_sheet"
    __table_args__ = (UniqueConstraint("application_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    further: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    locked_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    application: Mapped[Application] = relationship()
    user: Mapped[User] = relationship()
    marks: Mapped[list[MemberMark]] = relationship(back_populates="sheet", order_by="MemberMark.id")
    reopenings: Mapped[list[SheetReopening]] = relationship(order_by="SheetReopening.id")


class MemberMark(Base):
    """A mark as it stands. ``points`` are exact, as text; ``revision`` counts its changes and goes on counting
    after the mark was taken away (``points`` is then blank)."""

    __tablename__ = "member_mark"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("mark_sheet.id"))
    criterion: Mapped[str] = mapped_column(String(60))
    points: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime.datetime] = mapped_column(Instant)
    sheet: Mapped[MarkSheet] = relationship(back_populates="marks")


class EarlierMark(Base):
    """A mark as it stood before it was changed: nothing written about an application is lost."""

    __tablename__ = "earlier_mark"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("mark_sheet.id"))
    criterion: Mapped[str] = mapped_column(String(60))
    points: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    saved_at: Mapped[datetime.datetime] = mapped_column(Instant)
    replaced_at: Mapped[datetime.datetime] = mapped_column(Instant)


class SheetReopening(Base):
    """A locked sheet was opened again: by the president, with a reason."""

    __tablename__ = "sheet_reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("mark_sheet.id"), index=True)
    locked_at: Mapped[datetime.datetime] = mapped_column(Instant)
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text)


class AgreedMark(Base):
    """A value the commission agreed on for a criterion of an application; ``ended_at``: it no longer holds."""

    __tablename__ = "agreed_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(60))
    points: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    agreed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
