"""The pages of withdrawals and of the accepted proposal that goes back."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import decisions_made, marking_made
from tests.databases import Clock
from tests.web.page import Page
from tests.web.sector.test_releases import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SAID = {"stated_on": "4. 3. 2026", "channel": "registered_post", "reason": "Programa ne bomo izvedli."}


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    return Desk(app, clock)


def test_a_withdrawal_is_recorded_and_the_way_to_a_new_division_told(desk: Desk) -> None:
    desk.officer.post("/odlocbe/1/osnutki")
    assert Page(desk.officer.get("/odlocbe/1").text).links["Umiki vlog"] == "/umiki/1"
    wrong = desk.registry.post("/umiki/1/kljuc000", data=SAID | {"reason": "ker", "stated_on": "1. 1. 2026"})
    assert (wrong.status_code, "Dan izjave ne more biti pred rokom" in wrong.text, "ker</textarea>" in wrong.text) == (
        422,
        True,
        True,
    )
    assert desk.registry.post("/umiki/1/kljuc000", data=SAID).location == "/umiki/1"
    told = desk.said(desk.registry, "/umiki/1")
    assert "Sproščena sredstva: 3.000,00 EUR Ne razdelijo se sama od sebe." in told
    assert "Programa ne bomo izvedli." in told
    assert "sklep o ustavitvi postopka v pripravi" in told
    assert "Vrni sprejeti predlog komisiji" in desk.said(desk.signatory, "/umiki/1")
    assert "Vloga št. 1 je bila medtem umaknjena." in desk.said(desk.officer, "/odlocbe/1")
    assert desk.registry.get("/umiki/1/kljuc000").status_code == 409
    assert desk.registry.get("/umiki/1/tuj").status_code == 404
    assert desk.officer.post("/odlocbe/1/osnutki").location == "/odlocbe/1"
    told = desk.said(desk.officer, "/odlocbe/1")
    assert "Postopek ustavljen" in told
    with desk.app.app_context():
        key = desk.acts()[0].key
    assert desk.officer.get(f"/odlocbe/1/akti/{key}").data[:5] == b"%PDF-"


def test_who_withdrew_reads_the_order(desk: Desk) -> None:
    desk.registry.post("/umiki/1/kljuc000", data=SAID)
    desk.issued()
    own = desk.browser(desk.made.applicants[0])
    told = desk.said(own, "/vloge/kljuc000/odlocba")
    assert "Vlogo ste umaknili, preden je bilo o njej odločeno, zato je postopek ustavljen." in told
    assert "Rok za pritožbo v dnevih od vročitve: 15." in told
    assert own.get("/vloge/kljuc000/odlocba.pdf").data[:5] == b"%PDF-"
    assert "postopek ustavljen" in desk.said(desk.officer, "/umiki/1")
    assert "O vseh vlogah je odločeno; umik ni več mogoč." in desk.said(desk.officer, "/umiki/1")


def test_the_accepted_proposal_goes_back_by_the_page(desk: Desk) -> None:
    desk.officer.post("/odlocbe/1/osnutki")
    assert "Vrni sprejeti predlog komisiji" in desk.said(desk.signatory, "/odlocbe/1")
    assert "Vrni sprejeti predlog komisiji" not in desk.said(desk.officer, "/odlocbe/1")
    wrong = desk.signatory.post("/odlocbe/1/vrnitev", data={"reason": "ker"})
    assert (wrong.status_code, "Napišite, zakaj predlog vračate." in wrong.text) == (422, True)
    done = desk.signatory.post("/odlocbe/1/vrnitev", data={"reason": "Vloga 1 je umaknjena."})
    assert done.location == "/predlogi/1/1"
    told = desk.said(desk.signatory, "/predlogi/1/1")
    assert "Vrnjeno Vloga 1 je umaknjena. Predlog je bil sprejet" in told
    assert "Vloga 1 je umaknjena." in desk.said(desk.officer, "/odlocbe/1")
    again = desk.signatory.post("/odlocbe/1/vrnitev", data={"reason": "Vloga 1 je umaknjena."})
    assert again.status_code == 409
    with desk.app.app_context():
        assert marking_made.call(desk.made).state.value == "agreeing"


def test_it_does_not_go_back_once_issued(desk: Desk) -> None:
    desk.issued()
    told = desk.said(desk.signatory, "/odlocbe/1/vrnitev")
    assert "Sprejeti predlog se lahko vrne le, dokler ni izdana nobena odločitev." in told
    assert "Vrni sprejeti predlog komisiji" not in desk.said(desk.signatory, "/odlocbe/1")
    refused = desk.signatory.post("/odlocbe/1/vrnitev", data={"reason": "Vloga 1 je umaknjena."})
    assert (refused.status_code, "že izdane" in refused.text) == (409, True)
    with desk.app.app_context():
        assert decisions_made.release(desk.made).state.value == "released"
