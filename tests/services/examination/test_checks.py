"""Formal checks and findings: three answers apart, facts confirmed or corrected, conditions by the facts alone."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.engine.facts import established as facts_of
from razpis.models.applications import Application, Filing
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.journal import Event, Reading
from razpis.procedure.checking import Aspect
from razpis.procedure.conflicts import Ground
from razpis.procedure.states import ApplicationState, CallState
from razpis.procedure.workflow import StepRefused
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.examination import checks, established, findings
from razpis.services.rules import rule_reads
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations, exclusions, sittings
from razpis.services.sitting.declarations import Said
from tests import commission_made as made
from tests.commission_made import Made, act_as, answers
from tests.databases import Clock

CONFLICT = Said(Ground.DOUBT, "sodelujem pri programu")


def complete(call: Made, clock: Clock, at: int = 0) -> int:
    """An application found entitled and complete."""
    president, one = act_as(clock, call.president), call.applications[at]
    checks.entitled(president, one, True, "", "4. člen", clock())
    checks.complete(president, one, clock())
    return one


def said(call: Made, at: int, files: tuple[str, ...] = ("plan",), **other: object) -> None:
    """Let an application say something else."""
    filing = db.session.scalars(select(Filing).where(Filing.application_id == call.applications[at])).one()
    held = {key: value for key, value in answers(at, **other).items() if value is not None}
    filing.content = {
        "lot": "",
        "answers": held,
        "attachments": {key: [{"name": key, "size": 1, "sha256": "", "key": key}] for key in files},
    }
    db.session.commit()


def state(call: Made, at: int = 0) -> ApplicationState:
    db.session.expire_all()
    return db.session.get_one(Application, call.applications[at]).state


def confirm(call: Made, clock: Clock, at: int = 0) -> int:
    member, one = act_as(clock, call.members[0]), call.applications[at]
    return findings.confirm(member, one, findings.facts(member, one, clock()).left, clock())


def test_an_application_is_entitled_then_complete_then_admitted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one = complete(call, clock)
        assert state(call) is ApplicationState.COMPLETE
        assert confirm(call, clock) == 6
        checks.admit(act_as(clock, call.members[1]), one, clock())
        assert state(call) is ApplicationState.IN_SCORING
        found = checks.of_application(one)
        assert {aspect: check.met for aspect, check in found.items()} == {Aspect.ENTITLED: True, Aspect.COMPLETE: True}
        assert (found[Aspect.ENTITLED].article, found[Aspect.COMPLETE].article) == ("4. člen", "ZUP, 67. člen")
        checks.start_scoring(act_as(clock, call.president), call.call, clock())
        assert db.session.get_one(Call, call.call).state is CallState.SCORING


def test_who_may_not_read_decides_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one, member = call.applications[0], act_as(clock, call.members[0])
        declarations.declare(member, call.call, {one: CONFLICT}, True, clock())
        for command in (
            lambda: checks.entitled(member, one, True, "", "", clock()),
            lambda: checks.complete(member, one, clock()),
            lambda: checks.admit(member, one, clock()),
            lambda: checks.condition_failed(member, one, "razlog", clock()),
            lambda: findings.facts(member, one, clock()),
            lambda: findings.find(member, one, "members", "1", "razlog", 0, clock()),
            lambda: findings.confirm(member, one, ["members"], clock()),
        ):
            with pytest.raises(Forbidden):
                command()
            db.session.rollback()
        assert state(call) is ApplicationState.OPENED


def test_the_secretary_and_the_absent_decide_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one = call.applications[0]
        made.free(call, clock, [call.secretary])
        with pytest.raises(Forbidden):
            checks.entitled(act_as(clock, call.secretary), one, True, "", "", clock())
        db.session.rollback()
        sittings.leave(act_as(clock, call.president), call.call, call.members[0], clock())
        with pytest.raises(Refused, match="niste navzoči"):
            checks.entitled(act_as(clock, call.members[0]), one, True, "", "", clock())
        db.session.rollback()
        sittings.leave(act_as(clock, call.president), call.call, call.members[1], clock())
        with pytest.raises(Refused, match="ni sklepčna"):
            checks.entitled(act_as(clock, call.president), one, True, "", "", clock())
        db.session.rollback()
        sittings.end(act_as(clock, call.president), call.call, clock())
        with pytest.raises(Refused, match="Seja ne teče"):
            checks.entitled(act_as(clock, call.president), one, True, "", "", clock())


def test_a_quorum_lost_by_a_conflict_stops_that_application_alone(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 2, quorum=3)
        first, second = call.applications
        declarations.declare(act_as(clock, call.members[0]), call.call, {first: CONFLICT}, True, clock())
        with pytest.raises(Refused, match="Marko Prvi"):
            checks.entitled(act_as(clock, call.president), first, True, "", "", clock())
        db.session.rollback()
        checks.entitled(act_as(clock, call.president), second, True, "", "", clock())
        made.free(call, clock, [call.deputy])
        sittings.come(act_as(clock, call.president), call.call, call.deputy, clock())
        number = exclusions.declared(act_as(clock, call.signatory), call.call)[0].declaration.id
        exclusions.decide(act_as(clock, call.signatory), number, True, "Sklep 9", "", call.deputy, clock())
        checks.entitled(act_as(clock, call.deputy), first, True, "", "", clock())


def test_a_person_not_entitled_is_proposed_for_dismissal_with_a_ground(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        president, one = act_as(clock, call.president), call.applications[0]
        with pytest.raises(Invalid):
            checks.entitled(president, one, False, " ", "4. člen", clock())
        db.session.rollback()
        with pytest.raises(Invalid, match="člen"):
            checks.entitled(president, one, False, "javni zavod ni upravičen", " ", clock())
        db.session.rollback()
        checks.entitled(president, one, False, "javni zavod ni upravičen", "4. člen pravilnika", clock())
        assert state(call) is ApplicationState.INELIGIBLE
        check = checks.of_call(call.call)[one][Aspect.ENTITLED]
        assert (check.met, check.ground, check.article) == (False, "javni zavod ni upravičen", "4. člen pravilnika")
        with pytest.raises(Refused):
            checks.entitled(president, one, True, "", "", clock())


def test_what_the_form_demands_or_dismissal_follows_from_keeps_it_incomplete(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 2)
        president = act_as(clock, call.president)
        with pytest.raises(Refused, match="upravičena oseba"):
            checks.complete(president, call.applications[0], clock())
        db.session.rollback()
        said(call, 0, (), members=None)
        said(call, 1, signed=False)
        for at, told in ((0, "manjka Število članov; manjka Načrt"), (1, "Izjava je podpisana")):
            checks.entitled(president, call.applications[at], True, "", "", clock())
            with pytest.raises(Refused, match=told):
                checks.complete(president, call.applications[at], clock())
            db.session.rollback()


def test_a_condition_is_decided_by_established_facts(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one, president = complete(call, clock), act_as(clock, call.president)
        with pytest.raises(Refused, match="Najprej potrdite ali popravite odgovore: Sedež"):
            checks.admit(president, one, clock())
        db.session.rollback()
        confirm(call, clock)
        with pytest.raises(Refused, match="vsi pogoji izpolnjeni"):
            checks.condition_failed(president, one, "sedež ni v občini", clock())
        db.session.rollback()
        findings.find(president, one, "seat", "there", "po registru je sedež drugje", 1, clock())
        with pytest.raises(Refused, match="Pogoj ni izpolnjen: Sedež je v občini"):
            checks.admit(president, one, clock())
        db.session.rollback()
        with pytest.raises(Invalid):
            checks.condition_failed(president, one, "", clock())
        db.session.rollback()
        checks.condition_failed(president, one, "sedež ni v občini", clock())
        assert state(call) is ApplicationState.CONDITION_FAILED
        after = db.session.scalars(select(Event.after).where(Event.action == "check.condition_failed")).one()
        assert after["conditions"] == ["Sedež je v občini"]


def test_scoring_waits_for_every_check(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 2)
        one = complete(call, clock)
        confirm(call, clock)
        checks.admit(act_as(clock, call.president), one, clock())
        with pytest.raises(Refused, match="pri vlogah: 2"):
            checks.start_scoring(act_as(clock, call.president), call.call, clock())
        db.session.rollback()
        with pytest.raises(Forbidden):
            checks.start_scoring(act_as(clock, call.members[0]), call.call, clock())


def test_claims_and_established_values_stand_side_by_side(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one, member = complete(call, clock), act_as(clock, call.members[0])
        found = findings.facts(member, one, clock())
        assert [(row.path, row.claim) for row in found.rows] == [
            ("seat", "here"), ("members", 40), ("requested", 3000), ("signed", True), ("costs.1.amount", 1000),
            ("costs.2.amount", 2500),
        ]  # fmt: skip
        findings.find(member, one, "costs.2.amount", "2.000,50", "račun priznan deloma", 0, clock())
        findings.find(member, one, "members", "9", "po evidenci članov", 0, clock())
        findings.find(member, one, "seat", "here", "", 0, clock())
        found = findings.facts(member, one, clock())
        told = {row.path: (row.claim, row.value, row.finding.confirmed) for row in found.rows if row.finding}
        assert told["members"] == (40, 9, False)
        assert told["seat"] == ("here", "here", True)
        assert [(one.title.sl, one.claimed, one.established) for one in found.points] == [("Število članov", 10, 5)]
        assert found.left == ["requested", "signed", "costs.1.amount"]
        facts = facts_of(compiled(made.RULES), established.case(one))
        assert (facts["members"], str(facts["cost"])) == (9, "6001/2")
        purposes = db.session.scalars(select(Reading.purpose)).all()
        assert set(purposes) == {"commission.facts"}


def test_a_correction_has_a_reason_and_costs_are_only_cut(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one, member = complete(call, clock), act_as(clock, call.members[0])
        for path, typed, reason, field in (
            ("members", "9", " ", "reason"),
            ("members", "devet", "razlog", "value"),
            ("costs.1.amount", "1000,01", "razlog", "value"),
            ("requested", "3000,01", "razlog", "value"),
        ):
            with pytest.raises(Invalid) as error:
                findings.find(member, one, path, typed, reason, 0, clock())
            assert set(error.value.fields) == {field}
            db.session.rollback()
        for path in ("name", "costs", "costs.3.amount", "costs.1.what", "plan", "letter", "izmisljeno"):
            with pytest.raises(Missing):
                findings.find(member, one, path, "x", "razlog", 0, clock())
            db.session.rollback()
        assert established.found(one) == {}


def test_two_who_find_at_once_do_not_overwrite_each_other(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one = complete(call, clock)
        first, second = (act_as(clock, member) for member in call.members)
        left = findings.facts(first, one, clock()).left
        findings.find(first, one, "members", "9", "po evidenci", 0, clock())
        with pytest.raises(Stale):
            findings.find(second, one, "members", "8", "po izjavi", 0, clock())
        db.session.rollback()
        with pytest.raises(Stale):
            findings.confirm(second, one, left, clock())
        db.session.rollback()
        findings.find(second, one, "members", "8", "po izjavi", 1, clock())
        assert established.found(one)["members"].number == 2


def test_two_members_deciding_at_once_decide_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one = call.applications[0]
        checks.entitled(act_as(clock, call.president), one, True, "", "4. člen", clock())
        actors = [act_as(clock, member) for member in call.voters]
    barrier, told = Barrier(len(actors)), []

    def run(at: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                checks.complete(actors[at], one, clock())
            except StepRefused:
                told.append("refused")
            else:
                told.append("done")

    threads = [Thread(target=run, args=(at,)) for at in range(len(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert sorted(told) == ["done", "refused", "refused"]
        assert db.session.scalars(select(Event.action).where(Event.action == "check.complete")).all() == [
            "check.complete"
        ]
        assert state(call) is ApplicationState.COMPLETE


def test_facts_are_fixed_once_scoring_has_ended(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 1)
        one, member = complete(call, clock), act_as(clock, call.members[0])
        db.session.get_one(Call, call.call).state = CallState.AGREEING
        db.session.commit()
        with pytest.raises(Refused, match="dokler"):
            findings.find(member, one, "members", "9", "po evidenci", 0, clock())
        db.session.rollback()
        with pytest.raises(Refused, match="ni več mogoče"):
            checks.admit(member, one, clock())


def test_what_the_rules_read_is_named_with_its_readers() -> None:
    found = rule_reads.reads(compiled(made.RULES))
    assert {key: [title.sl for title in titles] for key, titles in found.items()} == {
        "seat": ["Sedež je v občini"],
        "members": ["Število članov"],
        "requested": ["razdelitev sredstev"],
        "signed": ["Izjava je podpisana"],
        "costs": ["razdelitev sredstev"],
    }
    assert canonical(list(found)) == '["seat","members","requested","signed","costs"]'
