"""The pages of the check: every application with its three answers, and one of them with all it says."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from razpis.engine.cases import Case
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck
from razpis.models.files import StoredFile
from razpis.models.sittings import Sitting
from razpis.procedure.checking import Aspect
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.states import ApplicationState
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.applications.received import Line
from razpis.services.errors import Missing, Refused
from razpis.services.examination import checks, established, findings, supplements
from razpis.services.examination.supplements import Standing
from razpis.services.files import Store
from razpis.services.organisations.evidence import Content
from razpis.services.records import readings
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations, seated, sittings


@dataclass(frozen=True, slots=True)
class Row:
    """One application; ``readable``: this member may open it."""

    line: Line
    answers: Mapping[Aspect, FormalCheck]
    supplement: Standing | None
    readable: bool

    @property
    def out(self) -> Aspect | None:
        """The question whose no ended the check, so that the others are not asked any more."""
        if self.line.state in checks.OPEN_STATES:
            return None
        return next((one for one in Aspect if one in self.answers and not self.answers[one].met), None)


@dataclass(frozen=True, slots=True)
class Desk:
    """All applications of a call, for a member; ``sitting`` is the one that runs."""

    call: Call
    rows: tuple[Row, ...]
    sitting: Sitting | None
    presides: bool

    @property
    def left(self) -> list[int]:
        """Numbers of applications whose check is not finished."""
        return [row.line.number for row in self.rows if row.line.state in checks.OPEN_STATES]


@dataclass(frozen=True, slots=True)
class One:
    """One application with what it says and what was found of it.

    ``lacking``: fields that the form demands and the application does not answer; ``unconfirmed``: fields whose
    facts are still to be found; ``untyped``: it came on paper and nobody has put its content into the file yet.
    """

    desk: Desk
    row: Row
    rulebook: Rulebook
    case: Case
    contents: established.Contents
    requests: Sequence[Standing]
    missing: Sequence[Text]
    lacking: Sequence[str] = ()
    unconfirmed: Sequence[str] = ()
    untyped: bool = False

    @property
    def article(self) -> str:
        """The article by which the commission last found who may apply; of one call it is the same for all."""
        found = [row.answers[Aspect.ENTITLED] for row in self.desk.rows if Aspect.ENTITLED in row.answers]
        return max(found, key=lambda check: check.id).article if found else ""

    @property
    def next(self) -> Row | None:
        """The following application whose check is not finished and that this member may read."""
        at = next(place for place, row in enumerate(self.desk.rows) if row.line.id == self.row.line.id)
        others = (*self.desk.rows[at + 1 :], *self.desk.rows[:at])
        return next((row for row in others if row.readable and row.line.state in checks.OPEN_STATES), None)


def desk(actor: Actor, call_id: int, now: datetime.datetime) -> Desk:
    """The list. Raises as :func:`razpis.services.seated.held`, :class:`Refused` before the opening."""
    seat = seated.held(actor, call_id)
    if seat.call.state not in seated.OPENED_CALLS:
        raise Refused(Text("Vloge še niso odprte.", "The applications are not opened yet."))
    answers, asked = checks.of_call(call_id), supplements.of_call(call_id, now)
    by_application = {one.request.application_id: one for one in asked}
    readable = declarations.readable(actor, call_id, now)
    rows = tuple(
        Row(line, answers.get(line.id, {}), by_application.get(line.id), line.id in readable)
        for line in received.lines(call_id)
    )
    return Desk(seat.call, rows, _running(call_id), seat.function is CommissionFunction.PRESIDENT)


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> One:
    """One application as the commission reads it; the reading is noted. Raises as ``declarations.may_read``."""
    application = _application(call_id, key)
    declarations.may_read(actor, application.id, now)
    readings.note(actor, now, "commission.content", declarations.subject(application))
    found, contents = desk(actor, call_id, now), established.contents(application.id)
    row = next(one for one in found.rows if one.line.id == application.id)
    open_, rulebook = row.line.state in checks.OPEN_STATES, compiled(application.call.rulebook)
    return One(
        desk=found,
        row=row,
        rulebook=rulebook,
        case=established.case(application.id),
        contents=contents,
        requests=[supplements.standing(one, now) for one in supplements.requests_of(application.id)],
        missing=checks.missing(application) if open_ else (),
        lacking=established.lacking(rulebook, contents) if open_ else (),
        unconfirmed=findings.unconfirmed(application) if row.line.state is ApplicationState.COMPLETE else (),
        untyped=application.envelope is not None and not application.filings,
    )


def file(actor: Actor, call_id: int, key: str, file_key: str, now: datetime.datetime, store: Store) -> Content:
    """An attachment of an application; the reading is noted. Raises as ``declarations.may_read``."""
    application = _application(call_id, key)
    declarations.may_read(actor, application.id, now)
    said = established.contents(application.id)
    if not any(one["key"] == file_key for some in said.attachments.values() for one in some):
        raise Missing
    stored = db.session.scalar(select(StoredFile).where(StoredFile.key == file_key))
    if stored is None:
        raise Missing
    readings.note(actor, now, "commission.file", declarations.subject(application))
    return Content(stored.name, stored.media_type, files.content(store, stored.sha256))


def number(call_id: int, key: str) -> int:
    """The number of an application by its key, within its call. Raises :class:`Missing`."""
    return _application(call_id, key).id


def _application(call_id: int, key: str) -> Application:
    query = select(Application).where(Application.call_id == call_id, Application.key == key)
    application = db.session.scalar(query)
    if application is None or application.state is ApplicationState.DRAFT:
        raise Missing
    return application


def _running(call_id: int) -> Sitting | None:
    try:
        return sittings.running(call_id)
    except Refused:
        return None
