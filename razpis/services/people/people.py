"""Everyone with an account, as an administrator looks at them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from razpis.models.accounts import User, UserRole
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.errors import Missing
from razpis.services.people import standing
from razpis.services.searching import contains

PAGE = 50
GIVEN = (
    Role.OFFICER,
    Role.REGISTRY,
    Role.SIGNATORY,
    Role.SECOND_INSTANCE,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
"""Roles an administrator gives; a member's and a president's come with a seat in a commission."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of people and how many there are on all pages."""

    people: Sequence[User]
    count: int
    pages: int


def listed(actor: Actor, words: str = "", role: Role | None = None, page: int = 1) -> Found:
    """People whose name or address holds ``words`` and who hold ``role``, by name. Raises :class:`Forbidden`."""
    actor.needs(Role.ADMINISTRATOR)
    query = select(User)
    if words.strip():
        query = query.where(or_(contains(User.name, words), contains(User.email, words)))
    if role is not None:
        held = select(UserRole.user_id).where(UserRole.role == role, UserRole.ended_at.is_(None))
        query = query.where(User.id.in_(held))
    count = db.session.scalars(select(func.count()).select_from(query.subquery())).one()
    part = query.order_by(User.name, User.id).offset((max(page, 1) - 1) * PAGE).limit(PAGE)
    return Found(db.session.scalars(part.options(selectinload(User.roles))).all(), count, -(-count // PAGE))


def one(actor: Actor, user_id: int) -> User:
    """A person with all roles, those that ended too. Raises :class:`Missing`, :class:`Forbidden`."""
    actor.needs(Role.ADMINISTRATOR)
    found = db.session.scalar(select(User).where(User.id == user_id).options(selectinload(User.roles)))
    if found is None:
        raise Missing
    return found


def held(user: User) -> list[Role]:
    """The official roles given to the person that last."""
    return [given.role for given in user.roles if given.ended_at is None]


def by_fact(user: User, now: datetime.datetime) -> list[Role]:
    """The roles nobody gives, in the order of all roles: from mandates and seats in commissions."""
    found = standing.by_fact(user.id, now)
    return [role for role in Role if role in found]
