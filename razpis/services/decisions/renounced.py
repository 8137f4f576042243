"""Which applications of a call were withdrawn after the deadline, with what the party said."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.remedies import Renunciation
from razpis.procedure.states import ApplicationState

STOPPED = (ApplicationState.STOPPING, ApplicationState.DISCONTINUED)


def of_call(call_id: int) -> dict[int, Renunciation]:
    """The statements recorded on a call by the application's number (of the row). One query."""
    query = select(Renunciation).join(Renunciation.application).where(Application.call_id == call_id)
    return {one.application_id: one for one in db.session.scalars(query.options(joinedload(Renunciation.recorder)))}
