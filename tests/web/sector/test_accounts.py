"""People and roles in the administrator's browser."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.procedure.roles import Role
from tests import people
from tests.databases import Clock
from tests.people import signed_in
from tests.services.organisation_making import added
from tests.web.page import Page


def administrator(app: Flask, clock: Clock) -> FlaskClient:
    """Sonja is person 1, Ula 2, Ana 3 (who acts for an organisation)."""
    with app.app_context():
        people.user(clock, "sonja@mom.si", "Sonja Skrbna", Role.ADMINISTRATOR)
        people.user(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        added(people.actor(clock), clock)
        db.session.remove()
    return signed_in(app, "sonja@mom.si")


def test_people_are_listed_and_filtered(app: Flask, clock: Clock) -> None:
    sonja = administrator(app, clock)
    page = Page(sonja.get("/osebe/").text)
    assert "3 oseb" in page.text
    assert page.rows()[2] == ["Ula Uradna", "ula@mom.si", "Skrbnik razpisa", "odprt"]
    assert [row[0] for row in Page(sonja.get("/osebe/?isci=ZGLED").text).rows()] == ["Ana Zgled"]
    assert [row[0] for row in Page(sonja.get("/osebe/?vloga=officer&stran=1").text).rows()] == ["Ula Uradna"]
    assert len(Page(sonja.get("/osebe/?vloga=kdove").text).rows()) == 3


def test_an_official_is_invited_with_roles(app: Flask, clock: Clock) -> None:
    sonja = administrator(app, clock)
    form = {"name": "Rok Registrski", "email": "rok@mom.si", "roles": ["registry", "officer"], "language": "sl"}
    page = Page(sonja.post("/osebe/nova", data=form, follow_redirects=True).text)
    assert "Vabilo je poslano na rok@mom.si." in page.text
    assert [row[0] for row in page.rows()] == ["Vložišče", "Skrbnik razpisa"]
    with app.app_context():
        (message,) = db.session.query(Message).all()
        assert (message.recipient, message.subject) == ("rok@mom.si", "Odprt je račun za vas")
    for changes, told in (
        ({"roles": ["auditor", "officer"]}, "Nadzornik ne more biti udeležen"),
        ({"email": "rok@mom.si"}, "Ta naslov že ima račun."),
        ({"name": ""}, "Izpolnite to polje."),
    ):
        response = sonja.post("/osebe/nova", data=form | {"email": "nov@mom.si"} | changes)
        assert (response.status_code, told in response.text) == (422, True)


def test_roles_are_changed_and_pairs_that_may_not_meet_are_told(app: Flask, clock: Clock) -> None:
    sonja = administrator(app, clock)
    assert 'value="officer" checked' in sonja.get("/osebe/2").text
    for path, roles, told in (
        ("/osebe/2", ["officer", "auditor"], "Nadzornik ne more biti udeležen"),
        ("/osebe/3", ["registry"], "Kdor zastopa prijavitelja, ne more imeti uradne vloge"),
        ("/osebe/1", [], "Uradne vloge upravitelja sistema si ne morete odvzeti sami."),
        ("/osebe/2", ["system"], "choice"),
    ):
        response = sonja.post(path, data={"roles": roles, "csrf_token": "-"})
        assert (response.status_code, told in response.text) == (422, True)
    page = Page(sonja.post("/osebe/2", data={"roles": ["registry"]}, follow_redirects=True).text)
    assert [(row[0], row[2] == "–") for row in page.rows()] == [("Skrbnik razpisa", False), ("Vložišče", True)]
    assert "Prijavitelj" in Page(sonja.get("/osebe/3").text).text
    assert sonja.get("/osebe/99").status_code == 404


def test_an_account_is_closed_after_its_consequence_was_told(app: Flask, clock: Clock) -> None:
    sonja, ula = administrator(app, clock), signed_in(app, "ula@mom.si")
    assert "se ne bo mogla več prijaviti" in sonja.get("/osebe/2/zapri").text
    page = Page(sonja.post("/osebe/2/zapri", follow_redirects=True).text)
    assert "Račun je zaprt." in page.text
    assert ula.get("/prijavitelji/").status_code == 302
    assert sonja.post("/osebe/1/zapri").status_code == 409


def test_only_an_administrator_enters(app: Flask, clock: Clock) -> None:
    administrator(app, clock)
    ula = signed_in(app, "ula@mom.si")
    assert [ula.get(path).status_code for path in ("/osebe/", "/osebe/nova", "/osebe/1")] == [403] * 3
    assert ula.post("/osebe/2", data={"roles": ["administrator"]}).status_code == 403
