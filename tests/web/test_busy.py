"""A database that somebody else writes to for longer than one waits: a page in plain words, nothing typed is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg.errors
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from razpis.models import connection
from razpis.services.busy import busy
from tests import people
from tests.databases import Clock

ADDRESS = "/geslo"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def impatient(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The browser of a server whose writers wait for a moment only; Ana is known there."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        people.user(clock)
        engine = app.extensions["sqlalchemy"].engine
        engine.dispose()
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    return app.test_client()


@pytest.fixture
def writer(app: Flask, impatient: FlaskClient) -> Iterator[sqlite3.Connection]:
    """Somebody else, in the middle of writing, on the server of an ``impatient`` browser."""
    file = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database
    assert file is not None
    assert Path(file).is_file()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_typed_is_on_the_page_and_can_be_sent_again(
    impatient: FlaskClient, writer: sqlite3.Connection
) -> None:
    page = impatient.post(ADDRESS, data={"email": "ana@zgled.si"}, headers=SAME_SITE)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "Strežnik je trenutno zaposlen, ker nekdo drug shranjuje večje delo." in page.text
    assert '<input type="hidden" name="email" value="ana@zgled.si">' in page.text
    assert "Niste več prijavljeni" not in page.text
    writer.execute("ROLLBACK")
    assert impatient.post(ADDRESS, data={"email": "ana@zgled.si"}).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("writer")
def test_from_elsewhere_nothing_is_offered_but_words(impatient: FlaskClient) -> None:
    page = impatient.post(ADDRESS, data={"email": "ana@zgled.si"})
    assert page.status_code == 503
    for told in ("Strežnik je trenutno zaposlen", "Nič ni shranjeno in nič spremenjeno.", "Počakajte minuto"):
        assert told in page.text
    assert "ana@zgled.si" not in page.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("writer")
def test_who_only_reads_does_not_wait(impatient: FlaskClient) -> None:
    assert impatient.get("/").status_code == 200


@pytest.mark.parametrize(
    ("original", "told"),
    [
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.SerializationFailure(), True),
        (psycopg.errors.UniqueViolation(), False),
        (sqlite3.OperationalError("no such table: x"), False),
    ],
)
def test_only_what_may_be_tried_again_is_told_as_busy(original: Exception, told: bool) -> None:
    assert busy(OperationalError("select 1", {}, original)) is told
    assert not busy(original)
