"""What waits for others: an officer's calls out of the officer's hands, an applicant's applications to be opened."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.roles import OFFICIAL, Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.applications import applications
from razpis.services.todo import Task

WITH_WHOM: Mapping[CallState, Text] = {
    CallState.IN_REVIEW: Text("Pri podpisniku: potrditev", "With the signatory, to be approved"),
    CallState.PUBLISHED: Text("Sprejema vloge", "Takes applications"),
    CallState.SUSPENDED: Text("Zadržan; nadaljuje ga podpisnik", "Suspended, the signatory takes it up again"),
    CallState.CLOSED: Text("Pri komisiji: izjave in odpiranje", "With the commission: declarations and opening"),
    CallState.OPENING: Text("Pri komisiji: odpiranje vlog", "With the commission: opening"),
    CallState.CHECKING: Text("Pri komisiji: preizkus vlog", "With the commission: the check"),
    CallState.SCORING: Text("Pri komisiji: ocenjevanje", "With the commission: marking"),
    CallState.AGREEING: Text("Pri komisiji: usklajevanje in predlog", "With the commission: agreeing and proposal"),
    CallState.PROPOSED: Text("Pri predstojniku: predlog komisije", "With the head: the commission's proposal"),
}


def tasks(actor: Actor, now: datetime.datetime) -> list[Task]:
    """An officer's calls that others work on, in the order of a call's life; of an applicant what is filed. One query.

    ``due`` is the deadline of a call that takes applications.
    """
    if actor.roles.isdisjoint(OFFICIAL):
        return _filed(actor, now)
    if Role.OFFICER not in actor.roles:
        return []
    order = list(WITH_WHOM)
    found = db.session.scalars(select(Call).where(Call.state.in_(order)).order_by(Call.deadline, Call.id))
    return [_task(call, now) for call in sorted(found, key=lambda call: order.index(call.state))]


def _filed(actor: Actor, now: datetime.datetime) -> list[Task]:
    """Applications that nobody has opened yet, each with its receipt: until then there is nothing to do."""
    return [
        Task(
            "application",
            Text(
                f"Oddano, ni vam treba storiti ničesar: {one.title.sl} (potrdilo {one.receipt})",
                f"Filed, you need not do anything: {one.title.en} (receipt {one.receipt})",
            ),
            None,
            one.key,
        )
        for one in applications.mine(actor, now)
        if one.state is ApplicationState.SUBMITTED
    ]


def _task(call: Call, now: datetime.datetime) -> Task:
    """A published call whose deadline has passed is with the commission, though nobody has noted it yet."""
    over = call.deadline is not None and call.deadline < now
    state = CallState.CLOSED if call.state is CallState.PUBLISHED and over else call.state
    words, due = WITH_WHOM[state], call.deadline if state is CallState.PUBLISHED else None
    return Task("call", Text(f"{words.sl}: {call.reference}", f"{words.en}: {call.reference}"), due, call.id)
