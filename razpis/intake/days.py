"""Days and moments as people write them; a moment is local time in Maribor (Europe/Ljubljana)."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple, TypeVar

from razpis.engine.rulebook.values import ZONE
from razpis.intake.report import Refused, refused, shown

D = TypeVar("D", bound=datetime.date)

YEARS = range(1000, 3000)
"""Years a day may lie in: outside of them a digit was left out or added."""

_GAP = r"[ \t\u00a0\u202f]"
_SPOKEN = rf"(\d{{1,2}})\.{_GAP}?(\d{{1,2}})\.{_GAP}?(\d{{4}})"
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SPOKEN_DAY = re.compile(_SPOKEN, re.ASCII)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_SPOKEN_MOMENT = re.compile(rf"({_SPOKEN}){_GAP}+(\d{{1,2}}):(\d\d)(?::(\d\d))?", re.ASCII)
_END_OF_DAY = datetime.time(23, 59)


class Moment(NamedTuple):
    """A moment; ``twice``: the clock showed this time twice that night, and the first is meant."""

    at: datetime.datetime
    twice: bool = False


def day(text: str) -> datetime.date:
    """``2026-05-04``, ``4. 5. 2026`` or ``4.5.2026``; raises :class:`Refused`."""
    try:
        if _ISO_DAY.fullmatch(text):
            return _sane(datetime.date.fromisoformat(text))
        spoken = _SPOKEN_DAY.fullmatch(text)
        if spoken:
            date, month, year = map(int, spoken.groups())
            return _sane(datetime.date(year, month, date))
    except ValueError:
        raise refused(
            f"»{shown(text)}« ni na koledarju; preverite dan, mesec in leto",
            f"'{shown(text)}' is not in the calendar; check day, month and year",
        ) from None
    raise refused(
        f"»{shown(text)}« ni datum; zapišite 2026-05-04 ali 4. 5. 2026",
        f"'{shown(text)}' is not a date; write 2026-05-04 or 4. 5. 2026",
    )


def day_of(value: datetime.date) -> datetime.date:
    """The day of a spreadsheet's date; one with an hour is refused. Raises :class:`Refused`."""
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            raise refused(
                f"{value:%Y-%m-%d %H:%M:%S} ima tudi uro; tu je potreben samo datum",
                f"{value:%Y-%m-%d %H:%M:%S} has an hour too; only a date is needed here",
            )
        value = value.date()
    return value


def moment(value: str | datetime.date, deadline: datetime.datetime | None) -> Moment:
    """When an application was submitted, from a text or a spreadsheet's date; raises :class:`Refused`.

    A text is a date or a date with an hour (``2026-02-10 11:59:00``, ``2026-02-10T11:59``,
    ``4. 5. 2026 11:59``), local unless it states its offset. A **day without an hour** is 23:59 of that day,
    as for a registered item whose hour of posting is not known; on the day of the deadline it is never later
    than the deadline, because the day of posting is the day of receipt. So a filing is not late for want of
    an hour, nor does it come before one with an hour on the same day.
    """
    if isinstance(value, datetime.datetime):
        return _local(value)
    if isinstance(value, datetime.date):
        return _whole_day(value, deadline)
    try:
        if _ISO_MOMENT.fullmatch(value):
            return _local(_sane(datetime.datetime.fromisoformat(value)))
        spoken = _SPOKEN_MOMENT.fullmatch(value)
        if spoken is None:
            return _whole_day(_day_of_moment(value), deadline)
        date, month, year, hour, minute, second = (int(part or 0) for part in spoken.groups()[1:])
        at = datetime.datetime(year, month, date, hour, minute, second)  # noqa: DTZ001 - local time, see _local
        return _local(_sane(at))
    except ValueError:
        raise refused(
            f"»{shown(value)}« ni na koledarju ali na uri; preverite datum in uro",
            f"'{shown(value)}' is not in the calendar or on the clock; check date and hour",
        ) from None


def _day_of_moment(text: str) -> datetime.date:
    if _ISO_DAY.fullmatch(text) or _SPOKEN_DAY.fullmatch(text):
        return day(text)
    raise refused(
        f"»{shown(text)}« ni datum z uro; zapišite 2026-02-10 11:59 ali 10. 2. 2026 11:59",
        f"'{shown(text)}' is not a date with an hour; write 2026-02-10 11:59 or 10. 2. 2026 11:59",
    )


def _sane(value: D) -> D:
    if value.year not in YEARS:
        raise ValueError
    return value


def _whole_day(value: datetime.date, deadline: datetime.datetime | None) -> Moment:
    end = datetime.datetime.combine(value, _END_OF_DAY, ZONE)
    if deadline is not None and deadline.date() == value:
        end = min(end, deadline)
    return Moment(end)


def _local(value: datetime.datetime) -> Moment:
    """``value`` in local time: moved there where it states its offset, else checked against the clock."""
    if value.tzinfo is not None:
        return Moment(value.astimezone(ZONE))
    first = value.replace(tzinfo=ZONE, fold=0)
    if first.utcoffset() == first.replace(fold=1).utcoffset():
        return Moment(first)
    returned = first.astimezone(datetime.UTC).astimezone(ZONE)
    if returned.replace(tzinfo=None) != value:
        raise _skipped(value)
    return Moment(first, twice=True)


def _skipped(value: datetime.datetime) -> Refused:
    return refused(
        f"ure {value:%H:%M} dne {value:%Y-%m-%d} ni bilo, ker se je ura premaknila naprej; preverite čas oddaje",
        f"there was no {value:%H:%M} on {value:%Y-%m-%d}, because the clock went forward; check the time",
    )
