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


def register(clock: Clock, email: str = "ana@zgled.si", password: str = PASSWORD, name: str = "Ana Zgled") -> str:
    return accounts.register(name, email, password, "sl", "1.2.3.4", clock(), confirm, reset)


def ask_reset(clock: Clock, email: str = "ana@zgled.si", network: str = "1.2.3.4") -> None:
    accounts.ask_reset(email, network, clock(), reset)


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
        accounts.confirm(ticket("confirm"), None, PASSWORD, clock())
        actor = logins.actor(sign_in(clock, "ANA@zgled.si"), clock())
        assert actor is not None
        assert (actor.name, actor.roles) == ("Ana Zgled", frozenset())


def test_a_stranger_s_password_is_not_confirmed_by_whose_address_it_is(app: Flask, clock: Clock) -> None:
    with app.app_context():
        strangers = register(clock)
        token = ticket("confirm")
        mine = register(clock, password="pet velikih medvedov")
        kept = (strangers, mine, None)
        assert [accounts.opened_here(token, one) for one in kept] == [True, False, False]
        for one in (mine, None):
            with pytest.raises(Invalid) as refused:
                accounts.confirm(token, one, "pet velikih medvedov", clock())
            assert list(refused.value.fields) == ["password"]
            db.session.rollback()
        accounts.reset(ticket("reset"), "pet velikih medvedov", clock())
        assert logins.actor(sign_in(clock, password="pet velikih medvedov"), clock()) is not None
        with pytest.raises(Refused, match="ne ujemata"):
            sign_in(clock)


def test_the_browser_that_opened_the_account_confirms_it_by_a_button(app: Flask, clock: Clock) -> None:
    with app.app_context():
        kept = register(clock)
        accounts.confirm(ticket("confirm"), kept, "", clock())
        assert logins.actor(sign_in(clock), clock()) is not None


def test_nobody_s_mail_is_flooded_and_nothing_is_learnt_from_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        for email in ("ana@zgled.si", "ni.takega@zgled.si"):
            for number in range(accounts.MOST_TO_ONE):
                ask_reset(clock, email, f"10.0.0.{number}")
            with pytest.raises(Refused, match="Preveč poskusov"):
                ask_reset(clock, email, "10.0.1.1")
            with pytest.raises(Refused, match="Preveč poskusov"):
                register(clock, email, name="Nekdo Drug")
            db.session.rollback()
        assert len(db.session.scalars(select(Message.id)).all()) == accounts.MOST_TO_ONE
        clock.forward(minutes=16)
        ask_reset(clock)
        assert len(db.session.scalars(select(Message.id)).all()) == accounts.MOST_TO_ONE + 1


def test_one_network_opens_no_accounts_without_end(app: Flask, clock: Clock) -> None:
    with app.app_context():
        for number in range(accounts.MOST_FROM_NETWORK):
            ask_reset(clock, f"oseba{number}@zgled.si", f"2001:db8:0:1::{number:x}")
        with pytest.raises(Refused, match="Preveč poskusov"):
            ask_reset(clock, "nova@zgled.si", "2001:db8:0:1:ffff::1")
        ask_reset(clock, "nova@zgled.si", "2001:db8:0:2::1")


def test_a_link_works_once_and_only_in_its_time(app: Flask, clock: Clock) -> None:
    with app.app_context():
        register(clock)
        token = ticket("confirm")
        with pytest.raises(Refused, match="ne velja več"):
            accounts.confirm(token, None, PASSWORD, clock() + timedelta(hours=24, seconds=1))
        db.session.rollback()
        accounts.confirm(token, None, PASSWORD, clock() + timedelta(hours=24))
        with pytest.raises(Refused, match="ne velja več"):
            accounts.confirm(token, None, PASSWORD, clock())


def test_nobody_learns_whether_an_address_has_an_account(app: Flask, clock: Clock) -> None:
    with app.app_context():
        register(clock)
        register(clock, password="pet velikih medvedov", name="Nekdo Drug")
        ask_reset(clock, "ni.takega@zgled.si")
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
        ask_reset(clock)
        accounts.reset(ticket("reset"), "pet velikih medvedov spi", clock())
        assert logins.actor(token, clock()) is None
        with pytest.raises(Refused, match="ne ujemata"):
            sign_in(clock)
        assert logins.actor(sign_in(clock, password="pet velikih medvedov spi"), clock()) is not None


def test_asking_twice_ends_the_first_link(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        ask_reset(clock)
        first = ticket("reset")
        ask_reset(clock)
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


def test_a_stranger_who_guesses_shuts_out_only_their_own_network(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        for _ in range(logins.MOST_BY_EMAIL + 1):
            with pytest.raises(Refused):
                sign_in(clock, password="narobe narobe", network="6.6.6.6")
        assert logins.actor(sign_in(clock, network="1.2.3.4"), clock()) is not None
        with pytest.raises(Refused, match="Preveč neuspelih"):
            sign_in(clock, network="6.6.6.6")


def test_guessing_from_everywhere_is_braked_too_and_a_new_password_lifts_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        for number in range(logins.MOST_ANYWHERE):
            with pytest.raises(Refused, match="ne ujemata"):
                sign_in(clock, password="narobe narobe", network=f"6.6.6.{number}")
        with pytest.raises(Refused, match="nastavite novo geslo"):
            sign_in(clock)
        ask_reset(clock)
        accounts.reset(ticket("reset"), "pet velikih medvedov spi", clock())
        assert logins.actor(sign_in(clock, password="pet velikih medvedov spi"), clock()) is not None


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
        with pytest.raises(Refused, match="upravitelja sistema si ne morete odvzeti"):
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
