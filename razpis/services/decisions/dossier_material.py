"""Everything the procedure holds about one application, loaded for its file; nothing of other applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from razpis.engine.cases import Case
from razpis.engine.rulebook import Rulebook
from razpis.models.accounts import User
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import EstablishedAnswer, FormalCheck, ServiceRecord, SupplementRequest
from razpis.models.documents import Act
from razpis.models.evaluations import EvaluationRun, Proposal, ProposalState
from razpis.models.journal import Event
from razpis.models.marking import AgreedMark, EarlierMark, MarkSheet
from razpis.models.sittings import Declaration
from razpis.procedure.acts import KNOWN_OUTSIDE
from razpis.services.applications.applications import standing
from razpis.services.examination import established
from razpis.services.proposing import runs
from razpis.services.rules.rulebooks import compiled


@dataclass(frozen=True, slots=True)
class Material:
    """``filing`` is the one that stands, where the application was filed and not only an envelope; ``case`` is as
    the engine reads it; ``line`` its part of the accepted evaluation ``run``, where it came so far; ``people`` the
    names of persons by their number."""

    application: Application
    call: Call
    rulebook: Rulebook
    filing: Filing | None
    case: Case
    checks: Sequence[FormalCheck]
    findings: Sequence[EstablishedAnswer]
    requests: Sequence[SupplementRequest]
    services: Sequence[ServiceRecord]
    sheets: Sequence[MarkSheet]
    earlier: Sequence[EarlierMark]
    agreed: Sequence[AgreedMark]
    declarations: Sequence[Declaration]
    acts: Sequence[Act]
    events: Sequence[Event]
    course: Sequence[Event]
    run: EvaluationRun | None
    line: Mapping[str, Any] | None
    certificate: Sequence[Mapping[str, Any]]
    people: Mapping[int, str]


def gather(application: Application) -> Material:
    """All of ``application``, in the order it was made."""
    call, number = application.call, application.id
    run, line, certificate = _evaluated(call, application.key)
    sheets = _all(MarkSheet, number, selectinload(MarkSheet.marks), selectinload(MarkSheet.reopenings))
    events = select(Event).where(Event.subject == "application", Event.subject_id == number).order_by(Event.number)
    course = select(Event).where(Event.call_id == call.id, Event.subject != "application").order_by(Event.number)
    parts = selectinload(SupplementRequest.items), selectinload(SupplementRequest.answers)
    acts = select(Act).where(Act.application_id == number, Act.state.in_(KNOWN_OUTSIDE)).order_by(Act.issued_at, Act.id)
    return Material(
        application=application,
        call=call,
        rulebook=compiled(call.rulebook),
        filing=standing(application),
        case=established.case(number),
        checks=_all(FormalCheck, number),
        findings=_all(EstablishedAnswer, number),
        requests=_all(SupplementRequest, number, *parts),
        services=_all(ServiceRecord, number, joinedload(ServiceRecord.evidence)),
        sheets=sheets,
        earlier=_earlier(sheets),
        agreed=_all(AgreedMark, number),
        declarations=_all(Declaration, number),
        acts=db.session.scalars(acts).all(),
        events=db.session.scalars(events).all(),
        course=db.session.scalars(course).all(),
        run=run,
        line=line,
        certificate=certificate,
        people=_people(number, call.id),
    )


def _all(table: Any, application: int, *options: Any) -> Sequence[Any]:
    query = select(table).where(table.application_id == application).order_by(table.id)
    return db.session.scalars(query.options(*options)).all()


def _earlier(sheets: Sequence[MarkSheet]) -> Sequence[EarlierMark]:
    numbers = [sheet.id for sheet in sheets]
    query = select(EarlierMark).where(EarlierMark.sheet_id.in_(numbers)).order_by(EarlierMark.id)
    return db.session.scalars(query).all() if numbers else ()


def _evaluated(
    call: Call, key: str
) -> tuple[EvaluationRun | None, Mapping[str, Any] | None, Sequence[Mapping[str, Any]]]:
    """The run of the accepted proposal with the line of this application and the certificate."""
    query = select(Proposal).where(Proposal.call_id == call.id, Proposal.state == ProposalState.ACCEPTED)
    accepted = db.session.scalar(query.order_by(Proposal.number.desc()).limit(1))
    if accepted is None:
        return None, None, ()
    found = runs.result(call.id, accepted.run_id)
    line = next((one for one in found.lines if one["id"] == key), None)
    return found.run, line, found.document["certificate"]["checks"]


def _people(application: int, call_id: int) -> dict[int, str]:
    """Names of those who did something about the application, or sit in the commission of its call."""
    acted = select(Event.actor_id).where(Event.call_id == call_id, Event.actor_id.is_not(None))
    marked = select(MarkSheet.user_id).where(MarkSheet.application_id == application)
    query = select(User.id, User.name).where(User.id.in_(acted.union(marked)))
    return {row.id: row.name for row in db.session.execute(query)}
