"""Sheets of marks are locked by their members, the whole round by the president; what is locked opens with a reason."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.evaluations import DrawSeed
from razpis.models.marking import AgreedMark, MarkSheet, SheetReopening
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent
from razpis.procedure.workflow import APPLICATION, CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination import established
from razpis.services.marking import mark_rules, mark_sheets, marking
from razpis.services.marking.mark_sheets import Round
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import duties, exclusions, seated

SHORTEST, LONGEST = 10, 2000
_OPEN = (ApplicationState.IN_SCORING, ApplicationState.SCORED)


def lock_own(actor: Actor, call_id: int, keys: Collection[str], now: datetime.datetime) -> int:
    """Lock the person's own full sheets of these applications; how many. All or nothing.

    An application whose last sheet this is becomes scored. Raises as :func:`razpis.services.marking.save` does, and
    :class:`Refused` where a mark or a reason is missing.
    """
    call, rulebook = marking.marked_call(actor, call_id)
    applications = marking.theirs(actor, call, keys, now)
    needed = mark_rules.needed(rulebook, established.cases(call.id, _OPEN))
    own = {one.application_id: one for one in db.session.scalars(marking.own_sheet_query(actor, applications))}
    for application in applications:
        sheet = own.get(application.id)
        if sheet is not None and sheet.locked_at is not None:
            raise marking.locked()
        missing = mark_sheets.lacking(sheet, needed[application.key])
        if sheet is None or missing:
            raise _unfinished([application], len(missing))
        sheet.locked_at = now
    db.session.flush()
    scored = _close(actor, call, applications, now)
    after = {"applications": sorted(keys), "scored": scored}
    journal.record(actor, now, "marks.lock", Subject("call", call.id, call.id), after=after)
    db.session.commit()
    return len(applications)


def lock_round(actor: Actor, call_id: int, now: datetime.datetime) -> None:
    """The president locks the round: every sheet still open, and the call goes on to agreeing.

    Raises :class:`Forbidden`, and :class:`Refused` where a mark is missing, a conflict is not decided, too few
    members are left for an application, or no seed of a draw is fixed where the rules may need one.
    """
    call = calls.locked(call_id)
    seated.presiding(actor, call.id)
    state = step(CALL, call.state, CallEvent.LOCK_MARKS, Role.PRESIDENT)
    applications = _in_scoring(call.id)
    found = _round(call, applications)
    _refuse_unready(call, applications, found)
    for application in applications:
        for sheet in found.due_sheets(application.id):
            if sheet is not None and sheet.locked_at is None:
                sheet.locked_at = now
    db.session.flush()
    scored = _close(actor, call, [one for one in applications if one.state is ApplicationState.IN_SCORING], now)
    before, call.state = {"state": call.state.value}, state
    after = {"state": state.value, "scored": scored}
    journal.record(actor, now, "call.lock_marks", calls.subject(call), before, after)
    db.session.commit()


def reopen(actor: Actor, call_id: int, key: str, user_id: int, reason: str, now: datetime.datetime) -> None:
    """Open a member's locked sheet again, for that member alone to change; agreed values of the application end.

    Raises :class:`Forbidden` for whoever does not chair this application, :class:`Invalid` without a reason,
    :class:`Missing` where the sheet is not locked.
    """
    told = _reason(reason)
    call, application = _chaired(actor, call_id, key)
    query = select(MarkSheet).where(MarkSheet.application_id == application.id, MarkSheet.user_id == user_id)
    sheet = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if sheet is None or sheet.locked_at is None:
        raise Missing
    db.session.add(SheetReopening(sheet_id=sheet.id, locked_at=sheet.locked_at, at=now, by=actor.person, reason=told))
    sheet.locked_at = None
    after = {"member": duties.names([user_id])[user_id], "reason": told, "agreed": _end_agreed(application, now)}
    _reopened(application)
    journal.record(actor, now, "marks.reopen", Subject("application", application.id, call.id), after=after)
    db.session.commit()


def call_in(actor: Actor, call_id: int, key: str, user_id: int, reason: str, now: datetime.datetime) -> None:
    """Call in a deputy as one more member for an application, where marks are too far apart.

    Raises as :func:`reopen` does; :class:`Missing` for whoever is no deputy or marks it already, :class:`Refused`
    where the deputy has a conflict.
    """
    told = _reason(reason)
    call, application = _chaired(actor, call_id, key)
    on = duties.duties(call.id, call.quorum, [application.id])
    if user_id in on.excluded[application.id]:
        raise Refused(Text("Ta oseba je pri tej vlogi izločena.", "This person is excluded from this application."))
    held = select(MarkSheet.id).where(MarkSheet.application_id == application.id, MarkSheet.user_id == user_id)
    if user_id not in duties.deputies(call.id) or db.session.scalar(held) is not None:
        raise Missing
    sheet = MarkSheet(application_id=application.id, user_id=user_id, further=True, reason=told, created_at=now)
    db.session.add(sheet)
    after = {"member": duties.names([user_id])[user_id], "reason": told, "agreed": _end_agreed(application, now)}
    _reopened(application)
    journal.record(actor, now, "marks.call_in", Subject("application", application.id, call.id), after=after)
    db.session.commit()


def open_for_missing(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> None:
    """Open a scored application for those who have still to mark it: substitutes of members excluded after locking.

    What was locked stays locked; agreed values of the application end. Raises :class:`Missing` where nobody is to
    mark it any more, and as :func:`reopen` does.
    """
    call, application = _chaired(actor, call_id, key)
    missing = without_sheet(_round(call, [application]), application)
    if not missing:
        raise Missing
    _reopened(application)
    told = {"members": missing, "agreed": _end_agreed(application, now)}
    journal.record(actor, now, "marks.open_for_missing", Subject("application", application.id, call.id), after=told)
    db.session.commit()


def without_sheet(found: Round, application: Application) -> list[str]:
    """Who has still to mark an application that was scored already."""
    if application.state is not ApplicationState.SCORED:
        return []
    due = found.duties.due[application.id]
    return [found.duties.names[person] for person in due if (application.id, person) not in found.sheets]


def chairs(actor: Actor, call: Call, application: Application) -> bool:
    """Whether this person chairs the application: the president, or, where the president is excluded from it, any
    other member on duty."""
    president = next(
        (seat.user_id for seat in seated.of_call(call.id) if seat.function is CommissionFunction.PRESIDENT), None
    )
    on = duties.duties(call.id, call.quorum, [application.id])
    if president in on.excluded[application.id]:
        return actor.person in on.due[application.id]
    return actor.person == president


def _chaired(actor: Actor, call_id: int, key: str) -> tuple[Call, Application]:
    """The call and the application, locked, for whoever chairs it. Raises :class:`Missing`, :class:`Forbidden`."""
    call, _ = marking.marked_call(actor, call_id)
    seated.held(actor, call.id)
    query = select(Application).where(Application.call_id == call.id, Application.key == key)
    query = query.where(Application.state.in_(_OPEN)).with_for_update()
    application = db.session.scalar(query.execution_options(populate_existing=True))
    if application is None:
        raise Missing
    if not chairs(actor, call, application):
        raise Forbidden(
            Text(
                "To stori le predsednica ali predsednik komisije; pri vlogi, pri kateri je izločen, pa drug član.",
                "Only the president can do this (or another member, where the president is excluded).",
            )
        )
    return call, application


def _reopened(application: Application) -> None:
    if application.state is ApplicationState.SCORED:
        application.state = step(APPLICATION, application.state, ApplicationEvent.REOPEN_SCORE, Role.PRESIDENT)


def _end_agreed(application: Application, now: datetime.datetime) -> list[str]:
    """Agreed values end where the marks under them open again; of which criteria."""
    query = select(AgreedMark).where(AgreedMark.application_id == application.id, AgreedMark.ended_at.is_(None))
    found = db.session.scalars(query.order_by(AgreedMark.id).with_for_update()).all()
    for one in found:
        one.ended_at = now
    return [one.criterion for one in found]


def _close(actor: Actor, call: Call, applications: Sequence[Application], now: datetime.datetime) -> list[str]:
    """Applications whose sheets are now all locked become scored; their keys."""
    found = _round(call, applications)
    role = Role.PRESIDENT if Role.PRESIDENT in actor.roles else Role.MEMBER
    scored = []
    for application in applications:
        if found.closed(application.id) and application.id not in found.duties.short:
            application.state = step(APPLICATION, application.state, ApplicationEvent.LOCK_SCORE, role)
            application.changed_at = now
            scored.append(application.key)
    return scored


def _round(call: Call, applications: Iterable[Application]) -> Round:
    ids = [one.id for one in applications]
    return mark_sheets.of_applications(duties.duties(call.id, call.quorum, ids), ids)


def _in_scoring(call_id: int) -> list[Application]:
    query = select(Application).where(Application.call_id == call_id, Application.state.in_(_OPEN))
    query = query.order_by(Application.id).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def _refuse_unready(call: Call, applications: Sequence[Application], found: Round) -> None:
    rulebook = compiled(call.rulebook)
    if exclusions.undecided(call.id):
        raise Refused(
            Text(
                "O izjavljenem nasprotju interesov še ni odločeno. Predstojnik naj najprej odloči o izločitvi.",
                "A declared conflict is not decided yet. The head has to decide on it first.",
            )
        )
    short = [one for one in applications if one.id in found.duties.short]
    if short:
        raise Refused(
            Text(
                f"Pri {_listed(short)} po izločitvah ni sklepčnosti. Predstojnik naj določi namestnika.",
                f"For {_listed(short, 'application')} no quorum is left. The head has to appoint a substitute.",
            )
        )
    needed = mark_rules.needed(rulebook, established.cases(call.id, _OPEN))
    left = {one.id: _left(found, one, needed[one.key]) for one in applications}
    if any(left.values()):
        owed = sum(left.values(), Counter[int]())
        told = ", ".join(f"{found.duties.names[who]}: {count}" for who, count in owed.items())
        raise _unfinished([one for one in applications if left[one.id]], owed.total(), f" ({told})")
    if any(rule.key.draw for rule in rulebook.ranking) and _seed(call.id) is None:
        raise Refused(
            Text(
                "Pravila predvidevajo žreb, seme žreba pa še ni določeno. Določite ga, preden ocene zaklenete: pozneje "
                "ga ni več mogoče.",
                "The rules may need a draw, and its seed is not fixed yet. Fix it before locking: later you cannot.",
            )
        )


def _seed(call_id: int) -> int | None:
    return db.session.scalar(select(DrawSeed.id).where(DrawSeed.call_id == call_id))


def _left(found: Round, application: Application, needed: Sequence[str]) -> Counter[int]:
    """How many marks or reasons each member on duty still owes the application."""
    sheets = zip(found.duties.due[application.id], found.due_sheets(application.id), strict=True)
    return +Counter({person: len(mark_sheets.lacking(sheet, needed)) for person, sheet in sheets})


def _unfinished(applications: Sequence[Application], count: int, whose: str = "") -> Refused:
    numbers = _listed(applications, "application")
    return Refused(
        Text(
            f"Ocene še niso popolne: pri {_listed(applications)} manjka ocen ali razlogov: {count}{whose}.",
            f"The marks are not complete: {numbers}, missing marks or reasons: {count}{whose}.",
        )
    )


def _listed(applications: Sequence[Application], word: str = "vlogi") -> str:
    numbers = [str(one.number) for one in applications]
    shown = ", ".join(numbers[:12]) + (" …" if len(numbers) > 12 else "")
    return f"{word} št. {shown}" if word == "vlogi" else f"{word} no. {shown}"


def _reason(reason: str) -> str:
    told = reason.replace("\r\n", "\n").strip()
    if not SHORTEST <= len(told) <= LONGEST:
        raise Invalid(
            {
                "reason": Text(
                    f"Napišite razlog ({SHORTEST} do {LONGEST} znakov); ostane v spisu.",
                    f"Write the reason ({SHORTEST} to {LONGEST} characters); it stays in the file.",
                )
            }
        )
    return told
