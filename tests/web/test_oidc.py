"""Signing in through an outside service: against a real provider on this machine."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from tests import people
from tests.cluster import free_port
from tests.databases import Clock, application, close
from tests.web.page import Page

HERE = "http://localhost"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider in a process of its own; it knows every user it is told of."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/.well-known/openid-configuration")
        yield address
        process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            requests.get(address, timeout=1).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} does not answer")


@pytest.fixture
def joined(provider: str, database: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application with the provider set up."""
    settings = {"name": "Zgled", "issuer": provider, "client_id": "razpis", "client_secret": "skrivnost"}
    app = application(database, tmp_path / "instance", clock, OIDC=settings)
    yield app
    close(app)


def identified(provider: str, client: FlaskClient, subject: str, **claims: object) -> tuple[int, str]:
    """What the visitor sees who comes back as ``subject``: the status and the address or the page."""
    requests.put(f"{provider}/users/{subject}", json=claims, timeout=5).raise_for_status()
    asked = client.get("/prijava/ponudnik?next=/racun", base_url=HERE)
    assert asked.status_code == 302
    answer = requests.post(asked.location, data={"sub": subject}, allow_redirects=False, timeout=5)
    back = client.get(answer.headers["Location"].removeprefix(HERE), base_url=HERE)
    return back.status_code, back.headers.get("Location", "") or Page(back.text).text


def test_a_checked_address_signs_its_person_in(joined: Flask, provider: str, clock: Clock) -> None:
    with joined.app_context():
        people.user(clock)
    client = joined.test_client()
    assert identified(provider, client, "ana", email="ana@zgled.si", email_verified=True) == (302, "/racun")
    assert "Ana Zgled" in client.get("/racun").text


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ana@zgled.si"},
        {"email": "ana@zgled.si", "email_verified": False},
        {"email": "ana@zgled.si", "email_verified": "false"},
        {"email": "nekdo@zgled.si", "email_verified": True},
        {},
    ],
)
def test_whoever_is_not_known_is_told_so(joined: Flask, provider: str, clock: Clock, claims: dict[str, object]) -> None:
    with joined.app_context():
        people.user(clock)
    status, words = identified(provider, joined.test_client(), "kdo", **claims)
    assert status == 409
    assert "Za to prijavo še ni računa" in words


def test_an_answer_nobody_asked_for_is_refused(joined: Flask) -> None:
    response = joined.test_client().get("/prijava/ponudnik/nazaj?code=x&state=y")
    assert response.status_code == 409
    assert "Prijava pri ponudniku ni uspela" in response.text


def test_without_the_setting_there_is_no_such_page(app: Flask) -> None:
    assert [app.test_client().get(f"/prijava/ponudnik{end}").status_code for end in ("", "/nazaj")] == [404, 404]
