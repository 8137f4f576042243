"""Days on which the body does not work, and times in which by law no period runs."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.base import Base, Instant


class ClosedDay(Base):
    """A day on which the body does not work, beside weekends and holidays; once only while it is not taken back."""

    __tablename__ = "closed_day"
    __table_args__ = (
        Index(
            "uq_closed_day_standing",
            "day",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[datetime.date]
    reason: Mapped[str] = mapped_column(String(300))
    entered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    entered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    removed_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    person: Mapped[User] = relationship()


class SuspendedTime(Base):
    """From ``first`` to ``last``, both included, no period runs, by the law that ``article`` names."""

    __tablename__ = "suspended_time"

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[datetime.date]
    last: Mapped[datetime.date]
    article: Mapped[str] = mapped_column(String(300))
    entered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    entered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    removed_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    person: Mapped[User] = relationship()
