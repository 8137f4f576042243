"""A number too large for any database is nobody's: no page has it in its address, no list goes by it."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.procedure.roles import Role
from razpis.web.numbered import LARGEST, number
from tests import people
from tests.databases import Clock

TOO_LARGE = (str(LARGEST + 1), str(2**63), str(10**30))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("typed", TOO_LARGE)
def test_there_is_no_page_of_such_a_number(app: Flask, clock: Clock, typed: str) -> None:
    with app.app_context():
        people.user(clock, "skrbnica@zgled.si", "Sonja Zgled", Role.ADMINISTRATOR)
    client = people.signed_in(app, "skrbnica@zgled.si")
    paths = (f"/razpisi/{typed}", f"/osebe/{typed}", f"/komisija/{typed}/seje/")
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    lists = (f"/osebe/?stran={typed}", f"/dnevnik/?pred={typed}", f"/dnevnik/?razpis={typed}")
    assert [client.get(path).status_code for path in lists] == [200, 200, 200]


def test_what_is_read_as_a_number() -> None:
    assert [number(text) for text in ("0", "-7", " 12 ", str(LARGEST))] == [0, -7, 12, LARGEST]
    for text in ("", "x", "1.5", "-" + TOO_LARGE[0], *TOO_LARGE):
        with pytest.raises(ValueError, match=r"invalid literal|larger than"):
            number(text)
