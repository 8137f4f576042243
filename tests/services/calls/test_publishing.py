"""From review to publication and amendment: what is missing is told at once, criteria never change, nobody is missed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import canonical, db
from razpis.models.calls import Call, CallVersion
from razpis.models.outbox import Message
from razpis.procedure.deadlines import deadline_instant
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.procedure.tables import StepRefused
from razpis.services.actor import Actor
from razpis.services.calls import calls, drafting, publishing, readiness, suspending
from razpis.services.calls.publishing import Amendment, NotReady
from razpis.services.errors import Forbidden, Invalid, Refused, Stale
from razpis.services.records import journal
from tests import people
from tests.databases import Clock
from tests.services import call_making as making

LATER = deadline_instant(date(2026, 4, 3), time(12))
ACT = "Sklep 41001-1/2026-9, 1. 3. 2026"


def amendment(call: Call) -> Amendment:
    """An amendment that extends the deadline and changes nothing else."""
    return Amendment(
        text=call.rulebook,
        deadline=LATER,
        summary_sl=call.summary_sl,
        summary_en=call.summary_en,
        contact=call.contact,
        questions_until=None,
        reason="Na prošnjo več prijaviteljev.",
        act=ACT,
    )


def mails() -> list[tuple[str, str]]:
    """Recipient and subject of all mail, in order."""
    rows = db.session.execute(select(Message.recipient, Message.subject).order_by(Message.id))
    return [(recipient, subject) for recipient, subject in rows]


def test_all_that_is_missing_is_told_at_once_with_its_place(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        bare = """\
call: {title: Naslov, reference: R-1}
"""
        call_id = calls.create(officer, bare, clock())
        found = making.gaps(readiness.missing(making.call(call_id), clock()))
        places = [where for where, _ in found]
        assert places.count("parameters") == 11
        assert places.count("commission") == 2
        assert [text for where, text in found if where == "terms"] == [
            "Manjka proračunska postavka.",
            "Rok za prijavo ni določen.",
            "Manjka kontakt: kdo in kje odgovarja na vprašanja.",
        ]
        assert [text for where, text in found if where == "rules"] == [
            "Pravila, vrstica 1: manjka »year«.",
            "Pravila, vrstica 1: manjka »fields«.",
            "Ni zneska razpisanih sredstev. Vpišite ga v pravila (sklopi ali proračun).",
        ]
        with pytest.raises(NotReady) as refused:
            publishing.send_to_review(officer, call_id, making.revision(call_id), clock())
        assert {gap.where.value for gap in refused.value.gaps} == {"rules", "terms", "contract", "parameters"}


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        (datetime(2026, 2, 27, 11, tzinfo=UTC), "mora miniti vsaj 15 dni"),
        (datetime(2026, 3, 21, 11, tzinfo=UTC), "ni delovni dan in se ne premakne"),
        (datetime(2026, 4, 6, 10, tzinfo=UTC), "ni delovni dan in se ne premakne"),
        (datetime(2026, 2, 16, 11, tzinfo=UTC), "ni po objavi"),
    ],
)
def test_an_unlawful_deadline_is_refused_and_can_still_be_mended(
    app: Flask, clock: Clock, deadline: datetime, told: str
) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.confirmed(officer, signer, clock)
        terms = making.same_terms(call_id)
        drafting.save_terms(officer, call_id, making.revision(call_id), replace(terms, deadline=deadline), clock())
        with pytest.raises(NotReady) as refused:
            publishing.publish(officer, call_id, making.revision(call_id), clock())
        assert [(gap.where.value, told in gap.text.sl) for gap in refused.value.gaps] == [("terms", True)]
        db.session.rollback()
        assert making.call(call_id).state is CallState.CONFIRMED
        drafting.save_terms(officer, call_id, making.revision(call_id), terms, clock())
        publishing.publish(officer, call_id, making.revision(call_id), clock())
        assert making.call(call_id).state is CallState.PUBLISHED


def test_periods_in_decisions_must_be_those_of_the_parameters(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = making.draft(officer, clock)
        typed = {("call", "decisions", "remedy", "days"): "15", ("call", "decisions", "grant", "contract_days"): "10"}
        drafting.save_values(officer, call_id, making.revision(call_id), typed, clock())
        assert making.gaps(readiness.missing(making.call(call_id), clock())) == [
            ("parameters", "rok za pritožbo: besedilo sklepov pravi 15, parameter 21. Uskladite ju."),
            ("parameters", "rok za podpis pogodbe: besedilo sklepov pravi 10, parameter 8. Uskladite ju."),
        ]


def test_examples_that_come_out_otherwise_must_be_looked_at_first(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = making.draft(officer, clock)
        typed = {("criteria", "members", "bands", 3, "points"): "31"}
        drafting.save_values(officer, call_id, making.revision(call_id), typed, clock())
        with pytest.raises(NotReady) as refused:
            publishing.send_to_review(officer, call_id, making.revision(call_id), clock())
        assert {gap.where.value for gap in refused.value.gaps} == {"rules"}
        assert "pričakovano 30, izračunano 31" in refused.value.gaps[0].text.sl
        db.session.rollback()
        publishing.send_to_review(officer, call_id, making.revision(call_id), clock(), examples_seen=True)
        assert making.call(call_id).state is CallState.IN_REVIEW


def test_a_published_call_is_frozen_under_a_hash_anyone_can_compute(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        call = making.call(call_id)
        (version,) = call.versions
        assert (call.state, call.published_at, call.opens_at) == (CallState.PUBLISHED, clock(), clock())
        assert version.rulebook == call.rulebook
        assert version.frozen["rulebook_sha256"] == hashlib.sha256(making.RULES.encode()).hexdigest()
        assert version.sha256 == hashlib.sha256(canonical(version.frozen).encode()).hexdigest()
        assert version.frozen["deadline"] == "2026-03-20T11:00:00+00:00"
        assert version.frozen["parameters"]["appeal_days"] == {
            "value": 21,
            "unit": "days",
            "article": "15. člen pravilnika",
        }
        assert len(version.frozen["parameters"]) == 21
        assert journal.broken() is None


def test_each_step_is_for_its_role_and_its_state(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.draft(officer, clock)
        revision = making.revision(call_id)
        wrong: list[Callable[[], object]] = [
            lambda: publishing.send_to_review(signer, call_id, revision, clock()),
            lambda: publishing.approve(officer, call_id, revision, clock()),
            lambda: publishing.send_back(officer, call_id, "ne", clock()),
            lambda: publishing.publish(signer, call_id, revision, clock()),
            lambda: publishing.amend(signer, call_id, revision, amendment(making.call(call_id)), clock()),
            lambda: suspending.suspend(officer, call_id, "ne", "", clock()),
            lambda: suspending.resume(officer, call_id, "ne", "", LATER, clock()),
            lambda: suspending.cancel(officer, call_id, "ne", "", clock()),
        ]
        for step in wrong:
            with pytest.raises(Forbidden):
                step()
            db.session.rollback()
        early: list[Callable[[], object]] = [
            lambda: publishing.approve(signer, call_id, revision, clock()),
            lambda: publishing.publish(officer, call_id, revision, clock()),
            lambda: publishing.amend(officer, call_id, revision, amendment(making.call(call_id)), clock()),
            lambda: suspending.suspend(signer, call_id, "ne", "", clock()),
            lambda: suspending.resume(signer, call_id, "ne", "", LATER, clock()),
        ]
        for step in early:
            with pytest.raises(StepRefused, match="not possible"):
                step()
            db.session.rollback()
        assert making.call(call_id).state is CallState.DRAFT


def test_a_call_is_returned_with_a_reason_and_approved_only_as_it_was_seen(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.draft(officer, clock)
        publishing.send_to_review(officer, call_id, making.revision(call_id), clock())
        with pytest.raises(Invalid):
            publishing.send_back(signer, call_id, "  ", clock())
        db.session.rollback()
        seen = making.revision(call_id)
        publishing.send_back(signer, call_id, "Prag naj bo 90 točk.", clock())
        call = making.call(call_id)
        assert (call.state, call.notices[0].reason) == (CallState.DRAFT, "Prag naj bo 90 točk.")
        publishing.send_to_review(officer, call_id, call.revision, clock())
        with pytest.raises(Stale):
            publishing.approve(signer, call_id, seen, clock())


def test_two_people_who_publish_at_once_publish_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        other = people.actor(clock, "druga@zgled.si", "Druga Skrbnica", Role.OFFICER)
        call_id = making.confirmed(officer, signer, clock)
        revision = making.revision(call_id)
        db.session.remove()
    results: list[str] = []
    together = threading.Barrier(2)

    def publish(actor: Actor) -> None:
        with app.app_context():
            together.wait()
            try:
                results.append(publishing.publish(actor, call_id, revision, clock()).sha256[:0] + "objavljeno")
            except StepRefused as refused:
                results.append(refused.problem.key)

    threads = [threading.Thread(target=publish, args=(actor,)) for actor in (officer, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["objavljeno", "step_unknown"]
    with app.app_context():
        assert len(db.session.scalars(select(CallVersion.id)).all()) == 1


def test_an_amendment_is_a_new_version_and_every_filer_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        ana, eve = people.user(clock), people.user(clock, "eve@zgled.si", "Eve Example", language="en")
        making.application(call_id, ana, 0)
        making.application(call_id, eve, 1)
        making.application(call_id, people.user(clock, "c@zgled.si", "Ciril Zgled"), 2, ApplicationState.WITHDRAWN)
        making.application(call_id, people.user(clock, "d@zgled.si", "Dana Zgled"), 3, ApplicationState.DRAFT)
        before = mails()
        clock.forward(days=5)
        told = publishing.amend(officer, call_id, making.revision(call_id), amendment(making.call(call_id)), clock())
        call = making.call(call_id)
        assert told == 2
        assert [recipient for recipient, _ in mails()[len(before) :]] == ["ana@zgled.si", "eve@zgled.si"]
        bodies = db.session.scalars(select(Message.body).order_by(Message.id.desc()).limit(2)).all()
        assert "3 April 2026 at 12:00" in bodies[0].replace("\xa0", " ")
        assert "3. april 2026 ob 12.00" in bodies[1].replace("\xa0", " ")
        assert [version.number for version in call.versions] == [1, 2]
        assert (call.versions[1].reason, call.versions[1].frozen["act"]) == ("Na prošnjo več prijaviteljev.", ACT)
        assert call.deadline == LATER
        assert 'deadline: "2026-04-03 12:00"' in call.versions[1].rulebook
        assert call.versions[0].rulebook == making.RULES


def test_money_may_grow_but_criteria_form_and_deadline_stay(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        plain = amendment(making.call(call_id))
        refused: dict[str, Amendment] = {
            "Sprememba posega v: pragovi": replace(plain, text=making.RULES.replace("at_least: 80", "at_least: 79")),
            "Sprememba posega v: merila": replace(
                plain, text=making.RULES.replace("{to: 10, points: 5}", "{to: 10, points: 4}")
            ),
            "Sprememba posega v: obrazec": replace(
                plain, text=making.RULES.replace("max_length: 150", "max_length: 151")
            ),
            "Sprememba posega v: razdelitev": replace(
                plain, text=making.RULES.replace("amount: 6000.00", "amount: 7000.00")
            ),
            "Sprememba posega v: sklopi razpisa": replace(
                plain, text=making.RULES.replace("  C:\n    title", "  Č:\n    title")
            ),
            "Sprememba posega v: številka": replace(plain, text=making.RULES.replace("days: 21 ", "days: 15 ")),
            "ne morete zmanjšati": replace(plain, text=making.RULES.replace("amount: 21000.00", "amount: 20999.99")),
            "Nič ni spremenjeno": replace(plain, deadline=making.DEADLINE),
        }
        for told, wrong in refused.items():
            with pytest.raises(Refused, match=told):
                publishing.amend(officer, call_id, making.revision(call_id), wrong, clock())
            db.session.rollback()
        fields: dict[str, Amendment] = {
            "reason": replace(plain, reason=" "),
            "act": replace(plain, act=""),
            "contact": replace(plain, contact=""),
            "deadline": replace(plain, deadline=making.DEADLINE - timedelta(days=1)),
            "questions_until": replace(plain, questions_until=LATER + timedelta(seconds=1)),
            "rulebook": replace(plain, text="call: 1"),
        }
        for field, wrong in fields.items():
            with pytest.raises(Invalid) as invalid:
                publishing.amend(officer, call_id, making.revision(call_id), wrong, clock())
            assert list(invalid.value.fields) == [field]
            db.session.rollback()
        with pytest.raises(Invalid, match="ni delovni dan"):
            publishing.amend(
                officer, call_id, making.revision(call_id), replace(plain, deadline=LATER + timedelta(days=1)), clock()
            )
        db.session.rollback()
        more = making.RULES.replace("amount: 21000.00", "amount: 25000.00  # več denarja")
        publishing.amend(officer, call_id, making.revision(call_id), replace(plain, text=more), clock())
        assert making.call(call_id).budget_cents == 7_500_000


def test_from_the_second_after_the_deadline_nothing_is_amended(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        clock.at = making.DEADLINE + timedelta(seconds=1)
        assert making.call(call_id).state is CallState.PUBLISHED
        assert calls.state_now(making.call(call_id), clock()) is CallState.CLOSED
        for step in (
            lambda: publishing.amend(
                officer, call_id, making.revision(call_id), amendment(making.call(call_id)), clock()
            ),
            lambda: suspending.suspend(signer, call_id, "Ni proračuna.", "", clock()),
        ):
            with pytest.raises(StepRefused, match="closed"):
                step()
            db.session.rollback()
        clock.at = making.DEADLINE + timedelta(microseconds=999_999)
        assert calls.state_now(making.call(call_id), clock()) is CallState.PUBLISHED
        publishing.amend(officer, call_id, making.revision(call_id), amendment(making.call(call_id)), clock())
        assert making.call(call_id).deadline == LATER


def test_the_clock_closes_calls_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        assert suspending.close_due(making.DEADLINE) == 0
        assert suspending.close_due(making.DEADLINE + timedelta(seconds=1)) == 1
        assert suspending.close_due(making.DEADLINE + timedelta(seconds=2)) == 0
        assert making.call(call_id).state is CallState.CLOSED


def test_a_call_is_suspended_and_resumed_with_a_new_deadline(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        making.application(call_id, people.user(clock), 0)
        suspending.suspend(signer, call_id, "Proračun še ni sprejet.", "Sklep 5", clock())
        clock.at = making.DEADLINE + timedelta(days=7)
        assert suspending.close_due(clock()) == 0
        for deadline in (None, making.DEADLINE, LATER + timedelta(days=1)):
            with pytest.raises(Invalid) as refused:
                suspending.resume(signer, call_id, "Proračun je sprejet.", "", deadline, clock())
            assert list(refused.value.fields) == ["deadline"]
            db.session.rollback()
        suspending.resume(signer, call_id, "Proračun je sprejet.", "Sklep 6", LATER, clock())
        call = making.call(call_id)
        assert (call.state, call.deadline, len(call.versions)) == (CallState.PUBLISHED, LATER, 2)
        assert [notice.reason for notice in call.notices] == ["Proračun še ni sprejet.", "Proračun je sprejet."]
        assert [subject for recipient, subject in mails() if recipient == "ana@zgled.si"] == [
            "Razpis ZGLED-41001/2026 je zadržan",
            "Sprememba razpisa ZGLED-41001/2026",
        ]


def test_a_new_deadline_before_the_published_one_is_no_resumption(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        suspending.suspend(signer, call_id, "Višja sila.", "", clock())
        with pytest.raises(Invalid, match="pred že objavljenim"):
            suspending.resume(signer, call_id, "Konec.", "", making.DEADLINE - timedelta(days=1), clock())


def test_an_unpublished_call_is_resumed_as_confirmed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.confirmed(officer, signer, clock)
        suspending.suspend(signer, call_id, "Ni proračuna.", "", clock())
        suspending.resume(signer, call_id, "Je proračun.", "", None, clock())
        call = making.call(call_id)
        assert (call.state, call.versions) == (CallState.CONFIRMED, [])


def test_a_call_is_cancelled_once_and_with_reasons(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        making.application(call_id, people.user(clock), 0)
        with pytest.raises(Invalid):
            suspending.cancel(signer, call_id, "", "", clock())
        db.session.rollback()
        suspending.cancel(signer, call_id, "Sredstev ni več.", "Sklep 7", clock())
        assert mails()[-1] == ("ana@zgled.si", "Razpis ZGLED-41001/2026 je razveljavljen")
        with pytest.raises(StepRefused, match="final"):
            suspending.cancel(signer, call_id, "Še enkrat.", "", clock())
        db.session.rollback()
        assert (making.call(call_id).state, len(making.call(call_id).notices)) == (CallState.CANCELLED, 1)
        assert [one for one in mails() if "razveljavljen" in one[1]] == [mails()[-1]]
