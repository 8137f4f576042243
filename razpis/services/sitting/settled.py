"""Who marked the applications that are scored: later changes of the commission neither add nor take away marks."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.marking import MarkSheet
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.states import ApplicationState, CallState

LOCKED_CALLS = frozenset(list(CallState)[list(CallState).index(CallState.AGREEING) :]) - {CallState.CANCELLED}
"""States of a call from the locking of its marks on."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a call by application: of those called in as further members, and of all others. ``scored``:
    the applications whose marks were locked."""

    further: Mapping[int, Sequence[int]]
    regular: Mapping[int, Sequence[MarkSheet]]
    scored: Collection[int]

    def markers(self, application: int, ever: Sequence[Seat], substitutes: Collection[int]) -> list[int]:
        """Who marked a scored application, of all who ever sat: whoever was appointed later, or had left before it
        was scored, is not among them."""
        first = {one.user_id: _first_lock(one) for one in self.regular.get(application, ())}
        moments = [at for person, at in first.items() if at is not None and person not in substitutes]
        scored_at = max(moments, default=None)
        there = (seat.user_id for seat in ever if first.get(seat.user_id) is not None and _sat(seat, scored_at))
        return list(dict.fromkeys(there))


def sheets(call_id: int) -> Sheets:
    """Every sheet of a call, in the order they were begun. Three queries."""
    query = select(MarkSheet).join(MarkSheet.application).where(Application.call_id == call_id)
    query = query.options(selectinload(MarkSheet.reopenings)).order_by(MarkSheet.id)
    further: dict[int, list[int]] = {}
    regular: dict[int, list[MarkSheet]] = {}
    for one in db.session.scalars(query):
        if one.further:
            further.setdefault(one.application_id, []).append(one.user_id)
        else:
            regular.setdefault(one.application_id, []).append(one)
    return Sheets(further, regular, _scored(call_id))


def seats_ever(call_id: int) -> Sequence[Seat]:
    """Every seat of a commission, those that have ended too: president, members, deputies, secretary."""
    order = list(CommissionFunction)
    found = db.session.scalars(select(Seat).where(Seat.call_id == call_id))
    return sorted(found, key=lambda seat: (order.index(seat.function), seat.id))


def _scored(call_id: int) -> frozenset[int]:
    locked = or_(Call.state.in_(LOCKED_CALLS), Application.state == ApplicationState.SCORED)
    query = select(Application.id).join(Call).where(Application.call_id == call_id, locked)
    return frozenset(db.session.scalars(query))


def _first_lock(sheet: MarkSheet) -> datetime.datetime | None:
    moments = [one.locked_at for one in sheet.reopenings]
    return min([*moments, sheet.locked_at] if sheet.locked_at is not None else moments, default=None)


def _sat(seat: Seat, at: datetime.datetime | None) -> bool:
    return seat.ended_at is None or (at is not None and seat.ended_at >= at)
