"""The party withdraws its application on the portal after the deadline: for good, told by mail, kept closed if it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.outbox import Message
from razpis.models.remedies import Renunciation
from razpis.procedure.acts import Kind
from razpis.procedure.deadlines import Channel
from razpis.procedure.states import ApplicationState, CallState
from razpis.procedure.workflow import StepRefused
from razpis.services.decisions import due, own_stop, stopping
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.sitting import declarations, filed_content
from tests import commission_made, marking_made
from tests import decisions_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person


def declare(clock: Clock, call: Made, at: int = 0, reason: str = "", who: int | None = None) -> None:
    actor = person(clock, who or call.applicants[at])
    own_stop.declare(actor, f"kljuc00{at}", True, reason, clock())


def application(key: str = "kljuc000") -> Application:
    db.session.expire_all()
    return db.session.scalars(select(Application).where(Application.key == key)).one()


def test_it_is_the_same_withdrawal_that_officials_record(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        made.drafted(clock, call)
        assert own_stop.possible(application(), clock()) is True
        declare(clock, call, reason="Programa ne bomo izvedli.")
        assert own_stop.possible(application(), clock()) is False
        [kept] = db.session.scalars(select(Renunciation))
        assert (kept.channel, kept.reason, kept.recorded_by) == (
            Channel.PORTAL,
            "Programa ne bomo izvedli.",
            call.applicants[0],
        )
        assert (kept.freed_cents, kept.stated_on) == (300_000, clock().date())
        [told] = db.session.scalars(select(Event).where(Event.action == "application.renounce"))
        assert (told.after["channel"], told.after["release_given_up"], told.actor_id) == (
            "portal",
            1,
            call.applicants[0],
        )
        [letter] = db.session.scalars(select(Message).where(Message.subject.contains("Umaknjena je vaša vloga št. 1")))
        assert "Umika ni mogoče preklicati." in letter.body
        assert ("stops", call.call) in [(one.kind, one.key) for one in due.tasks(person(clock, call.officer), clock())]
        made.issued(clock, call, made.store(tmp_path))
        assert [act.kind for act in made.acts(call)] == [Kind.DISCONTINUANCE, Kind.DECISION, Kind.DECISION]
        assert marking_made.states(call)[0] == "discontinued"
        assert "stops" not in [one.kind for one in due.tasks(person(clock, call.officer), clock())]


def test_only_its_own_party_and_only_until_the_decision_is_issued(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        for who in (call.applicants[1], call.officer, call.signatory):
            with pytest.raises(Missing):
                declare(clock, call, who=who)
            db.session.rollback()
        owner = person(clock, call.applicants[0])
        for understood, reason, field in (
            (False, "", "understood"),
            (True, "x" * 2001, "reason"),
            (True, "😀", "reason"),
        ):
            with pytest.raises(Invalid) as caught:
                own_stop.declare(owner, "kljuc000", understood, reason, clock())
            assert set(caught.value.fields) == {field}
            db.session.rollback()
        declare(clock, call, 1)
        with pytest.raises(StepRefused):
            declare(clock, call, 1)
        db.session.rollback()
        [kept] = db.session.scalars(select(Renunciation))
        assert kept.reason == own_stop.WORDLESS
        made.issued(clock, call, made.store(tmp_path))
        with pytest.raises(StepRefused):
            declare(clock, call)


def test_from_the_deadline_on_and_what_was_never_opened_stays_closed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = commission_made.made(clock, 2, CallState.PUBLISHED)
        commission_made.free(call, clock, call.voters)
        clock.at = commission_made.DEADLINE - timedelta(hours=1)
        assert own_stop.possible(application(), clock()) is False
        with pytest.raises(Refused, match="po roku za prijavo"):
            declare(clock, call)
        db.session.rollback()
        clock.at = commission_made.DEADLINE + timedelta(hours=1)
        declare(clock, call)
        assert application().state is ApplicationState.STOPPING
        officer = person(clock, call.officer)
        assert (list(stopping.desk(officer, call.call, clock()).stopped), list(due.tasks(officer, clock()))) == ([], [])
        application("kljuc001").state = ApplicationState.IN_SCORING
        marking_made.call(call).state = CallState.SCORING
        db.session.commit()
        member = person(clock, call.president)
        assert declarations.readable(member, call.call, clock()) == {call.applications[1]}
        with pytest.raises(Forbidden):
            filed_content.content_for_official(person(clock, call.officer), "kljuc000", clock())
        assert filed_content.content_for_official(person(clock, call.officer), "kljuc001", clock()) != {}
        stopped = stopping.desk(person(clock, call.officer), call.call, clock()).stopped
        assert [(line.number, one.freed_cents) for line, one in stopped] == [(1, 0)]
