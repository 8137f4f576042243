"""The proposal: prepared on a result, signed with dissents, handed over; the head accepts or returns it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.evaluations import Proposal, ProposalSignature, ProposalState
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.roles import COMMISSION, Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState
from razpis.procedure.workflow import APPLICATION, CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.proposing import adoption, journal_facts, proposal_checks, proposal_report
from razpis.services.records import journal
from razpis.services.sitting import seated

READERS = (Role.SIGNATORY, Role.OFFICER, Role.AUDITOR)
SHORTEST, LONGEST = 10, 4000
_EVENTS = {
    "granted": ApplicationEvent.PROPOSE_GRANT,
    "part": ApplicationEvent.PROPOSE_GRANT,
    "ranked": ApplicationEvent.PROPOSE_GRANT,
    "below_threshold": ApplicationEvent.PROPOSE_BELOW_THRESHOLD,
    "no_money": ApplicationEvent.PROPOSE_WITHOUT_FUNDS,
}
_PROPOSED = (
    ApplicationState.PROPOSED_GRANT,
    ApplicationState.PROPOSED_BELOW_THRESHOLD,
    ApplicationState.PROPOSED_WITHOUT_FUNDS,
)


def prepare(actor: Actor, call_id: int, run_id: int, now: datetime.datetime) -> int:
    """Prepare the report and proposal on a result, to be signed; one that was being signed is replaced. Its number.

    At a sitting for proposing that has a quorum. Raises :class:`Forbidden`, and as
    :func:`razpis.services.proposing.proposal_checks.proposable` and
    :func:`razpis.services.proposing.adoption.convened` do.
    """
    call = _agreeing(actor, call_id)
    run, found = proposal_checks.proposable(call, run_id)
    attendance = adoption.convened(actor, call.id, lock=True)
    query = select(Proposal).where(Proposal.call_id == call.id, Proposal.state == ProposalState.SIGNING)
    for earlier in db.session.scalars(query.order_by(Proposal.id).with_for_update()):
        earlier.state = ProposalState.REPLACED
    content = proposal_report.report(call, run, found, attendance)
    journal_facts.refuse_differing(journal_facts.of_report(content), journal_facts.of_journal(call.id))
    highest = select(func.coalesce(func.max(Proposal.number), 0)).where(Proposal.call_id == call.id)
    made = Proposal(
        call_id=call.id,
        number=db.session.scalars(highest).one() + 1,
        run_id=run.id,
        sitting_id=attendance.sitting.id,
        state=ProposalState.SIGNING,
        report=content,
        sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
        made_at=now,
        made_by=actor.person,
    )
    db.session.add(made)
    db.session.flush()
    after = {
        "proposal": made.number,
        "run": run.number,
        "sitting": attendance.sitting.number,
        "sha256": made.sha256,
    }
    journal.record(actor, now, "proposal.prepare", calls.subject(call), after=after)
    number = made.number
    db.session.commit()
    return number


def sign(actor: Actor, call_id: int, number: int, dissent: str, now: datetime.datetime) -> None:
    """Vote on the proposal by signing it; ``dissent`` is a dissenting opinion, blank where one agrees.

    Raises :class:`Forbidden` for whoever has no vote, :class:`Missing`, :class:`Invalid` for a dissent without
    grounds, :class:`Refused` where one has signed already, the proposal is not being signed, the sitting that
    prepared it is over or has no quorum any more, or one is not there.
    """
    proposal_checks.voter(actor, call_id)
    told = dissent.replace("\r\n", "\n").strip()
    if told and not SHORTEST <= len(told) <= LONGEST:
        raise Invalid(
            {
                "dissent": Text(
                    f"Ločeno mnenje obrazložite ({SHORTEST} do {LONGEST} znakov).",
                    f"Give the grounds of your dissent ({SHORTEST} to {LONGEST} characters).",
                )
            }
        )
    proposal = _one(call_id, number)
    _refuse_unless(proposal, ProposalState.SIGNING)
    if any(one.user_id == actor.person for one in proposal.signatures):
        raise Refused(Text("Predlog ste že podpisali.", "You have signed the proposal already."))
    adoption.refuse_elsewhere(actor, proposal, lock=True)
    proposal.signatures.append(ProposalSignature(user_id=actor.person, dissent=told, signed_at=now))
    after = {"proposal": proposal.number, "sha256": proposal.sha256, "dissent": told}
    journal.record(actor, now, "proposal.sign", calls.subject(proposal.call), after=after)
    db.session.commit()


def submit(actor: Actor, call_id: int, number: int, now: datetime.datetime) -> None:
    """Hand the signed proposal over to the head. Everything is checked once more.

    Raises as :func:`prepare` does, and :class:`Refused` without the signatures of a quorum, without a majority, or
    where the report's facts differ from what the journal's events tell.
    """
    call = _agreeing(actor, call_id)
    proposal = _one(call.id, number)
    _refuse_unless(proposal, ProposalState.SIGNING)
    run, found = proposal_checks.proposable(call, proposal.run_id)
    proposal_checks.refuse_few_signatures(call, proposal)
    journal_facts.refuse_differing(_facts(proposal), journal_facts.of_journal(call.id, proposal.number))
    before = {"state": call.state.value}
    call.state = step(CALL, call.state, CallEvent.PROPOSE, Role.PRESIDENT)
    _propose_each(call, found, now)
    proposal.state, proposal.submitted_at = ProposalState.SUBMITTED, now
    after = {"state": call.state.value, "proposal": proposal.number, "run": run.sha256, "sha256": proposal.sha256}
    journal.record(actor, now, "call.propose", calls.subject(call), before, after)
    db.session.commit()


def accept(actor: Actor, call_id: int, number: int, now: datetime.datetime) -> None:
    """The head accepts the proposal; decisions follow.

    Raises :class:`Forbidden` for whoever is no signatory or sits in the commission, :class:`Missing`, and
    :class:`razpis.procedure.workflow.StepRefused` where it is accepted already.
    """
    call, proposal = _before_head(actor, call_id, number)
    before = {"state": call.state.value}
    call.state = step(CALL, call.state, CallEvent.ACCEPT_PROPOSAL, Role.SIGNATORY)
    _refuse_unless(proposal, ProposalState.SUBMITTED)
    proposal.state, proposal.decided_at, proposal.decided_by = ProposalState.ACCEPTED, now, actor.person
    after = {"state": call.state.value, "proposal": proposal.number, "sha256": proposal.sha256}
    journal.record(actor, now, "call.accept_proposal", calls.subject(call), before, after)
    db.session.commit()


def give_back(actor: Actor, call_id: int, number: int, reason: str, now: datetime.datetime) -> None:
    """The head returns the proposal to the commission with reasons. Raises as :func:`accept`, and :class:`Invalid`."""
    told = reason.replace("\r\n", "\n").strip()
    if not SHORTEST <= len(told) <= LONGEST:
        raise Invalid({"reason": Text("Napišite, zakaj predlog vračate.", "Write why you return the proposal.")})
    call, proposal = _before_head(actor, call_id, number)
    before = {"state": call.state.value}
    call.state = step(CALL, call.state, CallEvent.RETURN_PROPOSAL, Role.SIGNATORY)
    _refuse_unless(proposal, ProposalState.SUBMITTED)
    query = select(Application).where(Application.call_id == call.id, Application.state.in_(_PROPOSED))
    for application in db.session.scalars(query.order_by(Application.id).with_for_update()):
        application.state = step(APPLICATION, application.state, ApplicationEvent.RETURN_PROPOSAL, Role.SIGNATORY)
        application.changed_at = now
    proposal.state, proposal.decided_at, proposal.decided_by = ProposalState.RETURNED, now, actor.person
    proposal.decision_reason = told
    after = {"state": call.state.value, "proposal": proposal.number, "reason": told}
    journal.record(actor, now, "call.return_proposal", calls.subject(call), before, after)
    db.session.commit()


def listed(actor: Actor, call_id: int) -> Sequence[Proposal]:
    """Every proposal of a call, the newest first, for its commission and the officials. Raises :class:`Forbidden`.

    The head sees them once they are handed over.
    """
    inside = _reader(actor, call_id)
    query = select(Proposal).where(Proposal.call_id == call_id)
    if not inside:
        query = query.where(Proposal.submitted_at.is_not(None))
    query = query.options(
        joinedload(Proposal.run),
        joinedload(Proposal.sitting),
        selectinload(Proposal.signatures).joinedload(ProposalSignature.user),
    )
    return db.session.scalars(query.order_by(Proposal.number.desc())).all()


def read(actor: Actor, call_id: int, number: int) -> Proposal:
    """One proposal. Raises :class:`Missing` and as :func:`listed` does."""
    found = next((one for one in listed(actor, call_id) if one.number == number), None)
    if found is None:
        raise Missing
    return found


def unlike_journal(actor: Actor, call_id: int, number: int) -> list[Text]:
    """What the report of a proposal tells differently from the journal, in words; nothing where they agree.

    Raises as :func:`read` does.
    """
    found = read(actor, call_id, number)
    return journal_facts.differing(_facts(found), journal_facts.of_journal(call_id, number))


def waiting(actor: Actor) -> Sequence[Proposal]:
    """Proposals that wait for the head, the oldest first."""
    actor.needs(*READERS)
    query = select(Proposal).where(Proposal.state == ProposalState.SUBMITTED).options(joinedload(Proposal.call))
    return db.session.scalars(query.order_by(Proposal.submitted_at, Proposal.id)).all()


def _facts(proposal: Proposal) -> journal_facts.Facts:
    """The facts of the report as it is stored, with the hash of what is stored."""
    sha256 = hashlib.sha256(canonical(proposal.report).encode()).hexdigest()
    return journal_facts.of_report(proposal.report) | {"proposal": sha256}


def _reader(actor: Actor, call_id: int) -> bool:
    """Whether the actor reads as one of the commission. Raises :class:`Forbidden`, :class:`Missing`."""
    if actor.roles.isdisjoint(READERS):
        actor.needs(*COMMISSION)
        if seated.held(actor, call_id).function is CommissionFunction.DEPUTY:
            raise Forbidden(
                Text("Predlog berejo člani, ki o njem glasujejo.", "The proposal is for the members who vote on it.")
            )
        return True
    return False


def _agreeing(actor: Actor, call_id: int) -> Call:
    call = calls.locked(call_id)
    seated.presiding(actor, call.id)
    if call.state is not CallState.AGREEING:
        raise Refused(
            Text(
                "Predlog se pripravi, ko so ocene zaklenjene in predlog še ni predan.",
                "A proposal is made once marks are locked and before one is handed over.",
            )
        )
    return call


def _before_head(actor: Actor, call_id: int, number: int) -> tuple[Call, Proposal]:
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    proposal = _one(call.id, number)
    if proposal.submitted_at is None:
        raise Missing
    return call, proposal


def _one(call_id: int, number: int) -> Proposal:
    query = select(Proposal).where(Proposal.call_id == call_id, Proposal.number == number)
    query = query.options(selectinload(Proposal.signatures)).with_for_update(of=Proposal)
    proposal = db.session.scalar(query.execution_options(populate_existing=True))
    if proposal is None:
        raise Missing
    return proposal


def _refuse_unless(proposal: Proposal, state: ProposalState) -> None:
    if proposal.state is not state:
        raise Refused(
            Text(
                "O tem predlogu je že odločeno ali pa ga je zamenjal novejši.",
                "This proposal is decided on already, or replaced by a newer one.",
            )
        )


def _scored(call_id: int) -> Sequence[Application]:
    query = select(Application).where(Application.call_id == call_id, Application.state == ApplicationState.SCORED)
    return db.session.scalars(query.order_by(Application.id).with_for_update()).all()


def _propose_each(call: Call, found: Evaluation, now: datetime.datetime) -> None:
    """Every scored application goes where its outcome says. Raises :class:`Refused` where the facts contradict."""
    outcomes = {line.case.id: line.outcome for line in found.lines}
    for application in _scored(call.id):
        event = _EVENTS.get(outcomes[application.key])
        if event is None:
            number = application.number
            raise Refused(
                Text(
                    f"Vloga št. {number} po ugotovljenih dejstvih ne izpolnjuje pogojev. Najprej to zapišite.",
                    f"Application no. {number} fails a condition by the facts found. Record that first.",
                )
            )
        application.state = step(APPLICATION, application.state, event, Role.PRESIDENT)
        application.changed_at = now
