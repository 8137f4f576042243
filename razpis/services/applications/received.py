"""What was received on a call, in order: who sent it, when and how – the outside of applications, no content."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, subqueryload

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.deadlines import Channel, Lodging, PostCountsBy, local_time, timely
from razpis.procedure.parameter_kinds import Key
from razpis.procedure.parameters import find, rule
from razpis.procedure.states import ApplicationState
from razpis.services.calls import parameters
from razpis.services.calls.calls import NOT_FILED
from razpis.services.errors import Missing


@dataclass(frozen=True, slots=True)
class Line:
    """One application from outside. ``organisation``: its number, if it is known by now (not on paper)."""

    id: int
    key: str
    number: int
    state: ApplicationState
    organisation: int | None
    name: str
    address: str
    registration_number: str
    lodging: Lodging
    marked: bool = True

    @property
    def arrived(self) -> datetime.datetime:
        """The moment it reached the body."""
        assert self.lodging.arrived is not None
        return self.lodging.arrived


def lines(call_id: int) -> list[Line]:
    """Every application filed and not withdrawn before the deadline, in the order received. Three queries."""
    query = select(Application).where(Application.call_id == call_id, Application.state.not_in(NOT_FILED))
    query = query.options(
        joinedload(Application.organisation), joinedload(Application.envelope), subqueryload(Application.filings)
    )
    return [_line(one) for one in db.session.scalars(query.order_by(Application.number, Application.id))]


def one(application_id: int) -> Line:
    """One of them. Raises :class:`Missing`."""
    application = db.session.get(Application, application_id)
    if application is None or application.state in NOT_FILED:
        raise Missing
    return _line(application)


def in_time(call: Call, line: Line) -> tuple[bool, str]:
    """Whether it came in time, and the article that says so (ZUP, 68. člen)."""
    assert call.deadline is not None
    own = parameters.of_call(call)
    counts = PostCountsBy(rule(own, Key.POST_COUNTS_BY))
    return timely(line.lodging, call.deadline, counts), find(own, Key.POST_COUNTS_BY).source


def told(line: Line) -> str:
    """When and how it came, in Slovenian, for minutes and grounds."""
    at = f"{local_time(line.arrived):%-d. %-m. %Y ob %H.%M.%S}"
    posted = line.lodging.posted
    if line.lodging.channel is Channel.REGISTERED_POST and posted is not None:
        return f"oddana priporočeno {posted.day}. {posted.month}. {posted.year}, prispela {at}"
    return f"{CHANNELS[line.lodging.channel]} {at}"


CHANNELS = {
    Channel.PORTAL: "oddana prek portala",
    Channel.REGISTERED_POST: "prispela priporočeno",
    Channel.ORDINARY_POST: "prispela po navadni pošti",
    Channel.IN_PERSON: "vložena osebno",
    Channel.EMAIL: "prispela po e-pošti",
}


def names(found: Sequence[Line]) -> dict[int, str]:
    """Applicants' names by the application's number."""
    return {line.id: line.name for line in found}


def _line(application: Application) -> Line:
    envelope, organisation = application.envelope, application.organisation
    standing = [one for one in application.filings if one.replaced_at is None and one.withdrawn_at is None]
    if envelope is not None:
        lodging = Lodging(envelope.channel, envelope.arrived_at, envelope.posted_on)
    else:
        lodging = Lodging(standing[-1].channel, standing[-1].filed_at)
    return Line(
        id=application.id,
        key=application.key,
        number=application.number or 0,
        state=application.state,
        organisation=application.organisation_id,
        name=organisation.name if organisation else envelope.sender if envelope else "",
        address=organisation.address if organisation else envelope.sender_address if envelope else "",
        registration_number=organisation.registration_number if organisation else "",
        lodging=lodging,
        marked=envelope.marked if envelope else True,
    )
