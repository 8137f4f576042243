"""Sets of one act – a correction, a decision taken anew – on their own way out: made, found, approved, issued."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

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
from razpis.services.decisions import act_facts, act_numbers, issuing, releases, terms
from razpis.services.errors import Forbidden, Missing, Stale
from razpis.services.files import Store

READERS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)


def made(
    actor: Actor,
    call: Call,
    purpose: Purpose,
    application: int | None,
    kind: Kind,
    facts: Mapping[str, Any],
    now: datetime.datetime,
) -> Release:
    """A new set with its one act, drafted; ``application`` is the number of its row."""
    sha256 = act_facts.digest(facts)
    release = Release(
        call_id=call.id,
        number=releases.next_number(call.id),
        purpose=purpose,
        state=ReleaseState.DRAFTED,
        sha256=sha256,
        drafted_at=now,
        drafted_by=actor.person,
    )
    act = Act(
        key=secrets.token_hex(12),
        call_id=call.id,
        application_id=application,
        kind=kind,
        state=ActState.DRAFTED,
        facts=dict(facts),
        facts_sha256=sha256,
        drafted_at=now,
        drafted_by=actor.person,
    )
    release.acts = [act]
    return release


def listed(actor: Actor, call_id: int, purpose: Purpose) -> tuple[Call, Sequence[Act]]:
    """The call and its acts of this purpose, the newest first, those given up too. Raises :class:`Forbidden`,
    :class:`Missing`."""
    actor.needs(*READERS)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    query = select(Act).join(Act.release).where(Act.call_id == call.id, Release.purpose == purpose)
    query = query.options(joinedload(Act.release).joinedload(Release.drafter), joinedload(Act.application))
    return call, db.session.scalars(query.order_by(Act.id.desc())).all()


def one(actor: Actor, call_id: int, key: str, purpose: Purpose) -> tuple[Call, Act]:
    """One of them by its key. Raises as :func:`listed`."""
    call, found = listed(actor, call_id, purpose)
    act = next((act for act in found if act.key == key), None)
    if act is None:
        raise Missing
    return call, act


def locked(call: Call, key: str, purpose: Purpose) -> tuple[Act, Release]:
    """The act and its set, both locked. Raises :class:`Missing`."""
    query = select(Act).join(Act.release).where(Act.call_id == call.id, Act.key == key, Release.purpose == purpose)
    act = db.session.scalar(query.with_for_update(of=Act).execution_options(populate_existing=True))
    if act is None or act.release is None:
        raise Missing
    db.session.refresh(act.release, with_for_update=True)
    return act, act.release


def refuse_unseen(actor: Actor, act: Act, release: Release, seen: str, own: Text, changed: Text) -> None:
    """Raises :class:`Forbidden` with ``own`` for the drafter, :class:`Stale` with ``changed`` where the hash ``seen``
    is of another text, and :class:`Refused` where the set is no draft any more."""
    releases.refuse_unless(release, ReleaseState.DRAFTED)
    if actor.person == release.drafted_by:
        raise Forbidden(own)
    if seen != act.facts_sha256:
        raise Stale(changed)


def approve(actor: Actor, act: Act, release: Release, address: str, now: datetime.datetime) -> None:
    """Within the running transaction: the act gets its number and its day, and waits to be rendered."""
    release.dated, release.address = local_time(now).date(), address
    act.number = act_numbers.following(terms.of_call(act.call), act.application.number if act.application else None)
    act.state = ActState.APPROVED
    release.state, release.approved_at, release.approved_by = ReleaseState.APPROVED, now, actor.person


def release_out(actor: Actor, release: Release, store: Store, now: datetime.datetime) -> None:
    """Within the running transaction: the set is out, its file lying there as it was made. Raises :class:`Refused`."""
    releases.refuse_unless(release, ReleaseState.READY)
    issuing.refuse_damaged(release, store)
    release.state, release.released_at, release.released_by = ReleaseState.RELEASED, now, actor.person
