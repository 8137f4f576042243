"""The page behind a QR code: what it tells everyone, what it keeps to itself, and a file compared with it."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from razpis.models.base import db
from razpis.procedure.acts import KNOWN_OUTSIDE, ActState, Kind
from razpis.services.decisions import verifying
from tests import commission_made, results_made
from tests.databases import Clock

REASON = "Odločitev je odpravil župan, ker je bilo merilo uporabljeno napačno."


@pytest.fixture
def browser(app: Flask, clock: Clock) -> FlaskClient:
    """A browser of nobody, where documents in every state have codes: ``koda-issued`` …"""
    with app.app_context():
        call = commission_made.made(clock, 1)
        last = None
        for at, state in enumerate(ActState):
            one = results_made.act(clock, call, f"koda-{state.value}", state=state, number=f"41001-7/2026-{at}")
            one.application_id = call.applications[0]
            if state is ActState.ISSUED:
                last = one.id
            if state is ActState.REPLACED:
                one.replaced_by, one.ended_because, one.ended_at = last, "Popravljena je pomota.", clock()
            if state is ActState.ANNULLED:
                one.ended_because, one.ended_at = REASON, clock()
        db.session.commit()
    return app.test_client()


def compared(browser: FlaskClient, content: bytes, key: str = "koda-issued") -> TestResponse:
    sent = browser.post(f"/preverjanje/{key}", data={"file": (io.BytesIO(content), "moj sklep.pdf")})
    sent.request.environ["wsgi.input"].close()  # what is large lies in a file
    return sent


def test_number_state_and_hash_are_told_and_nothing_of_the_party(browser: FlaskClient) -> None:
    page = browser.get("/preverjanje/koda-issued")
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    for told in ("Odločitev o vlogi", "41001-7/2026-3", "sreda, 4. marec 2026", "žigosan"):
        assert told in page.text.replace("\u00a0", " ")
    assert verifying.hashlib.sha256(results_made.content("koda-issued")).hexdigest() in page.text
    assert [name for name in ("Društvo 0", "Zastopnica", "Sonja", "kljuc000") if name in page.text] == []


def test_what_replaced_it_and_why_it_was_annulled(browser: FlaskClient) -> None:
    replaced = browser.get("/preverjanje/koda-replaced").text
    assert "Popravljena je pomota." in replaced
    assert 'href="/preverjanje/koda-issued"' in replaced
    assert REASON in browser.get("/preverjanje/koda-annulled").text


def test_a_draft_looks_like_a_code_nobody_gave(browser: FlaskClient) -> None:
    unknown = browser.get("/preverjanje/te-kode-ni")
    assert (unknown.status_code, "Dokumenta s to kodo ni" in unknown.text) == (404, True)
    assert unknown.headers["X-Robots-Tag"] == "noindex, nofollow"
    plain = unknown.text.replace("te-kode-ni", "")
    for state in set(ActState) - KNOWN_OUTSIDE:
        page = browser.get(f"/preverjanje/koda-{state.value}")
        assert (page.status_code, page.text.replace(f"koda-{state.value}", "")) == (404, plain)
        assert compared(browser, results_made.content("x"), f"koda-{state.value}").status_code == 404


@pytest.mark.parametrize("key", ["a" * 5000, "' OR 1=1 --", "<script>", "%F0%9F%90%9D", "..", "%2e%2e%2fx"])
def test_a_hostile_code_is_just_unknown(browser: FlaskClient, key: str) -> None:
    page = browser.get(f"/preverjanje/{key}")
    assert (page.status_code, "<script>" in page.text) == (404, False)


def test_a_file_is_compared_by_its_content(browser: FlaskClient) -> None:
    own = results_made.content("koda-issued")
    for content, words in (
        (own, "Datoteka je enaka"),
        (own + b"?", "preden je bil žigosan"),
        (own + b"!", "Datoteka je drugačna"),
    ):
        page = compared(browser, content)
        assert (page.status_code, words in page.text) == (200, True)


def test_what_is_no_pdf_or_too_large_is_refused_in_words(browser: FlaskClient) -> None:
    for content, code, words in (
        (b"<html>", 422, "Izberite datoteko PDF, kakršno ste prejeli"),
        (b"%PDF-" + b"0" * verifying.LARGEST, 422, "Datoteka je večja od 10 MB"),
        (b"%PDF-" + b"0" * (verifying.LARGEST + 100_000), 413, "Poslano je preveliko"),
    ):
        page = compared(browser, content)
        assert (page.status_code, words in page.text) == (code, True)
    page = browser.post("/preverjanje/koda-issued", data={})
    assert (page.status_code, "Izberite datoteko PDF, ki jo želite primerjati." in page.text) == (422, True)


def test_the_code_can_be_typed_with_spaces_or_as_an_address(browser: FlaskClient) -> None:
    for typed in ("koda-issued", " koda -issued ", "https://razpisi.zgled.si/preverjanje/koda-issued/"):
        sent = browser.post("/preverjanje/", data={"code": typed})
        assert (sent.status_code, sent.headers["Location"]) == (302, "/preverjanje/koda-issued")
    for blank in ("", "   ", "///"):
        page = browser.post("/preverjanje/", data={"code": blank})
        assert (page.status_code, "Vpišite kodo, ki je natisnjena" in page.text) == (422, True)


def test_every_kind_of_document_has_its_page(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = commission_made.made(clock, 0)
        for kind in Kind:
            results_made.act(clock, call, f"vrsta-{kind.value}", kind=kind, sealed=False, sha256=None)
        db.session.commit()
    browser = app.test_client()
    assert {browser.get(f"/preverjanje/vrsta-{kind.value}").status_code for kind in Kind} == {200}


def test_codes_are_not_guessed_at_will(browser: FlaskClient, clock: Clock) -> None:
    """After so many unknown codes from one address none is answered, known or not, until the quarter is over."""
    for at in range(verifying.MOST_CODES):
        assert browser.get(f"/preverjanje/ugibam-{at}").status_code == 404
        clock.forward(seconds=1)
    for address in ("/preverjanje/ugibam", "/preverjanje/koda-issued", "/preverjanje/koda-drafted"):
        for page in (browser.get(address), browser.post(address, data={})):
            assert (page.status_code, page.headers["Retry-After"]) == (429, "870")
            assert "Preveč poskusov z vašega omrežja. Naslednji bo mogoč čez 870 s." in page.text
    elsewhere = browser.get("/preverjanje/koda-issued", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200
    clock.forward(seconds=869)
    assert browser.get("/preverjanje/koda-issued").headers["Retry-After"] == "1"
    clock.forward(seconds=1)
    assert browser.get("/preverjanje/koda-issued").status_code == 200
    assert browser.get("/preverjanje/ugibam").status_code == 404
    assert browser.get("/preverjanje/koda-issued").status_code == 429


def test_files_are_not_compared_without_end_and_known_codes_are_never_counted(
    browser: FlaskClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "MOST_FILES", 3)
    for _ in range(2 * verifying.MOST_CODES):
        assert browser.get("/preverjanje/koda-issued").status_code == 200
    for content in (b"%PDF-1", b"ni pdf", results_made.content("koda-issued")):
        assert compared(browser, content).status_code in (200, 422)
    page = compared(browser, b"%PDF-1")
    assert (page.status_code, page.headers["Retry-After"]) == (429, "900")
    assert browser.get("/preverjanje/koda-issued").status_code == 200
    clock.forward(minutes=15)
    assert compared(browser, b"%PDF-1").status_code == 200
