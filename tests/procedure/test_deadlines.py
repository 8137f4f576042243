"""The call's deadline: one moment, never moved; what filed how is in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.procedure.deadlines import (
    END_OF_DAY,
    Channel,
    DeadlineError,
    Lodging,
    PostCountsBy,
    closed_deadline_warnings,
    deadline_instant,
    deadline_problems,
    extension_problems,
    is_open,
    latest_publication,
    local_time,
    timely,
)

DAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)  # 12:00 in Ljubljana
SECOND = timedelta(seconds=1)
BY_ARRIVAL = [Channel.PORTAL, Channel.ORDINARY_POST, Channel.IN_PERSON, Channel.EMAIL]

dates = st.dates(date(2020, 1, 1), date(2037, 12, 31))
hours = st.times().map(lambda hour: hour.replace(microsecond=0))


def refusal(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    assert callable(call)
    with pytest.raises(DeadlineError) as caught:
        call(*arguments)
    return caught.value.problem.key


# The moment


@pytest.mark.parametrize(
    ("day", "hour", "instant"),
    [
        (DAY, time(12, 0), NOON),
        (date(2026, 1, 15), time(12, 0), datetime(2026, 1, 15, 11, 0, tzinfo=UTC)),
        (date(2026, 1, 15), END_OF_DAY, datetime(2026, 1, 15, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 59, 59), datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 5, 20), time(12, 0, 0, 999), NOON),
    ],
)
def test_a_local_hour_becomes_an_instant(day: date, hour: time, instant: datetime) -> None:
    assert deadline_instant(day, hour) == instant


@pytest.mark.parametrize("fold", [None, 0, 1])
def test_the_hour_that_clocks_skip_is_refused(fold: int | None) -> None:
    assert refusal(deadline_instant, date(2026, 3, 29), time(2, 30), fold) == "hour_missing"


def test_the_hour_that_comes_twice_must_be_chosen() -> None:
    night = date(2026, 10, 25)
    assert refusal(deadline_instant, night, time(2, 30)) == "hour_twice"
    assert deadline_instant(night, time(2, 30), 0) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert deadline_instant(night, time(2, 30), 1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert deadline_instant(night, time(3, 0)) == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


@given(dates, hours)
def test_an_instant_shows_the_hour_it_was_made_from(day: date, hour: time) -> None:
    last_sunday_in_march = (day.month, day.weekday()) == (3, 6) and day.day > 24
    if last_sunday_in_march and hour.hour == 2:
        assert refusal(deadline_instant, day, hour, 0) == "hour_missing"
        return
    instant = deadline_instant(day, hour, 0)
    assert instant.tzinfo is UTC
    assert local_time(instant).replace(tzinfo=None) == datetime.combine(day, hour)


def test_a_time_without_a_zone_is_refused() -> None:
    assert refusal(local_time, datetime(2026, 5, 20, 12, 0)) == "naive_instant"  # noqa: DTZ001
    assert refusal(is_open, datetime(2026, 5, 20, 12, 0), NOON, NOON) == "naive_instant"  # noqa: DTZ001


# Publication


@pytest.mark.parametrize(
    ("day", "published", "keys"),
    [
        (DAY, date(2026, 5, 5), []),
        (DAY, date(2026, 5, 6), ["deadline_short"]),
        (DAY, DAY, ["deadline_past"]),
        (date(2026, 5, 24), date(2026, 4, 5), ["deadline_free_day"]),
        (date(2026, 6, 25), date(2026, 6, 20), ["deadline_short", "deadline_free_day"]),
    ],
)
def test_a_deadline_is_looked_at_before_publication(day: date, published: date, keys: list[str]) -> None:
    problems = deadline_problems(deadline_instant(day, time(12, 0)), published, 15)
    assert [problem.key for problem in problems] == keys


@pytest.mark.parametrize(("least", "last"), [(15, date(2026, 5, 5)), (1, date(2026, 5, 19)), (0, date(2026, 5, 19))])
def test_the_last_day_of_publication_is_the_last_without_a_problem(least: int, last: date) -> None:
    latest = latest_publication(NOON, least)
    assert (local_time(latest).date(), local_time(latest).time()) == (last, time(23, 59))
    assert deadline_problems(NOON, last, least) == ()
    assert len(deadline_problems(NOON, last + timedelta(days=1), least)) == 1


def test_a_day_the_body_is_closed_is_a_deadline_with_a_warning() -> None:
    assert deadline_problems(NOON, date(2026, 5, 5), 15) == ()
    (warning,) = closed_deadline_warnings(NOON, {DAY})
    assert (warning.key, warning.warning) == ("deadline_closed_day", True)
    assert warning.sl.startswith("Rok za prijavo 20. 5. 2026 je na dan, ko organ ne posluje. Rok se ne premakne:")
    assert warning.en.startswith("The deadline 2026-05-20 is a day on which the office is closed. It does not move:")


@pytest.mark.parametrize(
    ("deadline", "closed"),
    [
        (NOON, set()),
        (NOON, {date(2026, 5, 19), date(2026, 5, 21)}),
        (deadline_instant(date(2026, 5, 24), time(12, 0)), {date(2026, 5, 24)}),  # a Sunday is refused anyway
    ],
)
def test_another_day_or_one_that_is_free_by_law_is_no_warning(deadline: datetime, closed: set[date]) -> None:
    assert closed_deadline_warnings(deadline, closed) == ()


def test_the_closed_day_is_the_local_one() -> None:
    after_midnight = deadline_instant(DAY, time(0, 30))  # in UTC still the day before
    keys = [[one.key for one in closed_deadline_warnings(after_midnight, {day})] for day in (date(2026, 5, 19), DAY)]
    assert keys == [[], ["deadline_closed_day"]]


def test_the_local_day_is_looked_at_not_the_one_in_utc() -> None:
    after_midnight = deadline_instant(date(2026, 5, 18), time(0, 30))  # a Monday; in UTC still Sunday
    assert deadline_problems(after_midnight, date(2026, 4, 1), 15) == ()


def test_a_short_time_names_the_first_possible_day() -> None:
    (problem,) = deadline_problems(NOON, date(2026, 5, 6), 15)
    assert problem.sl.endswith("Prvi možni dan je 21. 5. 2026.")
    assert problem.en.endswith("The first possible day is 2026-05-21.")


@pytest.mark.parametrize(
    ("moved", "now", "keys"),
    [
        (SECOND, NOON, []),
        (0 * SECOND, NOON - SECOND, []),
        (-SECOND, NOON, ["extension_shorter"]),
        (SECOND, NOON + SECOND, ["extension_late"]),
        (-SECOND, NOON + SECOND, ["extension_late", "extension_shorter"]),
    ],
)
def test_a_deadline_is_only_moved_later_and_only_before_it_passes(
    moved: timedelta, now: datetime, keys: list[str]
) -> None:
    assert [problem.key for problem in extension_problems(NOON, NOON + moved, now)] == keys


# Open and in time


OPENS = datetime(2026, 5, 5, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        (OPENS - SECOND, False),
        (OPENS, True),
        (NOON, True),
        (NOON + timedelta(microseconds=999_999), True),
        (NOON + SECOND, False),
    ],
)
def test_a_call_is_open_to_the_last_second_of_its_deadline(now: datetime, answer: bool) -> None:
    assert is_open(now, OPENS, NOON) is answer


@pytest.mark.parametrize("channel", BY_ARRIVAL)
@pytest.mark.parametrize(
    ("late", "answer"), [(-SECOND, True), (0 * SECOND, True), (timedelta(microseconds=1), True), (SECOND, False)]
)
def test_the_arrival_decides_but_for_registered_post(channel: Channel, late: timedelta, answer: bool) -> None:
    assert timely(Lodging(channel, arrived=NOON + late), NOON) is answer


@pytest.mark.parametrize(
    ("posted", "hour", "by_date", "by_hour"),
    [
        (date(2026, 5, 19), None, True, True),
        (DAY, time(11, 59), True, True),
        (DAY, time(12, 0), True, True),
        (DAY, time(12, 1), True, False),
        (DAY, None, True, False),
        (date(2026, 5, 21), time(0, 5), False, False),
    ],
)
def test_registered_post_counts_by_its_posting(posted: date, hour: time | None, by_date: bool, by_hour: bool) -> None:
    lodging = Lodging(Channel.REGISTERED_POST, NOON + timedelta(days=5), posted, hour)
    assert timely(lodging, NOON) is by_date
    assert timely(lodging, NOON, PostCountsBy.DATE) is by_date
    assert timely(lodging, NOON, PostCountsBy.HOUR) is by_hour


def test_an_item_without_an_hour_is_in_time_when_the_deadline_is_the_end_of_the_day() -> None:
    lodging = Lodging(Channel.REGISTERED_POST, posted=DAY)
    assert timely(lodging, deadline_instant(DAY, time(23, 59)), PostCountsBy.HOUR) is True


def test_an_hour_of_posting_that_comes_twice_counts_as_the_first() -> None:
    night = date(2026, 10, 25)
    lodging = Lodging(Channel.REGISTERED_POST, posted=night, posted_hour=time(2, 30))
    assert timely(lodging, deadline_instant(night, time(2, 30), 0), PostCountsBy.HOUR) is True


@pytest.mark.parametrize("channel", BY_ARRIVAL)
def test_an_arrival_must_be_recorded(channel: Channel) -> None:
    assert refusal(timely, Lodging(channel, posted=DAY), NOON) == "arrival_missing"


def test_a_posting_must_be_recorded() -> None:
    assert refusal(timely, Lodging(Channel.REGISTERED_POST, arrived=NOON), NOON) == "posting_missing"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001
def test_the_portal_takes_exactly_what_is_in_time(naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    assert is_open(now, OPENS, NOON) is (timely(Lodging(Channel.PORTAL, now), NOON) and now >= OPENS)
