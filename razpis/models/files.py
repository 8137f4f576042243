"""Files that people sent; the bytes lie in the instance folder under their hash."""

from __future__ import annotations

import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from razpis.models.base import Base, Instant


class StoredFile(Base):
    """A file: its name as sent, its type as its content shows, its size in bytes and SHA-256."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    sent_at: Mapped[datetime.datetime] = mapped_column(Instant)
    sent_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
