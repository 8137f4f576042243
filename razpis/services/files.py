"""Files people send: checked by content, kept under their hash, given back only through their row."""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import secrets
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from razpis.engine.problems import Text
from razpis.intake.uploads import UploadRefused, recognise, safe_name
from razpis.models.base import db
from razpis.models.files import StoredFile
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.errors import Invalid

_UNWRITABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_NO_SPACE = ("53100", "58030")  # PostgreSQL: disk_full, io_error
UNFINISHED = ".nedokoncano-"
"""How the name of a file begins that is being written; one that stays was broken off, and nothing names it."""


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of files; each lies under its SHA-256, so the same content lies there once."""

    path: Path

    def place(self, sha256: str) -> Path:
        """Where the file with this hash lies."""
        return self.path / sha256[:2] / sha256


def put(store: Store, content: bytes) -> str:
    """Keep ``content``; its SHA-256. Whole or not at all, and what was damaged is put right. Raises ``OSError``."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = store.place(sha256)
    if place.exists() and place.read_bytes() == content:
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=place.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(made, place)
        _settle(place.parent)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise
    return sha256


def _settle(folder: Path) -> None:
    """Have the name on the disk too, so that no row ever names a file that a power cut has taken."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def full(error: Exception) -> bool:
    """Whether nothing more can be written: no space on the disk, the quota used up, also as the database says it."""
    if isinstance(error, DBAPIError):
        codes = (getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None))
        return (codes[0] is not None and codes[0] & 0xFF in _UNWRITABLE) or codes[1] in _NO_SPACE
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def content(store: Store, sha256: str) -> bytes:
    """The bytes with this hash. Raises ``OSError``."""
    return store.place(sha256).read_bytes()


def receive(store: Store, actor: Actor, now: datetime.datetime, field: str, name: str, content: bytes) -> StoredFile:
    """Take a file somebody sent with ``field`` of a form, within the running transaction.

    Raises :class:`Invalid` where its content is not one that is taken, or documents could not print its name.
    """
    try:
        kind = recognise(content)
    except UploadRefused as refused:
        raise Invalid({field: refused.text}) from refused
    shown = safe_name(name, kind)
    if fault := legible.fault(shown):
        rename = Text("Datoteko preimenujte in jo pošljite znova. ", "Rename the file and send it again. ")
        raise Invalid({field: rename + fault})
    file = StoredFile(
        key=secrets.token_urlsafe(12),
        name=shown,
        media_type=kind,
        size=len(content),
        sha256=put(store, content),
        sent_at=now,
        sent_by=actor.person,
    )
    db.session.add(file)
    db.session.flush()
    return file
