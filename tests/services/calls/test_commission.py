"""The commission: seats by an act, one president, a quorum, and nobody who may not sit there."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.models.base import db
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.roles import Role
from razpis.services.calls import calls, commission, publishing
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from tests import people
from tests.databases import Clock
from tests.services import call_making as making

ACT = "Sklep 41001-1/2026-2"
PRESIDENT, MEMBER = CommissionFunction.PRESIDENT, CommissionFunction.MEMBER


def problems(call_id: int) -> list[str]:
    return [text.sl for text in commission.problems(making.call(call_id))]


def test_a_commission_needs_three_a_president_a_quorum_and_marks(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES.replace("minimum_marks: 3", "minimum_marks: 4"), clock())
        assert problems(call_id) == [
            "Komisija nima predsednice ali predsednika.",
            "Komisija ima manj kot 3 člane (s predsednikom).",
        ]
        making.appoint(officer, call_id, clock)
        assert problems(call_id) == ["Najmanjše število ocen po pravilih je 4, članov komisije pa je 3. Imenujte nove."]
        fourth = people.user(clock, "cetrta@zgled.si", "Četrta Članica")
        commission.appoint(officer, call_id, fourth.id, MEMBER, ACT, clock())
        assert problems(call_id) == []
        for quorum in (2, 5):
            commission.set_quorum(officer, call_id, quorum, clock())
            assert problems(call_id)[0].startswith(f"Sklepčnost {quorum} ni ustrezna")
        with pytest.raises(Invalid):
            commission.set_quorum(officer, call_id, 1, clock())


def test_seats_are_listed_in_their_order_and_end_by_an_act(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        secretary = people.user(clock, "zap@zgled.si", "Zapisničarka Zgled")
        commission.appoint(officer, call_id, secretary.id, CommissionFunction.SECRETARY, ACT, clock())
        president, *_ = making.appoint(officer, call_id, clock)
        seats = commission.seats(making.call(call_id))
        assert [seat.function.value for seat in seats] == ["president", "member", "member", "secretary"]
        assert people.again(people.standing.actor_of(president, clock()), clock).roles == {Role.PRESIDENT}
        with pytest.raises(Invalid):
            commission.release(officer, call_id, seats[0].id, "", clock())
        db.session.rollback()
        commission.release(officer, call_id, seats[0].id, "Sklep o razrešitvi 3", clock())
        assert people.again(people.standing.actor_of(president, clock()), clock).roles == frozenset()
        with pytest.raises(Missing):
            commission.release(officer, call_id, seats[0].id, "Sklep 3", clock())


def test_whom_the_law_keeps_out_is_refused(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        users = making.appoint(officer, call_id, clock)
        applicant = people.user(clock)
        making.application(call_id, applicant, 0)
        signer = making.signatory(clock)
        auditor = people.actor(clock, "nadzor@zgled.si", "Nada Nadzor", Role.AUDITOR)
        tried = {
            "svoji stvari": (applicant.id, MEMBER),
            "Kdor v komisiji predlaga": (signer.person, MEMBER),
            "Nadzornik": (auditor.person, MEMBER),
            "že v tej komisiji": (users[1].id, MEMBER),
            "že ima predsednico": (people.user(clock, "x@zgled.si", "Xenija Zgled").id, PRESIDENT),
        }
        for told, (user_id, function) in tried.items():
            with pytest.raises(Refused, match=told):
                commission.appoint(officer, call_id, user_id, function, ACT, clock())
            db.session.rollback()
        with pytest.raises(Missing):
            commission.appoint(officer, call_id, 10_000, MEMBER, ACT, clock())
        with pytest.raises(Forbidden):
            commission.appoint(signer, call_id, users[1].id, MEMBER, ACT, clock())


def test_in_review_nothing_changes_and_a_published_quorum_stands(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.draft(officer, clock)
        publishing.send_to_review(officer, call_id, making.revision(call_id), clock())
        with pytest.raises(Refused, match="v potrditvi"):
            commission.set_quorum(officer, call_id, 2, clock())
        db.session.rollback()
        publishing.approve(signer, call_id, making.revision(call_id), clock())
        publishing.publish(officer, call_id, making.revision(call_id), clock())
        with pytest.raises(Refused, match="se ne spremeni"):
            commission.set_quorum(officer, call_id, 2, clock())


def test_people_are_found_by_a_part_of_name_or_address(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        people.user(clock, "zala@zgled.si", "Žala Čebela")
        people.user(clock, "bor@drugje.si", "Bor Zgled")
        assert [user.name for user in commission.people(officer, "čebela")] == ["Žala Čebela"]
        assert [user.name for user in commission.people(officer, "@drugje")] == ["Bor Zgled"]
        assert commission.people(officer, "bo") == []
        with pytest.raises(Forbidden):
            commission.people(making.signatory(clock), "čebela")
