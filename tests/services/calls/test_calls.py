"""Calls: opened, copied, changed as drafts; what others changed meanwhile is not lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Envelope
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.journal import Event
from razpis.procedure.deadlines import Channel, deadline_instant
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.calls import call_rules, calls, drafting
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.rules import rule_check
from tests import people
from tests.databases import Clock
from tests.services import call_making as making

LATER = deadline_instant(date(2026, 4, 3), time(12))


def test_a_call_says_what_its_rulebook_says(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call = making.call(calls.create(officer, making.RULES, clock()))
        assert call.state is CallState.DRAFT
        assert call.reference == "ZGLED-41001/2026"
        assert call.title_en.startswith("Public call for co-financing")
        assert call.deadline == datetime(2026, 3, 20, 11, tzinfo=UTC)
        assert call.budget_cents == 7_100_000
        assert call.budget_line == "000000 (zgled postavke)"
        assert call.contact.splitlines()[-1] == "gp.mom@maribor.si"
        assert (call.profile, call.profile_confirmed) == ("ZUP_pre_I", False)
        assert db.session.scalars(select(Event.action).order_by(Event.number.desc())).first() == "call.create"


def test_only_officers_open_calls_and_only_officials_read_drafts(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call_id = calls.create(making.officer(clock), making.RULES, clock())
        for role in (Role.SIGNATORY, Role.REGISTRY, Role.ADMINISTRATOR):
            other = people.actor(clock, f"{role}@zgled.si", "Oseba Druga", role)
            with pytest.raises(Forbidden):
                calls.create(other, making.RULES, clock())
        nobody = people.actor(clock, "ana@zgled.si", "Ana Zgled")
        for forbidden in (lambda: calls.one(nobody, call_id), lambda: calls.listed(nobody)):
            with pytest.raises(Forbidden):
                forbidden()


@pytest.mark.parametrize(
    ("text", "field", "told"),
    [
        ("call: {", "rulebook", "vrstica 2"),
        ("- 1", "rulebook", "call"),
        ("call: {title: ''}", "rulebook", "call.title"),
        (f"call: {{title: A, reference: {'R' * 61}}}", "rulebook", "call.reference"),
        (making.RULES, "reference", "že ima drug razpis"),
    ],
)
def test_what_is_no_rulebook_of_its_own_is_refused(app: Flask, clock: Clock, text: str, field: str, told: str) -> None:
    with app.app_context():
        officer = making.officer(clock)
        calls.create(officer, making.RULES, clock())
        with pytest.raises(Invalid) as refused:
            calls.create(officer, text, clock())
        assert told in refused.value.fields[field].sl
        db.session.rollback()
        assert len(db.session.scalars(select(Call.id)).all()) == 1


def test_last_years_call_is_copied_under_its_own_reference(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        source = making.draft(officer, clock)
        clock.forward(days=330)
        copy = making.call(calls.copy(officer, source, "ZGLED-41001/2027", clock()))
        original = making.call(source)
        assert (copy.reference, copy.state, copy.profile) == ("ZGLED-41001/2027", CallState.DRAFT, "ZUP_I")
        assert (copy.profile_confirmed, copy.seats) == (False, [])
        assert (copy.parameters, copy.contact) == (original.parameters, original.contact)
        assert "year: 2027" in copy.rulebook
        assert '  reference: "ZGLED-41001/2027"     # številka razpisa' in copy.rulebook
        with pytest.raises(Missing):
            calls.copy(officer, 10_000, "X-1", clock())


def test_a_reference_is_offered_for_a_copy_from_september_on_with_the_next_year(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        source = making.call(making.draft(officer, clock))
        source.reference = "ZGLED-41001/2025"
        assert calls.following_reference(source, clock()) == "ZGLED-41001/2026"
        autumn = [datetime(2026, 8, 31, 21, 59, 59, tzinfo=UTC), datetime(2026, 8, 31, 22, tzinfo=UTC)]
        offered = [calls.following_reference(source, at) for at in autumn]
        assert offered == ["ZGLED-41001/2026", "ZGLED-41001/2027"]
        copy = making.call(calls.copy(officer, source.id, offered[1], autumn[1]))
        assert "year: 2027" in copy.rulebook
        assert calls.following_reference(source, autumn[1]) == ""  # it is there already
        source.reference = "Razpis brez leta"
        assert calls.following_reference(source, clock()) == ""


def test_the_deadline_goes_into_the_rules_and_others_changes_are_not_lost(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        seen = making.revision(call_id)
        terms = drafting.Terms("Povzetek", "Summary", None, LATER, None, "1234", "Ana", 2)
        drafting.save_terms(officer, call_id, seen, terms, clock())
        call = making.call(call_id)
        assert '  deadline: "2026-04-03 12:00"\n' in call.rulebook
        assert drafting.terms(call) == terms
        with pytest.raises(Stale, match="spremenil nekdo drug"):
            drafting.save_terms(officer, call_id, seen, terms, clock())
        db.session.rollback()
        with pytest.raises(Stale):
            drafting.save_text(officer, call_id, seen, making.RULES, clock())
        db.session.rollback()
        with pytest.raises(Stale):
            drafting.save_values(officer, call_id, seen, {}, clock())


def test_the_second_of_two_equal_hours_stays_chosen(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        second = deadline_instant(date(2026, 10, 25), time(2, 30), fold=1)
        terms = drafting.Terms("", "", None, second, None, "1", "Ana", 1)
        drafting.save_terms(officer, call_id, making.revision(call_id), terms, clock())
        drafting.save_values(officer, call_id, making.revision(call_id), {("call", "year"): "2027"}, clock())
        assert making.call(call_id).deadline == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_terms_that_cannot_stand_are_told_by_their_field(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        early = deadline_instant(date(2026, 3, 1), time(12))
        terms = drafting.Terms("", "", LATER, early, LATER, "1" * 201, "", 0)
        with pytest.raises(Invalid) as refused:
            drafting.save_terms(officer, call_id, making.revision(call_id), terms, clock())
        assert list(refused.value.fields) == ["opens_at", "questions_until", "per_organisation", "budget_line"]


def test_single_values_of_the_rules_change_in_place(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        typed = {("lots", "A", "amount"): "31.000,00", ("call", "title", "sl"): "Naš »razpis«: A", ("neznano",): "x"}
        drafting.save_values(officer, call_id, making.revision(call_id), typed, clock())
        call = making.call(call_id)
        assert (call.title_sl, call.budget_cents) == ("Naš »razpis«: A", 7_200_000)
        assert call.rulebook.count("#") == making.RULES.count("#")
        bad = {("lots", "A", "amount"): "veliko", ("call", "year"): "1,5"}
        with pytest.raises(Invalid) as refused:
            drafting.save_values(officer, call_id, call.revision, bad, clock())
        assert list(refused.value.fields) == ["call/year", "lots/A/amount"]


def test_words_of_the_rules_that_documents_cannot_print_are_refused(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        title, seen = making.call(call_id).title_sl, making.revision(call_id)
        with pytest.raises(Invalid) as refused:
            drafting.save_values(officer, call_id, seen, {("call", "title", "sl"): "Naš razpis 🐝"}, clock())
        assert "U+1F41D" in refused.value.fields["call/title/sl"].sl
        text = making.RULES.replace(title, "Naš razpis 🐝")
        with pytest.raises(Invalid) as refused:
            drafting.save_text(officer, call_id, seen, text, clock())
        assert refused.value.fields["rulebook"].sl.startswith("»call.title.sl«: Teh znakov ni mogoče natisniti")
        assert making.call(call_id).title_sl == title
        drafting.save_values(officer, call_id, seen, {("call", "title", "en"): "Our call 🐝"}, clock())
        assert making.call(call_id).title_en == "Our call 🐝"


def test_a_call_out_with_such_words_can_still_be_prolonged(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        call = making.call(call_id)
        call.rulebook = call.rulebook.replace(call.title_sl, "Naš razpis 🐝")
        call_rules.follow(call, call_rules.with_deadline(call.rulebook, LATER))
        assert (call.title_sl, call.deadline) == ("Naš razpis 🐝", LATER)


def test_a_draft_may_hold_rules_with_faults_and_says_which(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        text = making.RULES.replace("value: members\n", "value: membrs\n").replace(
            "total: {max: 200", "total: {max: 210"
        )
        drafting.save_text(officer, call_id, making.revision(call_id), text.replace("\n", "\r\n"), clock())
        call = making.call(call_id)
        assert call.rulebook == text
        assert call.budget_cents == 7_100_000
        look = rule_check.look(call.rulebook)
        assert [one.place.line for one in look.errors] == [341]
        assert (look.rulebook, look.examples) == (None, None)
        whole = rule_check.look(making.RULES)
        assert whole.errors == ()
        assert whole.examples is not None
        assert (whole.examples.applications, whole.examples.problems) == (23, ())


def test_a_call_that_is_no_draft_cannot_be_changed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.confirmed(officer, signer, clock)
        with pytest.raises(Refused, match="le osnutek"):
            drafting.save_text(officer, call_id, making.revision(call_id), making.RULES, clock())
        db.session.rollback()
        terms = making.same_terms(call_id)
        changed = drafting.Terms("Drugo", "", None, terms.deadline, None, terms.budget_line, terms.contact, 1)
        with pytest.raises(Refused, match="Potrjenemu razpisu"):
            drafting.save_terms(officer, call_id, making.revision(call_id), changed, clock())
        db.session.rollback()
        later = drafting.Terms("", "", None, LATER, None, terms.budget_line, "Drug kontakt", 1)
        drafting.save_terms(officer, call_id, making.revision(call_id), later, clock())
        assert making.call(call_id).deadline == LATER


def test_lists_are_searched_and_counts_name_nobody(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        first = making.draft(officer, clock)
        second = calls.copy(officer, first, "ZGLED-2/2026", clock())
        assert [call.id for call in calls.listed(officer)] == [second, first]
        assert [call.id for call in calls.listed(officer, "zgled-2/")] == [second]
        assert calls.listed(officer, state=CallState.CLOSED) == []
        making.application(first, people.user(clock), 0)
        making.application(first, people.user(clock, "bor@zgled.si", "Bor Zgled"), 1, ApplicationState.DRAFT)
        paper = making.application(first, None, 2)
        paper.envelope = Envelope(
            channel=Channel.REGISTERED_POST,
            sender="Nekdo",
            arrived_at=clock(),
            entered_at=clock(),
            entered_by=officer.person,
        )
        db.session.commit()
        assert calls.filed(officer, first) == {Channel.PORTAL: 1, Channel.REGISTERED_POST: 1}
        assert calls.filed(officer, second) == {}
        with pytest.raises(Missing):
            calls.one(officer, 10_000)
