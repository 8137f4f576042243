"""What is recorded of remedies against decisions, the first record first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.models.base import db
from razpis.models.documents import Act
from razpis.models.remedies import RemedyRecord
from razpis.procedure import finality as law
from razpis.procedure.acts import ActState
from razpis.procedure.finality import Lodged


def recorded(acts: Iterable[int]) -> Mapping[int, Sequence[RemedyRecord]]:
    """The records of these acts by the act's id; acts without any are left out. One query."""
    query = select(RemedyRecord).where(RemedyRecord.act_id.in_(list(acts))).options(joinedload(RemedyRecord.recorder))
    rows = db.session.scalars(query.order_by(RemedyRecord.act_id, RemedyRecord.number))
    return {act: list(found) for act, found in groupby(rows, key=lambda one: one.act_id)}


def read(found: RemedyRecord) -> Lodged:
    """A record as the law reads it."""
    return Lodged(found.kind, found.lodged_on, found.outcome, found.ended_on, found.reference)


def all_stand(acts: Iterable[Act]) -> bool:
    """Whether each of these decisions is in force, and stands after what was recorded of it last."""
    acts = list(acts)
    known = recorded(act.id for act in acts)
    return all(act.state is ActState.ISSUED and act.id in known and law.stands(read(known[act.id][-1])) for act in acts)
