"""Service: the day it counts, the fiction of both laws, the last second of a period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.serving import (
    Fiction,
    Record,
    fiction_day,
    in_time,
    last_day,
    last_second,
    record_problems,
    served_on,
)

BEFORE, AFTER = Fiction(15, "notice"), Fiction(7, "dispatch")


@pytest.mark.parametrize(
    ("record", "fiction", "day"),
    [
        (Record(date(2026, 3, 18)), BEFORE, None),
        (Record(date(2026, 3, 18), date(2026, 3, 20)), BEFORE, date(2026, 4, 4)),
        (Record(date(2026, 3, 18), date(2026, 3, 20)), AFTER, date(2026, 3, 25)),
        (Record(date(2026, 3, 18)), AFTER, date(2026, 3, 25)),
    ],
)
def test_the_fiction_counts_from_the_notice_or_the_dispatch(record: Record, fiction: Fiction, day: date | None) -> None:
    assert fiction_day(record, fiction) == day


@pytest.mark.parametrize(
    ("delivered", "today", "served"),
    [
        (None, date(2026, 4, 3), None),
        (None, date(2026, 4, 4), date(2026, 4, 4)),
        (date(2026, 3, 30), date(2026, 3, 30), date(2026, 3, 30)),
        (date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 4)),
    ],
)
def test_service_is_the_delivery_or_the_fiction_before_it(
    delivered: date | None, today: date, served: date | None
) -> None:
    record = Record(date(2026, 3, 18), date(2026, 3, 20), delivered)
    assert served_on(record, BEFORE, today) == served


def test_a_period_from_service_ends_on_a_working_day() -> None:
    assert last_day(date(2026, 4, 23), 8, Unit.DAYS) == date(2026, 5, 4)
    assert last_day(date(2026, 4, 23), 5, Unit.WORKING_DAYS) == date(2026, 5, 4)
    assert last_day(date(2026, 4, 23), 8, Unit.DAYS, closed=[date(2026, 5, 4)]) == date(2026, 5, 5)


def test_the_last_second_is_by_the_clocks_in_slovenia() -> None:
    assert last_second(date(2026, 3, 12)) == datetime(2026, 3, 12, 22, 59, 59, tzinfo=UTC)
    assert last_second(date(2026, 7, 1)) == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)
    end = datetime(2026, 3, 12, 23, 0, tzinfo=UTC)
    assert in_time(end - timedelta(microseconds=1), date(2026, 3, 12))
    assert not in_time(end, date(2026, 3, 12))


def test_days_that_cannot_be_are_told_by_their_name() -> None:
    today = date(2026, 3, 20)
    record = Record(date(2026, 3, 18), date(2026, 3, 17), date(2026, 3, 21))
    told = [(name, problem.key) for name, problem in record_problems(record, today)]
    assert told == [("notice", "service_order"), ("delivered", "service_future")]
    assert record_problems(Record(date(2026, 3, 18)), today) == ()
