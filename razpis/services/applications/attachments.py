"""Files that belong to an application: taken by content and size, given back only to those entitled, removed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.models.applications import Application, Attachment
from razpis.models.base import db
from razpis.models.files import StoredFile
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import answers, applications, sheets
from razpis.services.errors import Invalid, Missing
from razpis.services.files import Store
from razpis.services.organisations.mandates import Upload
from razpis.services.records import journal
from razpis.services.records.journal import Subject

LARGEST_SUM = 50 * 1024 * 1024
MOST = 60
"""Files of one application: their bytes in all, and their number."""


def add(
    actor: Actor, key: str, field: str, uploads: Sequence[Upload], now: datetime.datetime, store: Store
) -> Sequence[StoredFile]:
    """Attach files to a field: all of them, or none where one cannot be taken.

    Raises :class:`Invalid` with what is wrong with which file, :class:`Missing` for a field that takes none, and
    as :func:`razpis.services.applications.own` does; :class:`razpis.services.errors.Refused` after the deadline.
    """
    application, _ = applications.own_locked(actor, key, now)
    answers.refuse_closed(application, now)
    taken = put(actor, application, field, uploads, now, store)
    journal.record(actor, now, "application.attach", _subject(application), after=said(field, taken))
    db.session.commit()
    return taken


def put(
    actor: Actor,
    application: Application,
    field: str,
    uploads: Sequence[Upload],
    now: datetime.datetime,
    store: Store,
) -> Sequence[StoredFile]:
    """The same within the running transaction, for an application that the caller has locked and may change.

    Raises :class:`Invalid`, :class:`Missing` for a field that takes no files.
    """
    form = sheets.sheet(application)
    if not isinstance(form.asked.get(field), AttachmentField):
        raise Missing
    held = [one for some in form.files.values() for one in some]
    _refuse_too_much(field, held, uploads)
    taken = [_received(store, actor, now, field, upload) for upload in uploads]
    db.session.add_all(Attachment(application=application, field=field, file=file) for file in taken)
    _touch(application, now)
    return taken


def said(field: str, taken: Sequence[StoredFile]) -> dict[str, object]:
    """Files taken for a field, as the journal tells them."""
    return {"field": field, "files": [{"key": file.key, "sha256": file.sha256} for file in taken]}


def remove(actor: Actor, key: str, file_key: str, now: datetime.datetime) -> str:
    """Take a file out of the draft; the field it belonged to. What was filed with it keeps it.

    Raises :class:`Missing` and as :func:`add` does.
    """
    application, _ = applications.own_locked(actor, key, now)
    answers.refuse_closed(application, now)
    field = take_out(application, file_key, now)
    before = {"field": field, "file": file_key}
    journal.record(actor, now, "application.detach", _subject(application), before)
    db.session.commit()
    return field


def take_out(application: Application, file_key: str, now: datetime.datetime) -> str:
    """The same within the running transaction. Raises :class:`Missing`."""
    attachment = next((one for one in application.attachments if one.file.key == file_key), None)
    if attachment is None or attachment.removed_at is not None:
        raise Missing
    attachment.removed_at = now
    _touch(application, now)
    return attachment.field


def one(actor: Actor, key: str, file_key: str, now: datetime.datetime) -> StoredFile:
    """A file of the person's own application. Raises as :func:`razpis.services.applications.own` does."""
    application = applications.own(actor, key, now)
    query = select(StoredFile).join(Attachment, Attachment.file_id == StoredFile.id)
    file = db.session.scalar(query.where(Attachment.application_id == application.id, StoredFile.key == file_key))
    if file is None:
        raise Missing
    return file


def _received(store: Store, actor: Actor, now: datetime.datetime, field: str, upload: Upload) -> StoredFile:
    try:
        return files.receive(store, actor, now, field, upload.name, upload.content)
    except Invalid as invalid:
        db.session.rollback()  # files received before this one
        about = Text(f"Datoteka »{upload.name[:100]}«: ", f"The file '{upload.name[:100]}': ")
        raise Invalid({key: about + text for key, text in invalid.fields.items()}) from invalid


def _refuse_too_much(field: str, held: Sequence[StoredFile], uploads: Sequence[Upload]) -> None:
    total = sum(file.size for file in held) + sum(len(upload.content) for upload in uploads)
    if total > LARGEST_SUM or len(held) + len(uploads) > MOST:
        raise Invalid(
            {
                field: Text(
                    f"Priloge ene vloge imajo skupaj lahko največ 50 MB in {MOST} datotek. Kakšno zmanjšajte "
                    "ali odstranite.",
                    f"The attachments of an application may have 50 MB and {MOST} files in all. Make one smaller or "
                    "remove one.",
                )
            }
        )


def _touch(application: Application, now: datetime.datetime) -> None:
    application.changed_at = now
    application.revision += 1


def _subject(application: Application) -> Subject:
    return Subject("application", application.id, application.call_id)
