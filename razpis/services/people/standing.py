"""What a person may do at this moment: official roles, and those that follow from mandates and seats."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sqlalchemy import or_, select

from razpis.engine.problems import Text
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Seat
from razpis.models.organisations import Mandate
from razpis.procedure import roles as law
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.errors import Refused


def actor_of(user: User, now: datetime.datetime) -> Actor:
    """The person as an actor, with every role they hold now."""
    official = {given.role for given in user.roles if given.ended_at is None}
    return Actor(user.id, user.name, frozenset(official | by_fact(user.id, now)))


def by_fact(user_id: int, now: datetime.datetime) -> set[Role]:
    """Roles that nobody gives: an applicant's by a mandate, a member's by a seat in a commission."""
    today = local_time(now).date()
    valid = select(Mandate.id).where(
        Mandate.user_id == user_id,
        Mandate.revoked_at.is_(None),
        Mandate.valid_from <= today,
        or_(Mandate.valid_to.is_(None), Mandate.valid_to >= today),
    )
    seats = select(Seat.function).where(Seat.user_id == user_id, Seat.ended_at.is_(None)).distinct()
    held = {_seat(function) for function in db.session.scalars(seats)}
    return held | ({Role.APPLICANT} if db.session.scalar(valid.limit(1)) is not None else set())


def _seat(function: CommissionFunction) -> Role:
    return Role.PRESIDENT if function is CommissionFunction.PRESIDENT else Role.MEMBER


def refuse_pairs(roles: Iterable[Role]) -> None:
    """Raises :class:`Refused` where two of the roles may not meet in one person (ZIntPK, ZUP 35; §4)."""
    pairs = law.conflicts(frozenset(roles))
    if pairs:
        raise Refused(Text("; ".join(pair.text.sl for pair in pairs), "; ".join(pair.text.en for pair in pairs)))
