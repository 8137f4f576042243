"""The request to supplement as whoever serves it prints it: the registry and the officer."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.models.base import db
from razpis.models.calls import Seat
from razpis.services.actor import Actor
from razpis.services.decisions import paper_room, papers, papers_application, parties
from razpis.services.errors import Missing
from razpis.services.examination import serving
from razpis.services.records import readings
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations


def request(actor: Actor, request_id: int, now: datetime.datetime) -> tuple[str, bytes]:
    """Name and bytes of the PDF; the reading is noted. Whoever sits in the commission too reads it only as a member.

    Raises as :func:`razpis.services.examination.serving.one` and :func:`papers.pdf` do.
    """
    line = serving.one(actor, request_id, now)
    application = line.request.application
    seat = select(Seat.id).where(Seat.call_id == line.call.id, Seat.user_id == actor.person, Seat.ended_at.is_(None))
    if db.session.scalar(seat.limit(1)) is not None:
        declarations.may_read(actor, application.id, now)
    room = paper_room.room_of(line.call, now)
    drafts = papers_application.requests(room, parties.of_call(line.call.id, room.today))
    found = next((one for one in drafts if one.which == str(request_id)), None)
    if found is None:
        raise Missing
    made = papers.drawn(found)
    readings.note(actor, now, "application.paper", Subject("application", application.id, line.call.id))
    return papers.name(line.call, found), made
