"""The evaluation as JSON: its parts, exact numbers as text, the same bytes for the same inputs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import razpis
from razpis.engine.wording import explain, explain_lot
from razpis.exports.evaluation_json import applicant_name, evaluation_json, plain, programme
from razpis.exports.results_csv import results_csv
from tests.engine.making import case, evaluated, rulebook
from tests.exports.samples import RULES, sample

ROOT = Path(__file__).resolve().parent.parent.parent
INPUTS = {"rulebook": "ab" * 32, "applications": "cd" * 32}


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(evaluation_json(sample(), INPUTS))
    return found


def line(id_: str) -> dict[str, Any]:
    (found,) = (one for one in document()["lines"] if one["id"] == id_)
    assert isinstance(found, dict)
    return found


def test_the_head_says_what_was_evaluated_and_by_what() -> None:
    found = document()
    assert {key: found[key] for key in ("format", "engine", "simulation", "inputs", "rulebook_sha256", "call")} == {
        "format": "razpis-evaluation/1",
        "engine": razpis.__version__,
        "simulation": [],
        "inputs": INPUTS,
        "rulebook_sha256": hashlib.sha256((RULES.strip("\n") + "\n").encode()).hexdigest(),
        "call": {
            "title": {"sl": "Zgled razpisa", "en": "Example call"},
            "reference": {"sl": "R-1", "en": "R-1"},
            "year": 2026,
            "example": True,
        },
    }
    assert json.loads(evaluation_json(sample(), {}, ["budget = 1"]))["simulation"] == ["budget = 1"]


def test_lots_stand_in_the_order_of_the_rulebook_with_their_money() -> None:
    first, second = document()["lots"]
    assert {key: value for key, value in first.items() if key != "explanation"} == {
        "lot": "B",
        "title": {"sl": "Drugi sklop", "en": "Second lot"},
        "amount": "100.00",
        "received": "0.00",
        "given": "0.00",
        "spent": "0.00",
        "left": "100.00",
        "value_of_point": None,
        "exact_value_of_point": None,
        "threshold": None,
        "numbers": {"sl": [], "en": []},
    }
    assert (second["title"], second["spent"], second["left"]) == ({"sl": "A", "en": "A"}, "1000.00", "0.00")
    for shown, lot in zip(document()["lots"], sample().lots, strict=True):
        assert shown["explanation"] == {
            "sl": list(explain_lot(sample(), lot, "sl")),
            "en": list(explain_lot(sample(), lot, "en")),
        }


def test_the_certificate_is_stored_with_every_check() -> None:
    certificate = document()["certificate"]
    names = [check["name"] for check in certificate["checks"]]
    assert certificate["ok"] is True
    assert names == ["complete", "places", "sums", "own", "order", "pairs", "limits"]
    assert certificate["checks"][4] == {
        "name": "order",
        "text": {
            "sl": "Po vrstnem redu je vsaka vloga dobila natanko toliko, kolikor so pravila dopuščala, ko je prišla "
            "na vrsto.",
            "en": "In rank order every application got exactly what the rules allowed when its turn came.",
        },
        "counterexample": None,
        "ok": True,
    }


def test_ties_are_listed() -> None:
    assert document()["ties"] == [
        {"name": "B:1", "lot": "B", "place": "1", "ids": ["B-1", "B-2"], "settled": "open", "seed": ""}
    ]


def test_lines_stand_as_in_the_result_list() -> None:
    assert [one["id"] for one in document()["lines"]] == [one.case.id for one in sample().lines]


def test_a_line_holds_claims_findings_facts_and_results() -> None:
    found = line("A-1")
    assert {key: value for key, value in found.items() if key not in ("explanation", "facts")} == {
        "id": "A-1",
        "lot": "A",
        "applicant": "P1",
        "name": "Društvo »A-1«, Maribor",
        "programme": "Toplina",
        "submitted_at": "2026-03-01T10:00:00+01:00",
        "place": 1,
        "points": "70/3",
        "outcome": "granted",
        "requested": "600.00",
        "award": "600.00",
        "limited_by": "request",
        "claims": {
            "name": "Društvo »A-1«, Maribor",
            "programme": "Toplina",
            "members": "60",
            "since": None,
            "access": ["voziček"],
            "staff": [{"hours": "10"}],
            "requested": "600",
            "clean": True,
        },
        "findings": [{"field": "staff.1.hours", "value": "7.5", "reason": "pogodba"}],
        "conditions": [{"key": "clean", "met": True, "missing": None}],
        "criteria": [
            {"key": "members", "points": "20", "basis": {"kind": "Computed", "value": "20"}},
            {
                "key": "quality",
                "points": "10/3",
                "basis": {
                    "kind": "Marked",
                    "marks": [
                        {"member": "M1", "points": "3", "reason": "razlog 1"},
                        {"member": "M2", "points": "3", "reason": "razlog 2"},
                        {"member": "M3", "points": "4", "reason": "razlog 3"},
                        {"member": "Žan", "points": None, "reason": "izločen"},
                    ],
                    "combined": "10/3",
                    "agreed": None,
                    "counted": [],
                    "scaled": [],
                },
            },
        ],
        "sections": [{"key": "half", "sum": "20", "points": "20"}],
        "thresholds": [{"at": "0", "points": "20", "met": True}],
        "ranking_keys": ["70/3", None],
        "allocation": {
            "entitlement": "600",
            "limits": {"cap": "600.3"},
            "wanted": "600.00",
            "weight": "70/3",
            "share": None,
            "available": "1000.00",
            "rounded_down": False,
            "last_cents": "0.00",
            "passes": {},
            "remaining_after": "400.00",
        },
    }
    facts = found["facts"]
    assert (facts["third"], facts["staff"], facts["submitted_at"], facts["call_deadline"], facts["lot"]) == (
        "20",
        [{"hours": "7.5"}],
        "2026-03-01",
        "2026-03-20",
        "A",
    )


def test_the_explanation_is_the_one_shown_everywhere() -> None:
    (told,) = (explain(sample(), one, "sl") for one in sample().lines if one.case.id == "A-2")
    found = line("A-2")["explanation"]
    assert set(found) == {"sl", "en"}
    assert found["sl"]["summary"] == told.summary
    assert found["sl"]["amount"] == list(told.amount)
    assert [one["sentence"] for one in found["sl"]["criteria"]] == [one.sentence for one in told.criteria]
    assert found["sl"]["criteria"][0]["points"] == "50/3"
    assert found["en"]["summary"] == "Partly granted: 400.00\u00a0EUR; the rest (300.50\u00a0EUR) is refused."


def test_many_applications_with_the_same_answers_are_each_explained_in_full() -> None:
    rules = rulebook(
        """
        fields:
          sort: {type: choice, label: Vrsta, options: [sort, b], required: false}
          share: {type: percent, label: Delež}
        criteria:
          sort: {kind: choice, title: Vrsta, value: sort, points: {sort: 3, b: 1}, missing: 3, max: 3}
          share: {kind: formula, title: Delež, points: share / 3, max: 50}
        """
    )
    cases = [
        case(rules, f"v{at}", line=at, sort=sort, share=at // 2) for at, sort in enumerate(("sort", None, "sort", "b"))
    ]
    evaluation = evaluated(rules, cases)
    found = json.loads(evaluation_json(evaluation, INPUTS))["lines"]
    assert [one["criteria"][0]["basis"] for one in found] == [
        {"kind": "Chosen", "option": "b"}
        if one["id"] == "v3"
        else {"kind": "NotGiven", "fact": "sort"}
        if one["id"] == "v1"
        else {"kind": "Chosen", "option": "sort"}
        for one in found
    ]
    for language in ("sl", "en"):
        assert [one["explanation"][language] for one in found] == [
            plain(explain(evaluation, line, language)) for line in evaluation.lines
        ]


@pytest.mark.parametrize(
    ("id_", "outcome", "points", "allocation"),
    [
        ("A-4", "below_threshold", "3.5", None),
        ("A-5", "condition_failed", None, None),
        ("A-7", "not_scored", None, None),
    ],
)
def test_what_is_not_ranked_has_no_place_and_no_allocation(
    id_: str, outcome: str, points: str | None, allocation: None
) -> None:
    found = line(id_)
    assert (found["outcome"], found["place"], found["points"], found["allocation"], found["ranking_keys"]) == (
        outcome,
        None,
        points,
        allocation,
        [],
    )


def test_what_was_not_stated_is_null() -> None:
    found = line("B-1")
    assert (found["applicant"], found["submitted_at"], found["programme"], found["requested"]) == (
        None,
        None,
        None,
        "90.00",
    )


def test_a_proportional_fill_shows_shares_and_the_value_of_a_point() -> None:
    rules = rulebook(
        """
        fields: {size: {type: integer, label: V}, requested: {type: euro, label: Z}}
        criteria: {it: {kind: formula, title: M, points: size}}
        budget: 1000
        allocation: {request: requested, fill: proportional, value_of_point: {round: 0}}
        """
    )
    evaluation = evaluated(rules, [case(rules, "a", size=7, requested=900), case(rules, "b", size=12, requested=900)])
    found = json.loads(evaluation_json(evaluation, {}))
    (lot,) = found["lots"]
    assert (lot["value_of_point"], lot["exact_value_of_point"], lot["left"]) == ("52", "1000/19", "12.00")
    first = found["lines"][0]
    assert (first["id"], first["allocation"]["share"], first["allocation"]["available"], first["limited_by"]) == (
        "b",
        "624",
        None,
        "level",
    )
    assert (first["name"], first["programme"], first["allocation"]["remaining_after"]) == ("b", None, None)


def test_passes_and_what_moved_between_lots_are_written() -> None:
    rules = rulebook(
        """
        fields: {size: {type: integer, label: V}, requested: {type: euro, label: Z}}
        criteria: {it: {kind: formula, title: M, points: size}}
        lots: {A: {amount: 100}, B: {amount: 50}}
        allocation: {request: requested, leftovers: second_pass}
        """
    )
    evaluation = evaluated(rules, [case(rules, "a", lot="A", size=7, requested=120)])
    found = json.loads(evaluation_json(evaluation, {}))
    assert found["lines"][0]["allocation"]["passes"] == {"general": "100.00", "second_pass": "20.00"}
    assert [(lot["received"], lot["given"], lot["left"]) for lot in found["lots"]] == [
        ("20.00", "0.00", "0.00"),
        ("0.00", "20.00", "30.00"),
    ]


def test_without_money_to_divide_there_is_no_request() -> None:
    rules = rulebook("fields: {name: {type: text, label: Naziv}}")
    evaluation = evaluated(rules, [case(rules, "7", applicant="Društvo P", name="N")])
    (only,) = evaluation.lines
    assert (applicant_name(evaluation, only), programme(evaluation, only)) == ("Društvo P", None)
    found = json.loads(evaluation_json(evaluation, {}))
    assert (found["lots"], found["lines"][0]["requested"]) == ([], None)


# The same bytes


PROGRAM = """
import hashlib, sys
from razpis.exports.evaluation_json import evaluation_json
from razpis.exports.results_csv import results_csv
from tests.exports.samples import sample
for content in (evaluation_json(sample(), {"rulebook": "ab"}), results_csv(sample())):
    print(hashlib.sha256(content).hexdigest())
"""


def test_the_same_inputs_give_the_same_bytes_whatever_the_hash_seed() -> None:
    expected = [
        hashlib.sha256(content).hexdigest()
        for content in (evaluation_json(sample(), {"rulebook": "ab"}), results_csv(sample()))
    ]
    for seed in ("0", "1"):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split() == expected


def test_the_text_is_utf_8_readable_by_people_and_ends_with_a_line() -> None:
    content = evaluation_json(sample(), INPUTS)
    text = content.decode()
    assert "Društvo »A-1«, Maribor" in text
    assert (text[0], text[-2:]) == ("{", "}\n")
    assert b"\r" not in content
