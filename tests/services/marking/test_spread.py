"""The spread of marks: a statistic over locked sheets; reasons that repeat; what a late marker must not see."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.services.errors import Forbidden, Refused
from razpis.services.marking import mark_desk, mark_locks, sheets_open, spread
from razpis.services.proposing import proposals, result_pages, runs
from tests import commission_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, mark, person, typed


def test_sums_shares_and_distances_of_locked_applications(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.filled(clock, call, made.GOOD)
        member = person(clock, call.members[0])
        assert spread.spread(member, call.call, clock()).rows == []
        made.seeded(clock, call)
        mark_locks.lock_round(person(clock, call.president), call.call, clock())
        found = spread.spread(member, call.call, clock())
        assert [(row.application.number, row.distance) for row in found.rows] == [(3, 66), (1, 50), (2, 41)]
        assert [(dot.member, dot.sum, dot.share) for dot in found.rows[1].dots] == [
            ("Petra Predsednica", 45, 750),
            ("Marko Prvi", 48, 800),
            ("Mojca Druga", 45, 750),
        ]
        assert [(one.member, one.count, one.mean, one.least, one.greatest) for one in found.members] == [
            ("Marko Prvi", 3, 525, 233, 800),
            ("Mojca Druga", 3, 500, 167, 750),
            ("Petra Predsednica", 3, 500, 200, 750),
        ]


def test_a_conflict_keeps_an_application_out_of_the_picture(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        made.conflict(call, call.members[0], 0)
        found = spread.spread(person(clock, call.members[0]), call.call, clock())
        assert [row.application.number for row in found.rows] == [3, 2]
        with pytest.raises(Forbidden):
            sheets_open.one(person(clock, call.members[0]), call.call, key(0), clock())


def test_the_same_words_for_several_applications_are_flagged(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        for at, words in enumerate(("Dobro zastavljen načrt.", "dobro  zastavljen NAČRT", "Slabše zastavljen načrt.")):
            mark(clock, call, call.president, {at: {"quality": typed("10", words)}})
        mark(clock, call, call.members[0], {2: {"quality": typed("10", "Dobro zastavljen načrt.")}})
        desk = mark_desk.desk(person(clock, call.president), call.call, clock())
        assert [(one.member, one.numbers) for one in desk.repeated] == [("Petra Predsednica", (1, 2))]
        assert mark_desk.desk(person(clock, call.members[0]), call.call, clock()).repeated == []


def test_everyone_has_an_order_of_their_own_that_stays(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 12)
        orders = [
            [line.application.number for line in mark_desk.desk(person(clock, who), call.call, clock()).lines]
            for who in (*call.voters, call.president)
        ]
        assert [sorted(one) for one in orders] == [list(range(1, 13))] * 4
        assert orders[0] == orders[3]
        assert len({tuple(one) for one in orders}) == 3


def test_a_further_member_sees_nothing_of_the_others_while_marking(app: Flask, clock: Clock) -> None:
    rules = commission_made.RULES.replace("{points: 10, then: agreed}", "{points: 10, then: further_member}")
    rules = rules.replace("minimum_marks: 2", "minimum_marks: 3")
    with app.app_context():
        call = made.scoring(clock, 2, rules)
        apart = {"quality": ("25", "26", "24"), "reach": ("5", "22", "21")}
        made.locked(clock, call, [apart, made.GOOD[1]])
        president, deputy = person(clock, call.president), person(clock, call.deputy)
        runs.compute(president, call.call, clock())
        mark_locks.call_in(president, call.call, key(0), call.deputy, "Oceni se razlikujeta za 17 točk.", clock())
        for look in (sheets_open.one, result_pages.one):
            with pytest.raises(Refused):
                look(deputy, call.call, key(0), clock())
        with pytest.raises(Forbidden):
            result_pages.one(deputy, call.call, key(1), clock())
        with pytest.raises(Forbidden):
            proposals.listed(deputy, call.call)
        lines = {line.number: line for line in result_pages.overview(deputy, call.call).lines}
        assert (lines[1].points, lines[1].outcome, lines[1].open) == (None, "not_scored", False)
        assert [line.application.number for line in mark_desk.desk(deputy, call.call, clock()).lines] == [1]
