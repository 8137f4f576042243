"""What must hold before a proposal is signed, handed over or accepted; each refusal says what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Text
from razpis.exports.evaluation_json import evaluation_json
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.evaluations import EvaluationRun, Proposal, RunKind
from razpis.procedure.commission import CommissionFunction, has_quorum
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden, Missing, Refused
from razpis.services.marking import mark_rules, mark_sheets, material
from razpis.services.marking.material import Material
from razpis.services.proposing import runs
from razpis.services.sitting import seated

UNFINISHED = (
    ApplicationState.SUBMITTED,
    ApplicationState.OPENED,
    ApplicationState.SUPPLEMENTING,
    ApplicationState.COMPLETE,
    ApplicationState.IN_SCORING,
)


def proposable(call: Call, run_id: int) -> tuple[EvaluationRun, Evaluation]:
    """The run and its evaluation, computed once more, if a proposal may rest on it.

    Raises :class:`Missing`, and :class:`Refused` for a simulation, an older run, an open tie, a failing certificate,
    a missing reason, an unfinished application, too much money, or inputs that have changed.
    """
    query = select(EvaluationRun).where(EvaluationRun.id == run_id, EvaluationRun.call_id == call.id)
    run = db.session.scalar(query.options(undefer(EvaluationRun.document)))
    if run is None:
        raise Missing
    _refuse_unfit(run)
    gathered = material.gather(call)
    _refuse_unfinished(call)
    _refuse_short(gathered)
    _refuse_unreasoned(gathered)
    found = material.evaluated(gathered)
    document = evaluation_json(found, gathered.hashes)
    if hashlib.sha256(document).hexdigest() != run.sha256 or document.decode() != run.document:
        raise Refused(
            Text(
                "Od izračuna se je nekaj spremenilo. Izid izračunajte znova in ga preglejte.",
                "Something has changed since the computation. Compute the result again and look at it.",
            )
        )
    _refuse_too_much(call, gathered, found)
    return run, found


def refuse_few_signatures(call: Call, proposal: Proposal) -> None:
    """Raises :class:`Refused` where fewer than the quorum, or not the president, have signed, or most dissent."""
    short = too_few_signatures(call, proposal)
    if short is not None:
        raise Refused(short)


def too_few_signatures(call: Call, proposal: Proposal) -> Text | None:
    """What is missing among the signatures of a proposal: a quorum with the president, or a majority for it."""
    functions = {seat.user_id: seat.function for seat in seated.of_call(call.id)}
    signed = [functions[one.user_id] for one in proposal.signatures if one.user_id in functions]
    if not has_quorum(signed, call.quorum):
        return Text(
            f"Predlog naj podpišejo predsednica ali predsednik in člani, skupaj vsaj {call.quorum}.",
            f"The president and members, {call.quorum} at least, have to sign the proposal first.",
        )
    dissenting = sum(1 for one in proposal.signatures if one.dissent)
    if 2 * dissenting >= len(proposal.signatures):
        return Text(
            "Predlog nima večine: ločenih mnenj je toliko kot glasov zanj ali več.",
            "The proposal has no majority: there are as many dissenting opinions as votes for it, or more.",
        )
    return None


def refuse_commission(actor: Actor, call_id: int) -> None:
    """Raises :class:`Forbidden` for whoever sits or sat in the commission: nobody decides on their own proposal."""
    seat = select(Seat.id).where(Seat.call_id == call_id, Seat.user_id == actor.person)
    if db.session.scalar(seat.limit(1)) is not None:
        raise Forbidden(
            Text(
                "V komisiji tega razpisa ste ali ste bili, zato o njenem predlogu ne odločate.",
                "You sit or sat in the commission of this call, so you do not decide on its proposal.",
            )
        )


def voter(actor: Actor, call_id: int) -> None:
    """Raises :class:`Forbidden` for whoever has no vote in the commission: the secretary and deputies."""
    seat = seated.held(actor, call_id)
    if seat.function not in (CommissionFunction.PRESIDENT, CommissionFunction.MEMBER):
        raise Forbidden(
            Text("Predlog podpišejo člani, ki glasujejo.", "The proposal is signed by the members who vote.")
        )


def _refuse_unfit(run: EvaluationRun) -> None:
    newest = runs.latest(run.call_id)
    if run.kind is not RunKind.RESULT:
        raise Refused(
            Text(
                "Simulacija ni izid in ne more biti podlaga za predlog.",
                "A simulation is not a result and cannot carry a proposal.",
            )
        )
    if newest is None or newest.id != run.id:
        raise Refused(Text("To ni zadnji izračun izida.", "This is not the last computation of the result."))
    if run.open:
        raise Refused(
            Text(
                f"Nerešeno ostaja: {', '.join(_told(one) for one in run.open)}. Najprej rešite izenačenja in "
                "manjkajoče točke.",
                f"Still open: {', '.join(run.open)}. Settle ties and missing points first.",
            )
        )
    if not run.certified:
        raise Refused(
            Text(
                "Potrdilo o izidu ne drži, zato predloga ni. Poglejte, katera preverba ne drži.",
                "The certificate of the result does not hold, so there is no proposal. See which check fails.",
            )
        )


def _told(name: str) -> str:
    return name.replace("tie ", "izenačenje na mestu ").replace("application ", "vloga ")


def _refuse_unfinished(call: Call) -> None:
    query = select(Application.number).where(Application.call_id == call.id, Application.state.in_(UNFINISHED))
    numbers = list(db.session.scalars(query.order_by(Application.number)))
    if numbers:
        shown = ", ".join(str(one) for one in numbers[:12])
        raise Refused(
            Text(f"Postopek še ni končan pri vlogah št. {shown}.", f"Applications no. {shown} are not finished yet.")
        )


def _refuse_short(gathered: Material) -> None:
    """Raises :class:`Refused` where too few may decide on an application that is scored."""
    scored = [one for one in gathered.applications.values() if one.state is ApplicationState.SCORED]
    numbers = [str(one.number) for one in scored if one.id in gathered.round.duties.short]
    if numbers:
        raise Refused(
            Text(
                f"Pri vlogah št. {', '.join(numbers)} po izločitvah ni sklepčnosti. Predstojnik naj določi namestnika, "
                "ki vlogo oceni.",
                f"For applications no. {', '.join(numbers)} no quorum is left. The head has to appoint a substitute, "
                "who then marks them.",
            )
        )


def _refuse_unreasoned(gathered: Material) -> None:
    """Points without concrete reasons are what courts annul (``law.md`` §0.4)."""
    scored = {key: one for key, one in gathered.applications.items() if one.state is ApplicationState.SCORED}
    needed = mark_rules.needed(gathered.rulebook, [case for case in gathered.cases if case.id in scored])
    lacking = [told for key, one in scored.items() for told in _lacking(gathered, one, needed[key])]
    if lacking:
        shown = "; ".join(lacking[:12])
        raise Refused(
            Text(
                f"Manjka ocena ali njen razlog, brez tega pa predloga ne more biti: {shown}. Pod »Usklajevanje« naj "
                "se odpre list, da ga dopolnijo in znova zaklenejo.",
                f"A mark or its reason is missing, and without it there can be no proposal: {shown}. Open the sheet "
                "under “Agreeing”, so that they complete it and lock it again.",
            )
        )


def _lacking(gathered: Material, application: Application, needed: Sequence[str]) -> Iterator[str]:
    """Whose marks or reasons are missing at an application."""
    found = gathered.round
    people = [
        found.duties.names[person]
        for person in found.duties.due[application.id]
        if mark_sheets.lacking(found.sheets.get((application.id, person)), needed)
    ]
    unreasoned = [
        one.criterion for (id_, _), one in found.agreed.items() if id_ == application.id and not one.reason.strip()
    ]
    if people or unreasoned:
        yield f"št. {application.number} ({', '.join([*people, *unreasoned])})"


def _refuse_too_much(call: Call, gathered: Material, found: Evaluation) -> None:
    awarded = sum(line.cents for line in found.lines)
    available = sum(gathered.rulebook.lot_cents(lot) for lot in gathered.rulebook.lots)
    if call.budget_cents is not None:
        available = min(available, call.budget_cents) if gathered.rulebook.lots else call.budget_cents
    if awarded > available:
        raise Refused(
            Text(
                "Predlagana sredstva presegajo razpisana. Predlog ni mogoč.",
                "The money proposed exceeds the money announced. There can be no proposal.",
            )
        )
