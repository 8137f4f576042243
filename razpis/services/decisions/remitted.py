"""Decisions of a call that a higher body took away, and applications that wait to be decided anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.documents import Act, Release
from razpis.models.remedies import Annulment
from razpis.procedure.acts import ActState, Purpose
from razpis.procedure.finality import Follows
from razpis.services.errors import Missing


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision taken away, and the act that stands in its place or is on the way there."""

    annulment: Annulment
    successor: Act | None

    @property
    def waits(self) -> bool:
        """Whether a new decision is still to be drafted."""
        return self.annulment.follows is Follows.RENEWED and self.successor is None


def of_call(call_id: int) -> Sequence[Taken]:
    """All of them, the first one first. Two queries."""
    query = select(Annulment).join(Annulment.act).where(Act.call_id == call_id).order_by(Annulment.id)
    act = joinedload(Annulment.act)
    query = query.options(act.joinedload(Act.application), act.joinedload(Act.release), joinedload(Annulment.recorder))
    later = {str(one.facts["renewal"]["act"]): one for one in db.session.scalars(_successors(call_id))}
    return [Taken(one, later.get(one.act.key)) for one in db.session.scalars(query)]


def one(call_id: int, key: str) -> Taken:
    """The one with this key of the act taken away. Raises :class:`Missing`."""
    found = next((one for one in of_call(call_id) if one.annulment.act.key == key), None)
    if found is None:
        raise Missing
    return found


def application_of(act: Act) -> Application:
    """The application of an act taken away, locked and read anew. Raises :class:`Missing`."""
    query = select(Application).where(Application.id == act.application_id).with_for_update(of=Application)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Missing
    return found


def waiting(call_id: int) -> Select[Any]:
    """The numbers (of the rows) of applications whose decision was taken away and the matter remitted, until the new
    decision is issued. Ordinary sets of decisions leave them out."""
    query = select(Act.application_id).join(Annulment, Annulment.act_id == Act.id)
    query = query.where(Act.application_id.is_not(None))  # NOT IN a list with NULL would leave out all
    return query.where(Act.call_id == call_id, Annulment.follows == Follows.RENEWED, Act.replaced_by.is_(None))


def undrafted() -> Select[Any]:
    """The numbers (of the rows) of calls with an application that waits for a new decision to be drafted."""
    later = aliased(Act)
    drafted = (
        select(later.id)
        .join(later.release)
        .where(
            later.application_id == Act.application_id,
            later.id > Act.id,
            later.state != ActState.DROPPED,
            Release.purpose == Purpose.RENEWAL,
        )
    )
    query = select(Act.call_id).join(Annulment, Annulment.act_id == Act.id)
    query = query.where(Annulment.follows == Follows.RENEWED, Act.replaced_by.is_(None))
    return query.where(~drafted.correlate(Act).exists())


def _successors(call_id: int) -> Select[Act]:
    query = select(Act).join(Act.release).where(Act.call_id == call_id, Release.purpose == Purpose.RENEWAL)
    query = query.where(Act.state != ActState.DROPPED).order_by(Act.id)
    return query.options(joinedload(Act.release).joinedload(Release.drafter))
