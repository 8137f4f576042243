"""Those who have filed on a call, and how they are told of what changes: by mail, without naming them to anyone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from razpis.engine.problems import Language
from razpis.engine.wording import Speaker
from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.organisations import Mandate
from razpis.procedure.deadlines import local_time
from razpis.procedure.states import ApplicationState
from razpis.services.organisations import mandates
from razpis.services.records import outbox
from razpis.services.records.letters import letter


def addressed(call_id: int, now: datetime.datetime) -> Sequence[User]:
    """Users who may act for an organisation that has filed and not withdrawn, each once."""
    query = (
        select(User)
        .join(Mandate, Mandate.user_id == User.id)
        .join(Application, Application.organisation_id == Mandate.organisation_id)
        .where(*_filed(call_id), mandates.valid(local_time(now).date()), User.disabled_at.is_(None))
        .distinct()
        .order_by(User.id)
    )
    return db.session.scalars(query).all()


def without_mail(call_id: int) -> int:
    """How many filed on paper, so that somebody has to write to them."""
    query = select(func.count(Application.id)).where(*_filed(call_id), Application.organisation_id.is_(None))
    return db.session.scalars(query).one()


def tell(call: Call, now: datetime.datetime, name: str, reason: str) -> int:
    """Put the letter ``name`` into the outbox for everyone who filed, within the running transaction; how many."""
    people = addressed(call.id, now)
    for user in people:
        language: Language = "en" if user.language == "en" else "sl"
        title = call.title_en if language == "en" else call.title_sl
        text = letter(
            name,
            language,
            name=user.name,
            title=title,
            reference=call.reference,
            reason=reason,
            deadline=_deadline(call, language),
        )
        outbox.put(now, user.email, *text)
    return len(people)


def _filed(call_id: int) -> tuple[Any, ...]:
    states = (ApplicationState.WITHDRAWN, ApplicationState.EXPIRED)
    return Application.call_id == call_id, Application.number.is_not(None), Application.state.not_in(states)


def _deadline(call: Call, language: Language) -> str:
    return "–" if call.deadline is None else Speaker(language).moment(local_time(call.deadline))
