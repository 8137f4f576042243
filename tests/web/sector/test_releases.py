"""The pages of the outbox: what is missing, approval by another, documents, release, delivery; closed to others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.web import access
from tests import commission_made, decisions_made, marking_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.people import signed_in
from tests.web.page import Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Desk:
    """A call whose decisions are due, and a browser of everybody who has to do with them."""

    def __init__(self, app: Flask, clock: Clock, rules: str = decisions_made.RULES) -> None:
        self.app, self.clock = app, clock
        with app.app_context():
            self.made: Made = decisions_made.deciding(clock, rules)
            people = (self.made.officer, self.made.signatory, self.made.registry, *self.made.applicants[:2])
            commission_made.let_in(*people)
            self.emails = {number: db.session.get_one(User, number).email for number in people}
        self.officer, self.signatory, self.registry = (self.browser(one) for one in people[:3])

    def browser(self, person: int) -> FlaskClient:
        return signed_in(self.app, self.emails[person])

    def acts(self) -> list[Act]:
        return decisions_made.acts(self.made)

    def issued(self) -> None:
        with self.app.app_context():
            decisions_made.issued(self.clock, self.made, access.store())

    def said(self, client: FlaskClient, address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, response.text
        return Page(response.text).text


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    return Desk(app, clock)


def test_the_whole_way_by_pages(desk: Desk) -> None:
    assert "Vse je pripravljeno: 3 osnutki iz sprejetega predloga komisije." in desk.said(desk.officer, "/odlocbe/1")
    assert "Pripravite odločitve: 41001-7/2026" in desk.said(desk.officer, "/zacetek")
    assert desk.officer.post("/odlocbe/1/osnutki").location == "/odlocbe/1"
    told = desk.said(desk.officer, "/odlocbe/1")
    assert "Osnutke ste pripravili vi, zato jih odobri druga oseba" in told
    assert "Preglejte in odobrite odločitve" in desk.said(desk.signatory, "/zacetek")
    page = desk.signatory.get("/odlocbe/1/1/odobritev").text
    assert "Elektronski žig ni nastavljen" in Page(page).text
    with desk.app.app_context():
        seen, key = decisions_made.release(desk.made).sha256, desk.acts()[0].key
    assert desk.signatory.get(f"/odlocbe/1/akti/{key}").data[:5] == b"%PDF-"
    assert desk.signatory.post("/odlocbe/1/paket", data={"act": [key]}).data[:2] == b"PK"
    assert desk.signatory.post("/odlocbe/1/1/odobritev", data={"seen": seen}).status_code == 302
    assert "Narejenih dokumentov: 0 od 3" in desk.said(desk.officer, "/odlocbe/1")
    assert desk.officer.post("/odlocbe/1/1/izdelava").status_code == 302
    told = desk.said(desk.officer, "/odlocbe/1")
    assert "Za tisk in lastnoročni podpis Dokumentov brez elektronskega žiga: 3." in told
    assert "Izdajte odločitve" in desk.said(desk.signatory, "/zacetek")
    assert "Odločitev brez elektronskega žiga: 3." in desk.said(desk.signatory, "/odlocbe/1/1/izdaja")
    issued = desk.signatory.post("/odlocbe/1/1/izdaja")
    assert issued.location == "/odlocbe/1/vrocanje"
    again = desk.signatory.post("/odlocbe/1/1/izdaja")
    assert (again.status_code, "medtem v stanju »izdano«" in again.text) == (409, True)
    with desk.app.app_context():
        assert marking_made.states(desk.made) == ["granted", "granted", "refused_threshold"]


def test_what_is_missing_stands_on_the_page_with_the_way_to_mend_it(desk: Desk) -> None:
    with desk.app.app_context():
        decisions_made.set_terms(desk.clock, desk.made, authority="", serve=())
    page = Page(desk.officer.get("/odlocbe/1").text)
    assert "Manjkata 2 stvari." in page.text
    assert "manjka naziv organa" in page.text
    assert page.links["nastavitve odločitev"] == "/odlocbe/1/nastavitve"
    refused = desk.officer.post("/odlocbe/1/osnutki")
    assert (refused.status_code, "manjka naziv organa" in refused.text) == (409, True)
    form = desk.officer.get("/odlocbe/1/nastavitve")
    assert "14. člena zgleda pravilnika (izmišljen)" in form.text
    values = {"act": "sklep", "case": "41001-7/2026", "pattern": "{case}{serial}", "remedy": "appeal", "seen": "1"}
    wrong = desk.officer.post("/odlocbe/1/nastavitve", data=values)
    assert (wrong.status_code, "pred {serial} manjka ločilo" in wrong.text) == (422, True)
    stale = desk.officer.post(
        "/odlocbe/1/nastavitve", data=values | {"pattern": "{classification}-{serial}", "seen": "0"}
    )
    assert stale.status_code == 409
    saved = desk.officer.post(
        "/odlocbe/1/nastavitve", data=values | {"pattern": "{classification}-{serial}", "legal_basis": ""}
    )
    assert saved.location == "/odlocbe/1"
    assert "manjka pravna podlaga" in desk.said(desk.officer, "/odlocbe/1")


def test_drafts_are_given_up_with_a_reason(desk: Desk) -> None:
    desk.officer.post("/odlocbe/1/osnutki")
    wrong = desk.officer.post("/odlocbe/1/1/opustitev", data={"reason": "ker"})
    assert (wrong.status_code, "Napišite, zakaj osnutke opuščate." in wrong.text) == (422, True)
    assert desk.officer.post("/odlocbe/1/1/opustitev", data={"reason": "Napačen uvod."}).status_code == 302
    assert "Napačen uvod." in desk.said(desk.officer, "/odlocbe/1")
    assert desk.officer.get("/odlocbe/1/1/opustitev").status_code == 404
    assert desk.officer.get("/odlocbe/77").status_code == 404


def test_delivery_is_written_down_and_deciding_closed(desk: Desk) -> None:
    desk.issued()
    assert "Vpišite vročitve odločitev" in desk.said(desk.registry, "/zacetek")
    told = desk.said(desk.registry, "/odlocbe/1/vrocanje")
    assert "Izdanih 3 Odpremljenih 0 Vročenih 0" in told
    early = desk.registry.post("/odlocbe/1/odprema", data={"manner": "post", "dispatched_on": "2026-03-01"})
    assert (early.status_code, "Dan odpreme ne more biti pred izdajo" in early.text) == (422, True)
    sent = desk.registry.post("/odlocbe/1/odprema", data={"manner": "post", "dispatched_on": "5. 3. 2026"})
    assert sent.status_code == 302
    assert "Odločanja še ni mogoče zaključiti" in desk.said(desk.officer, "/odlocbe/1/zakljucek")
    assert desk.officer.post("/odlocbe/1/zakljucek").status_code == 409
    with desk.app.app_context():
        keys = [act.key for act in desk.acts()]
    for key in keys:
        papers = {"manner": "post", "address": "Zgledna 1", "dispatched_on": "5. 3. 2026", "delivered_on": "5. 3. 2026"}
        other = papers | {"dispatched_on": "6. 3. 2026", "delivered_on": "6. 3. 2026", "seen": "1"}
        bare = desk.registry.post(f"/odlocbe/1/vrocanje/{key}", data=other)
        assert (bare.status_code, "Napišite, zakaj popravljate vpis." in bare.text) == (422, True)
        paper = {"evidence": (io.BytesIO(b"%PDF-1.7\n"), "vrocilnica.pdf"), "note": "vročilnica prispela"}
        done = desk.registry.post(f"/odlocbe/1/vrocanje/{key}", data=papers | paper | {"seen": "1"})
        assert done.status_code == 302, done.text
    assert "vročilnica prispela" in desk.said(desk.registry, f"/odlocbe/1/vrocanje/{keys[0]}")
    assert "Izdanih 3 Odpremljenih 3 Vročenih 3" in desk.said(desk.officer, "/odlocbe/1/vrocanje")
    assert desk.officer.post("/odlocbe/1/zakljucek").status_code == 302
    with desk.app.app_context():
        assert marking_made.call(desk.made).state.value == "remedies"
    assert desk.officer.post("/odlocbe/1/zakljucek").status_code == 409
    assert desk.registry.get("/odlocbe/1/vrocanje/ni-ga").status_code == 404


def test_the_applicant_reads_the_decision_and_nobody_elses(desk: Desk, tmp_path: Path) -> None:
    own, other = (desk.browser(one) for one in desk.made.applicants[:2])
    assert own.get("/vloge/kljuc000/odlocba").status_code == 404
    desk.issued()
    page = Page(own.get("/vloge/kljuc000/odlocba").text)
    for told in ("Odobreno", "56", "3.000,00 EUR", "Kakovost programa", "Vloga 1, quality: utemeljitev člana 1."):
        assert told in page.text
    assert "velja podpisani izvirnik na papirju" in page.text
    assert "Vročitev še ni zabeležena; rok še ne teče." in page.text
    assert "Vloga 2, quality" not in page.text
    assert own.get("/vloge/kljuc000/odlocba.pdf").data[:5] == b"%PDF-"
    assert "Preberite odločitev o vlogi" in desk.said(own, "/zacetek")
    assert Page(own.get("/vloge").text).links["Odločitev : Programi pomoči"] == "/vloge/kljuc000/odlocba"
    for address in ("/vloge/kljuc000/odlocba", "/vloge/kljuc000/odlocba.pdf"):
        assert other.get(address).status_code == 404
    desk.registry.post("/odlocbe/1/odprema", data={"manner": "in_person", "dispatched_on": "5. 3. 2026"})
    with desk.app.app_context():
        key = desk.acts()[0].key
    papers = {"manner": "in_person", "address": "občina", "dispatched_on": "5. 3. 2026", "delivered_on": "5. 3. 2026"}
    paper = {"evidence": (io.BytesIO(b"%PDF-1.7\n"), "vrocilnica.pdf"), "note": "prevzeto na občini", "seen": "1"}
    desk.registry.post(f"/odlocbe/1/vrocanje/{key}", data=papers | paper)
    told = desk.said(own, "/vloge/kljuc000/odlocba")
    assert "Vročeno 5. 3. 2026; zadnji dan je petek, 20. marec 2026." in told


def test_a_decision_signed_elsewhere_is_taken_only_with_its_signature(desk: Desk) -> None:
    desk.issued()
    with desk.app.app_context():
        key = desk.acts()[0].key
    address = f"/odlocbe/1/akti/{key}"
    drawn = desk.officer.get(address).data
    assert "Na dokumentu je kot podpisnik naveden: Peter Podpisnik." in desk.officer.get(f"{address}/podpisan").text
    for content, words in (
        (b"%PDF-1.7\n", "To ni podpisana različica tega dokumenta."),
        (drawn, "V datoteki ni podpisa."),
    ):
        refused = desk.officer.post(f"{address}/podpisan", data={"file": (io.BytesIO(content), "akt.pdf")})
        assert (refused.status_code, words in refused.text) == (422, True)
    assert desk.officer.get("/odlocbe/1/akti/ni-ga/podpisan").status_code == 404
