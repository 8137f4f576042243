"""A party that withdraws after the proposal is accepted: an order in place of a decision, nobody else touched."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.documents import Release
from razpis.models.journal import Event
from razpis.models.remedies import Renunciation
from razpis.procedure.acts import ActState, Kind, ReleaseState
from razpis.procedure.deadlines import Channel
from razpis.procedure.states import ApplicationState, CallState
from razpis.procedure.workflow import StepRefused
from razpis.services import files
from razpis.services.decisions import (
    completeness,
    delivery,
    due,
    issuing,
    own_decision,
    publishing_results,
    releases,
    rendering,
    stopping,
    verifying,
)
from razpis.services.decisions.stopping import Statement
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.proposing import runs
from tests import commission_made, marking_made
from tests import decisions_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.marking_made import person

SAID = Statement(date(2026, 3, 4), Channel.REGISTERED_POST, "Programa ne bomo mogli izvesti.")


def renounce(clock: Clock, call: Made, key: str = "kljuc000", who: int | None = None) -> None:
    stopping.record(person(clock, who or call.registry), call.call, key, SAID, clock())


def test_an_order_goes_the_same_way_out_and_the_others_keep_their_words(
    app: Flask, clock: Clock, tmp_path: Path
) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.drafted(clock, call)
        before = {act.application_id: act.facts_sha256 for act in made.acts(call)}
        renounce(clock, call)
        [told] = db.session.scalars(select(Event).where(Event.action == "application.renounce"))
        assert (told.before["state"], told.after["state"]) == ("proposed_grant", "stopping")
        assert (told.after["freed_cents"], told.after["release_given_up"]) == (300_000, 1)
        assert [one.state for one in db.session.scalars(select(Release))] == [ReleaseState.DROPPED]
        number = made.ready(clock, call, store)
        first, *others = made.acts(call)
        assert (number, first.kind, first.facts["decision"]["outcome"]) == (2, Kind.DISCONTINUANCE, "discontinued")
        assert {act.application_id: act.facts_sha256 for act in others} == {
            one: sha256 for one, sha256 in before.items() if one != first.application_id
        }
        text = " ".join(page_text(files.content(store, first.sha256 or "")).split())
        for words in ("o ustavitvi postopka po vlogi št. 1", "4. 3. 2026", "se ustavi", first.number or ""):
            assert words in text
        assert made.ADDRESS.format(key=first.key) in text.replace(" ", "")
        assert issuing.issue(person(clock, call.signatory), call.call, number, clock(), store, made.link) == 3
        assert marking_made.states(call) == ["discontinued", "granted", "refused_threshold"]
        assert verifying.document(first.key).kind is Kind.DISCONTINUANCE


def test_the_order_is_delivered_read_by_its_applicant_and_the_results_give_nobody_the_money(
    app: Flask, clock: Clock, tmp_path: Path
) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        renounce(clock, call)
        made.issued(clock, call, store)
        made.served(clock, call, store, date(2026, 3, 5))
        log = delivery.log(person(clock, call.officer), call.call, clock())
        assert (len(log.deliveries), log.served, log.finishable) == (3, 3, True)
        own = own_decision.own(person(clock, call.applicants[0]), "kljuc000", clock())
        assert (own.told, own.remedy.days, own.until) == (None, 15, date(2026, 3, 20))
        desk = publishing_results.desk(person(clock, call.officer), call.call)
        assert desk.gaps == []
        assert desk.content is not None
        lines = {line["number"]: line for line in desk.content["lines"]}
        assert (lines[1]["outcome"], lines[1]["award"], lines[1]["place"]) == ("discontinued", "0.00", None)
        assert desk.content["awarded"] == lines[2]["award"]
        found = stopping.desk(person(clock, call.officer), call.call, clock())
        assert ([line.number for line, _ in found.stopped], found.freed_cents, list(found.open)) == ([1], 300_000, [])
        delivery.finish(person(clock, call.officer), call.call, clock())


def test_what_cannot_be_recorded(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock, left_out=("late", "incomplete"))
        officer = person(clock, call.officer)
        for who in (call.signatory, call.president, call.applicants[0]):
            with pytest.raises(Forbidden):
                renounce(clock, call, who=who)
        with pytest.raises(Missing):
            renounce(clock, call, "tuj")
        db.session.rollback()
        wrong = (
            (Statement(date(2026, 3, 6), Channel.EMAIL, SAID.reason), {"stated_on"}),
            (Statement(date(2026, 1, 4), Channel.EMAIL, "ker"), {"stated_on", "reason"}),
        )
        for said, fields in wrong:
            with pytest.raises(Invalid) as caught:
                stopping.record(officer, call.call, "kljuc000", said, clock())
            assert set(caught.value.fields) == fields
            db.session.rollback()
        assert db.session.scalars(select(Renunciation)).all() == []
        renounce(clock, call, who=call.officer)
        for key, error in (("kljuc000", StepRefused), ("tuj", Missing)):
            with pytest.raises(error):
                renounce(clock, call, key)
            db.session.rollback()
        with pytest.raises(Refused, match="že umaknjena"):
            stopping.one(officer, call.call, "kljuc000", clock())
        with pytest.raises(Missing):
            stopping.one(officer, call.call, "tuj", clock())
        with pytest.raises(Missing):
            stopping.desk(officer, 77, clock())
        made.issued(clock, call, made.store(tmp_path))
        with pytest.raises(StepRefused):
            renounce(clock, call, "kljuc001")


def test_before_the_deadline_and_before_the_opening_officials_record_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = commission_made.made(clock, 2, CallState.PUBLISHED)
        officer = person(clock, call.officer)
        clock.at = commission_made.DEADLINE - timedelta(hours=1)
        with pytest.raises(Refused, match="po roku za prijavo"):
            renounce(clock, call)
        db.session.rollback()
        clock.at = commission_made.DEADLINE + timedelta(hours=1)
        assert stopping.desk(officer, call.call, clock()).open == []
        with pytest.raises(Refused, match="še ni odprta"):
            renounce(clock, call)
        db.session.rollback()
        with pytest.raises(Refused, match="še ni odprta"):
            stopping.one(officer, call.call, "kljuc000", clock())


def test_one_withdrawn_while_it_is_marked_is_left_out_of_the_evaluation(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = marking_made.scoring(clock, 3, made.RULES)
        said = Statement(clock().date(), Channel.IN_PERSON, "Programa ne bo.")
        stopping.record(person(clock, call.registry), call.call, "kljuc002", said, clock())
        assert [line.number for line in stopping.desk(person(clock, call.officer), call.call, clock()).open] == [1, 2]
        assert [one.kind for one in due.tasks(person(clock, call.officer), clock())] == ["stops"]
        marking_made.locked(clock, call, marking_made.GOOD[:2])
        run = runs.compute(person(clock, call.president), call.call, clock())
        lines = runs.result(call.call, run).lines
        assert sorted(line["id"] for line in lines) == ["kljuc000", "kljuc001"]
        assert marking_made.states(call) == ["scored", "scored", "stopping"]


def test_one_dismissed_as_late_may_withdraw_too_and_a_renounced_set_is_approved_anew(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock, left_out=("late",))
        number = made.approved(clock, call)
        given = [act.number for act in made.acts(call)]
        renounce(clock, call, "kljuc003")
        assert releases.outbox(person(clock, call.officer), call.call).release is None
        assert made.approved(clock, call) == number + 1
        acts = made.acts(call)
        assert (acts[-1].kind, acts[-1].state) == (Kind.DISCONTINUANCE, ActState.APPROVED)
        assert set(given).isdisjoint(act.number for act in acts)


def test_the_accepted_result_is_still_the_one_computed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock, made.TIGHT)
        before = completeness.examine(marking_made.call(call), clock())
        renounce(clock, call)
        after = completeness.examine(marking_made.call(call), clock())
        assert (before.gaps, after.gaps) == ([], [])
        kept = {one.application.key: one.facts.sha256 for one in before.drafts if one.application.key != "kljuc000"}
        assert {one.application.key: one.facts.sha256 for one in after.drafts if one.kind is Kind.DECISION} == kept
        state = db.session.scalars(select(Application.state).where(Application.key == "kljuc000")).one()
        assert state is ApplicationState.STOPPING


def test_a_preview_says_that_it_is_a_draft(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        renounce(clock, call)
        made.drafted(clock, call)
        act = made.acts(call)[0]
        assert rendering.DRAFT in page_text(rendering.pdf(act, act.call, rendering.DRAFT))
