"""Service of documents (vročitev): from which day a period runs, by the record of service and never by the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from razpis.procedure.calendar import Suspension, end_of_days, end_of_fiction, end_of_working_days
from razpis.procedure.deadlines import END_OF_DAY, ZONE
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.problems import Problem, Words

_SECOND = timedelta(seconds=1)


class Manner(StrEnum):
    """How a document is served (ZUP, 83.–98. člen)."""

    POST = "post"
    SECURE_BOX = "secure_box"
    IN_PERSON = "in_person"


MANNERS: Mapping[Manner, Words] = {
    Manner.POST: Words("osebno po pošti, z vročilnico", "in person by post, with a receipt"),
    Manner.SECURE_BOX: Words("v varni elektronski predal", "into a secure electronic mailbox"),
    Manner.IN_PERSON: Words("osebno pri organu", "in person at the office"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """The days of a service as its papers show them; each may still be missing."""

    dispatched: date
    notice: date | None = None
    delivered: date | None = None


@dataclass(frozen=True, slots=True)
class Fiction:
    """After how many days, counted ``since`` the notice or the dispatch, a document counts as served."""

    days: int
    since: str


def record_problems(record: Record, today: date) -> tuple[tuple[str, Problem], ...]:
    """What in a record cannot be, each with the day it is about: days in the future or before the dispatch."""
    known = {"dispatched": record.dispatched, "notice": record.notice, "delivered": record.delivered}
    found = []
    for name, day in known.items():
        if day is None:
            continue
        if day > today:
            found.append((name, Problem("service_future", "Ta dan je v prihodnosti.", "This day lies in the future.")))
        elif day < record.dispatched:
            found.append(
                (name, Problem("service_order", "Ta dan je pred dnem odpreme.", "This day is before the dispatch."))
            )
    return tuple(found)


def fiction_day(record: Record, fiction: Fiction, suspensions: Collection[Suspension] = ()) -> date | None:
    """The day on which the document counts as served if nobody takes it; ``None`` where no notice was left yet.

    Source: ZUP, 87. člen; the day does not move (Supreme Court, opinion in principle of 14 January 2015).
    """
    start = record.dispatched if fiction.since == "dispatch" else record.notice
    return None if start is None else end_of_fiction(start, fiction.days, suspensions)


def served_on(record: Record, fiction: Fiction, today: date, suspensions: Collection[Suspension] = ()) -> date | None:
    """The day of service as far as it is known ``today``: the delivery, or the fiction where that came first."""
    by_fiction = fiction_day(record, fiction, suspensions)
    days = [day for day in (record.delivered, by_fiction) if day is not None and day <= today]
    return min(days, default=None)


def last_day(
    served: date, days: int, unit: Unit, closed: Collection[date] = (), suspensions: Collection[Suspension] = ()
) -> date:
    """The last day of a period of ``days`` from service; the day of service is not counted (ZUP, 100. člen)."""
    count = end_of_working_days if unit is Unit.WORKING_DAYS else end_of_days
    return count(served, days, closed, suspensions)


def last_second(day: date) -> datetime:
    """The last second of ``day`` by the clocks in Slovenia, as an instant in UTC."""
    return datetime.combine(day, END_OF_DAY, ZONE).astimezone(UTC)


def in_time(filed: datetime, day: date) -> bool:
    """Whether what was ``filed`` is in time for a period that ends with ``day``; its last second counts."""
    return filed < last_second(day) + _SECOND
