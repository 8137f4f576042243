"""Small random calls as plain dicts, and how the engine is asked about one."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from razpis.engine.cases import Mark
from razpis.engine.evaluation import Evaluation
from razpis.exports.results_csv import results_csv
from tests.engine.making import case, draw, evaluated, rulebook

FIELDS = {
    "score": {"type": "decimal", "label": "Točke"},
    "requested": {"type": "euro", "label": "Zaprošeno"},
    "cost": {"type": "euro", "label": "Stroški"},
    "members": {"type": "integer", "label": "Člani", "min": 1},
    "young": {"type": "yes_no", "label": "Mladi"},
    "kind": {"type": "choice", "label": "Oblika", "options": ["society", "institute", "other"]},
}
SCORE = {"kind": "formula", "title": "Točke", "points": "score"}


@dataclass
class Call:
    """The rules as a dict of the YAML, the applications, the marks, and seeds of draws by the name of the tie."""

    rules: dict[str, Any]
    rows: list[dict[str, Any]]
    marks: dict[tuple[str, str], list[tuple[str, Any]]] = field(default_factory=dict)
    draws: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Without criteria of its own an application states its points."""
        self.rules = {"criteria": {"score": SCORE}} | self.rules

    def text(self) -> str:
        """The rules as YAML, one part on a line."""
        whole = {"fields": FIELDS} | self.rules
        return "".join(f"{key}: {json.dumps(part, ensure_ascii=False)}\n" for key, part in whole.items())

    def __repr__(self) -> str:
        rows = (" ".join(f"{key}={value}" for key, value in row.items()) for row in self.rows)
        text = self.text().split("\n", 1)[1]
        return "\n".join(("", text, *rows, repr(self.marks), repr(self.draws)))


def row(id_: str, line: int, **answers: Any) -> dict[str, Any]:
    """An application; what is not stated is the same for all."""
    usual = {"lot": "", "applicant": id_, "submitted_at": line, "score": 5, "requested": 100, "cost": 100, "members": 5}
    return {"id": id_, "line": line} | usual | {"young": False, "kind": "society"} | answers


def asked(call: Call) -> Evaluation:
    """What the engine says."""
    rules = rulebook(call.text())
    cases = []
    for one in call.rows:
        answers = {key: Fraction(str(v)) if key in ("score", "requested", "cost") else v for key, v in one.items()}
        cases.append(
            case(
                rules,
                one["id"],
                line=one["line"],
                lot=one["lot"],
                applicant=one["applicant"],
                submitted=f"2026-03-{one['submitted_at']:02} 10:00",
                **{key: answers[key] for key in FIELDS},
            )
        )
    given = {
        key: tuple(Mark(member, None if m is None else Fraction(str(m)), "razlog") for member, m in marks)
        for key, marks in call.marks.items()
    }
    draws: dict[str, Any] = {}
    for tie, seed in call.draws.items():
        draws |= draw(tie, seed=seed)
    return evaluated(rules, cases, given, draws)


def results(evaluation: Evaluation) -> dict[str, dict[str, str]]:
    """The rows of results.csv by application."""
    return {one.pop("id"): one for one in csv.DictReader(io.StringIO(results_csv(evaluation).decode()))}
