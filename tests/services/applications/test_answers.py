"""Answers: the right ones are kept, the wrong ones told, another tab's never overwritten; none after the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Answer
from razpis.models.base import db
from razpis.models.journal import Event
from razpis.services.applications import answers, sheets
from razpis.services.applications.answers import Change
from razpis.services.errors import Missing, Refused
from tests import published
from tests.databases import Clock
from tests.services.filing_people import filer

LJUBLJANA = ZoneInfo("Europe/Ljubljana")


def test_right_answers_are_kept_beside_wrong_ones(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        saved = ana.save({"members": "34", "requested": "1.500", "founded": "31. 2. 2016"})
        assert (sorted(saved.faults), saved.changed) == (["founded", "requested"], ["members"])
        form = sheets.sheet(ana.row())
        assert (form.values["members"], form.values["requested"]) == (34, None)
        assert form.seen["members"] == saved.marks["members"]
        last = db.session.scalars(select(Event).order_by(Event.number.desc())).first()
        assert last is not None
        assert (last.action, last.after) == ("application.save", {"fields": ["members"]})


@pytest.mark.parametrize(("typed", "sign"), [("Vrtec 🐝", "U+1F41D"), ("עמותה", "U+05E2")])
def test_what_no_document_can_print_is_told_and_not_kept(app: Flask, clock: Clock, typed: str, sign: str) -> None:
    with app.app_context():
        ana = filer(app, clock)
        saved = ana.save({"programme": typed, "costs": [{"item": "a", "price": "1"}, {"item": typed, "price": "2"}]})
        assert saved.changed == []
        assert (list(saved.faults["programme"]), list(saved.faults["costs"])) == ([""], ["1.item"])
        assert sign in saved.faults["programme"][""].sl
        assert sign in saved.faults["costs"]["1.item"].en


def test_two_tabs_overwrite_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        first = second = ana.marks()
        ana.save({"members": "10", "programme": "Prvi"}, first)
        saved = ana.save({"members": "20", "programme": "", "status": "b"}, second)
        assert saved.conflicts == {"members": answers.Conflict("10", ana.marks()["members"])}
        assert saved.changed == ["status"]
        form = sheets.sheet(ana.row())
        assert (form.values["members"], form.values["programme"], form.values["status"]) == (10, "Prvi", "b")
        chosen = ana.save({"members": "20"}, {"members": saved.conflicts["members"].seen})
        assert (chosen.changed, sheets.sheet(ana.row()).values["members"]) == (["members"], 20)


def test_both_tabs_saying_the_same_is_no_conflict(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        before = ana.marks()
        ana.save({"members": "10"}, before)
        again = ana.save({"members": " 10 "}, before)
        assert (again.conflicts, again.changed, again.marks) == ({}, [], {"members": ana.marks()["members"]})


def test_an_answer_can_be_taken_back(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        ana.save({"members": "10", "costs": [{"item": "a", "price": "1"}]})
        ana.save({"members": "", "costs": [{"item": "", "price": ""}]})
        form = sheets.sheet(ana.row())
        assert (form.values["members"], form.values["costs"]) == (None, None)
        assert db.session.scalars(select(Answer.revision).where(Answer.field == "members")).all() == [2]


@pytest.mark.parametrize("field", ["rating", "plan", "unknown"])
def test_what_is_not_asked_is_not_saved(app: Flask, clock: Clock, field: str) -> None:
    with app.app_context():
        ana = filer(app, clock)
        with pytest.raises(Missing):
            answers.save(ana.actor, ana.key, {field: Change("3", "0-")}, clock())


def test_nothing_is_saved_a_second_after_the_deadline(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        clock.at = published.DEADLINE + timedelta(microseconds=999_999)
        assert ana.save({"members": "10"}).changed == ["members"]
        clock.at = published.DEADLINE + timedelta(seconds=1)
        with pytest.raises(Refused, match=r"Rok za prijavo je potekel 20\. 3\. 2026 ob 12\.00\.00"):
            ana.save({"members": "11"})
        assert sheets.sheet(ana.row()).values["members"] == 10


def test_the_deadline_in_the_night_when_the_hour_comes_twice(app: Flask, clock: Clock) -> None:
    """On 25 October 2026 it is 2.30 twice; the deadline is the first of them."""
    deadline = datetime(2026, 10, 25, 2, 30, tzinfo=LJUBLJANA)
    with app.app_context():
        ana = filer(app, clock, deadline=deadline)
        clock.at = deadline
        assert ana.save({"members": "10"}).changed == ["members"]
        clock.at = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=LJUBLJANA)
        with pytest.raises(Refused, match="Rok za prijavo"):
            ana.save({"members": "11"})
        clock.at = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=LJUBLJANA)
        with pytest.raises(Refused, match="Rok za prijavo"):
            ana.save({"members": "11"})


def test_a_script_is_text_like_any_other(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        assert ana.save({"programme": published.HOSTILE}).faults == {}
        assert sheets.sheet(ana.row()).values["programme"] == published.HOSTILE
        assert list(ana.save({"members": published.HOSTILE, "status": published.HOSTILE}).faults) == [
            "members",
            "status",
        ]
