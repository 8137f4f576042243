"""The business register kept here for filling in: taken in from a file whole or not at all, asked by number."""

from __future__ import annotations

import datetime
import itertools
from typing import Any, BinaryIO

from sqlalchemy import Table, func
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from razpis.engine.problems import Problems
from razpis.intake.register import Entry, entries
from razpis.models.base import db
from razpis.models.organisations import RegisterEntry
from razpis.procedure.identifiers import IdentifierError, check_maticna
from razpis.services.actor import Actor
from razpis.services.records import journal
from razpis.services.records.journal import Subject

BATCH = 2_000


def take_in(actor: Actor, file: BinaryIO, name: str, now: datetime.datetime) -> int:
    """Add what the file holds and renew what is here already; how many units that was.

    Raises :class:`Problems` with the lines that are wrong; nothing is changed then.
    """
    count = 0
    try:
        units = entries(file, name)
        while batch := list(itertools.islice(units, BATCH)):
            _put(batch, now)
            count += len(batch)
    except Problems:
        db.session.rollback()
        raise
    journal.record(actor, now, "register.import", Subject("register"), after={"file": name, "units": count})
    db.session.commit()
    return count


def entry(registration_number: str) -> RegisterEntry | None:
    """What the register says of this number; ``None`` where it has none, or where there is no such number."""
    try:
        return db.session.get(RegisterEntry, check_maticna(registration_number))
    except IdentifierError:
        return None


def _put(batch: list[Entry], now: datetime.datetime) -> None:
    table = RegisterEntry.__table__
    assert isinstance(table, Table)  # for the type checker
    insert = insert_postgresql if db.engine.dialect.name == "postgresql" else insert_sqlite
    rows = [
        {
            "registration_number": one.registration_number,
            "name": one.name,
            "address": one.address,
            "legal_form": one.legal_form,
            "tax_number": one.tax_number,
            "imported_at": now,
        }
        for one in batch
    ]
    statement = insert(table)
    renewed: dict[str, Any] = {
        column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key
    }
    # The open file holds no tax numbers; those of another file stay.
    renewed["tax_number"] = func.coalesce(statement.excluded["tax_number"], table.c.tax_number)
    conflict = statement.on_conflict_do_update(index_elements=["registration_number"], set_=renewed)
    db.session.connection().execute(conflict, rows)
