"""The papers of a call in the order of its life: which there are, what each lacks, and each as a PDF."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.assets import ASSETS
from razpis.documents.act import Act
from razpis.documents.act_pdf import render_act
from razpis.documents.act_text import load_act_texts
from razpis.documents.decision import Decision
from razpis.documents.decision_pdf import render_decision
from razpis.documents.decision_text import load_decision_texts
from razpis.documents.extras import Extras
from razpis.engine.problems import Text
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.evaluations import Proposal, ProposalSignature, ProposalState
from razpis.procedure.acts import Kind
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.roles import COMMISSION, Role
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import applications, receipts
from razpis.services.calls.calls import NOT_FILED
from razpis.services.decisions import (
    paper_room,
    papers_application,
    papers_call,
    papers_commission,
    papers_marks,
    parties,
)
from razpis.services.decisions.paper_room import Draft, Lacking, Room, later
from razpis.services.errors import Missing, Refused
from razpis.services.examination import supplements
from razpis.services.files import Store
from razpis.services.proposing import runs
from razpis.services.records import readings
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations, exclusions
from razpis.services.sitting.seated import OPENED_CALLS

OFFICIALS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)
READERS = (*OFFICIALS, *COMMISSION)
FOLDER = ASSETS / "templates" / "documents"
_SHOWN = (ProposalState.SIGNING, ProposalState.SUBMITTED, ProposalState.ACCEPTED, ProposalState.RETURNED)
_UNSAFE = re.compile(r"[^\w.-]+")


class PaperState(StrEnum):
    """Whether a paper can be had: there, something missing, not its time yet, or issued and read elsewhere."""

    READY = "ready"
    LACKING = "lacking"
    LATER = "later"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the list. ``problems``: what it lacks, or why it cannot be there yet."""

    kind: Kind
    which: str
    about: str
    state: PaperState
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: an official, or one of the commission with a seat and the applications they may read."""

    seat: Seat | None
    person: int
    readable: frozenset[int]
    excluded: frozenset[int]

    def sees(self, draft: Draft) -> bool:
        """Whether the paper is for them: nothing about an application one is excluded from."""
        if self.seat is None:
            return True
        if draft.kind is Kind.EXCLUSION:
            return self.seat.function is CommissionFunction.PRESIDENT or self.person in draft.people
        if draft.kind in (Kind.SCORE_SHEET, Kind.SUPPLEMENT_REQUEST) and draft.application is not None:
            return draft.application in self.readable
        return draft.application not in self.excluded


def listed(actor: Actor, call_id: int, now: datetime.datetime) -> tuple[Call, list[Paper]]:
    """The call and its papers. Raises :class:`Forbidden`, :class:`Missing`."""
    call, reader = _entered(actor, call_id, now)
    room = paper_room.room_of(call, now)
    return call, [_paper(draft) for draft in _drafts(room, reader) if reader.sees(draft)]


def pdf(actor: Actor, call_id: int, kind: Kind, which: str, now: datetime.datetime) -> tuple[str, bytes]:
    """Name and bytes of one paper; of what is about an application the reading is noted.

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` with everything that the paper lacks.
    """
    call, reader = _entered(actor, call_id, now)
    room = paper_room.room_of(call, now)
    drafts = (one for one in _drafts(room, reader) if one.kind is kind and one.which == which and one.make)
    found = next((one for one in drafts if reader.sees(one)), None)
    if found is None:
        raise Missing
    made = drawn(found)
    if found.application is not None:
        readings.note(actor, now, "application.paper", Subject("application", found.application, call.id))
    return name(call, found), made


def receipt(actor: Actor, call_id: int, which: str, now: datetime.datetime, store: Store) -> tuple[str, bytes]:
    """Name and bytes of a receipt as it was sent to the applicant; the reading is noted.

    Raises :class:`Forbidden`, :class:`Missing`, and ``OSError``.
    """
    call, reader = _entered(actor, call_id, now)
    if call.state not in OPENED_CALLS or not which.isdecimal():
        raise Missing
    filing = db.session.get(Filing, int(which))
    if filing is None or filing.application.call_id != call.id or filing.receipt_sha256 is None:
        raise Missing
    if not reader.sees(Draft(Kind.RECEIPT, which, "", None, application=filing.application_id)):
        raise Missing
    content = files.content(store, filing.receipt_sha256)
    readings.note(actor, now, "application.paper", Subject("application", filing.application_id, call.id))
    return receipts.file_name(filing), content


def own_request(actor: Actor, key: str, round_: int, now: datetime.datetime) -> tuple[str, bytes]:
    """The request to supplement the person's own application. Raises :class:`Missing`, and as :func:`pdf` does."""
    application = applications.own(actor, key, now)
    room = paper_room.room_of(application.call, now)
    asked = [one.id for one in supplements.requests_of(application.id) if one.round == round_]
    drafts = papers_application.requests(room, parties.of_call(application.call_id, room.today))
    found = next((one for one in drafts if asked and one.which == str(asked[0])), None)
    if found is None:
        raise Missing
    return name(room.call, found), drawn(found)


def drawn(draft: Draft) -> bytes:
    """The PDF of a paper. Raises :class:`Refused` with everything that it lacks."""
    assert draft.make is not None
    try:
        made = draft.make()
    except Lacking as lacking:
        told = Text("; ".join(one.sl for one in lacking.problems), "; ".join(one.en for one in lacking.problems))
        raise Refused(Text("Listine še ni: ", "The paper is not there yet: ") + told + Text(".", ".")) from None
    if isinstance(made, Decision):
        return render_decision(made, load_decision_texts(FOLDER / "decision"), Extras(notice="Osnutek – ni izdano"))
    return printed(made)


def printed(act: Act) -> bytes:
    """The PDF of an act; what is not final says that it is not signed."""
    texts = load_act_texts(FOLDER, type(act.body))
    return render_act(act, texts, Extras(notice="" if act.final else texts.own.label("izvod")))


def name(call: Call, draft: Draft) -> str:
    """The name of the file: kind, call, and which of a kind it is."""
    return _UNSAFE.sub("-", f"{draft.kind.value}-{call.reference}-{draft.which}") + ".pdf"


def _entered(actor: Actor, call_id: int, now: datetime.datetime) -> tuple[Call, Reader]:
    """A seat in the commission counts before any other role: a conflict closes every path."""
    actor.needs(*READERS)
    parts = selectinload(Call.versions), selectinload(Call.notices), selectinload(Call.seats).joinedload(Seat.user)
    call = db.session.scalar(select(Call).where(Call.id == call_id).options(*parts))
    if call is None:
        raise Missing
    seats = [one for one in call.seats if one.user_id == actor.person and one.ended_at is None]
    if not seats:
        if actor.roles.isdisjoint(OFFICIALS):
            raise Missing
        return call, Reader(None, actor.person, frozenset(), frozenset())
    known = exclusions.of_call(call.id)
    excluded = frozenset(number for number, one in known.items() if actor.person in one.excluded)
    return call, Reader(seats[0], actor.person, frozenset(declarations.readable(actor, call.id, now)), excluded)


def _drafts(room: Room, reader: Reader) -> Iterator[Draft]:
    """All papers in the order of a call's life."""
    call = room.call
    opened = call.state in OPENED_CALLS
    people = parties.of_call(call.id, room.today) if opened else {}
    yield from papers_call.start(room)
    yield from papers_call.appointments(room)
    yield from papers_call.text(room)
    yield from papers_call.amendments(room)
    yield from papers_call.cancellation(room, _received(call.id))
    if not opened:
        for kind in (
            Kind.RECEIPT,
            Kind.MINUTES,
            Kind.SUPPLEMENT_REQUEST,
            Kind.DISMISSAL,
            Kind.SCORE_SHEET,
            Kind.REPORT,
        ):
            yield later(kind, "vloge še niso odprte", "applications are not opened yet")
        return
    yield from papers_application.receipts(room, people)
    yield from papers_commission.exclusions(room)
    yield from papers_commission.minutes(room)
    yield from papers_application.requests(room, people)
    yield from papers_application.dismissed(room, people)
    yield from papers_application.discontinued(room, people)
    yield from _decided(room, reader)
    yield from papers_application.issued(room)
    yield from papers_application.corrections(room, people)


def _decided(room: Room, reader: Reader) -> Iterator[Draft]:
    """Marks and proposals: the commission's own once locked, the officials' once handed over."""
    handed = _proposals(room.call.id, reader.seat)
    last = runs.latest(room.call.id) if reader.seat is not None else None
    run = last.id if last is not None else max((one.run_id for one in handed), default=None)
    query = select(Application).where(Application.call_id == room.call.id, Application.number.is_not(None))
    scored = db.session.scalars(query.order_by(Application.number)).all()
    yield from papers_marks.score_sheets(room, run, scored)
    yield from papers_marks.reports(room, handed)


def _proposals(call_id: int, seat: Seat | None) -> Sequence[Proposal]:
    if seat is not None and seat.function is CommissionFunction.DEPUTY:
        return ()
    query = select(Proposal).where(Proposal.call_id == call_id, Proposal.state.in_(_SHOWN))
    if seat is None:
        query = query.where(Proposal.submitted_at.is_not(None))
    query = query.options(selectinload(Proposal.signatures).joinedload(ProposalSignature.user))
    return db.session.scalars(query.order_by(Proposal.number.desc())).all()


def _paper(draft: Draft) -> Paper:
    if draft.later is not None:
        return Paper(draft.kind, "", draft.about, PaperState.LATER, (draft.later,))
    if draft.make is None:
        return Paper(draft.kind, draft.which, draft.about, PaperState.ISSUED)
    try:
        draft.make()
    except Lacking as lacking:
        return Paper(draft.kind, draft.which, draft.about, PaperState.LACKING, lacking.problems)
    return Paper(draft.kind, draft.which, draft.about, PaperState.READY)


def _received(call_id: int) -> int:
    query = select(Application.id).where(Application.call_id == call_id, Application.state.not_in(NOT_FILED))
    return len(db.session.scalars(query).all())
