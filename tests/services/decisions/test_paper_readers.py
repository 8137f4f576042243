"""Who reads which paper of a call, and what of it is written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.journal import Reading
from razpis.procedure.acts import Kind
from razpis.procedure.checking import Aspect
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services import files
from razpis.services.decisions import papers
from razpis.services.decisions.papers import PaperState
from razpis.services.errors import Forbidden, Missing
from razpis.services.files import Store
from tests import commission_made, decisions_made, marking_made
from tests.commission_made import act_as
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.queries import counted
from tests.services.decisions.paper_making import (
    call_of,
    checked,
    complete,
    officer,
    which,
    worked,
)


def test_members_read_nothing_of_what_they_are_excluded_from(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        clock.forward(days=20)
        excluded, other = act_as(clock, made.members[0]), act_as(clock, made.members[1])
        marking_made.conflict(made, made.members[0], 0)
        assert which(other, made, clock, Kind.DISMISSAL) == [
            "kljuc000-nedopolnjena",
            "kljuc001-neupravicena",
            "kljuc002-prepozna",
        ]
        assert which(excluded, made, clock, Kind.DISMISSAL) == ["kljuc001-neupravicena", "kljuc002-prepozna"]
        assert which(excluded, made, clock, Kind.SUPPLEMENT_REQUEST) == []
        for kind, name in ((Kind.DISMISSAL, "kljuc000-nedopolnjena"), (Kind.SUPPLEMENT_REQUEST, "1")):
            with pytest.raises(Missing):
                papers.pdf(excluded, made.call, kind, name, clock())
        assert len(which(excluded, made, clock, Kind.EXCLUSION)) == 2  # their own
        assert which(other, made, clock, Kind.EXCLUSION) == []


def test_who_comes_in_and_whose_readings_are_noted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        stranger = commission_made.user("tuja@zgled.si", "Tuja", Role.MEMBER)
        auditor = commission_made.user("rev@zgled.si", "Rok", Role.AUDITOR)
        db.session.commit()
        for person, wrong in ((made.applicants[0], Forbidden), (made.registry, Forbidden), (stranger.id, Missing)):
            with pytest.raises(wrong):
                papers.listed(act_as(clock, person), made.call, clock())
        for kind, name in ((Kind.START, "2"), (Kind.DECISION, "1"), (Kind.MINUTES, "")):
            with pytest.raises(Missing):
                papers.pdf(officer(made, clock), made.call, kind, name, clock())
        assert papers.pdf(act_as(clock, auditor.id), made.call, Kind.START, "1", clock())[1].startswith(b"%PDF")
        assert db.session.scalars(select(Reading)).all() == []
        clock.forward(days=20)
        papers.pdf(officer(made, clock), made.call, Kind.DISMISSAL, "kljuc002-prepozna", clock())
        noted = db.session.scalars(select(Reading)).all()
        assert [(one.purpose, one.subject_id) for one in noted] == [("application.paper", made.applications[2])]


def test_before_the_opening_nothing_of_applications_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = commission_made.made(clock, 2, CallState.CLOSED, rules=decisions_made.RULES)
        complete(made)
        db.session.get_one(Application, made.applications[0]).state = ApplicationState.LATE
        db.session.commit()
        found = papers.listed(officer(made, clock), made.call, clock())[1]
        told = [one.kind for one in found if one.state is not PaperState.LATER]
        assert told == [Kind.START, Kind.APPOINTMENT, Kind.CALL]
        assert "Društvo" not in " ".join(one.about for one in found)


def test_receipts_are_read_as_they_were_sent(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        made, store = worked(clock), Store(tmp_path)
        receipt = b"%PDF-1.7 potrdilo"
        filing = db.session.get_one(Application, made.applications[3]).filings[0]
        filing.receipt_sha256 = files.put(store, receipt)
        db.session.commit()
        number, everyones = str(filing.id), which(officer(made, clock), made, clock, Kind.RECEIPT)
        assert (number in everyones, len(everyones)) == (True, 5)
        assert papers.receipt(officer(made, clock), made.call, number, clock(), store) == (
            f"potrdilo-{filing.receipt.replace('/', '-')}.pdf",
            receipt,
        )
        last = db.session.scalars(select(Reading).order_by(Reading.id.desc())).first()
        assert last is not None
        assert (last.purpose, last.subject_id) == ("application.paper", made.applications[3])
        excluded, other = act_as(clock, made.members[0]), act_as(clock, made.members[1])
        assert which(excluded, made, clock, Kind.RECEIPT) == [one for one in everyones if one != number]
        assert papers.receipt(other, made.call, number, clock(), store)[1] == receipt
        for actor, name in ((excluded, number), (other, "0"), (other, "x"), (officer(made, clock), "999999")):
            with pytest.raises(Missing):
                papers.receipt(actor, made.call, name, clock(), store)
        call_of(made).state = CallState.CLOSED
        with pytest.raises(Missing):
            papers.receipt(officer(made, clock), made.call, number, clock(), store)


def test_an_applicant_reads_the_request_to_its_own_application(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        name, own = papers.own_request(act_as(clock, made.applicants[0]), "kljuc000", 1, clock())
        request = which(officer(made, clock), made, clock, Kind.SUPPLEMENT_REQUEST)[0]
        assert name == f"supplement_request-41001-7-2026-{request}.pdf"
        assert "Izvod za vpogled" in page_text(own)
        for person, key, number in ((1, "kljuc000", 1), (0, "kljuc000", 2), (1, "kljuc001", 1)):
            with pytest.raises(Missing):
                papers.own_request(act_as(clock, made.applicants[person]), key, number, clock())


def test_the_list_asks_the_database_as_often_for_many_as_for_few(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        actor = officer(made, clock)
        db.session.expire_all()
        with counted() as few:
            papers.listed(actor, made.call, clock())
        for at in range(5, 25):
            one = commission_made.application(call_of(made), at, ApplicationState.INELIGIBLE)
            made.applications.append(one.id)
            checked(made, clock, at, Aspect.ENTITLED, "Prijavitelj je podjetje.", "4. člen")
        db.session.expire_all()
        with counted() as many:
            papers.listed(actor, made.call, clock())
        assert len(many) == len(few)
