"""The list a member declares on: who applied, what should make them look twice, and what they have said."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.organisations import Functionary, Mandate, Representative
from razpis.models.sittings import Declaration
from razpis.procedure.conflicts import name_hints
from razpis.procedure.deadlines import local_time
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.applications.received import Line
from razpis.services.calls import calls
from razpis.services.records import readings
from razpis.services.sitting import declarations, exclusions, seated


@dataclass(frozen=True, slots=True)
class Row:
    """One applicant. ``hints``: names that could be the member's own, functionaries who reported the organisation;
    ``lifted``: the head found no conflict in what the member declared."""

    line: Line
    hints: tuple[Text, ...]
    declaration: Declaration | None
    lifted: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole list of a call for one member."""

    call: Call
    rows: tuple[Row, ...]

    @property
    def left(self) -> int:
        """For how many applications the member has not declared yet."""
        return sum(row.declaration is None for row in self.rows)


def sheet(actor: Actor, call_id: int, now: datetime.datetime) -> Sheet:
    """The list for the actor, from the deadline on; the reading is noted. Constant queries.

    Raises :class:`razpis.services.errors.Refused` before that, and as :func:`razpis.services.seated.held`.
    Source: ZIntPK, 37. and 38. člen; a hint is no finding, the member declares.
    """
    seat = seated.held(actor, call_id)
    declarations.refuse_before_deadline(seat.call, now)
    readings.note(actor, now, "commission.applicants", calls.subject(seat.call))
    lines, own = received.lines(call_id), declarations.own(actor, call_id)
    hints, excluded = _hints(actor, lines, local_time(now).date()), exclusions.of_call(call_id)
    rows = tuple(Row(line, hints[line.id], own.get(line.id), _lifted(actor, line, own, excluded)) for line in lines)
    return Sheet(seat.call, rows)


def _lifted(
    actor: Actor, line: Line, own: Mapping[int, Declaration], excluded: Mapping[int, exclusions.Exclusion]
) -> bool:
    declared = own.get(line.id)
    if declared is None or declared.ground is None:
        return False
    return line.id not in excluded or actor.person not in excluded[line.id].excluded


def _hints(actor: Actor, lines: Sequence[Line], today: datetime.date) -> dict[int, tuple[Text, ...]]:
    people, acting = _people(lines, today), _acting(actor, lines)
    reported = _reported(lines)
    found: dict[int, tuple[Text, ...]] = {}
    for line in lines:
        told = []
        if line.organisation in acting:
            told.append(Text("imate ali ste imeli njeno pooblastilo", "you hold or held its mandate"))
        names = people.get(line.organisation or 0, [line.name])
        told += [
            Text(f"ime, podobno vašemu: {name}", f"a name like yours: {name}") for name in name_hints(actor.name, names)
        ]
        told += [
            Text(
                f"jo je prijavil funkcionar: {one.name} ({one.function})",
                f"reported by a functionary: {one.name} ({one.function})",
            )
            for one in reported.get(line.registration_number, ())
        ]
        found[line.id] = tuple(told)
    return found


def _people(lines: Sequence[Line], today: datetime.date) -> dict[int, list[str]]:
    """Names of representatives by organisation."""
    query = select(Representative).where(
        Representative.organisation_id.in_({line.organisation for line in lines if line.organisation}),
        or_(Representative.valid_to.is_(None), Representative.valid_to >= today),
    )
    names: dict[int, list[str]] = {}
    for one in db.session.scalars(query.order_by(Representative.id)):
        names.setdefault(one.organisation_id, []).append(one.name)
    return names


def _acting(actor: Actor, lines: Sequence[Line]) -> set[int | None]:
    ours = {line.organisation for line in lines if line.organisation}
    query = select(Mandate.organisation_id).where(Mandate.user_id == actor.person, Mandate.organisation_id.in_(ours))
    return set(db.session.scalars(query))


def _reported(lines: Sequence[Line]) -> dict[str, list[Functionary]]:
    numbers = {line.registration_number for line in lines if line.registration_number}
    query = select(Functionary).where(Functionary.registration_number.in_(numbers)).order_by(Functionary.id)
    found: dict[str, list[Functionary]] = {}
    for one in db.session.scalars(query):
        found.setdefault(one.registration_number or "", []).append(one)
    return found
