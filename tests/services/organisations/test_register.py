"""The business register: taken in whole or not at all, renewed, quick enough for all of Slovenia."""

from __future__ import annotations

import io
import time

import pytest
from flask import Flask
from sqlalchemy import func, select

from razpis.engine.problems import Problems
from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.organisations import RegisterEntry
from razpis.services.actor import SYSTEM
from razpis.services.organisations import organisations, register
from tests.databases import Clock

HEADER = "maticna;naziv;naslov;pravna_oblika;davcna\n"
WEIGHTS = (7, 6, 5, 4, 3, 2)


def take_in(clock: Clock, lines: str) -> int:
    return register.take_in(SYSTEM, io.BytesIO((HEADER + lines).encode()), "prs.csv", clock())


def numbers(count: int) -> list[str]:
    """The first ``count`` registration numbers from 1000000 on."""
    found: list[str] = []
    beginning = 100_000
    while len(found) < count:
        rest = sum(int(digit) * weight for digit, weight in zip(str(beginning), WEIGHTS, strict=True)) % 11
        if rest:
            found.append(f"{beginning}{0 if rest == 1 else 11 - rest}")
        beginning += 1
    return found


def test_importing_again_renews_what_is_there(app: Flask, clock: Clock) -> None:
    with app.app_context():
        assert take_in(clock, "5258880;Društvo Čebela;Ulica 1;društvo;14717468\n1732803;Zavod;;zavod;\n") == 2
        assert take_in(clock, "5258880;Društvo Čebelica;Ulica 2;društvo;\n") == 1
        found = register.entry("5258880 000")
        assert found is not None
        assert (found.name, found.address, found.tax_number) == ("Društvo Čebelica", "Ulica 2", "14717468")
        assert db.session.scalars(select(func.count()).select_from(RegisterEntry)).one() == 2
        assert [register.entry(number) for number in ("5258881", "")] == [None, None]
        assert organisations.begin("1732803")[1] is register.entry("1732803")
        said = db.session.scalars(select(Event.after).order_by(Event.number)).all()
        assert said == [{"file": "prs.csv", "units": 2}, {"file": "prs.csv", "units": 1}]


def test_a_bad_line_at_the_end_leaves_nothing_behind(app: Flask, clock: Clock) -> None:
    with app.app_context():
        lines = "".join(f"{number};Društvo;;;\n" for number in numbers(register.BATCH + 1))
        with pytest.raises(Problems) as refused:
            take_in(clock, lines + "5258881;Društvo;;;\n")
        assert [one.place.line for one in refused.value.problems] == [register.BATCH + 3]
        assert db.session.scalars(select(func.count()).select_from(RegisterEntry)).one() == 0
        assert db.session.scalars(select(Event.number)).all() == []


@pytest.mark.slow
def test_fifty_thousand_units_come_in_within_a_minute(app: Flask, clock: Clock) -> None:
    lines = "".join(f"{number};Društvo {number};Ulica 1, 2000 Maribor;društvo;\n" for number in numbers(50_000))
    with app.app_context():
        for _ in range(2):
            begin = time.monotonic()
            assert take_in(clock, lines) == 50_000
            assert time.monotonic() - begin < 60
