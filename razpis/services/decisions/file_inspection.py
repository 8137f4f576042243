"""What a party may inspect of its own matter (ZUP, 82. člen): every layer of it, and nobody else's data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.engine.problems import Text
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.evaluations import EvaluationRun, Proposal, ProposalState, RunKind
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.applications import applications
from razpis.services.errors import Missing, Refused
from razpis.services.proposing import runs
from razpis.services.records import readings
from razpis.services.records.journal import Subject

DECIDED = frozenset(list(CallState)[list(CallState).index(CallState.DECIDING) :]) - {CallState.CANCELLED}
OFFICIALS = (Role.OFFICER, Role.SIGNATORY, Role.SECOND_INSTANCE)
_OWN = ("points", "outcome", "place", "award", "requested", "limited_by", "conditions", "sections", "thresholds")


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the order without its applicant: what a party needs to see where it stands."""

    lot: str
    place: int | None
    points: str | None
    outcome: str
    award: str
    own: bool


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The file of one application. ``line`` is its part of the evaluation with the whole trace, members as numbers;
    ``order`` the places of all without names; ``checks`` the certificate; ``run`` and ``rules_sha256`` say on what
    the decision stands."""

    application: Application
    filings: Sequence[Filing]
    line: Mapping[str, Any]
    explanation: Mapping[str, Mapping[str, Any]]
    order: Sequence[Standing]
    checks: Sequence[Mapping[str, Any]]
    run: EvaluationRun
    rules_sha256: str


def own(actor: Actor, key: str, now: datetime.datetime) -> OwnFile:
    """The file of an application the person may act for.

    Left out are drafts, votes and members' names, other applicants' answers, names and reasons, and simulations.
    Raises :class:`Missing`, :class:`Forbidden`, and :class:`Refused` before the proposal is accepted.
    """
    application = applications.own(actor, key, now)
    return _file(application)


def for_official(actor: Actor, key: str, now: datetime.datetime) -> OwnFile:
    """The same, for an official who shows it to the party; the reading is noted.

    Raises :class:`Forbidden`, :class:`Missing`, :class:`Refused`.
    """
    actor.needs(*OFFICIALS)
    application = db.session.scalar(select(Application).where(Application.key == key))
    if application is None:
        raise Missing
    readings.note(actor, now, "application.content", Subject("application", application.id, application.call_id))
    return _file(application)


def _file(application: Application) -> OwnFile:
    call = db.session.get_one(Call, application.call_id)
    accepted = _accepted(call)
    found = runs.result(call.id, accepted.run_id, RunKind.RESULT)
    line = found.line(application.key)
    query = select(Filing).where(Filing.application_id == application.id).options(selectinload(Filing.application))
    return OwnFile(
        application,
        db.session.scalars(query.order_by(Filing.id)).all(),
        {name: line[name] for name in _OWN} | {"criteria": [unnamed(one) for one in line["criteria"]]},
        {language: _told(told) for language, told in line["explanation"].items()},
        [_standing(one, application.key) for one in found.lines],
        found.document["certificate"]["checks"],
        found.run,
        found.document["rulebook_sha256"],
    )


def _accepted(call: Call) -> Proposal:
    query = select(Proposal).where(Proposal.call_id == call.id, Proposal.state == ProposalState.ACCEPTED)
    accepted = db.session.scalar(query.order_by(Proposal.number.desc()).limit(1))
    if call.state not in DECIDED or accepted is None:
        raise Refused(
            Text(
                "Spis z ocenami je na vpogled, ko je predlog komisije sprejet. Osnutki in glasovanje niso na vpogled.",
                "The file with the marks can be inspected once the proposal is accepted. Drafts and votes cannot.",
            )
        )
    return accepted


def _standing(line: Mapping[str, Any], key: str) -> Standing:
    place = None if line["place"] is None else int(line["place"])
    return Standing(line["lot"], place, line["points"], line["outcome"], line["award"], line["id"] == key)


def unnamed(criterion: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion whose marks are by numbers: the party sees the points and reasons, not who voted how."""
    basis = criterion["basis"]
    if "marks" in basis:
        numbers = {mark["member"]: str(at) for at, mark in enumerate(basis["marks"], 1)}
        counted = [numbers[member] for member in basis.get("counted", ())]
        basis = {**basis, "marks": _numbered(basis["marks"]), "counted": counted}
    return {**criterion, "basis": basis}


def _told(explanation: Mapping[str, Any]) -> dict[str, Any]:
    criteria = [{**one, "marks": _numbered(one["marks"])} for one in explanation["criteria"]]
    return {**explanation, "criteria": criteria}


def _numbered(marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**mark, "member": str(number)} for number, mark in enumerate(marks, 1)]
