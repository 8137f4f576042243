"""People and organisations of the tests, made through the services, as the real ones are."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from razpis.engine.problems import Language
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.services.actor import SYSTEM, Actor
from razpis.services.people import accounts, standing
from tests.databases import Clock

PASSWORD = "trije mali ježki tečejo"


def user(
    clock: Clock, email: str = "ana@zgled.si", name: str = "Ana Zgled", *roles: Role, language: Language = "sl"
) -> User:
    """A person with an account and these official roles, inside an application context."""
    return accounts.invite(
        SYSTEM, name, email, roles, language, clock(), lambda token: f"https://zgled.si/{token}", PASSWORD
    )


def actor(clock: Clock, email: str = "ana@zgled.si", name: str = "Ana Zgled", *roles: Role) -> Actor:
    """The same person as an actor."""
    return standing.actor_of(user(clock, email, name, *roles), clock())


def again(person: Actor, clock: Clock) -> Actor:
    """The person with the roles they hold by now."""
    found = db.session.get(User, person.id)
    assert found is not None
    return standing.actor_of(found, clock())


def signed_in(app: Flask, email: str, password: str = PASSWORD) -> FlaskClient:
    """A browser in which this person has signed in."""
    client = app.test_client()
    response = client.post("/prijava", data={"email": email, "password": password})
    assert response.status_code == 302, response.text
    return client
