"""A call stopped for a while, taken up again, cancelled, and closed by the clock."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.deadlines import deadline_problems, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import CallEvent, CallState
from razpis.procedure.workflow import CALL, step
from razpis.services.actor import SYSTEM, Actor
from razpis.services.calls import call_rules, calls, filers, freezing, publishing
from razpis.services.errors import Invalid
from razpis.services.records import journal


def suspend(actor: Actor, call_id: int, reason: str, act: str, now: datetime.datetime) -> None:
    """Stop a call before its deadline (no budget, force majeure); those who filed are told."""
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    state = step(CALL, calls.state_now(call, now), CallEvent.SUSPEND, Role.SIGNATORY)
    publishing.put_notice(actor, call, CallEvent.SUSPEND, reason, act, now)
    told = filers.tell(call, now, "call_suspended", reason.strip())
    _moved(actor, call, CallEvent.SUSPEND, state, now, {"reason": reason.strip(), "told": told})


def resume(
    actor: Actor, call_id: int, reason: str, act: str, deadline: datetime.datetime | None, now: datetime.datetime
) -> None:
    """Take a suspended call up again: a published one with a new deadline as a new version, else as confirmed.

    Raises :class:`Invalid` for a deadline that is missing, not lawful, or before the one published.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    event = CallEvent.RESUME if call.published_at is not None else CallEvent.RESUME_UNPUBLISHED
    state = step(CALL, call.state, event, Role.SIGNATORY)
    publishing.put_notice(actor, call, event, reason, act, now)
    after: dict[str, object] = {"reason": reason.strip()}
    if event is CallEvent.RESUME:
        call.deadline = _lawful(call, deadline, now)
        call_rules.follow(call, call_rules.with_deadline(call.rulebook, call.deadline))
        version = freezing.freeze(actor, call, reason, act, now)
        after["told"] = filers.tell(call, now, "call_amended", reason.strip())
        after |= {"version": version.number, "sha256": version.sha256}
    _moved(actor, call, event, state, now, after)


def cancel(actor: Actor, call_id: int, reason: str, act: str, now: datetime.datetime) -> None:
    """Cancel a call with reasons before its decisions are all issued; those who filed are told."""
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.CANCEL, Role.SIGNATORY)
    publishing.put_notice(actor, call, CallEvent.CANCEL, reason, act, now)
    told = filers.tell(call, now, "call_cancelled", reason.strip())
    _moved(actor, call, CallEvent.CANCEL, state, now, {"reason": reason.strip(), "told": told})


def close_due(now: datetime.datetime) -> int:
    """Close every call whose deadline has passed, each in a transaction of its own; how many there were.

    Run as often as one likes: the guards treat such a call as closed anyway.
    """
    passed = now.replace(microsecond=0)
    query = select(Call.id).where(Call.state == CallState.PUBLISHED, Call.deadline < passed).order_by(Call.id)
    due = db.session.scalars(query).all()
    db.session.rollback()
    return sum(_close(call_id, now) for call_id in due)


def _close(call_id: int, now: datetime.datetime) -> bool:
    """Whether it was still to be closed."""
    call = calls.locked(call_id)
    if call.state is not CallState.PUBLISHED or not calls.overdue(call, now):
        db.session.rollback()
        return False
    state = step(CALL, call.state, CallEvent.CLOSE, Role.SYSTEM)
    _moved(SYSTEM, call, CallEvent.CLOSE, state, now, {})
    return True


def _lawful(call: Call, deadline: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    if deadline is None:
        raise Invalid({"deadline": Text("Določite novi rok za prijavo.", "Set a new deadline.")})
    problems = deadline_problems(deadline, local_time(now).date(), 0)
    if problems:
        raise Invalid({"deadline": Text(problems[0].sl, problems[0].en)})
    if call.deadline is not None and deadline < call.deadline:
        raise Invalid(
            {
                "deadline": Text(
                    "Novi rok ne sme biti pred že objavljenim.",
                    "The new deadline must not be before the published one.",
                )
            }
        )
    return deadline


def _moved(
    actor: Actor, call: Call, event: CallEvent, state: CallState, now: datetime.datetime, after: dict[str, object]
) -> None:
    before = {"state": call.state.value}
    call.state = state
    call.revision += 1
    journal.record(actor, now, f"call.{event.value}", calls.subject(call), before, {"state": state.value, **after})
    db.session.commit()
