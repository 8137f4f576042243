"""What waits for one person's signature or choice while a commission works: from minutes to proposals."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.evaluations import Proposal, ProposalState
from razpis.models.marking import MarkSheet
from razpis.models.sittings import Declaration, Minutes, MinutesSignature, Presence, Recusal, Sitting
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.marking import agreeing, draws
from razpis.services.proposing import proposal_checks
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import exclusions
from razpis.services.sitting.duties import VOTING

SEEDED = (CallState.OPENING, CallState.CHECKING, CallState.SCORING)
"""When the seed of draws is to be fixed: the call is closed, and nobody knows yet who is tied."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits; ``kind`` and ``call`` say on which page."""

    kind: str
    text: Text
    call: int | None = None


def of_member(actor: Actor, now: datetime.datetime) -> Iterator[Due]:
    """What waits for somebody who sits in a commission."""
    yield from _minutes(actor)
    query = select(Call, Seat.function).join(Seat, Seat.call_id == Call.id)
    query = query.where(Seat.user_id == actor.person, Seat.ended_at.is_(None)).order_by(Call.id)
    for call, function in db.session.execute(query):
        president = function is CommissionFunction.PRESIDENT
        if president:
            yield from _sittings(call)
        if president and call.state in SEEDED and _lacks_seed(call):
            text = Text(
                f"Določite seme žreba, preden zaklenete ocene: {call.reference}",
                f"Fix the seed of draws before locking the marks: {call.reference}",
            )
            yield Due("seed", text, call.id)
        if call.state is CallState.AGREEING:
            yield from _reopened(actor, call)
            yield from _agreeing(actor, call, president, function in VOTING, now)


def of_head() -> Iterator[Due]:
    """Declared conflicts that wait for the head's decision."""
    query = (
        select(func.count(Declaration.id))
        .outerjoin(Recusal, Recusal.declaration_id == Declaration.id)
        .where(Declaration.ground.is_not(None), Recusal.id.is_(None), exclusions.latest())
    )
    count = db.session.scalars(query).one()
    if count:
        text = Text(
            f"Odločite o izjavljenih nasprotjih interesov ({count}).", f"Decide on declared conflicts ({count})."
        )
        yield Due("exclusions", text)


def _minutes(actor: Actor) -> Iterator[Due]:
    """Minutes of sittings this person was at and has not signed."""
    other = aliased(Minutes)
    later = select(func.max(other.number)).where(other.sitting_id == Sitting.id).correlate(Sitting).scalar_subquery()
    mine = select(Presence.id).where(Presence.sitting_id == Sitting.id, Presence.user_id == actor.person)
    signed = select(MinutesSignature.id).where(
        MinutesSignature.minutes_id == Minutes.id, MinutesSignature.user_id == actor.person
    )
    query = (
        select(Call.id, Call.reference, Sitting.number)
        .join(Sitting, Sitting.call_id == Call.id)
        .join(Minutes, Minutes.sitting_id == Sitting.id)
        .join(Seat, (Seat.call_id == Call.id) & (Seat.user_id == actor.person) & Seat.ended_at.is_(None))
        .where(Minutes.number == later, mine.exists(), ~signed.exists())
        .order_by(Call.id, Sitting.number)
    )
    for call, reference, number in db.session.execute(query):
        text = Text(
            f"Podpišite zapisnik {number}. seje: {reference}", f"Sign the minutes of sitting {number}: {reference}"
        )
        yield Due("sittings", text, call)


def _sittings(call: Call) -> Iterator[Due]:
    """A sitting that still runs, and those that ended without minutes: for the president."""
    without = ~select(Minutes.id).where(Minutes.sitting_id == Sitting.id).exists()
    query = select(Sitting.number, Sitting.ended_at).where(Sitting.call_id == call.id, without)
    for number, ended in db.session.execute(query.order_by(Sitting.number)):
        text = Text(f"Sestavite zapisnik {number}. seje", f"Draft the minutes of sitting {number}")
        if ended is None:
            text = Text(
                f"{number}. seja teče; ko opravite, kar je treba, jo končajte",
                f"Sitting {number} is running; end it when its work is done",
            )
        yield Due("sittings", text + Text(f": {call.reference}", f": {call.reference}"), call.id)


def _reopened(actor: Actor, call: Call) -> Iterator[Due]:
    """The person's own sheets opened again, or asked for, after the round was locked."""
    query = select(func.count(MarkSheet.id)).join(Application, Application.id == MarkSheet.application_id)
    query = query.where(Application.call_id == call.id, Application.state == ApplicationState.IN_SCORING)
    count = db.session.scalars(query.where(MarkSheet.user_id == actor.person, MarkSheet.locked_at.is_(None))).one()
    if count:
        text = Text(
            f"Dopolnite in zaklenite odprte ocenjevalne liste ({count}): {call.reference}",
            f"Complete and lock the sheets that are open ({count}): {call.reference}",
        )
        yield Due("marking", text, call.id)


def _lacks_seed(call: Call) -> bool:
    return any(rule.key.draw for rule in compiled(call.rulebook).ranking) and draws.fixed(call.id) is None


def _agreeing(actor: Actor, call: Call, president: bool, votes: bool, now: datetime.datetime) -> Iterator[Due]:
    query = select(Proposal).where(Proposal.call_id == call.id, Proposal.state == ProposalState.SIGNING)
    proposal = db.session.scalar(query.options(joinedload(Proposal.sitting), selectinload(Proposal.signatures)))
    if president:
        yield from _proposed(call, proposal)
    if proposal is None and president:
        count = sum(one.agreed is None for one in agreeing.questions(actor, call.id, now))
        if count:
            text = Text(f"Uskladite ocene ({count}): {call.reference}", f"Agree on marks ({count}): {call.reference}")
            yield Due("agreeing", text, call.id)
    if proposal is not None and votes and actor.person in _still_to_sign(proposal):
        text = Text(
            f"Preberite in podpišite predlog: {call.reference}", f"Read and sign the proposal: {call.reference}"
        )
        yield Due("proposing", text, call.id)


def _proposed(call: Call, signing: Proposal | None) -> Iterator[Due]:
    """The president's own steps: a new proposal after one was given back, and handing over one that is signed."""
    last = db.session.scalar(
        select(Proposal).where(Proposal.call_id == call.id).order_by(Proposal.number.desc()).limit(1)
    )
    if last is not None and last.state is ProposalState.RETURNED:
        text = Text(
            f"Predstojnik je predlog vrnil; preberite razloge in pripravite novega: {call.reference}",
            f"The head gave the proposal back; read why and prepare a new one: {call.reference}",
        )
        yield Due("proposing", text, call.id)
    if signing is None or _still_to_sign(signing):
        return
    short = proposal_checks.too_few_signatures(call, signing)
    if short is None:
        text = Text(
            f"Predlog je podpisan; predajte ga predstojniku: {call.reference}",
            f"The proposal is signed; hand it over to the head: {call.reference}",
        )
    else:
        text = Text(
            f"Predlog nima dovolj podpisov ali večine; na seji pripravite novega: {call.reference}",
            f"The proposal lacks signatures or a majority; prepare a new one at a sitting: {call.reference}",
        )
    yield Due("proposing", text, call.id)


def _still_to_sign(proposal: Proposal) -> set[int]:
    """Who votes, is at the sitting that prepared the proposal, and has not signed; nobody once that is over."""
    query = select(Presence.user_id).join(Sitting, Sitting.id == Presence.sitting_id)
    query = query.join(Seat, (Seat.call_id == Sitting.call_id) & (Seat.user_id == Presence.user_id))
    query = query.where(Sitting.id == proposal.sitting_id, Sitting.ended_at.is_(None), Presence.left_at.is_(None))
    there = db.session.scalars(query.where(Seat.ended_at.is_(None), Seat.function.in_(VOTING)))
    return set(there) - {one.user_id for one in proposal.signatures}
