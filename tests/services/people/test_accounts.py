"""Accounts: opened, confirmed, reset, given roles; what is refused changes nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.accounts import Login, User
from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.procedure.roles import Role
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.people import accounts, logins
from tests import people
from tests.databases import Clock
from tests.people import PASSWORD


def confirm(token: str) -> str:
    return f"https://zgled.si/confirm/{token}"


def reset(token: str) -> str:
    return f"https://zgled.si/reset/{token}"


def register(clock: Clock, email: str = "ana@zgled.si", password: str = PASSWORD, name: str = "Ana Zgled") -> None:
    accounts.register(name, email, password, "sl", clock(), confirm, reset)


def ticket(kind: str) -> str:
    """The token in the latest mail with a link of this kind."""
    bodies = db.session.scalars(select(Message.body).order_by(Message.id.desc())).all()
    found = [match for body in bodies if (match := re.search(rf"/{kind}/(\S+)", body))]
    return found[0].group(1)


def sign_in(clock: Clock, email: str = "ana@zgled.si", password: str = PASSWORD, network: str = "1.2.3.4") -> str:
    return logins.sign_in(email, password, network, "Brskalnik", clock())


def test_an_account_works_once_its_address_is_confirmed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        register(clock, " Ana@Zgled.si ")
        with pytest.raises(Refused, match="potrjen"):
            sign_in(clock)
        accounts.confirm(ticket("confirm"), clock())
        actor = logins.actor(sign_in(clock, "ANA@zgled.si"), clock())
        assert actor is not None
        assert (actor.name, actor.roles) == ("Ana Zgled", frozenset())


def test_a_link_works_once_and_only_in_its_time(app: Flask, clock: Clock) -> None:
    with app.app_context():
        register(clock)
        token = ticket("confirm")
        with pytest.raises(Refused, match="ne velja več"):
            accounts.confirm(token, clock() + timedelta(hours=24, seconds=1))
        db.session.rollback()
        accounts.confirm(token, clock() + timedelta(hours=24))
        with pytest.raises(Refused, match="ne velja več"):
            accounts.confirm(token, clock())


def test_nobody_learns_whether_an_address_has_an_account(app: Flask, clock: Clock) -> None:
    with app.app_context():
        register(clock)
        register(clock, password="pet velikih medvedov", name="Nekdo Drug")
        accounts.ask_reset("ni.takega@zgled.si", clock(), reset)
        subjects = db.session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert subjects == ["Potrdite svoj e-naslov", "Račun s tem naslovom že imate"]
        assert db.session.scalars(select(User.name)).all() == ["Ana Zgled"]


@pytest.mark.parametrize(
    ("name", "email", "password", "field"),
    [
        ("An", "ana@zgled.si", PASSWORD, "name"),
        ("Ana Zgled", "ana", PASSWORD, "email"),
        ("Ana Zgled", "ana@zgled", PASSWORD, "email"),
        ("Ana Zgled", "a na@zgled.si", PASSWORD, "email"),
        ("Ana Zgled", "ana@zgled.si", "kratko", "password"),
        ("Ana Zgled", "ana@zgled.si", "moje-geslo-je-dolgo", "password"),
        ("Ana Zgled", "ana@zgled.si", "zgled in še en del", "password"),
        ("Ана Згледова", "ana@zgled.si", PASSWORD, "name"),
        ("Ana Zgled", "ana@zgled.si", "aaaaaaaaaaaaaaaa", "password"),
        ("Ana Zgled", "ana@zgled.si", "x" * 201, "password"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(
    app: Flask, clock: Clock, name: str, email: str, password: str, field: str
) -> None:
    with app.app_context():
        with pytest.raises(Invalid) as refused:
            register(clock, email, password, name)
        assert list(refused.value.fields) == [field]
        assert db.session.scalars(select(User.id)).all() == []


def test_a_new_password_signs_the_person_out_everywhere(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        token = sign_in(clock)
        accounts.ask_reset("ana@zgled.si", clock(), reset)
        accounts.reset(ticket("reset"), "pet velikih medvedov spi", clock())
        assert logins.actor(token, clock()) is None
        with pytest.raises(Refused, match="ne ujemata"):
            sign_in(clock)
        assert logins.actor(sign_in(clock, password="pet velikih medvedov spi"), clock()) is not None


def test_asking_twice_ends_the_first_link(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        accounts.ask_reset("ana@zgled.si", clock(), reset)
        first = ticket("reset")
        accounts.ask_reset("ana@zgled.si", clock(), reset)
        with pytest.raises(Refused, match="ne velja več"):
            accounts.reset(first, "pet velikih medvedov spi", clock())


def test_guessing_is_braked_and_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        for _ in range(logins.MOST_BY_EMAIL):
            with pytest.raises(Refused, match="ne ujemata"):
                sign_in(clock, password="narobe narobe")
        with pytest.raises(Refused, match="Preveč neuspelih"):
            sign_in(clock)
        clock.forward(minutes=16)
        assert logins.actor(sign_in(clock), clock()) is not None


def test_a_session_ends_by_time_by_its_person_and_with_the_account(app: Flask, clock: Clock) -> None:
    with app.app_context():
        admin = people.actor(clock, "skrbnica@zgled.si", "Sonja Zgled", Role.ADMINISTRATOR)
        ana = people.actor(clock)
        other = people.actor(clock, "bor@zgled.si", "Bor Zgled")
        first, second = sign_in(clock), sign_in(clock)
        newest, oldest = logins.sessions(ana, clock())
        with pytest.raises(Missing):
            logins.end(other, oldest.id, clock())
        logins.end(ana, oldest.id, clock())
        assert (logins.actor(first, clock()), logins.actor(second, clock())) == (None, ana)
        assert logins.actor(second, clock() + logins.LASTS) is None
        assert ana.id is not None
        accounts.disable(admin, ana.id, clock())
        assert logins.actor(second, clock()) is None
        assert [one.ended_at is not None for one in db.session.scalars(select(Login))] == [True, True]
        assert newest.id > oldest.id


def test_roles_that_may_not_meet_are_refused(app: Flask, clock: Clock) -> None:
    with app.app_context():
        admin = people.actor(clock, "skrbnica@zgled.si", "Sonja Zgled", Role.ADMINISTRATOR)
        ana = people.actor(clock, "ana@zgled.si", "Ana Zgled", Role.OFFICER)
        assert ana.id is not None
        assert admin.id is not None
        with pytest.raises(Refused, match="Nadzornik"):
            accounts.set_roles(admin, ana.id, [Role.OFFICER, Role.AUDITOR], clock())
        db.session.rollback()
        assert people.again(ana, clock).roles == {Role.OFFICER}
        accounts.set_roles(admin, ana.id, [Role.REGISTRY], clock())
        assert people.again(ana, clock).roles == {Role.REGISTRY}
        with pytest.raises(Forbidden):
            accounts.set_roles(people.again(ana, clock), ana.id, [Role.ADMINISTRATOR], clock())
        with pytest.raises(Refused, match="Skrbništva"):
            accounts.set_roles(admin, admin.id, [], clock())
        with pytest.raises(Missing):
            accounts.set_roles(admin, 10_000, [], clock())


def test_an_outside_identity_needs_an_account_and_is_tied_to_it_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        with pytest.raises(Refused, match="še ni računa"):
            logins.sign_in_from("https://id.zgled.si", "77", "kdo@zgled.si", "Brskalnik", clock())
        db.session.rollback()
        logins.sign_in_from("https://id.zgled.si", "77", "Ana@zgled.si", "Brskalnik", clock())
        token = logins.sign_in_from("https://id.zgled.si", "77", None, "Brskalnik", clock())
        assert logins.actor(token, clock()) == ana
        with pytest.raises(Refused, match="še ni računa"):
            logins.sign_in_from("https://id.zgled.si", "78", None, "Brskalnik", clock())
