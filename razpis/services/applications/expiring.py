"""Drafts of applications that were never filed, once their call has closed."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services.actor import SYSTEM
from razpis.services.records import journal
from razpis.services.records.journal import Subject


def expire_due(now: datetime.datetime) -> int:
    """Note that the drafts of closed calls have expired; how many, each in a transaction of its own.

    Nobody but its applicant ever reads an expired draft (``law.md`` §8.2).
    """
    query = select(Application.id).join(Call).where(Application.state == ApplicationState.DRAFT)
    due = db.session.scalars(query.where(Call.state == CallState.CLOSED).order_by(Application.id)).all()
    db.session.rollback()
    return sum(_expire(number, now) for number in due)


def _expire(number: int, now: datetime.datetime) -> bool:
    application = db.session.scalars(select(Application).where(Application.id == number).with_for_update()).one()
    if application.state is not ApplicationState.DRAFT:
        db.session.rollback()
        return False
    before = {"state": application.state.value}
    application.state = step(APPLICATION, application.state, ApplicationEvent.EXPIRE, Role.SYSTEM)
    application.revision += 1
    subject = Subject("application", application.id, application.call_id)
    journal.record(SYSTEM, now, "application.expire", subject, before, {"state": application.state.value})
    db.session.commit()
    return True
