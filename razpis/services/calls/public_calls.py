"""What everyone may see of calls: those published, in three lists, each with its versions, notices and answers."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.models.base import canonical, db
from razpis.models.calls import Call, Notice
from razpis.models.calls import CallVersion as CallVersion
from razpis.models.documents import Publication
from razpis.models.files import StoredFile
from razpis.procedure.states import CallEvent, CallState
from razpis.services.calls import calls
from razpis.services.errors import Missing

PUBLIC_NOTICES = (CallEvent.SUSPEND, CallEvent.RESUME, CallEvent.CANCEL)


@dataclass(frozen=True, slots=True)
class Shown:
    """Published calls: open ones, those suspended, those that are still to open, and those that are over;
    ``decided``: those of them, by number, whose results are published."""

    open: Sequence[Call]
    suspended: Sequence[Call]
    coming: Sequence[Call]
    past: Sequence[Call]
    decided: Collection[int]


def shown(now: datetime.datetime) -> Shown:
    """All published calls: the nearest deadline first, past ones the newest first."""
    query = select(Call).where(Call.published_at.is_not(None)).order_by(Call.deadline, Call.id)
    found = db.session.scalars(query).all()
    here = [call for call in found if calls.state_now(call, now) in (CallState.PUBLISHED, CallState.SUSPENDED)]
    suspended = [call for call in here if call.state is CallState.SUSPENDED]
    coming = [call for call in here if call not in suspended and call.opens_at is not None and call.opens_at > now]
    return Shown(
        open=[call for call in here if call not in coming and call not in suspended],
        suspended=suspended,
        coming=coming,
        past=[call for call in reversed(found) if call not in here],
        decided=frozenset(db.session.scalars(select(Publication.call_id).distinct())),
    )


def published(call_id: int) -> Call:
    """A published call. Raises :class:`Missing` for one that never was."""
    query = select(Call).where(Call.id == call_id, Call.published_at.is_not(None))
    call = db.session.scalar(query.options(selectinload(Call.versions), selectinload(Call.notices)))
    if call is None:
        raise Missing
    return call


def notices(call: Call) -> list[Notice]:
    """Suspensions, resumptions and the cancellation of what was published, the newest first."""
    begun = call.published_at
    return [
        one for one in reversed(call.notices) if one.event in PUBLIC_NOTICES and begun is not None and one.at >= begun
    ]


def version(call_id: int, number: int | None = None) -> CallVersion:
    """One published version, the latest where no number is given. Raises :class:`Missing`."""
    found = [one for one in published(call_id).versions if number in (None, one.number)]
    if not found:
        raise Missing
    return found[-1]


def contract(version: CallVersion) -> StoredFile:
    """The model contract published with a version. Raises :class:`Missing` where it had none."""
    frozen = version.frozen.get("contract")
    query = select(StoredFile).where(StoredFile.sha256 == (frozen or {}).get("sha256", "")).order_by(StoredFile.id)
    found = db.session.scalars(query.limit(1)).first()
    if found is None:
        raise Missing
    return found


def frozen_text(version: CallVersion) -> str:
    """What was frozen, as the very text whose SHA-256 is the version's hash."""
    return canonical(version.frozen)
