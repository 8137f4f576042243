"""Letters about a supplement to those who act for the applicant; they inform, and are no service of a document."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.engine.problems import Language
from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.organisations import Mandate
from razpis.procedure.deadlines import local_time
from razpis.services.organisations import mandates
from razpis.services.records import outbox
from razpis.services.records.letters import letter


def tell(name: str, application: Application, now: datetime.datetime, **values: str) -> int:
    """Put the letter ``name`` into the outbox for everyone who acts for the applicant today; how many they are."""
    query = (
        select(User)
        .join(Mandate, Mandate.user_id == User.id)
        .where(
            Mandate.organisation_id == application.organisation_id,
            mandates.valid(local_time(now).date()),
            User.disabled_at.is_(None),
        )
        .distinct()
        .order_by(User.id)
    )
    people = db.session.scalars(query).all()
    for user in people:
        language: Language = "en" if user.language == "en" else "sl"
        call = application.call
        title = call.title_en if language == "en" else call.title_sl
        text = letter(name, language, name=user.name, title=title, reference=call.reference, **values)
        outbox.put(now, user.email, *text)
    return len(people)
