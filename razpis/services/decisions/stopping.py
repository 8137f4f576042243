"""Statements by which parties withdraw applications after the deadline and before the decision on them is issued.

Whoever writes a statement down – an official, or the party itself on the portal – the same follows: an order that
discontinues the procedure is drafted in place of a decision.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.models.evaluations import Proposal, ProposalState
from razpis.models.remedies import Renunciation
from razpis.procedure.acts import Purpose
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.applications.received import Line
from razpis.services.calls import calls
from razpis.services.decisions import releases, renounced
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import supplement_mail
from razpis.services.records import journal
from razpis.services.records.journal import Subject

RECORDERS = (Role.OFFICER, Role.REGISTRY)
READERS = (*RECORDERS, Role.SIGNATORY, Role.AUDITOR)
SHORTEST, LONGEST = 5, 2000
_STATES = list(CallState)
_WITHIN = frozenset(_STATES[_STATES.index(CallState.CLOSED) : _STATES.index(CallState.CONTRACTS)])
_OPENED = frozenset(one.source for one in APPLICATION.steps if one.event is ApplicationEvent.RENOUNCE) - {
    ApplicationState.SUBMITTED
}
BEFORE_OPENED = (CallState.PUBLISHED, CallState.CLOSED, CallState.OPENING)
_BEFORE_HEAD = (ProposalState.SUBMITTED, ProposalState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the party said: on which day, by which channel, and in which words or why."""

    stated_on: datetime.date
    channel: Channel
    reason: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Applications of a call that can still be withdrawn, and what was recorded of those that were, by their row."""

    call: Call
    open: Sequence[Line]
    stopped: Sequence[tuple[Line, Renunciation]]

    @property
    def freed_cents(self) -> int:
        """What the accepted proposal gave those withdrawn; nobody gets it unless the commission proposes anew."""
        return sum(one.freed_cents for _, one in self.stopped)


def desk(actor: Actor, call_id: int, now: datetime.datetime) -> Desk:
    """Withdrawals of a call. A constant number of queries. Raises :class:`Forbidden`, :class:`Missing`.

    Of what nobody has opened yet officials do not learn whose it is: such an application its party alone withdraws.
    """
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    lines = received.lines(call.id)
    known = renounced.of_call(call.id)
    return Desk(
        call,
        [one for one in lines if one.state in _OPENED and within(call, now)],
        [(one, known[one.id]) for one in lines if one.id in known and not _closed(call, known[one.id])],
    )


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> tuple[Call, Line]:
    """An application that can still be withdrawn. Raises :class:`Forbidden`, :class:`Missing`, :class:`Refused`."""
    actor.needs(*RECORDERS)
    found = desk(actor, call_id, now)
    line = next((line for line in found.open if line.key == key), None)
    if line is not None:
        return found.call, line
    known = select(Application.id).where(Application.call_id == found.call.id, Application.key == key)
    if db.session.scalar(known) is None:
        raise Missing
    refuse_elsewhere(found.call, now)
    raise Refused(
        Text(
            "Ta vloga še ni odprta, o njej je že odločeno ali pa je že umaknjena.",
            "This application is not opened yet, decided already, or withdrawn.",
        )
    )


def record(actor: Actor, call_id: int, key: str, said: Statement, now: datetime.datetime) -> None:
    """Write down the statement; an order discontinuing the procedure is then drafted in place of a decision.

    Raises :class:`Forbidden`, :class:`Missing`, :class:`Invalid`, :class:`Refused` before the deadline or once
    remedies are over, and :class:`razpis.procedure.workflow.StepRefused` where it is decided. Source: ZUP, 135. člen.
    """
    actor.needs(*RECORDERS)
    call = calls.locked(call_id)
    application = _locked(call.id, key)
    refuse_elsewhere(call, now)
    if application.state is ApplicationState.SUBMITTED:
        raise Refused(
            Text(
                "Vloga še ni odprta. Umik zapišite po odpiranju vlog; prijavitelj jo lahko že zdaj umakne na portalu.",
                "The application is not opened yet. Record its withdrawal after the opening; its party can withdraw it "
                "on the portal even now.",
            )
        )
    role = next(role for role in RECORDERS if role in actor.roles)
    stop(actor, call, application, role, _fit(call, said, now), now)
    db.session.commit()


def stop(
    actor: Actor, call: Call, application: Application, role: Role, said: Statement, now: datetime.datetime
) -> None:
    """Within the running transaction, with call and application locked: the application is withdrawn.

    Drafts that are not out are given up, because one of them no longer holds; the others are drafted anew with the
    same words. The money stays undivided; those who act for the party get a letter. Raises
    :class:`razpis.procedure.workflow.StepRefused` where it is decided.
    """
    before, state = application.state, step(APPLICATION, application.state, ApplicationEvent.RENOUNCE, role)
    made = Renunciation(
        application_id=application.id,
        channel=said.channel,
        stated_on=said.stated_on,
        reason=said.reason,
        before=before,
        freed_cents=_proposed(call, application),
        recorded_at=now,
        recorded_by=actor.person,
    )
    db.session.add(made)
    application.state, application.changed_at = state, now
    after: dict[str, Any] = {"state": state.value, "stated_on": said.stated_on.isoformat()}
    after |= {"channel": said.channel.value, "reason": said.reason, "freed_cents": made.freed_cents}
    after["release_given_up"] = _give_up(call, application, now)
    stated = f"{said.stated_on.day}. {said.stated_on.month}. {said.stated_on.year}"
    supplement_mail.tell("renounced", application, now, number=str(application.number), stated=stated)
    subject = Subject("application", application.id, call.id)
    journal.record(actor, now, "application.renounce", subject, {"state": before.value}, after)


def within(call: Call, now: datetime.datetime) -> bool:
    """Whether applications on the call can be withdrawn now: after the deadline, until remedies are over."""
    return calls.state_now(call, now) in _WITHIN


def refuse_elsewhere(call: Call, now: datetime.datetime) -> None:
    """Raises :class:`Refused` before the deadline and after remedies."""
    if not within(call, now):
        raise Refused(
            Text(
                "Umik se tu zapiše po roku za prijavo in pred izdajo odločitve.",
                "A withdrawal is recorded here after the deadline of the call and before the decision is issued.",
            )
        )


def _closed(call: Call, said: Renunciation) -> bool:
    """Whether nobody may learn yet whose application it was: withdrawn unopened, and others are not opened yet."""
    return said.before is ApplicationState.SUBMITTED and call.state in BEFORE_OPENED


def _locked(call_id: int, key: str) -> Application:
    query = select(Application).where(Application.call_id == call_id, Application.key == key)
    found = db.session.scalar(query.with_for_update(of=Application).execution_options(populate_existing=True))
    if found is None:
        raise Missing
    return found


def _fit(call: Call, said: Statement, now: datetime.datetime) -> Statement:
    """The same without blanks around its words. Raises :class:`Invalid`."""
    told, wrong = said.reason.replace("\r\n", "\n").strip(), dict[str, Text]()
    if not SHORTEST <= len(told) <= LONGEST:
        wrong["reason"] = Text(
            f"Zapišite, kaj je stranka izjavila: od {SHORTEST} do {LONGEST} znakov.",
            f"Write what the party declared: {SHORTEST} to {LONGEST} characters.",
        )
    earliest = local_time(call.deadline).date() if call.deadline is not None else datetime.date.min
    if not earliest <= said.stated_on <= local_time(now).date():
        wrong["stated_on"] = Text(
            "Dan izjave ne more biti pred rokom za prijavo ali v prihodnosti.",
            "The day of the statement cannot be before the deadline of the call or in the future.",
        )
    if wrong:
        raise Invalid(wrong)
    return replace(said, reason=told)


def _proposed(call: Call, application: Application) -> int:
    """What the proposal before the head, or the accepted one, gives it."""
    query = select(Proposal).where(Proposal.call_id == call.id, Proposal.state.in_(_BEFORE_HEAD))
    proposal = db.session.scalar(query.order_by(Proposal.number.desc()).limit(1))
    lines = [] if proposal is None else proposal.report["lines"]
    return int(next((line["cents"] for line in lines if line["key"] == application.key), 0))


def _give_up(call: Call, application: Application, now: datetime.datetime) -> int | None:
    """The number of the set in hand that the application stands in, given up."""
    query = select(Release).where(Release.call_id == call.id, Release.state.in_(releases.OPEN))
    query = query.where(Release.purpose != Purpose.CORRECTION, Release.acts.any(Act.application_id == application.id))
    found = db.session.scalar(query.with_for_update(of=Release))
    if found is None:
        return None
    releases.give_up(found, f"Vloga št. {application.number} je bila medtem umaknjena.", now)
    return found.number
