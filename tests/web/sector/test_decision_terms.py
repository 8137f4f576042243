"""The settings of decisions in parts that can be folded: what a part says of itself, and which stand open."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests import decisions_made
from tests.databases import Clock
from tests.web.page import Page
from tests.web.sector.test_releases import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ADDRESS = "/odlocbe/1/nastavitve"


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    return Desk(app, clock)


def parts(text: str) -> dict[str, bool]:
    """The title of every part of the page, and whether it stands open."""
    found = re.findall(r'<details class="fold"( open)?><summary><h2>([^<]+)</h2>', text)
    return {title: bool(opened) for opened, title in found}


def test_what_is_settled_is_folded_and_says_what_it_holds(desk: Desk) -> None:
    page = desk.officer.get(ADDRESS).text
    assert parts(page) == {
        "Akt in številka": False,
        "Glava in uvod": False,
        "Izrek in obrazložitev": False,
        "Pouk o pravnem sredstvu": False,
        "Podpisa in vročitev": False,
    }
    told = Page(page).text
    for words in ("41001-7/2026 · SKLEP", "Občina Zgled · Maribor", "pritožba · 15 dni", "Peter Podpisnik"):
        assert words in told
    assert "Za izdajo manjka" not in told


def test_what_is_missing_stands_open_and_is_named(desk: Desk) -> None:
    with desk.app.app_context():
        decisions_made.set_terms(desk.clock, desk.made, authority="", place="", serve=())
    page = desk.officer.get(ADDRESS).text
    assert [title for title, opened in parts(page).items() if opened] == ["Glava in uvod", "Podpisa in vročitev"]
    told = Page(page).text
    assert "Za izdajo manjka naziv organa, kraj izdaje." in told
    assert "Za izdajo manjka komu se akt vroči." in told


def test_what_is_wrong_stands_open_with_everything_typed(desk: Desk) -> None:
    with desk.app.app_context():
        decisions_made.set_terms(desk.clock, desk.made)
    form = desk.officer.get(ADDRESS).text
    values = dict(re.findall(r'<input[^>]* name="([a-z_]+)"[^>]* type="text" value="([^"]*)"', form))
    typed = values | {"act": "sklep", "remedy": "appeal", "seen": "1", "pattern": "{case}{serial}", "place": "Ptuj"}
    wrong = desk.officer.post(ADDRESS, data=typed)
    assert (wrong.status_code, parts(wrong.text)["Akt in številka"]) == (422, True)
    assert 'value="Ptuj"' in wrong.text
    assert "novalidate" in wrong.text


def test_of_two_who_change_at_once_the_second_keeps_what_they_typed_and_sees_the_other(desk: Desk) -> None:
    with desk.app.app_context():
        decisions_made.set_terms(desk.clock, desk.made)
    form = desk.officer.get(ADDRESS).text
    typed = {"act": "sklep", "remedy": "appeal", "case": "41001-7/2026", "pattern": "{case}-{serial}", "place": "Ptuj"}
    assert 'name="seen" type="hidden" value="1"' in form
    with desk.app.app_context():
        decisions_made.set_terms(desk.clock, desk.made, place="Celje")
    stale = desk.officer.post(ADDRESS, data=typed | {"seen": "1"})
    assert (stale.status_code, 'value="Ptuj"' in stale.text) == (409, True)
    told = Page(stale.text).text
    assert "Nastavitve je medtem spremenil nekdo drug." in told
    assert "Zdaj je tu: Celje." in told
    assert desk.officer.post(ADDRESS, data=typed | {"seen": "2"}).location == "/odlocbe/1"
    assert 'value="Ptuj"' in desk.officer.get(ADDRESS).text
