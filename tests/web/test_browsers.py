"""A session is named by its browser as people know it; the one in use is marked."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.web.browsers import named
from tests import people
from tests.databases import Clock
from tests.web.page import Page

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{WINDOWS} {CHROME} Safari/537.36", "Chrome, Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36 Edg/126.0.0.0", "Microsoft Edge, Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36 OPR/112.0.0.0", "Opera, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Linux"),
        (f"{ANDROID} {CHROME} Mobile Safari/537.36", "Chrome, Android"),
        (f"{ANDROID} AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Safari/537.36", "Samsung Internet, Android"),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (f"{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari, macOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "–"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent: str, words: str) -> None:
    assert named(agent) == words


def test_the_account_says_where_one_is_signed_in_and_which_is_this(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
    data = {"email": "ana@zgled.si", "password": people.PASSWORD}
    agents = [f"{IPHONE} Version/17.5 Safari/604.1", f"{WINDOWS} {CHROME} Safari/537.36"]
    phone, desk = (app.test_client() for _ in agents)
    for client, agent in zip((phone, desk), agents, strict=True):
        assert client.post("/prijava", data=data, headers={"User-Agent": agent}).status_code == 302
    for client, told in (
        (phone, ["Chrome, Windows", "Safari, iPhone (ta, ki ga uporabljate)"]),
        (desk, ["Chrome, Windows (ta, ki ga uporabljate)", "Safari, iPhone"]),
    ):
        assert [row[1] for row in Page(client.get("/racun").text).rows()] == told
