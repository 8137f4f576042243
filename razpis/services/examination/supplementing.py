"""The applicant's side of a supplement: only what was asked can be changed, in time, and every answer is kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.checking import SupplementAnswer, SupplementRequest
from razpis.models.files import StoredFile
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services import files, numbers
from razpis.services.actor import Actor
from razpis.services.applications import applications, attachments, replies
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import established, supplement_mail, supplements
from razpis.services.examination.supplements import Standing
from razpis.services.files import Store
from razpis.services.organisations.evidence import Content
from razpis.services.organisations.mandates import Upload
from razpis.services.records import journal
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations


@dataclass(frozen=True, slots=True)
class Sent:
    """What an applicant sends: answers as typed and files by field; ``dropped``: keys of files to leave out."""

    typed: Mapping[str, replies.Typed] = field(default_factory=dict)
    uploads: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """What an applicant sees: every request, the running one last, and what the application says by now."""

    application: Application
    requests: Sequence[Standing]
    contents: established.Contents

    @property
    def open(self) -> Standing | None:
        """The request that can be answered, if one can."""
        last = self.requests[-1] if self.requests else None
        waits = self.application.state is ApplicationState.SUPPLEMENTING
        return last if last is not None and waits and not last.over else None


def page(actor: Actor, key: str, now: datetime.datetime) -> Page:
    """The requests about the person's own application. Raises as :func:`razpis.services.applications.own`."""
    application = applications.own(actor, key, now)
    asked = [supplements.standing(one, now) for one in supplements.requests_of(application.id)]
    if not asked:
        raise Missing
    return Page(application, asked, established.contents(application.id))


def attachment(actor: Actor, key: str, file_key: str, now: datetime.datetime, store: Store) -> Content:
    """A file of the person's own application or of its supplement. Raises :class:`Missing`, and as :func:`page`."""
    said = established.contents(applications.own(actor, key, now).id)
    if not any(one["key"] == file_key for some in said.attachments.values() for one in some):
        raise Missing
    stored = db.session.scalar(select(StoredFile).where(StoredFile.key == file_key))
    if stored is None:
        raise Missing
    return Content(stored.name, stored.media_type, files.content(store, stored.sha256))


def file(actor: Actor, key: str, sent: Sent, now: datetime.datetime, store: Store) -> SupplementAnswer:
    """File the answer to the running request; the last one filed in time counts, the earlier are kept.

    Sending the same again gives the same filing. Raises :class:`Refused` where nothing is asked or the period is
    over (from the first second after its last day), :class:`Invalid` for an answer that is wrong or for anything
    that was not asked, and as :func:`razpis.services.applications.own` does. Source: ZUP, 67. člen.
    """
    application, mandate = applications.own_locked(actor, key, now)
    asked = _running(application, now)
    request = asked.request
    refuse_unasked(request, sent)
    content = content_of(application, request, sent, received(application, sent, actor, now, store))
    if not content["answers"] and not content["attachments"]:
        raise Invalid({"": Text("Ničesar še niste dopolnili.", "You have not mended anything yet.")})
    sha256 = supplements.sha256(request, content)
    if asked.answer is not None and asked.answer.sha256 == sha256:
        number = asked.answer.id
        db.session.rollback()
        return db.session.get_one(SupplementAnswer, number)
    application.state = step(APPLICATION, application.state, ApplicationEvent.FILE_SUPPLEMENT, Role.APPLICANT)
    application.changed_at = now
    filed = SupplementAnswer(
        number=len(request.answers) + 1,
        receipt=next_receipt(application),
        channel=Channel.PORTAL,
        content=content,
        before=replaced(established.contents(application.id, request.id), content),
        sha256=sha256,
        filed_at=now,
        filed_by=actor.person,
        mandate_id=mandate.id,
    )
    request.answers.append(filed)
    at = f"{local_time(now):%-d. %-m. %Y, %H.%M.%S}"
    supplement_mail.tell("supplement_filed", application, now, receipt=filed.receipt, sha256=sha256, at=at)
    changed = sorted({*content["answers"], *content["attachments"]})
    after = {"receipt": filed.receipt, "sha256": sha256, "fields": changed}
    journal.record(actor, now, "supplement.file", declarations.subject(application), after=after)
    db.session.commit()
    return filed


def _running(application: Application, now: datetime.datetime) -> Standing:
    asked = supplements.requests_of(application.id)
    if not asked or application.state is not ApplicationState.SUPPLEMENTING:
        raise Refused(Text("Vloge zdaj ni mogoče dopolniti.", "The application cannot be supplemented now."))
    found = supplements.standing(asked[-1], now)
    if found.over and found.ends is not None:
        day = f"{found.ends.day}. {found.ends.month}. {found.ends.year}"
        raise Refused(
            Text(
                f"Rok za dopolnitev se je iztekel {day} ob 24. uri in ga ni mogoče podaljšati.",
                f"The supplement period ended on {found.ends.isoformat()} at midnight and cannot be extended.",
            )
        )
    return found


def refuse_unasked(request: SupplementRequest, sent: Sent) -> None:
    """Raises :class:`Invalid` where anything is sent that was not asked for."""
    asked = {item.field for item in request.items}
    wrong = sorted({*sent.typed, *sent.uploads} - asked)
    if wrong:
        told = Text("Spremenite lahko le to, kar je v pozivu.", "You can change only what the request names.")
        raise Invalid(dict.fromkeys(wrong, told))


def content_of(
    application: Application, request: SupplementRequest, sent: Sent, taken: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """What differs from what the application said before this request; ``taken`` are the files sent now."""
    base, said = established.contents(application.id, request.id), established.contents(application.id)
    fields = compiled(application.call.rulebook).fields
    content: dict[str, Any] = {"answers": {}, "attachments": {}}
    faults: dict[str, Text] = {}
    for key in (item.field for item in request.items):
        asked = fields[key]
        kept: Any
        before: Any
        if isinstance(asked, AttachmentField):
            kept = [dict(one) for one in said.attachments.get(key, ()) if one["key"] not in sent.dropped]
            kept += taken.get(key, [])
            before, part = [dict(one) for one in base.attachments.get(key, ())], "attachments"
        else:
            kept, before, part = said.answers.get(key), base.answers.get(key), "answers"
            try:
                if key in sent.typed:
                    kept = replies.kept(asked, replies.read(asked, sent.typed[key]))
                    replies.refuse_illegible(asked, kept)
            except replies.WrongReply as wrong:
                faults[key] = next(iter(wrong.faults.values()))
        if kept != before:
            content[part][key] = kept
    if faults:
        raise Invalid(faults)
    return content


def received(
    application: Application, sent: Sent, actor: Actor, now: datetime.datetime, store: Store
) -> dict[str, list[dict[str, Any]]]:
    """The files sent now, received, by field. Raises :class:`Invalid`, :class:`Missing` for a field without files."""
    fields = compiled(application.call.rulebook).fields
    taken: dict[str, list[dict[str, Any]]] = {}
    for key, uploads in sent.uploads.items():
        if not isinstance(fields[key], AttachmentField):
            raise Missing
        for upload in uploads:
            one = files.receive(store, actor, now, key, upload.name, upload.content)
            taken.setdefault(key, []).append({"name": one.name, "size": one.size, "sha256": one.sha256, "key": one.key})
    if sum(one["size"] for some in taken.values() for one in some) > attachments.LARGEST_SUM:
        raise Invalid({"": Text("Priloge imajo skupaj lahko največ 50 MB.", "Attachments may have 50 MB in all.")})
    return taken


def replaced(said: established.Contents, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the filing takes the place of, field by field."""
    return {
        "answers": {key: said.answers.get(key) for key in content["answers"]},
        "attachments": {key: [dict(one) for one in said.attachments.get(key, ())] for key in content["attachments"]},
    }


def next_receipt(application: Application) -> str:
    """The next number of a supplement of the call, given once."""
    series = f"D-{application.call.reference}-#"
    return f"D-{application.call.reference}-{numbers.following(series):04}"
