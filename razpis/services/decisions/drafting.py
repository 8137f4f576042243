"""Drafts of the decisions of a call: each from the stored trace of the accepted proposal's run, or from a check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from razpis.documents.decision import Decision, DecisionError
from razpis.documents.fonts import MissingGlyphError, drawable
from razpis.documents.format_sl import bind
from razpis.engine import money
from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.problems import Text
from razpis.engine.wording import Explainer, Speaker
from razpis.models.applications import Application
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck
from razpis.models.evaluations import Proposal
from razpis.models.remedies import Renunciation
from razpis.procedure.acts import Kind
from razpis.procedure.checking import Aspect
from razpis.procedure.states import ApplicationState
from razpis.services.applications import received
from razpis.services.decisions import act_facts, course, dismissals, parties, reasons
from razpis.services.decisions import terms as settings
from razpis.services.decisions.act_facts import Facts
from razpis.services.decisions.dismissals import GROUNDS
from razpis.services.decisions.gaps import Gap, Where
from razpis.services.decisions.paper_room import Gaps, Lacking, Room
from razpis.services.decisions.papers_application import discontinuance
from razpis.services.decisions.terms import Terms
from razpis.services.examination.supplements import Standing
from razpis.services.proposing.runs import Result
from razpis.services.rules import deciding
from razpis.services.sitting import exclusions
from razpis.services.sitting.exclusions import Exclusion

_A = ApplicationState
OUTCOMES: Mapping[ApplicationState, tuple[str, ...]] = {
    _A.PROPOSED_GRANT: ("granted", "part"),
    _A.PROPOSED_BELOW_THRESHOLD: ("below_threshold",),
    _A.PROPOSED_WITHOUT_FUNDS: ("no_money",),
    _A.CONDITION_FAILED: ("condition_failed",),
}
"""Applications decided on the merits, and the outcomes of the run that fit their state."""
UNDECIDED = (*OUTCOMES, *GROUNDS, _A.STOPPING)
_SPEAKER = Speaker("sl")


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that can be issued: on which application, what kind, what it says."""

    application: Application
    kind: Kind
    facts: Facts


@dataclass(slots=True)
class Basis:
    """What decisions of a call are drawn from. ``asked``: requests to supplement by the application's number (of the
    row), with their service; ``renounced``: statements of withdrawal, likewise; ``stored``: lines of the run by key;
    ``pots``: its lots by key."""

    room: Room
    proposal: Proposal
    run: Result
    evaluation: Evaluation
    people: Mapping[int, tuple[received.Line, Any]]
    checks: Mapping[int, Mapping[Aspect, FormalCheck]]
    asked: Mapping[int, Standing]
    renounced: Mapping[int, Renunciation]
    call: Call = field(init=False)
    terms: Terms = field(init=False)
    stored: Mapping[str, Mapping[str, Any]] = field(init=False)
    pots: Mapping[str, Mapping[str, Any]] = field(init=False)
    claims: Mapping[str, Mapping[str, Any]] = field(init=False)
    aside: Mapping[int, Exclusion] = field(init=False)
    same: Mapping[str, Any] = field(init=False)
    alike: Mapping[str, Any] = field(init=False)
    explainer: Explainer = field(init=False)

    def __post_init__(self) -> None:
        assert self.room.terms is not None
        self.call, self.terms = self.room.call, self.room.terms
        self.stored = {line["id"]: line for line in self.run.lines}
        self.pots = {lot["lot"]: lot for lot in self.run.document["lots"]}
        self.claims = dismissals.claims(self.call.id)
        self.aside = exclusions.of_call(self.call.id)
        self.same = settings.frame(self.call, self.terms)
        self.alike = reasons.of_call(self.call, self.run.run)
        self.explainer = Explainer(self.evaluation, "sl")


def drafts(basis: Basis, applications: Sequence[Application]) -> Iterator[Draft | Gap]:
    """A draft of each application still undecided, or every gap that keeps it from being one."""
    lines = {line.case.id: line for line in basis.evaluation.lines}
    order = {key: at for at, key in enumerate(lines)}
    for one in sorted(applications, key=lambda one: (order.get(one.key, len(order)), one.number or 0)):
        found, applicant = basis.people[one.id]
        lacking = list(parties.gaps(found, applicant))
        if one.state is _A.STOPPING:
            yield from lacking or _stopped(basis, one)
            continue
        if one.state in GROUNDS:
            lacking += _dismissal_gaps(basis, one)
        else:
            lacking += _line_gaps(basis, one, lines.get(one.key))
        yield from lacking or _draft(basis, one, lines.get(one.key))


def _draft(basis: Basis, application: Application, line: Line | None) -> Iterator[Draft | Gap]:
    kind = Kind.DISMISSAL if application.state in GROUNDS else Kind.DECISION
    try:
        told = _dismissed(basis, application) if line is None else _decided(basis, application, line)
        drawable(told, bind)
    except DecisionError as error:
        for text in error.problems:
            yield Gap(Where.LINE, Text(text, text), application.number, application.key)
    except MissingGlyphError as error:
        yield Gap(Where.LINE, Text(str(error), str(error)), application.number, application.key)
    else:
        yield Draft(application, kind, act_facts.facts(told, _reasons(basis, application, line)))


def _stopped(basis: Basis, application: Application) -> Iterator[Draft | Gap]:
    """The order that ends the procedure; nothing of the evaluation is in it."""
    line, applicant = basis.people[application.id]
    try:
        told = discontinuance(basis.room, line, applicant, basis.renounced.get(application.id))
    except Lacking as lacking:
        for text in lacking.problems:
            yield Gap(Where.LINE, text, application.number, application.key)
    else:
        about = {**basis.alike, "application": application.number}
        yield Draft(application, Kind.DISCONTINUANCE, act_facts.of_order(told, applicant, "discontinued", about))


def _decided(basis: Basis, application: Application, line: Line) -> Decision:
    parts = deciding.found_parts(basis.evaluation, line, basis.explainer)
    short = reasons.short_of_money(basis.evaluation, line)
    if short is not None:
        parts["refusal_reasons"] = (*parts["refusal_reasons"], _short(basis.evaluation, line, short))
    outside, _ = basis.people[application.id]
    aside = basis.aside.get(application.id)
    way = course.told(outside, basis.asked.get(application.id), len(aside.excluded) if aside else 0)
    return Decision(
        **{**basis.same, "procedure": (*basis.terms.procedure, *way)},
        **parts,
        **_blank(basis, application),
        grant_terms=settings.grant_terms(basis.terms) if line.cents else None,
    )


def _dismissed(basis: Basis, application: Application) -> Decision:
    """The very text of the paper among the call's papers."""
    return dismissals.decision(basis.call, basis.same, _to_dismiss(basis, application), act_facts.DRAFT_DAY)


def _to_dismiss(basis: Basis, application: Application) -> dismissals.Found:
    check = basis.checks.get(application.id, {}).get(GROUNDS[application.state][0])
    asked, claims = basis.asked.get(application.id), basis.claims.get(application.key, {})
    return dismissals.Found(application, *basis.people[application.id], check, asked, claims)


def _blank(basis: Basis, application: Application) -> dict[str, Any]:
    """The addressee; number and day stand in for those that come with the approval."""
    return {
        "applicant": basis.people[application.id][1],
        "document_number": act_facts.DRAFT_NUMBER,
        "issued_on": act_facts.DRAFT_DAY,
    }


def _reasons(basis: Basis, application: Application, line: Line | None) -> dict[str, Any]:
    about = {**basis.alike, "application": application.number}
    if line is None:
        checks = basis.checks.get(application.id, {})
        return about | reasons.of_check(checks.get(GROUNDS[application.state][0]))
    pot = basis.pots.get(line.case.lot)
    return about | reasons.of_line(basis.call, basis.evaluation, line, basis.stored[line.case.id], pot)


def _dismissal_gaps(basis: Basis, application: Application) -> Iterator[Gap]:
    """What the ground lacks: words, article, and for one not supplemented the request, its service and its end."""
    gaps = Gaps()
    dismissals.reasons(basis.call, _to_dismiss(basis, application), gaps)
    for text in gaps.found:
        yield Gap(Where.LINE, text, application.number, application.key)


def _line_gaps(basis: Basis, application: Application, line: Line | None) -> Iterator[Gap]:
    """What keeps a line from a decision: an outcome that contradicts the state, another amount than proposed, a
    condition not met without an article."""
    number, key = application.number, application.key
    if line is None or line.outcome not in OUTCOMES[application.state]:
        yield Gap(
            Where.PROPOSAL,
            Text("stanje vloge se ne ujema z izidom", "the application's state contradicts the result"),
            number,
            key,
        )
        return
    if _proposed(basis.proposal).get(key) != line.cents:
        yield Gap(
            Where.PROPOSAL,
            Text("znesek v izreku ni enak predlaganemu", "the operative amount is not the one proposed"),
            number,
            key,
        )
    unmet = basis.explainer.explain(line).conditions if line.outcome == "condition_failed" else ()
    for one in unmet:
        if not one.met and not one.article.strip():
            text = Text(f"pogoj »{one.text}« nima člena", f"the condition '{one.text}' has no article")
            yield Gap(Where.RULES, text, number)


def _proposed(proposal: Proposal) -> dict[str, int]:
    return {one["key"]: one["cents"] for one in proposal.report["lines"]}


def _short(evaluation: Evaluation, line: Line, short: money.Number) -> str:
    least = reasons.cut(evaluation, line)
    assert least is not None
    verb = _SPEAKER.counted(short, ("manjka", "manjkata", "manjkajo", "manjka", "manjka"), ("", ""))
    return (
        f"Najnižje število točk, pri katerem so bila sredstva še dodeljena, je {_SPEAKER.number(least)}; "
        f"do njega {verb} {_SPEAKER.points(short)}."
    )
