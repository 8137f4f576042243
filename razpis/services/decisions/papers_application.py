"""Papers about one application: requests to supplement, dismissals, ends of withdrawn ones, corrections."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from razpis.documents.act import Act, Row
from razpis.documents.acts_of_application import Correction, Discontinuance, Ground, SupplementRequestOf
from razpis.documents.decision import Applicant, Decision, DecisionError
from razpis.documents.fonts import MissingGlyphError, drawable
from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.checking import ServiceRecord, SupplementRequest
from razpis.models.documents import Act as Kept
from razpis.models.remedies import Renunciation
from razpis.procedure import serving as law
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.parameter_kinds import Key, Unit
from razpis.services.applications import received
from razpis.services.calls import office_days
from razpis.services.decisions import dismissals, parties, renounced, terms
from razpis.services.decisions.paper_room import Draft, Gaps, Lacking, Room, day_of, glyphs, in_days, later
from razpis.services.decisions.papers_call import day_in
from razpis.services.decisions.renounced import STOPPED
from razpis.services.examination import checks, serving, supplements

People = Mapping[int, tuple[received.Line, Applicant]]


def receipts(room: Room, people: People) -> Iterator[Draft]:
    """The receipt of every filing that stands; its file was made when the application came."""
    query = select(Filing).join(Filing.application).where(Application.call_id == room.call.id)
    query = query.where(Filing.receipt_sha256.is_not(None), Filing.replaced_at.is_(None), Filing.withdrawn_at.is_(None))
    for one in db.session.scalars(query.order_by(Application.number, Filing.id)):
        line, _ = people[one.application_id]
        about = f"vloga {line.number}, {line.name}: {one.receipt}"
        yield Draft(Kind.RECEIPT, str(one.id), about, None, application=one.application_id)


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
    query = select(Application).where(Application.call_id == room.call.id, Application.state.in_(dismissals.GROUNDS))
    waiting = db.session.scalars(query.order_by(Application.number)).all()
    answers = checks.of_call(room.call.id) if waiting else {}
    asked = {one.request.application_id: one for one in supplements.of_call(room.call.id, room.now)} if waiting else {}
    said = dismissals.claims(room.call.id) if waiting and room.rulebook else {}
    for one in waiting:
        line, applicant = people[one.id]
        check = answers.get(one.id, {}).get(dismissals.GROUNDS[one.state][0])
        found = dismissals.Found(one, line, applicant, check, asked.get(one.id), said.get(one.key, {}))
        about = f"vloga {line.number}, {line.name}: {_SHORT[found.ground]}"
        make = partial(_dismissal, room, found)
        yield Draft(Kind.DISMISSAL, f"{line.key}-{found.ground.value}", about, make, application=one.id)


def discontinued(room: Room, people: People) -> Iterator[Draft]:
    """The order that ends the procedure on each application withdrawn after the deadline."""
    query = select(Application).where(Application.call_id == room.call.id, Application.state.in_(STOPPED))
    query, known = query.order_by(Application.number), renounced.of_call(room.call.id)
    for one in db.session.scalars(query):
        line, applicant = people[one.id]
        make = partial(discontinuance, room, line, applicant, known.get(one.id))
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
    """Every correction of an obvious error that is drafted; those further on their way have a page of their own."""
    query = select(Kept).where(Kept.call_id == room.call.id, Kept.kind == Kind.CORRECTION)
    query = query.where(Kept.state == ActState.DRAFTED).options(joinedload(Kept.application))
    for one in db.session.scalars(query.order_by(Kept.id)):
        found = people.get(one.application_id) if one.application_id is not None else None
        make = partial(correction, room, one.facts, found[1].name if found else "", day_in(one.drafted_at))
        yield Draft(Kind.CORRECTION, one.key, str(one.facts["number"]), make, application=one.application_id)


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


def _dismissal(room: Room, one: dismissals.Found) -> Decision:
    gaps = Gaps()
    _addressee(gaps, one.line, one.applicant)
    if room.terms is None:
        gaps.add("pravila razpisa imajo napake", "the rules of the call have faults")
    if room.rulebook:
        dismissals.reasons(room.call, one, gaps)
    if gaps.found or room.terms is None:
        raise Lacking(tuple(gaps.found))
    try:
        made = dismissals.decision(room.call, terms.frame(room.call, room.terms), one, room.today)
        drawable(made, str)
    except DecisionError as error:
        raise Lacking(tuple(Text(one, one) for one in error.problems)) from None
    except MissingGlyphError as error:
        raise Lacking(glyphs(error)) from None
    return made


def discontinuance(room: Room, line: received.Line, applicant: Applicant, said: Renunciation | None) -> Act:
    """The order that ends the procedure on an application withdrawn after the deadline (ZUP, 135. člen).

    Raises :class:`Lacking` with everything it lacks.
    """
    gaps = Gaps()
    _addressee(gaps, line, applicant)
    body = Discontinuance(
        applicant=applicant.name,
        seat=applicant.seat,
        registration_number=applicant.registration_number,
        number=line.number,
        received=received.told(line),
        withdrawn=gaps.text(day_of(said.stated_on if said else None), "dan umika", "day of the withdrawal"),
    )
    remedy = room.remedy(gaps)
    return room.act(gaps, f"Sklep o ustavitvi, vloga {line.number}", body, "", room.today, remedy=remedy)


def correction(room: Room, facts: Mapping[str, Any], applicant: str, day: datetime.date) -> Act:
    """The order that corrects an obvious error (ZUP, 223. člen); ``facts`` as drafted, not numbered yet.

    Raises :class:`Lacking` with everything it lacks.
    """
    gaps = Gaps()
    body = Correction(
        document=facts["document"],
        document_number=facts["number"],
        issued=facts["issued"],
        applicant=applicant,
        wrong=facts["reads"],
        right=facts["shall_read"],
        reason=facts["reason"],
    )
    remedy = room.remedy(gaps)
    return room.act(gaps, "Sklep o popravi pomote", body, "", day, remedy=remedy)


def _addressee(gaps: Gaps, line: received.Line, applicant: Applicant) -> None:
    gaps.found.extend(one.text for one in parties.gaps(line, applicant))


def _field(room: Room, key: str) -> str:
    assert room.rulebook is not None
    field = room.rulebook.fields[key]
    return f"{field.label.sl} (priloga)" if isinstance(field, AttachmentField) else field.label.sl


def _lot(room: Room, application: Application) -> str:
    lot = room.rulebook.lots.get(application.lot) if room.rulebook else None
    return lot.title.sl if lot is not None and lot.title is not None else ""
