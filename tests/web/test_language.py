"""Slovenian unless the visitor asked for English; asked once, remembered."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from razpis.procedure.roles import Role
from tests import people
from tests.databases import Clock
from tests.web.page import Page


def spoken(client: FlaskClient, address: str) -> str:
    found = re.search(r'<html lang="(\w+)">', client.get(address).text)
    assert found
    return found[1]


def test_slovenian_stands_whatever_the_browser_prefers(client: FlaskClient) -> None:
    response = client.get("/izid/", headers={"Accept-Language": "en"})
    assert '<html lang="sl">' in response.text
    assert "Set-Cookie" not in response.headers


def test_the_switch_is_remembered_and_turns_back(client: FlaskClient) -> None:
    languages = [
        spoken(client, address)
        for address in ("/izid/?jezik=en", "/izid/", "/nowhere", "/izid/?jezik=sl", "/dostopnost")
    ]
    assert languages == ["en", "en", "en", "sl", "sl"]


@pytest.mark.parametrize("asked", ["de", "", "sl'", "../en"])
def test_an_unknown_language_changes_nothing(client: FlaskClient, asked: str) -> None:
    assert spoken(client, f"/izid/?jezik={asked}") == "sl"
    assert spoken(client, "/izid/") == "sl"


def test_the_switch_keeps_the_page_and_its_choice(client: FlaskClient) -> None:
    links = Page(client.get("/izid/?lot=old&outcome=granted&jezik=sl").text).links
    assert links["English"] == "?lot=old&outcome=granted&jezik=en"
    page = Page(client.get("/izid/" + links["English"]).text)
    assert page.links["Slovenščina"] == "?lot=old&outcome=granted&jezik=sl"
    assert [row[:2] for row in page.rows()] == [
        ["1.", "Ustanova Zimzelen S1"],
        ["Total (1 application)", "2,400.00 EUR"],
    ]


def test_the_switch_quotes_what_stands_in_the_address(client: FlaskClient) -> None:
    links = Page(client.get("/izid/?lot=%22%3E%3Cb%3E%26x").text).links
    assert links["English"] == "?lot=%22%3E%3Cb%3E%26x&jezik=en"


def test_the_switch_on_the_answer_to_a_form_leads_back_to_the_page_of_the_form(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER)
    client = people.signed_in(app, "urad@zgled.si")
    for referrer, address in (
        ("http://localhost/odlocbe/7?stran=2", "/odlocbe/7?jezik=en"),
        ("http://localhost//zgled.com/", "/zgled.com/?jezik=en"),
        ("http://drugje.si/odlocbe/7", "/?jezik=en"),
        ("", "/?jezik=en"),
    ):
        response = client.post("/odlocbe/7/paket", headers={"Referer": referrer})
        page = Page(response.text)
        assert (response.status_code, page.links["English"]) == (409, address)
        assert page.links["Kaj storiti zdaj"] == "/zacetek"
