"""What is sent by mistake or in bad faith meets a clear word, and what was right before stays as it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.models.base import db
from razpis.procedure.deadlines import ZONE
from razpis.procedure.roles import Role
from tests import people, published
from tests.databases import Clock
from tests.people import signed_in
from tests.web.ngo.test_applications import complete, filled, papers, save, submit
from tests.web.page import Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TWICE = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)
"""On 25 October 2026 it is 2.30 twice; this is the first of them."""
SCRIPT = published.HOSTILE


def begun(app: Flask, clock: Clock, **columns: Any) -> tuple[FlaskClient, str]:
    """Ana's browser and the key of an application she has begun."""
    with app.app_context():
        published.call(people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER), **columns)
        published.organisation(people.user(clock))
        db.session.remove()
    ana = signed_in(app, "ana@zgled.si")
    return ana, ana.post("/razpisi/1/prijava", data={"organisation": "1"}).location.rpartition("/")[2]


def test_a_bomb_is_told_by_its_field_and_what_stands_beside_it_is_saved(app: Flask, clock: Clock) -> None:
    ana, key = begun(app, clock)
    bomb = papers(published.zip_bomb(), "nacrt.docx") | {"a-letters": papers(name="pismo.pdf")["a-plan"]}
    response = save(ana, key, "papers", bomb)
    assert (response.status_code, "Datoteka je razširjena prevelika" in Page(response.text).text) == (422, True)
    shown = ana.get(f"/vloge/{key}/podatki/papers").text
    assert ("nacrt.docx" in shown, "pismo.pdf" in shown) == (False, True)


def test_a_second_too_late_the_answers_stay_in_sight(app: Flask, clock: Clock) -> None:
    ana, key = begun(app, clock)
    complete(ana, key)
    checked = filled(ana, f"/vloge/{key}/pregled")
    clock.at = published.DEADLINE.replace(second=1)
    ana = signed_in(app, "ana@zgled.si")
    late = ana.post(f"/vloge/{key}/pregled", data=checked | {"stated": "y"})
    told = Page(late.text).text
    assert (late.status_code, "Rok za prijavo je potekel 20. 3. 2026 ob 12.00.00" in told) == (409, True)
    assert ("Poletna šola" in told, "Spremeni" in told, "Oddaj vlogo" in told) == (True, False, False)
    assert ana.get(f"/vloge/{key}/umik").location == f"/vloge/{key}"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (TWICE, 302),
        (TWICE.replace(second=1), 409),
        (TWICE.replace(minute=15, fold=1), 409),
        (TWICE.replace(fold=1), 409),
    ],
)
def test_in_the_night_summer_time_ends_the_first_of_the_two_counts(
    app: Flask, clock: Clock, at: datetime, status: int
) -> None:
    ana, key = begun(app, clock, deadline=TWICE)
    complete(ana, key)
    clock.at = at
    response = submit(signed_in(app, "ana@zgled.si"), key)
    assert response.status_code == status
    told = "Rok za prijavo je potekel 25. 10. 2026 ob 02.30.00 (CEST)."
    assert (told in Page(response.text).text) == (status == 409)


def test_a_script_in_every_field_about_people_and_organisations_is_text(app: Flask, clock: Clock) -> None:
    ana, key = begun(app, clock)
    change = {"name": SCRIPT, "address": SCRIPT, "legal_form": "society", "revision": "1"}
    assert ana.post("/organizacije/1/uredi", data=change).status_code == 302
    named = {"name": SCRIPT, "function": SCRIPT, "valid_from": "1. 1. 2026"}
    assert ana.post("/organizacije/1/zastopnik/nov", data=named).status_code == 302
    status = {"kind": "public_interest", "field": SCRIPT, "decision_number": SCRIPT[:30], "decided_on": "1. 1. 2026"}
    assert ana.post("/organizacije/1/status/nov", data=status).status_code == 302
    assert ana.post("/razpisi/1", data={"text": SCRIPT}).status_code == 302
    wrong = {"registration_number": SCRIPT, **change, "iban": SCRIPT, "email": SCRIPT, "phone": SCRIPT}
    refused = ana.post("/organizacije/nova/podatki", data=wrong | {"kind": "representative", "valid_from": SCRIPT})
    assert refused.status_code == 422
    shown = [ana.get(path).text for path in ("/organizacije/", "/organizacije/1", f"/vloge/{key}", "/razpisi/1")]
    officer = signed_in(app, "urad@zgled.si")
    shown += [officer.get("/prijavitelji/1").text, officer.get("/vodenje/razpisi/1/vprasanja").text, refused.text]
    assert ["<script>alert" in text for text in shown] == [False] * 7
    assert "alert(" in Page(shown[1]).text
