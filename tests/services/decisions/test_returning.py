"""The accepted proposal goes back while nothing is issued; what was stays, and the commission divides anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.evaluations import EvaluationRun, Proposal, ProposalState
from razpis.models.journal import Event
from razpis.procedure.acts import ActState, ReleaseState
from razpis.procedure.deadlines import Channel
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.procedure.workflow import StepRefused
from razpis.services.decisions import issuing, releases, returning, stopping
from razpis.services.decisions.stopping import Statement
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.proposing import proposals, runs
from tests import commission_made, marking_made
from tests import decisions_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person
from tests.services.decisions.test_at_once import both

WHY = "Prijavitelj je odstopil, sredstva naj se razdelijo znova."


def give_back(clock: Clock, call: Made, who: int | None = None, reason: str = WHY) -> int:
    return returning.give_back(person(clock, who or call.signatory), call.call, reason, clock())


def proposed(clock: Clock, call: Made) -> int:
    """The number of a new proposal, signed, handed over and accepted."""
    president = person(clock, call.president)
    marking_made.meeting(clock, call)
    number = proposals.prepare(president, call.call, runs.compute(president, call.call, clock()), clock())
    for who in call.voters:
        proposals.sign(person(clock, who), call.call, number, "", clock())
    proposals.submit(president, call.call, number, clock())
    proposals.accept(person(clock, call.signatory), call.call, number, clock())
    return number


def test_the_money_of_one_who_withdrew_is_divided_anew(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock, made.TIGHT)
        made.approved(clock, call)
        said = Statement(date(2026, 3, 4), Channel.EMAIL, "Programa ne bo.")
        stopping.record(person(clock, call.registry), call.call, "kljuc000", said, clock())
        made.drafted(clock, call)
        assert give_back(clock, call) == 1
        assert marking_made.call(call).state is CallState.AGREEING
        assert marking_made.states(call) == ["stopping", "scored", "scored"]
        release = made.release(call)
        assert (release.state, release.dropped_because) == (ReleaseState.DROPPED, WHY)
        assert {act.state for act in release.acts} == {ActState.DROPPED}
        [first] = db.session.scalars(select(Proposal))
        assert (first.state, first.decision_reason, first.decided_by) == (ProposalState.RETURNED, WHY, call.signatory)
        assert (first.returned_by, len(first.signatures)) == (call.signatory, len(call.voters))
        [told] = db.session.scalars(select(Event).where(Event.action == "call.return_accepted"))
        assert (told.after["proposal"], told.after["releases_given_up"]) == (1, [2])
        assert proposed(clock, call) == 2
        assert proposals.unlike_journal(person(clock, call.officer), call.call, 2) == []
        assert [
            one.awarded_cents for one in db.session.scalars(select(EvaluationRun).order_by(EvaluationRun.number))
        ] == [
            500_000,
            300_000,
        ]
        made.issued(clock, call, store)
        assert marking_made.states(call) == ["discontinued", "granted", "refused_threshold"]


def test_not_once_anything_is_issued_and_only_by_who_accepts(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        assert returning.returnable(marking_made.call(call)) is True
        for who in (call.officer, call.president):
            with pytest.raises(Forbidden):
                give_back(clock, call, who)
        with pytest.raises(Invalid):
            give_back(clock, call, reason="ker")
        with pytest.raises(Missing):
            returning.give_back(person(clock, call.signatory), 77, WHY, clock())
        db.session.rollback()
        made.issued(clock, call, made.store(tmp_path))
        assert returning.returnable(marking_made.call(call)) is False
        with pytest.raises(Refused, match="že izdane"):
            give_back(clock, call)
        db.session.rollback()
        assert marking_made.call(call).state is CallState.DECIDING


def test_who_comes_second_changes_nothing(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number = made.ready(clock, call, store)
        give_back(clock, call)
        with pytest.raises(Refused):
            give_back(clock, call)
        db.session.rollback()
        for late in (
            lambda: issuing.issue(person(clock, call.signatory), call.call, number, clock(), store, made.link),
            lambda: releases.draft(person(clock, call.officer), call.call, clock()),
            lambda: proposals.accept(person(clock, call.signatory), call.call, 1, clock()),
        ):
            with pytest.raises((Refused, StepRefused)):
                late()
            db.session.rollback()
        assert marking_made.states(call) == ["scored", "scored", "scored"]
        assert proposed(clock, call) == 2


def test_return_and_issue_at_once_leave_one_of_them(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number = made.ready(clock, call, store)
        second = commission_made.user("druga@zgled.si", "Darja Druga", Role.SIGNATORY).id
        db.session.commit()
        one, other, now = person(clock, call.signatory), person(clock, second), clock()
    came = both(
        app,
        lambda: issuing.issue(one, call.call, number, now, store, made.link),
        lambda: returning.give_back(other, call.call, WHY, now),
    )
    with app.app_context():
        states, issued = marking_made.states(call), made.release(call).state is ReleaseState.RELEASED
        assert came == (["3", "Refused"] if issued else ["1", "Refused"])
        assert states == (["granted", "granted", "refused_threshold"] if issued else ["scored"] * 3)


@pytest.mark.parametrize("state", ["condition_failed", "late"])
def test_one_who_withdrew_is_told_alike_by_report_and_journal(app: Flask, clock: Clock, state: str) -> None:
    with app.app_context():
        call = made.deciding(clock, left_out=(state,))
        said = Statement(date(2026, 3, 4), Channel.IN_PERSON, "Umikamo vlogo.")
        stopping.record(person(clock, call.officer), call.call, "kljuc003", said, clock())
        give_back(clock, call)
        assert proposed(clock, call) == 2
        report = db.session.scalars(select(Proposal.report).where(Proposal.number == 2)).one()
        assert [(one["number"], one["state"]) for one in report["left_out"]] == [(4, "stopping")]
