"""Who marks which application: those who vote, their substitutes and further members, without the excluded."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Seat
from razpis.models.marking import MarkSheet
from razpis.models.sittings import Declaration
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.sittings import can_decide
from razpis.services.actor import Actor
from razpis.services.sitting import declarations, exclusions, seated
from razpis.services.sitting.exclusions import Exclusion

VOTING = (CommissionFunction.PRESIDENT, CommissionFunction.MEMBER)


@dataclass(frozen=True, slots=True)
class Duties:
    """By application: who must mark it, who may not, and whether those left can decide; ``names`` by person, no two
    alike."""

    due: Mapping[int, tuple[int, ...]]
    excluded: Mapping[int, tuple[int, ...]]
    short: Collection[int]
    names: Mapping[int, str]


def duties(call_id: int, quorum: int, applications: Iterable[int]) -> Duties:
    """Who must mark ``applications`` of the call, and who is excluded from each, in the order of their seats.

    A declared conflict keeps its member away until the head decides that it is none (ZUP 35–37; ZIntPK 38).
    ``short`` are the applications for which fewer than the quorum are left.
    """
    seats, conflicts, further = seated.of_call(call_id), exclusions.of_call(call_id), _further(call_id)
    due: dict[int, tuple[int, ...]] = {}
    short: list[int] = []
    for one in applications:
        known = conflicts.get(one, Exclusion())
        called = [*_voting(seats), *known.substitutes, *further.get(one, ())]
        due[one] = tuple(person for person in dict.fromkeys(called) if person not in known.excluded)
        if not can_decide(due[one], known.sitters(seats), known.excluded, quorum):
            short.append(one)
    excluded = {one: tuple(sorted(conflicts[one].excluded)) if one in conflicts else () for one in due}
    people = {person for row in (*due.values(), *excluded.values()) for person in row}
    return Duties(due, excluded, short, names(people))


def names(people: Iterable[int]) -> dict[int, str]:
    """Each person's name; those who share one are told apart by a number."""
    query = select(User.id, User.name).where(User.id.in_(set(people))).order_by(User.id)
    found: dict[int, str] = dict(db.session.execute(query).all())
    counted, seen, told = Counter(found.values()), Counter[str](), dict[int, str]()
    for id_, name in found.items():
        seen[name] += 1
        told[id_] = name if counted[name] == 1 else f"{name} ({seen[name]})"
    return told


def admitted(actor: Actor, call_id: int, now: datetime.datetime) -> set[int]:
    """The applications this person may read: as :func:`declarations.readable` says, and those they were called in to
    mark as a further member, once they have declared that they have no conflict there."""
    query = (
        select(MarkSheet.application_id)
        .join(Application, Application.id == MarkSheet.application_id)
        .join(Declaration, Declaration.application_id == Application.id)
        .where(
            Application.call_id == call_id,
            MarkSheet.user_id == actor.person,
            MarkSheet.further,
            Declaration.user_id == actor.person,
            Declaration.ground.is_(None),
            exclusions.latest(),
        )
    )
    return declarations.readable(actor, call_id, now) | set(db.session.scalars(query))


def deputies(call_id: int) -> list[int]:
    """Deputies of the commission, who may be called in."""
    return [seat.user_id for seat in seated.of_call(call_id) if seat.function is CommissionFunction.DEPUTY]


def _voting(seats: Iterable[Seat]) -> list[int]:
    return [seat.user_id for seat in seats if seat.function in VOTING]


def _further(call_id: int) -> dict[int, list[int]]:
    query = select(MarkSheet.application_id, MarkSheet.user_id)
    query = query.join(Application, Application.id == MarkSheet.application_id)
    found: dict[int, list[int]] = {}
    query = query.where(Application.call_id == call_id, MarkSheet.further).order_by(MarkSheet.id)
    for application, person in db.session.execute(query):
        found.setdefault(application, []).append(person)
    return found
