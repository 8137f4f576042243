"""The registry's pages: an envelope entered, listed, its receipt; closed to everybody else."""

from __future__ import annotations

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

ENVELOPE = {
    "channel": "registered_post",
    "sender": published.HOSTILE,
    "sender_address": "Gaj 1, 2000 Maribor",
    "posted_on": "13. 2. 2026",
    "arrived_on": "2026-02-16",
    "arrived_hour": "8.30",
    "marked": "no",
    "note": "Raztrgan rob.",
}


@pytest.fixture
def client(app: Flask, clock: Clock) -> FlaskClient:
    with app.app_context():
        published.call(people.user(clock, "vlozisce@zgled.si", "Vlado Zgled", Role.REGISTRY))
        people.user(clock)
        db.session.remove()
    return signed_in(app, "vlozisce@zgled.si")


def test_an_envelope_is_entered_listed_and_has_a_receipt(client: FlaskClient) -> None:
    assert "še ni prispela" in client.get("/vlozisce/1").text
    entered = client.post("/vlozisce/1/nova", data=ENVELOPE)
    assert entered.status_code == 302, entered.text
    receipt = client.get(entered.location)
    assert "<script>alert" not in receipt.text
    told = Page(receipt.text).text
    for said in ("priporočeno po pošti", "13. februar 2026", "ponedeljek, 16. februar 2026 ob 08.30", "Raztrgan rob."):
        assert said in told
    [row] = Page(client.get("/vlozisce/1").text).rows()
    assert (row[0], row[2:]) == ("1", ["priporočeno po pošti", "13. februar 2026", "16. 2. 2026 08.30", "ne"])
    assert Page(client.get("/vlozisce/").text).rows()[0][-1] == "1"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"arrived_hour": "25.00"}, "Uro zapišite kot 9.30"),
        ({"posted_on": ""}, "Vpišite dan s poštnega žiga."),
        ({"arrived_hour": "23.30"}, "Čas prejema je v prihodnosti."),
        ({"channel": "portal"}, "Kako je prispela"),
    ],
)
def test_what_is_wrong_is_told_and_stays_typed(client: FlaskClient, change: dict[str, str], words: str) -> None:
    response = client.post("/vlozisce/1/nova", data=ENVELOPE | change)
    assert response.status_code == 422
    assert words in Page(response.text).text
    assert "Raztrgan rob." in response.text


def test_nobody_else_enters(app: Flask, client: FlaskClient) -> None:
    other = signed_in(app, "ana@zgled.si")
    assert [other.get(path).status_code for path in ("/vlozisce/", "/vlozisce/1", "/vlozisce/1/nova")] == [403] * 3
    assert client.get("/vlozisce/99").status_code == 404
    assert client.get("/vlozisce/ovojnice/ni").status_code == 404
