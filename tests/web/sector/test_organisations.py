"""Organisations in the browsers of officials: read, mandates decided, functionaries kept."""

from __future__ import annotations

import io

from flask import Flask
from flask.testing import FlaskClient

from razpis.models.base import db
from razpis.models.journal import Reading
from razpis.procedure.roles import Role
from razpis.services.organisations import claims
from tests import people
from tests.databases import Clock
from tests.people import signed_in
from tests.services.organisation_making import NUMBER, PDF, added, ground, store
from tests.web.page import Page


def officer(app: Flask, clock: Clock) -> FlaskClient:
    """Ula, where Ana acts for an organisation and Bor has filed evidence that he may."""
    with app.app_context():
        people.user(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        added(people.actor(clock), clock)
        claims.file(people.actor(clock, "bor@zgled.si", "Bor Zgled"), NUMBER, ground(evidence=True), clock(), store())
        db.session.remove()
    return signed_in(app, "ula@mom.si")


def test_organisations_are_found_and_each_reading_is_noted(app: Flask, clock: Clock) -> None:
    ula = officer(app, clock)
    page = Page(ula.get("/prijavitelji/?isci=čebel").text)
    assert page.rows() == [["Društvo Čebelica", NUMBER, "društvo", "Koroška cesta 1, 2000 Maribor"]]
    assert Page(ula.get("/prijavitelji/?isci=čmrlj").text).tables == []
    shown = Page(ula.get(page.links["Društvo Čebelica"]).text)
    assert "Ogled te strani je zapisan" in shown.text
    assert "Uredi podatke" not in shown.links
    assert ula.get("/prijavitelji/99").status_code == 404
    with app.app_context():
        assert [(one.name, one.purpose) for one in db.session.query(Reading)] == [("Ula Uradna", "organisation.read")]


def test_a_filed_mandate_is_looked_at_and_confirmed(app: Flask, clock: Clock) -> None:
    ula = officer(app, clock)
    page = Page(ula.get(Page(ula.get("/prijavitelji/").text).links["1 vloženo pooblastilo"]).text)
    assert ula.get(page.links["pooblastilo.pdf"]).data == PDF
    assert "Bor Zgled – Društvo Čebelica" in page.text
    page = Page(ula.post("/prijavitelji/pooblastila/1/potrditev", follow_redirects=True).text)
    assert "Pooblastilo je potrjeno. Vložena pooblastila Nič ne čaka." in page.text.replace("Prijavitelji Vl", "Vl")
    bor = signed_in(app, "bor@zgled.si")
    assert bor.get("/organizacije/1").status_code == 200
    assert "Bor Zgled po preklicu" in ula.get("/prijavitelji/1/pooblastilo/2/preklic").text
    assert ula.post("/prijavitelji/1/pooblastilo/2/preklic").status_code == 302
    assert ula.get("/prijavitelji/1/pooblastilo/2/preklic").status_code == 404
    assert bor.get("/organizacije/1").status_code == 404


def test_a_filed_mandate_is_refused_with_a_reason_its_person_reads(app: Flask, clock: Clock) -> None:
    ula = officer(app, clock)
    response = ula.post("/prijavitelji/pooblastila/1/zavrnitev", data={"reason": "ne"})
    assert (response.status_code, "Napišite, zakaj" in response.text) == (422, True)
    ula.post("/prijavitelji/pooblastila/1/zavrnitev", data={"reason": "Izpis je star, priložite novega."})
    assert ula.get("/prijavitelji/pooblastila/1/zavrnitev").status_code == 404
    page = Page(signed_in(app, "bor@zgled.si").get("/organizacije/").text)
    assert "ni potrjeno. Razlog: Izpis je star, priložite novega." in page.text


def test_functionaries_are_added_imported_and_removed(app: Flask, clock: Clock) -> None:
    ula = officer(app, clock)
    form = {"name": "Janez Novak", "function": "svetnik", "registration_number": "5258881"}
    response = ula.post("/funkcionarji/", data=form)
    assert (response.status_code, "kontrolna števka" in response.text) == (422, True)
    page = Page(ula.post("/funkcionarji/", data=form | {"registration_number": NUMBER}, follow_redirects=True).text)
    assert page.rows()[0][:3] == ["Janez Novak", "svetnik", NUMBER]
    wrong = ula.post("/funkcionarji/uvoz", data={"file": (io.BytesIO(b"ime;funkcija\nA;b\n"), "s.csv")})
    assert (wrong.status_code, "vrstica 2: ime" in wrong.text) == (422, True)
    assert ula.post("/funkcionarji/uvoz").status_code == 422
    assert "na katerem je 1 vrstica" in Page(ula.get("/funkcionarji/uvoz").text).text
    sent = {"file": (io.BytesIO("ime;funkcija\nŽana Kos;županja\n".encode()), "s.csv")}
    page = Page(ula.post("/funkcionarji/uvoz", data=sent, follow_redirects=True).text)
    assert [row[0] for row in page.rows()] == ["Žana Kos"]
    address = next(address for words, address in page.links.items() if words.startswith("Odstrani"))
    assert "Žana Kos, županja" in Page(ula.get(address).text).text
    assert "Seznam je prazen." in ula.post(address, follow_redirects=True).text
