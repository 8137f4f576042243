"""People as an administrator looks for them."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.procedure.roles import Role
from razpis.services.errors import Forbidden, Missing
from razpis.services.people import accounts, people
from tests import people as made
from tests.databases import Clock
from tests.services.organisation_making import added


def test_people_are_found_by_words_and_role(app: Flask, clock: Clock) -> None:
    with app.app_context():
        admin = made.actor(clock, "sonja@mom.si", "Sonja Škrbec", Role.ADMINISTRATOR)
        made.user(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER, Role.REGISTRY)
        ana = made.actor(clock)
        found = people.listed(admin)
        assert ([one.name for one in found.people], found.count, found.pages) == (
            ["Ana Zgled", "Sonja Škrbec", "Ula Uradna"],
            3,
            1,
        )
        for words, role, names in (
            ("škrb", None, ["Sonja Škrbec"]),
            ("ZGLED.si", None, ["Ana Zgled"]),
            ("", Role.REGISTRY, ["Ula Uradna"]),
            ("ana", Role.REGISTRY, []),
        ):
            assert [one.name for one in people.listed(admin, words, role).people] == names
        assert people.listed(admin, page=2).people == []
        added(ana, clock)
        assert ana.id is not None
        assert people.by_fact(people.one(admin, ana.id), clock()) == [Role.APPLICANT]
        with pytest.raises(Missing):
            people.one(admin, 10_000)
        with pytest.raises(Forbidden):
            people.listed(ana)


def test_roles_that_ended_are_not_held(app: Flask, clock: Clock) -> None:
    with app.app_context():
        admin = made.actor(clock, "sonja@mom.si", "Sonja Skrbna", Role.ADMINISTRATOR)
        ula = made.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        assert ula.id is not None
        accounts.set_roles(admin, ula.id, [Role.REGISTRY], clock())
        found = people.one(admin, ula.id)
        assert (people.held(found), len(found.roles)) == ([Role.REGISTRY], 2)
        assert people.listed(admin, role=Role.OFFICER).count == 0
