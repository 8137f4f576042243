"""The database of an application: where it is, how it is opened, how it is brought up to date."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, request
from flask_migrate import Migrate, upgrade

from razpis.models import tables
from razpis.models.base import READS_ONLY, db
from razpis.models.connection import prepare

MIGRATIONS = Path(tables.__file__).parent / "migrations"


def init(app: Flask) -> None:
    """Connect ``app`` to ``SQLALCHEMY_DATABASE_URI``, else to ``DATABASE_URL``, else to SQLite in ``instance/``."""
    app.config.setdefault("SQLALCHEMY_DATABASE_URI", _address(Path(app.instance_path)))
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        prepare(db.engine)
    app.before_request(_reads_or_writes)


def bring_up_to_date(app: Flask) -> None:
    """Make the tables, or change them to what this version needs."""
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    with app.app_context():
        upgrade()


def _address(instance: Path) -> str:
    given = os.environ.get("DATABASE_URL")
    if not given:
        return f"sqlite:///{instance / 'razpis.db'}"
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            return "postgresql+psycopg://" + given.removeprefix(short)
    return given


def _reads_or_writes() -> None:
    READS_ONLY.set(request.method in ("GET", "HEAD", "OPTIONS"))
