"""What the environment says about this installation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

SENDER = "razpis@localhost"
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
"""Without a public address only this machine is served: links in mail are made from the address asked for."""


class SettingRefused(Exception):
    """A setting cannot be used; says which and what to write."""


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Flask settings out of ``RAZPIS_…`` variables. Raises :class:`SettingRefused`."""
    address = environment.get("RAZPIS_ADDRESS") or None
    if address is not None and not address.startswith(("https://", "http://")):
        raise SettingRefused("RAZPIS_ADDRESS: https://razpisi.obcina.si")
    return {
        "DATABASE_URL": environment.get("DATABASE_URL") or None,
        "RAZPIS_ADDRESS": address,
        "RAZPIS_SENDER": environment.get("RAZPIS_SENDER") or SENDER,
        "RAZPIS_PROXIES": _number(environment, "RAZPIS_PROXIES", 0),
        "SESSION_COOKIE_SECURE": address is not None and address.startswith("https://"),
        "SMTP": _smtp(environment),
        "TRUSTED_HOSTS": [urlsplit(address).hostname] if address else list(THIS_MACHINE),
        "OIDC": _oidc(environment),
    }


def _smtp(environment: Mapping[str, str]) -> dict[str, Any] | None:
    host = environment.get("RAZPIS_SMTP_HOST")
    if not host:
        return None
    return {
        "host": host,
        "port": _number(environment, "RAZPIS_SMTP_PORT", 25),
        "user": environment.get("RAZPIS_SMTP_USER") or None,
        "password": environment.get("RAZPIS_SMTP_PASSWORD") or None,
    }


def _oidc(environment: Mapping[str, str]) -> dict[str, str] | None:
    issuer = environment.get("RAZPIS_OIDC_ISSUER")
    if not issuer:
        return None
    needed = ("CLIENT_ID", "CLIENT_SECRET")
    missing = [f"RAZPIS_OIDC_{name}" for name in needed if not environment.get(f"RAZPIS_OIDC_{name}")]
    if missing:
        raise SettingRefused(f"RAZPIS_OIDC_ISSUER: + {', '.join(missing)}")
    given = {name.lower(): environment[f"RAZPIS_OIDC_{name}"] for name in needed}
    return {"issuer": issuer, "name": environment.get("RAZPIS_OIDC_NAME") or "OIDC", **given}


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise SettingRefused(f"{name}: {default}")
    return int(text)
