"""Agreeing: only where the rule asks, only with a reason, by whoever chairs; one more member where the rule says so."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.marking import AgreedMark
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.marking import agreeing, mark_locks, marking
from razpis.services.sitting import sittings
from tests import commission_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, mark, person, typed

APART = (
    {"quality": ("25", "26", "24"), "reach": ("5", "22", "21")},
    {"quality": ("15", "15", "15"), "reach": ("10", "20", "15")},
)
"""Reach may differ by ten points: seventeen are too many, ten are not."""


def asked(clock: Clock, call: made.Made, who: int) -> list[tuple[int | None, str, str]]:
    found = agreeing.questions(person(clock, who), call.call, clock())
    return [(one.application.number, one.criterion, one.ask) for one in found]


def test_the_engine_says_where_to_agree(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        assert asked(clock, call, call.members[0]) == [(1, "reach", "agreed")]


def test_nothing_shows_before_all_sheets_are_locked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.filled(clock, call, APART)
        for who in call.voters[:2]:
            mark_locks.lock_own(person(clock, who), call.call, [key(0), key(1)], clock())
        assert asked(clock, call, call.president) == []
        with pytest.raises(Refused, match="ko so ocenjevalni listi"):
            agreeing.agree(person(clock, call.president), call.call, key(0), "reach", "15", made.REASON, clock())


def test_an_agreed_value_needs_its_reason_and_leaves_the_earlier_one(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        made.meeting(clock, call)
        president = person(clock, call.president)
        with pytest.raises(Invalid) as caught:
            agreeing.agree(president, call.call, key(0), "reach", "15,3", " ", clock())
        assert set(caught.value.fields) == {"points", "reason"}
        db.session.rollback()
        for points in ("15,5", "16"):
            agreeing.agree(president, call.call, key(0), "reach", points, made.REASON, clock())
        rows = db.session.scalars(select(AgreedMark).order_by(AgreedMark.id)).all()
        assert [(one.points, one.ended_at is None) for one in rows] == [("15.5", False), ("16", True)]
        question = agreeing.questions(president, call.call, clock())[0]
        assert question.agreed is not None
        assert (question.agreed.points, question.ask) == ("16", "agreed")


def test_marks_inside_the_rule_are_not_agreed_away(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        made.meeting(clock, call)
        president = person(clock, call.president)
        for at, criterion in ((0, "quality"), (1, "reach")):
            with pytest.raises(Refused, match="ne dogovarja"):
                agreeing.agree(president, call.call, key(at), criterion, "30", made.REASON, clock())
            db.session.rollback()
        with pytest.raises(Missing):
            agreeing.agree(president, call.call, key(0), "members", "30", made.REASON, clock())


def test_a_member_does_not_enter_it_and_an_excluded_president_neither_reads_nor_agrees(
    app: Flask, clock: Clock
) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.conflict(call, call.president, 0, substitute=call.deputy)
        made.filled_by(clock, call, [call.president, *call.members], APART[1:], first=1)
        made.filled_by(clock, call, [call.deputy, *call.members], APART[:1])
        made.seeded(clock, call)
        mark_locks.lock_round(person(clock, call.president), call.call, clock())
        made.meeting(clock, call, call.deputy)
        assert asked(clock, call, call.president) == []
        assert asked(clock, call, call.members[0]) == [(1, "reach", "agreed")]
        with pytest.raises(Forbidden, match="nasprotje interesov"):
            agreeing.agree(person(clock, call.president), call.call, key(0), "reach", "15", made.REASON, clock())
        db.session.rollback()
        agreeing.agree(person(clock, call.members[0]), call.call, key(0), "reach", "15", made.REASON, clock())
        assert [one.agreed_by for one in db.session.scalars(select(AgreedMark))] == [call.members[0]]


def test_only_the_president_enters_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        with pytest.raises(Forbidden, match="predsednica"):
            agreeing.agree(person(clock, call.members[0]), call.call, key(0), "reach", "15", made.REASON, clock())


def test_a_reopened_sheet_ends_what_was_agreed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        made.meeting(clock, call)
        president = person(clock, call.president)
        agreeing.agree(president, call.call, key(0), "reach", "15", made.REASON, clock())
        mark_locks.reopen(president, call.call, key(0), call.president, "Spregledana priloga 3.", clock())
        assert [one.ended_at is None for one in db.session.scalars(select(AgreedMark))] == [False]
        assert asked(clock, call, call.president) == []


def test_one_more_member_is_called_in_where_the_rule_says_so(app: Flask, clock: Clock) -> None:
    rules = commission_made.RULES.replace("{points: 10, then: agreed}", "{points: 10, then: further_member}")
    rules = rules.replace("minimum_marks: 2", "minimum_marks: 3")
    with app.app_context():
        call = made.scoring(clock, 2, rules)
        made.locked(clock, call, APART)
        made.meeting(clock, call)
        president = person(clock, call.president)
        assert asked(clock, call, call.president) == [(1, "reach", "further_member")]
        with pytest.raises(Refused, match="ne dogovarja"):
            agreeing.agree(president, call.call, key(0), "reach", "15", made.REASON, clock())
        db.session.rollback()
        with pytest.raises(Missing):
            mark_locks.call_in(president, call.call, key(0), call.members[0], made.REASON, clock())
        db.session.rollback()
        with pytest.raises(Forbidden):
            mark(clock, call, call.deputy, {0: {"reach": typed("20")}})
        db.session.rollback()
        mark_locks.call_in(president, call.call, key(0), call.deputy, "Oceni se razlikujeta za 17 točk.", clock())
        assert made.states(call) == ["in_scoring", "scored"]
        saved = mark(clock, call, call.deputy, {0: {"quality": typed("20"), "reach": typed("21")}})
        assert len(saved.changed) == 2
        mark_locks.lock_own(person(clock, call.deputy), call.call, [key(0)], clock())
        assert (made.states(call), asked(clock, call, call.president)) == (["scored", "scored"], [])


def test_a_deputy_in_conflict_is_not_called_in(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        made.conflict(call, call.deputy, 0)
        with pytest.raises(Refused, match="izločena"):
            mark_locks.call_in(person(clock, call.president), call.call, key(0), call.deputy, made.REASON, clock())
        assert marking.MARKED_IN[1].value == made.call(call).state.value


def test_the_commission_agrees_at_a_sitting_with_a_quorum(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 2)
        made.locked(clock, call, APART)
        president = person(clock, call.president)
        with pytest.raises(Refused, match="Seja ne teče"):
            agreeing.agree(president, call.call, key(0), "reach", "15", made.REASON, clock())
        db.session.rollback()
        made.meeting(clock, call)
        for who in call.members:
            sittings.leave(president, call.call, who, clock())
        with pytest.raises(Refused, match="Pri vlogi 1 komisija po izločitvah ni sklepčna"):
            agreeing.agree(president, call.call, key(0), "reach", "15", made.REASON, clock())
        db.session.rollback()
        sittings.come(president, call.call, call.members[0], clock())
        agreeing.agree(president, call.call, key(0), "reach", "15", made.REASON, clock())
        assert [one.points for one in db.session.scalars(select(AgreedMark))] == ["15"]
