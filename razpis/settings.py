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
        "SEAL": _seal(environment),
        "SEAL_ROOTS": environment.get("RAZPIS_SEAL_ROOTS") or None,
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


def _seal(environment: Mapping[str, str]) -> dict[str, Any] | None:
    """The fields of ``documents.seal.SealSettings``, nothing where no key is named."""
    given = {
        name.lower(): environment.get(f"RAZPIS_SEAL_{name}") or ""
        for name in ("FILE", "PASSWORD", "MODULE", "TOKEN", "LABEL", "ROOTS")
    }
    authority = environment.get("RAZPIS_SEAL_TSA") or ""
    level = environment.get("RAZPIS_SEAL_LEVEL") or ("B-T" if authority else "B-B")
    if level not in ("B-B", "B-T", "B-LTA"):
        raise SettingRefused("RAZPIS_SEAL_LEVEL: B-B, B-T, B-LTA")
    if level != "B-B" and not authority.startswith(("https://", "http://")):
        raise SettingRefused("RAZPIS_SEAL_TSA: https://…")
    if level == "B-LTA" and not given["roots"]:
        raise SettingRefused("RAZPIS_SEAL_LEVEL=B-LTA: + RAZPIS_SEAL_ROOTS")
    if given["file"] and given["module"]:
        raise SettingRefused("RAZPIS_SEAL_FILE / RAZPIS_SEAL_MODULE")
    if not given["file"] and not given["module"]:
        return None
    return given | {"authority": authority if level != "B-B" else "", "archival": level == "B-LTA"}


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise SettingRefused(f"{name}: {default}")
    return int(text)
