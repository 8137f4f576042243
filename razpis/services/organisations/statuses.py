"""Statuses an organisation holds by decision of an authority: written down with evidence, ended when lost."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.organisations import Organisation, Status
from razpis.procedure.deadlines import local_time
from razpis.procedure.organisations import StatusKind
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing
from razpis.services.files import Store
from razpis.services.organisations import mandates
from razpis.services.organisations.mandates import Upload
from razpis.services.records import journal
from razpis.services.records.journal import Subject


@dataclass(frozen=True, slots=True)
class Given:
    """A status as its decision gives it: ``field`` is the field of an NGO in the public interest (ZNOrg)."""

    kind: StatusKind
    decision_number: str
    decided_on: datetime.date
    field: str = ""
    valid_to: datetime.date | None = None
    evidence: Upload | None = None


def add(actor: Actor, organisation_id: int, given: Given, now: datetime.datetime, store: Store) -> None:
    """Write a status down. Raises :class:`Missing`, :class:`Invalid` by field."""
    found = mandates.organisation(actor, organisation_id, now)
    number, area = " ".join(given.decision_number.split()), " ".join(given.field.split()) or None
    wrong = _wrong(given, number, area, local_time(now).date())
    if not wrong and _held(found, given.kind, area):
        wrong["kind"] = Text(
            "Ta status je že vpisan. Če se je odločba spremenila, prejšnjega najprej končajte.",
            "This status is written down already. If the decision has changed, end the earlier one first.",
        )
    if wrong:
        raise Invalid(wrong)
    evidence = mandates.received(store, actor, given.evidence, now)
    status = Status(
        organisation_id=found.id,
        kind=given.kind,
        field=area,
        decision_number=number,
        decided_on=given.decided_on,
        valid_to=given.valid_to,
        evidence_id=evidence.id if evidence else None,
    )
    db.session.add(status)
    db.session.flush()
    journal.record(actor, now, "status.add", Subject("organisation", found.id), after=_said(status))
    db.session.commit()


def end(actor: Actor, organisation_id: int, status_id: int, now: datetime.datetime) -> None:
    """End a status; it stays in the list of the past ones. Raises :class:`Missing`."""
    found = mandates.organisation(actor, organisation_id, now)
    status = one(found, status_id)
    status.ended_at = now
    journal.record(actor, now, "status.end", Subject("organisation", found.id), _said(status))
    db.session.commit()


def one(found: Organisation, status_id: int) -> Status:
    """A status of this organisation that has not ended. Raises :class:`Missing`."""
    query = select(Status).where(Status.id == status_id, Status.organisation_id == found.id)
    status = db.session.scalar(query.where(Status.ended_at.is_(None)))
    if status is None:
        raise Missing
    return status


def _wrong(given: Given, number: str, area: str | None, today: datetime.date) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if not 1 <= len(number) <= 60:
        wrong["decision_number"] = Text("Vpišite številko odločbe.", "Enter the number of the decision.")
    if given.decided_on > today:
        wrong["decided_on"] = Text("Datum odločbe je v prihodnosti.", "The date of the decision is in the future.")
    if given.valid_to is not None and given.valid_to < given.decided_on:
        wrong["valid_to"] = Text("Zadnji dan je pred datumom odločbe.", "The last day is before the decision.")
    if given.kind is StatusKind.PUBLIC_INTEREST and area is None:
        wrong["field"] = Text("Vpišite področje javnega interesa.", "Enter the field of the public interest.")
    if area is not None and len(area) > 200:
        wrong["field"] = Text("Področje skrajšajte na 200 znakov.", "Shorten the field to 200 characters.")
    return wrong


def _held(found: Organisation, kind: StatusKind, area: str | None) -> bool:
    """One status of a kind, but one of every field in the public interest."""
    query = select(Status.id).where(Status.organisation_id == found.id, Status.kind == kind, Status.ended_at.is_(None))
    if kind is StatusKind.PUBLIC_INTEREST:
        query = query.where(Status.field == area)
    return db.session.scalar(query.limit(1)) is not None


def _said(status: Status) -> dict[str, str | int | None]:
    return {
        "status": status.id,
        "kind": status.kind.value,
        "field": status.field,
        "decision_number": status.decision_number,
        "decided_on": status.decided_on.isoformat(),
        "valid_to": status.valid_to.isoformat() if status.valid_to else None,
    }
