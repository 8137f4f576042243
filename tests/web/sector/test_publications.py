"""Results published in the browser, the pages and files everyone sees of them, the feed, files of applications."""

from __future__ import annotations

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Call, Notice
from razpis.models.documents import Act, Publication
from razpis.procedure.acts import ActState
from razpis.procedure.roles import Role
from razpis.procedure.states import CallEvent
from tests import commission_made, results_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import key
from tests.people import signed_in

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert('Zavod & \"sin\"')</script>"


@pytest.fixture
def call(app: Flask, clock: Clock) -> Made:
    with app.app_context():
        made = results_made.issued(clock)
        commission_made.let_in(made.officer, made.signatory, made.president)
        return made


@pytest.fixture
def officer(app: Flask, call: Made) -> FlaskClient:
    return browser(app, call.officer)


def browser(app: Flask, number: int) -> FlaskClient:
    with app.app_context():
        return signed_in(app, db.session.get_one(User, number).email)


def hash_seen(client: FlaskClient, address: str) -> str:
    """What the page says it shows."""
    found = re.search(r'name="seen" type="hidden" value="([0-9a-f]{64})"', client.get(address).text)
    assert found is not None
    return found[1]


def publish(client: FlaskClient, call: Made, reason: str = "") -> int:
    """Press the button of the page; the code of the answer."""
    address = f"/objava-rezultatov/{call.call}/objava"
    seen = hash_seen(client, address)
    return client.post(address, data={"seen": seen, "reason": reason}).status_code


def test_published_in_one_confirmed_step_and_seen_by_everyone(app: Flask, officer: FlaskClient, call: Made) -> None:
    anyone = app.test_client()
    assert anyone.get(f"/razpisi/{call.call}/izid").status_code == 404
    assert "Preglej in objavi" in officer.get(f"/objava-rezultatov/{call.call}").text
    assert publish(officer, call) == 302
    told = anyone.get(f"/razpisi/{call.call}/izid").text.replace("\u00a0", " ")
    for words in ("Društvo 0", "Društvo 1", "Vloga št. 3", "3.000,00 EUR", "Ni dokončno", "43,5", "Različica 1"):
        assert words in told
    assert [name for name in ("Društvo 2", "Program 2") if name in told] == []
    assert f"/razpisi/{call.call}/izid" in anyone.get(f"/razpisi/{call.call}").text
    for ending, kind in (("pdf", "application/pdf"), ("csv", "text/csv"), ("json", "application/json")):
        file = anyone.get(f"/razpisi/{call.call}/izid/1.{ending}")
        assert (file.status_code, file.mimetype) == (200, kind)
        assert anyone.get(f"/razpisi/{call.call}/izid/2.{ending}").status_code == 404
    assert anyone.get(f"/razpisi/{call.call}/izid/2").status_code == 404
    assert "pove natanko to, kar velja zdaj" in officer.get(f"/objava-rezultatov/{call.call}").text


def test_the_pdf_is_the_one_its_code_leads_to(app: Flask, officer: FlaskClient, call: Made) -> None:
    publish(officer, call)
    anyone = app.test_client()
    pdf = anyone.get(f"/razpisi/{call.call}/izid/1.pdf").data
    with app.app_context():
        code = db.session.query(Publication).one().act.key  # type: ignore[union-attr]
    page = anyone.post(f"/preverjanje/{code}", data={"file": (io.BytesIO(pdf), "rezultati.pdf")})
    assert "Datoteka je enaka" in page.text
    data = json.loads(anyone.get(f"/razpisi/{call.call}/izid/1.json").data)
    assert [line["award"] for line in data["lines"]] == ["3000.00", "3000.00", "0.00"]


def test_what_is_missing_is_listed_and_a_stale_page_publishes_nothing(
    app: Flask, officer: FlaskClient, call: Made
) -> None:
    stale = officer.post(f"/objava-rezultatov/{call.call}/objava", data={"seen": "0" * 64})
    assert (stale.status_code, "Odkar ste odprli stran" in stale.text) == (409, True)
    with app.app_context():
        db.session.query(Act).filter_by(application_id=call.applications[2]).one().state = ActState.RENDERED
        db.session.commit()
    page = officer.get(f"/objava-rezultatov/{call.call}")
    assert "Odločitve še niso izdane za vloge št. 3." in page.text
    assert "Preglej in objavi" not in page.text
    refused = officer.post(f"/objava-rezultatov/{call.call}/objava", data={"seen": ""})
    assert (refused.status_code, "Odločitve še niso izdane" in refused.text) == (409, True)
    with app.app_context():
        assert db.session.query(Publication).count() == 0


def test_a_new_version_needs_a_reason_and_nothing_typed_is_lost(app: Flask, officer: FlaskClient, call: Made) -> None:
    publish(officer, call)
    with app.app_context():
        db.session.query(Act).filter_by(application_id=call.applications[1]).one().state = ActState.ANNULLED
        db.session.commit()
    address = f"/objava-rezultatov/{call.call}/objava"
    seen = hash_seen(officer, address)
    short = officer.post(address, data={"seen": seen, "reason": "kratko"})
    assert short.status_code == 422
    assert "Napišite, kaj se je spremenilo" in short.text
    assert "kratko</textarea>" in short.text
    assert publish(officer, call, "Župan je odločitev odpravil.") == 302
    told = app.test_client().get(f"/razpisi/{call.call}/izid").text
    for words in ("Župan je odločitev odpravil.", "odločitev odpravljena, odloča se znova", "Različica 1"):
        assert words in told
    old = app.test_client().get(f"/razpisi/{call.call}/izid/1").text
    assert ("Prejšnja različica" in old, "Društvo 1" in old) == (True, True)


def test_the_feed_is_atom_with_whole_addresses_and_escaped_words(app: Flask, officer: FlaskClient, call: Made) -> None:
    publish(officer, call)
    with app.app_context():
        found = db.session.get_one(Call, call.call)
        found.title_sl = HOSTILE
        notice = Notice(
            event=CallEvent.SUSPEND, reason="Proračun\x0b ni sprejet.", at=found.published_at, by=call.officer
        )
        found.notices.append(notice)
        db.session.commit()
    anyone = app.test_client()
    answer = anyone.get("/novice.atom")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    assert b"<script>" not in answer.data
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    titles = [one.findtext(f"{ATOM}title") for one in entries]
    assert titles == [
        f"Rezultati razpisa: {HOSTILE} (41001-7/2026)",
        f"Javni razpis: {HOSTILE} (41001-7/2026)",
        f"Razpis je zadržan: {HOSTILE} (41001-7/2026)",
    ]
    links = [one.get("href") or "" for one in root.iter(f"{ATOM}link")]
    assert {link.partition("/")[0] + "//" + link.split("/")[2] for link in links} == {"http://localhost"}
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == 3
    assert root.findtext(f"{ATOM}updated") == max(one.findtext(f"{ATOM}updated") or "" for one in entries)
    for link in links:
        assert anyone.get(link.removeprefix("http://localhost")).status_code == 200
    assert "/novice.atom" in anyone.get("/").text
    assert "Public call" in anyone.get("/novice.atom?jezik=en").text


def test_files_of_applications_are_listed_and_downloaded(app: Flask, officer: FlaskClient, call: Made) -> None:
    assert "Programi pomoči" in officer.get("/spisi/").text
    assert "Društvo 2" in officer.get(f"/spisi/{call.call}").text
    for address, name in (("spis", "spis-41001-7-2026-1.zip"), ("okrnjen", "spis-okrnjen-41001-7-2026-1.zip")):
        sent = officer.get(f"/spisi/vloga/{key(0)}/{address}.zip")
        assert (sent.status_code, sent.mimetype, sent.headers["Cache-Control"]) == (200, "application/zip", "no-store")
        assert name in sent.headers["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(sent.data)) as packed:
            assert packed.testzip() is None
        assert officer.get(f"/spisi/vloga/ni-take/{address}.zip").status_code == 404
    with app.app_context():
        mayor = commission_made.user("zupan@zgled.si", "Župan Zgled", Role.SECOND_INSTANCE)
        db.session.commit()
        commission_made.let_in(mayor.id)
        number = mayor.id
    second = browser(app, number)
    assert second.get(f"/spisi/vloga/{key(0)}/spis.zip").status_code == 200
    assert browser(app, call.president).get("/spisi/").status_code == 403
    assert browser(app, call.signatory).get(f"/objava-rezultatov/{call.call}/objava").status_code == 403
