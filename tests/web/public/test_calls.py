"""Public pages of calls: three lists, one call with all one needs, its rules, versions, answers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.procedure.roles import Role
from razpis.services.calls import drafting, public_calls, publishing, suspending
from tests import people
from tests.databases import Clock
from tests.people import signed_in
from tests.services import call_making as making
from tests.web.page import Page


@pytest.fixture
def call(app: Flask, clock: Clock) -> int:
    """A call published on 16 February, open to 20 March."""
    with app.app_context():
        return making.published(making.officer(clock), making.signatory(clock), clock)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser nobody has signed in with."""
    return app.test_client()


def page(client: FlaskClient, path: str, code: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == code, response.text
    return Page(response.text)


def test_before_the_first_call_the_page_says_what_will_be_here(client: FlaskClient) -> None:
    assert "Zdaj ni odprtega razpisa." in page(client, "/").text


def test_a_call_is_announced_open_and_past(app: Flask, clock: Clock, client: FlaskClient) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.confirmed(officer, signer, clock)
        terms = replace(making.same_terms(call_id), opens_at=clock() + timedelta(days=7))
        drafting.save_terms(officer, call_id, making.revision(call_id), terms, clock())
        assert client.get(f"/razpisi/{call_id}").status_code == 404
        publishing.publish(officer, call_id, making.revision(call_id), clock())
    announced = page(client, "/")
    assert "Napovedani razpisi" in announced.text
    assert "Vloge se sprejemajo od: ponedeljek, 23. februar 2026 ob 09.00." in announced.text
    assert "Oddaj vlogo" not in page(client, f"/razpisi/{call_id}").links
    clock.forward(days=7)
    assert "Odprti razpisi" in page(client, "/").text
    shown = page(client, f"/razpisi/{call_id}")
    assert shown.links["Oddaj vlogo"] == f"/razpisi/{call_id}/prijava"
    assert "Čas do roka: 25 dni in 3 ur" in shown.text
    clock.at = making.DEADLINE
    assert "Oddaj vlogo" in page(client, f"/razpisi/{call_id}").links
    clock.forward(seconds=1)
    closed = page(client, f"/razpisi/{call_id}")
    assert "Oddaj vlogo" not in closed.links
    assert "Prijave na ta razpis niso več mogoče." in closed.text
    assert "Pretekli razpisi" in page(client, "/").text


def test_a_call_says_who_may_apply_what_to_prepare_and_for_what_money(call: int, client: FlaskClient) -> None:
    shown = page(client, f"/razpisi/{call}")
    assert "petek, 20. marec 2026 ob 12.00" in shown.text
    assert "Prijavitelj na dan izteka roka deluje najmanj eno leto" in shown.text
    assert shown.rows(0)[-1] == ["Skupaj", "71.000,00 EUR"]
    assert ["Finančni načrt – Obvezna priloga.", "priloga", "da", "bere komisija"] in shown.rows(2)
    assert "Razpis je izmišljen in ni pravi razpis občine." in shown.text
    english = page(client, f"/razpisi/{call}?jezik=en")
    assert "Friday, 20 March 2026" in english.text


def test_the_hash_of_a_version_can_be_computed_from_its_files(app: Flask, call: int, client: FlaskClient) -> None:
    frozen = client.get(f"/razpisi/{call}/razlicica.json?razlicica=1")
    rulebook = client.get(f"/razpisi/{call}/pravila.yaml")
    sha256 = hashlib.sha256(frozen.data).hexdigest()
    assert f"SHA-256 {sha256}" in page(client, f"/razpisi/{call}").text
    assert json.loads(frozen.data)["rulebook_sha256"] == hashlib.sha256(rulebook.data).hexdigest()
    assert rulebook.data.decode() == making.RULES
    with app.app_context():
        assert public_calls.version(call).sha256 == sha256
    assert client.get(f"/razpisi/{call}/razlicica.json?razlicica=2").status_code == 404


def test_rules_are_told_in_words_without_anything_inline(call: int, client: FlaskClient) -> None:
    shown = page(client, f"/razpisi/{call}/pravila")
    assert "Pravila razpisa v besedah" in shown.text
    assert "Število članov" in shown.text
    assert "style" not in {name for name, _ in shown.attributes}
    assert "style" not in shown.tags


def test_a_question_is_asked_by_whoever_is_signed_in(app: Flask, clock: Clock, call: int, client: FlaskClient) -> None:
    path = f"/razpisi/{call}"
    assert page(client, path).links["Če želite vprašati, se prijavite v račun"].startswith("/prijava?next=")
    assert client.post(path, data={"text": "Ali je še čas?"}).status_code == 403
    with app.app_context():
        people.user(clock)
    ana = signed_in(app, "ana@zgled.si")
    assert "Napišite vprašanje." in Page(ana.post(path, data={"text": ""}).text).text
    assert "od 5 do 2000 znakov" in Page(ana.post(path, data={"text": "Kaj"}).text).text
    assert ana.post(path, data={"text": "Ali je še čas?"}).status_code == 302
    assert "Na odgovor čaka 1 vaše vprašanje." in page(ana, path).text
    assert "Ali je še čas?" not in page(client, path).text
    clock.at = making.DEADLINE + timedelta(seconds=1)
    late = signed_in(app, "ana@zgled.si").post(path, data={"text": "Ali je še čas?"})
    assert (late.status_code, "ne sprejemamo več" in late.text) == (422, True)


def test_notices_are_public_with_their_reasons(app: Flask, clock: Clock, call: int, client: FlaskClient) -> None:
    with app.app_context():
        signer = people.actor(clock, "drugi@zgled.si", "Drugi Podpisnik", Role.SIGNATORY)
        suspending.suspend(signer, call, "Proračun še ni sprejet.", "Sklep 5", clock())
    suspended = page(client, f"/razpisi/{call}")
    assert "Zadržan Proračun še ni sprejet." in suspended.text
    assert "Oddaj vlogo" not in suspended.links
    with app.app_context():
        suspending.cancel(signer, call, "Sredstev ni.", "Sklep 6", clock())
    cancelled = page(client, f"/razpisi/{call}")
    assert "Razveljavljen Sredstev ni." in cancelled.text
    assert "razpis je zadržan. Proračun še ni sprejet. Sklep 5" in cancelled.text


def test_a_return_to_the_draft_is_nobodys_business(app: Flask, clock: Clock, client: FlaskClient) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.draft(officer, clock)
        publishing.send_to_review(officer, call_id, making.revision(call_id), clock())
        publishing.send_back(signer, call_id, "Notranja pripomba.", clock())
        publishing.send_to_review(officer, call_id, making.revision(call_id), clock())
        publishing.approve(signer, call_id, making.revision(call_id), clock())
        publishing.publish(officer, call_id, making.revision(call_id), clock())
    assert "Notranja pripomba." not in page(client, f"/razpisi/{call_id}").text


def test_the_privacy_notice_names_bases_retention_and_rights(client: FlaskClient) -> None:
    text = page(client, "/zasebnost").text
    for words in ("člen 6(1)(c)", "dve leti po koncu leta", "Informacijskemu pooblaščencu", "22. člen ZVOP-2"):
        assert words in text


def test_the_moment_of_the_server_is_shown(call: int, client: FlaskClient, clock: Clock) -> None:
    clock.at = datetime(2026, 3, 20, 10, 59, 59, tzinfo=UTC)
    assert "Zdaj je petek, 20. marec 2026 ob 11.59.59" in page(client, f"/razpisi/{call}").text


def test_an_official_is_not_led_into_applying_but_told_why_not(app: Flask, client: FlaskClient, call: int) -> None:
    official = signed_in(app, "skrbnica@zgled.si")
    offered = ["Oddaj vlogo" in page(one, f"/razpisi/{call}").links for one in (client, official)]
    assert offered == [True, False]
    told = page(official, f"/razpisi/{call}/prijava")
    assert "Kdor ima uradno vlogo, ne more zastopati organizacije" in told.text
    assert {"Vpišite organizacijo", "Moje vloge"} & set(told.links) == set()
