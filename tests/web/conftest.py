"""The three calls of the tests, written once, and a client for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from razpis.app import create_app
from tests.web import calls


@pytest.fixture(scope="session")
def rank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return calls.written(tmp_path_factory.mktemp("rank"), calls.rank(), ["V1", "430-12/2026"])


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> str:
    """Pages are tried on SQLite; what they call, the services' own tests try on PostgreSQL too."""
    path = tmp_path / "razpis.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def client(rank_folder: Path) -> FlaskClient:
    return create_app(rank_folder, TESTING=True, SECRET_KEY="test").test_client()


@pytest.fixture(scope="session")
def proportional_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = calls.written(tmp_path_factory.mktemp("proportional"), calls.proportional())
    return create_app(folder, TESTING=True, SECRET_KEY="test").test_client()


@pytest.fixture(scope="session")
def order_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = calls.written(tmp_path_factory.mktemp("order"), calls.order())
    return create_app(folder, TESTING=True, SECRET_KEY="test").test_client()
