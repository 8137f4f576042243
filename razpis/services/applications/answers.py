"""Saving answers field by field: what is right is kept, what is wrong told, nothing of another tab overwritten."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.engine.rulebook.fields import Field as FormField
from razpis.models.applications import Answer, Application
from razpis.models.base import db
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.applications import applications, replies, sheets
from razpis.services.applications.sheets import Sheet
from razpis.services.errors import Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject

CHANGEABLE = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Change:
    """What a page sends of a field: what is typed in it, and the mark of what it was filled from."""

    typed: replies.Typed
    seen: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another tab (or person) changed the field meanwhile; ``theirs`` is what stands, ``seen`` its mark."""

    theirs: replies.Typed
    seen: str


@dataclass(slots=True)
class Saved:
    """What became of a save. ``faults`` by field and place in it; ``marks``: of what stands now, by field."""

    faults: dict[str, dict[str, Text]] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def save(actor: Actor, key: str, changes: Mapping[str, Change], now: datetime.datetime) -> Saved:
    """Keep what is typed, where it is right and nobody else changed the field since the page was filled.

    A field that the page did not change is left alone, whatever stands in it by now. Raises :class:`Missing` for
    a field the applicant is not asked, and as :func:`razpis.services.applications.own` does; :class:`Refused`
    after the deadline.
    """
    application, _ = applications.own_locked(actor, key, now)
    refuse_closed(application, now)
    saved = put(actor, application, changes, now)
    if not saved.changed:
        db.session.rollback()
        return saved
    subject = Subject("application", application.id, application.call_id)
    journal.record(actor, now, "application.save", subject, after={"fields": sorted(saved.changed)})
    db.session.commit()
    return saved


def put(actor: Actor, application: Application, changes: Mapping[str, Change], now: datetime.datetime) -> Saved:
    """The same within the running transaction, for an application that the caller has locked and may change.

    Raises :class:`Missing` for a field the applicant is not asked.
    """
    form, saved = sheets.sheet(application), Saved()
    held = {answer.field: answer for answer in application.answers}
    for name, change in changes.items():
        asked = form.asked.get(name)
        if asked is None or isinstance(asked, AttachmentField):
            raise Missing
        kept = _decided(saved, name, asked, change, form)
        if name in saved.changed:
            answer = held.get(name) or Answer(field=name, application=application, revision=0)
            answer.value, answer.saved_at, answer.saved_by = kept, now, actor.person
            answer.revision += 1
            db.session.add(answer)
            saved.marks[name] = sheets.mark(answer.revision, kept)
    if saved.changed:
        application.changed_at = now
        application.revision += 1
    return saved


def refuse_closed(application: Application, now: datetime.datetime) -> None:
    """Raises :class:`Refused` where the application can no longer be changed: its state, or the call's deadline."""
    if application.state not in CHANGEABLE:
        raise Refused(Text("Te vloge ni več mogoče spremeniti.", "This application can no longer be changed."))
    applications.open_call(application.call_id, now)


def _decided(saved: Saved, name: str, asked: FormField, change: Change, form: Sheet) -> replies.Kept:
    """Note in ``saved`` what becomes of one field; what is to be kept of it."""
    stands = form.seen[name]
    try:
        kept = replies.kept(asked, replies.read(asked, change.typed))
        replies.refuse_illegible(asked, kept)
    except replies.WrongReply as wrong:
        saved.faults[name] = wrong.faults
        return None
    digest = sheets.digest(kept)
    if digest in (change.seen.partition("-")[2], stands.partition("-")[2]):
        saved.marks[name] = stands  # the page did not change it, or says what stands already
    elif change.seen != stands:
        saved.conflicts[name] = Conflict(replies.typed(asked, form.values[name]), stands)
    else:
        saved.changed.append(name)
    return kept
