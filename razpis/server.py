"""Serves the application, and does meanwhile what waits: mail, calls whose time has come, logs whose time is over."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from razpis.services.applications import expiring
from razpis.services.calls import suspending
from razpis.services.decisions import rendering
from razpis.services.errors import Refused
from razpis.services.examination import supplements
from razpis.services.records import outbox, readings
from razpis.services.records.outbox import Carrier, Folder, Smtp
from razpis.web import access

EVERY_SECONDS = 15
LARGEST_REQUEST = 64 * 1024 * 1024
"""In bytes. The server keeps a request on the disk before the application sees it and says how much it takes."""
logger = logging.getLogger(__name__)


class Done(NamedTuple):
    """What one round did: calls closed, drafts expired, supplement periods over, documents of decisions made,
    messages sent and failed, log entries deleted."""

    closed: int
    expired: int
    lapsed: int
    made: int
    sent: int
    failed: int
    forgotten: int


def work(app: Flask) -> Done:
    """One round of what waits. It can run any time, twice at once too."""
    with app.app_context():
        now = access.clock()
        closed = suspending.close_due(now)
        expired, lapsed = expiring.expire_due(now), supplements.lapse_due(now)
        made = rendering.work(now, access.store(), app.config["SEAL"])
        sent, failed = outbox.send(now, carrier(app), app.config["RAZPIS_SENDER"], access.store())
        return Done(closed, expired, lapsed, made, sent, failed, readings.forget(now))


def carrier(app: Flask) -> Carrier:
    """Who takes mail away: the server of the settings, else a folder in ``instance/``."""
    smtp = app.config.get("SMTP")
    return Smtp(**smtp) if smtp else Folder(Path(app.instance_path) / "outbox")


def free(host: str, port: int) -> int:
    """The port that can be had: ``port``, or with 0 any. Raises ``OSError`` where it is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as found:
        number: int = found.getsockname()[1]
        return number


def serve(app: Flask, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve until stopped; ``ready`` is told the port once visitors can come. Raises ``OSError``."""
    server: BaseWSGIServer | MultiSocketServer = create_server(
        app, host=host, port=port, max_request_body_size=LARGEST_REQUEST
    )
    try:
        with _meanwhile(app):
            ready(getattr(server, "effective_port", port))
            server.run()
    finally:
        server.close()


@contextmanager
def _meanwhile(app: Flask) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=rounds, args=(app, stop), name="razpis-work", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


def rounds(app: Flask, stop: threading.Event, seconds: float = EVERY_SECONDS) -> None:
    """One round after another, ``seconds`` apart, until ``stop``.

    Each is a thread of its own: a fault nobody thought of ends that round and is written to the log; the next one
    comes all the same.
    """
    while not stop.wait(seconds):
        one = threading.Thread(target=_round, args=(app,), name="razpis-round", daemon=True)
        one.start()
        one.join()


def _round(app: Flask) -> None:
    try:
        work(app)
    except (SQLAlchemyError, OSError, Refused):
        logger.exception("a round of waiting work failed; the next one tries again")
