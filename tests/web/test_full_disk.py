"""A disk that is really full while a page saves: a page in plain words, and nothing saved."""

from __future__ import annotations

import resource

import pytest
from flask import Flask
from sqlalchemy import func, select

from razpis.models.accounts import Ticket
from razpis.models.base import db
from razpis.services import files
from tests import people
from tests.databases import Clock


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_is_saved_and_the_page_says_so(app: Flask, clock: Clock) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        people.user(clock)
    browser, before = app.test_client(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        page = browser.post("/geslo", data={"email": "ana@zgled.si"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert page.status_code == 507
    for told in (
        "Strežnik ne more shraniti podatkov",
        "Nič ni shranjeno in nič spremenjeno.",
        "Sporočite upravitelju sistema.",
    ):
        assert told in page.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 0
    assert browser.post("/geslo", data={"email": "ana@zgled.si"}).status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 1


@pytest.mark.parametrize("error", [OSError(2, "ni"), ValueError("ni"), PermissionError(13, "ne")])
def test_other_faults_are_not_told_as_a_full_disk(error: Exception) -> None:
    assert not files.full(error)
