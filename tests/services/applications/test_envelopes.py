"""Envelopes: what stands on them is entered by the registry alone, in the order received with the portal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.procedure.deadlines import Channel
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.applications import envelopes
from razpis.services.applications.envelopes import Outside
from razpis.services.errors import Forbidden, Invalid, Missing
from razpis.services.sitting import filed_content
from tests import people, published
from tests.databases import START, Clock
from tests.services.filing_people import filer

OUTSIDE = Outside(
    Channel.REGISTERED_POST, "Društvo Oreh", "Gaj 1, 2000 Maribor", date(2026, 2, 13), START - timedelta(hours=1), True
)


def test_an_envelope_is_entered_with_the_next_number(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        ana.complete()
        ana.submit()
        registry = people.actor(clock, "vlozisce@zgled.si", "Vlado Zgled", Role.REGISTRY)
        key = envelopes.enter(registry, ana.call, OUTSIDE, clock())
        found = envelopes.one(registry, key)
        assert (found.application.number, found.application.state, found.application.organisation_id) == (
            2,
            ApplicationState.SUBMITTED,
            None,
        )
        assert (found.sender, found.posted_on, found.arrived_at, found.entered_by) == (
            "Društvo Oreh",
            date(2026, 2, 13),
            START - timedelta(hours=1),
            registry.id,
        )
        call, listed = envelopes.of_call(registry, ana.call)
        assert [one.application.key for one in listed] == [key]
        assert [(one.id, count) for one, count in envelopes.calls(registry)] == [(call.id, 1)]


def test_an_envelope_has_no_content_to_be_read(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        registry = people.actor(clock, "vlozisce@zgled.si", "Vlado Zgled", Role.REGISTRY)
        officer = people.actor(clock, "skrbnik@zgled.si", "Skrbnik Zgled", Role.OFFICER)
        key = envelopes.enter(registry, ana.call, OUTSIDE, clock())
        row = envelopes.one(registry, key).application
        row.call.state, row.state = CallState.CHECKING, ApplicationState.OPENED
        db.session.commit()
        with pytest.raises(Missing):
            filed_content.content_for_official(officer, key, clock())


def test_an_envelope_that_came_after_the_deadline_is_entered_too(app: Flask, clock: Clock) -> None:
    with app.app_context():
        registry = people.user(clock, "vlozisce@zgled.si", "Vlado Zgled", Role.REGISTRY)
        call = published.call(registry, state=CallState.CLOSED, deadline=START - timedelta(days=1))
        actor = people.again(people.actor(clock, "v2@zgled.si", "Vida Zgled", Role.REGISTRY), clock)
        envelopes.enter(actor, call.id, OUTSIDE, clock())
        assert db.session.scalars(select(Application.number)).all() == [1]


@pytest.mark.parametrize(
    ("outside", "field"),
    [
        (replace(OUTSIDE, sender=""), "sender"),
        (replace(OUTSIDE, arrived_at=START + timedelta(seconds=1)), "arrived_at"),
        (replace(OUTSIDE, posted_on=None), "posted_on"),
        (replace(OUTSIDE, posted_on=date(2026, 2, 17)), "posted_on"),
    ],
)
def test_what_cannot_be_is_told(app: Flask, clock: Clock, outside: Outside, field: str) -> None:
    with app.app_context():
        registry = people.user(clock, "vlozisce@zgled.si", "Vlado Zgled", Role.REGISTRY)
        call = published.call(registry)
        actor = people.actor(clock, "v2@zgled.si", "Vida Zgled", Role.REGISTRY)
        with pytest.raises(Invalid) as refused:
            envelopes.enter(actor, call.id, outside, clock())
        assert list(refused.value.fields) == [field]


def test_only_the_registry_enters_and_only_on_published_calls(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        registry = people.actor(clock, "vlozisce@zgled.si", "Vlado Zgled", Role.REGISTRY)
        with pytest.raises(Forbidden):
            envelopes.enter(ana.actor, ana.call, OUTSIDE, clock())
        with pytest.raises(Forbidden):
            envelopes.of_call(ana.actor, ana.call)
        with pytest.raises(Missing):
            envelopes.enter(registry, 999, OUTSIDE, clock())
        with pytest.raises(Missing):
            envelopes.one(registry, ana.key)
