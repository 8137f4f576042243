"""The journal in the browser; what the auditor may look at, and that the auditor changes nothing."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.services.organisations import organisations
from tests import people
from tests.databases import Clock
from tests.people import signed_in
from tests.services.organisation_making import added
from tests.web.page import Page


def auditor(app: Flask, clock: Clock) -> FlaskClient:
    """Nada, after Ana has added an organisation, which Nada has read."""
    with app.app_context():
        nada = people.actor(clock, "nada@mom.si", "Nada Nadzorna", Role.AUDITOR)
        kept = added(people.actor(clock), clock)
        organisations.read(nada, kept.id, clock())
        db.session.commit()
        db.session.remove()
    return signed_in(app, "nada@mom.si")


def test_events_are_told_in_words_and_filtered(app: Flask, clock: Clock) -> None:
    nada = auditor(app, clock)
    page = Page(nada.get("/dnevnik/?dejanje=organisation.add&oseba=ana&razpis=").text)
    assert page.tables[0][1][:3] == ["3", "16. 2. 2026 09.00", "Ana Zgled"]
    assert "Ana Zgled Organizacija je bila dodana. Podrobnosti dogodka 3" in page.text
    assert "organizacija Društvo Čebelica" in page.text
    assert ["pravna oblika", "–", "društvo"] in page.tables[1]
    assert "Takih dogodkov ni." in nada.get("/dnevnik/?oseba=nihče").text
    english = nada.get("/dnevnik/?dejanje=organisation.add&jezik=en").text
    assert "The organisation was added." in english


def test_the_journal_is_turned_by_pages(app: Flask, clock: Clock) -> None:
    nada = auditor(app, clock)
    for _ in range(25):
        signed_in(app, "nada@mom.si")
    page = Page(nada.get("/dnevnik/?oseba=nada").text)
    older = Page(nada.get(page.links["Starejši dogodki"]).text)
    assert (len(page.rows()), len(older.rows()), "Starejši dogodki" in older.links) == (25, 1, False)


def test_the_chain_is_shown_whole_or_broken(app: Flask, clock: Clock) -> None:
    nada = auditor(app, clock)
    assert "Veriga 4 dogodkov je cela." in Page(nada.get("/dnevnik/preverjanje").text).text
    with app.app_context():
        drop = {"sqlite": "DROP TRIGGER event_no_update", "postgresql": "DROP TRIGGER event_fixed ON event"}
        db.session.execute(text(drop[db.engine.dialect.name]))
        db.session.execute(text("UPDATE event SET actor = 'nekdo drug' WHERE number = 3"))
        db.session.commit()
    assert "Veriga je pretrgana pri dogodku 3." in Page(nada.get("/dnevnik/preverjanje").text).text


def test_the_journal_is_downloaded_and_readings_are_listed(app: Flask, clock: Clock) -> None:
    nada = auditor(app, clock)
    response = nada.get("/dnevnik/dnevnik.csv?dejanje=organisation.add")
    assert response.headers["Content-Disposition"] == "attachment; filename=dnevnik.csv"
    assert response.text.count("\n") == 2
    page = Page(nada.get("/dnevnik/branja").text)
    assert page.rows() == [
        ["16. 2. 2026 09.00", "Nada Nadzorna", "Branje podatkov organizacije", "organizacija Društvo Čebelica"]
    ]
    assert Page(nada.get("/dnevnik/branja?pred=1").text).tables == []


def test_an_officer_sees_calls_alone_and_an_applicant_nothing(app: Flask, clock: Clock) -> None:
    auditor(app, clock)
    with app.app_context():
        people.user(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        db.session.remove()
    ula, ana = signed_in(app, "ula@mom.si"), signed_in(app, "ana@zgled.si")
    assert "Takih dogodkov ni." in ula.get("/dnevnik/").text
    assert ula.get("/dnevnik/branja").status_code == 403
    paths = (
        "/dnevnik/",
        "/dnevnik/preverjanje",
        "/dnevnik/dnevnik.csv",
        "/dnevnik/branja",
        "/prijavitelji/",
        "/osebe/",
    )
    assert [ana.get(path).status_code for path in paths] == [403] * 6


def test_no_form_is_open_to_the_auditor_but_those_of_their_own_account(app: Flask, clock: Clock) -> None:
    nada = auditor(app, clock)
    posts = [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.partition(".")[0] not in ("auth", "oidc", "verification")
    ]
    assert {"organisations.add", "accounts.invite", "applicants.confirm"} <= {rule.endpoint for rule in posts}
    open_to = {}
    for rule in posts:
        code = nada.post(re.sub(r"<[^>]+>", "1", rule.rule)).status_code
        if code not in (403, 404):
            open_to[rule.endpoint] = code
    assert open_to == {}
