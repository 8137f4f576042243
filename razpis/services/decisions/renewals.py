"""Decisions taken anew on their way out: approved by a second person, numbered, rendered, issued in the place of one
that was taken away."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.procedure.acts import Purpose, ReleaseState
from razpis.procedure.finality import Follows
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent
from razpis.procedure.workflow import APPLICATION, step
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import act_facts, issuing, releases, remitted, renewing, single_sets
from razpis.services.decisions.remitted import Taken
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.files import Store
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal
from razpis.services.records.journal import Subject

READERS = single_sets.READERS
_OWN = Text(
    "Odločitev ste pripravili sami; odobriti jo mora druga oseba.",
    "You drafted the decision yourself; another person has to approve it.",
)
_CHANGED = Text("Osnutek se je medtem spremenil.", "The draft has changed meanwhile.")


@dataclass(frozen=True, slots=True)
class Desk:
    """The decisions of a call that were taken away, with what stands in their place."""

    call: Call
    taken: Sequence[Taken]


def desk(actor: Actor, call_id: int) -> Desk:
    """All of a call. A constant number of queries. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    return Desk(call, remitted.of_call(call.id))


def waiting(actor: Actor, call_id: int, key: str) -> tuple[Call, Taken]:
    """The call and a decision taken away (its act's key) whose application waits to be decided anew here.

    Raises :class:`Forbidden`, :class:`Missing`.
    """
    found = desk(actor, call_id)
    for taken in found.taken:
        act = taken.annulment.act
        if act.key == key and act.replaced_by is None and taken.annulment.follows is Follows.RENEWED:
            return found.call, taken
    raise Missing


def one(actor: Actor, call_id: int, key: str) -> tuple[Call, Act]:
    """A decision taken anew by its act's key. Raises :class:`Forbidden`, :class:`Missing`."""
    return single_sets.one(actor, call_id, key, Purpose.RENEWAL)


def approve(actor: Actor, call_id: int, key: str, seen: str, address: str, now: datetime.datetime) -> None:
    """Approve a new decision as a second person: it gets a number of its own and its day, and waits to be rendered.

    ``seen`` and ``address`` as for :func:`razpis.services.decisions.corrections.approve`. It is drawn up and checked
    once more. Raises :class:`Forbidden` for the drafter and for whoever sits in the commission, :class:`Missing`,
    :class:`Stale`, :class:`Refused`.
    """
    call, act, release = _taken_up(actor, call_id, key)
    single_sets.refuse_unseen(actor, act, release, seen, _OWN, _CHANGED)
    _refuse_changed(call, act, now)
    single_sets.approve(actor, act, release, address, now)
    after = {"decision": act.number, "sha256": act.facts_sha256, "annulled": act.facts["renewal"]["number"]}
    journal.record(actor, now, "renewal.approve", _subject(act), after=after)
    db.session.commit()


def issue(
    actor: Actor, call_id: int, key: str, now: datetime.datetime, store: Store, link: Callable[[str], str]
) -> None:
    """Issue a new decision whose document is made: its application is decided, the one taken away is replaced by it.

    ``link`` as for :func:`razpis.services.decisions.issuing.issue`. Raises :class:`Forbidden`, :class:`Missing`,
    :class:`Refused`.
    """
    call, act, release = _taken_up(actor, call_id, key)
    releases.refuse_unless(release, ReleaseState.READY)
    before = _refuse_changed(call, act, now)
    single_sets.release_out(actor, release, store, now)
    told = issuing.issue_one(act, now, link)
    before.annulment.act.replaced_by = act.id
    after = {**told, "release": release.number, "annulled": before.annulment.act.number}
    journal.record(actor, now, "renewal.issue", _subject(act), after=after)
    db.session.commit()


def drop(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> None:
    """Give up a new decision that is not issued; another can be drafted. Raises :class:`Forbidden`, and
    :class:`Missing` where there is none (any more)."""
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    act, release = single_sets.locked(call, key, Purpose.RENEWAL)
    if release.state not in releases.OPEN:
        raise Missing
    releases.give_up(release, "Osnutek nove odločitve je opuščen.", now)
    before = {"decision": act.number, "annulled": act.facts["renewal"]["number"]}
    journal.record(actor, now, "renewal.drop", _subject(act), before=before)
    db.session.commit()


def leave(actor: Actor, call_id: int, key: str, reason: str, now: datetime.datetime) -> None:
    """Give up deciding anew here, because the evaluation there is cannot stand: it is decided outside this program.

    ``key`` is of the act that was taken away. A new decision that is not issued is given up. Raises
    :class:`Forbidden`, :class:`Missing` where none waits, :class:`Invalid` without a reason, and
    :class:`razpis.procedure.workflow.StepRefused` where the application was withdrawn meanwhile.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    _, taken = waiting(actor, call.id, key)
    annulment, told = taken.annulment, " ".join(reason.split())
    if not releases.SHORTEST <= len(told) <= releases.LONGEST:
        raise Invalid(
            {"reason": Text("Napišite, zakaj ocena ne more ostati.", "Write why the evaluation cannot stay.")}
        )
    application = remitted.application_of(annulment.act)
    before = {"follows": annulment.follows.value, "application": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.ANNUL, Role.SIGNATORY)
    application.state, application.changed_at, annulment.follows = state, now, Follows.ELSEWHERE
    if taken.successor is not None and taken.successor.release is not None:
        releases.give_up(taken.successor.release, told, now)
    after = {"follows": annulment.follows.value, "application": state.value, "reason": told}
    after["annulled"] = annulment.act.number or ""
    subject = Subject("application", application.id, call.id)
    journal.record(actor, now, "renewal.leave", subject, before, after)
    db.session.commit()


def _taken_up(actor: Actor, call_id: int, key: str) -> tuple[Call, Act, Release]:
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    return call, *single_sets.locked(call, key, Purpose.RENEWAL)


def _refuse_changed(call: Call, act: Act, now: datetime.datetime) -> Taken:
    """The guards of the step, once more: the decision drawn up today says what this one says."""
    about = act.facts["renewal"]
    taken = remitted.one(call.id, about["act"])
    today = renewing.drawn(call, taken.annulment, about["answer"], now).facts.sha256
    if not today == act_facts.digest(act.facts) == act.facts_sha256:
        raise Refused(
            Text(
                "Od priprave osnutka se je nekaj spremenilo (nastavitve, naslovnik ali stanje vloge). Opustite ga in "
                "pripravite novega.",
                "Something has changed since the draft was made (settings, addressee or state). Give it up and draft "
                "another.",
            )
        )
    return taken


def _subject(act: Act) -> Subject:
    return Subject("application", act.application_id, act.call_id)
