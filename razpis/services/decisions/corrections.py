"""Corrections on their way out: each a set of its own, approved by a second person, numbered, rendered, issued."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.procedure.acts import ActState, Kind, Purpose, ReleaseState
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import releases, single_sets
from razpis.services.errors import Refused
from razpis.services.examination import supplement_mail
from razpis.services.files import Store
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal

READERS = single_sets.READERS
_OWN = Text(
    "Popravo ste pripravili sami; odobriti jo mora druga oseba.",
    "You drafted the correction yourself; another person has to approve it.",
)
_CHANGED = Text("Poprava se je medtem spremenila.", "The correction has changed meanwhile.")


def listed(actor: Actor, call_id: int) -> tuple[Call, Sequence[Act]]:
    """The call and its corrections, the newest first, those given up too. Raises :class:`Forbidden`,
    :class:`Missing`."""
    return single_sets.listed(actor, call_id, Purpose.CORRECTION)


def one(actor: Actor, call_id: int, key: str) -> tuple[Call, Act]:
    """One of them by its key. Raises as :func:`listed`."""
    return single_sets.one(actor, call_id, key, Purpose.CORRECTION)


def approve(actor: Actor, call_id: int, key: str, seen: str, address: str, now: datetime.datetime) -> None:
    """Approve a correction as a second person: it gets its number and its day, and waits to be rendered.

    ``seen`` is the hash of what this person read, ``address`` where documents can be checked, with ``{key}``. Raises
    :class:`Forbidden` for the drafter and for whoever sits in the commission, :class:`Missing`, :class:`Stale`,
    :class:`Refused`.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    act, release = single_sets.locked(call, key, Purpose.CORRECTION)
    single_sets.refuse_unseen(actor, act, release, seen, _OWN, _CHANGED)
    _refuse_ended(act)
    single_sets.approve(actor, act, release, address, now)
    after = {"correction": act.number, "sha256": act.facts_sha256, "corrects": act.facts["number"]}
    journal.record(actor, now, "correction.approve", calls.subject(call), after=after)
    db.session.commit()


def issue(
    actor: Actor, call_id: int, key: str, now: datetime.datetime, store: Store, link: Callable[[str], str]
) -> None:
    """Issue a correction whose document is made; the applicant gets a message, periods run from its service.

    ``link`` as for :func:`razpis.services.decisions.issuing.issue`. Raises :class:`Forbidden`, :class:`Missing`,
    :class:`Refused`.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    act, release = single_sets.locked(call, key, Purpose.CORRECTION)
    releases.refuse_unless(release, ReleaseState.READY)
    _refuse_ended(act)
    single_sets.release_out(actor, release, store, now)
    act.state, act.issued_at = ActState.ISSUED, now
    if act.application is not None:
        address = link(act.application.key)
        supplement_mail.tell("correction_waits", act.application, now, number=act.number or "", link=address)
    after = {"correction": act.number, "sha256": act.sha256, "corrects": act.facts["number"]}
    journal.record(actor, now, "correction.issue", calls.subject(call), after=after)
    db.session.commit()


def of_act(act: Act) -> Sequence[Act]:
    """The issued corrections of a document, the first one first."""
    query = select(Act).where(Act.call_id == act.call_id, Act.kind == Kind.CORRECTION, Act.state == ActState.ISSUED)
    query = query.where(Act.application_id == act.application_id).order_by(Act.issued_at, Act.id)
    return [one for one in db.session.scalars(query) if one.facts.get("act") == act.key]


def _refuse_ended(act: Act) -> None:
    """Only a document in force is corrected."""
    query = select(Act.state).where(Act.key == act.facts["act"])
    if db.session.scalar(query) is not ActState.ISSUED:
        raise Refused(
            Text(
                "Dokument, ki naj bi se popravil, ne velja več. Popravo opustite.",
                "The document to be corrected is no longer in force. Give the correction up.",
            )
        )
