"""From an evaluation to decisions: each applicant's stored trace put into a decision and drawn as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from razpis.assets import ASSETS
from razpis.documents import decision as document
from razpis.documents.decision_pdf import render_decision
from razpis.documents.decision_text import load_decision_texts
from razpis.documents.fonts import MissingGlyphError
from razpis.documents.format_sl import plain
from razpis.documents.legal_text import LegalTextError, LegalTexts
from razpis.engine import money
from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.problems import Place, Problem, Problems, Text
from razpis.engine.rulebook.call import ApplicantFields, Decisions, Signer
from razpis.engine.trace import CriterionTrace, Explanation
from razpis.engine.wording import Explainer, Speaker

DECIDED = frozenset(outcome.value for outcome in document.Outcome)
_SPEAKER = Speaker("sl")
_WAITS = {
    "not_scored": (
        "nima še vseh točk; sklepi se napišejo, ko so ocenjene vse vloge, zato dopolnite ocene",
        "it has not all its points yet; decisions are written once all applications are scored, so add the marks",
    ),
    "open_tie": (
        "čaka na razrešitev izenačenja; sklepi se napišejo, ko je vrstni red znan, zato dodajte žreb",
        "it waits for a tie to be settled; decisions are written once the order is known, so add the draw",
    ),
}


def decisions(evaluation: Evaluation) -> Iterator[tuple[str, bytes]]:
    """Id and PDF of every application that is decided, in the order of the results.

    Raises :class:`Problems`, before the first PDF, where anything a decision must say is missing, and while a tie is
    open or an application not scored: what the others get may still change.
    """
    settings, fields = _settings(evaluation)
    waiting = [_problem(line, *_WAITS[line.outcome]) for line in evaluation.lines if line.outcome in _WAITS]
    if waiting:
        raise Problems(waiting)
    wording = texts()
    decided = [line for line in evaluation.lines if line.outcome in DECIDED]
    drafts, problems = [], []
    explainer = Explainer(evaluation, "sl")
    for number, line in enumerate(decided, settings.first_document):
        try:
            drafts.append((line, _decision(evaluation, settings, fields, line, explainer, number)))
        except document.DecisionError as error:
            listed = "; ".join(error.problems)
            problems.append(_problem(line, f"sklepa ni mogoče izdati: {listed}", f"no decision possible: {listed}"))
    if problems:
        raise Problems(problems)
    for line, draft in drafts:
        try:
            yield line.case.id, render_decision(draft, wording)
        except MissingGlyphError as error:
            raise Problems([_problem(line, str(error), str(error))]) from None


def _problem(line: Line, sl: str, en: str) -> Problem:
    begin = f"vloga {line.case.id}: ", f"application {line.case.id}: "
    return Problem(line.case.place, Text(begin[0] + sl, begin[1] + en))


def _settings(evaluation: Evaluation) -> tuple[Decisions, ApplicantFields]:
    call = evaluation.rulebook.file.call
    fields = call.applicant
    if call.decisions is None or fields is None or fields.seat is None or fields.programme is None:
        text = Text(
            "za sklepe pravila potrebujejo »call: decisions:« in »call: applicant:« z name, seat in programme",
            "decisions need 'call: decisions:' and 'call: applicant:' with name, seat and programme",
        )
        raise Problems([Problem(Place(evaluation.rulebook.name), text)])
    return call.decisions, fields


def texts() -> LegalTexts:
    """The wording of decisions, read and checked anew. Raises :class:`Problems` with file and line."""
    try:
        return load_decision_texts(ASSETS / "templates" / "documents" / "decision")
    except LegalTextError as error:
        raise Problems(
            Problem(Place(str(one.file), one.line), Text(one.message, one.message)) for one in error.problems
        ) from None


def _decision(
    evaluation: Evaluation, settings: Decisions, fields: ApplicantFields, line: Line, explainer: Explainer, number: int
) -> document.Decision:
    return document.Decision(
        authority=_authority(settings),
        case_number=settings.case.sl,
        document_number=str(number),
        issued_on=settings.date,
        act={"sklep": document.Act.SKLEP, "odlocba": document.Act.ODLOCBA}[settings.act],
        call=document.Call(
            evaluation.rulebook.file.call.title.sl,
            settings.publication.sl,
            tuple(text.sl for text in settings.legal_basis),
        ),
        applicant=_applicant(fields, line),
        procedure=tuple(text.sl for text in settings.procedure),
        proposal=tuple(text.sl for text in settings.proposal),
        remedy=_remedy(settings),
        issued_by=_signer(settings.issued_by),
        led_by=_signer(settings.led_by) if settings.led_by else None,
        service_list=tuple(text.sl for text in settings.serve),
        grant_terms=_terms(settings) if line.cents else None,
        **found_parts(evaluation, line, explainer),
    )


def found_parts(evaluation: Evaluation, line: Line, explainer: Explainer) -> dict[str, Any]:
    """What a decision says from the trace of its line alone, as arguments of a ``Decision``: programme, outcome,
    amounts, conditions, criteria with reasons, total, how the money was divided, why not more. ``explainer``:
    of the same evaluation, in Slovenian."""
    told, fields = explainer.explain(line), evaluation.rulebook.file.call.applicant
    lot = next((one for one in evaluation.lots if one.lot == line.case.lot), None)
    title = evaluation.rulebook.lots[line.case.lot].title if lot else None
    award = line.award
    return {
        "programme_title": fact(line, fields.programme if fields else None),
        "lot_title": title.sl if title else "",
        "outcome": document.Outcome(line.outcome),
        "requested": award.wish.request if award else _requested(evaluation, line),
        "awarded": line.cents,
        "conditions": tuple(
            document.ConditionFinding(one.text, one.article, one.met, plain(one.finding)) for one in told.conditions
        ),
        "corrections": tuple(
            document.Correction(one.label, one.claim, one.established, one.reason) for one in told.corrections
        ),
        "criteria": tuple(_sections(evaluation, told)),
        "total": _total(evaluation, line, told),
        "allocation": tuple(map(plain, explainer.divided(line.case.lot))) if award else (),
        "derivation": _sentences(told.amount),
        "refusal_reasons": tuple(map(plain, told.refusal)),
    }


def _sentences(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(line if line.endswith(".") else f"{line}.") for line in lines)


def _requested(evaluation: Evaluation, line: Line) -> int:
    rule = evaluation.rulebook.file.allocation
    value = line.score.facts.get(rule.request) if rule else None
    return 0 if value is None else money.to_cents(value)


def fact(line: Line, key: str | None) -> str:
    """An established fact of the application in words; empty without one."""
    value = line.score.facts.get(key) if key else None
    return "" if value is None else _SPEAKER.value(value)


def _applicant(fields: ApplicantFields, line: Line) -> document.Applicant:
    return document.Applicant(
        name=fact(line, fields.name),
        seat=fact(line, fields.seat),
        registration_number=fact(line, fields.registration_number),
        representative=fact(line, fields.representative),
    )


def _authority(settings: Decisions) -> document.Authority:
    authority = settings.authority
    return document.Authority(
        name=authority.name.sl,
        units=tuple(unit.sl for unit in authority.units),
        address=authority.address.sl,
        email=authority.email.sl,
        place=authority.place.sl,
    )


def _remedy(settings: Decisions) -> document.LegalRemedy:
    remedy = settings.remedy
    return document.LegalRemedy(
        kind=document.RemedyKind(remedy.kind),
        days=remedy.days,
        lodged_with=remedy.lodged_with.sl,
        addressed_to=remedy.addressed_to.sl if remedy.addressed_to else "",
        fee=remedy.fee.sl if remedy.fee else "",
    )


def _signer(signer: Signer) -> document.Signer:
    return document.Signer(signer.caption.sl, signer.name.sl, signer.title.sl)


def _terms(settings: Decisions) -> document.GrantTerms:
    grant = settings.grant
    return document.GrantTerms(grant.budget_line.sl, grant.period.sl, grant.contract_days)


def _sections(evaluation: Evaluation, told: Explanation) -> Iterator[document.CriteriaSection]:
    """Criteria under their sections, in the rulebook's order; those without one under no title."""
    totals = {section.key: section for section in told.sections}
    order = {key: at for at, key in enumerate(evaluation.rulebook.sections)}
    ordered = sorted(told.criteria, key=lambda one: order.get(one.section, len(order)))
    for key, group in groupby(ordered, key=lambda one: one.section):
        rows = tuple(group)
        section = totals.get(key)
        points = section.points if section else sum(row.points or 0 for row in rows)
        most = section.maximum if section and section.maximum is not None else _sum_of_maxima(rows)
        yield document.CriteriaSection(
            title=section.title if section else "",
            maximum=most if isinstance(most, str) else _SPEAKER.number(most),
            points=_SPEAKER.number(points),
            rows=tuple(_row(row) for row in rows),
        )


def _sum_of_maxima(rows: tuple[CriterionTrace, ...]) -> money.Number | str:
    maxima = [row.maximum for row in rows]
    return "–" if None in maxima else sum(most for most in maxima if most is not None)


def _row(row: CriterionTrace) -> document.CriterionRow:
    return document.CriterionRow(
        title=row.title,
        article=row.article,
        maximum="–" if row.maximum is None else _SPEAKER.number(row.maximum),
        points="" if row.points is None else _SPEAKER.number(row.points),
        reason=plain(row.reason),
    )


def _total(evaluation: Evaluation, line: Line, told: Explanation) -> document.ScoreTotal | None:
    if line.score.total is None:
        return None
    most = evaluation.rulebook.file.total.max
    return document.ScoreTotal(
        points=_SPEAKER.number(line.score.total),
        maximum="" if most is None else _SPEAKER.number(most),
        threshold="; ".join(f"{one.need} ({one.title})" for one in told.thresholds),
        place=told.place,
    )
