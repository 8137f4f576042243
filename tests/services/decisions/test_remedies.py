"""Decisions become final by what is recorded; remedies end once all are, and the result list then says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.remedies import RemedyRecord
from razpis.procedure.acts import ActState
from razpis.procedure.finality import Lodged, Outcome, Remedied
from razpis.procedure.states import CallState
from razpis.procedure.workflow import StepRefused
from razpis.services.decisions import annulling, delivery, due, publishing_results, remedies, verifying
from razpis.services.decisions.annulling import Told
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.files import Store
from tests import decisions_made as made
from tests import marking_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person
from tests.queries import counted
from tests.services.decisions import annulled_making as making

SERVED, LAST = date(2026, 3, 5), date(2026, 3, 20)
LONG = ("instructions",)
NOTHING = Lodged(Remedied.NONE)


def served(clock: Clock, call: Made, store: Store) -> None:
    """Every decision issued and handed over on 5 March, deciding closed."""
    made.issued(clock, call, store)
    made.served(clock, call, store, SERVED)
    delivery.finish(person(clock, call.officer), call.call, clock())


def register(clock: Clock, call: Made) -> remedies.Register:
    return remedies.register(person(clock, call.officer), call.call, clock())


def record(clock: Clock, call: Made, lodged: Lodged, at: int = 0, note: str = "", seen: int = 0) -> None:
    key = register(clock, call).standings[at].act.key
    remedies.record(person(clock, call.officer), call.call, key, lodged, note, seen, clock())


def published(clock: Clock, call: Made, store: Store, reason: str = "") -> None:
    officer = person(clock, call.officer)
    seen = publishing_results.desk(officer, call.call).sha256
    publishing_results.publish(officer, call.call, seen, reason, clock(), store, made.ADDRESS)


def test_nothing_lodged_and_the_results_become_final(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        served(clock, call, store)
        published(clock, call, store)
        officer = person(clock, call.officer)
        found = register(clock, call)
        assert [(one.period.served, one.period.last, one.final) for one in found.standings] == [
            (SERVED, LAST, None)
        ] * 3
        assert (found.finishable, list(found.over), found.last) == (False, [], LAST)
        with pytest.raises(Refused, match="Ni odločitve"):
            remedies.nothing(officer, call.call, clock())
        db.session.rollback()
        clock.forward(days=16)
        assert len(register(clock, call).over) == 3
        assert remedies.nothing(officer, call.call, clock()) == 3
        found = register(clock, call)
        assert {one.final for one in found.standings} == {date(2026, 3, 21)}
        assert (found.finishable, found.last) == (True, date(2026, 3, 21))
        remedies.finish(officer, call.call, clock())
        assert marking_made.call(call).state is CallState.CONTRACTS
        [told] = db.session.scalars(select(Event).where(Event.action == "call.finish_remedies"))
        assert set(told.after["final"].values()) == {"2026-03-21"}
        assert [one.kind for one in due.tasks(officer, clock())] == ["publications"]
        published(clock, call, store, "Vse odločitve so dokončne.")
        newest, first = publishing_results.versions(call.call)
        assert (newest.final, first.final, newest.content["final"]) == (True, False, True)
        assert list(due.tasks(officer, clock())) == []
        marking_made.call(call).state = CallState.ARCHIVED
        with pytest.raises(Refused, match="do predaje razpisa v arhiv"):
            record(clock, call, NOTHING, seen=1, note="popravek")


def test_an_appeal_holds_up_the_end_until_it_is_decided(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        served(clock, call, made.store(tmp_path))
        officer = person(clock, call.officer)
        assert [one.kind for one in due.tasks(officer, clock())] == ["remedies"]
        clock.forward(days=16)
        record(clock, call, Lodged(Remedied.APPEAL, date(2026, 3, 19), Outcome.PENDING))
        assert remedies.nothing(officer, call.call, clock()) == 2
        with pytest.raises(Refused, match="še niso dokončne, je 1"):
            remedies.finish(officer, call.call, clock())
        db.session.rollback()
        clock.forward(days=30)
        upheld = Lodged(Remedied.APPEAL, date(2026, 3, 19), Outcome.UPHELD, date(2026, 4, 10), "P-1/2026")
        record(clock, call, upheld, seen=1)
        first = register(clock, call).standings[0]
        assert (first.final, first.exhausted) == (None, False)
        rejected = Lodged(Remedied.APPEAL, date(2026, 3, 19), Outcome.REJECTED, date(2026, 4, 10), "P-1/2026")
        with pytest.raises(Invalid) as caught:
            record(clock, call, rejected, seen=2)
        assert set(caught.value.fields) == {"note"}
        db.session.rollback()
        with pytest.raises(Refused, match="medtem"):
            record(clock, call, rejected, seen=1, note="napačno prepisano")
        db.session.rollback()
        record(clock, call, rejected, seen=2, note="napačno prepisano")
        first = register(clock, call).standings[0]
        assert (first.final, first.exhausted) == (date(2026, 4, 10), True)
        assert [one.outcome for one in first.records] == [
            Outcome.PENDING,
            Outcome.UPHELD,
            Outcome.REJECTED,
        ]
        events = db.session.scalars(select(Event).where(Event.action == "remedy.record")).all()
        assert (events[-1].before["outcome"], events[-1].after["outcome"]) == ("upheld", "rejected")
        remedies.finish(officer, call.call, clock())
        with pytest.raises(StepRefused):
            remedies.finish(officer, call.call, clock())


def test_what_cannot_be_recorded(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        assert list(register(clock, call).standings) == []
        made.issued(clock, call, store)
        officer = person(clock, call.officer)
        key = register(clock, call).standings[0].act.key
        late = Lodged(Remedied.APPEAL, date(2027, 1, 1), Outcome.REJECTED, date(2026, 3, 5), "x" * 81)
        for lodged, note, fields in (
            (NOTHING, "", {"kind"}),
            (late, "x" * 2001, {"lodged_on", "ended_on", "reference", "note"}),
        ):
            with pytest.raises(Invalid) as caught:
                remedies.record(officer, call.call, key, lodged, note, 0, clock())
            assert set(caught.value.fields) == fields
            db.session.rollback()
        for who in (call.registry, call.signatory, call.president):
            with pytest.raises(Forbidden):
                remedies.record(person(clock, who), call.call, key, NOTHING, "", 0, clock())
            with pytest.raises(Forbidden):
                remedies.finish(person(clock, who), call.call, clock())
        for wrong in (
            lambda: remedies.one(officer, call.call, "tuj", clock()),
            lambda: remedies.register(officer, 77, clock()),
        ):
            with pytest.raises(Missing):
                wrong()
        with pytest.raises(StepRefused):
            remedies.finish(officer, call.call, clock())
        db.session.rollback()
        assert db.session.scalars(select(RemedyRecord)).all() == []


def test_a_decision_is_annulled_once_a_remedy_was_upheld(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        served(clock, call, store)
        published(clock, call, store)
        signatory, key = person(clock, call.signatory), made.acts(call)[0].key
        told = Told(**making.TOLD)
        with pytest.raises(Refused, match="ugodeno"):
            annulling.annul(signatory, call.call, key, told, clock())
        db.session.rollback()
        clock.forward(days=16)
        record(clock, call, Lodged(Remedied.APPEAL, LAST, Outcome.UPHELD, date(2026, 3, 21), "P-1/2026"))
        with pytest.raises(Forbidden):
            annulling.annul(person(clock, call.officer), call.call, key, told, clock())
        with pytest.raises(Invalid) as caught:
            annulling.annul(signatory, call.call, key, Told("", "x" * 501, None, "ž", "", None, "x" * 4001), clock())
        assert set(caught.value.fields) == {*("basis", "reason", "follows", "body", "reference", "decided_on"), *LONG}
        db.session.rollback()
        for changes, field in (
            ({"decided_on": date(2026, 3, 22)}, "decided_on"),
            ({"decided_on": date(2026, 3, 19)}, "decided_on"),
            ({"instructions": ""}, "instructions"),
            ({"body": "župan 😀 Občine"}, "body"),
        ):
            with pytest.raises(Invalid) as caught:
                annulling.annul(signatory, call.call, key, replace(told, **changes), clock())
            assert set(caught.value.fields) == {field}
            db.session.rollback()
        db.session.rollback()
        annulling.annul(signatory, call.call, key, told, clock())
        shown = verifying.document(key)
        assert (shown.state, shown.replaced_by) == (ActState.ANNULLED, None)
        assert shown.ended_because == "Pritožbi je bilo ugodeno. Podlaga: odločba P-1/2026, ZUP, 251. člen."
        assert list(register(clock, call).undecided) == [1]
        published(clock, call, store, "Odločitev o vlogi št. 1 je bila odpravljena.")
        line = publishing_results.versions(call.call)[0].content["lines"][0]
        assert (line["outcome"], line["award"]) == ("annulled", "0.00")
        with pytest.raises(Missing):
            annulling.annul(signatory, call.call, key, told, clock())


def test_an_annulled_decision_leaves_its_application_undecided(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        served(clock, call, made.store(tmp_path))
        clock.forward(days=16)
        remedies.nothing(person(clock, call.officer), call.call, clock())
        act = made.acts(call)[0]
        act.state = ActState.ANNULLED
        db.session.commit()
        found = register(clock, call)
        assert (list(found.undecided), found.finishable) == ([1], False)


def test_the_register_asks_a_constant_number_of_questions(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        served(clock, call, made.store(tmp_path))
        officer = person(clock, call.officer)
        db.session.expire_all()
        with counted() as asked:
            remedies.register(officer, call.call, clock())
        assert len(asked) <= 10
