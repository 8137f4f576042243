"""Opened applications for an official who reads them all and decides nothing: the auditor."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from razpis.engine.cases import Case
from razpis.engine.rulebook import Rulebook
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.files import StoredFile
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.applications.received import Line
from razpis.services.errors import Missing
from razpis.services.examination import established
from razpis.services.examination.established import Contents
from razpis.services.files import Store
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import filed_content
from razpis.services.sitting.filed_content import UNREADABLE
from razpis.services.sitting.seated import OPENED_CALLS

READERS = (Role.AUDITOR,)


@dataclass(frozen=True, slots=True)
class Opened:
    """An application as it stands by now: what was filed, supplemented and found."""

    call: Call
    line: Line
    rulebook: Rulebook
    case: Case
    contents: Contents


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an application."""

    name: str
    media_type: str
    content: bytes


def listed(actor: Actor, call_id: int) -> tuple[Call, Sequence[Line]]:
    """A call past its opening with every application that was opened, in the order received. Constant queries.

    Raises :class:`Forbidden`, and :class:`Missing` before the opening, where nobody learns who applied.
    """
    actor.needs(*READERS)
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.state.in_(OPENED_CALLS)))
    if call is None:
        raise Missing
    return call, [line for line in received.lines(call.id) if line.state not in UNREADABLE]


def one(actor: Actor, key: str, now: datetime.datetime) -> Opened:
    """One application; the reading is noted. Raises :class:`Forbidden` while it is closed, :class:`Missing`."""
    actor.needs(*READERS)
    application = filed_content.read(actor, key, now)
    return Opened(
        call=application.call,
        line=received.one(application.id),
        rulebook=compiled(application.call.rulebook),
        case=established.case(application.id),
        contents=established.contents(application.id),
    )


def file(actor: Actor, key: str, file_key: str, now: datetime.datetime, store: Store) -> Attachment:
    """An attachment of an application; the reading is noted. Raises as :func:`one`."""
    actor.needs(*READERS)
    application = filed_content.read(actor, key, now)
    said = established.contents(application.id)
    if not any(one["key"] == file_key for some in said.attachments.values() for one in some):
        raise Missing
    stored = db.session.scalar(select(StoredFile).where(StoredFile.key == file_key))
    if stored is None:
        raise Missing
    return Attachment(stored.name, stored.media_type, files.content(store, stored.sha256))
