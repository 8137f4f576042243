"""Signs that no text holds are refused in words, wherever they come."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import people
from tests.databases import Clock


@pytest.mark.parametrize("path", ["/?iskanje=%00", "/prijava?next=%00"])
def test_in_an_address(app: Flask, path: str) -> None:
    response = app.test_client().get(path)
    assert (response.status_code, "neviden znak (NUL)" in response.text) == (409, True)


def test_in_a_form(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
    response = app.test_client().post("/prijava", data={"email": "ana\0@zgled.si", "password": "x"})
    assert (response.status_code, "neviden znak (NUL)" in response.text) == (409, True)
