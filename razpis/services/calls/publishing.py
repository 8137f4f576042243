"""From the draft to the published call: review, approval, publication, amendments, each version frozen by a hash."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call, CallVersion, Notice
from razpis.procedure.deadlines import deadline_problems, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import CallEvent, CallState
from razpis.procedure.workflow import CALL, step
from razpis.services.actor import Actor
from razpis.services.calls import call_rules, calls, filers, freezing, locking, readiness
from razpis.services.calls.readiness import Gap
from razpis.services.errors import Invalid, Refused
from razpis.services.records import journal

REASON = Text("Navedite razloge.", "Give the reasons.")


class NotReady(Refused):
    """Something is missing; ``gaps`` are all of it."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(Text(" ".join(gap.text.sl for gap in gaps), " ".join(gap.text.en for gap in gaps)))
        self.gaps = gaps


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an amendment sets. ``text``: the whole rulebook; ``act``: the number of the amendment that was signed."""

    text: str
    deadline: datetime.datetime
    summary_sl: str
    summary_en: str
    contact: str
    questions_until: datetime.datetime | None
    reason: str
    act: str


def send_to_review(
    actor: Actor, call_id: int, revision: int, now: datetime.datetime, examples_seen: bool = False
) -> None:
    """Hand a draft to the signatory; ``examples_seen``: examples that come out otherwise are meant to.

    Raises :class:`NotReady` with all that is missing.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.SEND_TO_REVIEW, Role.OFFICER)
    calls.as_seen(call, revision)
    gaps = readiness.missing_for_review(call, now, examples_seen)
    if gaps:
        raise NotReady(gaps)
    _moved(actor, call, CallEvent.SEND_TO_REVIEW, state, now)


def approve(actor: Actor, call_id: int, revision: int, now: datetime.datetime) -> None:
    """Approve the call as the signatory saw it: the procedure begins."""
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.APPROVE, Role.SIGNATORY)
    calls.as_seen(call, revision)
    _moved(actor, call, CallEvent.APPROVE, state, now)


def send_back(actor: Actor, call_id: int, reason: str, now: datetime.datetime) -> None:
    """Return the call to its officer with a reason. Raises :class:`Invalid` without one."""
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.RETURN_TO_DRAFT, Role.SIGNATORY)
    put_notice(actor, call, CallEvent.RETURN_TO_DRAFT, reason, "", now)
    _moved(actor, call, CallEvent.RETURN_TO_DRAFT, state, now, reason)


def publish(actor: Actor, call_id: int, revision: int, now: datetime.datetime) -> CallVersion:
    """Publish a confirmed call and freeze rules, texts and parameters under one hash (``law.md`` §2, §8.1).

    Raises :class:`NotReady` with all that is missing, and :class:`Stale`.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.PUBLISH, Role.OFFICER)
    calls.as_seen(call, revision)
    gaps = readiness.missing(call, now)
    if gaps:
        raise NotReady(gaps)
    call.published_at = now
    call.opens_at = call.opens_at or now.replace(microsecond=0)
    version = freezing.freeze(actor, call, "", "", now)
    _moved(actor, call, CallEvent.PUBLISH, state, now, version=version)
    return version


def amend(actor: Actor, call_id: int, revision: int, new: Amendment, now: datetime.datetime) -> int:
    """Publish a new version before the deadline and write to all who filed; how many they are.

    Days and texts may change, the money may grow; criteria may not (``law.md`` §2, §8.4). Raises
    :class:`Invalid`, :class:`Refused`, :class:`Stale`, and ``StepRefused`` from the second after the deadline.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    state = step(CALL, calls.state_now(call, now), CallEvent.AMEND, Role.OFFICER)
    calls.as_seen(call, revision)
    _check_amendment(call, new, now)
    locking.refuse_other_rules(call.rulebook, new.text)
    before = call.versions[-1].sha256
    call.deadline, call.questions_until = new.deadline, new.questions_until
    call.summary_sl, call.summary_en, call.contact = new.summary_sl, new.summary_en, new.contact
    call_rules.follow(call, call_rules.with_deadline(new.text, new.deadline))
    if freezing.same(call, call.versions[-1]):
        raise Refused(Text("Nič ni spremenjeno, zato ni česa objaviti.", "Nothing is changed: nothing to publish."))
    version = freezing.freeze(actor, call, new.reason, new.act, now)
    told = filers.tell(call, now, "call_amended", new.reason.strip())
    _moved(actor, call, CallEvent.AMEND, state, now, new.reason, version, {"before": before, "told": told})
    return told


def put_notice(actor: Actor, call: Call, event: CallEvent, reason: str, act: str, now: datetime.datetime) -> None:
    """Write down a decision with its reasons, within the running transaction. Raises :class:`Invalid` without."""
    if not reason.strip():
        raise Invalid({"reason": REASON})
    call.notices.append(Notice(event=event, reason=reason.strip(), act=act.strip(), at=now, by=actor.person))


def _check_amendment(call: Call, new: Amendment, now: datetime.datetime) -> None:
    wrong: dict[str, Text] = {}
    if not new.reason.strip():
        wrong["reason"] = REASON
    if not new.act.strip():
        wrong["act"] = Text(
            "Vpišite številko in datum podpisane spremembe razpisa.", "Write number and date of the signed amendment."
        )
    if not new.contact.strip():
        wrong["contact"] = Text("Kontakt ne sme biti prazen.", "The contact must not be empty.")
    if call.deadline is not None and new.deadline != call.deadline:
        problems = deadline_problems(new.deadline, local_time(now).date(), 0)
        if new.deadline < call.deadline:
            wrong["deadline"] = Text(
                "Objavljenega roka ne morete skrajšati; lahko ga le podaljšate.",
                "A published deadline cannot be shortened, only extended.",
            )
        elif problems:
            wrong["deadline"] = Text(problems[0].sl, problems[0].en)
    if new.questions_until is not None and new.questions_until > new.deadline:
        wrong["questions_until"] = Text(
            "Vprašanja se sprejemajo največ do roka za prijavo.", "Questions are taken up to the deadline at most."
        )
    if wrong:
        raise Invalid(wrong)


def _moved(
    actor: Actor,
    call: Call,
    event: CallEvent,
    state: CallState,
    now: datetime.datetime,
    reason: str = "",
    version: CallVersion | None = None,
    more: dict[str, object] | None = None,
) -> None:
    """Take the step, record it, and end the command."""
    before = {"state": call.state.value}
    call.state = state
    call.revision += 1
    after: dict[str, object] = {"state": state.value, **(more or {})}
    if reason.strip():
        after["reason"] = reason.strip()
    if version is not None:
        after |= {"version": version.number, "sha256": version.sha256}
    journal.record(actor, now, f"call.{event.value}", calls.subject(call), before, after)
    db.session.commit()
