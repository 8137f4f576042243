"""Sittings of a commission: begun with a quorum, who is there and who left, and whether they may decide on a vote."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.sittings import Presence, Sitting
from razpis.procedure.commission import CommissionFunction, has_quorum
from razpis.procedure.roles import Role
from razpis.procedure.sittings import SITTINGS, SittingKind, can_decide
from razpis.procedure.states import CallEvent, CallState
from razpis.procedure.workflow import CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations, exclusions, seated
from razpis.services.sitting.exclusions import Exclusion

WHEN: Mapping[SittingKind, frozenset[CallState]] = {
    SittingKind.OPENING: frozenset({CallState.CLOSED, CallState.OPENING}),
    SittingKind.CHECKING: frozenset({CallState.CHECKING, CallState.SCORING}),
    SittingKind.SCORING: frozenset({CallState.SCORING, CallState.AGREEING}),
    SittingKind.PROPOSING: frozenset({CallState.AGREEING, CallState.PROPOSED}),
}
"""In which states of the call a sitting of each kind may begin."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What begins a sitting: who of the commission is there, by number."""

    kind: SittingKind
    place: str
    present: Collection[int]
    open_to_public: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who is at the running sitting, who sits in the commission, and who is excluded from what."""

    sitting: Sitting
    seats: Sequence[Seat]
    present: frozenset[int]
    exclusions: Mapping[int, Exclusion]
    quorum: int

    @property
    def quorate(self) -> bool:
        """Whether those present can decide on what concerns all applications together."""
        return can_decide(self.present, Exclusion().sitters(self.seats), (), self.quorum)

    def can_decide(self, application_id: int) -> bool:
        """Whether those present can decide on this application, after the exclusions from it."""
        one = self.exclusions.get(application_id, Exclusion())
        return can_decide(self.present, one.sitters(self.seats), one.excluded, self.quorum)

    def left_out(self, application_id: int) -> list[str]:
        """Names of those present who may not take part in this application."""
        out = self.exclusions.get(application_id, Exclusion()).excluded & self.present
        return [seat.user.name for seat in self.seats if seat.user_id in out]


def start(actor: Actor, call_id: int, beginning: Beginning, now: datetime.datetime) -> int:
    """Begin a sitting; its number in the database. The first one for the opening moves the call to the opening.

    Raises :class:`Invalid` for the place or for people who do not sit there, :class:`Refused` before the deadline,
    without a quorum, where somebody present has not declared for every application, and while another sitting
    runs; ``StepRefused`` where the call is not there.
    """
    seated.presiding(actor, call_id)
    call = calls.locked(call_id)
    state = _refuse_unfit(call, beginning, now)
    if db.session.scalar(_running(call.id)) is not None:
        raise Refused(Text("Seja te komisije že teče.", "A sitting of this commission is running already."))
    _refuse_present(call, beginning.present)
    before = {"state": call.state.value}
    call.state = state
    sitting = Sitting(
        call_id=call.id,
        number=db.session.scalars(select(func.count(Sitting.id)).where(Sitting.call_id == call.id)).one() + 1,
        kind=beginning.kind,
        place=beginning.place.strip(),
        open_to_public=beginning.open_to_public,
        started_at=now,
        started_by=actor.person,
        presences=[Presence(user_id=person, came_at=now) for person in sorted(set(beginning.present))],
    )
    db.session.add(sitting)
    db.session.flush()
    number = sitting.id
    after = {"state": state.value, "kind": sitting.kind.value, "present": _names(call.id, set(beginning.present))}
    journal.record(actor, now, "sitting.start", _subject(sitting), before, after)
    db.session.commit()
    return number


def come(actor: Actor, call_id: int, user_id: int, now: datetime.datetime) -> None:
    """Note that a member has come to the running sitting. Raises :class:`Missing`, :class:`Refused`."""
    seated.presiding(actor, call_id)
    sitting = running(call_id, lock=True)
    _refuse_present(sitting.call, [user_id], whole=False)
    if any(one.user_id == user_id and one.left_at is None for one in sitting.presences):
        raise Refused(Text("Ta oseba je že navzoča.", "This person is present already."))
    sitting.presences.append(Presence(user_id=user_id, came_at=now))
    after = {"person": _names(call_id, {user_id})}
    journal.record(actor, now, "sitting.come", _subject(sitting), after=after)
    db.session.commit()


def leave(actor: Actor, call_id: int, user_id: int, now: datetime.datetime) -> None:
    """Note that a member has left the running sitting. Raises :class:`Missing` where they are not there."""
    seated.presiding(actor, call_id)
    sitting = running(call_id, lock=True)
    there = next((one for one in sitting.presences if one.user_id == user_id and one.left_at is None), None)
    if there is None:
        raise Missing
    there.left_at = now
    after = {"person": [there.user.name]}
    journal.record(actor, now, "sitting.leave", _subject(sitting), after=after)
    db.session.commit()


def end(actor: Actor, call_id: int, now: datetime.datetime) -> int:
    """End the running sitting; its number. Minutes are drafted afterwards. Raises :class:`Refused`."""
    seated.presiding(actor, call_id)
    sitting = running(call_id, lock=True)
    for one in sitting.presences:
        one.left_at = one.left_at or now
    sitting.ended_at = now
    number = sitting.id
    journal.record(actor, now, "sitting.end", _subject(sitting))
    db.session.commit()
    return number


def running(call_id: int, lock: bool = False) -> Sitting:
    """The sitting that runs, with those present. Raises :class:`Refused` where none does."""
    query = _running(call_id)
    if lock:
        query = query.with_for_update(of=Sitting).execution_options(populate_existing=True)
    sitting = db.session.scalar(query)
    if sitting is None:
        raise Refused(
            Text(
                "Seja ne teče. Predsednica ali predsednik naj jo začne.",
                "No sitting is running. The president has to begin it.",
            )
        )
    return sitting


def runs(call_id: int) -> bool:
    """Whether a sitting of this commission runs."""
    query = select(Sitting.id).where(Sitting.call_id == call_id, Sitting.ended_at.is_(None))
    return db.session.scalar(query) is not None


def attendance(call_id: int, lock: bool = False) -> Attendance:
    """The running sitting with all that decides about quorums. Raises :class:`Refused` where none runs."""
    sitting = running(call_id, lock)
    present = frozenset(one.user_id for one in sitting.presences if one.left_at is None)
    return Attendance(sitting, seated.of_call(call_id), present, exclusions.of_call(call_id), sitting.call.quorum)


def deciding(actor: Actor, application: Application, now: datetime.datetime) -> Attendance:
    """The running sitting, where the actor may decide with those present on this application.

    On every path to a decision of the commission: the actor votes, has declared no conflict, is present, and a
    quorum is left after the exclusions. Raises :class:`Forbidden` and :class:`Refused`.
    """
    seated.voting(actor, application.call_id)
    found = attendance(application.call_id, lock=True)
    if actor.person not in found.present:
        raise Refused(Text("Na tej seji niste navzoči.", "You are not present at this sitting."))
    refuse_without_quorum(found, application)
    return found


def refuse_without_quorum(found: Attendance, application: Application) -> None:
    """Raises :class:`Refused` where the exclusions leave no quorum for this application."""
    if not found.can_decide(application.id):
        out = ", ".join(found.left_out(application.id)) or "–"
        raise Refused(
            Text(
                f"Pri vlogi {application.number} komisija po izločitvah ni sklepčna (izločeni: {out}). Predstojnik naj "
                "določi namestnika ali naj pride še kdo.",
                f"For application {application.number} there is no quorum after the exclusions (excluded: {out}). The "
                "head has to name a substitute, or another member has to come.",
            )
        )


def of_call(actor: Actor, call_id: int) -> Sequence[Sitting]:
    """Every sitting of the commission, the first one first. Raises as :func:`razpis.services.seated.held`."""
    seated.held(actor, call_id)
    query = select(Sitting).where(Sitting.call_id == call_id).order_by(Sitting.number)
    parts = (selectinload(Sitting.presences).joinedload(Presence.user), selectinload(Sitting.minutes))
    return db.session.scalars(query.options(*parts)).all()


def _refuse_unfit(call: Call, beginning: Beginning, now: datetime.datetime) -> CallState:
    """The state of the call when the sitting has begun."""
    state = calls.state_now(call, now)
    if beginning.kind is SittingKind.OPENING:
        declarations.refuse_before_deadline(call, now)
        if state is not CallState.OPENING:
            state = step(CALL, state, CallEvent.START_OPENING, Role.PRESIDENT)
    elif state not in WHEN[beginning.kind]:
        words = SITTINGS[beginning.kind]
        raise Refused(
            Text(
                f"Seje z namenom »{words.sl}« v tem stanju razpisa ni mogoče začeti.",
                f"A sitting for '{words.en}' cannot begin in this state of the call.",
            )
        )
    if not 2 <= len(beginning.place.strip()) <= 200:
        raise Invalid({"place": Text("Vpišite kraj seje.", "Write where the sitting is held.")})
    return state


def _refuse_present(call: Call, present: Collection[int], whole: bool = True) -> None:
    """Raises for people who do not sit there, have not declared, or (``whole``) are no quorum."""
    functions = {seat.user_id: seat for seat in seated.of_call(call.id)}
    if not set(present) <= set(functions):
        raise Missing
    if whole and not has_quorum([functions[one].function for one in present if _counts(functions[one])], call.quorum):
        raise Refused(
            Text(
                f"Komisija ni sklepčna: navzoča mora biti predsednica ali predsednik, vseh navzočih, ki odločajo, pa "
                f"mora biti vsaj {call.quorum}. Namestnik šteje le pri vlogah, pri katerih nadomešča izločenega člana.",
                f"There is no quorum: the president and at least {call.quorum} who vote must be present.",
            )
        )
    left = declarations.undeclared(call.id, sorted(set(present)))
    if left:
        names = ", ".join(f"{functions[person].user.name} ({count})" for person, count in left.items())
        raise Refused(
            Text(
                f"Pred sejo morajo vsi navzoči podati izjavo o nasprotju interesov za vsako vlogo. Manjkajo: {names}.",
                f"Everyone present must first declare for every application. Missing: {names}.",
            )
        )


def _counts(seat: Seat) -> bool:
    return seat.function is not CommissionFunction.DEPUTY


def _running(call_id: int) -> Select[Sitting]:
    query = select(Sitting).where(Sitting.call_id == call_id, Sitting.ended_at.is_(None))
    return query.options(selectinload(Sitting.presences).joinedload(Presence.user), joinedload(Sitting.call))


def _names(call_id: int, people: set[int]) -> list[str]:
    return [seat.user.name for seat in seated.of_call(call_id) if seat.user_id in people]


def _subject(sitting: Sitting) -> Subject:
    return Subject("sitting", sitting.id, sitting.call_id)
