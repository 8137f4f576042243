"""The reasons as a spreadsheet."""

import csv
import io

import pytest

from razpis.engine.wording import explain
from razpis.exports.reasons_csv import HEADER, reasons_csv
from tests.engine.making import case, evaluated, marks, rulebook
from tests.exports.samples import RULES, sample


def rows(language):
    text = reasons_csv(sample(), language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_it_begins_with_a_mark_and_the_header():
    content = reasons_csv(sample(), "sl")
    assert content.startswith(b"\xef\xbb\xbf" + ",".join(HEADER).encode() + b"\n")


@pytest.mark.parametrize("language", ["sl", "en"])
def test_every_reason_of_the_trace_stands_in_a_row(language):
    found = {}
    for row in rows(language):
        found.setdefault((row["id"], row["part"]), []).append(row["reason"])
    for line in sample().lines:
        told = explain(sample(), line, language)
        mine = {
            "correction": [f"{one.claim} → {one.established}: {one.reason}" for one in told.corrections],
            "condition": [f"{'✓' if one.met else '✗'} {one.finding}" for one in told.conditions],
            "criterion": [one.reason for one in told.criteria],
            "section": [one.sentence for one in told.sections],
            "total": [told.total] if told.total else [],
            "threshold": [one.sentence for one in told.thresholds],
            "place": [told.place] if told.place else [],
            "amount": list(told.amount),
            "refusal": list(dict.fromkeys((*told.dismissals, *told.refusal))),
        }
        assert {part: found.get((line.case.id, part), []) for part in mine} == mine


def test_no_cell_is_a_formula_and_numbers_stay_numbers():
    rules = rulebook(RULES)
    one = case(rules, "A-1", lot="A", name="=1+1;+2", members=30, requested=100, clean=True)
    given = {("A-1", "quality"): marks(3, 4)}
    text = reasons_csv(evaluated(rules, [one], given), "sl").decode("utf-8-sig")
    found = [row for row in csv.DictReader(io.StringIO(text)) if row["part"] == "criterion"]
    assert [(row["applicant"], row["points"]) for row in found] == [("'=1+1;'+2", "10"), ("'=1+1;'+2", "3.5")]


def test_points_and_maxima_are_numbers():
    first = next(row for row in rows("sl") if row["id"] == "A-1" and row["part"] == "criterion")
    assert (first["title"], first["points"], first["maximum"]) == ("Člani", "20", "40")
