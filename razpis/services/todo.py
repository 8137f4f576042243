"""What a person should do now, by when, in order; then what they may look at while others work."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from razpis.engine.problems import Text
from razpis.models.accounts import User
from razpis.models.applications import Application, Envelope
from razpis.models.base import db
from razpis.models.calls import Call, Question, Seat
from razpis.models.organisations import Mandate, MandateClaim, MandateOffer
from razpis.models.outbox import Message
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import deadline_instant, local_time
from razpis.procedure.roles import OFFICIAL, Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.applications import applications
from razpis.services.applications.applications import Listed
from razpis.services.calls import readiness
from razpis.services.decisions import due
from razpis.services.examination import serving, supplements
from razpis.services.organisations import mandates
from razpis.services.proposing import commission_due
from razpis.services.sitting import declarations


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. ``kind`` and ``key`` say on which page; ``due`` is a moment, ``None`` where nothing presses."""

    kind: str
    text: Text
    due: datetime.datetime | None = None
    key: str | int | None = None


def tasks(actor: Actor, now: datetime.datetime) -> list[Task]:
    """The person's tasks, those due first on top."""
    asked = (ask for role, ask in _ASKED if role is None or role in actor.roles)
    found = [task for ask in asked for task in ask(actor, now)]
    once = list(dict.fromkeys(found))
    latest = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(once, key=lambda task: (task.kind in OTHERS, task.due or latest))


def _applicant(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    if not actor.roles.isdisjoint(OFFICIAL):
        return
    yield from _offers(actor)
    holds = select(Mandate.id).where(Mandate.user_id == actor.person, mandates.valid(local_time(now).date()))
    if db.session.scalar(holds.limit(1)) is None:
        text = Text(
            "Vpišite organizacijo, v imenu katere se boste prijavili.",
            "Enter the organisation for which you will apply.",
        )
        yield Task("organisation", text)
        return
    mine = applications.mine(actor, now)
    yield from _supplements(mine, now)
    for one in mine:
        if one.state is ApplicationState.DRAFT and one.deadline is not None and one.deadline > now:
            text = Text(f"Dokončajte vlogo: {one.title.sl}", f"Finish your application: {one.title.en}")
            yield Task("application", text, one.deadline, one.key)
    begun = {one.call for one in mine}
    for call in _calls(CallState.PUBLISHED):
        if applications.takes(call, now) and call.id not in begun:
            text = Text(f"Razpis je odprt: {call.title_sl}", f"A call is open: {call.title_en}")
            yield Task("open_call", text, call.deadline, call.id)


def _supplements(mine: Sequence[Listed], now: datetime.datetime) -> Iterator[Task]:
    """Requests to supplement that nobody has answered yet; the period runs once they are served."""
    asked = {one.key: one for one in mine if one.state is ApplicationState.SUPPLEMENTING}
    for request in supplements.open_of(asked, now):
        one = asked[request.request.application.key]
        text = Text(f"Dopolnite vlogo: {one.title.sl}", f"Supplement your application: {one.title.en}")
        ends = None if request.ends is None else deadline_instant(request.ends, datetime.time(23, 59), fold=0)
        yield Task("supplement", text, ends, one.key)


def _offers(actor: Actor) -> Iterator[Task]:
    address = select(User.email).where(User.id == actor.person).scalar_subquery()
    offers = select(func.count(MandateOffer.id)).where(MandateOffer.email == address, MandateOffer.settled_at.is_(None))
    if db.session.scalars(offers).one():
        yield Task("offers", Text("Ponujeno vam je pooblastilo.", "A mandate is offered to you."))


def _officer(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    words = {
        CallState.DRAFT: ("Dokončajte osnutek", "Finish the draft"),
        CallState.CONFIRMED: ("Objavite razpis", "Publish"),
    }
    for call in _calls(*words):
        sl, en = words[call.state]
        until = readiness.publishable_until(call)
        yield Task("call", Text(f"{sl}: {_named(call)}", f"{en}: {_named(call)}"), until, call.id)
    waiting = select(Call.id, Call.reference, func.count(Question.id)).join(Question.call)
    waiting = waiting.where(Question.answered_at.is_(None)).group_by(Call.id, Call.reference).order_by(Call.id)
    for call_id, reference, count in db.session.execute(waiting):
        text = Text(f"Odgovorite na vprašanja ({count}): {reference}", f"Answer questions ({count}): {reference}")
        yield Task("questions", text, None, call_id)
    yield from _claims(actor, now)


def _claims(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    count = db.session.scalars(select(func.count(MandateClaim.id)).where(MandateClaim.settled_at.is_(None))).one()
    if count:
        text = Text(f"Preverite vložena pooblastila ({count}).", f"Check the mandates filed ({count}).")
        yield Task("claims", text)


def _signatory(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    for call in _calls(CallState.IN_REVIEW):
        text = Text(f"Preglejte in potrdite ali vrnite: {_named(call)}", f"Approve or return: {_named(call)}")
        yield Task("call", text, readiness.publishable_until(call), call.id)


def _proposed(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    for call in _calls(CallState.PROPOSED):
        text = Text(f"Odločite o predlogu komisije: {_named(call)}", f"Decide on the proposal: {_named(call)}")
        yield Task("proposals", text, None, call.id)


def _served(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    asked = select(Application.id).where(Application.state == ApplicationState.SUPPLEMENTING).limit(1)
    if db.session.scalar(asked) is None:
        return
    count = sum(line.served is None for line in serving.waiting(actor, now))
    if count:
        text = Text(
            f"Vročite pozive k dopolnitvi in vpišite vročitve ({count}).",
            f"Serve the requests to supplement and record the service ({count}).",
        )
        yield Task("serving", text)


def _decisions(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    for kind, text, key in due.tasks(actor, now):
        yield Task(kind, text, None, key)


def _registry(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    for call in _calls(CallState.PUBLISHED, CallState.CLOSED):
        text = Text(f"Vpisujte vloge na papirju: {_named(call)}", f"Enter applications on paper: {_named(call)}")
        yield Task("envelopes", text, call.deadline if call.deadline and call.deadline > now else None, call.id)
    yield from _claims(actor, now)


def _on_paper(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    """Calls with opened envelopes whose content nobody has put into the file yet."""
    waiting = select(Call.id, Call.reference, func.count(Application.id)).join(Application.call).join(Envelope)
    waiting = waiting.where(Application.state == ApplicationState.OPENED, ~Application.filings.any())
    for call_id, reference, count in db.session.execute(waiting.group_by(Call.id, Call.reference).order_by(Call.id)):
        text = Text(
            f"Prepišite odprte vloge na papirju ({count}): {reference}",
            f"Type in opened applications on paper ({count}): {reference}",
        )
        yield Task("transcripts", text, None, call_id)


def _commission(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    for one in commission_due.of_member(actor, now):
        yield Task(one.kind, one.text, None, one.call)


def _conflicts(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    for one in commission_due.of_head():
        yield Task(one.kind, one.text)


def _seated(actor: Actor, now: datetime.datetime) -> Iterator[Task]:
    query = select(Call, Seat.function).join(Seat).where(Seat.user_id == actor.person, Seat.ended_at.is_(None))
    for call, function in db.session.execute(query.order_by(Call.id)):
        if call.state is CallState.PUBLISHED and applications.takes(call, now):
            text = Text(
                f"Razpis še sprejema vloge, komisija počaka na rok: {_named(call)}",
                f"The call still takes applications; the commission waits for the deadline: {_named(call)}",
            )
            yield Task("public_call", text, call.deadline, call.id)
        elif call.state is CallState.CLOSED and not declarations.undeclared(call.id, [actor.person]):
            text = Text(
                f"Vse izjave ste podali; sledi seja odpiranja: {_named(call)}",
                f"You have declared for all; the opening follows: {_named(call)}",
            )
            if function is CommissionFunction.PRESIDENT:
                text = Text(
                    f"Začnite sejo odpiranja vlog: {_named(call)}",
                    f"Begin the sitting that opens applications: {_named(call)}",
                )
            yield Task("sittings", text, None, call.id)
        elif call.state in _COMMISSION_WORKS:
            kind, sl, en = _COMMISSION_WORKS[call.state]
            yield Task(kind, Text(f"{sl}: {_named(call)}", f"{en}: {_named(call)}"), None, call.id)


def _administrator(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    stuck = select(func.count(Message.id)).where(Message.sent_at.is_(None), Message.next_at.is_(None))
    count = db.session.scalars(stuck).one()
    if count:
        text = Text(
            f"Sporočil, ki jih ni bilo mogoče poslati: {count}. Preverite nastavitve pošte.",
            f"Messages that could not be sent: {count}. Check the mail settings.",
        )
        yield Task("people", text)
    yield Task("people", Text("Računi in uradne vloge oseb", "Accounts and roles"))


def _auditor(_actor: Actor, _now: datetime.datetime) -> Iterator[Task]:
    yield Task("journal", Text("Dnevnik postopka in zapisi o branju", "The journal and the log of readings"))
    read = Text("Razpisi: pravila, vloge po odpiranju, odločitve", "Calls: rules, applications once opened, decisions")
    yield Task("calls", read)


OTHERS = ("public_call",)
"""Kinds of tasks that wait for others: they come last."""

_COMMISSION_WORKS = {
    CallState.CLOSED: ("declarations", "Podajte izjave o nasprotju interesov", "Declare on conflicts of interest"),
    CallState.OPENING: ("sittings", "Odpiranje vlog", "Opening of applications"),
    CallState.CHECKING: ("checking", "Preizkus vlog in dejstva", "Checking applications and facts"),
    CallState.SCORING: ("marking", "Ocenite vloge", "Mark the applications"),
    CallState.AGREEING: ("agreeing", "Uskladite ocene in predlagajte izid", "Agree on marks and propose the result"),
}
"""What a seat in a commission means in each state of the call: the page, and its words."""

_ASKED: tuple[tuple[Role | None, Callable[[Actor, datetime.datetime], Iterator[Task]]], ...] = (
    (None, _applicant),
    (None, _decisions),
    (Role.OFFICER, _officer),
    (Role.OFFICER, _served),
    (Role.SIGNATORY, _signatory),
    (Role.SIGNATORY, _proposed),
    (Role.SIGNATORY, _conflicts),
    (Role.OFFICER, _on_paper),
    (Role.REGISTRY, _on_paper),
    (Role.REGISTRY, _registry),
    (Role.REGISTRY, _served),
    (Role.PRESIDENT, _commission),
    (Role.MEMBER, _commission),
    (Role.PRESIDENT, _seated),
    (Role.MEMBER, _seated),
    (Role.ADMINISTRATOR, _administrator),
    (Role.AUDITOR, _auditor),
)


def _calls(*states: CallState) -> list[Call]:
    query = select(Call).where(Call.state.in_(states)).order_by(Call.deadline, Call.id)
    return list(db.session.scalars(query))


def _named(call: Call) -> str:
    return call.reference
