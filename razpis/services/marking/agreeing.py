"""Agreeing: where members' marks are too far apart, or the rules ask for it, the commission agrees on a value."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from razpis.engine import money
from razpis.engine.cases import Mark, Marks
from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Text
from razpis.engine.rulebook.criteria import Marks as MarksRule
from razpis.engine.scoring import CriterionScore
from razpis.engine.scoring.score import Disagreement, Marked, TooFewMarks
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.marking import AgreedMark
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.marking import mark_locks, mark_rules, marking, material
from razpis.services.marking.material import Material
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations, duties, seated, sittings


@dataclass(frozen=True, slots=True)
class Question:
    """What the engine asks of the commission for one criterion of an application.

    ``ask`` is ``agreed`` (a value has to be agreed on), ``further_member`` (one more member has to mark) or
    ``too_few`` (fewer marks than the rules need). ``agreed``: the value that holds by now.
    """

    application: Application
    criterion: str
    rule: MarksRule
    ask: str
    marks: tuple[Mark, ...]
    agreed: AgreedMark | None


def questions(actor: Actor, call_id: int, now: datetime.datetime) -> list[Question]:
    """What is to be agreed on, settled questions too, for applications this person may read; in the order received.

    Raises :class:`Forbidden`, :class:`Missing`.
    """
    seat = seated.held(actor, call_id)
    gathered = material.gather(seat.call)
    open_to = declarations.readable(actor, call_id, now)
    found = material.evaluated(gathered, marks=_unagreed(gathered))
    scores = {line.case.id: line.score.criteria for line in found.lines}
    asked: list[Question] = []
    for key, application in gathered.applications.items():
        if application.id in open_to and gathered.round.closed(application.id):
            asked += [one for score in scores[key] if (one := _question(gathered, application, score)) is not None]
    return asked


def agree(
    actor: Actor, call_id: int, key: str, criterion: str, points: str, reason: str, now: datetime.datetime
) -> None:
    """Keep the agreed value with its reason; an earlier one ends.

    Only where the engine asks for one: marks inside the rule stand as they are. Raises :class:`Missing`,
    :class:`Forbidden` for whoever does not chair the application or has a conflict there, :class:`Invalid`,
    :class:`Refused` while the sheets are open, and outside a sitting with a quorum, as
    :func:`razpis.services.sitting.sittings.deciding` does: it is the commission that agrees.
    """
    call, rulebook = marking.marked_call(actor, call_id)
    seated.held(actor, call.id)
    rule = mark_rules.judged_one(rulebook, criterion)
    application = _agreeable(actor, call, key, now)
    value, told = mark_rules.points_fault(rule, points), mark_rules.reason_fault(reason)
    if isinstance(value, Text) or isinstance(told, Text):
        faults = {"points": value, "reason": told}
        raise Invalid({name: one for name, one in faults.items() if isinstance(one, Text)})
    _refuse_unasked(material.gather(call), application, criterion)
    query = select(AgreedMark).where(AgreedMark.application_id == application.id, AgreedMark.criterion == criterion)
    before = {}
    for one in db.session.scalars(query.where(AgreedMark.ended_at.is_(None)).order_by(AgreedMark.id)):
        one.ended_at, before = now, {"points": one.points, "reason": one.reason}
    made = AgreedMark(
        application_id=application.id,
        criterion=criterion,
        points=money.plain(value),
        reason=told,
        agreed_at=now,
        agreed_by=actor.person,
    )
    db.session.add(made)
    after = {"criterion": criterion, "points": made.points, "reason": told}
    journal.record(actor, now, "marks.agree", Subject("application", application.id, call.id), before, after)
    db.session.commit()


def _agreeable(actor: Actor, call: Call, key: str, now: datetime.datetime) -> Application:
    query = select(Application).where(Application.call_id == call.id, Application.key == key).with_for_update()
    application = db.session.scalar(query.execution_options(populate_existing=True))
    if application is None:
        raise Missing
    marking.refuse_others(actor, duties.duties(call.id, call.quorum, [application.id]), application, now)
    if not mark_locks.chairs(actor, call, application):
        raise Forbidden(
            Text(
                "Dogovorjeno vrednost vpiše predsednica ali predsednik komisije.",
                "The agreed value is entered by the president of the commission.",
            )
        )
    if call.state is not CallState.AGREEING or application.state is not ApplicationState.SCORED:
        raise Refused(
            Text(
                "Dogovorjena vrednost se vpiše, ko so ocenjevalni listi vloge zaklenjeni.",
                "A value is agreed on once the sheets of the application are locked.",
            )
        )
    sittings.deciding(actor, application, now)
    return application


def _refuse_unasked(gathered: Material, application: Application, criterion: str) -> None:
    place = (application.key, criterion)
    found = material.evaluated(gathered, marks={**gathered.marks, place: gathered.without_agreed(place)})
    question = _question(gathered, application, _score(found, application.key, criterion))
    if question is None or question.ask != "agreed":
        raise Refused(
            Text(
                "Po pravilih se za to merilo pri tej vlogi ne dogovarja: ocene članov veljajo, kot so.",
                "The rules ask for no agreed value here: the members' marks stand as they are.",
            )
        )


def _score(found: Evaluation, key: str, criterion: str) -> CriterionScore:
    criteria: Sequence[CriterionScore] = next(line.score.criteria for line in found.lines if line.case.id == key)
    score = next((one for one in criteria if one.key == criterion), None)
    if score is None:
        raise Missing
    return score


def _unagreed(gathered: Material) -> Marks:
    return {place: gathered.without_agreed(place) for place in gathered.marks}


def _question(gathered: Material, application: Application, score: CriterionScore) -> Question | None:
    rule = mark_rules.judged(gathered.rulebook).get(score.key)
    if rule is None or not isinstance(score.basis, Disagreement | TooFewMarks | Marked):
        return None
    ask = _asked(rule, score)
    if ask is None:
        return None
    agreed = gathered.round.agreed.get((application.id, score.key))
    return Question(application, score.key, rule, ask, score.basis.marks, agreed)


def _asked(rule: MarksRule, score: CriterionScore) -> str | None:
    if isinstance(score.basis, Disagreement):
        return score.basis.then
    if isinstance(score.basis, TooFewMarks):
        return "agreed" if rule.combine == "agreed" else "too_few"
    return None
