"""Mail that waits to be sent, and mail that was."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from razpis.models.base import Base, Instant, Json


class Message(Base):
    """A message. ``attachments`` are ``[{name, media_type, sha256}]`` of files in the instance folder."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "sent_at", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    error: Mapped[str | None] = mapped_column(Text)
