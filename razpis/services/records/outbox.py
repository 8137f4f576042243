"""Mail: written to a table with the command that causes it, sent afterwards, tried again where it fails."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select, update

from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.services import files
from razpis.services.files import Store

MOST_ATTEMPTS = 8
BATCH = 50
HELD = datetime.timedelta(minutes=5)


UNFIT = (MessageError, ValueError, TypeError, AttributeError, LookupError)
"""What ``email`` raises, each by its own fault, on an address or a subject it cannot write or read. Such a message is
one that fails; it holds up no other."""


class Carrier(Protocol):
    """Takes one message away. Raises ``OSError`` or :class:`smtplib.SMTPException` where it cannot."""

    def carry(self, message: EmailMessage, number: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server; STARTTLS is used wherever it is offered, and demanded with a user name."""

    host: str
    port: int = 25
    user: str | None = None
    password: str | None = None

    def carry(self, message: EmailMessage, number: int) -> None:
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            server.ehlo()
            if self.user is not None or server.has_extn("starttls"):
                server.starttls()
            if self.user is not None:
                server.login(self.user, self.password or "")
            server.send_message(message)


@dataclass(frozen=True, slots=True)
class Folder:
    """Without a mail server: every message becomes a file that a mail program opens."""

    path: Path

    def carry(self, message: EmailMessage, number: int) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)  # links in letters open accounts
        (self.path / f"{number:06d}.eml").write_bytes(bytes(message))


def put(
    now: datetime.datetime, recipient: str, subject: str, body: str, attachments: Sequence[dict[str, str]] = ()
) -> Message:
    """Put a message into the outbox, within the running transaction."""
    message = Message(
        recipient=recipient,
        subject=subject,
        body=body,
        attachments=list(attachments),
        created_at=now,
        next_at=now,
        attempts=0,
    )
    db.session.add(message)
    return message


def send(now: datetime.datetime, carrier: Carrier, sender: str, store: Store) -> tuple[int, int]:
    """Send what is due; how many were sent and how many failed. Each message is its own two transactions."""
    sent = failed = 0
    while due := _due(now):
        for number in due:
            gone = _one(number, now, carrier, sender, store)
            sent, failed = sent + (gone is True), failed + (gone is False)
    return sent, failed


def _due(now: datetime.datetime) -> Sequence[int]:
    query = select(Message.id).where(Message.sent_at.is_(None), Message.next_at <= now).order_by(Message.id)
    found = db.session.scalars(query.limit(BATCH)).all()
    db.session.rollback()
    return found


def _one(number: int, now: datetime.datetime, carrier: Carrier, sender: str, store: Store) -> bool | None:
    """Whether it is gone; ``None`` where another worker has taken it.

    It is taken in a transaction of its own, so that nobody waits for the mail server: the message is due again
    in :data:`HELD` should this worker die.
    """
    query = select(Message).where(Message.id == number, Message.sent_at.is_(None), Message.next_at <= now)
    message = db.session.scalar(query.with_for_update(skip_locked=True))
    if message is None:
        db.session.rollback()
        return None
    message.attempts, message.next_at = message.attempts + 1, now + HELD
    db.session.flush()
    db.session.expunge(message)
    db.session.commit()
    try:
        carrier.carry(_letter(message, sender, store), number)
    except (OSError, smtplib.SMTPException, *UNFIT) as error:
        _note(number, next_at=_next(message.attempts, now), error=f"{type(error).__name__}: {error}"[:500])
        return False
    _note(number, sent_at=now, next_at=None, error=None)
    return True


def _note(number: int, **what: Any) -> None:
    db.session.execute(update(Message).where(Message.id == number).values(**what))
    db.session.commit()


def _next(attempts: int, now: datetime.datetime) -> datetime.datetime | None:
    """After 1, 2, 4 … minutes; ``None`` after the last attempt: a person has to look at it."""
    return now + datetime.timedelta(minutes=2 ** (attempts - 1)) if attempts < MOST_ATTEMPTS else None


def _letter(message: Message, sender: str, store: Store) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, message.recipient, message.subject
    letter["Date"] = format_datetime(message.created_at)
    letter["Message-ID"] = f"<{message.id}.{int(message.created_at.timestamp())}@{sender.rpartition('@')[2]}>"
    letter.set_content(message.body)
    for attached in message.attachments:
        kind, _, subtype = attached["media_type"].partition("/")
        content = files.content(store, attached["sha256"])
        letter.add_attachment(content, maintype=kind, subtype=subtype, filename=attached["name"])
    return letter


def waiting() -> Sequence[Message]:
    """Messages not sent, those given up first."""
    query = select(Message).where(Message.sent_at.is_(None)).order_by(Message.next_at.nulls_first(), Message.id)
    return db.session.scalars(query.limit(200)).all()
