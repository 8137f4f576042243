"""What somebody typed when their session had ended, the way back to a call begun, and what records fill in."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.models.base import db
from razpis.procedure.roles import Role
from tests import people, published
from tests.databases import Clock
from tests.people import signed_in
from tests.web.page import Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"a-programme": 'Šola "za & <vse>"', "a-access": ["rampa", "zvok"], "action": "next"}
NEW = {
    "registration_number": "5258880", "name": "Društvo Novo", "address": "Gaj 1", "legal_form": "society",
    "kind": "representative", "valid_from": "16. 2. 2026",
}  # fmt: skip


@pytest.fixture
def call(app: Flask, clock: Clock) -> int:
    """A published call; Ana represents Društvo Žarek, Bor nobody."""
    with app.app_context():
        made = published.call(people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER))
        published.organisation(people.user(clock))
        people.user(clock, "bor@zgled.si", "Bor Zgled")
        number: int = made.id
        db.session.remove()
    return number


def begun(ana: FlaskClient, call: int) -> str:
    """The address of a page of an application just begun."""
    location = ana.post(f"/razpisi/{call}/prijava", data={"organisation": "1"}).location
    return f"{location}/podatki/work"


def held(text: str) -> list[tuple[str, str]]:
    """The hidden inputs of a page but its token, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return [(name, html.unescape(value)) for name, value in found if name != "csrf_token"]


def test_what_was_typed_is_held_until_its_sender_is_signed_in_again(app: Flask, call: int) -> None:
    ana = signed_in(app, "ana@zgled.si")
    path = begun(ana, call)
    seen = dict(held(ana.get(path).text))
    lost = app.test_client()
    kept = lost.post(path, data=seen | TYPED, headers=OURS)
    assert (kept.status_code, "Niste več prijavljeni" in Page(kept.text).text) == (403, True)
    assert f'<form method="post" action="{path}">' in kept.text
    again = held(kept.text)
    assert [value for name, value in again if name in ("a-programme", "a-access")] == [
        TYPED["a-programme"],
        "rampa",
        "zvok",
    ]
    lost.post("/prijava", data={"email": "ana@zgled.si", "password": people.PASSWORD})
    fields: dict[str, list[str]] = {}
    for name, value in again:
        fields.setdefault(name, []).append(value)
    assert lost.post(path, data=fields, headers=OURS).status_code == 302
    shown = lost.get(path).text
    assert ("&lt;vse&gt;" in shown, shown.count(" checked")) == (True, 2)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://drugje.si"}, {}])
def test_what_another_site_sent_is_not_held(app: Flask, call: int, headers: dict[str, str]) -> None:
    path = begun(signed_in(app, "ana@zgled.si"), call)
    response = app.test_client().post(path, data=TYPED, headers=headers)
    assert (response.status_code, response.location) == (302, "/prijava")


def test_a_form_of_an_ended_session_is_held_but_never_a_password(app: Flask, call: int) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    visitor = app.test_client()
    old = {"Origin": "http://localhost"}
    kept = visitor.post(f"/razpisi/{call}", data={"text": "Kdaj bo izid?", "csrf_token": "x"}, headers=old)
    assert (kept.status_code, ("text", "Kdaj bo izid?") in held(kept.text)) == (400, True)
    secret = visitor.post("/prijava", data={"email": "ana@zgled.si", "password": "skrivnost"}, headers=old)
    assert (secret.status_code, "skrivnost" in secret.text, "ana@zgled.si" in secret.text) == (400, False, False)


def test_whoever_enters_an_organisation_is_led_back_to_the_call_they_came_from(app: Flask, call: int) -> None:
    bor = signed_in(app, "bor@zgled.si")
    start = f"/razpisi/{call}/prijava"
    way = Page(bor.get(start).text).links["Vpišite organizacijo"]
    assert f'name="next" type="hidden" value="{start}"' in bor.get(way).text
    details = bor.get("/organizacije/nova", query_string={"maticna": NEW["registration_number"], "next": start})
    assert details.status_code == 302
    added = bor.post(details.location, data=NEW)
    assert (added.status_code, added.location) == (302, start)
    assert "Društvo Novo" in bor.get(start).text


def test_nobody_is_led_to_another_server(app: Flask, call: int) -> None:
    bor = signed_in(app, "bor@zgled.si")
    added = bor.post("/organizacije/nova/podatki?next=https://drugje.si/", data=NEW)
    assert added.location == "/organizacije/2"


def test_an_answer_from_the_records_says_so_until_it_is_changed(app: Flask, call: int) -> None:
    ana = signed_in(app, "ana@zgled.si")
    path = begun(ana, call).replace("work", "us")
    told = "Iz podatkov organizacije; lahko popravite."
    page = ana.get(path).text
    assert page.count(told) == 4
    assert 'aria-describedby="a-head-source a-head-error"' in page
    saved = {"seen-head": dict(held(page))["seen-head"], "a-head": "Druga Oseba"}
    ana.post(path.replace("podatki/us", "shrani"), data=saved)
    assert ana.get(path).text.count(told) == 3
