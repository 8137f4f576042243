"""From locked marks to an accepted proposal: every guard on the way, and that all layers stay."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import delete, select

from razpis.models.accounts import UserRole
from razpis.models.base import db
from razpis.models.evaluations import DrawSeed, EvaluationRun, Proposal, RecordedDraw, RunKind
from razpis.models.marking import MemberMark
from razpis.procedure.roles import Role
from razpis.procedure.workflow import StepRefused
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.marking import draws, mark_locks
from razpis.services.proposing import proposals, runs, whatif
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, mark, person, typed

TIED = (
    {"quality": ("20", "20", "20"), "reach": ("20", "20", "20")},
    {"quality": ("21", "21", "21"), "reach": ("19", "19", "19")},
    {"quality": ("5", "6", "4"), "reach": ("7", "8", "6")},
)
"""The first two have the same points; the budget of 10.000 EUR suffices for both."""


def computed(clock: Clock, call: made.Made) -> int:
    return runs.compute(person(clock, call.president), call.call, clock())


def prepared(clock: Clock, call: made.Made) -> int:
    made.meeting(clock, call)
    return proposals.prepare(person(clock, call.president), call.call, computed(clock, call), clock())


def submitted(clock: Clock, call: made.Made) -> int:
    number = prepared(clock, call)
    for who in call.voters:
        proposals.sign(person(clock, who), call.call, number, "", clock())
    proposals.submit(person(clock, call.president), call.call, number, clock())
    return number


def test_the_whole_way(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number = submitted(clock, call)
        assert made.call(call).state.value == "proposed"
        assert made.states(call) == ["proposed_grant", "proposed_grant", "proposed_below_threshold"]
        proposals.accept(person(clock, call.signatory), call.call, number, clock())
        assert made.call(call).state.value == "deciding"
        report = proposals.read(person(clock, call.signatory), call.call, number).report
        assert [(one["number"], one["place"], one["points"], one["outcome"]) for one in report["lines"]] == [
            (1, 1, "56", "granted"),
            (2, 2, "43.5", "granted"),
            (3, None, "22", "below_threshold"),
        ]
        assert report["certificate"]["sl"][0].startswith("Potrdilo: ")
        assert report["simulations"] == []


def test_a_run_is_kept_with_inputs_hash_engine_and_certificate_and_not_made_twice(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        first = computed(clock, call)
        assert computed(clock, call) == first
        run = runs.result(call.call, first)
        assert (run.run.number, run.run.certified, run.run.open) == (1, True, [])
        assert set(run.run.inputs) == {"rulebook", "applications", "marks", "draws"}
        assert run.document["inputs"] == run.run.inputs
        assert all(check["ok"] for check in run.document["certificate"]["checks"])
        assert json.loads(run.run.document)["simulation"] == []


def test_no_result_before_the_marks_are_locked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.filled(clock, call, made.GOOD)
        with pytest.raises(Refused, match="ko so ocene zaklenjene"):
            computed(clock, call)
        with pytest.raises(Forbidden):
            runs.compute(person(clock, call.members[0]), call.call, clock())


def test_a_tie_waits_for_the_draw_from_the_seed_fixed_beforehand(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, TIED)
        president = person(clock, call.president)
        run = runs.result(call.call, computed(clock, call))
        assert (run.run.open, [tie["name"] for tie in run.open_ties]) == (["tie 1"], ["1"])
        with pytest.raises(Refused, match="izenačenje na mestu 1"):
            proposals.prepare(president, call.call, run.run.id, clock())
        db.session.rollback()
        for actor, tie, error in ((person(clock, call.members[0]), "1", Forbidden), (president, "2", Missing)):
            with pytest.raises(error):
                runs.draw(actor, call.call, tie, clock())
            db.session.rollback()
        runs.draw(president, call.call, "1", clock())
        drawn = db.session.scalars(select(RecordedDraw)).one()
        assert (drawn.tie, drawn.ids, drawn.seed) == ("1", [key(0), key(1)], made.SEED)
        newest = runs.latest(call.call)
        assert newest is not None
        lines = runs.result(call.call, newest.id).lines
        assert [line["id"] for line in lines[:2]] == drawn.order
        assert (newest.number, newest.open, newest.certified) == (2, [], True)
        with pytest.raises(Missing):
            runs.draw(president, call.call, "1", clock())
        db.session.rollback()
        submitted(clock, call)


def test_no_draw_without_a_seed_and_no_seed_after_locking(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, TIED)
        president = person(clock, call.president)
        db.session.execute(delete(DrawSeed))
        db.session.commit()
        with pytest.raises(Refused, match="ni bilo določeno vnaprej"):
            runs.draw(president, call.call, "1", clock())
        db.session.rollback()
        with pytest.raises(Refused, match="ni več mogoče določiti"):
            draws.fix(president, call.call, made.SEED, "Loterija", clock())


def test_a_seed_is_fixed_once_by_the_president_and_says_where_it_is_from(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        president = person(clock, call.president)
        with pytest.raises(Forbidden):
            draws.fix(person(clock, call.members[0]), call.call, made.SEED, "Loterija", clock())
        db.session.rollback()
        with pytest.raises(Invalid) as caught:
            draws.fix(president, call.call, "kratko", "", clock())
        assert set(caught.value.fields) == {"seed", "source"}
        db.session.rollback()
        made.seeded(clock, call)
        with pytest.raises(Refused, match="že določeno"):
            draws.fix(president, call.call, "drugo seme žreba", "Loterija", clock())


def test_a_draw_no_longer_counts_once_the_tie_is_another(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, TIED)
        president = person(clock, call.president)
        runs.draw(president, call.call, "1", clock())
        mark_locks.reopen(president, call.call, key(0), call.president, "Spregledana priloga 2.", clock())
        mark(clock, call, call.president, {0: {"quality": typed("23", seen=1)}})
        mark_locks.lock_own(president, call.call, [key(0)], clock())
        run = runs.result(call.call, computed(clock, call))
        assert ([tie["name"] for tie in run.document["ties"]], run.run.open) == ([], [])


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("certified", False, "Potrdilo o izidu ne drži"),
        ("document", "{}", "nekaj spremenilo"),
        ("open", ["tie 4"], "Nerešeno"),
    ],
)
def test_a_run_that_does_not_hold_carries_no_proposal(
    app: Flask, clock: Clock, column: str, value: object, told: str
) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        run_id = computed(clock, call)
        setattr(db.session.get_one(EvaluationRun, run_id), column, value)
        db.session.commit()
        with pytest.raises(Refused, match=told):
            proposals.prepare(person(clock, call.president), call.call, run_id, clock())


def test_a_mark_whose_reason_is_gone_stops_the_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        run_id = computed(clock, call)
        db.session.scalars(select(MemberMark).order_by(MemberMark.id)).first().reason = " "  # type: ignore[union-attr]
        db.session.commit()
        with pytest.raises(Refused, match=r"ne more biti: št\. 1 \(Petra Predsednica\)"):
            proposals.prepare(person(clock, call.president), call.call, run_id, clock())


def test_a_simulation_is_never_a_result(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        computed(clock, call)
        president = person(clock, call.president)
        run_id = whatif.simulate(president, call.call, {"thresholds.0.at_least": "50"}, clock())
        with pytest.raises(Refused, match="Simulacija ni izid"):
            proposals.prepare(president, call.call, run_id, clock())
        db.session.rollback()
        with pytest.raises(Missing):
            runs.result(call.call, run_id)
        number = prepared(clock, call)
        report = proposals.read(president, call.call, number).report
        assert [one["changes"] for one in report["simulations"]] == [["thresholds.0.at_least=50"]]


def test_an_unfinished_application_or_a_stale_run_stops_the_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        run_id, president = computed(clock, call), person(clock, call.president)
        mark_locks.reopen(president, call.call, key(1), call.president, "Spregledana priloga 2.", clock())
        with pytest.raises(Refused, match=r"vlogah št\. 2"):
            proposals.prepare(president, call.call, run_id, clock())
        db.session.rollback()
        mark(clock, call, call.president, {1: {"quality": typed("16", "Načrt je res izvedljiv.", 1)}})
        mark_locks.lock_own(president, call.call, [key(1)], clock())
        with pytest.raises(Refused, match="nekaj spremenilo"):
            proposals.prepare(president, call.call, run_id, clock())
        db.session.rollback()
        assert prepared(clock, call) == 1
        with pytest.raises(Refused, match="ni zadnji izračun"):
            proposals.prepare(president, call.call, run_id, clock())


def test_marks_reopened_after_signing_stop_the_handing_over(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number, president = prepared(clock, call), person(clock, call.president)
        for who in call.voters:
            proposals.sign(person(clock, who), call.call, number, "", clock())
        mark_locks.reopen(president, call.call, key(1), call.president, "Spregledana priloga 2.", clock())
        with pytest.raises(Refused, match="še ni končan"):
            proposals.submit(president, call.call, number, clock())


def test_signatures_a_quorum_and_a_majority(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number, president = prepared(clock, call), person(clock, call.president)
        for who in (call.deputy, call.secretary, call.officer):
            with pytest.raises(Forbidden):
                proposals.sign(person(clock, who), call.call, number, "", clock())
            db.session.rollback()
        with pytest.raises(Refused, match="skupaj vsaj 2"):
            proposals.submit(president, call.call, number, clock())
        db.session.rollback()
        proposals.sign(president, call.call, number, "", clock())
        with pytest.raises(Refused, match="že podpisali"):
            proposals.sign(president, call.call, number, "", clock())
        db.session.rollback()
        with pytest.raises(Invalid):
            proposals.sign(person(clock, call.members[0]), call.call, number, "Ne.", clock())
        db.session.rollback()
        dissent = "Merilo 9. člena je bilo uporabljeno preozko."
        proposals.sign(person(clock, call.members[0]), call.call, number, dissent, clock())
        with pytest.raises(Refused, match="nima večine"):
            proposals.submit(president, call.call, number, clock())
        db.session.rollback()
        proposals.sign(person(clock, call.members[1]), call.call, number, "", clock())
        proposals.submit(president, call.call, number, clock())
        found = proposals.read(person(clock, call.signatory), call.call, number)
        assert [one.dissent for one in found.signatures] == ["", dissent, ""]


def test_the_head_accepts_once_and_never_their_own_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        signed = prepared(clock, call)
        with pytest.raises(Missing):
            proposals.accept(person(clock, call.signatory), call.call, signed, clock())
        db.session.rollback()
        number = submitted(clock, call)
        for who in (call.president, call.officer, call.applicants[0]):
            with pytest.raises(Forbidden):
                proposals.accept(person(clock, who), call.call, number, clock())
            db.session.rollback()
        db.session.add(UserRole(user_id=call.members[0], role=Role.SIGNATORY, given_at=clock()))
        db.session.commit()
        with pytest.raises(Forbidden, match="V komisiji"):
            proposals.accept(person(clock, call.members[0]), call.call, number, clock())
        db.session.rollback()
        proposals.accept(person(clock, call.signatory), call.call, number, clock())
        with pytest.raises(StepRefused):
            proposals.accept(person(clock, call.signatory), call.call, number, clock())
        db.session.rollback()
        with pytest.raises(Refused, match="O tem predlogu je že odločeno"):
            proposals.give_back(person(clock, call.signatory), call.call, number, "Premalo obrazloženo.", clock())


def test_a_returned_proposal_stays_and_a_new_one_follows(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number, head = submitted(clock, call), person(clock, call.signatory)
        with pytest.raises(Invalid):
            proposals.give_back(head, call.call, number, "", clock())
        db.session.rollback()
        proposals.give_back(head, call.call, number, "Razlogi pri vlogi 2 so presplošni.", clock())
        assert (made.call(call).state.value, made.states(call)) == ("agreeing", ["scored"] * 3)
        assert submitted(clock, call) == number + 1
        rows = db.session.scalars(select(Proposal).order_by(Proposal.number)).all()
        assert [(one.state.value, one.decision_reason) for one in rows] == [
            ("returned", "Razlogi pri vlogi 2 so presplošni."),
            ("submitted", ""),
        ]
        assert [one.number for one in proposals.listed(head, call.call)] == [2, 1]


def test_a_proposal_being_signed_is_the_commissions_own(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        first = prepared(clock, call)
        assert proposals.listed(person(clock, call.signatory), call.call) == []
        with pytest.raises(Forbidden):
            proposals.listed(person(clock, call.applicants[0]), call.call)
        prepared(clock, call)
        with pytest.raises(Refused, match="zamenjal novejši"):
            proposals.sign(person(clock, call.president), call.call, first, "", clock())


def test_who_gains_and_loses_without_names(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        computed(clock, call)
        president, officer = person(clock, call.president), person(clock, call.officer)
        _, knobs, _ = whatif.desk(officer, call.call)
        assert [(one.path, one.value) for one in knobs if one.path.startswith("thresholds")] == [
            ("thresholds.0.at_least", "30")
        ]
        for wrong in ({}, {"thresholds.0.at_least": "30"}, {"criteria.quality.max": "1"}, {"allocation.edge": "x"}):
            with pytest.raises(Invalid):
                whatif.simulate(president, call.call, wrong, clock())
            db.session.rollback()
        for who in (call.members[0], call.signatory):
            with pytest.raises(Forbidden):
                whatif.simulate(person(clock, who), call.call, {"thresholds.0.at_least": "50"}, clock())
            db.session.rollback()
        run_id = whatif.simulate(
            officer, call.call, {"thresholds.0.at_least": "50", "allocation.edge": "stop"}, clock()
        )
        found = whatif.compared(officer, call.call, run_id, False, clock())
        assert (found.gainers, found.losers, found.spent, found.spent_then) == (0, 1, 600_000, 300_000)
        assert sorted(one.label for one in found.shifts) == ["V1", "V2", "V3"]
        assert {one.key for one in found.shifts} == {""}
        named = whatif.compared(officer, call.call, run_id, True, clock())
        assert named.shifts[-1].label == "Društvo 1"
        assert (named.shifts[-1].outcome, named.shifts[-1].outcome_then) == ("granted", "below_threshold")
        assert runs.listed(call.call, RunKind.SIMULATION)[0].changes == [
            "thresholds.0.at_least=50",
            "allocation.edge=stop",
        ]


def test_no_simulation_before_the_marks_are_locked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.filled(clock, call, made.GOOD)
        with pytest.raises(Refused, match="zaklenjene"):
            whatif.simulate(person(clock, call.officer), call.call, {"thresholds.0.at_least": "50"}, clock())
