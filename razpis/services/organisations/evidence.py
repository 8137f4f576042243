"""Evidence of statuses and mandates, given only to whoever acts for the organisation or decides about it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select, union

from razpis.models.base import db
from razpis.models.files import StoredFile
from razpis.models.organisations import Mandate, MandateClaim, MandateOffer, Organisation, Status
from razpis.procedure.deadlines import local_time
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.errors import Missing
from razpis.services.files import Store
from razpis.services.organisations import mandates, organisations
from razpis.services.records import readings
from razpis.services.records.journal import Subject


@dataclass(frozen=True, slots=True)
class Content:
    """A file ready to be sent."""

    name: str
    media_type: str
    content: bytes


def own(actor: Actor, organisation_id: int, key: str, now: datetime.datetime, store: Store) -> Content:
    """Evidence of an organisation the actor acts for. Raises :class:`Missing`."""
    held = select(Mandate.organisation_id).where(
        Mandate.user_id == actor.person, mandates.valid(local_time(now).date())
    )
    if db.session.scalar(select(Organisation.id).where(Organisation.id == organisation_id, Organisation.id.in_(held))):
        return _content(organisation_id, key, store, (Status, Mandate, MandateOffer))
    raise Missing


def read(actor: Actor, organisation_id: int, key: str, now: datetime.datetime, store: Store) -> Content:
    """Evidence as an official reads it; the reading is noted. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*organisations.READERS)
    content = _content(organisation_id, key, store, (Status, Mandate, MandateOffer, MandateClaim))
    readings.note(actor, now, "evidence.read", Subject("organisation", organisation_id))
    return content


def _content(
    organisation_id: int,
    key: str,
    store: Store,
    tables: tuple[type[Status] | type[Mandate] | type[MandateOffer] | type[MandateClaim], ...],
) -> Content:
    of_it = union(*(select(table.evidence_id).where(table.organisation_id == organisation_id) for table in tables))
    file = db.session.scalar(select(StoredFile).where(StoredFile.key == key, StoredFile.id.in_(of_it)))
    if file is None:
        raise Missing
    return Content(file.name, file.media_type, files.content(store, file.sha256))
