"""Papers about one application: requests to supplement, dismissals, ends of withdrawn ones, corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from razpis.documents.act import Act, Row
from razpis.documents.acts_of_application import Correction, Discontinuance, Ground, SupplementRequestOf
from razpis.documents.decision import Applicant, Decision, DecisionError, Outcome
from razpis.documents.fonts import MissingGlyphError, drawable
from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.checking import FormalCheck, ServiceRecord, SupplementRequest
from razpis.models.documents import Act as Kept
from razpis.procedure import serving as law
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.parameter_kinds import Key, Unit
from razpis.procedure.states import ApplicationState
from razpis.services.applications import received
from razpis.services.calls import office_days
from razpis.services.decisions import act_facts, dismissals, parties, terms
from razpis.services.decisions.paper_room import Draft, Gaps, Lacking, Room, day_of, glyphs, in_days, later
from razpis.services.decisions.papers_call import day_in
from razpis.services.examination import checks, serving, supplements
from razpis.services.examination.supplements import Standing

STOPPED = (ApplicationState.STOPPING, ApplicationState.DISCONTINUED)
People = Mapping[int, tuple[received.Line, Applicant]]


def requests(room: Room, people: People) -> Iterator[Draft]:
    """Every request to supplement that was issued."""
    query = select(SupplementRequest).join(SupplementRequest.application)
    query = query.where(Application.call_id == room.call.id).order_by(Application.number, SupplementRequest.round)
    parts = selectinload(SupplementRequest.items), joinedload(SupplementRequest.application)
    found = db.session.scalars(query.options(*parts)).unique().all()
    records = serving.latest(serving.REQUEST, [one.id for one in found])
    for one in found:
        line, applicant = people[one.application_id]
        make = partial(_request, room, one, records.get(one.id), line, applicant)
        about = f"vloga {line.number}, {line.name}"
        yield Draft(Kind.SUPPLEMENT_REQUEST, str(one.id), about, make, application=one.application_id)


def dismissed(room: Room, people: People) -> Iterator[Draft]:
    """The order on each application found late, not from an entitled person, or incomplete, until it is issued."""
    found = [line for line, _ in people.values() if line.state in dismissals.GROUNDS]
    answers = checks.of_call(room.call.id) if found else {}
    asked = {one.request.application_id: one for one in supplements.of_call(room.call.id, room.now)} if found else {}
    for line in found:
        aspect, ground = dismissals.GROUNDS[line.state]
        check, standing = answers.get(line.id, {}).get(aspect), asked.get(line.id)
        grounds = [ground]
        if ground is Ground.NOT_SUPPLEMENTED and dismissals.unsigned(standing):
            grounds.append(Ground.NOT_SIGNED)
        for one in grounds:
            make = partial(_dismissal, room, line, people[line.id][1], check, standing, one)
            about = f"vloga {line.number}, {line.name}: {_SHORT[one]}"
            yield Draft(Kind.DISMISSAL, f"{line.key}-{one.value}", about, make, application=line.id)


def discontinued(room: Room, people: People) -> Iterator[Draft]:
    """The order that ends the procedure on each application withdrawn after the deadline."""
    query = select(Application).where(Application.call_id == room.call.id, Application.state.in_(STOPPED))
    query = query.options(selectinload(Application.filings)).order_by(Application.number)
    for one in db.session.scalars(query):
        line, applicant = people[one.id]
        make = partial(_discontinuance, room, one, line, applicant)
        yield Draft(Kind.DISCONTINUANCE, one.key, f"vloga {line.number}, {line.name}", make, application=one.id)


def issued(room: Room) -> Iterator[Draft]:
    """How many decisions and result lists are out; they are read on pages of their own."""
    query = select(Kept.kind, func.count()).where(Kept.call_id == room.call.id, Kept.state == ActState.ISSUED)
    counts: dict[Kind, int] = dict(db.session.execute(query.group_by(Kept.kind)).all())
    for kind, sl, en in (
        (Kind.DECISION, "odločitve še niso izdane", "decisions are not issued yet"),
        (Kind.RESULT_LIST, "rezultati še niso objavljeni", "results are not published yet"),
    ):
        count = counts.get(kind, 0) + (counts.get(Kind.DISMISSAL, 0) if kind is Kind.DECISION else 0)
        yield Draft(kind, "", str(count), None) if count else later(kind, sl, en)


def corrections(room: Room, people: People) -> Iterator[Draft]:
    """Every correction of an obvious error that was drafted."""
    query = select(Kept).where(Kept.call_id == room.call.id, Kept.kind == Kind.CORRECTION)
    query = query.where(Kept.state != ActState.DROPPED).options(joinedload(Kept.application))
    for one in db.session.scalars(query.order_by(Kept.id)):
        about = str(one.facts["number"])
        yield Draft(
            Kind.CORRECTION, one.key, about, partial(_correction, room, one, people), application=one.application_id
        )


_SHORT = {
    Ground.LATE: "prepozna",
    Ground.INELIGIBLE: "neupravičena oseba",
    Ground.NOT_SUPPLEMENTED: "ni dopolnjena",
    Ground.NOT_SIGNED: "ni podpisana",
}


def _request(
    room: Room, one: SupplementRequest, record: ServiceRecord | None, line: received.Line, applicant: Applicant
) -> Act:
    gaps, rulebook = Gaps(), room.rulebook
    _addressee(gaps, line, applicant)
    served = serving.served(room.call, record, room.now)
    rows = [Row((_field(room, item.field), item.deficiency)) for item in one.items] if rulebook else []
    body = SupplementRequestOf(
        applicant=applicant.name,
        seat=applicant.seat,
        registration_number=applicant.registration_number,
        number=line.number,
        received=received.told(line),
        lot=_lot(room, one.application),
        round=one.round,
        rounds=int(room.parameter(Key.SUPPLEMENT_ROUNDS).value),
        items=tuple(rows),
        period=in_days(one.days, Unit(one.unit)),
        article=gaps.text(one.article, "člen, ki določa rok za dopolnitev", "article that sets the period"),
        served=day_of(served),
        ends="" if served is None else day_of(law.last_day(served, one.days, Unit(one.unit), *office_days.counting())),
        contact=", ".join(room.call.contact.splitlines()),
    )
    return room.act(gaps, f"Poziv k dopolnitvi vloge {line.number}", body, "", day_in(one.issued_at), led_by=None)


def _dismissal(
    room: Room,
    line: received.Line,
    applicant: Applicant,
    check: FormalCheck | None,
    asked: Standing | None,
    ground: Ground,
) -> Decision:
    gaps = Gaps()
    _addressee(gaps, line, applicant)
    told = dismissals.reasons(room.call, line, check, asked, ground, gaps) if room.rulebook else ()
    if room.terms is None:
        gaps.add("pravila razpisa imajo napake", "the rules of the call have faults")
    if gaps.found or room.terms is None:
        raise Lacking(tuple(gaps.found))
    try:
        made = Decision(
            **{**terms.frame(room.call, room.terms), "proposal": ()},
            applicant=applicant,
            document_number=act_facts.DRAFT_NUMBER,
            issued_on=room.today,
            programme_title="",
            outcome=Outcome.DISMISSED,
            requested=0,
            awarded=0,
            refusal_reasons=told,
        )
        drawable(made, str)
    except DecisionError as error:
        raise Lacking(tuple(Text(one, one) for one in error.problems)) from None
    except MissingGlyphError as error:
        raise Lacking(glyphs(error)) from None
    return made


def _discontinuance(room: Room, one: Application, line: received.Line, applicant: Applicant) -> Act:
    gaps = Gaps()
    _addressee(gaps, line, applicant)
    withdrawn = [filing.withdrawn_at for filing in one.filings if filing.withdrawn_at is not None]
    body = Discontinuance(
        applicant=applicant.name,
        seat=applicant.seat,
        registration_number=applicant.registration_number,
        number=line.number,
        received=received.told(line),
        withdrawn=day_of(max(withdrawn, default=one.changed_at)),
    )
    remedy = room.remedy(gaps)
    return room.act(gaps, f"Sklep o ustavitvi, vloga {line.number}", body, "", room.today, remedy=remedy)


def _correction(room: Room, kept: Kept, people: People) -> Act:
    gaps, facts = Gaps(), kept.facts
    found = people.get(kept.application_id) if kept.application_id is not None else None
    body = Correction(
        document=facts["document"],
        document_number=facts["number"],
        issued=facts["issued"],
        applicant=found[1].name if found else "",
        wrong=facts["reads"],
        right=facts["shall_read"],
        reason=facts["reason"],
    )
    remedy = room.remedy(gaps)
    return room.act(gaps, "Sklep o popravi pomote", body, kept.number or "", day_in(kept.drafted_at), remedy=remedy)


def _addressee(gaps: Gaps, line: received.Line, applicant: Applicant) -> None:
    gaps.found.extend(one.text for one in parties.gaps(line, applicant))


def _field(room: Room, key: str) -> str:
    assert room.rulebook is not None
    field = room.rulebook.fields[key]
    return f"{field.label.sl} (priloga)" if isinstance(field, AttachmentField) else field.label.sl


def _lot(room: Room, application: Application) -> str:
    lot = room.rulebook.lots.get(application.lot) if room.rulebook else None
    return lot.title.sl if lot is not None and lot.title is not None else ""
