"""Who sits in the commission of a call, asked on every path that belongs to the commission alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import COMMISSION, Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden, Missing

OPENED_CALLS = frozenset(list(CallState)[list(CallState).index(CallState.OPENING) :]) - {CallState.CANCELLED}
"""States from the opening on; what was filed may be read in them."""


def held(actor: Actor, call_id: int, lock: bool = False) -> Seat:
    """The actor's seat in the commission of the call, with the call; ``lock``: one's own commands one by one.

    Raises :class:`Forbidden` for whoever sits in no commission, :class:`Missing` for another call's.
    """
    actor.needs(*COMMISSION)
    query = select(Seat).join(Seat.call).options(contains_eager(Seat.call))
    query = query.where(Seat.call_id == call_id, Seat.user_id == actor.person, Seat.ended_at.is_(None))
    if lock:
        query = query.with_for_update(of=Seat).execution_options(populate_existing=True)
    found = db.session.scalars(query.order_by(Seat.id)).first()
    if found is None:
        raise Missing
    return found


def voting(actor: Actor, call_id: int) -> Seat:
    """The seat of somebody who votes. Raises :class:`Forbidden` for the secretary, and as :func:`held`."""
    seat = held(actor, call_id)
    if seat.function is CommissionFunction.SECRETARY:
        raise Forbidden(
            Text(
                "Zapisničar ne odloča. To lahko stori predsednica, predsednik ali član komisije.",
                "The secretary does not decide. The president or a member can do this.",
            )
        )
    return seat


def presiding(actor: Actor, call_id: int) -> Seat:
    """The seat of the president of this commission. Raises :class:`Forbidden`, and as :func:`held`."""
    actor.needs(Role.PRESIDENT)
    seat = held(actor, call_id)
    if seat.function is not CommissionFunction.PRESIDENT:
        raise Forbidden(
            Text(
                "To lahko stori le predsednica ali predsednik te komisije.",
                "Only the president of this commission can do this.",
            )
        )
    return seat


def of_call(call_id: int) -> Sequence[Seat]:
    """Those who sit in the commission now, with their names: president, members, deputies, secretary."""
    query = select(Seat).where(Seat.call_id == call_id, Seat.ended_at.is_(None)).options(joinedload(Seat.user))
    order = list(CommissionFunction)
    return sorted(db.session.scalars(query), key=lambda seat: (order.index(seat.function), seat.id))


def mine(actor: Actor) -> Sequence[Seat]:
    """Every commission the actor sits in, the latest call first."""
    query = select(Seat).join(Seat.call).options(contains_eager(Seat.call))
    query = query.where(Seat.user_id == actor.person, Seat.ended_at.is_(None))
    return db.session.scalars(query.order_by(Call.deadline.desc().nulls_last(), Call.id.desc(), Seat.id)).all()


def day(call: Call) -> str:
    """The deadline's day for a sentence, where the call has one."""
    return "" if call.deadline is None else f" {local_time(call.deadline):%-d. %-m. %Y ob %H.%M}"
