"""The auditor reads opened applications, each reading written down; before the opening nobody, others never."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.files import StoredFile
from razpis.models.journal import Reading
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services import files
from razpis.web import access
from tests import commission_made, people
from tests.commission_made import Made
from tests.databases import Clock
from tests.queries import counted
from tests.web.page import Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

AUDITOR = "revizija@zgled.si"


def made(app: Flask, clock: Clock, state: CallState, count: int = 2) -> Made:
    """A call in ``state`` and an auditor; the officer can sign in too."""
    with app.app_context():
        call = commission_made.made(clock, count, state)
        auditor = commission_made.user(AUDITOR, "Rok Nadzornik", Role.AUDITOR)
        commission_made.let_in(auditor.id, call.officer, call.president)
        return call


def test_an_opened_application_is_read_whole_and_the_reading_is_written_down(app: Flask, clock: Clock) -> None:
    call = made(app, clock, CallState.CHECKING)
    auditor = people.signed_in(app, AUDITOR)
    show = Page(auditor.get(f"/vodenje/razpisi/{call.call}").text)
    listed = Page(auditor.get(show.links["Vloge razpisa z vsebino"]).text)
    assert [(row[0], row[1], row[3]) for row in listed.rows()] == [
        ("1", "Društvo 0", "odprta"),
        ("2", "Društvo 1", "odprta"),
    ]
    text = Page(auditor.get(listed.links["Društvo 1"]).text).text
    assert [words in text for words in ("Program 1", "prostor", "gradivo", "plan-1.pdf")] == [True] * 4
    with app.app_context():
        (reading,) = db.session.scalars(select(Reading))
        assert (reading.name, reading.purpose, reading.subject_id) == (
            "Rok Nadzornik",
            "application.content",
            call.applications[1],
        )


def test_an_attachment_is_given_and_one_of_another_is_not(app: Flask, clock: Clock) -> None:
    made(app, clock, CallState.CHECKING)
    with app.app_context():
        content = b"%PDF-1.7\n% prostori\n"
        kept = {"media_type": "application/pdf", "size": len(content), "sha256": files.put(access.store(), content)}
        sent = {"sent_at": clock(), "sent_by": db.session.scalars(select(User.id)).first()}
        for at in (0, 1):
            db.session.add(StoredFile(key=f"plan{at}", name=f"plan-{at}.pdf", **kept, **sent))
        db.session.commit()
    auditor = people.signed_in(app, AUDITOR)
    given = auditor.get("/vloge-razpisa/vloga/kljuc000/priloge/plan0")
    assert (given.status_code, given.data, given.mimetype) == (200, content, "application/pdf")
    assert auditor.get("/vloge-razpisa/vloga/kljuc000/priloge/plan1").status_code == 404


def test_before_the_opening_nobody_and_after_it_only_the_auditor(app: Flask, clock: Clock) -> None:
    call = made(app, clock, CallState.CLOSED)
    auditor = people.signed_in(app, AUDITOR)
    show = auditor.get(f"/vodenje/razpisi/{call.call}").text
    assert ("se vidi šele po odpiranju vlog" in show, "Vloge razpisa z vsebino" in show) == (True, False)
    assert auditor.get(f"/vloge-razpisa/{call.call}").status_code == 404
    assert auditor.get("/vloge-razpisa/vloga/kljuc000").status_code == 403
    with app.app_context():
        found = db.session.get_one(Call, call.call)
        found.state = CallState.OPENING
        db.session.commit()
    assert "Ni še odprte vloge." in auditor.get(f"/vloge-razpisa/{call.call}").text
    assert auditor.get("/vloge-razpisa/vloga/kljuc000").status_code == 403
    with app.app_context():
        one = db.session.get_one(Application, call.applications[0])
        one.state = ApplicationState.OPENED
        db.session.commit()
        assert db.session.scalars(select(Reading)).all() == []
    assert auditor.get("/vloge-razpisa/vloga/kljuc000").status_code == 200
    for email in ("skrbnica@zgled.si", "predsednica@zgled.si"):
        other = people.signed_in(app, email)
        assert other.get("/vloge-razpisa/vloga/kljuc000").status_code == 403


def test_the_list_sends_as_many_statements_for_many_as_for_few(app: Flask, clock: Clock) -> None:
    call = made(app, clock, CallState.CHECKING, 2)
    auditor = people.signed_in(app, AUDITOR)
    address = f"/vloge-razpisa/{call.call}"
    auditor.get(address)
    with app.app_context(), counted() as few:
        auditor.get(address)
    with app.app_context():
        found = db.session.get_one(Call, call.call)
        for at in range(2, 40):
            commission_made.application(found, at, ApplicationState.OPENED)
        db.session.commit()
    with app.app_context(), counted() as many:
        assert len(Page(auditor.get(address).text).rows()) == 40
    assert len(many) == len(few)
