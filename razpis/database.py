"""The database of an application: where it is, how it is opened, how it is brought up to date."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, request
from flask_migrate import Migrate, upgrade
from sqlalchemy import make_url

from razpis.models import tables
from razpis.models.base import READS_ONLY, db
from razpis.models.connection import prepare

MIGRATIONS = Path(tables.__file__).parent / "migrations"


def init(app: Flask) -> None:
    """Connect ``app`` to its ``SQLALCHEMY_DATABASE_URI``, else ``DATABASE_URL``, else SQLite in ``instance/``."""
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config.get("SQLALCHEMY_DATABASE_URI") or _address(app)
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        prepare(db.engine)
    app.before_request(_reads_or_writes)
    app.teardown_request(_writes_again)


def bring_up_to_date(app: Flask) -> None:
    """Make the tables, or change them to what this version needs. A new folder or database is its owner's alone."""
    Path(app.instance_path).mkdir(mode=0o700, parents=True, exist_ok=True)
    address = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if address.get_backend_name() == "sqlite" and address.database and Path(address.database).is_absolute():
        Path(address.database).touch(mode=0o600)  # the journals of SQLite are given the same rights
    with app.app_context():
        upgrade()


def _address(app: Flask) -> str:
    given: str | None = app.config["DATABASE_URL"]
    if not given:
        return f"sqlite:///{Path(app.instance_path) / 'razpis.db'}"
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            return "postgresql+psycopg://" + given.removeprefix(short)
    return given


def _reads_or_writes() -> None:
    READS_ONLY.set(request.method in ("GET", "HEAD", "OPTIONS"))


def _writes_again(_error: BaseException | None) -> None:
    """What the same thread does after a request that only read is no part of it."""
    READS_ONLY.set(False)
