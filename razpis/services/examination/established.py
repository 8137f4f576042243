"""Applications as the engine reads them: what was claimed, what a supplement changed, what the commission found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from razpis.engine.cases import Case, Finding
from razpis.engine.expressions.build import Value
from razpis.engine.problems import Place
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import AttachmentField, Field, TableField
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.checking import EstablishedAnswer, SupplementAnswer, SupplementRequest
from razpis.procedure.deadlines import local_time
from razpis.procedure.states import ApplicationState
from razpis.services.applications import replies
from razpis.services.errors import Missing
from razpis.services.rules.rulebooks import compiled

FORMALLY_FIT = (
    ApplicationState.COMPLETE,
    ApplicationState.CONDITION_FAILED,
    ApplicationState.IN_SCORING,
    ApplicationState.SCORED,
    ApplicationState.PROPOSED_GRANT,
    ApplicationState.PROPOSED_BELOW_THRESHOLD,
    ApplicationState.PROPOSED_WITHOUT_FUNDS,
    ApplicationState.GRANTED,
    ApplicationState.PARTLY_GRANTED,
    ApplicationState.REFUSED_CONDITION,
    ApplicationState.REFUSED_THRESHOLD,
    ApplicationState.REFUSED_FUNDS,
)
"""Applications that were found timely, entitled and complete: those that conditions and criteria are about."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an application says by now: the filing, changed only where a supplement answered what was asked.

    ``answers`` are kept values by field, ``attachments`` lists of ``{name, size, sha256, key}``; ``supplemented``
    names the fields that a supplement changed.
    """

    lot: str
    answers: Mapping[str, Any]
    attachments: Mapping[str, Sequence[Mapping[str, Any]]]
    supplemented: frozenset[str] = frozenset()


def cases(call_id: int, states: Collection[ApplicationState] = FORMALLY_FIT, also: Collection[str] = ()) -> list[Case]:
    """The engine's cases of a call in the order received; ``id`` is the application's key. Six queries at most.

    ``line`` is the number in the order received; ``also`` are keys of applications that count in whatever state.
    The caller has asked who may read (:func:`may_read`).
    """
    found = _loaded(Application.call_id == call_id, or_(Application.state.in_(states), Application.key.in_(also)))
    if not found:
        return []
    findings = _findings(Application.call_id == call_id)
    supplements = _supplements(Application.call_id == call_id)
    rulebook = compiled(found[0].call.rulebook)
    return [_case(rulebook, one, supplements.get(one.id, ()), findings.get(one.id, ())) for one in found]


def case(application_id: int) -> Case:
    """One application as the engine reads it. Raises :class:`Missing`."""
    application = _one(application_id)
    supplements = _supplements(Application.id == application_id)
    findings = _findings(Application.id == application_id)
    rulebook = compiled(application.call.rulebook)
    return _case(rulebook, application, supplements.get(application_id, ()), findings.get(application_id, ()))


def contents(application_id: int, without: int | None = None) -> Contents:
    """What an application says by now, as kept; ``without``: as if that request had not been answered.

    Raises :class:`Missing`.
    """
    supplements = _supplements(Application.id == application_id).get(application_id, ())
    return _contents(_one(application_id), [one for one in supplements if one.request_id != without])


def values(rulebook: Rulebook, said: Contents) -> dict[str, Value]:
    """Every field of the form with its value, ``None`` where nothing was answered."""
    return {key: _value(key, field, said) for key, field in rulebook.fields.items()}


def lacking(rulebook: Rulebook, said: Contents) -> list[str]:
    """The fields that the form demands of the applicant and that are not answered."""
    answered = values(rulebook, said)
    asked = {key: field for key, field in rulebook.fields.items() if field.filled_by == "applicant"}
    return [key for key, field in asked.items() if field.required and answered[key] is None]


def found(application_id: int) -> dict[str, EstablishedAnswer]:
    """The standing findings of an application by what they are about."""
    return {one.field: one for one in _findings(Application.id == application_id).get(application_id, ())}


def path_field(rulebook: Rulebook, path: str) -> Field | None:
    """The field (or column) a finding's ``path`` is about: ``members``, ``budget.2.amount``."""
    parts = path.split(".")
    field = rulebook.fields.get(parts[0])
    if len(parts) == 1 or field is None:
        return field
    if len(parts) != 3 or not isinstance(field, TableField):
        return None
    return field.columns.get(parts[2])


def _case(
    rulebook: Rulebook,
    application: Application,
    supplements: Sequence[SupplementAnswer],
    findings: Sequence[EstablishedAnswer],
) -> Case:
    filing = _standing(application)
    return Case(
        id=application.key,
        line=application.number or 1,
        place=Place(""),
        lot=application.lot,
        applicant=None if application.organisation_id is None else str(application.organisation_id),
        submitted_at=local_time(filing.filed_at) if filing is not None else None,
        claims=values(rulebook, _contents(application, supplements)),
        findings=tuple(_finding(rulebook, one) for one in findings),
    )


def _contents(application: Application, supplements: Sequence[SupplementAnswer]) -> Contents:
    filing = _standing(application)
    filed: dict[str, Any] = filing.content if filing is not None else {"answers": {}, "attachments": {}}
    answers, attachments = dict(filed["answers"]), dict(filed["attachments"])
    changed: set[str] = set()
    for one in supplements:
        for key, kept in one.content["answers"].items():
            answers[key] = kept
        for key, files in one.content["attachments"].items():
            attachments[key] = files
        changed |= {*one.content["answers"], *one.content["attachments"]}
    return Contents(application.lot, answers, attachments, frozenset(changed))


def _value(key: str, field: Field, said: Contents) -> Value:
    if isinstance(field, AttachmentField):
        return ", ".join(file["name"] for file in said.attachments.get(key, ())) or None
    return replies.value(field, said.answers.get(key))


def _finding(rulebook: Rulebook, one: EstablishedAnswer) -> Finding:
    field = path_field(rulebook, one.field)
    if field is None or isinstance(field, AttachmentField):
        return Finding(one.field, one.value, one.reason)
    return Finding(one.field, replies.value(field, one.value), one.reason)


def _standing(application: Application) -> Filing | None:
    left = [one for one in application.filings if one.replaced_at is None and one.withdrawn_at is None]
    return left[-1] if left else None


def _one(application_id: int) -> Application:
    found = _loaded(Application.id == application_id)
    if not found:
        raise Missing
    return found[0]


def _loaded(*which: Any) -> Sequence[Application]:
    query = select(Application).where(*which).order_by(Application.number, Application.id)
    return db.session.scalars(query.options(joinedload(Application.call), selectinload(Application.filings))).all()


def _supplements(*which: Any) -> dict[int, list[SupplementAnswer]]:
    """The supplement that counts in each round, by application, the first round first."""
    other = aliased(SupplementAnswer)
    last = select(func.max(other.number)).where(other.request_id == SupplementAnswer.request_id)
    query = (
        select(SupplementAnswer, Application.id)
        .join(SupplementRequest, SupplementRequest.id == SupplementAnswer.request_id)
        .join(Application, Application.id == SupplementRequest.application_id)
        .where(*which, SupplementAnswer.number == last.correlate(SupplementAnswer).scalar_subquery())
        .order_by(Application.id, SupplementRequest.round)
    )
    grouped: dict[int, list[SupplementAnswer]] = {}
    for answer, application_id in db.session.execute(query):
        grouped.setdefault(application_id, []).append(answer)
    return grouped


def _findings(*which: Any) -> dict[int, list[EstablishedAnswer]]:
    """The findings that stand, by application, in the order they were first made."""
    other = aliased(EstablishedAnswer)
    last = select(func.max(other.number)).where(
        other.application_id == EstablishedAnswer.application_id, other.field == EstablishedAnswer.field
    )
    query = (
        select(EstablishedAnswer)
        .join(Application, Application.id == EstablishedAnswer.application_id)
        .where(*which, EstablishedAnswer.number == last.correlate(EstablishedAnswer).scalar_subquery())
        .order_by(EstablishedAnswer.application_id, EstablishedAnswer.id)
    )
    grouped: dict[int, list[EstablishedAnswer]] = {}
    for one in db.session.scalars(query):
        grouped.setdefault(one.application_id, []).append(one)
    return grouped
