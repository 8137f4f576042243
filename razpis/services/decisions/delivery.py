"""The delivery of issued decisions: dispatch, days of service, and that a call's deciding is over."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import ServiceRecord
from razpis.models.documents import Act
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.serving import Manner
from razpis.procedure.states import CallEvent
from razpis.procedure.workflow import APPLICATION, CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import calls, office_days
from razpis.services.calls.office_days import Counting
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import serving
from razpis.services.examination.serving import RECORDERS, Papers
from razpis.services.files import Store
from razpis.services.records import journal

DECISION = "decision"
READERS = (*RECORDERS, Role.SIGNATORY, Role.AUDITOR)
_KINDS = (Kind.DECISION, Kind.DISMISSAL, Kind.DISCONTINUANCE, Kind.CORRECTION)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An issued decision on its way: to whom and where, its record of service, the day of service as known by now."""

    act: Act
    applicant: str
    address: str
    record: ServiceRecord | None
    served: datetime.date | None


@dataclass(frozen=True, slots=True)
class Log:
    """The delivery log of a call. ``finishable``: every application is decided and every decision served."""

    call: Call
    deliveries: Sequence[Delivery]
    undecided: int

    @property
    def dispatched(self) -> int:
        """How many are on their way or there."""
        return sum(one.record is not None for one in self.deliveries)

    @property
    def served(self) -> int:
        """How many are known to be served."""
        return sum(one.served is not None for one in self.deliveries)

    @property
    def finishable(self) -> bool:
        """Whether deciding can be closed."""
        return bool(self.deliveries) and not self.undecided and self.served == len(self.deliveries)


def log(actor: Actor, call_id: int, now: datetime.datetime) -> Log:
    """The delivery log of a call. A constant number of queries. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    return _log(call, now)


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> Delivery:
    """One issued decision by its act's key. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    found = next((one for one in log(actor, call_id, now).deliveries if one.act.key == key), None)
    if found is None:
        raise Missing
    return found


def history(act: Act) -> Sequence[ServiceRecord]:
    """Every record of service of a decision, the first one first."""
    return serving.history(DECISION, act.id)


def record(actor: Actor, call_id: int, key: str, papers: Papers, now: datetime.datetime, store: Store) -> None:
    """Write down how a decision was served, or correct that with a reason and evidence (ZUP, 83.–98. člen).

    Raises :class:`Forbidden`, :class:`Missing`, :class:`Invalid`, :class:`Refused`.
    """
    actor.needs(*RECORDERS)
    act = _issued(call_id, key)
    assert act.application is not None
    serving.put(actor, act.application, (DECISION, act.id), papers, now, store)
    db.session.commit()


def dispatch(actor: Actor, call_id: int, manner: Manner, day: datetime.date, now: datetime.datetime) -> int:
    """Write down that every decision without a record was sent on ``day`` to its addressee's address; how many.

    Raises :class:`Forbidden`, :class:`Missing`, :class:`Invalid` for a day in the future or before the issue, and
    :class:`Refused` where nothing waits.
    """
    actor.needs(*RECORDERS)
    call = calls.locked(call_id)
    waiting = [one for one in _log(call, now).deliveries if one.record is None]
    if not waiting:
        raise Refused(Text("Vse odločitve so že odpremljene.", "Every decision is dispatched already."))
    issued = max(local_time(one.act.issued_at).date() for one in waiting if one.act.issued_at is not None)
    if not issued <= day <= local_time(now).date():
        told = Text(
            "Dan odpreme ne more biti pred izdajo ali v prihodnosti.",
            "The day of dispatch cannot be before the issue or in the future.",
        )
        raise Invalid({"dispatched_on": told})
    for one in waiting:
        db.session.add(_sent(actor, one, manner, day, now))
    after = {"decisions": [one.act.number for one in waiting], "manner": manner.value, "dispatched": day.isoformat()}
    journal.record(actor, now, "service.dispatch", calls.subject(call), after=after)
    db.session.commit()
    return len(waiting)


def finish(actor: Actor, call_id: int, now: datetime.datetime) -> None:
    """Close deciding: periods for remedies run, each from its own service.

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` while an application is not decided or a
    decision not served, or where it is closed already.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    before = {"state": call.state.value}
    state = step(CALL, call.state, CallEvent.FINISH_DECIDING, Role.OFFICER)
    found = _log(call, now)
    if not found.finishable:
        left = len(found.deliveries) - found.served
        raise Refused(
            Text(
                f"Odločanje se zaključi, ko so vse odločitve izdane in vročene. Vlog brez odločitve: "
                f"{found.undecided}, še ne vročenih odločitev: {left}.",
                f"Deciding is closed once every decision is issued and served. Undecided: {found.undecided}, not "
                f"served yet: {left}.",
            )
        )
    call.state = state
    journal.record(actor, now, "call.finish_deciding", calls.subject(call), before, {"state": state.value})
    db.session.commit()


def _log(call: Call, now: datetime.datetime) -> Log:
    acts = db.session.scalars(_acts(call.id)).all()
    records = serving.latest(DECISION, [act.id for act in acts])
    query = select(Application.state).where(Application.call_id == call.id, Application.number.is_not(None))
    undecided = sum(state not in APPLICATION.settled for state in db.session.scalars(query))
    counting = office_days.counting()
    return Log(call, [_delivery(call, act, records.get(act.id), now, counting) for act in acts], undecided)


def _acts(call_id: int) -> Select[Act]:
    query = select(Act).where(Act.call_id == call_id, Act.state == ActState.ISSUED, Act.kind.in_(_KINDS))
    application = joinedload(Act.application)
    query = query.options(
        application.joinedload(Application.organisation), application.joinedload(Application.envelope)
    )
    return query.where(Act.application_id.is_not(None)).order_by(Act.id)


def _issued(call_id: int, key: str) -> Act:
    query = select(Act).where(
        Act.call_id == call_id, Act.key == key, Act.state == ActState.ISSUED, Act.kind.in_(_KINDS)
    )
    act = db.session.scalar(query.with_for_update(of=Act).execution_options(populate_existing=True))
    if act is None or act.application_id is None:
        raise Missing
    return act


def _delivery(
    call: Call, act: Act, found: ServiceRecord | None, now: datetime.datetime, counting: Counting
) -> Delivery:
    told = act.facts["decision"]["applicant"]
    return Delivery(act, told["name"], told["seat"], found, serving.served(call, found, now, counting))


def _sent(actor: Actor, one: Delivery, manner: Manner, day: datetime.date, now: datetime.datetime) -> ServiceRecord:
    return ServiceRecord(
        application_id=one.act.application_id,
        document=DECISION,
        document_id=one.act.id,
        number=1,
        manner=manner,
        address=f"{one.applicant}, {one.address}"[:300],
        dispatched_on=day,
        recorded_at=now,
        recorded_by=actor.person,
    )
