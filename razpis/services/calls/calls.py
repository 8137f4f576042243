"""Calls: opened from a rulebook or from last year's, listed, found, and where each of them really is by now."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from razpis.engine.problems import Text
from razpis.engine.rulebook.editing import Value
from razpis.engine.rulebook.source import Path_
from razpis.models.applications import Application, Envelope
from razpis.models.base import db
from razpis.models.calls import Call as Call
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.parameters import profile_on
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallEvent, CallState
from razpis.procedure.workflow import CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import call_rules, carried
from razpis.services.errors import Missing, Refused, Stale
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.searching import contains

READERS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)
_AUTUMN = 9  # from September on one prepares the calls of the next year
NOT_FILED = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED)


def create(actor: Actor, text: str, now: datetime.datetime) -> int:
    """Open a call with ``text`` as its rulebook; its number. Raises :class:`Invalid`."""
    actor.needs(Role.OFFICER)
    call = _new(actor, now)
    call_rules.follow(call, text)
    return _opened(actor, call, now, {"reference": call.reference})


def copy(actor: Actor, call_id: int, reference: str, now: datetime.datetime) -> int:
    """Open a call as another one was, with its own reference and its own year; its number.

    The year is this one, or the next where the reference ends in it. The profile of the law has to be confirmed
    anew. Raises :class:`Invalid` and :class:`Missing`.
    """
    actor.needs(Role.OFFICER)
    source = _found(select(Call).where(Call.id == call_id))
    call = _new(actor, now)
    here: Path_ = ("call", "reference")
    new: dict[Path_, Value] = {
        here: reference.strip(),
        (*here, "sl"): reference.strip(),
        (*here, "en"): reference.strip(),
    }
    call_rules.follow(call, call_rules.with_values(source.rulebook, {**new, ("call", "year"): _year(reference, now)}))
    call.carried, call.contract = carried.of_source(source), source.contract
    call.summary_sl, call.summary_en, call.contact = source.summary_sl, source.summary_en, source.contact
    call.budget_line, call.parameters = source.budget_line, source.parameters
    call.per_organisation, call.quorum = source.per_organisation, source.quorum
    return _opened(actor, call, now, {"reference": call.reference, "copied": source.id})


def following_reference(source: Call, now: datetime.datetime) -> str:
    """A reference to offer for a copy of ``source``: its own with this year, from 1 September on with the next.

    Nothing where the reference does not end in a year, or such a call is there already.
    """
    today = local_time(now).date()
    year = today.year + (today.month >= _AUTUMN)
    offered, changed = re.subn(r"(?<=/)\d{4}$", str(year), source.reference)
    taken = db.session.scalar(select(Call.id).where(Call.reference == offered))
    return offered if changed and taken is None else ""


def one(actor: Actor, call_id: int) -> Call:
    """A call with all that belongs to it, for officials. Raises :class:`Missing`."""
    actor.needs(*READERS)
    parts = [selectinload(part) for part in (Call.versions, Call.notices, Call.seats, Call.questions)]
    return _found(select(Call).where(Call.id == call_id).options(*parts))


def listed(actor: Actor, words: str = "", state: CallState | None = None) -> Sequence[Call]:
    """Calls whose title or reference holds ``words``, the newest first."""
    actor.needs(*READERS)
    query = select(Call).order_by(Call.created_at.desc(), Call.id.desc())
    if words.strip():
        query = query.where(contains(Call.title_sl + " " + Call.reference, words))
    return db.session.scalars(query if state is None else query.where(Call.state == state)).all()


def state_now(call: Call, now: datetime.datetime) -> CallState:
    """Where the call is: one whose deadline has passed is closed, even if nobody has written that down yet."""
    return CallState.CLOSED if call.state is CallState.PUBLISHED and overdue(call, now) else call.state


def overdue(call: Call, now: datetime.datetime) -> bool:
    """Whether the last second of the deadline is over."""
    return call.deadline is not None and now.replace(microsecond=0) > call.deadline


def filed(actor: Actor, call_id: int) -> Mapping[Channel, int]:
    """How many applications arrived by each channel. Before the opening nothing else may be known of them."""
    actor.needs(*READERS, Role.REGISTRY)
    query = (
        select(Envelope.channel, func.count(Application.id))
        .select_from(Application)
        .outerjoin(Envelope)
        .where(Application.call_id == call_id, Application.state.not_in(NOT_FILED))
        .group_by(Envelope.channel)
    )
    return {channel or Channel.PORTAL: count for channel, count in db.session.execute(query)}


def locked(call_id: int) -> Call:
    """The call, kept from others to the end of the command. Raises :class:`Missing`."""
    return _found(select(Call).where(Call.id == call_id).with_for_update().execution_options(populate_existing=True))


def draft(call_id: int, revision: int, *others: CallState) -> Call:
    """The call, locked, if it is a draft (or in one of ``others``) and as this person saw it.

    Raises :class:`Missing`, :class:`Refused`, and :class:`Stale` where somebody changed it meanwhile.
    """
    call = locked(call_id)
    if call.state not in (CallState.DRAFT, *others):
        raise Refused(
            Text(
                "Spreminjate lahko le osnutek. Razpis v potrditvi naj podpisnik vrne, objavljenega pa spremenite s "
                "spremembo razpisa.",
                "Only a draft can be changed. Have a call in review returned; change a published one by an amendment.",
            )
        )
    as_seen(call, revision)
    return call


def as_seen(call: Call, revision: int) -> None:
    """Raises :class:`Stale` where somebody has changed the call since this person saw it."""
    if call.revision != revision:
        raise Stale(
            Text(
                "Razpis je medtem spremenil nekdo drug. Vaše spremembe niso shranjene; odprite stran znova.",
                "Somebody else changed the call meanwhile. Your changes are not saved; open the page again.",
            )
        )


def subject(call: Call) -> Subject:
    """The call as the journal names it."""
    return Subject("call", call.id, call.id)


def _year(reference: str, now: datetime.datetime) -> int:
    """The year of a new call: the next one where its reference says so, else this one."""
    this = local_time(now).year
    return this + reference.strip().endswith(f"/{this + 1}")


def _new(actor: Actor, now: datetime.datetime) -> Call:
    state = step(CALL, None, CallEvent.CREATE, Role.OFFICER)
    profile = profile_on(local_time(now).date()).name
    return Call(state=state, profile=profile, parameters={}, revision=1, created_at=now, created_by=actor.person)


def _opened(actor: Actor, call: Call, now: datetime.datetime, after: Mapping[str, object]) -> int:
    db.session.add(call)
    db.session.flush()
    journal.record(actor, now, "call.create", subject(call), after=after)
    number = call.id
    db.session.commit()
    return number


def _found(query: Select[Call]) -> Call:
    call = db.session.scalar(query)
    if call is None:
        raise Missing
    return call
