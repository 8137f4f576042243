"""Declarations of conflicts for each application, and the one answer to who in the commission may read which."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.marking import MarkSheet
from razpis.models.remedies import Renunciation
from razpis.models.sittings import Declaration, Recusal
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.conflicts import Ground
from razpis.procedure.states import ApplicationState, CallState
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.calls.calls import NOT_FILED
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.sitting import exclusions, seated
from razpis.services.sitting.seated import OPENED_CALLS

UNREADABLE = (*NOT_FILED, ApplicationState.SUBMITTED, ApplicationState.LATE, ApplicationState.DISMISSED_LATE)
"""What the commission reads nothing of: not filed, not opened yet, or late and therefore never opened."""
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says of one application: no conflict, or its ground and in what it lies."""

    ground: Ground | None = None
    explanation: str = ""


def may_read(actor: Actor, application_id: int, now: datetime.datetime) -> None:
    """Refuse whoever in the commission may not read this application, on whatever path they come.

    They need a seat in its call's commission (a deputy: the head's order to stand in here, or to be called in by the
    president to mark), a call that is opened,
    and their own declaration without a conflict. Raises :class:`Missing` for another call's application,
    :class:`Forbidden` with the reason. Source: ZUP, 35.–37. člen; ZIntPK, 37. and 38. člen.
    """
    application = db.session.get(Application, application_id)
    if application is None:
        raise Missing
    seat = seated.held(actor, application.call_id)
    if application.id not in readable(actor, application.call_id, now):
        raise Forbidden(_why_not(actor, application, seat))


def readable(actor: Actor, call_id: int, now: datetime.datetime) -> set[int]:
    """The numbers of the applications of a call that the actor may read and mark. One query."""
    query = (
        select(Application.id)
        .join(Call, Call.id == Application.call_id)
        .join(Seat, and_(Seat.call_id == Call.id, Seat.user_id == actor.person, Seat.ended_at.is_(None)))
        .join(Declaration, and_(Declaration.application_id == Application.id, Declaration.user_id == actor.person))
        .outerjoin(Recusal, Recusal.declaration_id == Declaration.id)
        .where(
            Call.id == call_id,
            Call.state.in_(OPENED_CALLS),
            Application.state.not_in(UNREADABLE),
            Application.id.not_in(never_opened()),
            exclusions.latest(),
            or_(Declaration.ground.is_(None), Recusal.excluded.is_(False)),
            or_(Seat.function != CommissionFunction.DEPUTY, _stands_in(actor), _called_in(actor)),
        )
    )
    return set(db.session.scalars(query))


def never_opened() -> Select[Any]:
    """The numbers (of the rows) of applications that were withdrawn after the deadline before anybody had opened them:
    they stay closed."""
    return select(Renunciation.application_id).where(Renunciation.before.in_(UNREADABLE))


def declare(actor: Actor, call_id: int, said: Mapping[int, Said], confidential: bool, now: datetime.datetime) -> int:
    """Declare for each application by its number; how many declarations were new.

    ``confidential``: the member undertakes to keep what they learn to themselves. The list of applicants is known
    from the deadline on. A conflict once declared is lifted only by the head. Raises :class:`Missing`,
    :class:`Forbidden`, :class:`Invalid`, and :class:`Refused` before the deadline. All or nothing.
    """
    seat = seated.held(actor, call_id, lock=True)
    refuse_before_deadline(seat.call, now)
    if not confidential:
        raise Invalid({"confidential": Text("Potrdite izjavo o zaupnosti.", "Confirm the statement of secrecy.")})
    known = {one.id for one in filed(call_id)}
    if not set(said) <= known:
        raise Missing
    standing = own(actor, call_id)
    new = [
        _declared(actor, number, one, standing.get(number), now)
        for number, one in sorted(said.items())
        if _differs(number, one, standing.get(number))
    ]
    if not new:
        db.session.rollback()
        return 0
    db.session.add_all(new)
    after = {
        "free": sum(one.ground is None for one in new),
        "conflicts": {str(one.application_id): one.ground.value for one in new if one.ground is not None},
    }
    journal.record(actor, now, "commission.declare", calls.subject(seat.call), after=after)
    db.session.commit()
    return len(new)


def filed(call_id: int) -> Sequence[Application]:
    """Every application that was filed and not withdrawn before the deadline, in the order received."""
    query = select(Application).where(Application.call_id == call_id, Application.state.not_in(NOT_FILED))
    return db.session.scalars(query.order_by(Application.number, Application.id)).all()


def own(actor: Actor, call_id: int) -> dict[int, Declaration]:
    """The actor's standing declarations by application."""
    return {one.application_id: one for one in db.session.scalars(_standing(call_id, [actor.person]))}


def undeclared(call_id: int, people: Sequence[int]) -> dict[int, int]:
    """Of ``people``, those who have not declared for every application, each with how many are left."""
    total = len(filed(call_id))
    counted = dict.fromkeys(people, 0)
    for one in db.session.scalars(_standing(call_id, people)):
        counted[one.user_id] += 1
    return {person: total - count for person, count in counted.items() if count < total}


def progress(call_id: int) -> tuple[int, dict[int, int]]:
    """How many applications there are to declare for, and by member how many declarations there are."""
    query = (
        select(Declaration.user_id, func.count(Declaration.id.distinct()))
        .join(Application, Application.id == Declaration.application_id)
        .where(Application.call_id == call_id, Application.state.not_in(NOT_FILED), exclusions.latest())
        .group_by(Declaration.user_id)
    )
    return len(filed(call_id)), {row[0]: row[1] for row in db.session.execute(query)}


def refuse_before_deadline(call: Call, now: datetime.datetime) -> None:
    """Raises :class:`Refused` before the last second of the deadline is over, or where the call is stopped."""
    if calls.state_now(call, now) not in OPENED_CALLS | {CallState.CLOSED}:
        raise Refused(
            Text(
                f"Rok za prijavo še ni potekel{seated.day(call)}. Do takrat nihče ne ve, kdo se je prijavil.",
                "The deadline has not passed. Until then nobody learns who has applied.",
            )
        )


def _standing(call_id: int, people: Sequence[int]) -> Select[Declaration]:
    query = select(Declaration).join(Application, Application.id == Declaration.application_id)
    query = query.where(Application.call_id == call_id, Application.state.not_in(NOT_FILED))
    return query.where(Declaration.user_id.in_(people), exclusions.latest()).order_by(Declaration.id)


def _stands_in(actor: Actor) -> Any:
    """Whether a standing exclusion names the actor as the substitute at this application."""
    other, last = aliased(Declaration), aliased(Declaration)
    newest = select(func.max(last.number)).where(
        last.application_id == other.application_id, last.user_id == other.user_id
    )
    order = aliased(Recusal)
    return (
        select(order.id)
        .join(other, other.id == order.declaration_id)
        .where(
            order.substitute_id == actor.person,
            order.excluded.is_(True),
            other.application_id == Application.id,
            other.number == newest.correlate(other).scalar_subquery(),
        )
        .correlate(Application)
        .exists()
    )


def _called_in(actor: Actor) -> Any:
    """Whether the president called the actor in to mark this application as one more member."""
    called = select(MarkSheet.id).where(MarkSheet.user_id == actor.person, MarkSheet.further)
    return called.where(MarkSheet.application_id == Application.id).correlate(Application).exists()


def _differs(number: int, said: Said, stands: Declaration | None) -> bool:
    """Whether this says something new. Raises :class:`Invalid` and :class:`Refused`."""
    if said.ground is not None and not 3 <= len(said.explanation.strip()) <= LONGEST:
        raise Invalid(
            {
                f"explanation-{number}": Text(
                    "Napišite, v čem je nasprotje interesov.", "Write in what the conflict of interest lies."
                )
            }
        )
    if said.ground is not None and (fault := legible.fault(said.explanation)):
        raise Invalid({f"explanation-{number}": fault})
    if stands is None:
        return True
    if stands.ground is not None and said.ground is None:
        raise Refused(
            Text(
                "Izjave o nasprotju interesov ne morete preklicati sami; o njej odloči predstojnik.",
                "You cannot take back a declared conflict yourself; the head decides on it.",
            )
        )
    return (stands.ground, stands.explanation) != (said.ground, said.explanation.strip())


def _declared(actor: Actor, number: int, said: Said, stands: Declaration | None, now: datetime.datetime) -> Declaration:
    return Declaration(
        application_id=number,
        user_id=actor.person,
        number=stands.number + 1 if stands else 1,
        ground=said.ground,
        explanation=said.explanation.strip() if said.ground else "",
        at=now,
    )


def _why_not(actor: Actor, application: Application, seat: Seat) -> Text:
    stands = own(actor, application.call_id).get(application.id)
    if seat.call.state not in OPENED_CALLS or application.state in UNREADABLE:
        return Text(
            "Vloga ni odprta, zato njene vsebine ne vidi nihče.", "The application is not opened: nobody sees it."
        )
    if stands is None:
        return Text(
            "Najprej izjavite, ali imate pri tej vlogi nasprotje interesov.",
            "First declare whether you have a conflict of interest in this application.",
        )
    if stands.ground is not None and application.id in exclusions.of_call(application.call_id):
        return Text(
            "Pri tej vlogi ste izjavili nasprotje interesov, zato je ne vidite in o njej ne odločate.",
            "You declared a conflict in this application, so you neither see it nor decide on it.",
        )
    return Text(
        "Namestnik vidi le vloge, pri katerih ga je predstojnik določil namesto izločenega člana ali pa ga je "
        "predsednica ali predsednik poklical k ocenjevanju.",
        "A deputy sees only applications where the head named them in place of an excluded member, or where the "
        "president called them in to mark.",
    )


def subject(application: Application) -> Subject:
    """The application as the journal names it."""
    return Subject("application", application.id, application.call_id)
