"""A proposal is adopted at a sitting: held for that, with a quorum for every application, signed by those there."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.evaluations import Proposal
from razpis.models.journal import Event
from razpis.procedure.sittings import SittingKind
from razpis.services.errors import Refused
from razpis.services.examination import minutes
from razpis.services.marking import mark_locks
from razpis.services.proposing import adoption, proposals, runs
from razpis.services.sitting import sittings
from razpis.services.todo import tasks
from tests import commission_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import person
from tests.services.at_once import both


def computed(clock: Clock, **more: int) -> tuple[made.Made, int]:
    """A call whose marks are locked, with its result; no sitting runs."""
    call = made.scoring(clock, **more)
    made.locked(clock, call, made.GOOD)
    return call, runs.compute(person(clock, call.president), call.call, clock())


def prepare(clock: Clock, call: made.Made, run: int) -> int:
    return proposals.prepare(person(clock, call.president), call.call, run, clock())


def sign(clock: Clock, call: made.Made, who: int, number: int, dissent: str = "") -> None:
    proposals.sign(person(clock, who), call.call, number, dissent, clock())


def to_do(clock: Clock, who: int) -> list[str]:
    """What the person's first page says about a proposal."""
    return [task.text.sl for task in tasks(person(clock, who), clock()) if task.kind == "proposing"]


def test_without_a_sitting_there_is_no_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        with pytest.raises(Refused, match="Seja ne teče"):
            prepare(clock, call, run)
        db.session.rollback()
        assert db.session.scalars(select(Proposal)).all() == []
        lacking = adoption.lacking(person(clock, call.president), call.call)
        assert lacking is not None
        assert lacking.en == "No sitting is running. The president has to begin it."
        made.meeting(clock, call)
        assert adoption.lacking(person(clock, call.president), call.call) is None


def test_a_sitting_for_something_else_does_not_do(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        commission_made.sitting(call, clock, SittingKind.SCORING)
        with pytest.raises(Refused, match=r"z namenom »ocenjevanje«.*z namenom »usklajevanje in predlog«"):
            prepare(clock, call, run)
        db.session.rollback()
        made.risen(clock, call)
        made.meeting(clock, call)
        assert prepare(clock, call, run) == 1


def test_those_who_left_count_no_more(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        made.meeting(clock, call)
        president = person(clock, call.president)
        for who in call.members:
            sittings.leave(president, call.call, who, clock())
        with pytest.raises(Refused, match=r"ni sklepčna: navzoča mora biti predsednica ali predsednik, .* vsaj 2"):
            prepare(clock, call, run)
        db.session.rollback()
        sittings.come(president, call.call, call.members[0], clock())
        sittings.leave(president, call.call, call.president, clock())
        with pytest.raises(Refused, match="niste navzoči"):
            prepare(clock, call, run)


def test_exclusions_leave_a_quorum_for_every_application_or_there_is_no_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.conflict(call, call.members[0], 1)
        made.filled_by(clock, call, call.voters, [made.GOOD[0]])
        made.filled_by(clock, call, [call.president, call.members[1]], [made.GOOD[1]], first=1)
        made.filled_by(clock, call, call.voters, [made.GOOD[2]], first=2)
        made.seeded(clock, call)
        mark_locks.lock_round(person(clock, call.president), call.call, clock())
        run = runs.compute(person(clock, call.president), call.call, clock())
        president = person(clock, call.president)
        commission_made.sitting(call, clock, SittingKind.PROPOSING, [call.president, call.members[0]])
        with pytest.raises(Refused, match=r"Pri vlogi 2 komisija po izločitvah ni sklepčna \(izločeni: Marko Prvi\)"):
            prepare(clock, call, run)
        db.session.rollback()
        sittings.come(president, call.call, call.members[1], clock())
        number = prepare(clock, call, run)
        report = proposals.read(president, call.call, number).report
        present = ["Marko Prvi", "Mojca Druga", "Petra Predsednica"]
        assert report["adopted"] == {"sitting": 1, "quorum": 2, "present": present}


def test_only_those_at_the_sitting_that_prepared_it_sign_and_while_it_runs(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        first, second = call.members
        president = person(clock, call.president)
        commission_made.sitting(call, clock, SittingKind.PROPOSING, [call.president, first])
        number = prepare(clock, call, run)
        with pytest.raises(Refused, match="Na tej seji niste navzoči"):
            sign(clock, call, second, number)
        db.session.rollback()
        assert to_do(clock, second) == []
        assert to_do(clock, first) == ["Preberite in podpišite predlog: 41001-7/2026"]
        sign(clock, call, first, number)
        made.risen(clock, call)
        with pytest.raises(Refused, match=r"1\. seja, na kateri je bil predlog pripravljen, je končana"):
            sign(clock, call, call.president, number)
        db.session.rollback()
        with pytest.raises(Refused, match="skupaj vsaj 2"):
            proposals.submit(president, call.call, number, clock())
        db.session.rollback()
        lacks = "Predlog nima dovolj podpisov ali večine; na seji pripravite novega: 41001-7/2026"
        assert to_do(clock, call.president) == [lacks]
        made.meeting(clock, call)
        with pytest.raises(Refused, match="je končana"):
            sign(clock, call, call.president, number)
        db.session.rollback()
        again = prepare(clock, call, run)
        for who in (call.president, first):
            sign(clock, call, who, again)
        assert to_do(clock, call.president) == []
        made.risen(clock, call)
        assert to_do(clock, call.president) == ["Predlog je podpisan; predajte ga predstojniku: 41001-7/2026"]
        proposals.submit(president, call.call, again, clock())
        states = db.session.scalars(select(Proposal.state).order_by(Proposal.number))
        assert [one.value for one in states] == ["replaced", "submitted"]


def test_nobody_signs_alone_once_the_quorum_has_left(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        made.meeting(clock, call)
        number = prepare(clock, call, run)
        for who in call.members:
            sittings.leave(person(clock, call.president), call.call, who, clock())
        with pytest.raises(Refused, match="ni sklepčna"):
            sign(clock, call, call.president, number)


def test_the_minutes_of_the_sitting_tell_the_proposal_and_its_votes(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        made.meeting(clock, call)
        number = prepare(clock, call, run)
        sign(clock, call, call.president, number)
        sign(clock, call, call.members[0], number, "Tretji program si zasluži več točk.")
        president = person(clock, call.president)
        held = sittings.end(president, call.call, clock())
        told = [one["text"] for one in minutes.draft(president, held, "", clock()).content["course"]]
        assert told[-4:-1] == [
            "Pripravljen je predlog prejemnikov št. 1 po izračunu št. 1.",
            "Predlog št. 1 je podpisala oseba: Petra Predsednica.",
            "Predlog št. 1 je podpisala oseba: Marko Prvi z ločenim mnenjem.",
        ]


def test_a_sitting_that_ends_as_a_member_signs_leaves_no_vote_after_its_end(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, run = computed(clock)
        made.meeting(clock, call)
        number = prepare(clock, call, run)
        president, member = person(clock, call.president), person(clock, call.members[0])
        db.session.remove()
    came = both(
        app,
        lambda: sittings.end(president, call.call, clock()),
        lambda: proposals.sign(member, call.call, number, "", clock()),
    )
    with app.app_context():
        signed = len(proposals.read(president, call.call, number).signatures)
        assert (came, signed) in [(["done", "done"], 1), (["done", "refused"], 0)]
        actions = select(Event.action).where(Event.action.in_(("sitting.end", "proposal.sign"))).order_by(Event.number)
        assert db.session.scalars(actions).all() == ["proposal.sign"] * signed + ["sitting.end"]
