"""What the environment says of the installation; what cannot be is told by its name."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.documents.seal import SealSettings
from razpis.settings import SettingRefused, from_environment


def test_an_empty_environment_is_enough() -> None:
    assert from_environment({}) == {
        "DATABASE_URL": None,
        "RAZPIS_ADDRESS": None,
        "RAZPIS_SENDER": "razpis@localhost",
        "RAZPIS_PROXIES": 0,
        "SESSION_COOKIE_SECURE": False,
        "SMTP": None,
        "OIDC": None,
        "SEAL": None,
        "SEAL_ROOTS": None,
        "TRUSTED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
    }


def test_a_full_environment() -> None:
    found = from_environment(
        {
            "DATABASE_URL": "postgresql://razpis@db/razpis",
            "RAZPIS_ADDRESS": "https://razpisi.zgled.si",
            "RAZPIS_SENDER": "razpisi@zgled.si",
            "RAZPIS_PROXIES": "1",
            "RAZPIS_SMTP_HOST": "posta.zgled.si",
            "RAZPIS_SMTP_PORT": "587",
            "RAZPIS_SMTP_USER": "razpis",
            "RAZPIS_SMTP_PASSWORD": "skrivnost",
            "RAZPIS_OIDC_ISSUER": "https://prijava.zgled.si",
            "RAZPIS_OIDC_CLIENT_ID": "razpis",
            "RAZPIS_OIDC_CLIENT_SECRET": "skrivnost",
            "RAZPIS_OIDC_NAME": "Zgled",
        }
    )
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["TRUSTED_HOSTS"] == ["razpisi.zgled.si"]
    assert found["SMTP"] == {"host": "posta.zgled.si", "port": 587, "user": "razpis", "password": "skrivnost"}
    assert found["OIDC"] == {
        "issuer": "https://prijava.zgled.si",
        "name": "Zgled",
        "client_id": "razpis",
        "client_secret": "skrivnost",
    }


def test_the_seal_is_told_as_its_own_settings() -> None:
    environment = {"RAZPIS_SEAL_FILE": "kljuc.p12", "RAZPIS_SEAL_PASSWORD": "skrivnost"}
    bare = SealSettings(**from_environment(environment)["SEAL"])
    assert bare == SealSettings(file="kljuc.p12", password="skrivnost")
    assert bare.level == "B-B"
    stamped = SealSettings(**from_environment({**environment, "RAZPIS_SEAL_TSA": "https://tsa.zgled.si"})["SEAL"])
    assert (stamped.authority, stamped.level) == ("https://tsa.zgled.si", "B-T")
    more = {"RAZPIS_SEAL_TSA": "https://tsa.zgled.si", "RAZPIS_SEAL_LEVEL": "B-LTA", "RAZPIS_SEAL_ROOTS": "k.pem"}
    found = from_environment({"RAZPIS_SEAL_MODULE": "m.so", "RAZPIS_SEAL_TOKEN": "žig", **more})
    assert SealSettings(**found["SEAL"]).level == "B-LTA"
    assert found["SEAL_ROOTS"] == "k.pem"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"RAZPIS_ADDRESS": "razpisi.zgled.si"}, "RAZPIS_ADDRESS"),
        ({"RAZPIS_SMTP_HOST": "posta", "RAZPIS_SMTP_PORT": "ftp"}, "RAZPIS_SMTP_PORT"),
        ({"RAZPIS_SEAL_FILE": "k.p12", "RAZPIS_SEAL_LEVEL": "B-X"}, "RAZPIS_SEAL_LEVEL"),
        ({"RAZPIS_SEAL_FILE": "k.p12", "RAZPIS_SEAL_LEVEL": "B-T"}, "RAZPIS_SEAL_TSA"),
        ({"RAZPIS_SEAL_FILE": "k.p12", "RAZPIS_SEAL_TSA": "tsa.si"}, "RAZPIS_SEAL_TSA"),
        (
            {"RAZPIS_SEAL_FILE": "k.p12", "RAZPIS_SEAL_TSA": "https://t", "RAZPIS_SEAL_LEVEL": "B-LTA"},
            "RAZPIS_SEAL_ROOTS",
        ),
        ({"RAZPIS_SEAL_FILE": "k.p12", "RAZPIS_SEAL_MODULE": "m.so"}, "RAZPIS_SEAL_MODULE"),
        ({"RAZPIS_PROXIES": "-1"}, "RAZPIS_PROXIES"),
        ({"RAZPIS_OIDC_ISSUER": "https://x", "RAZPIS_OIDC_CLIENT_ID": "a"}, "RAZPIS_OIDC_CLIENT_SECRET"),
    ],
)
def test_what_cannot_be_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingRefused, match=named):
        from_environment(environment)


def test_a_stranger_host_is_refused(app: Flask) -> None:
    """Nobody gets a link to another address mailed by asking in its name."""
    client = app.test_client()
    assert client.get("/geslo", headers={"Host": "zlobno.si"}).status_code == 400
    assert client.get("/geslo", headers={"Host": "127.0.0.1:5000"}).status_code == 200
