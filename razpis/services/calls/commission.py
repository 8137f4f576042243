"""The commission of a call: seats by an act of appointment, the quorum, and who may not sit in it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import or_, select

from razpis.engine.problems import Text
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.procedure.commission import SMALLEST, CommissionFunction
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.procedure.workflow import CALL
from razpis.services.actor import Actor
from razpis.services.calls import call_rules, calls
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.people import standing
from razpis.services.records import journal
from razpis.services.searching import contains

FOUND_AT_MOST = 20
LEAST_SIGNS = 3
_VOTING = (CommissionFunction.PRESIDENT, CommissionFunction.MEMBER)


def seats(call: Call) -> list[Seat]:
    """Those who sit now: president, members, deputies, secretary."""
    order = list(CommissionFunction)
    return sorted(
        (seat for seat in call.seats if seat.ended_at is None), key=lambda seat: (order.index(seat.function), seat.id)
    )


def problems(call: Call) -> tuple[Text, ...]:
    """What the commission lacks before a publication: three who vote, one president, a quorum, enough marks."""
    voting = [seat.function for seat in seats(call) if seat.function in _VOTING]
    found: list[Text] = []
    if CommissionFunction.PRESIDENT not in voting:
        found.append(Text("Komisija nima predsednice ali predsednika.", "The commission has no president."))
    if len(voting) < SMALLEST:
        found.append(
            Text(
                f"Komisija ima manj kot {SMALLEST} člane (s predsednikom).",
                f"The commission has fewer than {SMALLEST} members (with the president).",
            )
        )
    elif not len(voting) < 2 * call.quorum <= 2 * len(voting):
        found.append(
            Text(
                f"Sklepčnost {call.quorum} ni ustrezna: članov, ki odločajo, je {len(voting)}, navzoča pa mora biti "
                "več kot polovica.",
                f"A quorum of {call.quorum} does not fit {len(voting)} members: more than half must be present.",
            )
        )
    rulebook = call_rules.readable(call.rulebook)
    if rulebook is not None and rulebook.file.commission.minimum_marks > len(voting) >= SMALLEST:
        needed = rulebook.file.commission.minimum_marks
        found.append(
            Text(
                f"Najmanjše število ocen po pravilih je {needed}, članov komisije pa je {len(voting)}. Imenujte nove.",
                f"The rules need at least {needed} marks, the commission has {len(voting)} members. Appoint more.",
            )
        )
    return tuple(found)


def people(actor: Actor, words: str) -> Sequence[User]:
    """Accounts whose name or address holds ``words`` (three signs at least), to choose a member from."""
    actor.needs(Role.OFFICER)
    if len(words.strip()) < LEAST_SIGNS:
        return []
    query = (
        select(User)
        .where(or_(contains(User.name, words), contains(User.email, words)), User.disabled_at.is_(None))
        .order_by(User.name, User.id)
        .limit(FOUND_AT_MOST)
    )
    return db.session.scalars(query).all()


def person(actor: Actor, user_id: int) -> User:
    """The person to be appointed. Raises :class:`Missing`."""
    actor.needs(Role.OFFICER)
    user = db.session.scalar(select(User).where(User.id == user_id, User.disabled_at.is_(None)))
    if user is None:
        raise Missing
    return user


def appoint(
    actor: Actor, call_id: int, user_id: int, function: CommissionFunction, act: str, now: datetime.datetime
) -> None:
    """Give a person a seat by an act of appointment. The person is locked: no role is given to them meanwhile.

    Raises :class:`Missing`, :class:`Invalid` without the act, :class:`Refused` where the person already sits
    there, where there is a president, or where their roles may not meet (``law.md`` §4).
    """
    actor.needs(Role.OFFICER)
    call = _changeable(call_id)
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())
    user = person(actor, user_id)
    act = _act(act)
    _refuse_second(call, user, function)
    president = function is CommissionFunction.PRESIDENT
    standing.refuse_pairs([*standing.actor_of(user, now).roles, Role.PRESIDENT if president else Role.MEMBER])
    seat = Seat(user=user, function=function, act=act, appointed_at=now)
    call.seats.append(seat)
    after = {"user": user.id, "function": function.value, "act": act}
    journal.record(actor, now, "call.appoint", calls.subject(call), after=after)
    db.session.commit()


def release(actor: Actor, call_id: int, seat_id: int, act: str, now: datetime.datetime) -> None:
    """End a seat by an act. Raises :class:`Missing`, :class:`Invalid` without the act."""
    actor.needs(Role.OFFICER)
    call = _changeable(call_id)
    seat = next((one for one in call.seats if one.id == seat_id and one.ended_at is None), None)
    if seat is None:
        raise Missing
    act = _act(act)
    seat.ended_at = now
    before = {"user": seat.user_id, "function": seat.function.value}
    journal.record(actor, now, "call.release", calls.subject(call), before, {"act": act})
    db.session.commit()


def set_quorum(actor: Actor, call_id: int, quorum: int, now: datetime.datetime) -> None:
    """How many must be present. Raises :class:`Invalid`, and :class:`Refused` once the call is published."""
    actor.needs(Role.OFFICER)
    call = _changeable(call_id)
    if call.published_at is not None:
        raise Refused(
            Text("Sklepčnost je objavljena in se ne spremeni.", "The quorum is published and does not change.")
        )
    if not 2 <= quorum <= 50:
        raise Invalid({"quorum": Text("Vpišite število od 2 do 50.", "Write a number from 2 to 50.")})
    before, call.quorum = call.quorum, quorum
    journal.record(actor, now, "call.quorum", calls.subject(call), {"quorum": before}, {"quorum": quorum})
    db.session.commit()


def _changeable(call_id: int) -> Call:
    call = calls.locked(call_id)
    if call.state in CALL.settled or call.state is CallState.IN_REVIEW:
        raise Refused(
            Text(
                "Komisije zdaj ni mogoče spremeniti: razpis je v potrditvi ali končan.",
                "The commission cannot change now: the call is in review or over.",
            )
        )
    return call


def _act(act: str) -> str:
    if not 3 <= len(act.strip()) <= 120:
        raise Invalid(
            {
                "act": Text(
                    "Vpišite številko in datum akta (do 120 znakov).",
                    "Write number and date of the act (to 120 signs).",
                )
            }
        )
    return act.strip()


def _refuse_second(call: Call, user: User, function: CommissionFunction) -> None:
    now_sitting = seats(call)
    if any(seat.user_id == user.id for seat in now_sitting):
        raise Refused(Text(f"{user.name} je že v tej komisiji.", f"{user.name} already sits in this commission."))
    taken = [seat.function for seat in now_sitting]
    if function is CommissionFunction.PRESIDENT and function in taken:
        raise Refused(
            Text(
                "Komisija že ima predsednico ali predsednika. Najprej končajte to imenovanje.",
                "The commission has a president. End that appointment first.",
            )
        )
