"""The pages of decisions taken away: the new one drafted by one, approved and issued by another, told to everyone."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.documents import Act, Release
from razpis.procedure.acts import ActState, Purpose
from razpis.web import access
from tests.databases import Clock
from tests.services.decisions import annulled_making as making
from tests.web.page import Page
from tests.web.sector.test_releases import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HOME = "/ponovno-odlocanje/1"


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    made = Desk(app, clock)
    with app.app_context():
        making.served(clock, made.made, access.store())
    made.officer, made.signatory, made.registry = (
        made.browser(one) for one in (made.made.officer, made.made.signatory, made.made.registry)
    )
    return made


def renewed(desk: Desk) -> tuple[str, str]:
    """Key and hash of the new decision in hand."""
    with desk.app.app_context():
        query = select(Act).join(Act.release).where(Release.purpose == Purpose.RENEWAL, Act.state != ActState.DROPPED)
        act = db.session.scalars(query).one()
        return act.key, act.facts_sha256


def test_a_decision_taken_anew_by_pages(desk: Desk) -> None:
    assert "Nobena odločitev ni bila odpravljena." in desk.said(desk.officer, HOME)
    assert Page(desk.officer.get("/vodenje/razpisi/1").text).links["odpravljene odločitve"] == HOME
    with desk.app.app_context():
        old = making.annulled(desk.clock, desk.made)
    assert "Odločite znova o vrnjeni vlogi: 41001-7/2026" in desk.said(desk.officer, "/zacetek")
    told = desk.said(desk.signatory, HOME)
    assert "Novo odločitev pripravi skrbnik razpisa." in told
    assert "župan Občine Zgled, P-1/2026, 20. marec 2026" in told
    assert desk.signatory.get(f"{HOME}/{old}/osnutek").status_code == 403
    told = desk.said(desk.officer, f"{HOME}/{old}/osnutek")
    assert "3.000,00 EUR kakor v odpravljeni: po isti oceni" in told
    assert "Zneska ali točk tu ni mogoče spremeniti." in told
    wrong = desk.officer.post(f"{HOME}/{old}/osnutek", data={"reasons": "Ker tako."})
    assert (
        wrong.status_code,
        "Napišite, kako odločitev upošteva" in wrong.text,
        "Ker tako.</textarea>" in wrong.text,
    ) == (
        422,
        True,
        True,
    )
    assert desk.officer.post(f"{HOME}/{old}/osnutek", data={"reasons": making.ANSWER}).location == HOME
    assert desk.officer.get(f"{HOME}/{old}/osnutek").status_code == 409
    key, seen = renewed(desk)
    assert "Odobri jo podpisnik, ki je ni pripravil." in desk.said(desk.officer, HOME)
    assert "Odobrite novo odločitev o vrnjeni vlogi" in desk.said(desk.signatory, "/zacetek")
    told = desk.said(desk.signatory, f"{HOME}/{key}/odobritev")
    assert "Nadomesti odpravljeno odločitev št. 41001-7/2026-5." in told
    assert making.ANSWER.splitlines()[1] in told
    assert desk.signatory.get(f"/odlocbe/1/akti/{key}").data[:5] == b"%PDF-"
    assert desk.officer.get(f"{HOME}/{key}/odobritev").status_code == 403
    assert desk.signatory.post(f"{HOME}/{key}/izdaja").status_code == 409
    assert desk.signatory.post(f"{HOME}/{key}/odobritev", data={"seen": seen}).location == HOME
    assert "Ta odločitev ne čaka več na odobritev." in desk.said(desk.signatory, f"{HOME}/{key}/odobritev")
    assert "Ta odločitev ne čaka na izdajo." in desk.said(desk.signatory, f"{HOME}/{key}/izdaja")
    assert desk.officer.post(f"{HOME}/{key}/izdelava").location == HOME
    assert "Izdajte novo odločitev o vrnjeni vlogi" in desk.said(desk.signatory, "/zacetek")
    assert "natisnite jo, podpišite in vročite na papirju" in desk.said(desk.signatory, f"{HOME}/{key}/izdaja")
    assert desk.signatory.post(f"{HOME}/{key}/izdaja").location == "/odlocbe/1/vrocanje"
    assert "41001-7/2026-8" in desk.said(desk.registry, "/odlocbe/1/vrocanje")
    anyone = desk.app.test_client()
    told = Page(anyone.get(f"/preverjanje/{old}").text).text
    assert "Odpravljen, nadomeščen" in told
    assert "nadomestila ga je nova odločitev. Odločitev o vlogi 41001-7/2026-8" in told
    told = Page(anyone.get(f"/preverjanje/{key}").text).text
    assert "Ta dokument je nadomestil prejšnjega: odločitev o vlogi 41001-7/2026-5" in told
    own = desk.browser(desk.made.applicants[0])
    told = desk.said(own, "/vloge/kljuc000/odlocba")
    assert "Prejšnja odločitev ne velja več Pritožbi je bilo ugodeno." in told
    assert "Zakaj je o vlogi odločeno znova" in told
    assert own.get(f"/vloge/kljuc000/prejsnja-odlocitev/{old}.pdf").data[:5] == b"%PDF-"
    assert own.get("/vloge/kljuc000/prejsnja-odlocitev/tuj.pdf").status_code == 404
    assert desk.signatory.get(f"{HOME}/tuj/odobritev").status_code == 404


def test_while_it_waits_the_applicant_is_told_and_a_draft_can_be_given_up(desk: Desk) -> None:
    with desk.app.app_context():
        old = making.annulled(desk.clock, desk.made)
    own = desk.browser(desk.made.applicants[0])
    assert "Odločitev o vaši vlogi z razlogi in dokumentom" in desk.said(own, "/vloge/kljuc000")
    assert "O vlogi se odloča znova; nova odločitev bo na tej strani." in desk.said(own, "/vloge/kljuc000/odlocba")
    desk.officer.post(f"{HOME}/{old}/osnutek", data={"reasons": making.ANSWER})
    key, _ = renewed(desk)
    assert desk.officer.post(f"{HOME}/{key}/opustitev").location == HOME
    assert "Osnutek nove odločitve je opuščen." in desk.said(desk.officer, HOME)
    assert own.post("/vloge/kljuc000/umik-po-roku", data={"understood": "y"}).status_code == 302
    told = desk.said(desk.officer, f"{HOME}/{old}/osnutek")
    assert "Nastane sklep o ustavitvi postopka; dopolnjena obrazložitev ni potrebna." in told
    assert desk.officer.post(f"{HOME}/{old}/osnutek").location == HOME
    assert "Postopek ustavljen" in desk.said(desk.officer, HOME)


def test_the_signatory_leaves_it_to_be_decided_elsewhere(desk: Desk) -> None:
    with desk.app.app_context():
        old = making.annulled(desk.clock, desk.made)
    assert "Ocena ne more ostati: odloči zunaj portala" in desk.said(desk.signatory, HOME)
    assert "Ocena ne more ostati" not in desk.said(desk.officer, HOME)
    assert "zneska pa ni mogoče vpisati ročno" in desk.said(desk.signatory, f"{HOME}/{old}/zunaj")
    wrong = desk.signatory.post(f"{HOME}/{old}/zunaj", data={"reason": "ker"})
    assert (wrong.status_code, "Napišite, zakaj ocena ne more ostati." in wrong.text) == (422, True)
    done = desk.signatory.post(f"{HOME}/{old}/zunaj", data={"reason": "Vlogo je treba oceniti znova."})
    assert done.location == HOME
    assert "zato se odloči zunaj portala" in desk.said(desk.officer, HOME)
    assert desk.signatory.get(f"{HOME}/{old}/zunaj").status_code == 404
    own = desk.browser(desk.made.applicants[0])
    assert "odločitev odpravljena" in desk.said(own, "/vloge")
