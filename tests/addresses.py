"""Every address of the pages, with the names of a made call in its gaps, and what comes back when all are asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

NAMED: Mapping[str, Any] = {
    "key": "kljuc000",
    "file": "plan0",
    "topic": "us",
    "criterion": "need",
    "kind": "start",
    "which": "1",
    "tie": "1",
}
"""The names of what ``tests/commission_made.py`` makes; whatever else stands in an address is number 1."""


def addresses(
    app: Flask,
    method: str,
    only: Sequence[str] = ("",),
    but: Sequence[str] = (),
    named: Mapping[str, Any] = NAMED,
) -> list[str]:
    """Every address of these parts that takes this method."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    chosen = [
        rule for rule in rules if rule.endpoint.startswith(tuple(only)) and not rule.endpoint.startswith(tuple(but))
    ]
    with app.test_request_context():
        return [app.url_for(one.endpoint, **{name: named.get(name, 1) for name in one.arguments}) for one in chosen]


def sent_everywhere(
    client: FlaskClient, asked: Sequence[str], method: str, data: Mapping[str, Any] | None = None
) -> list[str]:
    """What came back, in the order of the addresses; of an archive everything in it."""
    came = []
    for address in asked:
        response = client.open(address, method=method, data=data if method == "POST" else None)
        assert response.status_code < 500, (method, address)
        came.append(_text(response.get_data()))
        response.close()
    return came


def _text(content: bytes) -> str:
    if not content.startswith(b"PK\x03\x04"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(_text(archive.read(name)) for name in archive.namelist())
