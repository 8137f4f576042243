"""What the system never lets through after the opening, by the ways that have no test elsewhere.

``test_guard_table.py`` says which test tries which guard in which way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from razpis import server
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.models.evaluations import Proposal
from razpis.models.marking import MemberMark
from razpis.models.sittings import Declaration
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.conflicts import Ground
from razpis.procedure.roles import Role
from razpis.services.calls import commission
from razpis.services.decisions import releases
from razpis.services.errors import Forbidden
from razpis.services.marking import marking
from razpis.services.marking.marking import Typed
from razpis.services.people import accounts, standing
from razpis.services.sitting import declarations
from razpis.services.sitting.declarations import Said
from tests import commission_made, decisions_made, marking_made, people
from tests.databases import Clock
from tests.marking_made import person
from tests.services import call_making as making
from tests.services.at_once import both

QUALITY = MemberMark.criterion == "quality"
CHANGED = {"points": "1", "reason": "Po zaklepu.", "seen": "1"}


def without_reasons() -> Callable[[], object]:
    """Every reason for the marks of one criterion is gone; what brings them back."""
    kept = {mark.id: mark.reason for mark in db.session.scalars(select(MemberMark).where(QUALITY))}
    db.session.execute(update(MemberMark).where(QUALITY).values(reason=" "))
    return lambda: [
        db.session.execute(update(MemberMark).where(MemberMark.id == one).values(reason=kept[one])) for one in kept
    ]


def a_cent_more() -> Callable[[], object]:
    """The operative part would grant a cent more than was awarded."""
    proposal = db.session.scalars(select(Proposal)).one()
    kept: dict[str, Any] = proposal.report
    proposal.report = {**kept, "lines": [{**one, "cents": one["cents"] + (one["place"] == 1)} for one in kept["lines"]]}
    return lambda: setattr(db.session.scalars(select(Proposal)).one(), "report", kept)


def less_money() -> Callable[[], object]:
    """More is awarded than the call has."""
    call = db.session.scalars(select(Call)).one()
    kept, call.budget_cents = call.budget_cents, 500_000
    return lambda: setattr(db.session.scalars(select(Call)).one(), "budget_cents", kept)


def made_of_decisions() -> tuple[int, int]:
    """How many sets and how many acts there are."""
    db.session.expire_all()
    return len(db.session.scalars(select(Release)).all()), len(db.session.scalars(select(Act)).all())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_decision_without_reasons_with_another_sum_or_more_than_there_is(app: Flask, clock: Clock) -> None:
    """By the page and the bulk action (drafting is of all at once), by the command's round, by two people at once."""
    with app.app_context():
        call = decisions_made.deciding(clock)
        commission_made.let_in(call.officer, call.signatory)
        mails = [db.session.get_one(User, one).email for one in (call.officer, call.signatory)]
        officer = person(clock, call.officer)
    browsers = [people.signed_in(app, one) for one in mails]
    for spoil in (without_reasons, a_cent_more, less_money):
        with app.app_context():
            mend = spoil()
            db.session.commit()
        sent = [browsers[0].post("/odlocbe/1/osnutki", data={"all": "1"}).status_code]
        sent += [one.post(f"/odlocbe/1/1/{step}").status_code for one in browsers for step in ("odobritev", "izdaja")]
        assert (spoil, sent[0], sorted(set(sent[1:]))) == (spoil, 409, [403, 404])
        server.work(app)
        drafting = [lambda: releases.draft(officer, call.call, clock())] * 2
        assert both(app, *drafting) == ["refused", "refused"]
        with app.app_context():
            assert made_of_decisions() == (0, 0)
            mend()
            db.session.commit()
    assert browsers[0].post("/odlocbe/1/osnutki").status_code == 302
    with app.app_context():
        assert made_of_decisions() == (1, 3)


def test_a_mark_and_a_conflict_at_once_leave_no_mark_that_counts(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = marking_made.scoring(clock)
        member = person(clock, call.members[0])
        db.session.remove()
    mark = {"kljuc000": {"quality": Typed("20", "Cilji so jasni.", 0)}}
    conflict = {call.applications[0]: Said(Ground.RELATIVE, "brat")}
    came = both(
        app,
        lambda: marking.save(member, call.call, mark, clock()),
        lambda: declarations.declare(member, call.call, conflict, True, clock()),
    )
    assert came in (["done", "done"], ["done", "refused"])
    with app.app_context():
        declared = select(Declaration.ground).where(Declaration.user_id == call.members[0])
        assert db.session.scalars(declared.where(Declaration.ground.is_not(None))).all() == [Ground.RELATIVE]
        with pytest.raises(Forbidden):
            marking.save(member, call.call, mark, clock())


def test_of_the_two_instances_given_to_one_person_at_once_one_stands(app: Flask, clock: Clock) -> None:
    with app.app_context():
        chief = [people.actor(clock, f"u{at}@zgled.si", f"Upraviteljica {at}", Role.ADMINISTRATOR) for at in (1, 2)]
        mayor = people.user(clock, "zupan@zgled.si", "Župan Zgled").id
        db.session.remove()
    asked = (Role.SIGNATORY, Role.SECOND_INSTANCE)
    assert both(
        app,
        lambda: accounts.set_roles(chief[0], mayor, [asked[0]], clock()),
        lambda: accounts.set_roles(chief[1], mayor, [asked[1]], clock()),
    ) == ["done", "done"]
    with app.app_context():
        held = standing.actor_of(db.session.get_one(User, mayor), clock()).roles
        assert len(held & set(asked)) == 1


def test_a_seat_and_a_signature_given_to_one_person_at_once_do_not_meet(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        chief = people.actor(clock, "uprava@zgled.si", "Upraviteljica", Role.ADMINISTRATOR)
        call_id = making.draft(officer, clock)
        third = people.user(clock, "tretja@zgled.si", "Tretja Zgled").id
        db.session.remove()
    member = CommissionFunction.MEMBER
    assert both(
        app,
        lambda: commission.appoint(officer, call_id, third, member, "Sklep 41001-1/2026-2", clock()),
        lambda: accounts.set_roles(chief, third, [Role.SIGNATORY], clock()),
    ) == ["done", "refused"]
    with app.app_context():
        held = standing.actor_of(db.session.get_one(User, third), clock()).roles
        assert len(held & {Role.MEMBER, Role.SIGNATORY}) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_commands_round_and_a_page_across_all_change_no_locked_mark(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = marking_made.scoring(clock)
        marking_made.locked(clock, call, marking_made.GOOD)
        commission_made.let_in(call.members[0])
        before = standing_marks()
    server.work(app)
    typed = {f"{name}-kljuc00{at}": value for at in range(3) for name, value in CHANGED.items()}
    browser = people.signed_in(app, "clan1@zgled.si")
    assert browser.post(f"/komisija/{call.call}/ocenjevanje/merila/quality/vloge", data=typed).status_code == 409
    with app.app_context():
        assert standing_marks() == before
        assert len(before) == 18


def standing_marks() -> list[tuple[str, str, str, int]]:
    """Criterion, points, reason and revision of every mark."""
    found = db.session.scalars(select(MemberMark).order_by(MemberMark.id))
    return [(one.criterion, str(one.points), one.reason, one.revision) for one in found]
