"""Who in the commission may read what: a seat, an opened call, a declaration without a conflict – on every path."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.journal import Event
from razpis.models.sittings import Declaration, Recusal
from razpis.procedure.conflicts import Ground
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.sitting import declarations, exclusions
from razpis.services.sitting.declarations import Said
from tests import commission_made as made
from tests import queries
from tests.commission_made import DEADLINE, Made, act_as, free
from tests.databases import Clock

CONFLICT = Said(Ground.RELATIVE, "predsednica je moja sestra")


def excluded(call: Made, clock: Clock, member: int, application: int, **how: object) -> None:
    """The head's decision on the member's conflict in the application."""
    one = db.session.scalars(
        select(Declaration)
        .where(Declaration.user_id == member, Declaration.application_id == application)
        .order_by(Declaration.number.desc())
    ).first()
    assert one is not None
    values = {"excluded": True, "act": "Sklep 41001-7/2026-9", "reason": "", "substitute_id": None} | how
    exclusions.decide(act_as(clock, call.signatory), one.id, now=clock(), **values)


def refused(call: Made, clock: Clock, person: int, at: int = 0) -> str:
    """Why this person may not read the application."""
    with pytest.raises(Forbidden) as error:
        declarations.may_read(act_as(clock, person), call.applications[at], clock())
    assert call.applications[at] not in declarations.readable(act_as(clock, person), call.call, clock())
    return error.value.text.sl


def test_nobody_reads_without_a_declaration(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        assert "izjavite" in refused(call, clock, call.president)
        free(call, clock, [call.president])
        declarations.may_read(act_as(clock, call.president), call.applications[0], clock())
        assert declarations.readable(act_as(clock, call.president), call.call, clock()) == set(call.applications)
        assert "izjavite" in refused(call, clock, call.members[0])


def test_a_conflict_closes_the_application_at_once_and_to_that_member_alone(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        first, second, third = call.applications
        free(call, clock, call.voters, {call.members[0]: {second: CONFLICT}})
        assert "nasprotje" in refused(call, clock, call.members[0], 1)
        assert declarations.readable(act_as(clock, call.members[0]), call.call, clock()) == {first, third}
        assert declarations.readable(act_as(clock, call.members[1]), call.call, clock()) == {first, second, third}
        excluded(call, clock, call.members[0], second)
        assert "nasprotje" in refused(call, clock, call.members[0], 1)


def test_a_conflict_cannot_be_taken_back_but_the_head_may_find_none(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        member, one = call.members[0], call.applications[0]
        free(call, clock, [member], {member: {one: CONFLICT}})
        with pytest.raises(Refused, match="preklicati"):
            declarations.declare(act_as(clock, member), call.call, {one: Said()}, True, clock())
        assert exclusions.undecided(call.call) == 1
        excluded(call, clock, member, one, excluded=False, reason="sorodstvo je daljše od četrtega kolena")
        declarations.may_read(act_as(clock, member), one, clock())
        assert (exclusions.undecided(call.call), dict(exclusions.of_call(call.call))) == (0, {})


def test_a_conflict_found_late_closes_what_was_open(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        member, one = call.members[0], call.applications[0]
        free(call, clock, [member])
        clock.forward(days=3)
        assert declarations.declare(act_as(clock, member), call.call, {one: CONFLICT}, True, clock()) == 1
        assert "nasprotje" in refused(call, clock, member)
        numbers = [
            (row.number, row.ground)
            for row in db.session.scalars(
                select(Declaration).where(Declaration.application_id == one).order_by(Declaration.number)
            )
        ]
        assert numbers == [(1, None), (2, Ground.RELATIVE)]


def test_a_deputy_reads_only_where_the_head_named_them(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        first, second, _ = call.applications
        free(call, clock, [*call.voters, call.deputy], {call.members[0]: {first: CONFLICT, second: CONFLICT}})
        assert "Namestnik" in refused(call, clock, call.deputy)
        excluded(call, clock, call.members[0], first, substitute_id=call.deputy)
        excluded(call, clock, call.members[0], second)
        assert declarations.readable(act_as(clock, call.deputy), call.call, clock()) == {first}
        assert exclusions.of_call(call.call)[first].substitutes == {call.deputy: call.members[0]}
        db.session.execute(db.update(Recusal).values(excluded=False))
        db.session.commit()
        assert "Namestnik" in refused(call, clock, call.deputy)


def test_a_substitute_is_a_deputy_of_this_commission_without_a_conflict(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        one = call.applications[0]
        stranger = made.user("tuj@zgled.si", "Tuj Človek").id
        db.session.commit()
        free(call, clock, [*call.voters, call.deputy], {call.members[0]: {one: CONFLICT}, call.deputy: {one: CONFLICT}})
        for wrong in (stranger, call.members[1], call.secretary):
            with pytest.raises(Missing):
                excluded(call, clock, call.members[0], one, substitute_id=wrong)
            db.session.rollback()
        with pytest.raises(Invalid, match="sam nasprotje interesov"):
            excluded(call, clock, call.members[0], one, substitute_id=call.deputy)


def test_a_deputy_stands_in_for_one_member_of_an_application(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        one = call.applications[0]
        free(call, clock, [*call.voters, call.deputy], {member: {one: CONFLICT} for member in call.members})
        excluded(call, clock, call.members[0], one, substitute_id=call.deputy)
        with pytest.raises(Invalid, match="že nadomešča"):
            excluded(call, clock, call.members[1], one, substitute_id=call.deputy)


def test_only_the_head_decides_once_and_with_an_act(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        member, one = call.members[0], call.applications[0]
        free(call, clock, [member], {member: {one: CONFLICT}})
        number = db.session.scalars(select(Declaration.id).where(Declaration.ground.is_not(None))).one()
        for other in (call.president, call.officer, member):
            with pytest.raises(Forbidden):
                exclusions.decide(act_as(clock, other), number, True, "Sklep 1", "", None, clock())
        head = act_as(clock, call.signatory)
        with pytest.raises(Invalid) as error:
            exclusions.decide(head, number, False, "", "", call.deputy, clock())
        assert set(error.value.fields) == {"act", "reason", "substitute"}
        db.session.rollback()
        exclusions.decide(head, number, True, "Sklep 1", "", None, clock())
        with pytest.raises(Refused, match="že odločeno"):
            exclusions.decide(head, number, False, "Sklep 2", "pomota", None, clock())
        with pytest.raises(Missing):
            exclusions.decide(head, number + 1000, True, "Sklep 1", "", None, clock())


def test_before_the_opening_nobody_reads_though_all_have_declared(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, state=CallState.CLOSED)
        free(call, clock, call.voters)
        assert "ni odprta" in refused(call, clock, call.president)
        row = db.session.get_one(Call, call.call)
        row.state = CallState.OPENING
        db.session.commit()
        assert "ni odprta" in refused(call, clock, call.president)
        for state in (ApplicationState.LATE, ApplicationState.WITHDRAWN):
            db.session.get_one(Application, call.applications[0]).state = state
            db.session.commit()
            assert "ni odprta" in refused(call, clock, call.president)


def test_the_list_is_nobodys_before_the_deadline(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, state=CallState.PUBLISHED)
        clock.at = DEADLINE
        with pytest.raises(Refused, match=r"še ni potekel 2\. 3\. 2026 ob 12\.00"):
            free(call, clock, [call.president])
        clock.at = DEADLINE + timedelta(seconds=1)
        free(call, clock, [call.president])
        assert declarations.undeclared(call.call, call.voters) == dict.fromkeys(call.members, 3)
        assert declarations.progress(call.call) == (3, {call.president: 3})


def test_a_declaration_says_enough_and_only_of_this_call(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        actor, one = act_as(clock, call.president), call.applications[0]
        with pytest.raises(Invalid) as error:
            declarations.declare(actor, call.call, {one: Said(Ground.DOUBT, "  ")}, True, clock())
        assert set(error.value.fields) == {f"explanation-{one}"}
        with pytest.raises(Invalid, match="U\\+1F41D") as error:
            declarations.declare(actor, call.call, {one: Said(Ground.DOUBT, "Sosed 🐝")}, True, clock())
        assert set(error.value.fields) == {f"explanation-{one}"}
        with pytest.raises(Invalid) as error:
            declarations.declare(actor, call.call, {one: Said()}, False, clock())
        assert set(error.value.fields) == {"confidential"}
        with pytest.raises(Missing):
            declarations.declare(actor, call.call, {one: Said(), 99999: Said()}, True, clock())
        assert declarations.own(actor, call.call) == {}


def test_strangers_and_former_members_are_told_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        free(call, clock, call.voters)
        for stranger in (call.officer, call.signatory, call.applicants[0]):
            with pytest.raises(Forbidden):
                declarations.may_read(act_as(clock, stranger), call.applications[0], clock())
        with pytest.raises(Missing):
            declarations.may_read(act_as(clock, call.president), 99999, clock())
        seat = next(one for one in db.session.get_one(Call, call.call).seats if one.user_id == call.members[0])
        actor = act_as(clock, call.members[0])
        seat.ended_at = clock()
        db.session.commit()
        with pytest.raises(Missing):
            declarations.may_read(actor, call.applications[0], clock())
        assert declarations.readable(actor, call.call, clock()) == set()


def test_saying_the_same_again_changes_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        said = dict.fromkeys(call.applications, Said())
        assert declarations.declare(act_as(clock, call.president), call.call, said, True, clock()) == 3
        assert declarations.declare(act_as(clock, call.president), call.call, said, True, clock()) == 0
        events = db.session.scalars(select(Event.action).where(Event.action == "commission.declare")).all()
        assert events == ["commission.declare"]


def test_two_members_declaring_at_once_both_stand(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock)
        actors = [act_as(clock, member) for member in (*call.voters, call.president)]
    barrier, counts = Barrier(len(actors)), []

    def run(at: int) -> None:
        with app.app_context():
            barrier.wait()
            said = dict.fromkeys(call.applications, Said())
            counts.append(declarations.declare(actors[at], call.call, said, True, clock()))

    threads = [Thread(target=run, args=(at,)) for at in range(len(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert sorted(counts) == [0, 3, 3, 3]
        assert declarations.progress(call.call) == (3, dict.fromkeys(call.voters, 3))


def test_who_may_read_what_takes_one_query(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, count=5)
        free(call, clock, call.voters)
        actor = act_as(clock, call.president)
        with queries.counted() as sent:
            assert len(declarations.readable(actor, call.call, clock())) == 5
        assert len(sent) == 1
