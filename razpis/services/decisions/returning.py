"""An accepted proposal goes back to the commission while no decision is issued: the only way to a new division."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.models.evaluations import Proposal, ProposalState
from razpis.procedure.acts import KNOWN_OUTSIDE, ReleaseState
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState
from razpis.procedure.workflow import APPLICATION, CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import completeness, releases
from razpis.services.decisions.result_content import DECIDES
from razpis.services.errors import Invalid, Refused
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal

SHORTEST, LONGEST = 10, 4000
_PROPOSED = (
    ApplicationState.PROPOSED_GRANT,
    ApplicationState.PROPOSED_BELOW_THRESHOLD,
    ApplicationState.PROPOSED_WITHOUT_FUNDS,
)


def returnable(call: Call) -> bool:
    """Whether the accepted proposal of a call can still go back."""
    return call.state is CallState.DECIDING and not _released(call)


def give_back(actor: Actor, call_id: int, reason: str, now: datetime.datetime) -> int:
    """Return the accepted proposal with reasons the commission reads; the number of the proposal.

    Drafts that are not out are given up; the proposal, its run, its signatures and who accepted it stay. Raises
    :class:`Forbidden` for whoever is no signatory or sits in the commission, :class:`Missing`, :class:`Invalid`
    without reasons, and :class:`Refused` once anything is issued.
    """
    actor.needs(Role.SIGNATORY)
    told = reason.replace("\r\n", "\n").strip()
    if not SHORTEST <= len(told) <= LONGEST:
        raise Invalid({"reason": Text("Napišite, zakaj predlog vračate.", "Write why you return the proposal.")})
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    proposal = completeness.accepted(call)
    _refuse_released(call)
    before = {"state": call.state.value}
    call.state = step(CALL, call.state, CallEvent.RETURN_PROPOSAL, Role.SIGNATORY)
    given_up = _give_up(call, told, now)
    _unpropose(call, now)
    _mark(proposal, actor, told, now)
    after = {"state": call.state.value, "proposal": proposal.number, "reason": told, "releases_given_up": given_up}
    journal.record(actor, now, "call.return_accepted", calls.subject(call), before, after)
    number = proposal.number
    db.session.commit()
    return number


def _mark(proposal: Proposal, actor: Actor, told: str, now: datetime.datetime) -> None:
    """Who accepted it, and when, stays."""
    proposal.state, proposal.decision_reason = ProposalState.RETURNED, told
    proposal.returned_at, proposal.returned_by = now, actor.person


def _unpropose(call: Call, now: datetime.datetime) -> None:
    query = select(Application).where(Application.call_id == call.id, Application.state.in_(_PROPOSED))
    query = query.order_by(Application.id).with_for_update(of=Application)
    for one in db.session.scalars(query.execution_options(populate_existing=True)):
        one.state = step(APPLICATION, one.state, ApplicationEvent.RETURN_PROPOSAL, Role.SIGNATORY)
        one.changed_at = now


def _give_up(call: Call, told: str, now: datetime.datetime) -> list[int]:
    """The numbers of the sets in hand, given up."""
    query = select(Release).where(Release.call_id == call.id, Release.state.in_(releases.OPEN))
    found = db.session.scalars(query.order_by(Release.number).with_for_update(of=Release)).all()
    for one in found:
        releases.give_up(one, told, now)
    return [one.number for one in found]


def _released(call: Call) -> bool:
    sets = select(Release.id).where(Release.call_id == call.id, Release.state == ReleaseState.RELEASED)
    acts = select(Act.id).where(Act.call_id == call.id, Act.kind.in_(DECIDES), Act.state.in_(KNOWN_OUTSIDE))
    return any(db.session.scalar(query.limit(1)) is not None for query in (sets, acts))


def _refuse_released(call: Call) -> None:
    if _released(call):
        raise Refused(
            Text(
                "Odločitve so že izdane, zato se predlog ne more več vrniti. Izdana odločitev se spremeni le s pravnim "
                "sredstvom ali z novo odločitvijo.",
                "Decisions are issued, so the proposal can no longer go back. An issued decision changes only by a "
                "remedy or by a new decision.",
            )
        )
