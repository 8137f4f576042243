"""Whom decisions are addressed to: the applicants of a call by their applications, as the register knows them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import or_, select

from razpis.documents.decision import Applicant
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.organisations import Representative
from razpis.services.applications import received
from razpis.services.applications.received import Line
from razpis.services.decisions.gaps import Gap, Where


def of_call(call_id: int, today: datetime.date) -> dict[int, tuple[Line, Applicant]]:
    """The outside of each application and its applicant, by the application's number (of the row). Four queries."""
    lines = received.lines(call_id)
    represented = _representatives({one.organisation for one in lines if one.organisation is not None}, today)
    return {one.id: (one, _applicant(one, represented)) for one in lines}


def gaps(line: Line, applicant: Applicant) -> Iterator[Gap]:
    """What the addressee lacks (ZUP, 212. člen): a decision without one cannot be served."""
    for value, text in (
        (applicant.name, Text("manjka ime naslovnika", "missing: name of the addressee")),
        (applicant.seat, Text("manjka naslov naslovnika", "missing: address of the addressee")),
    ):
        if not value.strip():
            yield Gap(Where.ORGANISATION, text, line.number, line.organisation)


def _applicant(line: Line, represented: Mapping[int, str]) -> Applicant:
    representative = represented.get(line.organisation, "") if line.organisation is not None else ""
    return Applicant(line.name.strip(), line.address.strip(), line.registration_number, representative)


def _representatives(organisations: Collection[int], today: datetime.date) -> dict[int, str]:
    """Who represents each organisation today, by its number; of several the one longest in office."""
    query = select(Representative.organisation_id, Representative.name).where(
        Representative.organisation_id.in_(organisations),
        Representative.valid_from <= today,
        or_(Representative.valid_to.is_(None), Representative.valid_to >= today),
    )
    found: dict[int, str] = {}
    for organisation, name in db.session.execute(query.order_by(Representative.valid_from, Representative.id)):
        found.setdefault(organisation, name)
    return found
