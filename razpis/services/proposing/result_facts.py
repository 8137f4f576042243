"""What the engine computed for a report – lines, lots, reserve, certificate – told again from the run it stands on.

The journal keeps the hash of each run's document; a document that has another hash tells nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from razpis.engine import money
from razpis.models.base import db
from razpis.models.evaluations import EvaluationRun, RunKind

Facts = dict[str, Any]
RESULT = ("lines", "lots", "reserve", "certificate")


def of_report(report: Mapping[str, Any]) -> Facts:
    """What a report tells of the result, in the shape of :func:`of_run`."""
    return {
        "lines": [
            [one["key"], one["lot"], one["place"], one["points"], one["outcome"], one["cents"], dict(one["criteria"])]
            for one in report["lines"]
        ],
        "lots": [[one["lot"], one["amount"], one["spent"], one["left"]] for one in report["lots"]],
        "reserve": list(report["reserve"]),
        "certificate": [len(lines) == 1 for _, lines in sorted(report["certificate"].items())],
    }


def of_run(call_id: int, told: Sequence[Any]) -> Facts:
    """What the run that the journal ``told`` of (number, SHA-256) computed; nothing where its document is another."""
    if not told:
        return {}
    number, sha256 = told
    query = select(EvaluationRun).where(EvaluationRun.call_id == call_id, EvaluationRun.number == number)
    query = query.where(EvaluationRun.kind == RunKind.RESULT).options(undefer(EvaluationRun.document))
    run = db.session.scalar(query)
    if run is None or hashlib.sha256(run.document.encode()).hexdigest() != sha256:
        return {}
    document = json.loads(run.document)
    return {
        "lines": [_line(one) for one in document["lines"]],
        "lots": [
            [one["lot"], _cents(one["amount"]), _cents(one["spent"]), _cents(one["left"])] for one in document["lots"]
        ],
        "reserve": [one["id"] for one in document["lines"] if one["outcome"] == "no_money"],
        "certificate": [document["certificate"]["ok"]] * 2,
    }


def _line(one: Mapping[str, Any]) -> list[Any]:
    place = None if one["place"] is None else int(one["place"])
    criteria = {criterion["key"]: criterion["points"] for criterion in one["criteria"]}
    return [one["id"], one["lot"], place, one["points"], one["outcome"], _cents(one["award"]), criteria]


def _cents(euros: str) -> int:
    return money.to_cents(money.parse_number(euros))
