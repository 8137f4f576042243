"""A person's organisations in the browser: added, edited by two at once, shared, never seen by strangers."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from razpis.models.base import db
from razpis.models.organisations import Mandate, MandateOffer, Organisation
from razpis.procedure.roles import Role
from razpis.services.actor import SYSTEM
from razpis.services.organisations import register
from tests import people
from tests.databases import Clock
from tests.people import signed_in
from tests.services.organisation_making import NUMBER, PDF, STATE_IBAN
from tests.web.page import Page

DETAILS = {
    "registration_number": NUMBER,
    "name": "Društvo Čebelica",
    "address": "Koroška cesta 1, 2000 Maribor",
    "legal_form": "society",
    "kind": "representative",
    "valid_from": "2026-02-16",
}
ONE = "/organizacije/1"


def client(app: Flask, clock: Clock, email: str = "ana@zgled.si", name: str = "Ana Zgled", *roles: Role) -> FlaskClient:
    with app.app_context():
        people.user(clock, email, name, *roles)
        db.session.remove()
    return signed_in(app, email)


def sent(ana: FlaskClient, path: str, **form: object) -> Page:
    """The page after a form that was taken."""
    response = ana.post(path, data=form, content_type="multipart/form-data", follow_redirects=True)
    assert response.status_code == 200, response.text
    return Page(response.text)


def test_an_organisation_is_filled_in_from_the_register_and_added(app: Flask, clock: Clock) -> None:
    with app.app_context():
        line = "maticna;naziv;naslov;pravna_oblika;davcna\n5258880;ZVEZA DRUŠTEV Č;Ulica 1;društvo, zveza društev;14717468\n"
        register.take_in(SYSTEM, io.BytesIO(line.encode()), "prs.csv", clock())
        db.session.remove()
    ana = client(app, clock)
    assert "Najprej dodajte svojo" in ana.get("/organizacije/").text
    page = ana.get("/organizacije/nova?maticna=5258880000", follow_redirects=True).text
    for value in ('value="ZVEZA DRUŠTEV Č"', 'value="Ulica 1"', 'value="14717468"', '<option selected value="union">'):
        assert value in page
    shown = sent(ana, "/organizacije/nova/podatki", **DETAILS, iban=STATE_IBAN)
    assert "Organizacija je dodana." in shown.text
    assert "Račun 01… ima proračunski uporabnik pri UJP" in shown.text
    assert "SI56 0110 0600 0000 314" in shown.text
    assert shown.tables[0][1][:3] == ["Ana Zgled", "zakoniti zastopnik", "od 16. 2. 2026"]


def test_what_is_wrong_stays_in_the_form_with_its_words(app: Flask, clock: Clock) -> None:
    ana = client(app, clock)
    response = ana.get("/organizacije/nova?maticna=5258881")
    assert (response.status_code, "kontrolna števka" in response.text) == (422, True)
    wrong = DETAILS | {"kind": "attorney", "name": "Društvo <b>", "valid_to": "jutri"}
    response = ana.post("/organizacije/nova/podatki", data=wrong)
    assert (response.status_code, "Dan zapišite kot 5. 6. 2026." in response.text) == (422, True)
    response = ana.post("/organizacije/nova/podatki", data=wrong | {"valid_to": ""})
    assert (response.status_code, "Priložite pooblastilo" in response.text) == (422, True)
    assert 'value="Društvo &lt;b&gt;"' in response.text
    response = ana.post("/organizacije/nova/podatki", data={})
    assert (response.status_code, "Izberite podlago." in response.text) == (422, True)


def test_a_taken_number_leads_to_evidence(app: Flask, clock: Clock) -> None:
    sent(client(app, clock), "/organizacije/nova/podatki", **DETAILS)
    bor = client(app, clock, "bor@zgled.si", "Bor Zgled")
    response = bor.get(f"/organizacije/nova?maticna={NUMBER}")
    page = Page(response.text)
    assert (response.status_code, "Prosite koga, ki jo tu že zastopa" in page.text) == (422, True)
    address = page.links["Vloži pooblastilo z dokazilom"]
    assert f'value="{NUMBER}"' in bor.get(address).text
    form = {"registration_number": NUMBER, "kind": "representative", "valid_from": "16. 2. 2026"}
    response = bor.post(address, data=form)
    assert (response.status_code, "Priložite dokazilo" in response.text) == (422, True)
    page = sent(bor, address, **form, evidence=(io.BytesIO(PDF), "izpis.pdf"))
    assert "Društvo Čebelica: čaka na pregled" in page.text
    assert bor.get(ONE).status_code == 404


def test_two_who_edit_at_once_see_both_versions(app: Flask, clock: Clock) -> None:
    ana = client(app, clock)
    sent(ana, "/organizacije/nova/podatki", **DETAILS)
    change = {key: DETAILS[key] for key in ("name", "address", "legal_form")}
    assert 'name="revision" type="hidden" value="1"' in ana.get(f"{ONE}/uredi").text
    sent(ana, f"{ONE}/uredi", **change, revision="1", phone="040 111 222")
    response = ana.post(f"{ONE}/uredi", data=change | {"revision": "1", "phone": "041 333 444", "legal_form": "union"})
    page = Page(response.text)
    assert response.status_code == 409
    assert page.rows() == [["Pravna oblika", "društvo", "zveza društev"], ["Telefon", "040 111 222", "041 333 444"]]
    assert 'name="revision" type="hidden" value="2"' in response.text
    assert 'value="041 333 444"' in response.text
    page = sent(ana, f"{ONE}/uredi", **change, revision="2", phone="041 333 444")
    assert "041 333 444" in page.text


def test_statuses_and_representatives_are_kept(app: Flask, clock: Clock) -> None:
    ana = client(app, clock)
    sent(ana, "/organizacije/nova/podatki", **DETAILS)
    given = {"kind": "humanitarian_social", "decision_number": "123-4/2020", "decided_on": "2020-05-04"}
    page = sent(ana, f"{ONE}/status/nov", **given, evidence=(io.BytesIO(PDF), "../odločba.pdf"))
    assert page.tables[0][1][:4] == [
        "humanitarna organizacija (razvid MDDSZ)",
        "123-4/2020",
        "od 4. 5. 2020",
        "odločba.pdf (1 kB)",
    ]
    file = ana.get(page.links["odločba.pdf"])
    assert (file.data, file.headers["Content-Type"], file.headers["X-Content-Type-Options"]) == (
        PDF,
        "application/pdf",
        "nosniff",
    )
    assert file.headers["Content-Disposition"].startswith("attachment")
    wrong = ana.post(f"{ONE}/status/nov", data=given | {"kind": "public_interest", "decided_on": "2030-01-01"})
    assert (wrong.status_code, "Vpišite področje" in wrong.text) == (422, True)
    assert "123-4/2020" in ana.get(f"{ONE}/status/1/konec").text
    assert sent(ana, f"{ONE}/status/1/konec").tables[0][1][4] == "ne velja več"
    page = sent(ana, f"{ONE}/zastopnik/nov", name="Vida Vodja", function="predsednica", valid_from="2025-01-12")
    assert page.tables[1][1][:3] == ["Vida Vodja", "predsednica", "od 12. 1. 2025"]
    early = ana.post(f"{ONE}/zastopnik/1/konec", data={"valid_to": "2024-01-01"})
    assert (early.status_code, "Zadnji dan je pred prvim." in early.text) == (422, True)
    assert sent(ana, f"{ONE}/zastopnik/1/konec", valid_to="2026-02-01").tables[1][1][2] == "12. 1. 2025 – 1. 2. 2026"
    assert ana.post(f"{ONE}/zastopnik/nov", data={}).status_code == 422


def test_a_file_that_is_no_evidence_is_refused(app: Flask, clock: Clock) -> None:
    ana = client(app, clock)
    script = (io.BytesIO(b"<script>alert(1)</script>"), "odlocba.pdf")
    form = DETAILS | {"kind": "attorney", "evidence": script}
    response = ana.post("/organizacije/nova/podatki", data=form, content_type="multipart/form-data")
    assert (response.status_code, "Te vrste datotek ne sprejemamo" in response.text) == (422, True)
    large = DETAILS | {"kind": "attorney", "evidence": FileStorage(io.BytesIO(PDF + b"x" * 2_000_000), "veliko.pdf")}
    boundary, body = encode_multipart(large)
    sending = f"multipart/form-data; boundary={boundary}"
    response = ana.post("/organizacije/nova/podatki", data=body, content_type=sending)
    assert response.status_code == 302


def test_a_mandate_is_offered_accepted_and_revoked(app: Flask, clock: Clock) -> None:
    ana, bor = client(app, clock), client(app, clock, "bor@zgled.si", "Bor Zgled")
    sent(ana, "/organizacije/nova/podatki", **DETAILS)
    page = sent(ana, f"{ONE}/pooblastilo/novo", email="bor@zgled.si", valid_from="2026-02-16")
    assert "Ponudba je poslana." in page.text
    assert "bor@zgled.si" in page.text
    assert ana.post(f"{ONE}/pooblastilo/novo", data={"email": "bor", "valid_from": "2026-02-16"}).status_code == 422
    assert "Ponujeno pooblastilo: Društvo Čebelica" in Page(bor.get("/organizacije/").text).text
    assert ana.post("/organizacije/ponudba/1/sprejem").status_code == 404
    page = sent(bor, "/organizacije/ponudba/1/sprejem")
    assert page.links["Društvo Čebelica"] == ONE
    assert "Bor Zgled po preklicu" in ana.get(f"{ONE}/pooblastilo/2/preklic").text
    sent(ana, f"{ONE}/pooblastilo/2/preklic")
    assert bor.get(ONE).status_code == 404
    assert ana.get(f"{ONE}/pooblastilo/2/preklic").status_code == 404
    assert "To je vaše pooblastilo" in ana.get(f"{ONE}/pooblastilo/1/preklic").text
    assert "Vaše organizacije" in sent(ana, f"{ONE}/pooblastilo/1/preklic").text


def test_an_offer_is_taken_back_or_declined(app: Flask, clock: Clock) -> None:
    ana, bor = client(app, clock), client(app, clock, "bor@zgled.si", "Bor Zgled")
    sent(ana, "/organizacije/nova/podatki", **DETAILS)
    for path in ("/organizacije/1/ponudba/1/umik", "/organizacije/ponudba/2/zavrnitev"):
        sent(ana, f"{ONE}/pooblastilo/novo", email="bor@zgled.si", valid_from="2026-02-16")
        sent(bor if "zavrnitev" in path else ana, path)
    with app.app_context():
        assert [one.accepted for one in db.session.query(MandateOffer).order_by(MandateOffer.id)] == [False, False]
        assert db.session.query(Mandate).count() == 1


@pytest.mark.parametrize(
    "path",
    [
        ONE,
        f"{ONE}/uredi",
        f"{ONE}/status/nov",
        f"{ONE}/status/1/konec",
        f"{ONE}/zastopnik/nov",
        f"{ONE}/zastopnik/1/konec",
        f"{ONE}/pooblastilo/novo",
        f"{ONE}/pooblastilo/1/preklic",
        f"{ONE}/dokazilo/x",
    ],
)
def test_for_a_stranger_an_organisation_does_not_exist(app: Flask, clock: Clock, path: str) -> None:
    sent(client(app, clock), "/organizacije/nova/podatki", **DETAILS)
    bor = client(app, clock, "bor@zgled.si", "Bor Zgled")
    assert bor.get(path).status_code == 404
    if path not in (ONE, f"{ONE}/dokazilo/x"):
        assert bor.post(path, data=DETAILS | {"revision": "1", "email": "x@y.si"}).status_code == 404


def test_visitors_sign_in_first_and_officials_stay_outside(app: Flask, clock: Clock) -> None:
    response = app.test_client().get("/organizacije/nova")
    assert (response.status_code, response.location) == (302, "/prijava?next=/organizacije/nova")
    clerk = client(app, clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
    for method, path in (("GET", "/organizacije/"), ("POST", "/organizacije/nova/podatki")):
        response = clerk.open(path, method=method, data=DETAILS)
        assert (response.status_code, "odločali bi v svoji stvari" in response.text) == (403, True)
    with app.app_context():
        assert db.session.query(Organisation).count() == 0
    assert "Prijavitelji" in Page(clerk.get("/prijavitelji/").text).links
