"""Days and moments: the calendar, the clock and its two odd nights, a day without an hour."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.rulebook.values import ZONE
from razpis.intake import days
from razpis.intake.report import Refused

DEADLINE = datetime.datetime(2026, 2, 10, 12, 0, tzinfo=ZONE)


def refusal(read: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read()
    (((), text),) = caught.value.faults
    return text.sl, text.en


@pytest.mark.parametrize(
    "text", ["2026-05-04", "4. 5. 2026", "4.5.2026", "04. 05. 2026", "4. 5.2026", "4.\u00a05.\u00a02026"]
)
def test_a_day_in_every_way_of_writing(text: str) -> None:
    assert days.day(text) == datetime.date(2026, 5, 4)


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-29", "31. 4. 2026", "0. 1. 2026", "0026-05-04", "4. 5. 3026"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert refusal(lambda: days.day(text)) == (
        f"»{text}« ni na koledarju; preverite dan, mesec in leto",
        f"'{text}' is not in the calendar; check day, month and year",
    )


@pytest.mark.parametrize("text", ["20260504", "2026-W19-1", "4. maj 2026", "4. 5. 26", "4/5/2026", "٤. 5. 2026"])
def test_what_is_not_a_day_is_refused_with_examples(text: str) -> None:
    assert refusal(lambda: days.day(text)) == (
        f"»{text}« ni datum; zapišite 2026-05-04 ali 4. 5. 2026",
        f"'{text}' is not a date; write 2026-05-04 or 4. 5. 2026",
    )


def test_the_day_of_a_spreadsheets_date() -> None:
    assert days.day_of(datetime.date(2026, 5, 4)) == datetime.date(2026, 5, 4)
    assert days.day_of(datetime.datetime(2026, 5, 4)) == datetime.date(2026, 5, 4)  # noqa: DTZ001 - as openpyxl gives it


def test_a_spreadsheets_date_with_an_hour_is_not_a_day() -> None:
    value = datetime.datetime(2026, 5, 4, 8, 30)  # noqa: DTZ001 - as openpyxl gives it
    assert refusal(lambda: days.day_of(value)) == (
        "2026-05-04 08:30:00 ima tudi uro; tu je potreben samo datum",
        "2026-05-04 08:30:00 has an hour too; only a date is needed here",
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-10 11:59:00",
        "2026-02-10T11:59",
        "2026-02-10 11:59",
        "10. 2. 2026 11:59",
        "10.2.2026 11:59:00",
        "2026-02-10T10:59Z",
        "2026-02-10T12:59+02:00",
        "2026-02-10 11:59:00.0",
    ],
)
def test_a_moment_in_every_way_of_writing(text: str) -> None:
    assert days.moment(text, DEADLINE) == days.Moment(datetime.datetime(2026, 2, 10, 11, 59, tzinfo=ZONE))


def test_a_moment_keeps_its_seconds() -> None:
    found = days.moment("2026-02-10 11:59:59.25", None).at
    assert found == datetime.datetime(2026, 2, 10, 11, 59, 59, 250_000, ZONE)


@pytest.mark.parametrize("text", ["2026-02-10 24:00", "2026-02-30 11:00", "10. 13. 2026 11:00", "0999-02-10 11:00"])
def test_a_moment_that_does_not_exist_is_refused(text: str) -> None:
    assert refusal(lambda: days.moment(text, None)) == (
        f"»{text}« ni na koledarju ali na uri; preverite datum in uro",
        f"'{text}' is not in the calendar or on the clock; check date and hour",
    )


def test_a_day_alone_that_does_not_exist_is_refused_as_a_day() -> None:
    assert refusal(lambda: days.moment("2026-02-30", None)) == (
        "»2026-02-30« ni na koledarju; preverite dan, mesec in leto",
        "'2026-02-30' is not in the calendar; check day, month and year",
    )


@pytest.mark.parametrize("text", ["včeraj", "2026-02-10 11", "2026-02-10, 11:59", "2026-02-10 11:59 CET"])
def test_what_is_not_a_moment_is_refused_with_examples(text: str) -> None:
    assert refusal(lambda: days.moment(text, None)) == (
        f"»{text}« ni datum z uro; zapišite 2026-02-10 11:59 ali 10. 2. 2026 11:59",
        f"'{text}' is not a date with an hour; write 2026-02-10 11:59 or 10. 2. 2026 11:59",
    )


@pytest.mark.parametrize("deadline", [None, DEADLINE])
@pytest.mark.parametrize("text", ["2026-02-09", "9. 2. 2026", datetime.date(2026, 2, 9)])
def test_a_day_without_an_hour_is_the_end_of_that_day(
    text: str | datetime.date, deadline: datetime.datetime | None
) -> None:
    assert days.moment(text, deadline).at == datetime.datetime(2026, 2, 9, 23, 59, tzinfo=ZONE)


def test_the_day_of_the_deadline_without_an_hour_is_not_late() -> None:
    assert days.moment("2026-02-10", DEADLINE).at == DEADLINE


def test_the_day_after_the_deadline_is_late() -> None:
    assert days.moment("2026-02-11", DEADLINE).at > DEADLINE


def test_a_deadline_at_the_very_end_of_its_day_leaves_the_hour_as_it_is() -> None:
    deadline = datetime.datetime(2026, 2, 10, 23, 59, 59, tzinfo=ZONE)
    assert days.moment("2026-02-10", deadline).at == datetime.datetime(2026, 2, 10, 23, 59, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["2026-03-29 02:30", "29. 3. 2026 2:30"])
def test_an_hour_that_the_clock_skipped_is_refused(text: str) -> None:
    assert refusal(lambda: days.moment(text, None)) == (
        "ure 02:30 dne 2026-03-29 ni bilo, ker se je ura premaknila naprej; preverite čas oddaje",
        "there was no 02:30 on 2026-03-29, because the clock went forward; check the time",
    )


@pytest.mark.parametrize("text", ["2026-03-29 01:59", "2026-03-29 03:00"])
def test_the_hours_beside_the_skipped_one_stand(text: str) -> None:
    assert days.moment(text, None).at.strftime("%Y-%m-%d %H:%M") == text


def test_of_an_hour_that_came_twice_the_first_is_taken_and_told() -> None:
    found = days.moment("2026-10-25 02:30", None)
    assert found.twice
    assert found.at.utcoffset() == datetime.timedelta(hours=2)


def test_a_stated_offset_says_which_of_the_two_hours_is_meant() -> None:
    found = days.moment("2026-10-25T02:30+01:00", None)
    assert not found.twice
    assert (found.at.hour, found.at.fold, found.at.utcoffset()) == (2, 1, datetime.timedelta(hours=1))


def test_a_spreadsheets_moment_is_local() -> None:
    value = datetime.datetime(2026, 7, 1, 8, 30)  # noqa: DTZ001 - as openpyxl gives it
    assert days.moment(value, None).at == datetime.datetime(2026, 7, 1, 8, 30, tzinfo=ZONE)


@given(st.datetimes(datetime.datetime(1000, 1, 1), datetime.datetime(2999, 12, 30)), st.sampled_from(["T", " "]))  # noqa: DTZ001 - local
def test_every_local_moment_is_read_back_or_refused_as_skipped(value: datetime.datetime, between: str) -> None:
    expected = value.replace(tzinfo=ZONE)
    skipped = expected.astimezone(datetime.UTC).astimezone(ZONE).replace(tzinfo=None) != value
    if skipped:
        assert refusal(lambda: days.moment(value.isoformat(between), None))[1].startswith("there was no ")
    else:
        assert days.moment(value.isoformat(between), None).at.isoformat() == expected.isoformat()


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_is_read_back(value: datetime.date) -> None:
    assert days.day(value.isoformat()) == value
    assert days.day(f"{value.day}. {value.month}. {value.year}") == value
