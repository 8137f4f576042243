"""A copied call: texts with the earlier call's year or days are listed until each is changed or confirmed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event
from razpis.procedure.deadlines import deadline_instant
from razpis.services.actor import Actor
from razpis.services.calls import calls, carried, confirming, drafting, publishing, readiness
from razpis.services.calls.carried import Place
from razpis.services.calls.readiness import Where
from razpis.services.errors import Forbidden, Invalid, Refused, Stale
from tests import published
from tests.databases import Clock
from tests.services import call_making as making

OLD = published.RULES.replace("2026", "2025").replace("label: Opis,", 'label: "Opis za leto 2025",')
OLD = OLD.replace("test: requested <= total", "test: requested <= total or members == 2025")
OLD = OLD.replace("help: Kot piše v registru.", 'help: "Stanje 20. marca, kot piše v registru v letu 2024."')


def copied(clock: Clock, rules: str = OLD) -> tuple[Actor, int]:
    """A call of 2025 and its copy of 2026; the copy's number."""
    officer = making.officer(clock)
    source = calls.create(officer, rules, clock())
    row = making.call(source)
    row.summary_sl, row.budget_line = "Razpis za leto 2025.", "Postavka 4101"
    row.parameters = {"supplement_days": {"value": 8, "unit": "days", "article": "14. člen (MUV 9/2025)"}}
    db.session.commit()
    return officer, calls.copy(officer, source, "41001-9/2026", clock())


def found(call: int) -> dict[str, tuple[Place, tuple[str, ...]]]:
    return {one.name: (one.place, one.found) for one in carried.carried(making.call(call))}


def test_every_text_with_the_old_year_or_day_is_listed_with_its_place(app: Flask, clock: Clock) -> None:
    with app.app_context():
        _, call = copied(clock)
        assert found(call) == {
            "rules/fields/summary/label": (Place.RULES, ("2025",)),
            "rules/topics/us/help": (Place.RULES, ("20. marca", "2024")),
            "line/modest: {text: Zaprošeni znesek ni višji od stroškov., test: requested <= total or members == 2025, "
            "article: 5. člen}": (Place.RULES_TEXT, ("2025",)),
            "terms/summary_sl": (Place.TERMS, ("2025",)),
            "parameters/supplement_days": (Place.PARAMETERS, ("2025",)),
        }
        [gap] = [one for one in readiness.missing(making.call(call), clock()) if one.where is Where.CARRIED]
        assert gap.text.sl == (
            "Besedil, v katerih je še leto ali dan prejšnjega razpisa: 5. Vsako spremenite ali potrdite."
        )


def test_a_call_that_is_no_copy_is_asked_about_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call = calls.create(officer, OLD, clock())
        assert found(call) == {}


def test_a_text_that_is_changed_goes_one_confirmed_stays_only_as_it_is(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, call = copied(clock)
        revision = making.revision(call)
        drafting.save_values(officer, call, revision, {("fields", "summary", "label"): "Opis za leto 2026"}, clock())
        left = [one.name for one in carried.unconfirmed(making.call(call))]
        assert "rules/fields/summary/label" not in left
        assert confirming.confirm(officer, call, making.revision(call), left, clock()) == 4
        assert carried.unconfirmed(making.call(call)) == []
        assert [gap for gap in readiness.missing(making.call(call), clock()) if gap.where is Where.CARRIED] == []
        changed = {("topics", "us", "help"): "Stanje v letu 2024."}
        drafting.save_values(officer, call, making.revision(call), changed, clock())
        assert [one.name for one in carried.unconfirmed(making.call(call))] == ["rules/topics/us/help"]
        event = db.session.scalars(select(Event).where(Event.action == "call.carried")).one()
        assert (event.actor_id, event.after) == (officer.id, {"confirmed": sorted(left)})


def test_only_an_officer_confirms_and_only_a_draft_as_they_saw_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, call = copied(clock)
        names = [one.name for one in carried.carried(making.call(call))]
        with pytest.raises(Forbidden):
            confirming.confirm(making.signatory(clock), call, making.revision(call), names, clock())
        with pytest.raises(Stale):
            confirming.confirm(officer, call, making.revision(call) + 1, names, clock())
        db.session.rollback()
        for nothing in ([], ["ni takega"]):
            with pytest.raises(Invalid):
                confirming.confirm(officer, call, making.revision(call), nothing, clock())
            db.session.rollback()


def test_the_way_to_the_signatory_is_closed_until_all_is_looked_at(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        source = making.draft(officer, clock)
        clock.forward(days=330)  # the next January: the year of the source is last year's now
        call = calls.copy(officer, source, "41001-99/2027", clock())
        making.confirm_parameters(officer, call, clock)
        row = making.call(call)
        terms = drafting.terms(row)
        later = deadline_instant(date(2027, 3, 19), time(12))
        drafting.save_terms(officer, call, row.revision, type(terms)(**{
            name: getattr(terms, name) for name in terms.__slots__ if name != "deadline"
        }, deadline=later), clock())  # fmt: skip
        left = carried.unconfirmed(making.call(call))
        assert {one.place for one in left} >= {Place.RULES, Place.CONTRACT}
        with pytest.raises(publishing.NotReady) as refused:
            publishing.send_to_review(officer, call, making.revision(call), clock(), examples_seen=True)
        assert [gap.where for gap in refused.value.gaps] == [Where.CARRIED]
        db.session.rollback()
        confirming.confirm(officer, call, making.revision(call), [one.name for one in left], clock())
        publishing.send_to_review(officer, call, making.revision(call), clock(), examples_seen=True)
        with pytest.raises(Refused):
            confirming.confirm(officer, call, making.revision(call), [one.name for one in left], clock())


def test_copied_within_the_year_only_the_year_before_is_asked_about(app: Flask, clock: Clock) -> None:
    with app.app_context():
        _, call = copied(clock, published.RULES.replace("label: Opis,", 'label: "Opis za leti 2025 in 2026",'))
        assert found(call)["rules/fields/summary/label"] == (Place.RULES, ("2025",))


def test_rules_that_are_no_yaml_any_more_are_asked_about_by_what_else_there_is(app: Flask, clock: Clock) -> None:
    with app.app_context():
        _, call = copied(clock)
        making.call(call).rulebook = "call: ["
        making.call(call).deadline = clock() + timedelta(days=40)
        assert "terms/summary_sl" in found(call)
        db.session.rollback()
