"""A database that somebody else is writing to for longer than one can wait."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from razpis.models.base import READS_ONLY, db

_SQLITE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_POSTGRESQL = ("40001", "40P01", "55P03")
"""Serialization failure, deadlock, lock not available (PostgreSQL, Appendix A)."""


def busy(error: Exception) -> bool:
    """Whether nothing was wrong but that others wrote at the same time: the same may be tried again."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _SQLITE) or getattr(error.orig, "sqlstate", None) in _POSTGRESQL


def only_read() -> None:
    """Let go of what the request had begun; whatever it still asks is only read, and waits for nobody."""
    db.session.rollback()
    READS_ONLY.set(True)
