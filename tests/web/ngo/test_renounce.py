"""The applicant's page of a withdrawal after the deadline, and what is then seen on the applicant's other pages."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import marking_made
from tests.databases import Clock
from tests.web.page import Page
from tests.web.sector.test_releases import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ADDRESS = "/vloge/kljuc000/umik-po-roku"


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    return Desk(app, clock)


def test_an_applicant_withdraws_after_reading_that_it_is_for_good(desk: Desk) -> None:
    own = desk.browser(desk.made.applicants[0])
    assert Page(own.get("/vloge/kljuc000").text).links["Umakni vlogo"] == ADDRESS
    told = desk.said(own, ADDRESS)
    for words in ("Umika ni mogoče preklicati.", "O vlogi se ne bo odločalo po vsebini", "do izdaje odločbe"):
        assert words in told
    wrong = own.post(ADDRESS, data={"reason": "Ni sodelavcev."})
    assert (wrong.status_code, "Potrdite, da veste" in wrong.text, "Ni sodelavcev.</textarea>" in wrong.text) == (
        422,
        True,
        True,
    )
    done = own.post(ADDRESS, data={"reason": "Ni sodelavcev.", "understood": "y"})
    assert done.location == "/vloge/kljuc000"
    told = desk.said(own, "/vloge/kljuc000")
    assert "Potrdilo o umiku smo vam poslali po e-pošti." in told
    assert "Vloga je umaknjena O njej se ne bo odločalo." in told
    assert "Umakni vlogo" not in told
    assert (own.get(ADDRESS).location, own.post(ADDRESS, data={"understood": "y"}).status_code) == (
        "/vloge/kljuc000",
        409,
    )
    other = desk.browser(desk.made.applicants[1])
    assert other.get(ADDRESS).status_code == 404
    assert "Umaknjene vloge, ki čakajo na sklep o ustavitvi postopka (1)" in desk.said(desk.officer, "/zacetek")
    assert "Umaknjene vloge, ki čakajo na sklep o ustavitvi postopka (1)" in desk.said(desk.registry, "/zacetek")
    told = desk.said(desk.registry, "/umiki/1")
    assert "prek portala Ni sodelavcev. Izjava:" in told
    with desk.app.app_context():
        assert marking_made.states(desk.made)[0] == "stopping"


def test_it_is_not_offered_once_decided(desk: Desk) -> None:
    desk.issued()
    own = desk.browser(desk.made.applicants[0])
    assert "Umakni vlogo" not in desk.said(own, "/vloge/kljuc000")
    assert own.get(ADDRESS).location == "/vloge/kljuc000"


def test_officials_are_led_to_withdrawals(desk: Desk) -> None:
    assert Page(desk.officer.get("/vodenje/razpisi/1").text).links["Umiki vlog"] == "/umiki/1"
    assert Page(desk.registry.get("/vlozisce/1").text).links["Umiki vlog"] == "/umiki/1"
