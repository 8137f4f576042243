"""Formal checks: in time, from an entitled person, complete – three answers apart, each with ground and article."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from razpis.engine.cases import Case
from razpis.engine.expressions import EvaluationFault
from razpis.engine.expressions import Missing as MissingFact
from razpis.engine.facts import established as facts_of
from razpis.engine.facts import no_value, siblings
from razpis.engine.problems import Problems, Text
from razpis.engine.rulebook.compiled import ConditionRule
from razpis.engine.rulebook.criteria import Condition
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.checking import FormalCheck, SupplementAnswer, SupplementRequest
from razpis.procedure.checking import ARTICLES, Aspect
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState
from razpis.procedure.workflow import APPLICATION, CALL, step
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.applications import transcripts
from razpis.services.calls import calls
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import established, findings
from razpis.services.records import journal
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations, seated, sittings

REASONS = Text("Navedite razloge.", "Give the reasons.")
OPEN_STATES = (ApplicationState.OPENED, ApplicationState.SUPPLEMENTING, ApplicationState.COMPLETE)
"""Applications whose check is not finished: scoring cannot begin while there is one."""


def put(
    actor: Actor, application_id: int, aspect: Aspect, met: bool, ground: str, article: str, now: datetime.datetime
) -> None:
    """Write down an answer within the running transaction; the earlier one is kept."""
    last = select(func.max(FormalCheck.number)).where(
        FormalCheck.application_id == application_id, FormalCheck.aspect == aspect
    )
    db.session.add(
        FormalCheck(
            application_id=application_id,
            aspect=aspect,
            number=(db.session.scalar(last) or 0) + 1,
            met=met,
            ground=ground.strip(),
            article=article.strip() or ARTICLES[aspect],
            at=now,
            by=actor.id,
        )
    )


def of_call(call_id: int) -> Mapping[int, Mapping[Aspect, FormalCheck]]:
    """The answers that stand, by application. One query."""
    return _standing(Application.call_id == call_id)


def of_application(application_id: int) -> Mapping[Aspect, FormalCheck]:
    """The answers that stand about one application."""
    return _standing(Application.id == application_id).get(application_id, {})


def entitled(actor: Actor, application_id: int, met: bool, ground: str, article: str, now: datetime.datetime) -> None:
    """Whether an entitled person filed it. If not, the application is proposed for dismissal, with reasons.

    Raises :class:`Invalid` without a ground and an article, :class:`Forbidden` and :class:`Refused` as
    :func:`razpis.services.sittings.deciding` does.
    """
    application = locked(actor, application_id, now)
    if application.state is not ApplicationState.OPENED:
        raise _not_now()
    before = {"state": application.state.value}
    if not met:
        _needs(ground, "ground")
        _needs(article, "article", Text("Navedite člen, ki določa, kdo je upravičen.", "Name the article."))
        application.state = step(APPLICATION, application.state, ApplicationEvent.FIND_INELIGIBLE, Role.MEMBER)
    application.changed_at = now
    put(actor, application.id, Aspect.ENTITLED, met, ground, article, now)
    told = (ground.strip().removesuffix("."), (article or ARTICLES[Aspect.ENTITLED]).strip())
    basis = "; ".join(filter(None, told))
    _end(actor, application, "check.entitled", before, {"met": met, "basis": basis}, now)


def complete(actor: Actor, application_id: int, now: datetime.datetime) -> None:
    """The application is complete. Raises :class:`Refused` with what is missing or not yet checked."""
    application = locked(actor, application_id, now)
    refuse_unentitled(application)
    _refuse_unanswered(application)
    gaps = missing(application)
    if gaps:
        sl, en = "; ".join(gap.sl for gap in gaps), "; ".join(gap.en for gap in gaps)
        raise Refused(Text(f"Vloga ni popolna: {sl}.", f"The application is not complete: {en}."))
    before = {"state": application.state.value}
    application.state = step(APPLICATION, application.state, ApplicationEvent.FIND_COMPLETE, Role.MEMBER)
    application.changed_at = now
    put(actor, application.id, Aspect.COMPLETE, True, "", "", now)
    _end(actor, application, "check.complete", before, {}, now)


def missing(application: Application) -> list[Text]:
    """What an application lacks formally: answers and attachments the form demands, conditions whose failing means
    dismissal."""
    rulebook, said = compiled(application.call.rulebook), established.contents(application.id)
    gaps = [Text("manjka ", "missing: ") + rulebook.fields[key].label for key in established.lacking(rulebook, said)]
    if not gaps:
        gaps = [one.text for one in unmet(application) if one.failing == "dismissed"]
    return gaps


def unmet(application: Application, unknown: bool = False) -> list[Condition]:
    """The conditions that the established facts do not meet; ``unknown``: and those that lack a fact.

    Raises ``Problems`` where a fact makes no sense.
    """
    rulebook = compiled(application.call.rulebook)
    cases = established.cases(application.call_id, {*established.FORMALLY_FIT, *OPEN_STATES})
    case = next((one for one in cases if one.id == application.key), None)
    if case is None:
        raise Missing
    facts = facts_of(rulebook, case, siblings(cases)[case.id])
    return [rule.rule for rule in rulebook.conditions if not _met(rule, case, facts, unknown)]


def admit(actor: Actor, application_id: int, now: datetime.datetime) -> None:
    """The conditions are met: the application goes to scoring, its facts having been confirmed.

    Raises :class:`Refused` where a fact is not confirmed yet or a condition is not met.
    """
    application = locked(actor, application_id, now)
    before = {"state": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.ADMIT, Role.MEMBER)
    _refuse_unconfirmed(application)
    failing = unmet(application, unknown=True)
    if failing:
        sl, en = "; ".join(one.text.sl for one in failing), "; ".join(one.text.en for one in failing)
        raise Refused(Text(f"Pogoj ni izpolnjen: {sl}.", f"A condition is not met: {en}."))
    application.state, application.changed_at = state, now
    _end(actor, application, "check.admit", before, {}, now)


def condition_failed(actor: Actor, application_id: int, reason: str, now: datetime.datetime) -> None:
    """A condition is not met by the established facts: the application is proposed for refusal, with reasons.

    Raises :class:`Invalid` without a reason, :class:`Refused` where every condition is met.
    """
    application = locked(actor, application_id, now)
    before = {"state": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.FIND_CONDITION_FAILED, Role.MEMBER)
    _needs(reason, "reason")
    _refuse_unconfirmed(application)
    failing = unmet(application, unknown=True)
    if not failing:
        raise Refused(
            Text(
                "Po ugotovljenih dejstvih so vsi pogoji izpolnjeni. Najprej popravite dejstvo, ki ne drži.",
                "By the established facts every condition is met. First correct the fact that is wrong.",
            )
        )
    application.state, application.changed_at = state, now
    after = {"conditions": [one.text.sl for one in failing], "reason": reason.strip()}
    _end(actor, application, "check.condition_failed", before, after, now)


def start_scoring(actor: Actor, call_id: int, now: datetime.datetime) -> None:
    """Begin scoring: every application is admitted or ended, no supplement period runs. Raises :class:`Refused`."""
    seated.presiding(actor, call_id)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.START_SCORING, Role.PRESIDENT)
    open_ones = select(Application.number).where(Application.call_id == call_id, Application.state.in_(OPEN_STATES))
    left = db.session.scalars(open_ones.order_by(Application.number)).all()
    if left:
        numbers = ", ".join(str(number) for number in left)
        raise Refused(
            Text(
                f"Preizkus še ni končan pri vlogah: {numbers}.",
                f"The check is not finished for applications: {numbers}.",
            )
        )
    before, call.state = {"state": call.state.value}, state
    call.revision += 1
    journal.record(actor, now, "call.start_scoring", calls.subject(call), before, {"state": state.value})
    db.session.commit()


def locked(actor: Actor, application_id: int, now: datetime.datetime) -> Application:
    """The application for a decision of the commission: readable by the actor, at a sitting with its quorum.

    Raises as :func:`razpis.services.declarations.may_read` and :func:`razpis.services.sittings.deciding` do,
    :class:`Refused` where the call is past the check.
    """
    declarations.may_read(actor, application_id, now)
    query = select(Application).where(Application.id == application_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    application = db.session.scalars(query).one()
    if application.call.state not in (CallState.OPENING, CallState.CHECKING):
        raise _not_now()
    sittings.deciding(actor, application, now)
    return application


def _standing(*which: Any) -> dict[int, dict[Aspect, FormalCheck]]:
    other = aliased(FormalCheck)
    last = select(func.max(other.number)).where(
        other.application_id == FormalCheck.application_id, other.aspect == FormalCheck.aspect
    )
    query = (
        select(FormalCheck)
        .join(Application, Application.id == FormalCheck.application_id)
        .where(*which, FormalCheck.number == last.correlate(FormalCheck).scalar_subquery())
        .order_by(FormalCheck.id)
    )
    found: dict[int, dict[Aspect, FormalCheck]] = {}
    for one in db.session.scalars(query):
        found.setdefault(one.application_id, {})[one.aspect] = one
    return found


def _met(rule: ConditionRule, case: Case, facts: Mapping[str, Any], unknown: bool) -> bool:
    try:
        return bool(rule.test.value(facts))
    except MissingFact:
        return not unknown
    except EvaluationFault as fault:
        raise Problems([no_value(case, rule.rule.text, rule.test.source, fault)]) from None


def _refuse_unanswered(application: Application) -> None:
    """What the commission found wanting is not mended while nothing was filed on its request."""
    if application.state is not ApplicationState.SUPPLEMENTING:
        return
    answered = select(SupplementAnswer.id).join(SupplementAnswer.request)
    if db.session.scalar(answered.where(SupplementRequest.application_id == application.id).limit(1)) is None:
        raise Refused(
            Text(
                "Prijavitelj na poziv k dopolnitvi še ni odgovoril.",
                "The applicant has not answered the request to supplement yet.",
            )
        )


def refuse_unentitled(application: Application) -> None:
    """Raises :class:`Refused` before it is found that an entitled person filed the application."""
    transcripts.refuse_unwritten(application)
    check = of_application(application.id).get(Aspect.ENTITLED)
    if check is None or not check.met:
        raise Refused(
            Text(
                "Najprej ugotovite, ali je vlogo vložila upravičena oseba.",
                "First find whether an entitled person filed the application.",
            )
        )


def _refuse_unconfirmed(application: Application) -> None:
    left = findings.unconfirmed(application)
    if left:
        labels = [compiled(application.call.rulebook).fields[key].label for key in left]
        sl, en = ", ".join(one.sl for one in labels), ", ".join(one.en for one in labels)
        raise Refused(
            Text(f"Najprej potrdite ali popravite odgovore: {sl}.", f"First confirm or correct the answers: {en}.")
        )


def _needs(text: str, name: str, told: Text = REASONS) -> None:
    fault = told if len(text.strip()) < 3 else legible.fault(text)
    if fault is not None:
        raise Invalid({name: fault})


def _not_now() -> Refused:
    return Refused(
        Text("V tem stanju vloge tega ni več mogoče ugotoviti.", "In this state this can no longer be found.")
    )


def _end(
    actor: Actor,
    application: Application,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    now: datetime.datetime,
) -> None:
    subject = declarations.subject(application)
    journal.record(actor, now, action, subject, before, {"state": application.state.value, **after})
    db.session.commit()
