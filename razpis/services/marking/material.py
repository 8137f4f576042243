"""What an evaluation of a call stands on: rules, established facts, marks, draws – gathered, hashed, evaluated."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from razpis.engine.cases import AGREED, Case, Mark, Marks
from razpis.engine.evaluation import Evaluation, evaluate
from razpis.engine.problems import Problems
from razpis.engine.ranking import Tie
from razpis.engine.rulebook import Rulebook
from razpis.exports.json_text import written
from razpis.models.applications import Application
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.evaluations import RecordedDraw
from razpis.services.examination import established
from razpis.services.marking import draws, mark_rules, mark_sheets
from razpis.services.marking.mark_sheets import Round
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting.duties import duties


@dataclass(frozen=True, slots=True)
class Material:
    """The inputs of an evaluation. ``applications`` by key, in the order received."""

    call: Call
    rulebook: Rulebook
    applications: Mapping[str, Application]
    cases: Sequence[Case]
    round: Round
    marks: Marks
    draws: Sequence[RecordedDraw]

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each input by its role."""
        marks = [[*place, list(rows)] for place, rows in sorted(self.marks.items())]
        drawn = [[one.tie, one.ids, one.order, one.seed] for one in self.draws]
        return {
            "rulebook": self.rulebook.sha256,
            "applications": _sha256(written(list(self.cases))),
            "marks": _sha256(written(marks)),
            "draws": _sha256(canonical(drawn)),
        }

    @property
    def sha256(self) -> str:
        """One hash over all inputs: it tells whether anything has changed since."""
        return _sha256(canonical(self.hashes))

    def without_agreed(self, place: tuple[str, str]) -> tuple[Mark, ...]:
        """The members' marks of one application's criterion, without an agreed value."""
        return tuple(mark for mark in self.marks.get(place, ()) if mark.member != AGREED)


def gather(call: Call, person: int | None = None, also: Collection[str] = ()) -> Material:
    """Everything of ``call`` that an evaluation reads, in a constant number of queries; of the marks those of one
    ``person`` alone, where named: enough for that person's own pages, never for a result. ``also``: the keys of
    applications that count though they have been withdrawn since."""
    rulebook = compiled(call.rulebook)
    cases = established.cases(call.id, also=also)
    fit = or_(Application.state.in_(established.FORMALLY_FIT), Application.key.in_(also))
    query = select(Application).where(Application.call_id == call.id, fit)
    query = query.options(joinedload(Application.organisation)).order_by(Application.number, Application.id)
    applications = list(db.session.scalars(query))
    ids = [one.id for one in applications]
    found = mark_sheets.of_applications(duties(call.id, call.quorum, ids), ids, person)
    marks = mark_sheets.engine_marks(found, applications, list(mark_rules.judged(rulebook)))
    by_key = {one.key: one for one in applications}
    return Material(call, rulebook, by_key, cases, found, marks, draws.recorded(call.id))


def evaluated(material: Material, rulebook: Rulebook | None = None, marks: Marks | None = None) -> Evaluation:
    """The evaluation; ``rulebook`` and ``marks`` in place of the call's own for a what-if.

    A recorded draw counts where the tie it settled is still the same. Raises :class:`Refused` with the engine's words.
    """
    rules, given = rulebook or material.rulebook, material.marks if marks is None else marks
    try:
        found = evaluate(rules, material.cases, given, {})
        settling = draws.applying(material.draws, drawable(rules, found))
        return evaluate(rules, material.cases, given, settling) if settling else found
    except Problems as problems:
        raise mark_rules.refused(problems) from None


def drawable(rulebook: Rulebook, found: Evaluation) -> list[Tie]:
    """The ties that a draw may settle by these rules."""
    if not any(rule.key.draw for rule in rulebook.ranking):
        return []
    return [tie for ranking in found.rankings for tie in ranking.ties if tie.settled != "draw"]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
