"""Numbers in series: unique, in order, never given twice."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from razpis.models.base import db
from razpis.models.journal import Counter


def following(series: str, first: int = 1) -> int:
    """The next number of ``series``, from ``first`` on, within the running transaction.

    Whoever takes one makes others wait to the end of the transaction. A transaction that fails gives its
    number back: it was never seen by anyone.
    """
    insert = insert_postgresql if db.engine.dialect.name == "postgresql" else insert_sqlite
    db.session.execute(insert(Counter).values(series=series, last=0).on_conflict_do_nothing())
    counter = db.session.scalars(select(Counter).where(Counter.series == series).with_for_update()).one()
    counter.last = max(counter.last + 1, first)
    db.session.flush()
    return counter.last
