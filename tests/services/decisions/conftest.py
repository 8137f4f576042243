"""A call with its decisions issued, made once for each database and copied for each test."""

from __future__ import annotations

import copy
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests import databases, results_made
from tests.commission_made import Made
from tests.databases import Clock, application, close
from tests.published import store
from tests.results_made import Issued

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Template:
    """Where the database lies (a file, or the name of one in the cluster), its files, the call, and the time."""

    database: str
    folder: Path
    call: Made
    at: datetime


@pytest.fixture(scope="session")
def issued_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("issued")
    path = folder / "razpis.db"
    shutil.copy(sqlite_template, path)
    call, at = _made(f"sqlite:///{path}", folder)
    return Template(str(path), folder, call, at)


@pytest.fixture(scope="session")
def issued_postgres(postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("issued")
    databases.create(postgres_template, "issued", "template")
    call, at = _made(f"{postgres_template}/issued", folder)
    return Template("issued", folder, call, at)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def issued(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Issued]:
    """A copy for this test alone."""
    template: Template = request.getfixturevalue(f"issued_{request.param}")
    instance = tmp_path / "instance"
    shutil.copytree(template.folder / "files", instance / "files")
    name, dropped = f"issued{next(_numbers)}", ""
    if request.param == "sqlite":
        shutil.copy(template.database, tmp_path / "razpis.db")
        address = f"sqlite:///{tmp_path / 'razpis.db'}"
    else:
        dropped = request.getfixturevalue("postgres_template")
        databases.create(dropped, name, template.database)
        address = f"{dropped}/{name}"
    clock = Clock(template.at)
    app = application(address, instance, clock)
    yield Issued(app, copy.deepcopy(template.call), clock)
    close(app)
    if dropped:
        databases.drop(dropped, name)


def _made(address: str, folder: Path) -> tuple[Made, datetime]:
    clock = Clock()
    app = application(address, folder, clock)
    with app.app_context():
        call = results_made.issued(clock, store=store(app))
    close(app)
    return call, clock.at
