"""The outbox of a call: decisions put together, approved by a second person, given up, read."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.procedure.acts import ActState, Purpose, ReleaseState
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import act_numbers, completeness, terms
from razpis.services.decisions.completeness import Examined
from razpis.services.decisions.drafting import Draft
from razpis.services.decisions.gaps import Gap
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal

READERS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)
DECISIONS = Purpose.DECISIONS
OPEN = (ReleaseState.DRAFTED, ReleaseState.APPROVED, ReleaseState.RENDERING, ReleaseState.READY)
SHORTEST, LONGEST = 10, 2000


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox of a call: the set in hand or the one that is out, and the sets given up before it."""

    call: Call
    release: Release | None
    earlier: Sequence[Release]

    @property
    def ready(self) -> int:
        """How many documents are rendered."""
        return sum(act.sha256 is not None for act in self.release.acts) if self.release else 0

    @property
    def unsealed(self) -> int:
        """How many of the rendered documents bear no seal: they have to be printed and signed by hand."""
        return sum(act.sha256 is not None and not act.sealed for act in self.release.acts) if self.release else 0


def outbox(actor: Actor, call_id: int) -> Outbox:
    """The outbox of a call with its acts and their applications. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    query = select(Release).where(Release.call_id == call.id, Release.purpose == DECISIONS)
    query = query.options(joinedload(Release.drafter), joinedload(Release.approver), *_whole())
    query = query.order_by(Release.number.desc())
    found = db.session.scalars(query).all()
    current = found[0] if found and found[0].state is not ReleaseState.DROPPED else None
    return Outbox(call, current, [one for one in found if one is not current])


def current(actor: Actor, call_id: int, number: int) -> Release:
    """The set in hand or out, by its number. Raises :class:`Forbidden`, :class:`Missing`."""
    found = outbox(actor, call_id).release
    if found is None or found.number != number:
        raise Missing
    return found


def examined(actor: Actor, call_id: int, now: datetime.datetime) -> Examined | None:
    """What the whole set lacks now; ``None`` where decisions are not due. Raises as :func:`outbox`."""
    call = outbox(actor, call_id).call
    return completeness.examine(call, now) if call.state is CallState.DECIDING else None


def draft(actor: Actor, call_id: int, now: datetime.datetime) -> int:
    """Put together a draft for every application that waits for its decision; the number of the set.

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` with everything that is missing, or while
    another set is in hand.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    _refuse_second(call)
    found = completeness.examine(call, now)
    refuse_gaps(found)
    if not found.drafts:
        raise Refused(
            Text(
                "Na tem razpisu na odločitev ne čaka nobena vloga.", "No application on this call waits for a decision."
            )
        )
    made = Release(
        call_id=call.id,
        number=next_number(call.id),
        purpose=DECISIONS,
        proposal_id=found.proposal.id,
        state=ReleaseState.DRAFTED,
        sha256=found.sha256,
        drafted_at=now,
        drafted_by=actor.person,
    )
    made.acts = [_act(actor, call, one, now) for one in found.drafts]
    db.session.add(made)
    after = {"release": made.number, "acts": len(made.acts), "sha256": made.sha256, "proposal": found.proposal.number}
    journal.record(actor, now, "release.draft", calls.subject(call), after=after)
    number = made.number
    db.session.commit()
    return number


def approve(actor: Actor, call_id: int, number: int, seen: str, address: str, now: datetime.datetime) -> None:
    """Approve the set as a second person; every act gets its number and its day, and waits to be rendered.

    ``seen`` is the hash of the set as this person saw it, ``address`` where documents can be checked, with ``{key}``.
    Everything is drawn up and checked once more. Raises :class:`Forbidden` for the drafter and for whoever sits in
    the commission, :class:`Missing`, :class:`Stale`, :class:`Refused`.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    release = one(call.id, number)
    refuse_unless(release, ReleaseState.DRAFTED)
    _refuse_same(actor, release)
    _refuse_changed(call, release, seen, now)
    settled = terms.of_call(call)
    release.dated, release.address = local_time(now).date(), address
    for act in release.acts:
        act.number = act_numbers.following(settled, act.application.number if act.application else None)
        act.state = ActState.APPROVED
    release.state, release.approved_at, release.approved_by = ReleaseState.APPROVED, now, actor.person
    after = {"release": release.number, "sha256": release.sha256, "numbers": [act.number for act in release.acts]}
    journal.record(actor, now, "release.approve", calls.subject(call), after=after)
    db.session.commit()


def drop(actor: Actor, call_id: int, number: int, reason: str, now: datetime.datetime) -> None:
    """Give up a set that is not out yet, with a reason; numbers that were given stay with its acts and are never
    given again.

    Raises :class:`Forbidden`, :class:`Missing`, :class:`Invalid` without a reason, :class:`Refused`.
    """
    actor.needs(Role.OFFICER, Role.SIGNATORY)
    told = " ".join(reason.split())
    if not SHORTEST <= len(told) <= LONGEST:
        raise Invalid({"reason": Text("Napišite, zakaj osnutke opuščate.", "Write why you give the drafts up.")})
    call = calls.locked(call_id)
    release = one(call.id, number)
    refuse_unless(release, *OPEN)
    before = {"state": release.state.value}
    give_up(release, told, now)
    after = {"state": release.state.value, "release": release.number, "reason": told}
    journal.record(actor, now, "release.drop", calls.subject(call), before, after)
    db.session.commit()


def give_up(release: Release, told: str, now: datetime.datetime) -> None:
    """Drop a set with its acts, within the running transaction; numbers that were given are never given again."""
    release.state, release.dropped_because = ReleaseState.DROPPED, told
    for act in release.acts:
        act.state, act.ended_at, act.ended_because = ActState.DROPPED, now, told


def next_number(call_id: int) -> int:
    """The number of the next set of a call, whose row is locked."""
    highest = select(func.coalesce(func.max(Release.number), 0)).where(Release.call_id == call_id)
    return db.session.scalars(highest).one() + 1


def one(call_id: int, number: int) -> Release:
    """A set of a call, locked, with its acts. Raises :class:`Missing`."""
    query = select(Release).where(Release.call_id == call_id, Release.number == number).options(*_whole())
    query = query.where(Release.purpose == DECISIONS)
    release = db.session.scalar(query.with_for_update(of=Release).execution_options(populate_existing=True))
    if release is None:
        raise Missing
    return release


def refuse_gaps(found: Examined) -> None:
    """Raises :class:`Refused` with everything that is missing."""
    if not found.gaps:
        return
    shown = [_told(gap) for gap in found.gaps[:20]]
    sl, en = "; ".join(one.sl for one in shown), "; ".join(one.en for one in shown)
    raise Refused(Text(f"Odločitev še ni mogoče sestaviti – {sl}.", f"Decisions cannot be made yet – {en}."))


def _told(gap: Gap) -> Text:
    if gap.application is None:
        return gap.text
    return Text(f"vloga {gap.application}: ", f"application {gap.application}: ") + gap.text


def refuse_unless(release: Release, *states: ReleaseState) -> None:
    """Raises :class:`Refused` where the set is in another state."""
    if release.state not in states:
        raise Refused(
            Text(
                f"Paket odločitev je medtem v stanju »{STATES[release.state].sl}«. Osvežite stran.",
                f"The set of decisions is in the state '{STATES[release.state].en}' by now. Open the page again.",
            )
        )


STATES: Mapping[ReleaseState, Text] = {
    ReleaseState.DRAFTED: Text("osnutki čakajo na odobritev", "drafts wait for approval"),
    ReleaseState.APPROVED: Text("odobreno, čaka na izdelavo dokumentov", "approved, documents are to be made"),
    ReleaseState.RENDERING: Text("dokumenti nastajajo", "documents are being made"),
    ReleaseState.READY: Text("dokumenti so pripravljeni za izdajo", "documents are ready to be issued"),
    ReleaseState.RELEASED: Text("izdano", "issued"),
    ReleaseState.DROPPED: Text("opuščeno", "given up"),
}


def _whole() -> tuple[ExecutableOption, ...]:
    acts = selectinload(Release.acts).joinedload(Act.application)
    return (acts.joinedload(Application.organisation), acts.joinedload(Application.envelope))


def _act(actor: Actor, call: Call, drafted: Draft, now: datetime.datetime) -> Act:
    return Act(
        key=secrets.token_hex(12),
        call_id=call.id,
        application_id=drafted.application.id,
        kind=drafted.kind,
        state=ActState.DRAFTED,
        facts=dict(drafted.facts.content),
        facts_sha256=drafted.facts.sha256,
        drafted_at=now,
        drafted_by=actor.person,
    )


def _refuse_second(call: Call) -> None:
    query = select(Release.id).where(Release.call_id == call.id, Release.state.in_(OPEN))
    query = query.where(Release.purpose == DECISIONS)
    if db.session.scalar(query.limit(1)) is not None:
        raise Refused(
            Text(
                "Osnutki odločitev so že pripravljeni. Če so napačni, jih opustite in pripravite nove.",
                "Decisions are drafted already. If they are wrong, give them up and draft new ones.",
            )
        )


def _refuse_same(actor: Actor, release: Release) -> None:
    if actor.person == release.drafted_by:
        raise Forbidden(
            Text(
                "Osnutke ste pripravili sami; odobriti jih mora druga oseba.",
                "You drafted them yourself; another person has to approve them.",
            )
        )


def _refuse_changed(call: Call, release: Release, seen: str, now: datetime.datetime) -> None:
    if release.sha256 != seen:
        raise Stale(Text("Osnutki so se medtem spremenili. Preglejte jih znova.", "The drafts have changed meanwhile."))
    found = completeness.examine(call, now)
    refuse_gaps(found)
    if found.sha256 != release.sha256:
        raise Refused(
            Text(
                "Od priprave osnutkov se je nekaj spremenilo (nastavitve, naslovnik, vloga ali stanje). Opustite jih "
                "in pripravite nove.",
                "Something has changed since the drafts were made (settings, addressee, application or state). Give "
                "them up and draft new ones.",
            )
        )
