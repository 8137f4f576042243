"""Requests to supplement: what is asked, until when by the record of service, and what the applicant answered."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.models.applications import Application
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.checking import ServiceRecord, SupplementAnswer, SupplementItem, SupplementRequest
from razpis.procedure import serving as law
from razpis.procedure.checking import Aspect
from razpis.procedure.parameter_kinds import Key, Unit
from razpis.procedure.parameters import Parameter, find
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services import legible
from razpis.services.actor import SYSTEM, Actor
from razpis.services.calls import office_days, parameters
from razpis.services.calls.office_days import Counting
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import checks, serving, supplement_mail
from razpis.services.records import journal
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Standing:
    """A request with its service: ``served`` and ``ends`` (last day) are ``None`` until service is recorded."""

    request: SupplementRequest
    record: ServiceRecord | None
    served: datetime.date | None
    ends: datetime.date | None
    over: bool

    @property
    def answer(self) -> SupplementAnswer | None:
        """The filing that counts."""
        return self.request.answers[-1] if self.request.answers else None


def ask(
    actor: Actor,
    application_id: int,
    deficiencies: Mapping[str, str],
    now: datetime.datetime,
    link: Callable[[str], str],
    unsigned: Collection[str] = (),
) -> int:
    """Ask the applicant to mend these fields and attachments, each with what is wrong; the request's number.

    ``link`` gives the address of the applicant's page for it, from the application's key.

    ``unsigned`` are those of them that lack a signature: where nothing else was asked for, an application that is
    not supplemented is dismissed as not signed.

    The period, its unit and article are the call's, the same for everyone, and nothing extends them; it runs from
    service. Raises :class:`Missing` for a field that is none, :class:`Invalid`, :class:`Refused` where the rounds
    are used up or it is not known yet whether an entitled person applied. Source: ZUP, 67. člen.
    """
    application = checks.locked(actor, application_id, now)
    before = {"state": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.ASK_SUPPLEMENT, Role.MEMBER)
    checks.refuse_unentitled(application)
    _refuse_unfit(application, deficiencies)
    own = parameters.of_call(application.call)
    done = requests_of(application_id)
    _refuse_round(done, find(own, Key.SUPPLEMENT_ROUNDS), now)
    period = find(own, Key.SUPPLEMENT_DAYS)
    request = SupplementRequest(
        application_id=application.id,
        round=len(done) + 1,
        days=int(period.value),
        unit=period.unit,
        article=period.source,
        issued_at=now,
        issued_by=actor.person,
        items=[
            SupplementItem(field=key, deficiency=text.strip(), signature=key in unsigned)
            for key, text in deficiencies.items()
        ],
    )
    db.session.add(request)
    db.session.flush()
    application.state, application.changed_at = state, now
    labels = _labels(application.call, list(deficiencies))
    checks.put(actor, application.id, Aspect.COMPLETE, False, "; ".join(labels), period.source, now)
    items = "\n".join(f"– {label}" for label in labels)
    supplement_mail.tell("supplement_asked", application, now, items=items, link=link(application.key))
    after = {"state": state.value, "round": request.round, "items": labels}
    number = request.id
    journal.record(actor, now, "supplement.ask", declarations.subject(application), before, after)
    db.session.commit()
    return number


def find_incomplete(actor: Actor, application_id: int, reason: str, now: datetime.datetime) -> None:
    """What came in time does not mend the application: it is proposed for dismissal, with reasons.

    Raises :class:`Refused` while the period runs or service is not recorded, :class:`Invalid` without a reason.
    """
    application = checks.locked(actor, application_id, now)
    before = {"state": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.FIND_INCOMPLETE, Role.MEMBER)
    if len(reason.strip()) < 3:
        raise Invalid({"reason": Text("Navedite, kaj še manjka.", "Say what is still missing.")})
    if fault := legible.fault(reason):
        raise Invalid({"reason": fault})
    found = _refuse_running(application, now)
    _incomplete(actor, application, state, found, reason.strip(), now)
    after = {"state": state.value, "reason": reason.strip()}
    journal.record(actor, now, "check.incomplete", declarations.subject(application), before, after)
    db.session.commit()


def lapse_due(now: datetime.datetime) -> int:
    """Note every application whose period is over with nothing filed, each in its own transaction; how many."""
    query = select(Application.id).where(Application.state == ApplicationState.SUPPLEMENTING).order_by(Application.id)
    due = db.session.scalars(query).all()
    db.session.rollback()
    return sum(_lapse(number, now) for number in due)


def lapse_late(application: Application, found: Standing, reason: str, now: datetime.datetime) -> None:
    """Only something late came: the application is incomplete, within the running transaction."""
    state = step(APPLICATION, application.state, ApplicationEvent.LAPSE, Role.SYSTEM)
    _incomplete(SYSTEM, application, state, found, reason, now)


def served_and_ended(found: Standing) -> str:
    """What the ground of an incomplete application begins with: when the request was served and its period ended."""
    assert found.served is not None and found.ends is not None
    return f"poziv vročen {_day(found.served)}, rok se je iztekel {_day(found.ends)}; "


def requests_of(application_id: int) -> Sequence[SupplementRequest]:
    """The requests about one application with items and answers, the first round first."""
    query = select(SupplementRequest).where(SupplementRequest.application_id == application_id)
    return db.session.scalars(_whole(query).order_by(SupplementRequest.round)).unique().all()


def of_call(call_id: int, now: datetime.datetime) -> list[Standing]:
    """The requests of a call, the latest round of each application, in the order received. Constant queries."""
    query = _whole(select(SupplementRequest).join(SupplementRequest.application))
    query = query.where(Application.call_id == call_id).order_by(Application.number, SupplementRequest.round)
    last = {one.application_id: one for one in db.session.scalars(query).unique()}
    records = serving.latest(serving.REQUEST, [one.id for one in last.values()])
    counting = office_days.counting()
    return [_standing(one, records.get(one.id), now, counting) for one in last.values()]


def open_of(keys: Collection[str], now: datetime.datetime) -> list[Standing]:
    """The last request about each of these applications, where it can be answered and is not. Constant queries."""
    if not keys:
        return []
    query = _whole(select(SupplementRequest).join(SupplementRequest.application)).where(Application.key.in_(keys))
    last = {one.application_id: one for one in db.session.scalars(query.order_by(SupplementRequest.round)).unique()}
    records = serving.latest(serving.REQUEST, [one.id for one in last.values()])
    counting = office_days.counting()
    found = (_standing(one, records.get(one.id), now, counting) for one in last.values())
    return [one for one in found if one.answer is None and not one.over]


def standing(request: SupplementRequest, now: datetime.datetime) -> Standing:
    """A request with its service and period as they stand at ``now``."""
    record = serving.latest(serving.REQUEST, [request.id]).get(request.id)
    return _standing(request, record, now, office_days.counting())


def sha256(request: SupplementRequest, content: Mapping[str, Any]) -> str:
    """The hash of an answer: over the request it answers and what it says."""
    return hashlib.sha256(canonical({"request": request.id, **content}).encode()).hexdigest()


def _standing(
    request: SupplementRequest, record: ServiceRecord | None, now: datetime.datetime, counting: Counting
) -> Standing:
    served = serving.served(request.application.call, record, now, counting)
    ends = None if served is None else law.last_day(served, request.days, Unit(request.unit), *counting)
    return Standing(request, record, served, ends, ends is not None and not law.in_time(now, ends))


def _whole(query: Any) -> Any:
    return query.options(
        selectinload(SupplementRequest.items),
        selectinload(SupplementRequest.answers),
        joinedload(SupplementRequest.application).joinedload(Application.call),
        joinedload(SupplementRequest.application).joinedload(Application.organisation),
    )


def _refuse_unfit(application: Application, deficiencies: Mapping[str, str]) -> None:
    fields = compiled(application.call.rulebook).fields
    if not deficiencies:
        raise Invalid({"fields": Text("Izberite, kaj je treba dopolniti.", "Choose what has to be mended.")})
    if any(key not in fields or fields[key].filled_by != "applicant" for key in deficiencies):
        raise Missing
    wrong = {
        f"deficiency-{key}": Text(
            "Napišite, kaj je narobe in kaj je treba vložiti.", "Write what is wrong and what must be filed."
        )
        for key, text in deficiencies.items()
        if not 3 <= len(text.strip()) <= LONGEST
    } or legible.faults({f"deficiency-{key}": text for key, text in deficiencies.items()})
    if wrong:
        raise Invalid(wrong)


def _refuse_round(done: Sequence[SupplementRequest], rounds: Parameter, now: datetime.datetime) -> None:
    """Raises :class:`Refused` where no request is left, or where the earlier one still runs."""
    if len(done) >= int(rounds.value):
        raise Refused(
            Text(
                f"K dopolnitvi ste že pozvali; poziv je mogoč največ {rounds.value}-krat ({rounds.source}).",
                f"The applicant was asked already; {rounds.value} request(s) at most ({rounds.source}).",
            )
        )
    if done and not standing(done[-1], now).over:
        raise Refused(Text("Rok prejšnjega poziva še ni potekel.", "The period of the earlier request is not over."))


def _labels(call: Call, keys: Sequence[str]) -> list[str]:
    fields = compiled(call.rulebook).fields
    return [fields[key].label.sl + (" (priloga)" if isinstance(fields[key], AttachmentField) else "") for key in keys]


def _refuse_running(application: Application, now: datetime.datetime) -> Standing:
    done = requests_of(application.id)
    if not done:
        raise Missing
    found = standing(done[-1], now)
    if found.served is None:
        raise Refused(
            Text(
                "Vročitev poziva še ni zabeležena, zato rok še ni začel teči.",
                "The service of the request is not recorded yet, so the period has not begun.",
            )
        )
    if not found.over:
        raise Refused(Text("Rok za dopolnitev še teče.", "The supplement period is still running."))
    return found


def _incomplete(
    actor: Actor,
    application: Application,
    state: ApplicationState,
    found: Standing,
    reason: str,
    now: datetime.datetime,
) -> None:
    told = served_and_ended(found) + reason
    application.state, application.changed_at = state, now
    checks.put(actor, application.id, Aspect.COMPLETE, False, told, found.request.article, now)


def _lapse(application_id: int, now: datetime.datetime) -> bool:
    """Whether nothing came in time."""
    query = select(Application).where(Application.id == application_id)
    application = db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    done = requests_of(application_id)
    found = standing(done[-1], now) if done else None
    if application.state is not ApplicationState.SUPPLEMENTING or found is None or not found.over or found.answer:
        db.session.rollback()
        return False
    before = {"state": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.LAPSE, Role.SYSTEM)
    _incomplete(SYSTEM, application, state, found, "dopolnitev ni bila vložena", now)
    after = {"state": state.value, "reason": "dopolnitev ni bila vložena"}
    journal.record(SYSTEM, now, "supplement.lapse", declarations.subject(application), before, after)
    db.session.commit()
    return True


def _day(day: datetime.date) -> str:
    return f"{day.day}. {day.month}. {day.year}"
