"""Whether all decisions of a call can be issued: everything that is missing in the whole set, at once."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Text
from razpis.engine.scoring.score import Marked
from razpis.exports.evaluation_json import evaluation_json
from razpis.models.applications import Application
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.evaluations import Proposal, ProposalState
from razpis.procedure.deadlines import local_time
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.decisions import drafting, paper_room, parties, remitted, renounced, terms
from razpis.services.decisions.drafting import UNDECIDED, Basis, Draft
from razpis.services.decisions.gaps import Gap, Where
from razpis.services.decisions.renounced import STOPPED
from razpis.services.errors import Missing, Refused
from razpis.services.examination import checks, supplements
from razpis.services.marking import material
from razpis.services.marking.material import Material
from razpis.services.proposing import runs
from razpis.services.proposing.runs import Result


@dataclass(frozen=True, slots=True)
class Examined:
    """The whole set of a call: drafts that could be issued and all that is missing; with a gap nothing is issued."""

    call: Call
    proposal: Proposal
    drafts: Sequence[Draft]
    gaps: Sequence[Gap]

    @property
    def sha256(self) -> str:
        """One hash over what all acts say."""
        return digest((draft.application.key, draft.facts.sha256) for draft in self.drafts)


def digest(pairs: Iterator[tuple[str, str]]) -> str:
    """SHA-256 over pairs of an application's key and the hash of its facts, in any order."""
    return hashlib.sha256(canonical(sorted([key, sha256] for key, sha256 in pairs)).encode()).hexdigest()


def examine(call: Call, now: datetime.datetime) -> Examined:
    """Draw up every decision of ``call`` anew and say what is missing. A constant number of queries.

    The evaluation is computed again from what the run stands on; only if it is the stored one to the byte is its
    trace drawn from. Raises :class:`Refused` where no proposal is accepted or decisions are out already.
    """
    return _examined(call, accepted(call), undecided(call.id), now)


def examine_again(call: Call, application: Application, now: datetime.datetime) -> Examined:
    """The same of the one ``application`` that is decided anew on the evaluation it was decided on.

    Raises :class:`Missing` where no proposal was ever accepted.
    """
    proposal = last_accepted(call.id)
    if proposal is None:
        raise Missing
    return _examined(call, proposal, [application], now)


def _examined(call: Call, proposal: Proposal, applications: Sequence[Application], now: datetime.datetime) -> Examined:
    run, settled = runs.result(call.id, proposal.run_id), terms.of_call(call)
    gathered = material.gather(call, also=_withdrawn(call.id, run))
    try:
        found = material.evaluated(gathered)
    except Refused as refused:
        return Examined(call, proposal, (), [Gap(Where.PROPOSAL, refused.text)])
    same = _same(run, gathered, found)
    gaps = [*terms.gaps(call, settled), *_run_gaps(run, same, found), *_money_gaps(call, gathered, found)]
    if not same:
        return Examined(call, proposal, (), gaps)
    gaps += _unreasoned(gathered, found)
    people = parties.of_call(call.id, local_time(now).date())
    asked = {one.request.application_id: one for one in supplements.of_call(call.id, now)}
    room = replace(paper_room.room_of(call, now), terms=terms.filled(settled))
    basis = Basis(room, proposal, run, found, people, checks.of_call(call.id), asked, renounced.of_call(call.id))
    drawn = list(drafting.drafts(basis, applications))
    return Examined(
        call,
        proposal,
        [one for one in drawn if isinstance(one, Draft)],
        [*gaps, *(one for one in drawn if isinstance(one, Gap))],
    )


def accepted(call: Call) -> Proposal:
    """The proposal that decisions rest on. Raises :class:`Refused`."""
    found = last_accepted(call.id)
    if call.state is not CallState.DECIDING or found is None:
        raise Refused(
            Text(
                "Odločitve se pripravijo, ko predstojnik sprejme predlog komisije in dokler niso izdane.",
                "Decisions are prepared once the signatory has accepted the proposal, until they are issued.",
            )
        )
    return found


def last_accepted(call_id: int) -> Proposal | None:
    """The accepted proposal of a call, whatever became of the call since."""
    query = select(Proposal).where(Proposal.call_id == call_id, Proposal.state == ProposalState.ACCEPTED)
    return db.session.scalar(query.order_by(Proposal.number.desc()).limit(1))


def undecided(call_id: int, lock: bool = False) -> Sequence[Application]:
    """Applications that wait for their decision, in the order received; not those decided anew, each on its own."""
    query = select(Application).where(Application.call_id == call_id, Application.state.in_(UNDECIDED))
    query = query.where(Application.id.not_in(remitted.waiting(call_id)))
    query = query.options(selectinload(Application.filings)).order_by(Application.number, Application.id)
    if lock:
        query = query.with_for_update(of=Application).execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def _withdrawn(call_id: int, run: Result) -> set[str]:
    """Keys of applications of the accepted run that were withdrawn since, or whose decision was taken away for good:
    it stays as it was computed."""
    ended = (*STOPPED, ApplicationState.ANNULLED)
    query = select(Application.key).where(Application.call_id == call_id, Application.state.in_(ended))
    return set(db.session.scalars(query)) & {line["id"] for line in run.lines}


def _same(run: Result, gathered: Material, found: Evaluation) -> bool:
    document = evaluation_json(found, gathered.hashes)
    return hashlib.sha256(document).hexdigest() == run.run.sha256 and document.decode() == run.run.document


def _run_gaps(run: Result, same: bool, found: Evaluation) -> Iterator[Gap]:
    if not same:
        yield Gap(
            Where.PROPOSAL,
            Text(
                "izračun iz shranjenih podatkov ni enak sprejetemu izidu; iz njega odločitev ni mogoče sestaviti",
                "the result computed from the stored data is not the accepted one; no decision can rest on it",
            ),
        )
    failing = [check.name for check in found.certificate.checks if not check.ok]
    if failing or not run.run.certified:
        told = ", ".join(failing)
        yield Gap(Where.PROPOSAL, Text(f"potrdilo o izidu ne drži: {told}", f"the certificate does not hold: {told}"))
    if run.run.open:
        told = ", ".join(run.run.open)
        yield Gap(Where.PROPOSAL, Text(f"nerešeno ostaja: {told}", f"still open: {told}"))


def _money_gaps(call: Call, gathered: Material, found: Evaluation) -> Iterator[Gap]:
    """Σ awarded may not be more than the money there is (``law.md`` §8.4)."""
    available = sum(gathered.rulebook.lot_cents(lot) for lot in gathered.rulebook.lots)
    if call.budget_cents is not None:
        available = min(available, call.budget_cents) if gathered.rulebook.lots else call.budget_cents
    if sum(line.cents for line in found.lines) > available:
        yield Gap(
            Where.PROPOSAL,
            Text("dodeljena sredstva presegajo razpoložljiva", "more money is awarded than there is"),
        )


def _unreasoned(gathered: Material, found: Evaluation) -> Iterator[Gap]:
    """Criteria that the commission marked without a word: what courts annul (UPRS I U 299/2019)."""
    for line in found.lines:
        application = gathered.applications[line.case.id]
        for given in line.score.criteria:
            basis = given.basis
            if not isinstance(basis, Marked):
                continue
            said = [mark.reason for mark in basis.marks] + ([basis.agreed.reason] if basis.agreed else [])
            if not any(one.strip() for one in said):
                title = gathered.rulebook.file.criteria[given.key].title
                text = Text(
                    f"merilo »{title.sl}« nima konkretne obrazložitve",
                    f"the criterion '{title.en}' has no concrete reason",
                )
                yield Gap(Where.LINE, text, application.number, application.key)
