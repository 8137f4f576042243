"""Who opens an account on the way to a call comes back to that call after confirming and signing in."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.procedure.roles import Role
from tests import people, published
from tests.databases import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NEW = {"name": "Nova Oseba", "email": "nova@zgled.si", "password": "ena dve tri štiri pet"}


def mailed(app: Flask) -> str:
    """The path of the link in the last message."""
    with app.app_context():
        body = db.session.scalars(select(Message.body).order_by(Message.id.desc())).first()
    assert body is not None
    [path] = re.findall(r"https?://[^/\s]+(/racun/potrditev/\S+)", body)
    return str(path)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/razpisi/1/prijava", "/razpisi/1/prijava"),
        ("https://drugje.si/", ""),
        ("//drugje.si", ""),
        ("/\r\nSet-Cookie: tuj=1", ""),
        ("", ""),
    ],
)
def test_the_way_to_the_call_is_kept_and_leads_nowhere_else(app: Flask, clock: Clock, wanted: str, kept: str) -> None:
    with app.app_context():
        published.call(people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER))
        db.session.remove()
    visitor = app.test_client()
    assert "next=/razpisi/1/prijava" in visitor.get("/prijava?next=/razpisi/1/prijava").text
    assert visitor.post("/racun/nov", query_string={"next": wanted}, data=NEW).status_code == 200
    path = mailed(app)
    assert "password" not in visitor.get(path).text
    confirmed = visitor.post(path)
    assert confirmed.location == ("/prijava" + (f"?next={kept}" if kept else ""))
    signed = visitor.post("/prijava", data={"email": NEW["email"], "password": NEW["password"], "next": kept})
    assert signed.location == (kept or "/zacetek")


def test_a_line_end_on_the_way_leads_to_the_first_page(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
    data = {"email": "ana@zgled.si", "password": people.PASSWORD, "next": "/a\r\nSet-Cookie: tuj=1"}
    signed = app.test_client().post("/prijava", data=data)
    assert (signed.status_code, signed.location) == (302, "/zacetek")


def test_in_another_browser_the_password_chosen_is_asked(app: Flask) -> None:
    app.test_client().post("/racun/nov", data=NEW)
    path, elsewhere = mailed(app), app.test_client()
    assert 'name="password"' in elsewhere.get(path).text
    refused = elsewhere.post(path, data={"password": "sedem veselih petelinov"})
    assert (refused.status_code, "S tem geslom račun ni bil odprt." in refused.text) == (422, True)
    assert elsewhere.post(path, data={"password": NEW["password"]}).location == "/prijava"


def test_too_many_links_asked_for_are_told_beside_the_form(app: Flask) -> None:
    client = app.test_client()
    for _ in range(5):
        assert client.post("/geslo", data={"email": "ni.takega@zgled.si"}).status_code == 200
    for address, data in (
        ("/geslo", {"email": "ni.takega@zgled.si"}),
        ("/racun/nov", NEW | {"email": "ni.takega@zgled.si"}),
    ):
        braked = client.post(address, data=data)
        assert (braked.status_code, "Preveč poskusov." in braked.text) == (422, True)
        assert 'value="ni.takega@zgled.si"' in braked.text


def test_signing_out_makes_the_browser_forget_the_pages_it_kept(app: Flask) -> None:
    signed_out = app.test_client().post("/odjava")
    assert (signed_out.status_code, signed_out.headers["Clear-Site-Data"]) == (302, '"cache"')


def test_a_suspended_call_stands_in_a_list_of_its_own(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER)
        published.call(officer)
        published.call(
            officer, reference="41001-2/2026", rules=published.RULES + "\n", state="suspended", title_sl="Zadržan"
        )
        db.session.remove()
    page = app.test_client().get("/").text
    open_part, _, rest = page.partition("Zadržani razpisi")
    assert ("/razpisi/1" in open_part, "/razpisi/2" in open_part, "/razpisi/2" in rest) == (True, False, True)
