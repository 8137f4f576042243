"""Days on which the body does not work and times in which no period runs: entered by the office, read by every period.

The deadline of a call is moved by none of them: it is a material period (ZUP, 99. člen). Who sets one on a closed day
is warned, and who closes a day is told whose deadline falls on it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.office_days import ClosedDay, SuspendedTime
from razpis.procedure.calendar import FIRST_YEAR, LAST_YEAR, Suspension, is_working_day
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject

READERS = (Role.OFFICER, Role.REGISTRY, Role.AUDITOR)
SHORTEST, LONGEST = 3, 300


class Counting(NamedTuple):
    """What a period is counted with, in the order in which :mod:`razpis.procedure.calendar` takes it."""

    closed: Collection[datetime.date]
    suspensions: Collection[Suspension]


def counting() -> Counting:
    """The days and times that stand. Two queries."""
    found = db.session.scalars(select(SuspendedTime).where(SuspendedTime.removed_at.is_(None)))
    return Counting(closed(), tuple(Suspension(one.first, one.last, one.article) for one in found))


def closed() -> frozenset[datetime.date]:
    """Days on which the body does not work, beside weekends and holidays. One query."""
    return frozenset(db.session.scalars(select(ClosedDay.day).where(ClosedDay.removed_at.is_(None))))


def ahead(now: datetime.datetime) -> Sequence[ClosedDay]:
    """Closed days that are still to come, the next one first: what to see while a deadline is chosen. One query."""
    query = select(ClosedDay).where(ClosedDay.removed_at.is_(None), ClosedDay.day > local_time(now).date())
    return db.session.scalars(query.order_by(ClosedDay.day)).all()


def deadlines(actor: Actor, now: datetime.datetime) -> Mapping[datetime.date, Sequence[str]]:
    """References of the calls whose deadline to come falls on a day, by that day. Raises :class:`Forbidden`.

    One query. Calls that nobody outside knows of yet are among them: they are the ones whose deadline can still move.
    """
    actor.needs(*READERS)
    query = select(Call.deadline, Call.reference).where(Call.deadline > now, Call.state != CallState.CANCELLED)
    found: dict[datetime.date, list[str]] = {}
    for deadline, reference in db.session.execute(query.order_by(Call.deadline, Call.id)):
        if deadline is not None:
            found.setdefault(local_time(deadline).date(), []).append(reference)
    return found


def closed_days(actor: Actor) -> Sequence[ClosedDay]:
    """Days on which the body does not work, the latest first. Raises :class:`Forbidden`."""
    actor.needs(*READERS)
    query = select(ClosedDay).where(ClosedDay.removed_at.is_(None)).options(joinedload(ClosedDay.person))
    return db.session.scalars(query.order_by(ClosedDay.day.desc())).all()


def suspended_times(actor: Actor) -> Sequence[SuspendedTime]:
    """Times in which no period runs, the latest first. Raises :class:`Forbidden`."""
    actor.needs(*READERS)
    query = select(SuspendedTime).where(SuspendedTime.removed_at.is_(None)).options(joinedload(SuspendedTime.person))
    return db.session.scalars(query.order_by(SuspendedTime.first.desc(), SuspendedTime.id.desc())).all()


def close(actor: Actor, day: datetime.date, reason: str, now: datetime.datetime) -> None:
    """Enter a day on which the body does not work: a period that ends on it ends on the next working day.

    Only a day to come, so that no period that is over opens again. Raises :class:`Invalid`. Source: ZUP, 101. člen.
    """
    actor.needs(Role.OFFICER)
    told, wrong = " ".join(reason.split()), dict[str, Text]()
    if day <= local_time(now).date():
        wrong["day"] = Text(
            "Vpišite dan, ki šele pride: rokov, ki so se že iztekli, ni mogoče podaljšati.",
            "Enter a day that is still to come: periods that are over cannot be prolonged.",
        )
    elif not FIRST_YEAR <= day.year <= LAST_YEAR or not is_working_day(day):
        wrong["day"] = Text(
            "Ta dan je že sobota, nedelja ali dela prost dan.", "This is a Saturday, Sunday or holiday already."
        )
    _refuse_length(wrong, "reason", told)
    made = ClosedDay(day=day, reason=told, entered_at=now, entered_by=actor.person)
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise Invalid({"day": Text("Ta dan je že vpisan.", "This day is entered already.")}) from None
    after = {"day": day.isoformat(), "reason": told}
    journal.record(actor, now, "office.close", Subject("office_day", made.id), after=after)
    db.session.commit()


def reopen(actor: Actor, number: int, now: datetime.datetime) -> None:
    """Take a closed day back before it comes. Raises :class:`Missing`, :class:`Refused` for a day that has come."""
    actor.needs(Role.OFFICER)
    query = select(ClosedDay).where(ClosedDay.id == number, ClosedDay.removed_at.is_(None)).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Missing
    _refuse_come(found.day, now)
    found.removed_at = now
    before = {"day": found.day.isoformat(), "reason": found.reason}
    journal.record(actor, now, "office.reopen", Subject("office_day", found.id), before)
    db.session.commit()


def suspend(actor: Actor, first: datetime.date, last: datetime.date, article: str, now: datetime.datetime) -> None:
    """Enter a time in which no period runs, by the law that says so. Raises :class:`Invalid`.

    It may have begun already, as laws of this kind say, but not be over: what is over is counted as it was.
    """
    actor.needs(Role.OFFICER)
    told, wrong = " ".join(article.split()), dict[str, Text]()
    if last < first:
        wrong["last"] = Text("Zadnji dan je pred prvim. Zamenjajte dneva.", "The last day is before the first.")
    elif last <= local_time(now).date():
        wrong["last"] = Text("Ta čas je že minil.", "This time is over already.")
    elif not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        wrong["first"] = Text("Preverite leto.", "Check the year.")
    _refuse_length(wrong, "article", told)
    made = SuspendedTime(first=first, last=last, article=told, entered_at=now, entered_by=actor.person)
    db.session.add(made)
    db.session.flush()
    after = {"first": first.isoformat(), "last": last.isoformat(), "article": told}
    journal.record(actor, now, "office.suspend", Subject("office_day", made.id), after=after)
    db.session.commit()


def resume(actor: Actor, number: int, now: datetime.datetime) -> None:
    """Take a suspended time back before it begins. Raises :class:`Missing`, :class:`Refused`."""
    actor.needs(Role.OFFICER)
    query = select(SuspendedTime).where(SuspendedTime.id == number, SuspendedTime.removed_at.is_(None))
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise Missing
    _refuse_come(found.first, now)
    found.removed_at = now
    before = {"first": found.first.isoformat(), "last": found.last.isoformat(), "article": found.article}
    journal.record(actor, now, "office.resume", Subject("office_day", found.id), before)
    db.session.commit()


def _refuse_length(wrong: dict[str, Text], name: str, told: str) -> None:
    """Raises :class:`Invalid` with ``wrong``, and where the text says nothing."""
    if not SHORTEST <= len(told) <= LONGEST:
        wrong[name] = Text("Napišite razlog ali pravno podlago.", "Write the reason or the legal basis.")
    if wrong:
        raise Invalid(wrong)


def _refuse_come(day: datetime.date, now: datetime.datetime) -> None:
    if day <= local_time(now).date():
        raise Refused(
            Text(
                "Ta dan je že prišel; roki so po njem že šteti in vpisa ni več mogoče umakniti.",
                "This day has come; periods were counted by it and the entry cannot be taken back.",
            )
        )
