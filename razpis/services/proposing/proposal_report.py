"""The facts of the commission's report: who decided, what was left out, marks, order, draws, money, certificate."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from razpis.engine import money
from razpis.engine.allocation import LotAllocation
from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.problems import Language
from razpis.engine.wording import lot_numbers
from razpis.exports.certificate_lines import certificate_lines
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.evaluations import EvaluationRun, RunKind
from razpis.models.marking import AgreedMark, MarkSheet, MemberMark, SheetReopening
from razpis.models.remedies import Renunciation
from razpis.models.sittings import Declaration, Presence, Recusal, Sitting
from razpis.procedure.states import ApplicationState
from razpis.services.marking import draws
from razpis.services.sitting import exclusions, seated
from razpis.services.sitting.duties import names
from razpis.services.sitting.sittings import Attendance

LEFT_OUT = (
    ApplicationState.LATE,
    ApplicationState.INELIGIBLE,
    ApplicationState.INCOMPLETE,
    ApplicationState.CONDITION_FAILED,
    ApplicationState.DISMISSED_LATE,
    ApplicationState.DISMISSED_INELIGIBLE,
    ApplicationState.DISMISSED_INCOMPLETE,
    ApplicationState.STOPPING,
    ApplicationState.DISCONTINUED,
)
UNOPENED = (ApplicationState.SUBMITTED, ApplicationState.LATE, ApplicationState.DISMISSED_LATE)
_LANGUAGES: tuple[Language, ...] = ("sl", "en")


def report(call: Call, run: EvaluationRun, found: Evaluation, attendance: Attendance) -> dict[str, Any]:
    """The report as JSON (``law.md`` §7.6): whole numbers, texts and cents, nothing to be computed from it.

    ``attendance``: the sitting at which the commission adopts it, and who is there.
    """
    applications, unopened = _applications(call.id), _never_opened(call.id)
    return {
        "run": {"number": run.number, "sha256": run.sha256, "inputs": run.inputs, "engine": run.engine},
        "commission": _commission(call),
        "sittings": _sittings(call.id),
        "adopted": _adopted(attendance),
        "exclusions": _exclusions(call.id),
        "opened": [
            one.number
            for one in applications.values()
            if one.state not in (*UNOPENED, ApplicationState.WITHDRAWN) and one.id not in unopened
        ],
        "left_out": [
            {"number": one.number, "name": _name(one), "state": one.state.value}
            for one in applications.values()
            if one.state in LEFT_OUT
        ],
        "lines": [_line(line, applications[line.case.id]) for line in found.lines],
        "reserve": [line.case.id for line in found.lines if line.outcome == "no_money"],
        "lots": [_lot(found, lot) for lot in found.lots],
        "marks": _marks(call.id),
        "draws": [
            {"tie": one.tie, "order": one.order, "seed": one.seed, "at": one.drawn_at.isoformat()}
            for one in draws.recorded(call.id)
        ],
        "agreed": _count(AgreedMark, call.id, AgreedMark.ended_at.is_(None)),
        "reopened": _reopened(call.id),
        "simulations": _simulations(call.id),
        "certificate": {language: certificate_lines(found.certificate, language) for language in _LANGUAGES},
    }


def _never_opened(call_id: int) -> set[int]:
    """Applications (by row) found late and withdrawn later."""
    query = select(Renunciation.application_id).join(Renunciation.application)
    return set(db.session.scalars(query.where(Application.call_id == call_id, Renunciation.before.in_(UNOPENED))))


def _lot(found: Evaluation, lot: LotAllocation) -> dict[str, Any]:
    numbers = {language: lot_numbers(found, lot, language) for language in _LANGUAGES}
    return {"lot": lot.lot, "amount": lot.amount, "spent": lot.spent, "left": lot.left, "numbers": numbers}


def _line(line: Line, application: Application) -> dict[str, Any]:
    return {
        "key": line.case.id,
        "number": application.number,
        "name": _name(application),
        "lot": line.case.lot,
        "place": line.ranked.place if line.ranked else None,
        "points": None if line.score.total is None else money.plain(line.score.total),
        "outcome": line.outcome,
        "cents": line.cents,
        "criteria": {one.key: None if one.points is None else money.plain(one.points) for one in line.score.criteria},
    }


def _applications(call_id: int) -> dict[str, Application]:
    query = select(Application).where(Application.call_id == call_id, Application.number.is_not(None))
    query = query.options(joinedload(Application.organisation), joinedload(Application.envelope))
    return {one.key: one for one in db.session.scalars(query.order_by(Application.number, Application.id))}


def _name(application: Application) -> str:
    if application.organisation is not None:
        return application.organisation.name
    return application.envelope.sender if application.envelope is not None else ""


def _commission(call: Call) -> list[dict[str, Any]]:
    return [
        {"person": seat.user_id, "name": seat.user.name, "function": seat.function.value, "act": seat.act}
        for seat in seated.of_call(call.id)
    ]


def _sittings(call_id: int) -> list[dict[str, Any]]:
    query = select(Sitting).where(Sitting.call_id == call_id).order_by(Sitting.number)
    query = query.options(selectinload(Sitting.presences).joinedload(Presence.user))
    return [
        {
            "number": one.number,
            "kind": one.kind.value,
            "at": one.started_at.isoformat(),
            "place": one.place,
            "present": sorted({there.user.name for there in one.presences}),
        }
        for one in db.session.scalars(query)
    ]


def _adopted(attendance: Attendance) -> dict[str, Any]:
    """The sitting at which the proposal is adopted, the quorum it needs and who is there."""
    return {
        "sitting": attendance.sitting.number,
        "quorum": attendance.quorum,
        "present": sorted(one.user.name for one in attendance.sitting.presences if one.left_at is None),
    }


def _exclusions(call_id: int) -> list[dict[str, Any]]:
    query = (
        select(Application.number, Declaration.user_id, Declaration.ground)
        .join(Application, Application.id == Declaration.application_id)
        .outerjoin(Recusal, Recusal.declaration_id == Declaration.id)
        .where(Application.call_id == call_id, Declaration.ground.is_not(None), exclusions.latest())
        .where(or_(Recusal.excluded.is_(None), Recusal.excluded.is_(True)))
        .order_by(Application.number, Declaration.id)
    )
    rows = db.session.execute(query).all()
    called = names(person for _, person, _ in rows)
    return [
        {"number": number, "person": person, "member": called[person], "ground": ground.value if ground else ""}
        for number, person, ground in rows
    ]


def _marks(call_id: int) -> list[dict[str, Any]]:
    """How many marks each member gave, those taken away later too."""
    query = select(MarkSheet.user_id, func.count(MemberMark.id)).join(MemberMark, MemberMark.sheet_id == MarkSheet.id)
    query = query.join(Application, Application.id == MarkSheet.application_id).where(Application.call_id == call_id)
    rows = db.session.execute(query.group_by(MarkSheet.user_id).order_by(MarkSheet.user_id)).all()
    called = names(person for person, _ in rows)
    return [{"person": person, "member": called[person], "given": given} for person, given in rows]


def _count(table: type[AgreedMark], call_id: int, *which: Any) -> int:
    query = select(func.count()).select_from(table).join(Application, Application.id == table.application_id)
    return db.session.scalars(query.where(Application.call_id == call_id, *which)).one()


def _reopened(call_id: int) -> list[dict[str, Any]]:
    query = (
        select(Application.number, MarkSheet.user_id, SheetReopening.reason)
        .join(MarkSheet, MarkSheet.id == SheetReopening.sheet_id)
        .join(Application, Application.id == MarkSheet.application_id)
        .where(Application.call_id == call_id)
        .order_by(SheetReopening.id)
    )
    rows = db.session.execute(query).all()
    called = names(person for _, person, _ in rows)
    return [{"number": number, "member": called[person], "reason": reason} for number, person, reason in rows]


def _simulations(call_id: int) -> list[dict[str, Any]]:
    query = select(EvaluationRun).where(EvaluationRun.call_id == call_id, EvaluationRun.kind == RunKind.SIMULATION)
    return [
        {"number": one.number, "changes": one.changes, "at": one.at.isoformat()}
        for one in db.session.scalars(query.order_by(EvaluationRun.number))
    ]
