"""Evaluations of a call by the engine, each kept whole: inputs by hash, engine version, result, trace, certificate."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

import razpis
from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Text
from razpis.exports.evaluation_json import evaluation_json
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.evaluations import EvaluationRun, RunKind
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Missing, Refused
from razpis.services.marking import draws, material
from razpis.services.marking.material import Material
from razpis.services.records import journal
from razpis.services.sitting import seated


@dataclass(frozen=True, slots=True)
class Result:
    """A run as pages read it: the row, and ``evaluation.json`` parsed."""

    run: EvaluationRun
    document: Mapping[str, Any]

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        """The lines by lot, place (unranked last), id."""
        found: Sequence[Mapping[str, Any]] = self.document["lines"]
        return found

    @property
    def open_ties(self) -> list[Mapping[str, Any]]:
        """Ties that wait for a draw or a rule."""
        return [tie for tie in self.document["ties"] if tie["settled"] == "open"]

    def line(self, key: str) -> Mapping[str, Any]:
        """The line of an application. Raises :class:`Missing`."""
        found = next((line for line in self.lines if line["id"] == key), None)
        if found is None:
            raise Missing
        return found


def compute(actor: Actor, call_id: int, now: datetime.datetime) -> int:
    """Evaluate the call as it stands and keep the run as a result; its number (of the row).

    The same inputs are not evaluated twice: the run there is is given. Raises :class:`Forbidden` for whoever does
    not preside, :class:`Refused` while marks are not locked, and with the engine's words where facts are missing.
    """
    call = calls.locked(call_id)
    seated.presiding(actor, call.id)
    _refuse_unlocked(call)
    gathered = material.gather(call)
    known = latest(call.id)
    if known is not None and known.inputs_sha256 == gathered.sha256:
        number = known.id
        db.session.rollback()
        return number
    run = kept(actor, gathered, material.evaluated(gathered), RunKind.RESULT, now)
    number = run.id
    db.session.commit()
    return number


def draw(actor: Actor, call_id: int, tie: str, now: datetime.datetime) -> None:
    """Draw an open tie from the seed that was fixed beforehand, and evaluate anew.

    Raises :class:`Missing` where no such tie is open, and :class:`Refused` without a seed or where the rules know
    no draw.
    """
    call = calls.locked(call_id)
    seated.presiding(actor, call.id)
    _refuse_unlocked(call)
    gathered = material.gather(call)
    open_ties = material.drawable(gathered.rulebook, material.evaluated(gathered))
    found = next((one for one in open_ties if one.name == tie), None)
    if found is None:
        raise Missing
    made = draws.drawn(call.id, found, actor, now)
    db.session.flush()
    gathered = material.gather(call)
    kept(actor, gathered, material.evaluated(gathered), RunKind.RESULT, now, {"tie": tie, "order": made.order})
    db.session.commit()


def kept(
    actor: Actor,
    gathered: Material,
    found: Evaluation,
    kind: RunKind,
    now: datetime.datetime,
    more: Mapping[str, Any] | None = None,
    changes: Sequence[str] = (),
) -> EvaluationRun:
    """The evaluation as a row with its event, within the running transaction."""
    document = evaluation_json(found, gathered.hashes, changes)
    run = EvaluationRun(
        call_id=gathered.call.id,
        kind=kind,
        number=_next(gathered.call.id, kind),
        engine=razpis.__version__,
        inputs=gathered.hashes,
        inputs_sha256=gathered.sha256,
        changes=list(changes),
        certified=found.certificate.ok,
        open=open_names(found),
        awarded_cents=sum(line.cents for line in found.lines),
        document=document.decode(),
        sha256=hashlib.sha256(document).hexdigest(),
        at=now,
        by=actor.person,
    )
    db.session.add(run)
    db.session.flush()
    after = {"run": run.id, "number": run.number, "sha256": run.sha256, "inputs": run.inputs_sha256, **(more or {})}
    after |= {"changes": run.changes} if changes else {}
    action = {RunKind.RESULT: "evaluation.run", RunKind.SIMULATION: "evaluation.simulate"}[kind]
    journal.record(actor, now, action, calls.subject(gathered.call), after=after)
    return run


def open_names(found: Evaluation) -> list[str]:
    """What is not settled: open ties by name, applications without points by id."""
    ties = [f"tie {tie.name}" for ranking in found.rankings for tie in ranking.ties if tie.settled == "open"]
    return ties + [f"application {line.case.id}" for line in found.lines if line.outcome == "not_scored"]


def latest(call_id: int, kind: RunKind = RunKind.RESULT) -> EvaluationRun | None:
    """The last run of a call, without its document."""
    query = select(EvaluationRun).where(EvaluationRun.call_id == call_id, EvaluationRun.kind == kind)
    return db.session.scalar(query.order_by(EvaluationRun.number.desc()).limit(1))


def listed(call_id: int, kind: RunKind) -> Sequence[EvaluationRun]:
    """The runs of a kind, the newest first, with who made them."""
    query = select(EvaluationRun).where(EvaluationRun.call_id == call_id, EvaluationRun.kind == kind)
    query = query.options(joinedload(EvaluationRun.person)).order_by(EvaluationRun.number.desc())
    return db.session.scalars(query).all()


def result(call_id: int, run_id: int, kind: RunKind = RunKind.RESULT) -> Result:
    """A run of this call with its document. Raises :class:`Missing`."""
    query = select(EvaluationRun).where(EvaluationRun.id == run_id, EvaluationRun.call_id == call_id)
    query = query.where(EvaluationRun.kind == kind).options(undefer(EvaluationRun.document))
    run = db.session.scalar(query.options(joinedload(EvaluationRun.person)))
    if run is None:
        raise Missing
    return Result(run, json.loads(run.document))


def fresh(run: EvaluationRun) -> bool:
    """Whether nothing that the run stands on has changed since."""
    return material.gather(db.session.get_one(Call, run.call_id)).sha256 == run.inputs_sha256


def _refuse_unlocked(call: Call) -> None:
    if call.state is not CallState.AGREEING:
        raise Refused(
            Text(
                "Izid se izračuna, ko so ocene zaklenjene in predlog še ni predan.",
                "The result is computed once marks are locked and before the proposal is handed over.",
            )
        )


def _next(call_id: int, kind: RunKind) -> int:
    """The call's row is locked, so two runs never get the same number."""
    query = select(func.coalesce(func.max(EvaluationRun.number), 0))
    query = query.where(EvaluationRun.call_id == call_id, EvaluationRun.kind == kind)
    return db.session.scalars(query).one() + 1
