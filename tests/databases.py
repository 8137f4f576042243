"""Fixtures of real databases, each test with an empty one of its own: SQLite always, PostgreSQL in `make test`."""

from __future__ import annotations

import itertools
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Dialect, event, make_url

from razpis.app import create_app
from razpis.models.base import db
from razpis.services.files import Store
from razpis.web import access
from tests.cluster import cluster

_numbers = itertools.count(1)
LENT = "razpis-lent"


@dataclass
class Lent:
    """What an application began with, and whether somebody has it."""

    key: str
    config: Mapping[str, Any]
    out: bool = True


_idle: defaultdict[str, list[Flask]] = defaultdict(list)
START = datetime(2026, 2, 16, 8, 0, tzinfo=UTC)


class Clock:
    """The server's clock, set by the test."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> datetime:
        """Let time pass: ``forward(days=3)``."""
        self.at += timedelta(**by)
        return self.at


def application(address: str, instance: Path, clock: Clock, results: Path | None = None, **settings: Any) -> Flask:
    """The real application on the database at ``address``, until :func:`close` lends it to the next who asks.

    Putting together two hundred addresses, templates and statements takes longer than most tests: one application
    serves many of them in turn, each time with the settings it began with.
    """
    given = {"WTF_CSRF_ENABLED": False, **settings}
    key = repr(
        (make_url(address).get_backend_name(), make_url(address).database is None, results, sorted(given.items()))
    )
    app = _idle[key].pop() if _idle[key] else _made(key, address, instance, clock, results, given)
    lent: Lent = app.extensions[LENT]
    lent.out = True
    app.config.clear()
    app.config.update(lent.config, SQLALCHEMY_DATABASE_URI=address)
    app.instance_path = str(instance)
    app.extensions[access.CLOCK], app.extensions[access.STORE] = clock, Store(instance / "files")
    return app


def _made(
    key: str, address: str, instance: Path, clock: Clock, results: Path | None, settings: Mapping[str, Any]
) -> Flask:
    app = create_app(
        results,
        clock,
        TESTING=True,
        SECRET_KEY="test",
        INSTANCE_PATH=str(instance),
        SQLALCHEMY_DATABASE_URI=address,
        **settings,
    )
    app.extensions[LENT] = Lent(key, dict(app.config))

    def connect(dialect: Dialect, _record: Any, positional: list[Any], named: dict[str, Any]) -> None:
        where, how = dialect.create_connect_args(make_url(app.config["SQLALCHEMY_DATABASE_URI"]))
        positional[:] = where
        named |= how

    with app.app_context():
        event.listen(db.engine, "do_connect", connect)
    return app


def disconnect(app: Flask) -> None:
    """Let go of the database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def close(app: Flask) -> None:
    """Let go of the database and of the application."""
    disconnect(app)
    lent: Lent = app.extensions[LENT]
    if lent.out:
        lent.out = False
        _idle[lent.key].append(app)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "template.db"
    app = application(f"sqlite:///{path}", folder, Clock())
    with app.app_context():
        db.create_all()
        db.session.connection().exec_driver_sql("COMMIT")
    close(app)
    return path


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL cluster whose database ``template`` has all tables."""
    with cluster() as address:
        create(address, "template", None)
        app = application(f"{address}/template", tmp_path_factory.mktemp("postgres"), Clock())
        with app.app_context():
            db.create_all()
        close(app)
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database for this test alone."""
    if request.param == "sqlite":
        path = tmp_path / "razpis.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    address, name = request.getfixturevalue("postgres_template"), f"t{next(_numbers)}"
    create(address, name, "template")
    yield f"{address}/{name}"
    drop(address, name)


@pytest.fixture
def clock() -> Clock:
    """The morning of Monday, 16 February 2026, until the test says otherwise."""
    return Clock()


@pytest.fixture
def app(database: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application on an empty database."""
    made = application(database, tmp_path / "instance", clock)
    yield made
    close(made)


def create(address: str, name: str, template: str | None) -> None:
    """Make a database in the cluster, as a copy of ``template``."""
    _admin(address, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))


def drop(address: str, name: str) -> None:
    """Drop a database of the cluster, whoever is still in it."""
    _admin(address, f'DROP DATABASE "{name}" WITH (FORCE)')


def _admin(address: str, statement: str) -> None:
    with psycopg.connect(address.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(statement)
