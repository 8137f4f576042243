"""Applications on a call: whose they are, starting one, and listing one's own."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.organisations import Mandate, Organisation
from razpis.procedure.deadlines import is_open, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services.actor import Actor
from razpis.services.applications.known_answers import known_answers
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.organisations import mandates
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.rules.rulebooks import compiled

COUNTED = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
"""Applications that use up what an organisation may file on a call."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the applicant's own list; ``receipt`` is of the filing that stands."""

    key: str
    state: ApplicationState
    call: int
    title: Text
    reference: str
    organisation: str
    lot: str
    deadline: datetime.datetime | None
    changed_at: datetime.datetime
    receipt: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be applied for: the call, its rules, and the organisations this person may act for."""

    call: Call
    rulebook: Rulebook
    organisations: Sequence[Organisation]


def mine(actor: Actor, now: datetime.datetime) -> list[Listed]:
    """Applications of every organisation the person may act for, the latest deadline first."""
    receipt = (
        select(func.max(Filing.receipt))
        .where(Filing.application_id == Application.id, Filing.replaced_at.is_(None), Filing.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(Application, Call, Organisation.name, receipt)
        .join(Call, Call.id == Application.call_id)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(Application.organisation_id.in_(_held(actor, now)))
        .order_by(Call.deadline.desc().nulls_last(), Application.id.desc())
    )
    return [
        Listed(
            one.key,
            one.state,
            call.id,
            Text(call.title_sl, call.title_en),
            call.reference,
            name,
            one.lot,
            call.deadline,
            one.changed_at,
            number,
        )
        for one, call, name, number in db.session.execute(query)
    ]


def offer(actor: Actor, call_id: int, now: datetime.datetime) -> Offer:
    """What a person sees before starting. Raises :class:`Missing` for a call never published."""
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.published_at.is_not(None)))
    if call is None:
        raise Missing
    query = select(Organisation).where(Organisation.id.in_(_held(actor, now))).order_by(Organisation.name)
    return Offer(call, compiled(call.rulebook), db.session.scalars(query.order_by(Organisation.id)).all())


def start(actor: Actor, call_id: int, organisation_id: int | None, lot: str, now: datetime.datetime) -> str:
    """Begin an application; its key.

    Raises :class:`Missing` for another's organisation or an unknown call, :class:`Refused` where the call is not
    open or the organisation has used up its number of applications, :class:`Invalid` for a lot that is none.
    """
    call = open_call(call_id, now)
    rulebook = compiled(call.rulebook)
    wrong = {}
    if organisation_id is None:
        wrong["organisation"] = Text("Izberite organizacijo.", "Choose the organisation.")
    if lot not in (list(rulebook.file.lots) or [""]):
        wrong["lot"] = Text("Izberite sklop razpisa.", "Choose a lot of the call.")
    if organisation_id is None or wrong:
        raise Invalid(wrong)
    found = mandates.organisation(actor, organisation_id, now)
    _refuse_more(call, found)
    application = Application(
        key=secrets.token_urlsafe(12),
        call_id=call.id,
        organisation_id=found.id,
        state=step(APPLICATION, None, ApplicationEvent.START, Role.APPLICANT),
        lot=lot,
        created_at=now,
        created_by=actor.person,
        changed_at=now,
    )
    application.answers = known_answers(rulebook, found, actor, now)
    db.session.add(application)
    db.session.flush()
    subject = Subject("application", application.id, call.id)
    journal.record(actor, now, "application.start", subject, after={"organisation": found.id, "lot": lot})
    db.session.commit()
    return application.key


def own(actor: Actor, key: str, now: datetime.datetime) -> Application:
    """The application, for somebody who may act for its organisation today.

    Raises :class:`Missing` for a stranger, :class:`Forbidden` for whoever may act no longer.
    """
    return _own(actor, key, now, lock=False)[0]


def own_locked(actor: Actor, key: str, now: datetime.datetime) -> tuple[Application, Mandate]:
    """The same, locked for a change, with the mandate it is changed by. Raises as :func:`own`."""
    return _own(actor, key, now, lock=True)


def open_call(call_id: int, now: datetime.datetime) -> Call:
    """The call, kept from being amended meanwhile; it takes applications at ``now``.

    Raises :class:`Missing` and :class:`Refused`. The server's time decides, to the whole second.
    """
    query = select(Call).where(Call.id == call_id, Call.published_at.is_not(None))
    call = db.session.scalar(query.with_for_update(read=True).execution_options(populate_existing=True))
    if call is None:
        raise Missing
    if not takes(call, now):
        raise Refused(closed_words(call, now))
    return call


def takes(call: Call, now: datetime.datetime) -> bool:
    """Whether the call takes applications at ``now``."""
    if call.state is not CallState.PUBLISHED or call.opens_at is None or call.deadline is None:
        return False
    return is_open(now, call.opens_at, call.deadline)


def closed_words(call: Call, now: datetime.datetime) -> Text:
    """Why the call takes no applications at ``now``."""
    if call.state is CallState.SUSPENDED:
        return Text("Razpis je zadržan; vlog ta čas ne sprejema.", "The call is suspended and takes no applications.")
    if call.opens_at is not None and now < call.opens_at:
        return Text("Razpis vlog še ne sprejema.", "The call does not take applications yet.")
    return Text(
        f"Rok za prijavo je potekel{_told(call.deadline)}. Vloge ni več mogoče spremeniti ali oddati.",
        "The deadline has passed. The application can no longer be changed or filed.",
    )


def standing(application: Application) -> Filing | None:
    """The filing that counts: neither replaced nor withdrawn."""
    left = [one for one in application.filings if one.replaced_at is None and one.withdrawn_at is None]
    return left[-1] if left else None


def _held(actor: Actor, now: datetime.datetime) -> Any:
    valid = mandates.valid(local_time(now).date())
    return select(Mandate.organisation_id).where(Mandate.user_id == actor.person, valid)


def _own(actor: Actor, key: str, now: datetime.datetime, lock: bool) -> tuple[Application, Mandate]:
    known = select(Mandate.organisation_id).where(Mandate.user_id == actor.person)
    query = select(Application).where(Application.key == key, Application.organisation_id.in_(known))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    application = db.session.scalar(query)
    if application is None:
        raise Missing
    held = select(Mandate).where(
        Mandate.user_id == actor.person,
        Mandate.organisation_id == application.organisation_id,
        mandates.valid(local_time(now).date()),
    )
    held = held.order_by(Mandate.id).limit(1)
    mandate = db.session.scalar(held.with_for_update(read=True) if lock else held)
    if mandate is None:
        raise Forbidden(
            Text(
                "Vaše pooblastilo za to organizacijo ne velja več, zato njene vloge ne morete videti ali spremeniti.",
                "Your mandate for this organisation is no longer valid, so you cannot see or change its application.",
            )
        )
    return application, mandate


def _refuse_more(call: Call, found: Organisation) -> None:
    """The organisation's row is locked, so two that start at once are counted one after the other."""
    counted = select(func.count()).select_from(Application)
    counted = counted.where(Application.call_id == call.id, Application.organisation_id == found.id)
    if db.session.scalars(counted.where(Application.state.in_(COUNTED))).one() >= call.per_organisation:
        most = call.per_organisation
        raise Refused(
            Text(
                f"Največje število vlog ene organizacije na tem razpisu, z osnutki vred, je {most}; toliko jih že ima.",
                f"An organisation may have {most} on this call at most, drafts included, and it has that many.",
            )
        )


def _told(deadline: datetime.datetime | None) -> str:
    """`` 20. 3. 2026 ob 12.00.00`` by the clocks in Slovenia; where the hour comes twice, with its zone."""
    if deadline is None:
        return ""
    local = local_time(deadline)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f" {local:%-d. %-m. %Y ob %H.%M.%S}" + (f" ({local:%Z})" if twice else "")
