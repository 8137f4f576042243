"""Records of service (vročitev): written from the papers by the registry; every period runs from them alone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import ServiceRecord, SupplementRequest
from razpis.procedure import serving as law
from razpis.procedure.deadlines import local_time
from razpis.procedure.parameter_kinds import Key
from razpis.procedure.parameters import number, rule
from razpis.procedure.roles import Role
from razpis.procedure.serving import Fiction, Manner, Record
from razpis.procedure.states import ApplicationState
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.calls import office_days, parameters
from razpis.services.calls.office_days import Counting
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.files import Store
from razpis.services.organisations.mandates import Upload
from razpis.services.records import journal
from razpis.services.records.journal import Subject

REQUEST = "supplement_request"
RECORDERS = (Role.REGISTRY, Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Papers:
    """What the papers of a service show; ``seen`` is the number of the record the page was filled from, 0 of none."""

    manner: Manner
    address: str
    dispatched_on: datetime.date
    notice_on: datetime.date | None
    delivered_on: datetime.date | None
    note: str = ""
    seen: int = 0
    evidence: Upload | None = None


def record(actor: Actor, request_id: int, papers: Papers, now: datetime.datetime, store: Store) -> None:
    """Write down how a request to supplement was served, or correct that with a reason and evidence.

    The period is the same for all and cannot be extended: a record that tells of a later day than the one before
    needs the paper that shows it, and once the application is no longer being supplemented nothing is changed.
    Raises :class:`Missing`, :class:`Invalid`, :class:`Refused`. Source: ZUP, 83.–98. člen.
    """
    actor.needs(*RECORDERS)
    application = _locked(request_id)
    if application.state is not ApplicationState.SUPPLEMENTING:
        refuse_wrong(REQUEST, request_id, papers, now)
        raise Refused(
            Text(
                "O tej vlogi je komisija že ugotovila, ali je popolna; vročitve poziva ni mogoče več spremeniti.",
                "The commission has found whether this application is complete; the service cannot change any more.",
            )
        )
    put(actor, application, (REQUEST, request_id), papers, now, store)
    db.session.commit()


def put(
    actor: Actor, application: Application, of: tuple[str, int], papers: Papers, now: datetime.datetime, store: Store
) -> None:
    """Write down the service of a document (its kind and number), with its event, within the running transaction.

    The row that the document belongs to is locked. Raises :class:`Invalid`, :class:`Refused`.
    """
    earlier = refuse_wrong(*of, papers, now)
    evidence = papers.evidence
    kept = files.receive(store, actor, now, "evidence", evidence.name, evidence.content) if evidence else None
    made = ServiceRecord(
        application_id=application.id,
        document=of[0],
        document_id=of[1],
        number=earlier.number + 1 if earlier else 1,
        manner=papers.manner,
        address=papers.address.strip(),
        dispatched_on=papers.dispatched_on,
        notice_on=papers.notice_on,
        delivered_on=papers.delivered_on,
        evidence_id=kept.id if kept else None,
        note=papers.note.strip(),
        recorded_at=now,
        recorded_by=actor.person,
    )
    db.session.add(made)
    subject = Subject("application", application.id, application.call_id)
    before = told(earlier) if earlier else {}
    journal.record(actor, now, "service.record", subject, before, {"document": of[0], **told(made)})


def refuse_wrong(document: str, document_id: int, papers: Papers, now: datetime.datetime) -> ServiceRecord | None:
    """The record that counts now. Raises :class:`Invalid` for papers that cannot be, :class:`Refused` where somebody
    else has recorded meanwhile."""
    earlier = latest(document, [document_id]).get(document_id)
    _refuse(papers, earlier, local_time(now).date())
    return earlier


def latest(document: str, numbers: Collection[int]) -> Mapping[int, ServiceRecord]:
    """The record that counts of each document of a kind, by its number. One query."""
    query = select(ServiceRecord).where(ServiceRecord.document == document, ServiceRecord.document_id.in_(numbers))
    query = query.options(joinedload(ServiceRecord.evidence), joinedload(ServiceRecord.recorder))
    return {one.document_id: one for one in db.session.scalars(query.order_by(ServiceRecord.number))}


def history(document: str, document_id: int) -> Sequence[ServiceRecord]:
    """Every record of a document, the first one first."""
    query = select(ServiceRecord).where(ServiceRecord.document == document, ServiceRecord.document_id == document_id)
    query = query.options(joinedload(ServiceRecord.evidence), joinedload(ServiceRecord.recorder))
    return db.session.scalars(query.order_by(ServiceRecord.number)).all()


def fiction_of(call: Call) -> Fiction:
    """After what time a document counts as served, by the law the call was published under."""
    own = parameters.of_call(call)
    return Fiction(number(own, Key.FICTION_DAYS), rule(own, Key.FICTION_FROM))


def served(
    call: Call, found: ServiceRecord | None, now: datetime.datetime, counting: Counting | None = None
) -> datetime.date | None:
    """The day of service as far as it is known at ``now``; ``None`` where nothing shows it yet.

    ``counting``: the office's calendar, where a page has read it already.
    """
    if found is None:
        return None
    suspensions = (counting or office_days.counting()).suspensions
    return law.served_on(days(found), fiction_of(call), local_time(now).date(), suspensions)


def days(found: ServiceRecord) -> Record:
    """The days of a record."""
    return Record(found.dispatched_on, found.notice_on, found.delivered_on)


def _locked(request_id: int) -> Application:
    query = select(Application).join(SupplementRequest, SupplementRequest.application_id == Application.id)
    query = query.where(SupplementRequest.id == request_id).with_for_update(of=Application)
    application = db.session.scalar(query.execution_options(populate_existing=True))
    if application is None:
        raise Missing
    return application


def _refuse(papers: Papers, earlier: ServiceRecord | None, today: datetime.date) -> None:
    record = Record(papers.dispatched_on, papers.notice_on, papers.delivered_on)
    wrong = {f"{name}_on": Text(problem.sl, problem.en) for name, problem in law.record_problems(record, today)}
    if not 3 <= len(papers.address.strip()) <= 300:
        wrong["address"] = Text("Vpišite, kam je bilo poslano.", "Write where it was sent.")
    if (earlier.number if earlier else 0) != papers.seen:
        raise Refused(
            Text("Vročitev je medtem vpisal nekdo drug. Osvežite stran.", "Somebody else has recorded it meanwhile.")
        )
    if earlier is not None and not _adds(earlier, papers):
        if len(papers.note.strip()) < 3:
            wrong["note"] = Text("Napišite, zakaj popravljate vpis.", "Write why you correct the record.")
        if _later(earlier, papers) and papers.evidence is None:
            wrong["evidence"] = Text(
                "Za poznejši dan vročitve priložite listino, ki ga dokazuje.",
                "A later day needs the paper that proves it.",
            )
    if wrong:
        raise Invalid(wrong)


def _adds(earlier: ServiceRecord, papers: Papers) -> bool:
    """Whether the papers only tell the rest of a service that was under way: nothing that is known changes."""
    if (earlier.manner, earlier.address, earlier.dispatched_on) != (
        papers.manner,
        papers.address.strip(),
        papers.dispatched_on,
    ):
        return False
    if earlier.delivered_on is not None:
        return False
    return papers.delivered_on is not None and earlier.notice_on in (None, papers.notice_on)


def _later(earlier: ServiceRecord, papers: Papers) -> bool:
    """Whether the correction could make the period end later."""
    pairs = (
        (earlier.dispatched_on, papers.dispatched_on),
        (earlier.notice_on, papers.notice_on),
        (earlier.delivered_on, papers.delivered_on),
    )
    return any(old is not None and (new is None or new > old) for old, new in pairs)


def told(found: ServiceRecord) -> dict[str, str | None]:
    """A record as the journal keeps it."""
    known = {"dispatched": found.dispatched_on, "notice": found.notice_on, "delivered": found.delivered_on}
    days: dict[str, str | None] = {key: day.isoformat() if day else None for key, day in known.items()}
    return days | {"manner": found.manner.value, "address": found.address, "note": found.note}


@dataclass(frozen=True, slots=True)
class Line:
    """A request as the registry sees it: whose it is, its record, the day of service as known by now."""

    request: SupplementRequest
    call: Call
    applicant: str
    address: str
    record: ServiceRecord | None
    served: datetime.date | None


def waiting(actor: Actor, now: datetime.datetime) -> list[Line]:
    """Requests of applications being supplemented, those without a record first. Constant queries.

    Raises :class:`razpis.services.errors.Forbidden` for whoever does not record service.
    """
    actor.needs(*RECORDERS)
    query = select(SupplementRequest).join(SupplementRequest.application)
    query = query.where(Application.state == ApplicationState.SUPPLEMENTING)
    parts = joinedload(SupplementRequest.application)
    query = query.options(
        parts.joinedload(Application.call),
        parts.joinedload(Application.organisation),
        parts.joinedload(Application.envelope),
    )
    found = db.session.scalars(query.order_by(SupplementRequest.id)).all()
    records = latest(REQUEST, [one.id for one in found])
    counting = office_days.counting()
    lines = (_line(one, records.get(one.id), now, counting) for one in found)
    return sorted(lines, key=lambda line: line.record is not None)


def one(actor: Actor, request_id: int, now: datetime.datetime) -> Line:
    """One request as the registry sees it. Raises :class:`Missing`, and as :func:`waiting`."""
    actor.needs(*RECORDERS)
    request = db.session.get(SupplementRequest, request_id)
    if request is None:
        raise Missing
    return _line(request, latest(REQUEST, [request_id]).get(request_id), now, office_days.counting())


def _line(request: SupplementRequest, record: ServiceRecord | None, now: datetime.datetime, counting: Counting) -> Line:
    application = request.application
    organisation, envelope = application.organisation, application.envelope
    name = organisation.name if organisation else envelope.sender if envelope else ""
    address = organisation.address if organisation else envelope.sender_address if envelope else ""
    return Line(request, application.call, name, address, record, served(application.call, record, now, counting))
