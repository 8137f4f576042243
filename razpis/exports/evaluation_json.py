"""The whole evaluation with its trace as JSON: what a page shows, a letter prints and a stranger replays.

Numbers are exact and stand as text (``72``, ``17.5``, ``94/3``), amounts in euros (``6120.00``).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import razpis
from razpis.engine import money
from razpis.engine.allocation import LotAllocation
from razpis.engine.evaluation import Evaluation, Line, reserve_positions
from razpis.engine.problems import Language, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import CriterionScore
from razpis.engine.wording import Explainer, explain_lot, lot_numbers
from razpis.engine.wording.traces import REMEMBERED, Repeated
from razpis.exports.json_text import Written, written, written_list, written_object
from razpis.exports.rule_values import rule_values

FORMAT = "razpis-evaluation/1"
LANGUAGES: tuple[Language, ...] = ("sl", "en")


def evaluation_json(evaluation: Evaluation, inputs: Mapping[str, str], changes: Sequence[str] = ()) -> bytes:
    """The evaluation; ``inputs``: SHA-256 of each input file by its role; ``changes``: those that make it a
    simulation, which is never a result."""
    rulebook = evaluation.rulebook
    call = rulebook.file.call
    document = {
        "format": FORMAT,
        "engine": razpis.__version__,
        "simulation": list(changes),
        "inputs": dict(inputs),
        "rulebook_sha256": rulebook.sha256,
        "call": {
            "title": plain(call.title),
            "reference": plain(call.reference),
            "year": call.year,
            "example": call.example,
        },
        "lots": [_lot(evaluation, lot) for lot in evaluation.lots],
        "rules": rule_values(rulebook),
        "limits": plain(_titles(rulebook)),
        "ties": [plain(tie) for ranking in evaluation.rankings for tie in ranking.ties],
        "certificate": {
            "ok": evaluation.certificate.ok,
            "checks": [plain(check) | {"ok": check.ok} for check in evaluation.certificate.checks],
        },
    }
    begin = json.dumps(document, ensure_ascii=False, indent=1).removesuffix("\n}")
    told, reserve = _Told(evaluation), reserve_positions(evaluation)
    lines = (written_object(_line(evaluation, line, told, reserve)).encode() for line in evaluation.lines)
    return b"".join((begin.encode(), b',\n "lines": [\n', b",\n".join(lines), b"\n ]\n}\n"))


def _titles(rulebook: Rulebook) -> dict[str, Text]:
    """What limits and set-asides are called, by the key that an award is limited by."""
    rule = rulebook.file.allocation
    if rule is None:
        return {}
    titles = {key: limit.title for key, limit in rule.limits.items()}
    titles.update((key, kept.title) for key, kept in rule.set_asides.items())
    return {key: title for key, title in titles.items() if title is not None}


def plain(value: Any) -> Any:
    """A value of the engine as JSON."""
    return json.loads(written(value))


def _euros(cents: money.Number) -> str:
    return money.fixed(money.from_cents(cents), 2)


def _lot(evaluation: Evaluation, lot: LotAllocation) -> dict[str, Any]:
    title = evaluation.rulebook.lots[lot.lot].title
    return {
        "lot": lot.lot,
        "title": plain(title or Text(lot.lot, lot.lot)),
        "amount": _euros(lot.amount),
        "received": _euros(lot.received),
        "given": _euros(lot.given),
        "spent": _euros(lot.spent),
        "left": _euros(lot.left),
        "value_of_point": _value(lot.value_of_point),
        "exact_value_of_point": _value(lot.exact_value),
        "threshold": None if lot.threshold is None else money.plain(lot.threshold),
        "explanation": {"sl": explain_lot(evaluation, lot, "sl"), "en": explain_lot(evaluation, lot, "en")},
        "numbers": {"sl": lot_numbers(evaluation, lot, "sl"), "en": lot_numbers(evaluation, lot, "en")},
    }


def _value(cents: money.Number | None) -> str | None:
    return None if cents is None else money.plain(money.from_cents(cents))


class _Told:
    """Criteria and explanations as JSON; what reads the same for many applications is written once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._explainers = {language: Explainer(evaluation, language) for language in LANGUAGES}
        self._traces = self._explainers[LANGUAGES[0]].traces
        self._known: dict[tuple[str, Repeated], str] = {}

    def criteria(self, line: Line) -> Written:
        """The points of every criterion with their bases."""
        return written_list([self._once("", given, _criterion, given) for given in line.score.criteria])

    def explanation(self, line: Line) -> Written:
        """The explanation in every language."""
        return written_object({language: self._explained(language, line) for language in LANGUAGES})

    def _explained(self, language: Language, line: Line) -> Written:
        told = self._explainers[language].explain(line)
        members = {field.name: getattr(told, field.name) for field in dataclasses.fields(told)}
        pairs = zip(line.score.criteria, told.criteria, strict=True)
        members["criteria"] = written_list([self._once(language, given, written, trace) for given, trace in pairs])
        return written_object(members)

    def _once(self, what: str, given: CriterionScore, write: Callable[[Any], str], of: Any) -> str:
        repeated = self._traces.repeated(given)
        if repeated is None:
            return write(of)
        found = self._known.get((what, repeated))
        if found is None:
            found = write(of)
            if len(self._known) < REMEMBERED:
                self._known[what, repeated] = found
        return found


def _line(evaluation: Evaluation, line: Line, told: _Told, reserve: Mapping[str, int] | None) -> dict[str, Any]:
    case, score, rulebook = line.case, line.score, evaluation.rulebook
    listed = {} if reserve is None else {"reserve": Written(reserve[case.id]) if case.id in reserve else None}
    return {
        "id": case.id,
        "lot": case.lot,
        "applicant": case.applicant,
        "name": applicant_name(evaluation, line),
        "programme": programme(evaluation, line),
        "submitted_at": case.submitted_at,
        "place": Written(line.ranked.place) if line.ranked else None,
        "points": None if score.total is None else money.plain(score.total),
        "outcome": line.outcome,
        "requested": _requested(evaluation, line),
        "award": _euros(line.cents),
        "limited_by": line.limited_by,
        **listed,
        "claims": case.claims,
        "findings": case.findings,
        "facts": {key: score.facts[key] for key in rulebook.kinds},
        "conditions": score.conditions,
        "criteria": told.criteria(line),
        "sections": score.sections,
        "thresholds": score.thresholds,
        "ranking_keys": line.ranked.keys if line.ranked else [],
        "allocation": _award(line),
        "explanation": told.explanation(line),
    }


def _criterion(given: CriterionScore) -> str:
    basis = {"kind": type(given.basis).__name__, **given.basis._asdict()}
    return written_object({"key": given.key, "points": given.points, "basis": basis})


def _award(line: Line) -> dict[str, Any] | None:
    award = line.award
    if award is None:
        return None
    return {
        "entitlement": _exact_euros(award.wish.entitlement),
        "limits": {bound.key: _exact_euros(bound.cents) for bound in award.wish.bounds},
        "wanted": _euros(award.wish.want),
        "weight": award.wish.weight,
        "share": None if award.share is None else _exact_euros(award.share),
        "available": None if award.available is None else _euros(award.available),
        "rounded_down": award.rounded_down,
        "last_cents": _euros(award.last_cents),
        "passes": {name: _euros(cents) for name, cents in award.passes},
        "remaining_after": None if award.available is None else _euros(award.available - award.cents),
    }


def _exact_euros(cents: money.Number) -> str:
    return money.plain(money.from_cents(cents))


def applicant_name(evaluation: Evaluation, line: Line) -> str:
    """The applicant's name as the rulebook says where it stands, else its identifier."""
    fields = evaluation.rulebook.file.call.applicant
    name = line.score.facts.get(fields.name) if fields else None
    return str(name or line.case.applicant or line.case.id)


def programme(evaluation: Evaluation, line: Line) -> str | None:
    """The title of the programme applied for, where the form asks for one."""
    fields = evaluation.rulebook.file.call.applicant
    found = line.score.facts.get(fields.programme) if fields and fields.programme else None
    return None if found is None else str(found)


def _requested(evaluation: Evaluation, line: Line) -> str | None:
    rule = evaluation.rulebook.file.allocation
    value = line.score.facts.get(rule.request) if rule else None
    return None if value is None else _euros(value * 100)
