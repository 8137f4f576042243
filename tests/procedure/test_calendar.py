"""Ends of periods: the vectors worked out by hand, and the laws every period keeps."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.procedure.calendar import (
    CalendarError,
    Suspension,
    end_of_days,
    end_of_fiction,
    end_of_months,
    end_of_working_days,
    holidays_of,
    is_working_day,
)

EASTER_MONDAYS = [
    (2025, 4, 21),
    (2026, 4, 6),
    (2027, 3, 29),
    (2028, 4, 17),
    (2029, 4, 2),
    (2030, 4, 22),
    (2031, 4, 14),
    (2032, 3, 29),
]
PENTECOSTS = [(2026, 5, 24), (2027, 5, 16), (2028, 6, 4)]
FIXED = [(1, 1), (1, 2), (2, 8), (4, 27), (5, 1), (5, 2), (6, 25), (8, 15), (10, 31), (11, 1), (12, 25), (12, 26)]
WORKED = [(6, 8), (8, 17), (9, 15), (9, 23), (10, 25), (11, 23)]

dates = st.dates(date(2017, 1, 1), date(2039, 12, 31))
lengths = st.integers(1, 120)
suspensions = st.builds(
    lambda first, days: Suspension(first, first + timedelta(days), "ZZUSUDJZ, 3. člen"), dates, st.integers(0, 40)
)


def refusal(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    assert callable(call)
    with pytest.raises(CalendarError) as caught:
        call(*arguments)
    return caught.value.problem.key


# Work-free days


def easter(year: int) -> date:
    """Easter Sunday by the rule of the Gregorian calendar: after the first full moon of spring, as tables count it."""
    century, golden = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(moon - weekday)


@pytest.mark.parametrize("year", range(2017, 2041))
def test_work_free_days_are_those_of_the_law(year: int) -> None:
    movable = {easter(year) + timedelta(days) for days in (0, 1, 49)}
    once = {date(2023, 8, 14)} if year == 2023 else set()
    assert set(holidays_of(year)) == {date(year, *day) for day in FIXED} | movable | once


def test_work_free_days_have_their_slovenian_names() -> None:
    assert holidays_of(2026)[date(2026, 2, 8)] == "Prešernov dan, slovenski kulturni praznik"


@pytest.mark.parametrize("day", EASTER_MONDAYS + PENTECOSTS)
def test_movable_work_free_days(day: tuple[int, int, int]) -> None:
    assert date(*day) in holidays_of(day[0])


@pytest.mark.parametrize("day", WORKED)
def test_holidays_on_which_people_work_are_no_work_free_days(day: tuple[int, int]) -> None:
    assert date(2026, *day) not in holidays_of(2026)


def test_the_day_of_solidarity_was_work_free_and_2_january_was_not_always() -> None:
    assert not is_working_day(date(2023, 8, 14))
    assert is_working_day(date(2014, 1, 2))
    assert not is_working_day(date(2018, 1, 2))


def test_a_day_the_body_is_closed_is_no_working_day() -> None:
    bridge = date(2026, 4, 28)
    assert [is_working_day(bridge), is_working_day(bridge, {bridge})] == [True, False]


@pytest.mark.parametrize("year", [1992, 2100])
def test_the_first_and_the_last_year_are_known(year: int) -> None:
    assert date(year, 12, 25) in holidays_of(year)


@pytest.mark.parametrize("year", [1991, 2101])
def test_a_year_without_known_holidays_is_refused(year: int) -> None:
    assert refusal(holidays_of, year) == "calendar_year"


@given(dates)
def test_working_days_agree_with_the_library(day: date) -> None:
    free = holidays.country_holidays("SI", years=day.year)
    assert is_working_day(day) is (day.weekday() < 5 and day not in free)


# Days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2018, 1, 12), 15, date(2018, 1, 29)),
        (date(2016, 5, 25), 8, date(2016, 6, 2)),
        (date(2026, 4, 10), 15, date(2026, 4, 28)),
        (date(2026, 4, 22), 8, date(2026, 4, 30)),
        (date(2026, 4, 23), 8, date(2026, 5, 4)),
        (date(2026, 3, 20), 15, date(2026, 4, 7)),
        (date(2026, 3, 16), 21, date(2026, 4, 7)),
        (date(2026, 12, 10), 15, date(2026, 12, 28)),
        (date(2026, 12, 17), 15, date(2027, 1, 4)),
        (date(2026, 10, 23), 8, date(2026, 11, 2)),
        (date(2026, 6, 4), 21, date(2026, 6, 26)),
    ],
)
def test_ends_of_periods_in_days(start: date, days: int, end: date) -> None:
    assert end_of_days(start, days) == end


def test_a_closed_day_moves_the_end() -> None:
    assert end_of_days(date(2026, 4, 10), 15, {date(2026, 4, 28)}) == date(2026, 4, 29)


@given(dates, lengths)
def test_the_end_is_the_first_working_day_from_the_last_counted_on(start: date, days: int) -> None:
    last, end = start + timedelta(days), end_of_days(start, days)
    between = [last + timedelta(passed) for passed in range((end - last).days)]
    assert end >= last
    assert is_working_day(end)
    assert [day for day in between if is_working_day(day)] == []


@given(dates, lengths, st.sets(dates, max_size=5))
def test_closed_days_never_shorten_a_period(start: date, days: int, closed: set[date]) -> None:
    end = end_of_days(start, days, closed)
    assert end >= end_of_days(start, days)
    assert is_working_day(end, closed)


@pytest.mark.parametrize("count", [end_of_days, end_of_months, end_of_working_days, end_of_fiction])
@pytest.mark.parametrize("length", [0, -8])
def test_a_period_lasts_at_least_one(count: object, length: int) -> None:
    assert refusal(count, date(2026, 4, 10), length) == "period_length"


# Fiction, months, working days


def test_fiction_does_not_roll_and_the_appeal_counts_from_it() -> None:
    served = end_of_fiction(date(2026, 3, 20), 15)
    assert served == date(2026, 4, 4)
    assert end_of_days(served, 15) == date(2026, 4, 20)


@given(dates, lengths)
def test_fiction_is_the_plain_number_of_days(start: date, days: int) -> None:
    assert end_of_fiction(start, days) == start + timedelta(days)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 2)),
        (date(2026, 1, 15), 1, date(2026, 2, 16)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 10), 3, date(2027, 2, 10)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2026, 11, 1), 1, date(2026, 12, 1)),
    ],
)
def test_ends_of_periods_in_months(start: date, months: int, end: date) -> None:
    assert end_of_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 4, 23), 5, date(2026, 5, 4)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 4, 25), 1, date(2026, 4, 28)),
    ],
)
def test_ends_of_periods_in_working_days(start: date, days: int, end: date) -> None:
    assert end_of_working_days(start, days) == end


@given(dates, st.integers(1, 30))
def test_so_many_working_days_have_passed(start: date, days: int) -> None:
    end = end_of_working_days(start, days)
    passed = [start + timedelta(number) for number in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day) for day in passed) == days
    assert is_working_day(end)


# Suspension


SPRING = Suspension(date(2026, 3, 20), date(2026, 3, 31), "zakon o začasnih ukrepih, 3. člen")


def test_a_period_does_not_run_while_it_is_suspended() -> None:
    # 3 days before it, 5 after: to 5 April, Easter Sunday, and over Monday
    assert end_of_days(date(2026, 3, 16), 8, (), [SPRING]) == date(2026, 4, 7)
    assert end_of_fiction(date(2026, 3, 16), 8, [SPRING]) == date(2026, 4, 5)
    assert end_of_working_days(date(2026, 3, 18), 2, (), [SPRING]) == date(2026, 4, 1)
    assert end_of_months(date(2026, 3, 10), 1, (), [SPRING]) == date(2026, 4, 22)


def test_an_end_does_not_roll_into_a_suspension() -> None:
    from_monday = Suspension(date(2026, 3, 16), date(2026, 3, 31), "zakon")
    assert end_of_days(date(2026, 3, 6), 8, (), [from_monday]) == date(2026, 4, 1)


def test_a_suspension_before_or_after_changes_nothing() -> None:
    assert end_of_days(date(2026, 4, 22), 8, (), [SPRING]) == date(2026, 4, 30)
    assert end_of_days(date(2026, 3, 5), 8, (), [SPRING]) == date(2026, 3, 13)


def test_a_suspension_that_ends_before_it_begins_is_refused() -> None:
    assert refusal(Suspension, date(2026, 4, 2), date(2026, 4, 1), "zakon") == "suspension_order"


@given(dates, lengths, st.lists(suspensions, max_size=3))
def test_a_suspended_period_is_longer_by_the_days_it_stood(start: date, days: int, stops: list[Suspension]) -> None:
    end = end_of_days(start, days, (), stops)
    served = end_of_fiction(start, days, stops)
    ran = [start + timedelta(number) for number in range(1, (served - start).days + 1)]
    assert sum(not any(day in stop for stop in stops) for day in ran) == days
    assert end >= served >= start + timedelta(days)
    assert is_working_day(end)
    assert not any(end in stop for stop in stops)
