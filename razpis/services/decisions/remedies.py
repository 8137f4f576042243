"""Finality of the decisions of a call: service, period, what was lodged against each; then the end of remedies."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.models.remedies import RemedyRecord
from razpis.procedure import finality as law
from razpis.procedure import serving as periods
from razpis.procedure.acts import ActState
from razpis.procedure.deadlines import local_time
from razpis.procedure.finality import Lodged, Outcome, Period, Remedied
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallEvent, CallState
from razpis.procedure.workflow import CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import calls, office_days
from razpis.services.calls.calls import NOT_FILED
from razpis.services.decisions import act_facts, remedy_records
from razpis.services.decisions.delivery import DECISION
from razpis.services.decisions.result_content import DECIDES
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import serving
from razpis.services.records import journal
from razpis.services.records.journal import Subject

READERS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)
RECORDED_IN = (
    CallState.DECIDING,
    CallState.REMEDIES,
    CallState.CONTRACTS,
    CallState.RUNNING,
    CallState.COMPLETED,
)
"""A court judges a decision when contracts have long been signed."""
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision in force: whose, its period, what is recorded of remedies (the first first), the day it is final
    (``None``: not yet), and whether no ordinary remedy can change it any more."""

    act: Act
    applicant: str
    period: Period
    records: Sequence[RemedyRecord]
    final: datetime.date | None
    exhausted: bool

    @property
    def record(self) -> RemedyRecord | None:
        """What is recorded last."""
        return self.records[-1] if self.records else None

    @property
    def told(self) -> Sequence[Lodged]:
        """What counts of all that is recorded."""
        return law.counting(self.period, [remedy_records.read(one) for one in self.records])

    @property
    def suable(self) -> bool:
        """Whether a suit may follow: an appeal is over, or there was none."""
        suit = Lodged(Remedied.LAWSUIT)
        return law.follows_appeal(self.period, self.told, suit) and law.stands(self.told[-1])


@dataclass(frozen=True, slots=True)
class Register:
    """All decisions of a call. ``undecided``: numbers of applications without a decision in force, but for those whose
    decision was taken away for good."""

    call: Call
    standings: Sequence[Standing]
    undecided: Sequence[int]
    today: datetime.date

    @property
    def over(self) -> Sequence[Standing]:
        """Those whose period is over and of which nothing is recorded yet."""
        return [one for one in self.standings if _over(one, self.today)]

    @property
    def finishable(self) -> bool:
        """Whether every application has a decision that no remedy can change any more."""
        return bool(self.standings) and not self.undecided and all(one.exhausted for one in self.standings)

    @property
    def last(self) -> datetime.date | None:
        """The day the last of them is or becomes final, as far as it is known."""
        days = [one.final or one.period.last for one in self.standings]
        return max((day for day in days if day is not None), default=None)


def register(actor: Actor, call_id: int, now: datetime.datetime) -> Register:
    """The decisions of a call with their finality. A constant number of queries. Raises :class:`Forbidden`,
    :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    return _register(call, now)


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> tuple[Register, Standing]:
    """One decision by its act's key. Raises :class:`Forbidden`, :class:`Missing`."""
    found = register(actor, call_id, now)
    standing = next((one for one in found.standings if one.act.key == key), None)
    if standing is None:
        raise Missing
    return found, standing


def record(actor: Actor, call_id: int, key: str, lodged: Lodged, note: str, seen: int, now: datetime.datetime) -> None:
    """Write down a remedy, or that none was lodged; ``seen`` is the number of the record the page showed, 0 of none.

    A record that says how it ended is changed only with a note. Raises :class:`Forbidden`, :class:`Missing`,
    :class:`Invalid`, and :class:`Refused` once remedies are over or where somebody has recorded meanwhile.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    _refuse_elsewhere(call)
    register_, standing = one(actor, call.id, key, now)
    known, told = standing.record, note.strip()
    if (known.number if known else 0) != seen:
        raise Refused(
            Text("Nekdo je medtem nekaj zapisal. Odprite stran znova.", "Somebody has recorded. Open the page again.")
        )
    _refuse_wrong(standing, lodged, told, register_.today)
    made = _row(actor, standing.act, lodged, told, seen + 1, now)
    db.session.add(made)
    subject = Subject("application", standing.act.application_id, call.id)
    before = _told(known) if known else {}
    journal.record(actor, now, "remedy.record", subject, before, {"decision": standing.act.number, **_told(made)})
    db.session.commit()


def nothing(actor: Actor, call_id: int, now: datetime.datetime) -> int:
    """Write down of every decision whose period is over, and of which nothing is recorded, that nothing was lodged.

    Gives how many. Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` where there is none.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    _refuse_elsewhere(call)
    found = _register(call, now).over
    if not found:
        raise Refused(
            Text(
                "Ni odločitve, pri kateri bi rok potekel in še ne bi bilo nič zapisano.",
                "There is no decision whose period is over with nothing recorded.",
            )
        )
    for standing in found:
        db.session.add(_row(actor, standing.act, Lodged(Remedied.NONE), "", 1, now))
    after = {"decisions": [one.act.number for one in found]}
    journal.record(actor, now, "remedy.nothing", calls.subject(call), after=after)
    db.session.commit()
    return len(found)


def finish(actor: Actor, call_id: int, now: datetime.datetime) -> None:
    """End the time of remedies: every decision is final; contracts follow (``law.md`` §8.4).

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` while a decision can still be changed.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    before = {"state": call.state.value}
    state = step(CALL, call.state, CallEvent.FINISH_REMEDIES, Role.OFFICER)
    found = _register(call, now)
    if not found.finishable:
        left = sum(not one.exhausted for one in found.standings)
        raise Refused(
            Text(
                f"Pravna sredstva še niso končana: odločitev, ki še niso dokončne, je {left}, vlog brez veljavne "
                f"odločitve {len(found.undecided)}.",
                f"Remedies are not over: decisions not final yet {left}, applications without a decision in force "
                f"{len(found.undecided)}.",
            )
        )
    call.state = state
    final = {one.act.number: one.final.isoformat() for one in found.standings if one.final and one.act.number}
    journal.record(
        actor, now, "call.finish_remedies", calls.subject(call), before, {"state": state.value, "final": final}
    )
    db.session.commit()


def _register(call: Call, now: datetime.datetime) -> Register:
    query = select(Act).where(Act.call_id == call.id, Act.state == ActState.ISSUED, Act.kind.in_(DECIDES))
    query = query.where(Act.application_id.is_not(None)).options(joinedload(Act.application)).order_by(Act.id)
    acts, today = db.session.scalars(query).all(), local_time(now).date()
    services, known = (
        serving.latest(DECISION, [act.id for act in acts]),
        remedy_records.recorded(act.id for act in acts),
    )
    counting = office_days.counting()
    standings = []
    for act in acts:
        remedy = act_facts.remedy(act.facts)
        served = serving.served(call, services.get(act.id), now, counting)
        last = None if served is None else periods.last_day(served, remedy.days, Unit.DAYS, *counting)
        standings.append(
            _standing(act, Period(Remedied(remedy.kind.value), served, last), known.get(act.id, ()), today)
        )
    filed = select(Application).where(Application.call_id == call.id, Application.state.not_in(NOT_FILED))
    decided = {act.application_id for act in acts}
    filed = filed.where(Application.state != ApplicationState.ANNULLED).order_by(Application.number)
    waiting = [one.number or 0 for one in db.session.scalars(filed) if one.id not in decided]
    return Register(call, standings, waiting, today)


def _standing(act: Act, period: Period, known: Sequence[RemedyRecord], today: datetime.date) -> Standing:
    told = [remedy_records.read(one) for one in known]
    name = act.facts["decision"]["applicant"]["name"]
    return Standing(act, name, period, known, law.final_on(period, told, today), law.exhausted(period, told, today))


def _over(one: Standing, today: datetime.date) -> bool:
    return one.record is None and one.period.last is not None and one.period.last < today


def _row(actor: Actor, act: Act, lodged: Lodged, note: str, number: int, now: datetime.datetime) -> RemedyRecord:
    """Of nothing lodged there is no day and no outcome, whatever the form held."""
    kept = Lodged(Remedied.NONE) if lodged.kind is Remedied.NONE else lodged
    pending = kept.outcome is Outcome.PENDING
    return RemedyRecord(
        act_id=act.id,
        number=number,
        kind=kept.kind,
        lodged_on=kept.on,
        outcome=kept.outcome,
        ended_on=None if pending else kept.ended,
        reference="" if pending else kept.reference.strip(),
        note=note,
        recorded_at=now,
        recorded_by=actor.person,
    )


def _told(found: RemedyRecord) -> dict[str, str]:
    days = {"lodged_on": found.lodged_on, "ended_on": found.ended_on}
    told = {"kind": found.kind.value, "outcome": found.outcome.value, "reference": found.reference, "note": found.note}
    return told | {name: day.isoformat() for name, day in days.items() if day is not None}


def _refuse_elsewhere(call: Call) -> None:
    if call.state not in RECORDED_IN:
        raise Refused(
            Text(
                "Pravna sredstva se vpisujejo po izdaji odločitev, do predaje razpisa v arhiv.",
                "Remedies are recorded after decisions are issued, until the call is archived.",
            )
        )


def _refuse_wrong(standing: Standing, lodged: Lodged, note: str, today: datetime.date) -> None:
    issued = standing.act.issued_at
    assert issued is not None
    told = [remedy_records.read(one) for one in standing.records]
    found = law.lodged_problems(lodged, told, standing.period, local_time(issued).date(), today)
    wrong = {name: Text(problem.sl, problem.en) for name, problem in found}
    if len(lodged.reference.strip()) > 80:
        wrong["reference"] = Text("Največ 80 znakov.", "At most 80 characters.")
    known, news = standing.record, law.follows_appeal(standing.period, told, lodged)
    if known is not None and known.outcome is not Outcome.PENDING and not news and not note:
        wrong["note"] = Text("Napišite, zakaj popravljate vpis.", "Write why you correct the record.")
    elif len(note) > LONGEST:
        wrong["note"] = Text(f"Največ {LONGEST} znakov.", f"At most {LONGEST} characters.")
    if wrong:
        raise Invalid(wrong)
