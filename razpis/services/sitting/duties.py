"""Who marks which application: those who vote, their substitutes and further members, without the excluded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Seat
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.sittings import can_decide
from razpis.services.sitting import exclusions, seated, settled
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

    A declared conflict keeps its member away until the head decides that it is none (ZUP 35–37; ZIntPK 38). Once an
    application is scored, those who marked it stay the ones: whoever is appointed later does not mark it, and the
    marks of whoever leaves later stand. ``short`` are the applications for which fewer than the quorum are left.
    """
    ever, conflicts, sheets = settled.seats_ever(call_id), exclusions.of_call(call_id), settled.sheets(call_id)
    seats = [seat for seat in ever if seat.ended_at is None]
    due: dict[int, tuple[int, ...]] = {}
    short: list[int] = []
    for one in applications:
        known, scored = conflicts.get(one, Exclusion()), one in sheets.scored
        markers = sheets.markers(one, ever, known.substitutes) if scored else _voting(seats)
        called = [*markers, *known.substitutes, *sheets.further.get(one, ())]
        due[one] = tuple(person for person in dict.fromkeys(called) if person not in known.excluded)
        sitters = known.sitters(_each_once(ever if scored else seats))
        if not can_decide(due[one], sitters, known.excluded, quorum):
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


def deputies(call_id: int) -> list[int]:
    """Deputies of the commission, who may be called in."""
    return [seat.user_id for seat in seated.of_call(call_id) if seat.function is CommissionFunction.DEPUTY]


def _voting(seats: Iterable[Seat]) -> list[int]:
    return [seat.user_id for seat in seats if seat.function in VOTING]


def _each_once(seats: Iterable[Seat]) -> list[Seat]:
    """Of the seats of each person the first: nobody counts twice."""
    first: dict[int, Seat] = {}
    for seat in seats:
        first.setdefault(seat.user_id, seat)
    return list(first.values())
