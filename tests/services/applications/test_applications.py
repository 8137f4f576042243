"""Applications: started with what is known, by whom it may be, as many as the call allows; closed to officials."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application, Envelope
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.journal import Event, Reading
from razpis.models.organisations import Mandate
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import Channel
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.applications import applications, envelopes, received, sheets, transcripts
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.people.standing import actor_of
from razpis.services.sitting import declarations, filed_content
from razpis.services.sitting.declarations import Said
from tests import people, published, queries
from tests.databases import START, Clock
from tests.services.filing_people import Filer, filer

LOTS = (
    published.RULES
    + """
lots: {A: {amount: 1000}, B: {amount: 1000}}
allocation: {request: requested, fill: rank, edge: skip}
ranking: {keys: [{points: true}, {line: true}]}
"""
)


def test_an_application_begins_with_what_the_organisation_says(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        form = sheets.sheet(ana.row())
        assert {key: value for key, value in form.values.items() if value is not None} == {
            "name": "Društvo Žarek",
            "seat": "Glavni trg 1, 2000 Maribor",
            "registration": "1234567000",
            "head": "Ana Zgled",
        }
        last = db.session.scalars(select(Event).order_by(Event.number.desc())).first()
        assert last is not None
        assert (last.action, last.after) == ("application.start", {"organisation": ana.organisation, "lot": ""})


def test_what_does_not_fit_the_form_is_left_to_the_person(app: Flask, clock: Clock) -> None:
    rules = published.RULES.replace("max_length: 10}", "max_length: 7}").replace("seat: seat, ", "seat: plan, ")
    with app.app_context():
        form = sheets.sheet(filer(app, clock, rules=rules).row())
        assert (form.values["registration"], form.values["seat"], form.values["plan"]) == (None, None, None)


def test_an_organisation_starts_as_many_as_the_call_allows(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock, per_organisation=2)
        applications.start(ana.actor, ana.call, ana.organisation, "", clock())
        with pytest.raises(Refused, match="z osnutki vred, je 2"):
            applications.start(ana.actor, ana.call, ana.organisation, "", clock())


def test_two_who_start_at_once_start_one(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER)
        call = published.call(officer).id
        user = people.user(clock)
        ana, organisation = actor_of(user, clock()), published.organisation(user).id
        db.session.remove()
    together, told = threading.Barrier(2), []

    def press() -> None:
        with app.app_context():
            together.wait()
            try:
                told.append(len(applications.start(ana, call, organisation, "", clock())) > 0)
            except Refused:
                told.append(False)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert (sorted(told), len(applications.mine(ana, clock()))) == ([False, True], 1)


def test_a_stranger_starts_and_sees_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        bor = people.user(clock, "bor@zgled.si", "Bor Zgled")
        published.organisation(bor, "Zavod Čebelica", "7654321000")
        stranger = actor_of(bor, clock())
        with pytest.raises(Missing):
            applications.start(stranger, ana.call, ana.organisation, "", clock())
        db.session.rollback()
        with pytest.raises(Missing):
            applications.own(stranger, ana.key, clock())
        with pytest.raises(Missing):
            applications.own(ana.actor, "ni take", clock())
        with pytest.raises(Invalid):
            applications.start(ana.actor, ana.call, None, "", clock())
        with pytest.raises(Missing):
            applications.start(ana.actor, 10_000, ana.organisation, "", clock())
        assert applications.mine(stranger, clock()) == []
        assert [one.key for one in applications.mine(ana.actor, clock())] == [ana.key]


def test_a_call_with_lots_asks_for_one(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER)
        call = published.call(officer, rules=LOTS)
        user = people.user(clock)
        ana, organisation = actor_of(user, clock()), published.organisation(user)
        with pytest.raises(Invalid) as refused:
            applications.start(ana, call.id, organisation.id, "C", clock())
        assert list(refused.value.fields) == ["lot"]
        db.session.rollback()
        applications.start(ana, call.id, organisation.id, "B", clock())
        assert db.session.scalars(select(Application.lot)).all() == ["B"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"state": CallState.SUSPENDED}, "zadržan"),
        ({"opens_at": START + timedelta(seconds=1)}, "še ne sprejema"),
        ({"deadline": START - timedelta(seconds=1)}, "Rok za prijavo je potekel 16. 2. 2026 ob 08.59.59"),
        ({"state": CallState.CLOSED}, "Rok za prijavo"),
    ],
)
def test_only_an_open_call_takes_applications(app: Flask, clock: Clock, columns: dict[str, Any], words: str) -> None:
    with app.app_context():
        with pytest.raises(Refused, match=words):
            filer(app, clock, **columns)
        assert db.session.scalars(select(Application.id)).all() == []


def test_whose_mandate_ends_sees_the_application_no_longer(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        mandate = db.session.scalars(select(Mandate)).one()
        mandate.revoked_at = clock()
        db.session.commit()
        with pytest.raises(Forbidden, match="ne velja več"):
            applications.own(ana.actor, ana.key, clock())
        with pytest.raises(Forbidden, match="ne velja več"):
            ana.save({"members": "3"}, {"members": ana_mark(ana)})


def ana_mark(ana: Filer) -> str:
    return sheets.mark(0, None)


def test_nobody_official_reads_before_the_opening(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        officer = people.actor(clock, "skrbnik@zgled.si", "Skrbnik Zgled", Role.OFFICER)
        with pytest.raises(Missing):
            filed_content.content_for_official(officer, ana.key, clock())
        ana.complete()
        filed = ana.submit()
        content, row = filed.content, ana.row()
        before = [*list(CallState)[: list(CallState).index(CallState.OPENING)], CallState.CANCELLED]
        for state in before:
            row.call.state, row.state = state, ApplicationState.OPENED
            db.session.commit()
            with pytest.raises(Forbidden, match="še ni odprta"):
                filed_content.content_for_official(officer, ana.key, clock())
        row.call.state, row.state = CallState.OPENING, ApplicationState.SUBMITTED
        db.session.commit()
        with pytest.raises(Forbidden, match="še ni odprta"):
            filed_content.content_for_official(officer, ana.key, clock())
        assert db.session.scalars(select(Reading.id)).all() == []
        row.state = ApplicationState.OPENED
        db.session.commit()
        assert filed_content.content_for_official(officer, ana.key, clock()) == content
        db.session.commit()
        reading = db.session.scalars(select(Reading)).one()
        assert (reading.user_id, reading.purpose, reading.subject_id) == (officer.id, "application.content", row.id)


def test_a_member_reads_only_in_their_own_commission(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        ana.complete()
        ana.submit()
        row = ana.row()
        row.call.state, row.state = CallState.CHECKING, ApplicationState.OPENED
        member = people.user(clock, "clan@zgled.si", "Član Zgled")
        db.session.add(
            Seat(call_id=ana.call, user_id=member.id, function=CommissionFunction.MEMBER, act="1", appointed_at=START)
        )
        db.session.commit()
        actor = actor_of(member, clock())
        with pytest.raises(Forbidden, match="izjavite"):
            filed_content.content_for_official(actor, ana.key, clock())
        db.session.rollback()
        declarations.declare(actor, ana.call, {row.id: Said()}, True, clock())
        assert filed_content.content_for_official(actor, ana.key, clock())["lot"] == ""
        other = published.call(member, reference="41001-2/2026", rules=published.RULES + "\n")
        row.call_id = other.id
        other.state = CallState.CHECKING
        db.session.commit()
        with pytest.raises(Missing):
            filed_content.content_for_official(actor, ana.key, clock())
        with pytest.raises(Forbidden):
            filed_content.content_for_official(ana.actor, ana.key, clock())


def test_lists_take_the_same_number_of_queries_whatever_their_length(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock, per_organisation=2000)
        registry = people.actor(clock, "vlozisce@zgled.si", "Vložišče Zgled", Role.REGISTRY)
        with queries.counted() as few:
            assert len(applications.mine(ana.actor, clock())) == 1
            assert len(envelopes.of_call(registry, ana.call)[1]) == 0
            assert len(transcripts.listed(registry, ana.call)[1]) == 0
            assert received.lines(ana.call) == []
        call = db.session.get_one(Call, ana.call)
        for at in range(1000):
            db.session.add(_row(call, f"v{at}", ana, ApplicationState.DRAFT, None))
            paper = _row(call, f"p{at}", ana, ApplicationState.SUBMITTED, at + 1)
            paper.organisation_id, paper.envelope = None, _envelope(ana)
            db.session.add(paper)
        db.session.commit()
        db.session.expunge_all()
        with queries.counted() as many:
            assert len(applications.mine(ana.actor, clock())) == 1001
            _call, listed = envelopes.of_call(registry, ana.call)
            assert [one.application.number for one in listed] == list(range(1, 1001))
            assert [one.number for one in transcripts.listed(registry, ana.call)[1]] == list(range(1, 1001))
            assert [one.number for one in received.lines(ana.call)] == list(range(1, 1001))
        assert len(many) <= len(few) + 3  # what belongs to a line is asked for once there is a line


def _row(call: Call, key: str, ana: Filer, state: ApplicationState, number: int | None) -> Application:
    return Application(
        key=key,
        call_id=call.id,
        organisation_id=ana.organisation,
        state=state,
        number=number,
        created_at=START,
        created_by=ana.actor.person,
        changed_at=START,
    )


def _envelope(ana: Filer) -> Envelope:
    return Envelope(
        channel=Channel.ORDINARY_POST,
        sender="Društvo",
        arrived_at=START,
        entered_at=START,
        entered_by=ana.actor.person,
    )
