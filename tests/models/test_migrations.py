"""Migrations make, on both databases, the very tables the models describe, and take them away again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from razpis.models.base import Base, db
from razpis.services.actor import SYSTEM
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from tests.databases import Clock, application, close

ALEMBIC = "alembic_version"


@pytest.fixture
def empty(database: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application on a database without any table."""
    app = application(database, tmp_path / "instance", clock)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        else:
            for name in Base.metadata.tables:
                db.session.execute(text(f'DROP TABLE "{name}"'))
        db.session.commit()
        assert inspect(db.engine).get_table_names() == []
    yield app
    close(app)


def test_up_gives_the_tables_of_the_models_and_down_gives_none(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
        assert set(inspect(db.engine).get_table_names()) - {ALEMBIC} == set(Base.metadata.tables)
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {ALEMBIC}
        upgrade()
        assert journal.broken() is None


def test_a_migrated_journal_can_only_grow(empty: Flask, clock: Clock) -> None:
    with empty.app_context():
        upgrade()
        journal.record(SYSTEM, clock(), "test.done", Subject("call"))
        db.session.commit()
        for statement in ("UPDATE event SET actor = 'x'", "DELETE FROM event"):
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(statement))
            db.session.rollback()
        assert journal.broken() is None
