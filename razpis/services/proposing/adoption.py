"""The sitting at which the commission adopts its proposal: held for that, running, with a quorum for every application.

A commission decides together: what it proposes is adopted at a sitting of which minutes are kept, and signed by those
who are there (``law.md`` §7.6, §8.1; ZUP, 74.–80. člen). A report signed one by one, without a sitting, is none.
"""

from __future__ import annotations

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.evaluations import Proposal
from razpis.procedure.sittings import SITTINGS, SittingKind
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.errors import Refused
from razpis.services.sitting import sittings
from razpis.services.sitting.sittings import Attendance


def convened(actor: Actor, call_id: int, lock: bool = False) -> Attendance:
    """The running sitting for agreeing and proposing, where the actor is and a quorum is, for each scored application.

    Raises :class:`Refused` where none runs, it is held for something else, the actor is not there, or those present
    are no quorum: altogether, or for an application after the exclusions from it.
    """
    found = sittings.attendance(call_id, lock)
    if found.sitting.kind is not SittingKind.PROPOSING:
        raise _for_something_else(found.sitting.kind)
    _refuse_absent(actor, found)
    query = select(Application).where(Application.call_id == call_id, Application.state == ApplicationState.SCORED)
    for application in db.session.scalars(query.order_by(Application.number, Application.id)):
        sittings.refuse_without_quorum(found, application)
    return found


def lacking(actor: Actor, call_id: int) -> Text | None:
    """What stands in the way of preparing a proposal now, as far as the sitting goes; nothing where nothing does."""
    try:
        convened(actor, call_id)
    except Refused as refused:
        return refused.text
    return None


def refuse_elsewhere(actor: Actor, proposal: Proposal, lock: bool = False) -> None:
    """A vote is given at the sitting that prepared the proposal, while it runs.

    Raises :class:`Refused` once that sitting is over, for whoever is not there, and without a quorum.
    """
    found = None if proposal.sitting.ended_at else sittings.attendance(proposal.call_id, lock)
    if found is None or found.sitting.id != proposal.sitting_id:
        raise Refused(
            Text(
                f"{proposal.sitting.number}. seja, na kateri je bil predlog pripravljen, je končana, zato se ne "
                "podpisuje več. Če podpisov ni dovolj, naj predsednica ali predsednik začne novo sejo in na njej "
                "pripravi nov predlog.",
                f"Sitting {proposal.sitting.number}, which prepared the proposal, is over, so nobody signs any more. "
                "If signatures are too few, the president has to begin a new sitting and prepare a new proposal there.",
            )
        )
    _refuse_absent(actor, found)


def in_the_way(actor: Actor, proposal: Proposal) -> Text | None:
    """Why this person cannot sign the proposal now; nothing where they can."""
    try:
        refuse_elsewhere(actor, proposal)
    except Refused as refused:
        return refused.text
    return None


def _refuse_absent(actor: Actor, found: Attendance) -> None:
    """Raises :class:`Refused` where the actor is not there, or those present are no quorum."""
    if actor.person not in found.present:
        raise Refused(
            Text(
                "Na tej seji niste navzoči. Predsednica ali predsednik naj zapiše vaš prihod.",
                "You are not present at this sitting. The president has to note that you have come.",
            )
        )
    if not found.quorate:
        raise Refused(
            Text(
                "Komisija na tej seji ni sklepčna: navzoča mora biti predsednica ali predsednik, vseh navzočih, ki "
                f"odločajo, pa mora biti vsaj {found.quorum}.",
                f"There is no quorum at this sitting: the president and at least {found.quorum} who vote must be "
                "present.",
            )
        )


def _for_something_else(kind: SittingKind) -> Refused:
    now, needed = SITTINGS[kind], SITTINGS[SittingKind.PROPOSING]
    return Refused(
        Text(
            f"Teče seja z namenom »{now.sl}«. Predlog komisija sprejme na seji z namenom »{needed.sl}«: končajte "
            "to sejo in začnite novo.",
            f"The sitting that runs is for '{now.en}'. A proposal is adopted at a sitting for '{needed.en}': end this "
            "one and begin another.",
        )
    )
