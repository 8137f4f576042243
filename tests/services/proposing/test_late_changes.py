"""The commission changes after marks were locked: what stands, who has to mark, what stops a proposal."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.procedure.commission import CommissionFunction
from razpis.services.calls import commission
from razpis.services.errors import Forbidden, Missing, Refused
from razpis.services.marking import mark_locks, material, sheets_open
from razpis.services.proposing import proposals, runs
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, mark, person, typed


def prepared(clock: Clock, call: made.Made) -> int:
    president = person(clock, call.president)
    made.meeting(clock, call)
    return proposals.prepare(president, call.call, runs.compute(president, call.call, clock()), clock())


def test_a_member_appointed_after_locking_marks_nothing_and_stops_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        before = material.gather(made.call(call)).hashes
        newcomer = made.commission_made.user("nova@zgled.si", "Nova Članica")
        act = "Sklep 2026-11"
        commission.appoint(
            person(clock, call.officer), call.call, newcomer.id, CommissionFunction.MEMBER, act, clock.forward(hours=1)
        )
        leaving = next(seat for seat in made.call(call).seats if seat.user_id == call.members[1])
        commission.release(person(clock, call.officer), call.call, leaving.id, act, clock.forward(hours=1))
        assert material.gather(made.call(call)).hashes == before
        number = prepared(clock, call)
        for who in (call.president, call.members[0], newcomer.id):
            proposals.sign(person(clock, who), call.call, number, "", clock())
        proposals.submit(person(clock, call.president), call.call, number, clock())
        report = proposals.read(person(clock, call.signatory), call.call, number).report
        assert [one["name"] for one in report["commission"]] == [
            "Petra Predsednica", "Marko Prvi", "Nova Članica", "Nejc Namestnik", "Zala Zapisnikar",
        ]  # fmt: skip
        assert [one["given"] for one in report["marks"]] == [6, 6, 6]


def test_a_member_who_left_before_locking_counts_no_more(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.filled(clock, call, made.GOOD)
        mark_locks.lock_own(person(clock, call.members[1]), call.call, [key(at) for at in range(3)], clock())
        leaving = next(seat for seat in made.call(call).seats if seat.user_id == call.members[1])
        commission.release(person(clock, call.officer), call.call, leaving.id, "Sklep 2026-11", clock.forward(hours=1))
        clock.forward(hours=1)
        made.seeded(clock, call)
        mark_locks.lock_round(person(clock, call.president), call.call, clock())
        due = material.gather(made.call(call)).round.duties.due
        assert set(due.values()) == {(call.president, call.members[0])}


def test_a_member_excluded_after_locking_leaves_a_mark_to_their_substitute(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        made.conflict(call, call.members[0], 1, call.deputy)
        president = person(clock, call.president)
        listed = {one.application.number: one for one in sheets_open.of_call(president, call.call, clock())}
        assert (listed[2].missing, listed[2].chairs, listed[1].missing) == (["Nejc Namestnik"], True, [])
        with pytest.raises(Refused, match=r"št\. 2 \(Nejc Namestnik\)"):
            prepared(clock, call)
        with pytest.raises(Forbidden):
            mark_locks.open_for_missing(person(clock, call.members[1]), call.call, key(1), clock())
        with pytest.raises(Missing):
            mark_locks.open_for_missing(president, call.call, key(0), clock())
        mark_locks.open_for_missing(president, call.call, key(1), clock())
        assert made.states(call) == ["scored", "in_scoring", "scored"]
        reason = "Namestnik: doseg je jasen."
        mark(clock, call, call.deputy, {1: {"quality": typed("15", reason), "reach": typed("18", reason)}})
        mark_locks.lock_own(person(clock, call.deputy), call.call, [key(1)], clock())
        assert made.states(call) == ["scored", "scored", "scored"]
        assert prepared(clock, call) == 1


def test_without_a_quorum_after_a_late_exclusion_there_is_no_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, quorum=3)
        made.locked(clock, call, made.GOOD)
        made.conflict(call, call.members[0], 1)
        with pytest.raises(Refused, match="ni sklepčnosti"):
            prepared(clock, call)
