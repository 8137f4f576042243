"""Drafts never filed expire with their call; what was filed does not."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState
from razpis.services.applications import applications, expiring
from razpis.services.calls import suspending
from razpis.services.people import standing
from tests import people, published
from tests.databases import Clock


def test_a_draft_expires_once_its_call_has_closed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = published.call(people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER))
        ana = people.user(clock)
        organisation = published.organisation(ana)
        applications.start(standing.actor_of(ana, clock()), call.id, organisation.id, "", clock())
        assert expiring.expire_due(clock()) == 0
        clock.at = call.deadline
        clock.forward(seconds=1)
        assert (suspending.close_due(clock()), expiring.expire_due(clock()), expiring.expire_due(clock())) == (1, 1, 0)
        assert db.session.scalars(select(Application.state)).all() == [ApplicationState.EXPIRED]
