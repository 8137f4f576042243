"""The result as the commission reads it: the last run, whether it still holds, its lines; one line with its trace."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine import money
from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.evaluations import DrawSeed, EvaluationRun
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.errors import Missing, Refused
from razpis.services.marking import draws
from razpis.services.proposing import proposals, runs
from razpis.services.records import readings
from razpis.services.sitting import declarations, seated


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result; amounts in cents. ``open``: this person may read why."""

    key: str
    number: int | None
    name: str
    lot: str
    place: int | None
    points: str | None
    outcome: str
    requested: int | None
    cents: int
    limited_by: str
    open: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """The money of one lot, in cents."""

    lot: str
    title: Text
    cents: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The last result of a call. ``fresh``: nothing it stands on has changed. ``failing``: checks that do not hold."""

    call: Call
    run: EvaluationRun | None
    lines: Sequence[Line]
    ties: Sequence[Mapping[str, Any]]
    lots: Sequence[Lot]
    checks: Sequence[Mapping[str, Any]]
    fresh: bool
    presides: bool
    names: Mapping[str, str]

    @property
    def computable(self) -> bool:
        """Whether a result can be computed now."""
        return self.presides and self.call.state is CallState.AGREEING

    @property
    def spent(self) -> int:
        """What all lines together get, in cents."""
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class One:
    """One application's line of the last result, as it stands in ``evaluation.json``."""

    application: Application
    run: EvaluationRun
    line: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seed:
    """The seed of the draws, where it is fixed; ``fixable``: this person may fix it now."""

    call: Call
    seed: DrawSeed | None
    fixable: bool


def overview(actor: Actor, call_id: int) -> Overview:
    """The last result. Raises :class:`Forbidden`, :class:`Missing`."""
    seat = seated.held(actor, call_id)
    presides = seat.function is CommissionFunction.PRESIDENT
    run = runs.latest(call_id)
    if run is None:
        return Overview(seat.call, None, (), (), (), (), False, presides, {})
    found, applications = runs.result(call_id, run.id), _applications(call_id)
    may = declarations.readable(actor, call_id, run.at)
    fresh = runs.fresh(run) if seat.call.state is CallState.AGREEING else True
    document = found.document
    return Overview(
        seat.call,
        found.run,
        [_line(line, applications[line["id"]], may) for line in found.lines],
        document["ties"],
        [Lot(lot["lot"], Text(**lot["title"]), _cents(lot["amount"])) for lot in document["lots"]],
        document["certificate"]["checks"],
        fresh,
        presides,
        {key: f"{one.number}. {_name(one)}" for key, one in applications.items()},
    )


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> One:
    """The trace of one line; the reading is noted.

    Raises :class:`Missing`, :class:`Forbidden` with a conflict or without a declaration, and :class:`Refused` while
    its marks are open again: who marks it anew must not see what the others gave.
    """
    seated.held(actor, call_id)
    run, application = runs.latest(call_id), _applications(call_id).get(key)
    if run is None or application is None:
        raise Missing
    if application.id not in declarations.readable(actor, call_id, now):
        declarations.may_read(actor, application.id, now)
    if application.state is ApplicationState.IN_SCORING:
        raise Refused(
            Text(
                "Ocene te vloge so znova odprte; izid bo na voljo, ko bodo zaklenjene in izračunane.",
                "The marks of this application are open again; its result follows once they are locked and computed.",
            )
        )
    readings.note(actor, now, "application.result", declarations.subject(application))
    return One(application, run, runs.result(call_id, run.id).line(key))


def proposed(actor: Actor, call_id: int, number: int, key: str, now: datetime.datetime) -> One:
    """The trace of one line of a proposal, for the officials it was handed over to; the reading is noted.

    Raises :class:`Forbidden`, :class:`Missing`.
    """
    actor.needs(*proposals.READERS)
    proposal = proposals.read(actor, call_id, number)
    application = _applications(call_id).get(key)
    if application is None:
        raise Missing
    readings.note(actor, now, "application.result", declarations.subject(application))
    return One(application, proposal.run, runs.result(call_id, proposal.run_id).line(key))


def seed(actor: Actor, call_id: int) -> Seed:
    """The seed of a call for its commission. Raises :class:`Forbidden`, :class:`Missing`."""
    seat = seated.held(actor, call_id)
    found = draws.fixed(call_id)
    presides = seat.function is CommissionFunction.PRESIDENT
    return Seed(seat.call, found, found is None and presides and seat.call.state in draws.BEFORE)


def _applications(call_id: int) -> dict[str, Application]:
    query = select(Application).where(Application.call_id == call_id, Application.number.is_not(None))
    query = query.options(joinedload(Application.organisation), joinedload(Application.envelope))
    return {one.key: one for one in db.session.scalars(query.order_by(Application.number, Application.id))}


def _name(application: Application) -> str:
    if application.organisation is not None:
        return application.organisation.name
    return application.envelope.sender if application.envelope is not None else ""


def _line(line: Mapping[str, Any], application: Application, may: set[int]) -> Line:
    if application.state is ApplicationState.IN_SCORING:
        return Line(
            line["id"],
            application.number,
            _name(application),
            line["lot"],
            None,
            None,
            "not_scored",
            None,
            0,
            "",
            False,
        )
    return Line(
        line["id"],
        application.number,
        _name(application),
        line["lot"],
        None if line["place"] is None else int(line["place"]),
        line["points"],
        line["outcome"],
        None if line["requested"] is None else _cents(line["requested"]),
        _cents(line["award"]),
        line["limited_by"],
        application.id in may,
    )


def _cents(euros: str) -> int:
    return money.to_cents(money.parse_number(euros))
