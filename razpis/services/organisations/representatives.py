"""Representatives of an organisation as the register names them, with their functions and days."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.organisations import Organisation, Representative
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing
from razpis.services.organisations import mandates
from razpis.services.records import journal
from razpis.services.records.journal import Subject


def add(
    actor: Actor,
    organisation_id: int,
    name: str,
    function: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None,
    now: datetime.datetime,
) -> None:
    """Write a representative down. Raises :class:`Missing`, :class:`Invalid` by field."""
    found = mandates.organisation(actor, organisation_id, now)
    name, function = " ".join(name.split()), " ".join(function.split())
    wrong: dict[str, Text] = {}
    if not 3 <= len(name) <= 200:
        wrong["name"] = Text("Napišite ime in priimek zastopnika.", "Write the name and surname.")
    if not 2 <= len(function) <= 200:
        wrong["function"] = Text("Napišite funkcijo, na primer predsednica.", "Write the function, e.g. president.")
    if valid_to is not None and valid_to < valid_from:
        wrong["valid_to"] = Text("Zadnji dan je pred prvim.", "The last day is before the first.")
    if wrong:
        raise Invalid(wrong)
    representative = Representative(
        organisation_id=found.id, name=name, function=function, valid_from=valid_from, valid_to=valid_to
    )
    db.session.add(representative)
    db.session.flush()
    journal.record(actor, now, "representative.add", Subject("organisation", found.id), after=_said(representative))
    db.session.commit()


def end(
    actor: Actor, organisation_id: int, representative_id: int, last_day: datetime.date, now: datetime.datetime
) -> None:
    """Say when a representative's function ended. Raises :class:`Missing`, :class:`Invalid`."""
    found = mandates.organisation(actor, organisation_id, now)
    representative = one(found, representative_id)
    if last_day < representative.valid_from:
        raise Invalid({"valid_to": Text("Zadnji dan je pred prvim.", "The last day is before the first.")})
    before = _said(representative)
    representative.valid_to = last_day
    after = _said(representative)
    journal.record(actor, now, "representative.end", Subject("organisation", found.id), before, after)
    db.session.commit()


def one(found: Organisation, representative_id: int) -> Representative:
    """A representative of this organisation. Raises :class:`Missing`."""
    query = select(Representative).where(
        Representative.id == representative_id, Representative.organisation_id == found.id
    )
    representative = db.session.scalar(query)
    if representative is None:
        raise Missing
    return representative


def _said(one: Representative) -> dict[str, str | int | None]:
    return {
        "representative": one.id,
        "name": one.name,
        "function": one.function,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
    }
