"""The deadline of a call: a moment that never moves, and what filed how is in time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from razpis.procedure.calendar import is_working_day
from razpis.procedure.problems import Problem, ProcedureError

ZONE = ZoneInfo("Europe/Ljubljana")
END_OF_DAY = time(23, 59, 59)
_LAST_MINUTE = time(23, 59)


class DeadlineError(ProcedureError):
    """The moment cannot be one, or the record of a filing lacks what its channel needs."""


class Channel(StrEnum):
    """How an application reached the body."""

    PORTAL = "portal"
    REGISTERED_POST = "registered_post"
    ORDINARY_POST = "ordinary_post"
    IN_PERSON = "in_person"
    EMAIL = "email"


class PostCountsBy(StrEnum):
    """How registered post of the deadline's own day counts; the call says which.

    ``DATE``: posted on the deadline's day is in time, even after its hour. ``HOUR``: the hour of posting decides,
    and an item without an hour counts as posted at 23:59 of its day.
    """

    DATE = "date"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Lodging:
    """What the register knows of a filing: for registered post the day (and hour) of posting, else the arrival."""

    channel: Channel
    arrived: datetime | None = None
    posted: date | None = None
    posted_hour: time | None = None


def deadline_instant(day: date, hour: time, fold: int | None = None) -> datetime:
    """The moment of a deadline written as a local date and hour, as an aware instant in UTC, to the second.

    In the night when clocks go back an hour comes twice: ``fold`` 0 means the first, 1 the second.

    :raises DeadlineError: ``hour_missing`` where clocks skip that hour, ``hour_twice`` where it comes twice and
        ``fold`` is not given.
    """
    wall = datetime.combine(day, hour.replace(microsecond=0, tzinfo=None))
    first, second = (wall.replace(tzinfo=ZONE, fold=chosen).astimezone(UTC) for chosen in (0, 1))
    if first > second:  # a skipped hour is read with the wrong offset either way round
        raise _error(
            "hour_missing",
            f"Ure {_hour(hour)} dne {_sl_day(day)} ni, ker se ura premakne naprej. Izberite drugo.",
            f"There is no {_hour(hour)} on {day.isoformat()}: clocks go forward. Choose another hour.",
        )
    if first < second and fold is None:
        raise _error(
            "hour_twice",
            f"Ura {_hour(hour)} dne {_sl_day(day)} nastopi dvakrat. Izberite, katera velja (prva ali druga), ali pa "
            "določite drugo uro.",
            f"{_hour(hour)} comes twice on {day.isoformat()}. Choose the first or the second, or another hour.",
        )
    return second if fold else first


def local_time(instant: datetime) -> datetime:
    """An aware instant as clocks in Slovenia show it.

    :raises DeadlineError: ``naive_instant``.
    """
    return _aware(instant).astimezone(ZONE)


def deadline_problems(deadline: datetime, published: date, min_open_days: int) -> tuple[Problem, ...]:
    """What stops a call with this deadline from being published on the day ``published``.

    The deadline is a material period: it would expire on a Sunday too, so it must be set on a day that is working
    by law (ZUP, 99. člen; the ministry's reading for public competitions). A day on which only the body itself is
    closed does not stop it: see :func:`closed_deadline_warnings`.
    """
    day = local_time(deadline).date()
    problems = []
    if day <= published:
        problems.append(
            Problem(
                "deadline_past",
                f"Rok za prijavo {_sl_day(day)} ni po objavi {_sl_day(published)}. Izberite poznejši dan.",
                f"The deadline {day.isoformat()} is not after publication on {published.isoformat()}. "
                "Choose a later day.",
            )
        )
    elif day < published + timedelta(days=min_open_days):
        problems.append(
            Problem(
                "deadline_short",
                f"Od objave {_sl_day(published)} do roka {_sl_day(day)} mora miniti vsaj {min_open_days} dni. "
                f"Prvi možni dan je {_sl_day(published + timedelta(days=min_open_days))}.",
                f"At least {min_open_days} days must pass from publication on {published.isoformat()} to the deadline. "
                f"The first possible day is {(published + timedelta(days=min_open_days)).isoformat()}.",
            )
        )
    if not is_working_day(day):
        problems.append(
            Problem(
                "deadline_free_day",
                f"Rok za prijavo {_sl_day(day)} ni delovni dan in se ne premakne. Izberite delovni dan.",
                f"The deadline {day.isoformat()} is not a working day and does not move. Choose a working day.",
            )
        )
    return tuple(problems)


def latest_publication(deadline: datetime, min_open_days: int) -> datetime:
    """The last minute in which a call with this deadline can still be published with its least time open."""
    day = local_time(deadline).date() - timedelta(days=max(1, min_open_days))
    return deadline_instant(day, _LAST_MINUTE, fold=0)


def closed_deadline_warnings(deadline: datetime, closed: Collection[date]) -> tuple[Problem, ...]:
    """What to say of a deadline on one of the days on which the body itself is ``closed``.

    It does not move (ZUP, 99. člen) and may be published: portal, e-mail and registered post take applications on
    that day (ZUP, 68. člen), only nobody takes them in person. A weekend or holiday is told by
    :func:`deadline_problems`, not here.
    """
    day = local_time(deadline).date()
    if day not in closed or not is_working_day(day):
        return ()
    return (
        Problem(
            "deadline_closed_day",
            f"Rok za prijavo {_sl_day(day)} je na dan, ko organ ne posluje. Rok se ne premakne: ta dan vlogo sprejmejo "
            "portal, e-pošta in pošta (priporočeno), osebno pa je ni mogoče oddati. Izberite poznejši dan ali to "
            "napišite v povzetek razpisa.",
            f"The deadline {day.isoformat()} is a day on which the office is closed. It does not move: on that day the "
            "portal, e-mail and registered post take applications, but nobody takes them in person. Choose a later day "
            "or say so in the summary of the call.",
            warning=True,
        ),
    )


def extension_problems(old: datetime, new: datetime, now: datetime) -> tuple[Problem, ...]:
    """What stops the deadline ``old`` from being moved to ``new`` at ``now``: it has passed, or would come sooner.

    :func:`deadline_problems` looks at the new deadline itself. Nobody who relied on the published deadline may lose
    by the change (ZUP, 7. člen, protection of the parties' rights).
    """
    problems = []
    if _second(now) > _second(old):
        problems.append(
            Problem(
                "extension_late",
                "Rok za prijavo je že potekel in ga ni več mogoče podaljšati.",
                "The deadline has passed and can no longer be extended.",
            )
        )
    if _second(new) < _second(old):
        problems.append(
            Problem(
                "extension_shorter",
                "Objavljenega roka ni mogoče skrajšati. Izberite poznejši čas.",
                "A published deadline cannot be shortened. Choose a later time.",
            )
        )
    return tuple(problems)


def is_open(now: datetime, opens: datetime, deadline: datetime) -> bool:
    """Whether an application may be filed at ``now``: from ``opens`` to the last second of the deadline."""
    return _second(opens) <= _second(now) <= _second(deadline)


def timely(lodging: Lodging, deadline: datetime, post_counts_by: PostCountsBy = PostCountsBy.DATE) -> bool:
    """Whether a filing is in time: at or before the deadline, both in whole seconds as the receipt prints them.

    On the portal the server's clock decides, in person, by e-mail and by ordinary post the arrival, by registered
    post the posting, whose day counts as the day of receipt (ZUP, 68. člen). An hour of posting that comes twice
    counts as the first.

    :raises DeadlineError: ``posting_missing`` or ``arrival_missing``; ``naive_instant``; ``hour_missing``.
    """
    if lodging.channel is not Channel.REGISTERED_POST:
        return _second(_arrival(lodging)) <= _second(deadline)
    posted = _posting(lodging)
    if post_counts_by is PostCountsBy.DATE:
        return posted <= local_time(deadline).date()
    return deadline_instant(posted, lodging.posted_hour or _LAST_MINUTE, fold=0) <= _second(deadline)


def _arrival(lodging: Lodging) -> datetime:
    if lodging.arrived is None:
        raise _error(
            "arrival_missing",
            "Manjka čas prejema vloge. Vpišite dan in uro prejema.",
            "The time of arrival is missing. Enter the day and hour of arrival.",
        )
    return lodging.arrived


def _posting(lodging: Lodging) -> date:
    if lodging.posted is None:
        raise _error(
            "posting_missing",
            "Manjka dan oddaje priporočene pošiljke. Vpišite ga s poštnega žiga.",
            "The day of posting is missing. Enter it from the postmark.",
        )
    return lodging.posted


def _second(instant: datetime) -> datetime:
    return _aware(instant).astimezone(UTC).replace(microsecond=0)


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise _error(
            "naive_instant",
            "Čas nima časovnega pasu. Podajte ga s pasom, na primer UTC.",
            "The time has no time zone. Give it with one, such as UTC.",
        )
    return instant


def _hour(hour: time) -> str:
    return hour.strftime("%H:%M")


def _sl_day(day: date) -> str:
    return f"{day.day}. {day.month}. {day.year}"


def _error(key: str, sl: str, en: str) -> DeadlineError:
    return DeadlineError(Problem(key, sl, en))
