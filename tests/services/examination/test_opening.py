"""Sittings and the opening: quorum, order received, late ones left closed, minutes signed before it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.sittings import Sitting
from razpis.procedure.checking import Aspect
from razpis.procedure.conflicts import Ground
from razpis.procedure.deadlines import Channel
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState, CallState
from razpis.procedure.workflow import StepRefused
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.examination import checks, minutes, opening
from razpis.services.sitting import declarations, exclusions, sittings
from razpis.services.sitting.declarations import Said
from razpis.services.sitting.sittings import Beginning
from tests import commission_made as made
from tests.commission_made import DEADLINE, Made, act_as, free
from tests.databases import Clock

CONFLICT = Said(Ground.DOUBT, "sodeloval sem pri programu")


def closed(clock: Clock, count: int = 3, **more: object) -> Made:
    """A call past its deadline whose members have declared no conflict."""
    call = made.made(clock, count, CallState.PUBLISHED, **more)
    for one in call.applications:
        db.session.get_one(Application, one).state = ApplicationState.SUBMITTED
    db.session.commit()
    return call


def states(call: Made) -> list[ApplicationState]:
    db.session.expire_all()
    return [db.session.get_one(Application, one).state for one in call.applications]


def open_all(call: Made, clock: Clock) -> int:
    return opening.open_applications(act_as(clock, call.president), call.call, call.applications, clock())


def test_the_opening_runs_from_the_closed_call_to_the_check(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, call.voters)
        number = made.sitting(call, clock)
        assert db.session.get_one(Call, call.call).state is CallState.OPENING
        president = act_as(clock, call.president)
        assert opening.open_applications(president, call.call, call.applications[:1], clock()) == 1
        assert opening.open_applications(president, call.call, call.applications[1:], clock()) == 2
        assert states(call) == [ApplicationState.OPENED] * 3
        with pytest.raises(Refused, match="podpisan"):
            opening.finish(president, call.call, clock())
        sittings.end(president, call.call, clock.forward(hours=1))
        drafted = minutes.draft(president, number, "Brez pripomb.", clock())
        for member in call.voters:
            minutes.sign(act_as(clock, member), drafted.id, drafted.sha256, clock())
        opening.finish(president, call.call, clock())
        assert db.session.get_one(Call, call.call).state is CallState.CHECKING


def test_nothing_is_opened_before_the_deadline_is_over(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, call.voters)
        clock.at = DEADLINE
        with pytest.raises(Refused, match="še ni potekel"):
            made.sitting(call, clock)
        db.session.rollback()
        db.session.get_one(Call, call.call).state = CallState.CLOSED
        db.session.commit()
        clock.at = DEADLINE + timedelta(seconds=1)
        made.sitting(call, clock)
        db.session.get_one(Call, call.call).deadline = DEADLINE + timedelta(days=9)
        db.session.get_one(Call, call.call).state = CallState.PUBLISHED
        db.session.commit()
        with pytest.raises(Refused):
            open_all(call, clock)
        assert states(call) == [ApplicationState.SUBMITTED] * 3


def test_a_sitting_needs_its_quorum_and_everyones_declarations(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, [call.president, call.members[0], call.deputy, call.secretary])
        with pytest.raises(Refused, match="Manjkajo: Mojca Druga"):
            made.sitting(call, clock)
        db.session.rollback()
        for present in ([call.president], [call.president, call.deputy, call.secretary], [call.members[0]]):
            with pytest.raises(Refused, match="sklepčna"):
                made.sitting(call, clock, present=present)
            db.session.rollback()
        with pytest.raises(Missing):
            made.sitting(call, clock, present=[call.president, call.members[0], call.officer])
        db.session.rollback()
        beginning = Beginning(SittingKind.OPENING, " ", [call.president, call.members[0]])
        with pytest.raises(Invalid, match="kraj"):
            sittings.start(act_as(clock, call.president), call.call, beginning, clock())
        db.session.rollback()
        made.sitting(call, clock, present=[call.president, call.members[0]])
        with pytest.raises(Refused, match="že teče"):
            made.sitting(call, clock, present=[call.president, call.members[0]])


def test_only_the_president_of_this_commission_leads(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, call.voters)
        beginning = Beginning(SittingKind.OPENING, "Maribor", call.voters)
        for other in (call.members[0], call.secretary, call.officer, call.applicants[0]):
            with pytest.raises(Forbidden):
                sittings.start(act_as(clock, other), call.call, beginning, clock())
        made.sitting(call, clock)
        with pytest.raises(Forbidden):
            opening.open_applications(act_as(clock, call.members[0]), call.call, call.applications, clock())


def test_a_quorum_lost_by_exclusions_stops_the_opening_until_a_substitute_is_there(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock, quorum=3)
        second = call.applications[1]
        free(call, clock, [*call.voters, call.deputy], {call.members[0]: {second: CONFLICT}})
        made.sitting(call, clock, present=[*call.voters, call.deputy])
        with pytest.raises(Refused, match=r"Pri vlogi 2 komisija po izločitvah ni sklepčna \(izločeni: Marko Prvi\)"):
            open_all(call, clock)
        assert states(call) == [ApplicationState.SUBMITTED] * 3
        number = next(iter(exclusions.declared(act_as(clock, call.signatory), call.call))).declaration.id
        exclusions.decide(act_as(clock, call.signatory), number, True, "Sklep 9", "", call.deputy, clock())
        sittings.leave(act_as(clock, call.president), call.call, call.deputy, clock())
        with pytest.raises(Refused, match="sklepčna"):
            open_all(call, clock)
        db.session.rollback()
        sittings.come(act_as(clock, call.president), call.call, call.deputy, clock())
        assert open_all(call, clock) == 3


def test_late_ones_stay_closed_with_their_ground(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock, 1)
        paper = [
            made.on_paper(call.call, 1, channel=Channel.REGISTERED_POST, posted_on=date(2026, 3, 2),
                          arrived_at=DEADLINE + timedelta(days=1)),
            made.on_paper(call.call, 2, channel=Channel.ORDINARY_POST, arrived_at=DEADLINE + timedelta(seconds=1)),
            made.on_paper(call.call, 3, channel=Channel.IN_PERSON, arrived_at=DEADLINE),
        ]  # fmt: skip
        call.applications += paper
        free(call, clock, call.voters)
        made.sitting(call, clock)
        assert open_all(call, clock) == 3
        opened, late = ApplicationState.OPENED, ApplicationState.LATE
        assert states(call) == [opened, opened, late, opened]
        found = checks.of_call(call.call)
        assert [found[one][Aspect.TIMELY].met for one in call.applications] == [True, True, False, True]
        check = found[paper[1]][Aspect.TIMELY]
        assert check.ground == "prispela po navadni pošti 2. 3. 2026 ob 12.00.01; rok 2. 3. 2026 ob 12.00.00"
        assert check.article == "ZUP, 68. člen"
        with pytest.raises(Forbidden):
            declarations.may_read(act_as(clock, call.president), paper[1], clock())


def test_applications_are_opened_in_the_order_received_only(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, call.voters)
        president = act_as(clock, call.president)
        with pytest.raises(Refused, match="Seja ne teče"):
            open_all(call, clock)
        made.sitting(call, clock)
        for wrong in ([], call.applications[1:2], [*call.applications[::-1]], [*call.applications, 99]):
            with pytest.raises(Stale):
                opening.open_applications(president, call.call, wrong, clock())
            db.session.rollback()
        open_all(call, clock)
        with pytest.raises(Stale):
            open_all(call, clock)


def test_the_opening_cannot_end_with_an_application_unopened(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, call.voters)
        president = act_as(clock, call.president)
        with pytest.raises(StepRefused):
            opening.finish(president, call.call, clock())
        db.session.rollback()
        made.sitting(call, clock)
        with pytest.raises(Refused, match="Neodprtih vlog: 3"):
            opening.finish(president, call.call, clock())


def test_minutes_tell_who_was_there_who_left_and_what_was_found(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock, 2)
        call.applications.append(made.on_paper(call.call, 2, arrived_at=DEADLINE + timedelta(hours=3)))
        second = call.applications[1]
        free(call, clock, [*call.voters, call.secretary], {call.members[1]: {second: CONFLICT}})
        number = made.sitting(call, clock, present=[*call.voters, call.secretary])
        open_all(call, clock)
        checks.entitled(act_as(clock, call.president), call.applications[0], True, "", "4. člen", clock())
        sittings.leave(act_as(clock, call.president), call.call, call.members[1], clock.forward(minutes=30))
        with pytest.raises(Refused, match="po koncu"):
            minutes.draft(act_as(clock, call.secretary), number, "", clock())
        db.session.rollback()
        sittings.end(act_as(clock, call.president), call.call, clock.forward(minutes=30))
        drafted = minutes.draft(act_as(clock, call.secretary), number, "Ena pripomba.", clock())
        content = drafted.content
        assert [one["name"] for one in content["present"]] == [
            "Petra Predsednica", "Marko Prvi", "Mojca Druga", "Zala Zapisnikar"
        ]  # fmt: skip
        assert (content["present"][2]["from"], content["present"][2]["to"]) == ("12.00", "12.30")
        assert content["absent"] == ["Nejc Namestnik"]
        assert content["stepped_out"] == [{"number": 2, "name": "Društvo 1", "people": ["Mojca Druga"]}]
        assert [one["timely"]["words"] for one in content["applications"]] == ["pravočasna", "pravočasna", "prepozna"]
        assert content["applications"][0]["entitled"]["article"] == "4. člen"
        assert [one["text"] for one in content["course"]] == [
            "Seja se je začela.",
            "Komisija je vloge odprla po vrsti, kakor so prispele: 1 (pravočasna), 2 (pravočasna), 3 (prepozna, ni odprta).",
            "Vloga 1: vložila jo je upravičena oseba (4. člen).",
            "Sejo je zapustila oseba: Mojca Druga.",
            "Seja se je končala.",
        ]
        assert content["remarks"] == "Ena pripomba."


def test_minutes_are_signed_as_read_by_those_present_and_then_fixed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = closed(clock)
        free(call, clock, [*call.voters, call.secretary])
        number = made.sitting(call, clock, present=call.voters)
        open_all(call, clock)
        president = act_as(clock, call.president)
        sittings.end(president, call.call, clock.forward(hours=1))
        for other in (call.members[0], call.officer):
            with pytest.raises(Forbidden):
                minutes.draft(act_as(clock, other), number, "", clock())
            db.session.rollback()
        first = minutes.draft(president, number, "", clock())
        second = minutes.draft(president, number, "Popravek.", clock())
        with pytest.raises(Stale):
            minutes.sign(president, first.id, first.sha256, clock())
        db.session.rollback()
        with pytest.raises(Forbidden):
            minutes.sign(act_as(clock, call.secretary), second.id, second.sha256, clock())
        db.session.rollback()
        minutes.sign(president, second.id, second.sha256, clock())
        with pytest.raises(Refused, match="že podpisali"):
            minutes.sign(president, second.id, second.sha256, clock())
        db.session.rollback()
        with pytest.raises(Refused, match="že podpisan"):
            minutes.draft(president, number, "še nekaj", clock())
        db.session.rollback()
        sitting = db.session.get_one(Sitting, number)
        assert minutes.unsigned_by(sitting) == ["Marko Prvi", "Mojca Druga"]
        assert not minutes.signed(sitting)
