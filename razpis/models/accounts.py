"""People, what they may do here, and their signed-in sessions."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.base import Base, Instant, Word
from razpis.procedure.roles import Role


class User(Base):
    """A person. ``email`` is kept in lower case; ``password`` is a salted hash, or none yet."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(2), default="sl")
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    disabled_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    roles: Mapped[list[UserRole]] = relationship(back_populates="user", order_by="UserRole.id")


class UserRole(Base):
    """An official role of a person, while it lasts."""

    __tablename__ = "user_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    given_at: Mapped[datetime.datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    user: Mapped[User] = relationship(back_populates="roles")


class Login(Base):
    """A signed-in browser; the cookie holds the token, the table only its SHA-256."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime.datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(String(200))
    user: Mapped[User] = relationship()


class Attempt(Base):
    """A failed sign-in, counted by address of mail and by address of network."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_what_at", "what", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime.datetime] = mapped_column(Instant)


class Ticket(Base):
    """A link sent by mail that works once: to confirm an address, or to set a new password."""

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime.datetime] = mapped_column(Instant)
    used_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    user: Mapped[User] = relationship()


class Identity(Base):
    """A person as an outside sign-in service knows them."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    user: Mapped[User] = relationship()
