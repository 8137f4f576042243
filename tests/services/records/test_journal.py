"""The journal: in order, chained, unchangeable; numbers and readings beside it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from razpis.models.base import READS_ONLY, db
from razpis.models.journal import Event
from razpis.services import numbers
from razpis.services.actor import SYSTEM
from razpis.services.records import journal, readings
from razpis.services.records.journal import Subject
from tests import people
from tests.databases import Clock


def write(clock: Clock, count: int) -> None:
    for number in range(count):
        journal.record(SYSTEM, clock(), "test.done", Subject("call", None), {"števec": number}, {"števec": number + 1})
        db.session.commit()


def test_the_chain_holds_and_tells_where_it_is_broken(app: Flask, clock: Clock) -> None:
    with app.app_context():
        assert journal.broken() is None
        write(clock, 3)
        assert journal.broken() is None
        drop = {"sqlite": "DROP TRIGGER event_no_update", "postgresql": "DROP TRIGGER event_fixed ON event"}
        db.session.execute(text(drop[db.engine.dialect.name]))
        db.session.execute(text("UPDATE event SET actor = 'nekdo drug' WHERE number = 2"))
        db.session.commit()
        assert journal.broken() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_event_is_noticed_also_at_the_end(app: Flask, clock: Clock, number: int) -> None:
    with app.app_context():
        write(clock, 3)
        drop = {"sqlite": "DROP TRIGGER event_no_delete", "postgresql": "DROP TRIGGER event_fixed ON event"}
        db.session.execute(text(drop[db.engine.dialect.name]))
        db.session.execute(text("DELETE FROM event WHERE number = :number"), {"number": number})
        db.session.commit()
        assert journal.broken() == number


@pytest.mark.parametrize("statement", ["UPDATE event SET actor = 'x'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_the_journal(app: Flask, clock: Clock, statement: str) -> None:
    with app.app_context():
        write(clock, 1)
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()
        assert journal.broken() is None


def test_two_hundred_concurrent_events_and_numbers_lose_none(app: Flask, clock: Clock) -> None:
    given: list[int] = []

    def work() -> None:
        with app.app_context():
            for _ in range(50):
                given.append(numbers.following("receipt/2026"))
                journal.record(SYSTEM, clock(), "test.done", Subject("call", None))
                db.session.commit()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert sorted(given) == list(range(1, 201))
        assert db.session.query(Event).count() == 200
        assert journal.broken() is None


def test_a_number_of_a_failed_transaction_is_given_to_the_next(app: Flask) -> None:
    with app.app_context():
        assert [numbers.following("a"), numbers.following("b"), numbers.following("a")] == [1, 1, 2]
        db.session.rollback()
        assert numbers.following("a") == 1


def test_readings_are_noted_from_a_page_that_only_reads_and_forgotten_in_time(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        db.session.rollback()
        READS_ONLY.set(True)
        try:
            readings.note(ana, datetime(2023, 12, 31, 22, tzinfo=UTC), "application.read", Subject("application", 7))
            readings.note(ana, datetime(2024, 1, 1, 10, tzinfo=UTC), "application.read", Subject("application", 8))
        finally:
            READS_ONLY.set(False)
        assert [one.subject_id for one in readings.latest()] == [8, 7]
        assert readings.forget(datetime(2026, 2, 1, tzinfo=UTC)) == 1
        assert [one.subject_id for one in readings.latest()] == [8]
        assert readings.latest(before=readings.latest()[0].id) == []
