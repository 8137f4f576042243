"""Many who save at once: nothing that was saved is lost, nothing is counted twice."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Answer
from razpis.models.base import READS_ONLY, db
from razpis.models.journal import Event
from razpis.services.actor import Actor
from razpis.services.applications import answers, sheets
from razpis.services.applications.answers import Change
from razpis.services.errors import Stale
from razpis.services.organisations import organisations
from razpis.services.organisations.organisations import Details
from razpis.services.records import journal
from tests.databases import Clock
from tests.services.filing_people import Filer, filer

FIELDS = 20
WORKERS, EACH = 4, 50
RULES = """
call: {title: Hkrati, reference: 41001-1/2026, year: 2026, deadline: "2026-03-20 12:00"}
fields:
""" + "".join(f"  f{at}: {{type: integer, label: Polje {at}}}\n" for at in range(FIELDS))


def test_two_hundred_concurrent_updates_of_one_application_lose_none(app: Flask, clock: Clock) -> None:
    """Four people, 50 saves each: every field is written ten times by one person, while others write others."""
    with app.app_context():
        ana = filer(app, clock, rules=RULES)
        db.session.remove()

    def save(worker: int) -> int:
        done = 0
        for at in range(EACH):
            with app.app_context():
                field = f"f{worker * 5 + at % 5}"
                change = Change(str(1000 + at), _seen(ana)[field])
                done += answers.save(ana.actor, ana.key, {field: change}, clock()).changed == [field]
                db.session.remove()
        return done

    with ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(save, range(WORKERS))) == WORKERS * EACH
    with app.app_context():
        row = ana.row()
        assert row.revision == 1 + WORKERS * EACH
        values = sheets.sheet(row).values
        assert [values[f"f{at}"] for at in range(FIELDS)] == [1045 + at % 5 for at in range(FIELDS)]
        assert set(db.session.scalars(select(Answer.revision))) == {10}
        saved = db.session.scalars(select(Event).where(Event.action == "application.save")).all()
        assert (len(saved), journal.broken()) == (WORKERS * EACH, None)


def test_of_those_who_save_the_same_field_at_once_one_wins_and_the_others_are_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock, rules=RULES)
        seen = ana.marks()["f0"]
        db.session.remove()
    barrier = threading.Barrier(WORKERS)

    def save(worker: int) -> tuple[int, int]:
        barrier.wait()
        with app.app_context():
            saved = answers.save(ana.actor, ana.key, {"f0": Change(str(worker), seen)}, clock())
            db.session.remove()
            return len(saved.changed), len(saved.conflicts)

    with ThreadPoolExecutor(WORKERS) as pool:
        assert sorted(pool.map(save, range(WORKERS))) == [(0, 1)] * (WORKERS - 1) + [(1, 0)]
    with app.app_context():
        assert ana.row().revision == 2


def test_of_those_who_change_an_organisation_at_once_one_wins_and_the_others_are_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        found = organisations.own(ana.actor, ana.organisation, clock())
        seen, form = found.revision, found.legal_form
        db.session.remove()
    barrier = threading.Barrier(WORKERS)

    def change(worker: int) -> bool:
        barrier.wait()
        with app.app_context():
            details = Details(f"Društvo {worker}", "Glavni trg 1, 2000 Maribor", form)
            try:
                _change(ana.actor, ana.organisation, seen, details, clock)
            except Stale:
                return False
            finally:
                db.session.remove()
        return True

    with ThreadPoolExecutor(WORKERS) as pool:
        assert sorted(pool.map(change, range(WORKERS))) == [False] * (WORKERS - 1) + [True]


def _seen(ana: Filer) -> Mapping[str, str]:
    """The marks of a page looked at now: looking locks nobody out."""
    reads_only = READS_ONLY.set(True)
    try:
        return ana.marks()
    finally:
        db.session.rollback()
        READS_ONLY.reset(reads_only)


def _change(actor: Actor, organisation: int, seen: int, details: Details, clock: Clock) -> None:
    organisations.change(actor, organisation, seen, details, clock())
