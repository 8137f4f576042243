"""Pages of a call's parts: texts of the earlier call, the model contract, parameters typed as people write them."""

from __future__ import annotations

import hashlib
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.models.base import db
from razpis.services.calls import calls
from tests import published
from tests.databases import Clock
from tests.people import signed_in
from tests.services import call_making as making
from tests.web.page import Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MODEL = b"%PDF-1.7\n% vzorec\n"


@pytest.fixture
def client(app: Flask, clock: Clock) -> FlaskClient:
    """An officer with a draft (call 1) that was made for 2025."""
    with app.app_context():
        officer = making.officer(clock)
        making.signatory(clock)
        rules = published.RULES.replace("2026", "2025").replace("label: Opis,", 'label: "Opis za leto 2025",')
        calls.create(officer, rules, clock())
        db.session.remove()
    return signed_in(app, "skrbnica@zgled.si")


def revision(app: Flask, call: int) -> str:
    with app.app_context():
        return str(making.revision(call))


def contract(app: Flask, client: FlaskClient, content: bytes, name: str = "pogodba.pdf") -> tuple[int, str]:
    data = {"revision": revision(app, 1), "contract": (io.BytesIO(content), name)}
    sent = client.post("/vodenje/razpisi/1/vzorec-pogodbe", data=data, content_type="multipart/form-data")
    return sent.status_code, sent.text


def test_a_copy_leads_to_the_texts_of_the_earlier_call(app: Flask, client: FlaskClient) -> None:
    made = client.post("/vodenje/razpisi/1/kopija", data={"reference": "41001-9/2026"})
    assert made.location == "/vodenje/razpisi/2/prejsnja-besedila"
    shown = client.get(made.location).text
    [box] = re.findall(r'href="([^"]+polje=fields/summary/label[^"]*)"', shown)
    editor = client.get(box.replace("&amp;", "&")).text
    assert 'id="fields/summary/label"' in editor
    assert re.search(r'<details class="rules" open><summary>Opis za leto 2025', editor)
    assert "Besedil, v katerih je še leto ali dan prejšnjega razpisa: 1." in client.get("/vodenje/razpisi/2").text
    nothing = client.post(made.location, data={"revision": revision(app, 2)})
    assert (nothing.status_code, "Označite besedila" in nothing.text) == (422, True)
    [name] = re.findall(r'name="names" value="([^"]+)"', shown)
    assert client.post(made.location, data={"revision": revision(app, 2), "names": name}).status_code == 302
    done = Page(client.get(made.location).text).text
    assert ("Vsa besedila so spremenjena ali potrjena." in done, "1 potrjeno besedilo" in done) == (True, True)
    stale = client.post(made.location, data={"revision": "1", "names": name})
    assert stale.status_code == 409
    signer = signed_in(app, "podpisnik@zgled.si")
    assert 'name="names"' not in signer.get(made.location).text


def test_the_contract_is_attached_looked_at_and_published_with_the_call(app: Flask, client: FlaskClient) -> None:
    assert client.get("/vodenje/razpisi/1/vzorec-pogodbe/datoteka").status_code == 404
    assert contract(app, client, b"MZ program")[0] == 422
    code, told = contract(app, client, b"")
    assert (code, "Datoteka je prazna" in told or "Izberite datoteko" in told) == (422, True)
    assert contract(app, client, MODEL, f"{published.HOSTILE}.pdf")[0] == 302
    page = client.get("/vodenje/razpisi/1/vzorec-pogodbe").text
    assert (hashlib.sha256(MODEL).hexdigest() in page, "<script>alert" in page) == (True, False)
    assert client.get("/vodenje/razpisi/1/vzorec-pogodbe/datoteka").data == MODEL


def test_the_public_gets_the_contract_of_each_version(app: Flask, clock: Clock) -> None:
    with app.app_context():
        making.published(making.officer(clock), making.signatory(clock), clock)
        db.session.remove()
    visitor = app.test_client()
    assert "/razpisi/1/vzorec-pogodbe" in visitor.get("/razpisi/1").text
    given = visitor.get("/razpisi/1/vzorec-pogodbe?razlicica=1")
    assert given.data == b"%PDF-1.7\n% pogodba\n"
    assert hashlib.sha256(given.data).hexdigest() in visitor.get("/razpisi/1/razlicica.json").text
    assert visitor.get("/razpisi/1/vzorec-pogodbe?razlicica=7").status_code == 404


def test_an_amount_among_the_parameters_is_typed_in_euros(app: Flask, client: FlaskClient) -> None:
    path = "/vodenje/razpisi/1/parametri"
    typed = {"advance_small_cents.value": "15.000,50", "advance_small_cents.article": "14. člen"}
    data = {"revision": revision(app, 1), "profile": "ZUP_pre_I", **typed}
    assert client.post(path, data=data).status_code == 302
    with app.app_context():
        assert making.call(1).parameters["advance_small_cents"]["value"] == 1_500_050
    assert 'value="15000,50"' in client.get(path).text
    for wrong in ("15.000,505,1", "1.000.000,01", "-1"):
        data |= {"revision": revision(app, 1), "advance_small_cents.value": wrong}
        refused = client.post(path, data=data)
        assert (refused.status_code, "od 0 do 1000000 (evri)" in Page(refused.text).text) == (422, True)
