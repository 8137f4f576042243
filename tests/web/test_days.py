"""A day as a browser sends it, or as a person writes it."""

from __future__ import annotations

import datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from razpis.web.days import DayField


class Sample(Form):
    day = DayField("Dan")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-05", datetime.date(2026, 6, 5)),
        ("5. 6. 2026", datetime.date(2026, 6, 5)),
        (" 05.06.2026 ", datetime.date(2026, 6, 5)),
        ("", None),
    ],
)
def test_both_ways_are_read(text: str, day: datetime.date | None) -> None:
    assert Sample(MultiDict({"day": text})).day.data == day


@pytest.mark.parametrize("text", ["jutri", "31. 2. 2026", "2026-13-01"])
def test_what_is_no_day_is_told(app: Flask, text: str) -> None:
    with app.test_request_context():
        form = Sample(MultiDict({"day": text}))
        assert (form.day.data, form.day.process_errors) == (None, ["Dan zapišite kot 5. 6. 2026."])
