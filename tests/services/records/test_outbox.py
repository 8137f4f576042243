"""Mail: written with its command, sent afterwards by a real server or into files, tried again, given up aloud."""

from __future__ import annotations

import email
import email.policy
import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.services import files
from razpis.services.files import Store
from razpis.services.records import outbox
from razpis.services.records.outbox import Folder, Smtp
from tests.cluster import free_port
from tests.databases import Clock

SENDER = "razpis@zgled.si"


class Mailbox:
    """What the server received; it refuses the first ``busy`` messages for now."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.busy = 0

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:
        if self.busy:
            self.busy -= 1
            return "451 try again later"
        assert isinstance(envelope.content, bytes)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(parsed)
        return "250 taken"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Smtp]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield Smtp("127.0.0.1", controller.port)
    controller.stop()


def put(clock: Clock, recipient: str = "ana@zgled.si", **more: Any) -> int:
    message = outbox.put(clock(), recipient, "Potrdilo – č š ž", "Pozdravljeni,\n\n.\nše pika na začetku\n", **more)
    db.session.commit()
    return message.id


def states() -> list[tuple[int, bool, bool]]:
    """Of each message: attempts, whether it is sent, whether it waits for another attempt."""
    rows = db.session.scalars(select(Message).order_by(Message.id)).all()
    found = [(row.attempts, row.sent_at is not None, row.next_at is not None) for row in rows]
    db.session.rollback()
    return found


def test_a_message_arrives_with_its_letters_and_attachment(
    app: Flask, clock: Clock, tmp_path: Path, server: Smtp, mailbox: Mailbox
) -> None:
    store = Store(tmp_path / "files")
    sha256 = files.put(store, b"%PDF-1.7 potrdilo")
    with app.app_context():
        put(clock, attachments=[{"name": "potrdilo čšž.pdf", "media_type": "application/pdf", "sha256": sha256}])
        assert outbox.send(clock(), server, SENDER, store) == (1, 0)
        assert outbox.send(clock(), server, SENDER, store) == (0, 0)
        assert states() == [(1, True, False)]
    (letter,) = mailbox.letters
    (attached,) = letter.iter_attachments()
    body = letter.get_body()
    assert body is not None
    assert (letter["From"], letter["To"], letter["Subject"]) == (SENDER, "ana@zgled.si", "Potrdilo – č š ž")
    assert body.get_content().replace("\r\n", "\n") == "Pozdravljeni,\n\n.\nše pika na začetku\n"
    assert (attached.get_filename(), attached.get_content()) == ("potrdilo čšž.pdf", b"%PDF-1.7 potrdilo")


def test_a_busy_server_is_asked_again_later_and_others_are_not_held_up(
    app: Flask, clock: Clock, tmp_path: Path, server: Smtp, mailbox: Mailbox
) -> None:
    mailbox.busy = 1
    with app.app_context():
        put(clock)
        put(clock, "bor@zgled.si")
        assert outbox.send(clock(), server, SENDER, Store(tmp_path)) == (1, 1)
        assert states() == [(1, False, True), (1, True, False)]
        assert outbox.send(clock(), server, SENDER, Store(tmp_path)) == (0, 0)
        clock.forward(minutes=1)
        assert outbox.send(clock(), server, SENDER, Store(tmp_path)) == (1, 0)
    assert [letter["To"] for letter in mailbox.letters] == ["bor@zgled.si", "ana@zgled.si"]


@pytest.mark.parametrize("recipient", ["().a>!@`.si", "(ž):@u8[f.si", "f:`;@?\u202e`tž.si"])
def test_an_address_that_cannot_be_written_holds_up_no_other_message(
    app: Flask, clock: Clock, tmp_path: Path, server: Smtp, mailbox: Mailbox, recipient: str
) -> None:
    with app.app_context():
        put(clock, recipient)
        put(clock, "bor@zgled.si")
        assert outbox.send(clock(), server, SENDER, Store(tmp_path)) == (1, 1)
        assert states() == [(1, False, True), (1, True, False)]
    assert [letter["To"] for letter in mailbox.letters] == ["bor@zgled.si"]


def test_after_the_last_attempt_a_person_is_told(app: Flask, clock: Clock, tmp_path: Path) -> None:
    nobody = Smtp("127.0.0.1", free_port())
    with app.app_context():
        number = put(clock)
        for _ in range(outbox.MOST_ATTEMPTS):
            assert outbox.send(clock(), nobody, SENDER, Store(tmp_path)) == (0, 1)
            clock.forward(days=1)
        assert outbox.send(clock(), nobody, SENDER, Store(tmp_path)) == (0, 0)
        (waiting,) = outbox.waiting()
        assert (waiting.id, waiting.attempts, waiting.next_at) == (number, outbox.MOST_ATTEMPTS, None)
        assert (waiting.error or "").startswith("ConnectionRefusedError")


def test_without_a_server_every_message_is_a_file(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        number = put(clock)
        assert outbox.send(clock(), Folder(tmp_path / "outbox"), SENDER, Store(tmp_path)) == (1, 0)
    written = (tmp_path / "outbox" / f"{number:06d}.eml").read_bytes()
    assert email.message_from_bytes(written, policy=email.policy.default)["Subject"] == "Potrdilo – č š ž"


def test_a_command_that_fails_sends_nothing(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        outbox.put(clock(), "ana@zgled.si", "Zadeva", "Besedilo")
        db.session.rollback()
        assert outbox.send(clock(), Folder(tmp_path / "outbox"), SENDER, Store(tmp_path)) == (0, 0)


def test_two_senders_at_once_send_each_message_once(
    app: Flask, clock: Clock, tmp_path: Path, server: Smtp, mailbox: Mailbox
) -> None:
    with app.app_context():
        for number in range(20):
            put(clock, f"oseba{number}@zgled.si")

    def work() -> None:
        with app.app_context():
            outbox.send(clock(), server, SENDER, Store(tmp_path))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(letter["To"] for letter in mailbox.letters) == sorted(f"oseba{n}@zgled.si" for n in range(20))


def test_a_password_is_never_sent_in_the_clear(mailbox: Mailbox, server: Smtp) -> None:
    guarded = Smtp(server.host, server.port, "razpis", "skrivnost")
    with pytest.raises(smtplib.SMTPException):
        guarded.carry(EmailMessage(), 1)
