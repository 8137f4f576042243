"""Statements by which parties withdraw applications before they are decided; each procedure is then discontinued."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Release
from razpis.models.remedies import Renunciation
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, CallState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.applications.received import Line
from razpis.services.calls import calls
from razpis.services.decisions import completeness, releases, renounced
from razpis.services.decisions.drafting import UNDECIDED
from razpis.services.decisions.renounced import STOPPED
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject

RECORDERS = (Role.OFFICER, Role.REGISTRY)
READERS = (*RECORDERS, Role.SIGNATORY, Role.AUDITOR)
SHORTEST, LONGEST = 5, 2000


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


def desk(actor: Actor, call_id: int) -> Desk:
    """Withdrawals of a call. A constant number of queries. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    lines = received.lines(call.id)
    known = renounced.of_call(call.id)
    waiting = [one for one in lines if call.state is CallState.DECIDING and one.state in UNDECIDED]
    return Desk(
        call,
        [one for one in waiting if one.state not in STOPPED],
        [(one, known[one.id]) for one in lines if one.id in known],
    )


def one(actor: Actor, call_id: int, key: str) -> tuple[Call, Line]:
    """An application that can still be withdrawn. Raises :class:`Forbidden`, :class:`Missing`, :class:`Refused`."""
    actor.needs(*RECORDERS)
    found = desk(actor, call_id)
    line = next((line for line in found.open if line.key == key), None)
    if line is not None:
        return found.call, line
    known = select(Application.id).where(Application.call_id == found.call.id, Application.key == key)
    if db.session.scalar(known) is None:
        raise Missing
    _refuse_elsewhere(found.call)
    raise Refused(
        Text(
            "O tej vlogi je že odločeno ali pa je že umaknjena.",
            "This application is decided already, or withdrawn.",
        )
    )


def record(actor: Actor, call_id: int, key: str, said: Statement, now: datetime.datetime) -> None:
    """Write down the statement; an order discontinuing the procedure is then drafted in place of a decision.

    Drafts that are not out are given up, because one of them no longer holds; the others are drafted anew with the
    same words. The money stays undivided. Raises :class:`Forbidden`, :class:`Missing`, :class:`Invalid`,
    :class:`Refused` outside deciding, and :class:`razpis.procedure.workflow.StepRefused` where it is decided.
    Source: ZUP, 135. člen.
    """
    actor.needs(*RECORDERS)
    call = calls.locked(call_id)
    application = _locked(call.id, key)
    _refuse_elsewhere(call)
    role = next(role for role in RECORDERS if role in actor.roles)
    state = step(APPLICATION, application.state, ApplicationEvent.RENOUNCE, role)
    told = _fit(call, said, now)
    before = application.state
    made = Renunciation(
        application_id=application.id,
        channel=said.channel,
        stated_on=said.stated_on,
        reason=told,
        before=before,
        freed_cents=_proposed(call, application),
        recorded_at=now,
        recorded_by=actor.person,
    )
    db.session.add(made)
    application.state, application.changed_at = state, now
    given_up = _give_up(call, application, now)
    after: dict[str, Any] = {
        "state": state.value,
        "stated_on": said.stated_on.isoformat(),
        "channel": said.channel.value,
    }
    after |= {"reason": told, "freed_cents": made.freed_cents, "release_given_up": given_up}
    subject = Subject("application", application.id, call.id)
    journal.record(actor, now, "application.renounce", subject, {"state": before.value}, after)
    db.session.commit()


def _locked(call_id: int, key: str) -> Application:
    query = select(Application).where(Application.call_id == call_id, Application.key == key)
    found = db.session.scalar(query.with_for_update(of=Application).execution_options(populate_existing=True))
    if found is None:
        raise Missing
    return found


def _refuse_elsewhere(call: Call) -> None:
    if call.state is not CallState.DECIDING:
        raise Refused(
            Text(
                "Umik se tu zapiše po sprejemu predloga komisije in pred izdajo odločitev.",
                "A withdrawal is recorded here after the proposal is accepted and before decisions are issued.",
            )
        )


def _fit(call: Call, said: Statement, now: datetime.datetime) -> str:
    """The reason without blanks around. Raises :class:`Invalid`."""
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
    return told


def _proposed(call: Call, application: Application) -> int:
    report = completeness.accepted(call).report
    found: int = next((line["cents"] for line in report["lines"] if line["key"] == application.key), 0)
    return found


def _give_up(call: Call, application: Application, now: datetime.datetime) -> int | None:
    """The number of the set in hand, given up."""
    query = select(Release).where(Release.call_id == call.id, Release.state.in_(releases.OPEN))
    found = db.session.scalar(query.where(Release.purpose == releases.DECISIONS).with_for_update())
    if found is None:
        return None
    releases.give_up(found, f"Vloga št. {application.number} je bila medtem umaknjena.", now)
    return found.number
