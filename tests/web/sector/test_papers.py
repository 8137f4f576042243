"""The page of papers: what each lacks, what can be looked at, and the correction of an obvious error."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from razpis.procedure.states import CallState
from tests import commission_made, decisions_made
from tests.databases import Clock
from tests.people import signed_in
from tests.world import Visitors, World


def test_the_list_and_a_paper_of_the_demonstration(world: World, visitors: Visitors) -> None:
    call = world.ids["states"][CallState.PROPOSED]
    for email in ("sektor@zgled.si", "predsednica@zgled.si", "revizija@zgled.si"):
        page = visitors(email).get(f"/listine/{call}")
        assert page.status_code == 200
        for name in ("Sklep o začetku postopka", "Zapisnik seje", "Ocenjevalni list", "Poročilo komisije in predlog"):
            assert name in page.text
        assert "manjka" not in page.text
    shown = visitors("sektor@zgled.si").get(f"/listine/{call}/report/1.pdf")
    assert (shown.status_code, shown.mimetype) == (200, "application/pdf")
    assert shown.headers["Content-Disposition"].startswith("inline; filename=report-ZGLED-")
    assert shown.headers["Cache-Control"] == "no-store"
    assert visitors("sektor@zgled.si").get(f"/listine/{call}/vabilo/1.pdf").status_code == 404
    receipt = visitors("sektor@zgled.si").get(f"/listine/{call}").text.partition(f"/listine/{call}/receipt/")[2]
    shown = visitors("sektor@zgled.si").get(f"/listine/{call}/receipt/{receipt.partition('.')[0]}.pdf")
    assert (shown.status_code, shown.data[:5]) == (200, b"%PDF-")
    assert shown.headers["Content-Disposition"].startswith("inline; filename=potrdilo-P-ZGLED-")
    assert visitors("sektor@zgled.si").get(f"/listine/{call}/receipt/0.pdf").status_code == 404
    assert "Izdanih dokumentov še ni" in visitors("sektor@zgled.si").get(f"/listine/{call}/poprava").text
    assert "Listine" in visitors("sektor@zgled.si").get(f"/vodenje/razpisi/{call}").text


def test_what_is_missing_is_listed_on_the_page_and_in_place_of_the_paper(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = commission_made.checking(clock, 1)
        commission_made.let_in(made.officer)
    client = signed_in(app, "skrbnica@zgled.si")
    page = client.get(f"/listine/{made.call}")
    assert "<li>manjka opis predmeta in namena razpisa</li>" in page.text
    refused = client.get(f"/listine/{made.call}/start/1.pdf")
    assert refused.status_code == 409
    assert "Listine še ni: manjka opis predmeta in namena razpisa; " in refused.text


def test_an_obvious_error_is_corrected_by_an_order(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        made = decisions_made.deciding(clock)
        commission_made.let_in(made.officer)
        decisions_made.issued(clock, made, decisions_made.store(tmp_path))
        act = decisions_made.acts(made)[0].key
    client = signed_in(app, "skrbnica@zgled.si")
    _corrected(client, made.call, act)


def _corrected(client: FlaskClient, call: int, act: str) -> None:
    typed = {"act": act, "reads": "Drutvo", "shall_read": "🐝", "reason": "V registru piše Društvo."}
    refused = client.post(f"/listine/{call}/poprava", data=typed)
    assert refused.status_code == 422
    assert "V registru piše Društvo." in refused.text
    assert "Teh znakov ni mogoče natisniti v dokumentih: »🐝« (U+1F41D)" in refused.text
    done = client.post(f"/listine/{call}/poprava", data={**typed, "shall_read": "Društvo"}, follow_redirects=True)
    assert "Sklep o popravi je pripravljen." in done.text
    assert "Sklep o popravi očitne pomote" in done.text
    key = done.text.partition("/correction/")[2].partition(".pdf")[0]
    assert client.get(f"/listine/{call}/correction/{key}.pdf").status_code == 200
    dropped = client.post(f"/listine/{call}/poprava/{key}/opustitev", follow_redirects=True)
    assert "Osnutek poprave je opuščen." in dropped.text
    assert "/correction/" not in dropped.text
