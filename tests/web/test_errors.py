"""Errors told in plain words, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import RequestEntityTooLarge

from razpis.app import create_app
from tests.web.page import Page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/nowhere", "Napaka 404 Te strani ni Naslov je morda napačno prepisan"),
        ("/nowhere?jezik=en", "Error 404 There is no such page The address may be mistyped"),
    ],
)
def test_a_missing_page_says_what_to_do(client: FlaskClient, address: str, words: str) -> None:
    response = client.get(address)
    page = Page(response.text)
    assert response.status_code == 404
    assert words in page.text
    assert page.links["To the first page" if "en" in address else "Na prvo stran"] == "/"


def test_a_method_that_is_not_there_names_those_that_are(client: FlaskClient) -> None:
    response = client.post("/izid/preverjanje")
    assert response.status_code == 405
    assert sorted(response.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS"]
    assert "Tega dejanja tu ni mogoče opraviti" in Page(response.text).text


def test_a_fault_of_ours_is_a_page_without_its_inside(rank_folder: Path) -> None:
    app = create_app(rank_folder, SECRET_KEY="test")

    @app.get("/fault")
    def fault() -> str:
        raise ZeroDivisionError("tajno besedilo")

    response = app.test_client().get("/fault")
    page = Page(response.text)
    assert response.status_code == 500
    assert "Prišlo je do napake na strežniku" in page.text
    assert "tajno" not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_any_other_refusal_has_its_page_too(rank_folder: Path) -> None:
    app = create_app(rank_folder, SECRET_KEY="test")

    @app.get("/much")
    def much() -> str:
        raise RequestEntityTooLarge

    response = app.test_client().get("/much")
    assert response.status_code == 413
    assert "Napaka 413 Poslano je preveliko" in Page(response.text).text
