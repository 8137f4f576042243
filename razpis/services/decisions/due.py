"""What waits for a person in the way of decisions out: to draft, approve, issue, deliver, read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import ServiceRecord
from razpis.models.documents import Act, Publication, Release
from razpis.models.organisations import Mandate
from razpis.models.remedies import RemedyRecord
from razpis.procedure.acts import ActState, Kind, Purpose, ReleaseState
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.decisions import remitted, stopping
from razpis.services.decisions.delivery import DECISION
from razpis.services.decisions.releases import DECISIONS, OPEN
from razpis.services.decisions.result_content import DECIDES, final
from razpis.services.examination.serving import RECORDERS
from razpis.services.organisations import mandates

_SINGLE = {Purpose.CORRECTION: "corrections", Purpose.RENEWAL: "renewals"}
_CLOSED = (CallState.CONTRACTS, CallState.RUNNING, CallState.COMPLETED)
"""States after the end of remedies in which a decision may still be made anew."""
_SENT = select(ServiceRecord.id).where(ServiceRecord.document == DECISION, ServiceRecord.document_id == Act.id).exists()
_WAIT: Mapping[ReleaseState, Mapping[Purpose, tuple[str, str]]] = {
    ReleaseState.DRAFTED: {
        Purpose.CORRECTION: ("Odobrite popravo pomote", "Approve the correction of an error"),
        Purpose.RENEWAL: ("Odobrite novo odločitev o vrnjeni vlogi", "Approve the decision taken anew"),
    },
    ReleaseState.READY: {
        Purpose.CORRECTION: ("Izdajte popravo pomote", "Issue the correction of an error"),
        Purpose.RENEWAL: ("Izdajte novo odločitev o vrnjeni vlogi", "Issue the decision taken anew"),
    },
}
RECENT = datetime.timedelta(days=60)
"""How long an issued decision stands among an applicant's tasks."""


class Due(NamedTuple):
    """One thing to do: the kind of page, the words, and what the page is opened with."""

    kind: str
    text: Text
    key: str | int


def tasks(actor: Actor, now: datetime.datetime) -> Iterator[Due]:
    """What this person should do about decisions now."""
    if not actor.roles.isdisjoint({Role.OFFICER, Role.SIGNATORY, *RECORDERS}):
        yield from _official(actor)
    else:
        yield from _applicant(actor, now)


def _official(actor: Actor) -> Iterator[Due]:
    if Role.OFFICER in actor.roles:
        yield from _after_decisions()
        yield from _undrafted()
    if Role.SIGNATORY in actor.roles:
        yield from _single(actor)
    if not actor.roles.isdisjoint(stopping.RECORDERS):
        yield from _withdrawn()
    if not actor.roles.isdisjoint(RECORDERS):
        yield from _unserved()
    calls = db.session.scalars(select(Call).where(Call.state == CallState.DECIDING).order_by(Call.id)).all()
    if not calls:
        return
    query = select(Release).where(Release.call_id.in_([call.id for call in calls]), Release.purpose == DECISIONS)
    current = {one.call_id: one for one in db.session.scalars(query.order_by(Release.number))}
    for call in calls:
        release = current.get(call.id)
        if release is not None and release.state is ReleaseState.RELEASED:
            if not actor.roles.isdisjoint(RECORDERS):
                yield _due("deliveries", "Vpišite vročitve odločitev", "Record how decisions were served", call)
        elif release is None or release.state not in OPEN:
            if Role.OFFICER in actor.roles:
                yield _due("releases", "Pripravite odločitve", "Draft the decisions", call)
        elif Role.SIGNATORY in actor.roles and release.drafted_by != actor.id:
            yield from _for_signatory(release, call)


def _undrafted() -> Iterator[Due]:
    """Calls with a remitted application whose new decision is still to be drafted."""
    for call in db.session.scalars(select(Call).where(Call.id.in_(remitted.undrafted())).order_by(Call.id)):
        yield _due("renewals", "Odločite znova o vrnjeni vlogi", "Decide anew on a remitted application", call)


def _single(actor: Actor) -> Iterator[Due]:
    """Corrections and decisions taken anew that wait to be approved by another, or issued."""
    query = select(Release).where(Release.purpose != DECISIONS, Release.state.in_(_WAIT)).order_by(Release.id)
    for release in db.session.scalars(query.options(joinedload(Release.call))):
        if release.state is ReleaseState.READY or release.drafted_by != actor.id:
            yield _due(_SINGLE[release.purpose], *_WAIT[release.state][release.purpose], release.call)


def _unserved() -> Iterator[Due]:
    """Calls past deciding with an issued act nobody has sent yet: one taken anew, or a correction."""
    acts = select(Act.call_id).join(Act.release).where(Release.purpose != DECISIONS, Act.state == ActState.ISSUED)
    query = select(Call).where(Call.state.in_((CallState.REMEDIES, *_CLOSED)), Call.id.in_(acts.where(~_SENT)))
    for call in db.session.scalars(query.order_by(Call.id)):
        yield _due("deliveries", "Vpišite vročitve odločitev", "Record how decisions were served", call)


def _withdrawn() -> Iterator[Due]:
    """Calls with applications withdrawn after the deadline whose order is not issued yet, with how many; nothing while
    applications are being opened."""
    query = select(Call, func.count(Application.id)).join(Application, Application.call_id == Call.id)
    query = query.where(Application.state == ApplicationState.STOPPING, Call.state.not_in(stopping.BEFORE_OPENED))
    query = query.group_by(Call.id).order_by(Call.id)
    for call, count in db.session.execute(query):
        sl = f"Umaknjene vloge, ki čakajo na sklep o ustavitvi postopka ({count})"
        yield _due("stops", sl, f"Withdrawn applications that wait for their order ({count})", call)


def _after_decisions() -> Iterator[Due]:
    """Remedies to be recorded; results that are final but not published as such."""
    known = select(RemedyRecord.id).where(RemedyRecord.act_id == Act.id)
    anew = Call.id.in_(
        select(Act.call_id).where(Act.state == ActState.ISSUED, Act.kind.in_(DECIDES), _SENT, ~known.exists())
    )
    last = select(func.max(Publication.id)).group_by(Publication.call_id)
    stale = Call.id.in_(select(Publication.call_id).where(Publication.id.in_(last), Publication.final.is_(False)))
    closed = and_(Call.state.in_(_CLOSED), or_(anew, stale))
    query = select(Call, anew, stale).where(or_(Call.state == CallState.REMEDIES, closed)).order_by(Call.id)
    for call, unrecorded, unpublished in db.session.execute(query):
        if call.state is CallState.REMEDIES:
            yield _due("remedies", "Zapišite pravna sredstva in jih zaključite", "Record remedies and end them", call)
            continue
        if unrecorded:
            sl, en = "Zapišite pravna sredstva zoper novo odločitev", "Record remedies against the new decision"
            yield _due("remedies", sl, en, call)
        if unpublished and final(call):
            yield _due("publications", "Objavite dokončne rezultate", "Publish the final results", call)


def _for_signatory(release: Release, call: Call) -> Iterator[Due]:
    if release.state is ReleaseState.DRAFTED:
        yield _due("releases", "Preglejte in odobrite odločitve", "Look through and approve the decisions", call)
    if release.state is ReleaseState.READY:
        yield _due("releases", "Izdajte odločitve", "Issue the decisions", call)


def _applicant(actor: Actor, now: datetime.datetime) -> Iterator[Due]:
    held = select(Mandate.organisation_id).where(
        Mandate.user_id == actor.person, mandates.valid(local_time(now).date())
    )
    query = select(Act).join(Application, Application.id == Act.application_id)
    query = query.where(Application.organisation_id.in_(held), Act.state == ActState.ISSUED)
    query = query.where(
        Act.kind.in_((Kind.DECISION, Kind.DISMISSAL, Kind.DISCONTINUANCE)), Act.issued_at > now - RECENT
    )
    query = query.options(joinedload(Act.application).joinedload(Application.call)).order_by(Act.issued_at.desc())
    for act in db.session.scalars(query):
        if act.application is not None:
            call = act.application.call
            text = Text(f"Preberite odločitev o vlogi: {call.title_sl}", f"Read the decision: {call.title_en}")
            yield Due("decision", text, act.application.key)


def _due(kind: str, sl: str, en: str, call: Call) -> Due:
    return Due(kind, Text(f"{sl}: {call.reference}", f"{en}: {call.reference}"), call.id)
