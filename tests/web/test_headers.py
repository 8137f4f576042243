"""Every response, whatever it is, forbids what no page of ours needs."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

EXPECTED = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
PAGES = ["/izid/", "/izid/vloga/V2", "/izid/preverjanje", "/dostopnost", "/nowhere"]


@pytest.mark.parametrize(
    "address",
    [*PAGES, "/izid/vloga/V1/sklep.pdf", "/izid/rezultati.csv", "/izid/evaluation.json", "/static/css/razpis.css"],
)
def test_every_response_carries_the_headers(client: FlaskClient, address: str) -> None:
    response = client.get(address, buffered=True)
    assert {key: response.headers[key] for key in EXPECTED} == EXPECTED


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_anything_the_policy_forbids(client: FlaskClient, address: str) -> None:
    html = client.get(address).text
    assert (
        re.findall(
            r"<script(?! src=\"/static/)|<style|<iframe|\sstyle=|\son\w+=|javascript:|(?:src|href)=\"(?:https?:)?//",
            html,
        )
        == []
    )


def test_where_the_address_is_secure_browsers_try_no_other(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/dostopnost").headers
    client.application.config["SESSION_COOKIE_SECURE"] = True
    try:
        assert client.get("/dostopnost").headers["Strict-Transport-Security"] == "max-age=31536000"
    finally:
        client.application.config["SESSION_COOKIE_SECURE"] = False


def test_the_cookie_of_the_language_is_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    (cookie,) = client.get("/izid/?jezik=en").headers.getlist("Set-Cookie")
    assert cookie.startswith("razpis=")
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert client.get("/dostopnost").headers["Vary"] == "Cookie"
