"""What was filed, as an official reads it: only once it is opened, and every reading written down."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.remedies import Renunciation
from razpis.procedure.roles import COMMISSION, Role
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.applications.applications import standing
from razpis.services.errors import Forbidden, Missing
from razpis.services.records import readings
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations
from razpis.services.sitting.seated import OPENED_CALLS

UNREADABLE = frozenset(
    {ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED}
)
READERS = (Role.OFFICER, Role.SIGNATORY, Role.SECOND_INSTANCE, Role.AUDITOR)


def content_for_official(actor: Actor, key: str, now: datetime.datetime) -> dict[str, Any]:
    """What was filed, for an official, as :func:`read`; :class:`Missing` also where it is not typed in yet."""
    application = _readable(actor, key)
    filing = standing(application)
    if filing is None:
        raise Missing
    _noted(actor, application, now)
    content: dict[str, Any] = filing.content
    return content


def read(actor: Actor, key: str, now: datetime.datetime) -> Application:
    """An application that an official is about to read, once it is opened; the reading is written down.

    Before the opening nobody but the applicant reads an application or learns whose it is. Raises
    :class:`Missing` (also where there is only a draft) and :class:`Forbidden`.
    """
    application = _readable(actor, key)
    _noted(actor, application, now)
    return application


def _readable(actor: Actor, key: str) -> Application:
    query = select(Application).join(Call).where(Application.key == key).options(selectinload(Application.filings))
    application = db.session.scalar(query)
    if application is None or application.state is ApplicationState.DRAFT:
        raise Missing
    _refuse_reader(actor, application.call_id)
    closed = db.session.scalar(declarations.never_opened().where(Renunciation.application_id == application.id))
    if application.call.state not in OPENED_CALLS or application.state in UNREADABLE or closed is not None:
        raise Forbidden(
            Text(
                "Vloga še ni odprta. Do odpiranja vlog njene vsebine in prijavitelja ne vidi nihče.",
                "The application is not opened yet. Until then nobody sees its content or whose it is.",
            )
        )
    return application


def _noted(actor: Actor, application: Application, now: datetime.datetime) -> None:
    if not actor.roles.isdisjoint(COMMISSION):
        declarations.may_read(actor, application.id, now)
    readings.note(actor, now, "application.content", Subject("application", application.id, application.call_id))


def _refuse_reader(actor: Actor, call_id: int) -> None:
    if not actor.roles.isdisjoint(READERS):
        return
    actor.needs(*COMMISSION)
    seat = select(Seat.id).where(Seat.call_id == call_id, Seat.user_id == actor.person, Seat.ended_at.is_(None))
    if db.session.scalar(seat.limit(1)) is None:
        raise Missing
