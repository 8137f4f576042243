"""Supplements: one round, a period from service and the same for all, only what was asked, nothing a second late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import ServiceRecord, SupplementAnswer, SupplementRequest
from razpis.models.outbox import Message
from razpis.procedure.checking import Aspect
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.serving import Manner
from razpis.procedure.states import ApplicationState
from razpis.procedure.workflow import StepRefused
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination import checks, established, serving, supplementing, supplements
from razpis.services.examination.serving import Papers
from razpis.services.examination.supplementing import Sent
from razpis.services.files import Store
from razpis.services.organisations.mandates import Upload
from tests import commission_made as made
from tests import queries
from tests.commission_made import Made, act_as, supplement_page
from tests.databases import Clock

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
ASKED = {"members": "Število ni izpolnjeno.", "letter": "Pismo ni podpisano."}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def asked(clock: Clock, count: int = 2, **parameters: object) -> Made:
    """Applications found entitled, the first asked to mend two things."""
    call = made.checking(clock, count, **parameters)
    for one in call.applications:
        checks.entitled(act_as(clock, call.president), one, True, "", "4. člen", clock())
    supplements.ask(act_as(clock, call.president), call.applications[0], ASKED, clock(), supplement_page)
    return call


def serve(call: Made, clock: Clock, store: Store, at: int = 0, **papers: object) -> None:
    """Record the service of the request about an application."""
    today = clock().date()
    request = supplements.requests_of(call.applications[at])[-1]
    values = {
        "manner": Manner.POST, "address": "Zgledna 1, Maribor", "dispatched_on": today, "notice_on": None,
        "delivered_on": None,
    }  # fmt: skip
    serving.record(act_as(clock, call.registry), request.id, Papers(**values | papers), clock(), store)


def standing(call: Made, clock: Clock, at: int = 0) -> supplements.Standing:
    db.session.expire_all()
    return supplements.standing(supplements.requests_of(call.applications[at])[-1], clock())


def answer(call: Made, clock: Clock, store: Store, at: int = 0, **typed: str) -> SupplementAnswer:
    return supplementing.file(act_as(clock, call.applicants[at]), f"kljuc{at:03}", Sent(typed=typed), clock(), store)


def state(call: Made, at: int = 0) -> ApplicationState:
    db.session.expire_all()
    return db.session.get_one(Application, call.applications[at]).state


def test_the_period_runs_from_service_and_not_from_the_request(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        assert standing(call, clock).ends is None
        clock.forward(days=60)
        assert (standing(call, clock).over, standing(call, clock).ends) == (False, None)
        serve(call, clock, store, dispatched_on=date(2026, 4, 20), delivered_on=date(2026, 4, 23))
        assert (standing(call, clock).served, standing(call, clock).ends) == (date(2026, 4, 23), date(2026, 5, 4))


@pytest.mark.parametrize(
    ("profile", "days", "service", "served", "ends"),
    [
        # the notice of 20 March counts 15 days to Saturday, 4 April, and does not move; 8 days more
        ("ZUP_pre_I", 8, {"notice_on": date(2026, 3, 20)}, date(2026, 4, 4), date(2026, 4, 13)),
        # under ZUP-I the dispatch of 18 March counts seven days
        ("ZUP_I", 8, {}, date(2026, 3, 25), date(2026, 4, 2)),
        # a delivery before the fiction counts itself
        ("ZUP_pre_I", 15, {"notice_on": date(2026, 3, 20), "delivered_on": date(2026, 3, 23)}, date(2026, 3, 23),
         date(2026, 4, 7)),
    ],
)  # fmt: skip
def test_the_fiction_of_service_follows_the_chosen_law(
    app: Flask, clock: Clock, store: Store, profile: str, days: int, service: dict[str, date], served: date, ends: date
) -> None:
    with app.app_context():
        call = asked(clock, profile=profile, supplement_days=days)
        clock.at = datetime(2026, 3, 24, 9, tzinfo=UTC)
        serve(call, clock, store, dispatched_on=date(2026, 3, 18), **service)
        clock.at = datetime(served.year, served.month, served.day, 9, tzinfo=UTC)
        assert (standing(call, clock).served, standing(call, clock).ends) == (served, ends)


def test_before_its_day_the_fiction_is_no_service(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock, profile="ZUP_I")
        serve(call, clock, store, dispatched_on=date(2026, 3, 4))
        clock.at = datetime(2026, 3, 10, 22, 59, tzinfo=UTC)
        assert standing(call, clock).served is None
        clock.forward(minutes=1)
        assert standing(call, clock).served == date(2026, 3, 11)


def test_an_answer_counts_to_the_last_second_and_not_one_longer(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        serve(call, clock, store, delivered_on=date(2026, 3, 4))
        assert standing(call, clock).ends == date(2026, 3, 12)
        clock.at = datetime(2026, 3, 12, 22, 59, 59, 999_999, tzinfo=UTC)
        assert answer(call, clock, store, members="12").number == 1
        clock.at = datetime(2026, 3, 12, 23, 0, 0, tzinfo=UTC)
        with pytest.raises(Refused, match=r"iztekel 12\. 3\. 2026 ob 24\. uri in ga ni mogoče podaljšati"):
            answer(call, clock, store, members="13")
        db.session.rollback()
        assert established.contents(call.applications[0]).answers["members"] == "12"


def test_a_field_that_was_not_asked_cannot_change(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        before = dict(established.contents(call.applications[0]).answers)
        with pytest.raises(Invalid) as error:
            answer(call, clock, store, members="12", requested="9999")
        assert set(error.value.fields) == {"requested"}
        db.session.rollback()
        sent = Sent(uploads={"plan": [Upload("nov.pdf", PDF)]})
        with pytest.raises(Invalid) as error:
            supplementing.file(act_as(clock, call.applicants[0]), "kljuc000", sent, clock(), store)
        assert set(error.value.fields) == {"plan"}
        db.session.rollback()
        sent = Sent(uploads={"members": [Upload("nov.pdf", PDF)]})
        with pytest.raises(Missing):
            supplementing.file(act_as(clock, call.applicants[0]), "kljuc000", sent, clock(), store)
        db.session.rollback()
        assert established.contents(call.applications[0]).answers == before
        answer(call, clock, store, members="12")
        assert established.contents(call.applications[0]).answers == before | {"members": "12"}


def test_every_answer_keeps_its_history(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        first = answer(call, clock, store, members="12")
        assert answer(call, clock, store, members="12").id == first.id
        clock.forward(hours=1)
        upload = Sent(uploads={"letter": [Upload("pismo.pdf", PDF)]})
        second = supplementing.file(act_as(clock, call.applicants[0]), "kljuc000", upload, clock(), store)
        assert (first.content, first.before["answers"]) == (
            {"answers": {"members": "12"}, "attachments": {}},
            {"members": "40"},
        )
        assert second.content["answers"] == {"members": "12"}
        held = second.content["attachments"]["letter"]
        assert [one["name"] for one in held] == ["pismo.pdf"]
        dropped = Sent(dropped=frozenset({held[0]["key"]}), typed={"members": "13"})
        third = supplementing.file(act_as(clock, call.applicants[0]), "kljuc000", dropped, clock(), store)
        assert third.content == {"answers": {"members": "13"}, "attachments": {}}
        assert [one.number for one in db.session.scalars(select(SupplementAnswer).order_by(SupplementAnswer.id))] == [
            1,
            2,
            3,
        ]
        subjects = db.session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert subjects[0] == "Vloga na javni razpis 41001-7/2026 je nepopolna"
        assert subjects[1] == "Dopolnitev vloge je prejeta: D-41001-7/2026-0001"
        first = db.session.scalars(select(Message.body).order_by(Message.id)).first()
        assert f"\n\n{supplement_page('kljuc000')}\n\n" in (first or "")


def test_an_empty_or_wrong_answer_is_told(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        for typed in ({}, {"members": "40"}):
            with pytest.raises(Invalid, match="Ničesar"):
                answer(call, clock, store, **typed)
            db.session.rollback()
        with pytest.raises(Invalid) as error:
            answer(call, clock, store, members="veliko")
        assert set(error.value.fields) == {"members"}


def test_strangers_see_and_answer_nothing(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        stranger = act_as(clock, call.applicants[1])
        with pytest.raises(Missing):
            supplementing.file(stranger, "kljuc000", Sent(typed={"members": "1"}), clock(), store)
        with pytest.raises(Missing):
            supplementing.page(stranger, "kljuc000", clock())
        with pytest.raises(Missing):
            supplementing.page(stranger, "kljuc001", clock())
        with pytest.raises(Refused, match="ni mogoče dopolniti"):
            answer(call, clock, store, 1, members="1")
        page = supplementing.page(act_as(clock, call.applicants[0]), "kljuc000", clock())
        assert page.open is not None
        assert [item.field for item in page.open.request.items] == ["members", "letter"]


def test_there_is_one_round(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        president, first = act_as(clock, call.president), call.applications[0]
        serve(call, clock, store, delivered_on=date(2026, 3, 4))
        clock.forward(days=30)
        with pytest.raises(Refused, match="največ 1-krat"):
            supplements.ask(president, first, {"note": "še opomba"}, clock(), supplement_page)


def test_a_second_round_where_the_rules_allow_it_waits_for_the_first(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock, supplement_rounds=2)
        president, first = act_as(clock, call.president), call.applications[0]
        answer(call, clock, store, members="12")
        with pytest.raises(Refused, match="še ni potekel"):
            supplements.ask(president, first, {"note": "še opomba"}, clock(), supplement_page)
        db.session.rollback()
        serve(call, clock, store, delivered_on=date(2026, 3, 4))
        clock.forward(days=30)
        supplements.ask(president, first, {"note": "še opomba"}, clock(), supplement_page)
        answer(call, clock, store, note="druga opomba")
        said = established.contents(first)
        assert (said.answers["members"], said.answers["note"]) == ("12", "druga opomba")


def test_the_period_is_the_same_for_all_and_cannot_be_made_longer_for_one(
    app: Flask, clock: Clock, store: Store
) -> None:
    with app.app_context():
        call = asked(clock, 2, supplement_days=10)
        supplements.ask(
            act_as(clock, call.members[0]), call.applications[1], {"members": "manjka"}, clock(), supplement_page
        )
        periods = db.session.execute(select(SupplementRequest.days, SupplementRequest.unit, SupplementRequest.article))
        assert [tuple(row) for row in periods] == [(10, Unit.DAYS, "14. člen pravilnika")] * 2
        clock.forward(days=2)
        for at in (0, 1):
            serve(call, clock, store, at, dispatched_on=date(2026, 3, 5), delivered_on=date(2026, 3, 5))
        later = {"dispatched_on": date(2026, 3, 5), "delivered_on": date(2026, 3, 6), "seen": 1}
        with pytest.raises(Invalid) as error:
            serve(call, clock, store, **later)
        assert set(error.value.fields) == {"note", "evidence"}
        db.session.rollback()
        with pytest.raises(Refused, match="medtem"):
            serve(call, clock, store, **later | {"seen": 0})
        db.session.rollback()
        paper = Upload("vrocilnica.pdf", PDF)
        serve(call, clock, store, **later, note="napačno prepisano z vročilnice", evidence=paper)
        assert standing(call, clock).ends == date(2026, 3, 16)
        assert [one.number for one in db.session.scalars(select(ServiceRecord).order_by(ServiceRecord.id))] == [1, 1, 2]
        clock.forward(days=30)
        supplements.lapse_due(clock())
        with pytest.raises(Refused, match="ni mogoče več spremeniti"):
            serve(call, clock, store, **later | {"seen": 2, "note": "še dlje", "evidence": paper})


def test_days_of_service_that_cannot_be_are_refused(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        today = clock().date()
        with pytest.raises(Invalid) as error:
            serve(
                call,
                clock,
                store,
                notice_on=today - timedelta(days=1),
                delivered_on=today + timedelta(days=1),
                address="",
            )
        assert set(error.value.fields) == {"notice_on", "delivered_on", "address"}
        request = supplements.requests_of(call.applications[0])[-1]
        papers = Papers(Manner.POST, "Zgledna 1", today, None, None)
        with pytest.raises(Forbidden):
            serving.record(act_as(clock, call.president), request.id, papers, clock(), store)
        with pytest.raises(Missing):
            serving.record(act_as(clock, call.registry), request.id + 99, papers, clock(), store)


def test_nothing_filed_in_time_lapses_by_the_clock(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        clock.forward(days=90)
        assert supplements.lapse_due(clock()) == 0
        serve(call, clock, store, dispatched_on=date(2026, 3, 4), delivered_on=date(2026, 3, 5))
        assert supplements.lapse_due(clock()) == 1
        assert supplements.lapse_due(clock()) == 0
        assert state(call) is ApplicationState.INCOMPLETE
        check = checks.of_application(call.applications[0])[Aspect.COMPLETE]
        assert check.ground == "poziv vročen 5. 3. 2026, rok se je iztekel 13. 3. 2026; dopolnitev ni bila vložena"
        assert (check.met, check.article, check.by) == (False, "14. člen pravilnika", None)


def test_what_came_is_judged_by_the_commission_after_the_period(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        president, first = act_as(clock, call.president), call.applications[0]
        answer(call, clock, store, members="12")
        for step in ("še ni zabeležena", "še teče"):
            with pytest.raises(Refused, match=step):
                supplements.find_incomplete(president, first, "pismo manjka", clock())
            db.session.rollback()
            if step == "še ni zabeležena":
                serve(call, clock, store, delivered_on=date(2026, 3, 4))
        clock.forward(days=30)
        assert supplements.lapse_due(clock()) == 0
        with pytest.raises(Invalid):
            supplements.find_incomplete(president, first, " ", clock())
        db.session.rollback()
        supplements.find_incomplete(president, first, "pismo manjka", clock())
        assert state(call) is ApplicationState.INCOMPLETE
        with pytest.raises(StepRefused):
            supplements.ask(president, first, ASKED, clock(), supplement_page)


def test_it_is_complete_only_after_an_answer(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock)
        president, first = act_as(clock, call.president), call.applications[0]
        with pytest.raises(Refused, match="še ni odgovoril"):
            checks.complete(president, first, clock())
        db.session.rollback()
        answer(call, clock, store, members="12")
        checks.complete(president, first, clock())
        assert state(call) is ApplicationState.COMPLETE
        with pytest.raises(Refused, match="ni mogoče dopolniti"):
            answer(call, clock, store, members="13")


def test_a_request_names_real_fields_with_what_is_wrong(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        president, first = act_as(clock, call.president), call.applications[0]
        with pytest.raises(Refused, match="upravičena oseba"):
            supplements.ask(president, first, ASKED, clock(), supplement_page)
        db.session.rollback()
        checks.entitled(president, first, True, "", "", clock())
        with pytest.raises(Invalid) as error:
            supplements.ask(president, first, {}, clock(), supplement_page)
        assert set(error.value.fields) == {"fields"}
        db.session.rollback()
        with pytest.raises(Invalid) as error:
            supplements.ask(president, first, {"members": ""}, clock(), supplement_page)
        assert set(error.value.fields) == {"deficiency-members"}
        db.session.rollback()
        with pytest.raises(Missing):
            supplements.ask(president, first, {"izmisljeno": "manjka"}, clock(), supplement_page)


def test_requests_of_a_call_take_constant_queries(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock, 3)
        for at in (1, 2):
            supplements.ask(
                act_as(clock, call.president), call.applications[at], {"members": "manjka"}, clock(), supplement_page
            )
        serve(call, clock, store, delivered_on=date(2026, 3, 4))
        answer(call, clock, store, members="12")
        db.session.expunge_all()
        with queries.counted() as sent:
            found = supplements.of_call(call.call, clock())
            told = [(one.request.application.number, one.ends, one.answer is not None) for one in found]
        assert told == [(1, date(2026, 3, 12), True), (2, None, False), (3, None, False)]
        assert len(sent) == 6
        assert db.session.get_one(Call, call.call).quorum == 2
