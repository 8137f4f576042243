"""Corrections on their way out: each a set of its own, approved by a second person, numbered, rendered, issued."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.procedure.acts import ActState, Kind, Purpose, ReleaseState
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import act_numbers, issuing, releases, terms
from razpis.services.errors import Forbidden, Missing, Refused, Stale
from razpis.services.examination import supplement_mail
from razpis.services.files import Store
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal

READERS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)


def listed(actor: Actor, call_id: int) -> tuple[Call, Sequence[Act]]:
    """The call and its corrections, the newest first, those given up too. Raises :class:`Forbidden`,
    :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    query = select(Act).where(Act.call_id == call.id, Act.kind == Kind.CORRECTION, Act.release_id.is_not(None))
    query = query.options(joinedload(Act.release).joinedload(Release.drafter), joinedload(Act.application))
    return call, db.session.scalars(query.order_by(Act.id.desc())).all()


def one(actor: Actor, call_id: int, key: str) -> tuple[Call, Act]:
    """One of them by its key. Raises as :func:`listed`."""
    call, found = listed(actor, call_id)
    act = next((act for act in found if act.key == key), None)
    if act is None:
        raise Missing
    return call, act


def approve(actor: Actor, call_id: int, key: str, seen: str, address: str, now: datetime.datetime) -> None:
    """Approve a correction as a second person: it gets its number and its day, and waits to be rendered.

    ``seen`` is the hash of what this person read, ``address`` where documents can be checked, with ``{key}``. Raises
    :class:`Forbidden` for the drafter and for whoever sits in the commission, :class:`Missing`, :class:`Stale`,
    :class:`Refused`.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    act, release = _locked(call, key)
    releases.refuse_unless(release, ReleaseState.DRAFTED)
    if actor.person == release.drafted_by:
        raise Forbidden(
            Text(
                "Popravek ste pripravili sami; odobriti ga mora druga oseba.",
                "You drafted the correction yourself; another person has to approve it.",
            )
        )
    if seen != act.facts_sha256:
        raise Stale(Text("Popravek se je medtem spremenil.", "The correction has changed meanwhile."))
    _refuse_ended(act)
    release.dated, release.address = local_time(now).date(), address
    act.number = act_numbers.following(terms.of_call(call), act.application.number if act.application else None)
    act.state = ActState.APPROVED
    release.state, release.approved_at, release.approved_by = ReleaseState.APPROVED, now, actor.person
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
    act, release = _locked(call, key)
    releases.refuse_unless(release, ReleaseState.READY)
    _refuse_ended(act)
    issuing.refuse_damaged(release, store)
    act.state, act.issued_at = ActState.ISSUED, now
    release.state, release.released_at, release.released_by = ReleaseState.RELEASED, now, actor.person
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


def _locked(call: Call, key: str) -> tuple[Act, Release]:
    query = select(Act).where(Act.call_id == call.id, Act.key == key, Act.kind == Kind.CORRECTION)
    act = db.session.scalar(query.with_for_update(of=Act).execution_options(populate_existing=True))
    if act is None or act.release is None:
        raise Missing
    db.session.refresh(act.release, with_for_update=True)
    assert act.release.purpose is Purpose.CORRECTION
    return act, act.release


def _refuse_ended(act: Act) -> None:
    """Only a document in force is corrected."""
    query = select(Act.state).where(Act.key == act.facts["act"])
    if db.session.scalar(query) is not ActState.ISSUED:
        raise Refused(
            Text(
                "Dokument, ki bi se popravil, ne velja več. Popravek opustite.",
                "The document to be corrected is no longer in force. Give the correction up.",
            )
        )
