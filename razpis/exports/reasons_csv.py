"""Every reason as a spreadsheet: one row for each condition, criterion, threshold and step of an amount."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.money import Number
from razpis.engine.problems import Language
from razpis.engine.trace import Explanation
from razpis.engine.wording import Explainer
from razpis.exports.evaluation_json import applicant_name
from razpis.exports.journal_csv import guarded
from razpis.exports.results_csv import decimal

HEADER = ("id", "lot", "applicant", "part", "title", "points", "maximum", "reason", "article")
_NUMBERS = ("points", "maximum")


def reasons_csv(evaluation: Evaluation, language: Language) -> bytes:
    """The same trace as on the page and in the decision. UTF-8 with a mark, so that spreadsheets read š and č;
    comma, LF; ``part`` is one of correction, condition, criterion, section, total, threshold, place, amount,
    refusal. A text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    explainer = Explainer(evaluation, language)
    for line in evaluation.lines:
        begin = (line.case.id, line.case.lot, applicant_name(evaluation, line))
        writer.writerows(_safe((*begin, *row)) for row in _rows(line, explainer.explain(line)))
    return out.getvalue().encode("utf-8-sig")


def _safe(row: tuple[str, ...]) -> list[str]:
    return [cell if name in _NUMBERS else guarded(cell) for name, cell in zip(HEADER, row, strict=True)]


def _rows(line: Line, told: Explanation) -> Iterator[tuple[str, ...]]:
    for text in told.dismissals:
        yield ("refusal", "", "", "", text, "")
    for correction in told.corrections:
        change = f"{correction.claim} → {correction.established}: {correction.reason}"
        yield ("correction", correction.label, "", "", change, "")
    for condition in told.conditions:
        sign = "✓" if condition.met else "✗"
        yield ("condition", condition.text, "", "", f"{sign} {condition.finding}", condition.article)
    for one in told.criteria:
        yield ("criterion", one.title, _number(one.points), _number(one.maximum), one.reason, one.article)
    for section in told.sections:
        yield ("section", section.title, _number(section.points), _number(section.maximum), section.sentence, "")
    if told.total:
        yield ("total", "", _number(line.score.total), "", told.total, "")
    for threshold in told.thresholds:
        yield ("threshold", threshold.title, "", "", threshold.sentence, "")
    if told.place:
        yield ("place", "", "", "", told.place, "")
    for text in told.amount:
        yield ("amount", "", "", "", text, "")
    for text in told.refusal:
        if text not in told.dismissals:
            yield ("refusal", "", "", "", text, "")


def _number(value: Number | None) -> str:
    return "" if value is None else decimal(value)
