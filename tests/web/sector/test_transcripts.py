"""The pages on which applications on paper are typed in: after the opening only, field by field, with scans."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.journal import Event
from razpis.procedure.states import ApplicationState
from tests import commission_made as made
from tests import published
from tests.databases import Clock
from tests.people import signed_in
from tests.web.page import Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
KEY = "papir001"
US = {"a-name": "Društvo Papir", "a-programme": "Na papirju"}
WORK = {
    "a-seat": "here",
    "a-members": "40",
    "a-requested": "3.000,00",
    "a-signed": "true",
}
MONEY = {"rows-costs": "1", "a-costs-0-what": "prostor", "a-costs-0-amount": "1.000,00"}


@pytest.fixture
def call(app: Flask, clock: Clock) -> int:
    """A call at its opening with one application on paper, not opened yet."""
    with app.app_context():
        found = made.made(clock, 1)
        made.on_paper(found.call, 1, sender=published.HOSTILE)
        made.let_in(found.registry, found.officer, found.president)
        db.session.remove()
        return found.call


@pytest.fixture
def client(app: Flask, call: int) -> FlaskClient:
    return signed_in(app, "vlozisce@zgled.si")


def open_it(app: Flask, state: ApplicationState = ApplicationState.OPENED) -> None:
    with app.app_context():
        db.session.scalars(select(Application).where(Application.key == KEY)).one().state = state
        db.session.commit()
        db.session.remove()


def page(client: FlaskClient, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, response.text
    return Page(response.text)


def hidden(client: FlaskClient, path: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', client.get(path).text)
    return dict(found)


def send(client: FlaskClient, topic: str, typed: Mapping[str, Any], action: str = "next") -> TestResponse:
    path = f"/prepisi/{KEY}/podatki/{topic}"
    data: MultiDict[str, Any] = MultiDict(hidden(client, path) | {"action": action})
    for name, value in typed.items():
        data.setlist(name, [value])
    return client.post(path, data=data, content_type="multipart/form-data")


def test_a_closed_envelope_is_refused_on_every_page(app: Flask, client: FlaskClient, call: int) -> None:
    pages = (f"/prepisi/{KEY}", f"/prepisi/{KEY}/prijavitelj", f"/prepisi/{KEY}/podatki/the-programme")
    for state in (ApplicationState.SUBMITTED, ApplicationState.LATE):
        open_it(app, state)
        for path in pages:
            for response in (client.get(path), client.post(path, data={"known": "no", "action": "next"})):
                assert (response.status_code, published.HOSTILE in response.text) == (409, False)
        assert client.get(f"/prepisi/{KEY}/priloge/ni").status_code == 409
        listed = page(client, f"/prepisi/razpis/{call}")
        assert (f"/prepisi/{KEY}" in str(listed), "ovojnica je zaprta" in listed.text) == (False, True)
    with app.app_context():
        assert db.session.scalars(select(Event).where(Event.action.startswith("transcript"))).all() == []


def test_from_the_envelope_to_the_file(app: Flask, client: FlaskClient, call: int) -> None:
    open_it(app)
    assert "Prepišite odprte vloge na papirju (1)" in page(client, "/zacetek").text
    assert page(client, f"/prepisi/razpis/{call}").rows()[0][-1] == "še ni začet"
    sent = client.post(
        f"/prepisi/{KEY}/prijavitelj",
        data={"known": "yes", "registration_number": "5258880", "name": "Društvo Papir", "address": "Gaj 1",
              "legal_form": "society"},
    )  # fmt: skip
    assert sent.status_code == 302, sent.text
    scan = {"a-plan": (io.BytesIO(published.PDF), "nacrt.pdf")}
    for topic, typed in (
        ("the-applicant", US),
        ("the-programme", WORK),
        ("table-costs", MONEY),
        ("the-attachments", scan),
    ):
        sent = send(client, topic, typed)
        assert sent.status_code == 302, sent.text
    assert sent.location.endswith(f"/prepisi/{KEY}")
    told = page(client, f"/prepisi/{KEY}")
    for said in ("Društvo Papir", "nacrt.pdf", "1.000,00 EUR", "3.000,00 EUR"):
        assert said in told.text
    [file] = set(re.findall(rf"/prepisi/{KEY}/priloge/[^\"]+", client.get(f"/prepisi/{KEY}").text))
    assert client.get(file).data == published.PDF
    done = client.post(f"/prepisi/{KEY}", data=hidden(client, f"/prepisi/{KEY}"))
    assert done.status_code == 302, done.text
    assert "V spisu je prepis s številko" in page(client, f"/prepisi/{KEY}").text
    assert page(client, f"/prepisi/razpis/{call}").rows()[0][-1] == "v spisu"
    officer = signed_in(app, "skrbnica@zgled.si")
    assert f"/prepisi/razpis/{call}" in officer.get(f"/vodenje/razpisi/{call}").text


def test_what_is_wrong_is_told_and_stays_typed(app: Flask, client: FlaskClient) -> None:
    open_it(app)
    sent = send(client, "the-programme", {**WORK, "a-members": "okrog sto", "a-note": published.HOSTILE})
    assert sent.status_code == 422
    assert "okrog sto" in sent.text
    assert "<script>alert" not in sent.text
    assert "alert(" in page(client, f"/prepisi/{KEY}").text
    unsure = client.post(f"/prepisi/{KEY}", data=hidden(client, f"/prepisi/{KEY}"))
    assert (unsure.status_code, "Določite prijavitelja" in unsure.text) == (422, True)
    stale = client.post(f"/prepisi/{KEY}", data={"revision": "1", "unidentified": "y"})
    assert (stale.status_code, "Preglejte ga še enkrat" in stale.text) == (409, True)
    nobody = client.post(f"/prepisi/{KEY}/prijavitelj", data={"known": "yes", "registration_number": "123"})
    assert (nobody.status_code, "123" in nobody.text) == (422, True)


def test_rows_are_added_and_removed_and_a_second_tab_is_told(app: Flask, client: FlaskClient) -> None:
    open_it(app)
    path = f"/prepisi/{KEY}/podatki/the-programme"
    old = hidden(client, path)
    more = send(client, "table-costs", MONEY, "add:costs")
    assert "rows-costs=2" in more.location
    assert send(client, "table-costs", MONEY, "drop:costs-0").status_code == 302
    assert send(client, "the-programme", {}, "drop:members-0").status_code == 404
    assert send(client, "the-programme", WORK).status_code == 302
    second = client.post(path, data=old | {"a-members": "50", "action": "next"})
    assert second.status_code == 409
    kept = client.post(path, data={"a-members": "50", "seen-members": old["seen-members"], "action": "theirs:members"})
    assert kept.status_code == 302
    assert "40" in page(client, f"/prepisi/{KEY}").text


def test_a_script_saves_field_by_field_and_a_second_tab_is_told(app: Flask, client: FlaskClient) -> None:
    path, address = f"/prepisi/{KEY}/podatki/the-programme", f"/prepisi/{KEY}/shrani"
    closed = client.post(address, data={"a-members": "40", "seen-members": "0-x"})
    assert (closed.status_code, closed.get_json()["told"][:26]) == (409, "Ovojnica še ni odprta. Odp")
    open_it(app)
    assert f'data-save="{address}"' in client.get(path).text
    seen = hidden(client, path)["seen-members"]
    first = client.post(address, data={"seen-members": seen, "a-members": "40"}).get_json()
    assert (first["told"][:13], list(first["seen"])) == ("Shranjeno ob ", ["members"])
    wrong = client.post(address, data={"seen-members": first["seen"]["members"], "a-members": "okrog sto"}).get_json()
    assert (list(wrong["faults"]), wrong["told"]) == (["a-members"], "")
    second = client.post(address, data={"seen-members": seen, "a-members": "50"})
    assert (second.status_code, "40" in second.get_json()["conflicts"]["members"]) == (409, True)
    rows = client.post(
        address, data=MONEY | {"seen-costs": hidden(client, path.replace("the-programme", "table-costs"))["seen-costs"]}
    )
    assert rows.get_json()["sums"] == {"costs": {"amount": "1.000,00\u00a0EUR"}}
    assert 'value="40"' in client.get(path).text


def test_a_scan_is_taken_by_its_content_and_can_be_removed(app: Flask, client: FlaskClient) -> None:
    open_it(app)
    wrong = send(client, "the-attachments", {"a-plan": (io.BytesIO(b"MZ program"), "nacrt.pdf")})
    assert wrong.status_code == 422
    send(client, "the-attachments", {"a-plan": (io.BytesIO(published.PDF), "nacrt.pdf")})
    path = f"/prepisi/{KEY}/podatki/the-attachments"
    [file] = set(re.findall(r'value="remove:([^"]+)"', client.get(path).text))
    assert send(client, "the-attachments", {}, f"remove:{file}").status_code == 302
    assert "nacrt.pdf" not in client.get(path).text


def test_once_the_commission_has_checked_it_only_shows(app: Flask, client: FlaskClient) -> None:
    open_it(app)
    path = f"/prepisi/{KEY}/podatki/the-programme"
    open_it(app, ApplicationState.COMPLETE)
    shown = client.get(path).text
    assert (client.get(f"/prepisi/{KEY}").status_code, "ni več mogoče spremeniti" in shown) == (200, True)
    assert client.post(path, data={"a-members": "1", "seen-members": "0-x", "action": "next"}).status_code == 409


def test_nobody_else_comes_in(app: Flask, client: FlaskClient, call: int) -> None:
    open_it(app)
    for path in (f"/prepisi/{KEY}", f"/prepisi/razpis/{call}"):
        assert signed_in(app, "predsednica@zgled.si").get(path).status_code == 403
    assert client.get("/prepisi/kljuc000").status_code == 404
    assert client.get("/prepisi/razpis/99").status_code == 404
