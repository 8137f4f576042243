"""The model contract of a call: attached to its draft, shown with the call, frozen with every published version."""

from __future__ import annotations

import datetime

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.files import StoredFile
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Invalid, Missing
from razpis.services.files import Store
from razpis.services.records import journal

TYPES = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    }
)
"""PDF, DOCX and ODT, by what is in the file."""


def attach(
    actor: Actor, call_id: int, revision: int, name: str, content: bytes, now: datetime.datetime, store: Store
) -> None:
    """Put a file in as the model contract of a draft, in place of the one before.

    Raises :class:`Invalid` for what is no such file, and as :func:`razpis.services.calls.calls.draft` does.
    """
    actor.needs(Role.OFFICER)
    call = calls.draft(call_id, revision)
    file = files.receive(store, actor, now, "contract", name, content)
    if file.media_type not in TYPES:
        db.session.rollback()
        told = Text("Vzorec pogodbe naj bo PDF, DOCX ali ODT.", "The model contract must be a PDF, DOCX or ODT.")
        raise Invalid({"contract": told})
    before, call.contract = _said(call.contract), file
    call.revision += 1
    journal.record(actor, now, "call.contract", calls.subject(call), before, _said(file))
    db.session.commit()


def one(actor: Actor, call_id: int) -> tuple[Call, StoredFile]:
    """The call and its model contract, for officials. Raises :class:`Missing`."""
    call = calls.one(actor, call_id)
    if call.contract is None:
        raise Missing
    return call, call.contract


def _said(file: StoredFile | None) -> dict[str, object]:
    return {} if file is None else {"name": file.name, "sha256": file.sha256}
