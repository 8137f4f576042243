"""Members mark applications: each alone, every mark with its reason, until the sheet is locked."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import selectinload

from razpis.engine import money
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Marks as MarksRule
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.marking import EarlierMark, MarkSheet, MemberMark
from razpis.procedure.roles import COMMISSION
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden, Missing, Refused
from razpis.services.marking import mark_rules
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations
from razpis.services.sitting.duties import Duties, duties

MARKED_IN = (CallState.SCORING, CallState.AGREEING)
"""In the second only what the president opened again."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sends of one mark; ``seen`` is the revision it was filled from, 0 where there was none."""

    points: str
    reason: str
    seen: int


@dataclass(slots=True)
class Saved:
    """What became of the marks, by application's key and criterion. ``faults``: of what is not kept, what is wrong
    with the points and the reason; ``conflicts``: what another window has saved there meanwhile; ``revisions``: of
    what stands now."""

    faults: dict[tuple[str, str], dict[str, Text]] = field(default_factory=dict)
    conflicts: dict[tuple[str, str], MemberMark] = field(default_factory=dict)
    revisions: dict[tuple[str, str], int] = field(default_factory=dict)
    changed: list[tuple[str, str]] = field(default_factory=list)


def save(actor: Actor, call_id: int, entries: Mapping[str, Mapping[str, Typed]], now: datetime.datetime) -> Saved:
    """Keep the marks of one person on one or many applications (by key); what is wrong is told and not kept.

    Nothing at all is kept where one of the applications is not theirs to mark. Raises :class:`Missing`,
    :class:`Forbidden` without a declaration or with a conflict, :class:`Refused` where the sheet or the round is
    locked – the page keeps what was typed.
    """
    call, rulebook = marked_call(actor, call_id)
    applications = theirs(actor, call, entries, now)
    sheets = _own_sheets(actor, applications, now)
    saved = Saved()
    for application in applications:
        sheet = sheets[application.id]
        held = {mark.criterion: mark for mark in sheet.marks}
        for criterion, typed in entries[application.key].items():
            rule = mark_rules.judged_one(rulebook, criterion)
            fresh = _decided(saved, (application.key, criterion), held.get(criterion), typed, rule)
            if fresh is not None:
                _put(sheet, held.get(criterion), criterion, fresh, now)
                saved.revisions[application.key, criterion] += 1
    if not saved.changed:
        db.session.rollback()
        return saved
    after = {"marks": [f"{key}/{criterion}" for key, criterion in saved.changed]}
    journal.record(actor, now, "marks.save", Subject("call", call.id, call.id), after=after)
    db.session.commit()
    return saved


def marked_call(actor: Actor, call_id: int) -> tuple[Call, Rulebook]:
    """The call while it is marked, kept from being locked meanwhile. Raises :class:`Missing`, :class:`Refused`."""
    actor.needs(*COMMISSION)
    query = select(Call).where(Call.id == call_id).with_for_update(read=True)
    call = db.session.scalar(query.execution_options(populate_existing=True))
    if call is None:
        raise Missing
    if call.state not in MARKED_IN:
        raise Refused(
            Text("Ocenjevanje ta čas ne poteka; ocen ni mogoče spremeniti.", "Marking is not under way at this time.")
        )
    return call, compiled(call.rulebook)


def refuse_others(actor: Actor, on: Duties, application: Application, now: datetime.datetime) -> None:
    """Raises :class:`Forbidden` where the application is not this person's to mark."""
    if application.id not in declarations.readable(actor, application.call_id, now):
        declarations.may_read(actor, application.id, now)
    if actor.person not in on.due[application.id]:
        raise Forbidden(
            Text(
                "Te vloge ne ocenjujete: niste med člani, ki o njej glasujejo.",
                "This application is not yours to mark: you are not among the members who vote on it.",
            )
        )


def theirs(actor: Actor, call: Call, keys: Collection[str], now: datetime.datetime) -> list[Application]:
    """The applications, locked in one order, each of them this person's to mark now."""
    query = select(Application).where(Application.call_id == call.id, Application.key.in_(list(keys)))
    query = query.order_by(Application.id).with_for_update().execution_options(populate_existing=True)
    found = list(db.session.scalars(query))
    if len(found) != len(keys):
        raise Missing
    on = duties(call.id, call.quorum, [one.id for one in found])
    may = declarations.readable(actor, call.id, now)
    for application in found:
        if application.id not in may or actor.person not in on.due[application.id]:
            refuse_others(actor, on, application, now)
        if application.state is not ApplicationState.IN_SCORING:
            raise locked()
    return found


def locked() -> Refused:
    """The refusal of a change after locking."""
    return Refused(
        Text(
            "Ocene te vloge so zaklenjene, zato vpisano ni shranjeno. Če je treba oceno popraviti, naj jo z razlogom "
            "odpre predsednica ali predsednik komisije.",
            "The marks of this application are locked, so what you typed is not saved. If a mark must be changed, "
            "the president can open the sheet again, with a reason.",
        )
    )


def own_sheet_query(actor: Actor, applications: Collection[Application]) -> Select[MarkSheet]:
    """The person's own sheets for these applications, locked for a change."""
    query = select(MarkSheet).where(
        MarkSheet.user_id == actor.person, MarkSheet.application_id.in_([one.id for one in applications])
    )
    query = query.options(selectinload(MarkSheet.marks)).order_by(MarkSheet.id)
    return query.with_for_update().execution_options(populate_existing=True)


def _own_sheets(actor: Actor, applications: Collection[Application], now: datetime.datetime) -> dict[int, MarkSheet]:
    """Two windows that begin at once get the same sheet."""
    insert = insert_postgresql if db.engine.dialect.name == "postgresql" else insert_sqlite
    rows = [
        {"application_id": one.id, "user_id": actor.person, "further": False, "reason": "", "created_at": now}
        for one in applications
    ]
    if rows:
        db.session.execute(insert(MarkSheet).values(rows).on_conflict_do_nothing())
    found = {one.application_id: one for one in db.session.scalars(own_sheet_query(actor, applications))}
    if any(one.locked_at is not None for one in found.values()):
        raise locked()
    return found


def _decided(
    saved: Saved, place: tuple[str, str], held: MemberMark | None, typed: Typed, rule: MarksRule
) -> tuple[str, str] | None:
    """Note in ``saved`` what becomes of one mark; its points and reason where it is to be kept."""
    stands = ("", "") if held is None else (held.points, held.reason)
    revision = 0 if held is None else held.revision
    saved.revisions[place] = revision
    if not typed.points.strip() and not typed.reason.strip():
        fresh = ("", "")
    else:
        points, reason = mark_rules.points_fault(rule, typed.points), mark_rules.reason_fault(typed.reason)
        if isinstance(points, Text) or isinstance(reason, Text):
            faults = {"points": points, "reason": reason}
            saved.faults[place] = {name: one for name, one in faults.items() if isinstance(one, Text)}
            return None
        fresh = (money.plain(points), reason)
    if fresh == stands:
        return None
    if held is not None and typed.seen != revision:
        saved.conflicts[place] = held
        return None
    saved.changed.append(place)
    return fresh


def _put(
    sheet: MarkSheet, held: MemberMark | None, criterion: str, fresh: tuple[str, str], now: datetime.datetime
) -> None:
    """Write the mark; what stood before is kept beside."""
    points, reason = fresh
    if held is None:
        sheet.marks.append(MemberMark(criterion=criterion, points=points, reason=reason, revision=1, saved_at=now))
        return
    db.session.add(
        EarlierMark(
            sheet_id=sheet.id,
            criterion=criterion,
            points=held.points,
            reason=held.reason,
            revision=held.revision,
            saved_at=held.saved_at,
            replaced_at=now,
        )
    )
    held.points, held.reason, held.saved_at = points, reason, now
    held.revision += 1
