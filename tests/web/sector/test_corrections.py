"""The pages of corrections: drafted by one, approved and issued by another, told where documents are checked."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure.acts import Kind
from tests.databases import Clock
from tests.web.page import Page
from tests.web.sector.test_releases import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    made = Desk(app, clock)
    made.issued()
    return made


def test_a_correction_by_pages(desk: Desk) -> None:
    with desk.app.app_context():
        corrected = desk.acts()[0].key
    assert "Nobena poprava še ni pripravljena." in desk.said(desk.signatory, "/poprave/1")
    typed = {"act": corrected, "reads": "3.000,00 EUR", "shall_read": "4.000,00 EUR", "reason": "pomota"}
    wrong = desk.officer.post("/listine/1/poprava", data=typed)
    assert (wrong.status_code, "nova odločitev ali pravno sredstvo" in wrong.text) == (422, True)
    typed |= {"reads": "Drutvo", "shall_read": "Društvo"}
    assert desk.officer.post("/listine/1/poprava", data=typed).status_code == 302
    with desk.app.app_context():
        act = db.session.scalars(select(Act).where(Act.kind == Kind.CORRECTION)).one()
        key, seen = act.key, act.facts_sha256
    assert "Odobri ga podpisnik, ki ga ni pripravil." in desk.said(desk.officer, "/poprave/1")
    assert "V aktu piše »Drutvo«, pravilno je »Društvo«." in desk.said(desk.signatory, f"/poprave/1/{key}/odobritev")
    assert desk.signatory.get(f"/odlocbe/1/akti/{key}").data[:5] == b"%PDF-"
    assert desk.officer.get(f"/poprave/1/{key}/odobritev").status_code == 403
    assert desk.signatory.post(f"/poprave/1/{key}/izdaja").status_code == 409
    assert desk.signatory.post(f"/poprave/1/{key}/odobritev", data={"seen": seen}).location == "/poprave/1"
    assert "Ta poprava ne čaka več na odobritev." in desk.said(desk.signatory, f"/poprave/1/{key}/odobritev")
    assert desk.officer.post(f"/poprave/1/{key}/izdelava").location == "/poprave/1"
    assert "natisnite ga, podpišite in vročite na papirju" in desk.said(desk.signatory, f"/poprave/1/{key}/izdaja")
    assert desk.signatory.post(f"/poprave/1/{key}/izdaja").location == "/odlocbe/1/vrocanje"
    told = desk.said(desk.registry, "/odlocbe/1/vrocanje")
    assert "41001-7/2026-8" in told
    anyone = desk.app.test_client()
    told = Page(anyone.get(f"/preverjanje/{corrected}").text).text
    assert "Očitno pomoto v tem dokumentu popravlja sklep o popravi pomote 41001-7/2026-8" in told
    told = Page(anyone.get(f"/preverjanje/{key}").text).text
    assert "Ta sklep popravlja očitno pomoto v dokumentu odločitev o vlogi 41001-7/2026-5" in told
    own = desk.browser(desk.made.applicants[0])
    assert "»Drutvo« → »Društvo« Sklep o popravi št. 41001-7/2026-8 (PDF)" in desk.said(own, "/vloge/kljuc000/odlocba")
    assert own.get(f"/vloge/kljuc000/poprava/{key}.pdf").data[:5] == b"%PDF-"
    assert own.get("/vloge/kljuc000/poprava/tuj.pdf").status_code == 404
    assert "Ta poprava ne čaka na izdajo." in desk.said(desk.signatory, f"/poprave/1/{key}/izdaja")
    assert desk.signatory.get("/poprave/1/tuj/odobritev").status_code == 404
