"""Supplements on paper: entered by the registry as they came, in time by the day of posting or of arrival."""

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
from razpis.models.checking import SupplementAnswer, SupplementRequest
from razpis.procedure import serving as law
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import established, supplementing, supplements
from razpis.services.examination.supplementing import Page, Sent
from razpis.services.examination.supplements import Standing
from razpis.services.files import Store
from razpis.services.records import journal, readings
from razpis.services.sitting import declarations

OPEN_STATES = (ApplicationState.SUPPLEMENTING, ApplicationState.INCOMPLETE)
OPEN_CALLS = (CallState.OPENING, CallState.CHECKING)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a supplement came: ``posted_on`` from the postmark, needed for registered post."""

    channel: Channel
    posted_on: datetime.date | None
    arrived_at: datetime.datetime


def page(actor: Actor, request_id: int, now: datetime.datetime) -> Page:
    """The request and what its application says by now, to be typed into; the reading is noted.

    Raises :class:`Missing`, :class:`Forbidden`.
    """
    actor.needs(Role.REGISTRY)
    application = _application(request_id)
    asked = [supplements.standing(one, now) for one in supplements.requests_of(application.id)]
    if asked[-1].request.id != request_id:
        raise Missing
    readings.note(actor, now, "application.content", declarations.subject(application))
    return Page(application, asked, established.contents(application.id))


def waiting(actor: Actor) -> Sequence[SupplementRequest]:
    """The last requests of applications that a supplement may still come for, by call and number."""
    actor.needs(Role.REGISTRY)
    query = select(SupplementRequest).join(SupplementRequest.application).join(Call, Call.id == Application.call_id)
    query = query.where(Application.state.in_(OPEN_STATES), Call.state.in_(OPEN_CALLS))
    whose = joinedload(SupplementRequest.application)
    query = query.options(
        whose.joinedload(Application.call),
        whose.joinedload(Application.organisation),
        whose.joinedload(Application.envelope),
    )
    order = (Application.call_id, Application.number, SupplementRequest.round)
    return list({one.application_id: one for one in db.session.scalars(query.order_by(*order))}.values())


def enter(
    actor: Actor, request_id: int, arrival: Arrival, sent: Sent, now: datetime.datetime, store: Store
) -> SupplementAnswer | None:
    """Enter a supplement that came on paper with its content; ``None`` where it came too late and does not count.

    Registered post counts by the day of posting, whatever day it arrives, so an application whose period ran out
    meanwhile is supplemented again; all else counts by its arrival (ZUP, 68. člen). What is late is written into the
    journal, and where nothing else was filed the application is proposed for dismissal. Raises :class:`Missing`,
    :class:`Invalid`, and :class:`Refused` where the check is over or a later supplement stands.
    """
    actor.needs(Role.REGISTRY)
    application = _locked(request_id)
    asked = supplements.standing(supplements.requests_of(application.id)[-1], now)
    if asked.request.id != request_id:
        raise Missing
    _refuse_impossible(asked.request, arrival, now)
    _refuse_closed(application)
    if not _in_time(arrival, asked.ends):
        _late(actor, application, asked, arrival, now)
        return None
    _refuse_older(arrival, asked.answer)
    supplementing.refuse_unasked(asked.request, sent)
    return _filed(actor, application, asked.request, arrival, sent, now, store)


def _filed(
    actor: Actor,
    application: Application,
    request: SupplementRequest,
    arrival: Arrival,
    sent: Sent,
    now: datetime.datetime,
    store: Store,
) -> SupplementAnswer:
    taken = supplementing.received(application, sent, actor, now, store)
    content = supplementing.content_of(application, request, sent, taken)
    if not content["answers"] and not content["attachments"]:
        raise Invalid({"": Text("Prepišite, kar je prijavitelj dopolnil.", "Type in what the applicant has mended.")})
    before = {"state": application.state.value}
    event = ApplicationEvent.FILE_SUPPLEMENT
    application.state = step(APPLICATION, application.state, event, Role.REGISTRY)
    application.changed_at = now
    filed = SupplementAnswer(
        number=len(request.answers) + 1,
        receipt=supplementing.next_receipt(application),
        channel=arrival.channel,
        content=content,
        before=supplementing.replaced(established.contents(application.id, request.id), content),
        sha256=supplements.sha256(request, content),
        filed_at=arrival.arrived_at,
        posted_on=arrival.posted_on,
        filed_by=actor.person,
    )
    request.answers.append(filed)
    changed = sorted({*content["answers"], *content["attachments"]})
    after = {"state": application.state.value, "receipt": filed.receipt, "sha256": filed.sha256, "fields": changed}
    after |= _told(arrival)
    journal.record(actor, now, "supplement.enter", declarations.subject(application), before, after)
    db.session.commit()
    return filed


def _late(actor: Actor, application: Application, asked: Standing, arrival: Arrival, now: datetime.datetime) -> None:
    """Write a late supplement into the journal; where nothing else was filed, the application is incomplete."""
    before, after = {"state": application.state.value}, _told(arrival)
    if application.state is ApplicationState.SUPPLEMENTING and asked.over and asked.answer is None:
        supplements.lapse_late(application, asked, _how(arrival), now)
    after |= {"state": application.state.value}
    journal.record(actor, now, "supplement.late", declarations.subject(application), before, after)
    db.session.commit()


def _in_time(arrival: Arrival, ends: datetime.date | None) -> bool:
    """Whether it counts; before the service is recorded no period has begun to run."""
    if ends is None:
        return True
    if arrival.channel is Channel.REGISTERED_POST and arrival.posted_on is not None:
        return arrival.posted_on <= ends
    return law.in_time(arrival.arrived_at, ends)


def _told(arrival: Arrival) -> dict[str, str]:
    posted = {} if arrival.posted_on is None else {"posted": arrival.posted_on.isoformat()}
    return {"channel": arrival.channel.value, "arrived": arrival.arrived_at.isoformat(), **posted}


def _how(arrival: Arrival) -> str:
    """Why it is late, in words."""
    if arrival.channel is Channel.REGISTERED_POST and arrival.posted_on is not None:
        day = arrival.posted_on
        return f"dopolnitev je bila oddana priporočeno šele {day.day}. {day.month}. {day.year}"
    return f"dopolnitev je prispela šele {local_time(arrival.arrived_at):%-d. %-m. %Y ob %H.%M}"


def _refuse_impossible(request: SupplementRequest, arrival: Arrival, now: datetime.datetime) -> None:
    wrong: dict[str, Text] = {}
    issued, arrived = local_time(request.issued_at).date(), local_time(arrival.arrived_at).date()
    if arrival.arrived_at > now:
        wrong["arrived_on"] = Text("Čas prejema je v prihodnosti.", "The time of arrival lies in the future.")
    elif arrival.arrived_at < request.issued_at:
        wrong["arrived_on"] = Text("Prispela je, preden je bil poziv izdan.", "It came before the request was issued.")
    if arrival.channel is Channel.REGISTERED_POST and arrival.posted_on is None:
        wrong["posted_on"] = Text("Vpišite dan s poštnega žiga.", "Enter the day of the postmark.")
    elif arrival.posted_on is not None and not issued <= arrival.posted_on <= arrived:
        wrong["posted_on"] = Text(
            "Dan oddaje mora biti med izdajo poziva in prejemom.", "It was posted between the request and its arrival."
        )
    if wrong:
        raise Invalid(wrong)


def _refuse_closed(application: Application) -> None:
    if application.state not in OPEN_STATES or application.call.state not in OPEN_CALLS:
        raise Refused(
            Text(
                "Komisija je preizkus te vloge že končala. Pošiljko izročite predsednici ali predsedniku komisije: o "
                "njej odloči predstojnik.",
                "The commission has finished checking this application. Hand the letter to the president: the head "
                "decides on it.",
            )
        )


def _refuse_older(arrival: Arrival, standing: SupplementAnswer | None) -> None:
    """Raises :class:`Refused` where what stands was filed after this was posted or came."""
    if standing is None:
        return
    moment = arrival.arrived_at if arrival.posted_on is None else law.last_second(arrival.posted_on)
    filed = standing.filed_at if standing.posted_on is None else law.last_second(standing.posted_on)
    if filed > moment:
        raise Refused(
            Text(
                f"Pozneje je bila vložena dopolnitev {standing.receipt}; velja zadnja v roku, zato je ta ne zamenja.",
                f"The supplement {standing.receipt} was filed later; the last one in time counts, so this one does "
                "not take its place.",
            )
        )


def _application(request_id: int) -> Application:
    query = select(Application).join(SupplementRequest, SupplementRequest.application_id == Application.id)
    query = query.where(SupplementRequest.id == request_id).options(joinedload(Application.call))
    application = db.session.scalar(query)
    if application is None:
        raise Missing
    return application


def _locked(request_id: int) -> Application:
    query = select(Application).where(Application.id == _application(request_id).id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
