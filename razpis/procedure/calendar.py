"""Work-free days of Slovenia and the ends of periods: which day is the last one on which an act is in time."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from holidays import country_holidays

from razpis.procedure.problems import Problem, ProcedureError

FIRST_YEAR = 1992  # Zakon o praznikih in dela prostih dnevih, UL RS 26/91
LAST_YEAR = 2100  # the library computes no later holidays and would call every weekday a working day
_DAY = timedelta(days=1)
_SATURDAY = 5


class CalendarError(ProcedureError):
    """The period cannot be counted."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """From ``first`` to ``last``, both included, no period runs; ``article`` is the law that says so."""

    first: date
    last: date
    article: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise CalendarError(
                Problem(
                    "suspension_order",
                    "Zadržanje rokov se konča, preden se začne. Zamenjajte dneva.",
                    "The suspension of periods ends before it begins. Swap the days.",
                )
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@cache
def holidays_of(year: int) -> Mapping[date, str]:
    """The work-free days of a year by law and their Slovenian names, without those that are working days.

    :raises CalendarError: ``calendar_year`` outside 1992–2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarError(
            Problem(
                "calendar_year",
                f"Dela prosti dnevi leta {year} niso znani. Popravite leto.",
                f"The work-free days of {year} are not known. Correct the year.",
            )
        )
    return MappingProxyType(dict(country_holidays("SI", years=year, expand=False, language="sl")))


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether the body works on ``day``: no weekend, no work-free day, none of the body's own ``closed`` days.

    Source: ZUP, 101. člen; Zakon o praznikih in dela prostih dnevih.
    """
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year) and day not in closed


def end_of_days(
    start: date, days: int, closed: Collection[date] = (), suspensions: Collection[Suspension] = ()
) -> date:
    """The last day of a period of ``days``; the day of the event, ``start``, is not counted.

    A last day on which the body does not work moves to its next working day. Source: ZUP, 100. and 101. člen.

    :raises CalendarError: ``period_length`` where the period is shorter than a day.
    """
    return _rolled(_last_counted(start, days, suspensions), closed, suspensions)


def end_of_months(
    start: date, months: int, closed: Collection[date] = (), suspensions: Collection[Suspension] = ()
) -> date:
    """The last day of a period of ``months``: the day with the number of ``start``, or the month's last one.

    Days of suspension are added at the end; then it rolls like a period in days. Source: ZUP, 100. and 101. člen.

    :raises CalendarError: ``period_length`` where the period is shorter than a month.
    """
    _at_least_one(months)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    days = (date(year, month + 1, min(start.day, last)) - start).days
    return _rolled(_last_counted(start, days, suspensions), closed, suspensions)


def end_of_working_days(
    start: date, days: int, closed: Collection[date] = (), suspensions: Collection[Suspension] = ()
) -> date:
    """The last day of a period of working ``days``, counted from the day after ``start``. Source: ZUP, 67. člen.

    :raises CalendarError: ``period_length`` where the period is shorter than a day.
    """
    _at_least_one(days)
    working = (day for day in _running(start, suspensions) if is_working_day(day, closed))
    return _nth(working, days)


def end_of_fiction(start: date, days: int, suspensions: Collection[Suspension] = ()) -> date:
    """The day on which a document counts as served. It never moves, whatever day it is.

    ``start`` is the day of the notice, or of the dispatch under ZUP-I. Source: ZUP, 87. člen; Supreme Court,
    opinion in principle of 14 January 2015: 101. člen does not apply to this period.

    :raises CalendarError: ``period_length`` where the period is shorter than a day.
    """
    return _last_counted(start, days, suspensions)


def _last_counted(start: date, days: int, suspensions: Collection[Suspension]) -> date:
    _at_least_one(days)
    return _nth(_running(start, suspensions), days)


def _rolled(end: date, closed: Collection[date], suspensions: Collection[Suspension]) -> date:
    while not is_working_day(end, closed) or any(end in suspension for suspension in suspensions):
        end += _DAY
    return end


def _running(start: date, suspensions: Collection[Suspension]) -> Iterator[date]:
    """The days after ``start`` on which periods run."""
    day = start
    while True:
        day += _DAY
        if not any(day in suspension for suspension in suspensions):
            yield day


def _nth(days: Iterator[date], number: int) -> date:
    for _ in range(number - 1):
        next(days)
    return next(days)


def _at_least_one(length: int) -> None:
    if length < 1:
        raise CalendarError(
            Problem(
                "period_length",
                f"Rok mora trajati vsaj en dan ali mesec, ne {length}.",
                f"A period must last at least one day or month, not {length}.",
            )
        )
