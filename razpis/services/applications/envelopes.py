"""Applications on paper before the opening: what the outside of an envelope says, and nothing else."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from razpis.engine.problems import Text
from razpis.models.applications import Application, Envelope
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent
from razpis.procedure.workflow import APPLICATION, step
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.applications import filing
from razpis.services.errors import Invalid, Missing
from razpis.services.records import journal
from razpis.services.records.journal import Subject

CHANNELS = (Channel.REGISTERED_POST, Channel.ORDINARY_POST, Channel.IN_PERSON)


@dataclass(frozen=True, slots=True)
class Outside:
    """What stands on an envelope and how it came. ``posted_on`` is needed for registered post."""

    channel: Channel
    sender: str
    sender_address: str
    posted_on: datetime.date | None
    arrived_at: datetime.datetime
    marked: bool
    note: str = ""


def enter(actor: Actor, call_id: int, outside: Outside, now: datetime.datetime) -> str:
    """Enter an envelope into the record of what was received; the key of the application.

    Raises :class:`Missing` for a call never published, :class:`Invalid` for what cannot be.
    """
    actor.needs(Role.REGISTRY)
    call = _published(call_id)
    _refuse_impossible(outside, now)
    application = Application(
        key=secrets.token_urlsafe(12),
        call_id=call.id,
        state=step(APPLICATION, None, ApplicationEvent.ENTER_ON_PAPER, Role.REGISTRY),
        number=filing.next_in_order(call.id),
        created_at=now,
        created_by=actor.person,
        changed_at=now,
    )
    application.envelope = Envelope(
        channel=outside.channel,
        sender=outside.sender,
        sender_address=outside.sender_address,
        posted_on=outside.posted_on,
        arrived_at=outside.arrived_at,
        marked=outside.marked,
        note=outside.note,
        entered_at=now,
        entered_by=actor.person,
    )
    db.session.add(application)
    db.session.flush()
    after = {"number": application.number, "channel": outside.channel.value}
    journal.record(actor, now, "envelope.enter", Subject("application", application.id, call.id), after=after)
    db.session.commit()
    return application.key


def calls(actor: Actor) -> list[tuple[Call, int]]:
    """Every published call with the number of its envelopes, the latest deadline first."""
    actor.needs(Role.REGISTRY)
    query = (
        select(Call, func.count(Envelope.id))
        .outerjoin(Application, Application.call_id == Call.id)
        .outerjoin(Envelope, Envelope.application_id == Application.id)
        .where(Call.published_at.is_not(None))
        .group_by(Call.id)
        .order_by(Call.deadline.desc().nulls_last(), Call.id.desc())
    )
    return [(call, count) for call, count in db.session.execute(query)]


def of_call(actor: Actor, call_id: int) -> tuple[Call, Sequence[Envelope]]:
    """The envelopes of a call in the order received. Raises :class:`Missing` for a call never published."""
    actor.needs(Role.REGISTRY)
    call = _published(call_id)
    query = select(Envelope).join(Envelope.application).options(contains_eager(Envelope.application))
    query = query.where(Application.call_id == call_id).order_by(Application.number, Envelope.id)
    return call, db.session.scalars(query).all()


def one(actor: Actor, key: str) -> Envelope:
    """An envelope by its application's key. Raises :class:`Missing`."""
    actor.needs(Role.REGISTRY)
    query = select(Envelope).join(Envelope.application).where(Application.key == key)
    envelope = db.session.scalar(query.options(joinedload(Envelope.application).joinedload(Application.call)))
    if envelope is None:
        raise Missing
    return envelope


def _published(call_id: int) -> Call:
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.published_at.is_not(None)))
    if call is None:
        raise Missing
    return call


def _refuse_impossible(outside: Outside, now: datetime.datetime) -> None:
    wrong: dict[str, Text] = {}
    if not 2 <= len(outside.sender) <= 300:
        wrong["sender"] = Text("Prepišite pošiljatelja z ovojnice.", "Copy the sender from the envelope.")
    wrong |= legible.faults({"sender": outside.sender, "sender_address": outside.sender_address})
    if outside.arrived_at > now:
        wrong["arrived_at"] = Text("Čas prejema je v prihodnosti.", "The time of arrival lies in the future.")
    if outside.posted_on is None and outside.channel is Channel.REGISTERED_POST:
        wrong["posted_on"] = Text("Vpišite dan s poštnega žiga.", "Enter the day of the postmark.")
    elif outside.posted_on is not None and outside.posted_on > local_time(outside.arrived_at).date():
        wrong["posted_on"] = Text(
            "Dan oddaje je po dnevu prejema. Popravite enega od njiju.", "It was posted later than it arrived."
        )
    if wrong:
        raise Invalid(wrong)
