"""The reasons of a decision for machines: enough to compute its points and its amount again from them alone.

They go into the PDF as an attachment. Numbers are exact and stand as text, amounts in euros; members are numbers;
of other applications there is only what the rules set this one against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from razpis.engine import money
from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.money import Number
from razpis.engine.rulebook.source import parse
from razpis.engine.scoring import ThresholdResult
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck
from razpis.models.evaluations import EvaluationRun
from razpis.services.decisions.file_inspection import unnamed
from razpis.services.rules.rulebooks import NAME, compiled

FORMAT = "razpis-reasons/1"
MEDIA_TYPE, FILE_NAME = "application/json", "razlogi.json"
_RULES = (
    *("derived", "conditions", "sections", "criteria", "total", "commission", "thresholds", "ranking", "lots"),
    *("budget", "allocation"),
)
_COPIED = ("outcome", "place", "points", "requested", "award", "limited_by", "conditions", "sections", "thresholds")
_TOLD = ("title", "article", "section", "maximum", "reason")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def of_call(call: Call, run: EvaluationRun) -> dict[str, Any]:
    """What every decision of a call says alike: the call, its rules by hash, the evaluation by number and hash."""
    rulebook = compiled(call.rulebook)
    return {
        "format": FORMAT,
        "call": {"reference": call.reference, "title": call.title_sl, "rulebook_sha256": rulebook.sha256},
        "evaluation": {"number": run.number, "engine": run.engine, "sha256": run.sha256, "inputs": run.inputs},
    }


def of_line(
    call: Call, evaluation: Evaluation, line: Line, stored: Mapping[str, Any], pot: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The reasons of one line; ``stored`` is the line and ``pot`` its lot as the run keeps them."""
    told = {one["key"]: one for one in stored["explanation"]["sl"]["criteria"]}
    read = _read(call.rulebook)
    return {
        **{key: stored[key] for key in _COPIED},
        "lot": None if pot is None else {key: value for key, value in pot.items() if key != "explanation"},
        "facts": {key: value for key, value in stored["facts"].items() if key in read},
        "criteria": [
            unnamed(one) | {key: told[one["key"]][key] for key in _TOLD if one["key"] in told}
            for one in stored["criteria"]
        ],
        "allocation": stored["allocation"],
        "ranking_keys": stored["ranking_keys"],
        "missing": _missing(evaluation, line),
    }


def of_check(check: FormalCheck | None) -> dict[str, Any]:
    """The reasons of a dismissal: the question that was answered no, its ground and article."""
    ground = [] if check is None else [{"aspect": check.aspect.value, "ground": check.ground, "article": check.article}]
    return {"outcome": "dismissed", "grounds": ground}


@lru_cache(maxsize=8)
def rules(rulebook: str) -> dict[str, Any]:
    """The rules of a call that points and amounts follow from, as its rulebook writes them."""
    found = parse(rulebook.encode(), NAME).data
    return {key: _plain(found[key]) for key in _RULES if key in found}


def cut(evaluation: Evaluation, line: Line) -> Number | None:
    """The fewest points of the line's lot that still brought money; ``None`` where nobody got any."""
    totals = [
        one.score.total
        for one in evaluation.lines
        if one.case.lot == line.case.lot and one.cents and one.score.total is not None
    ]
    return min(totals, default=None)


def short_of_money(evaluation: Evaluation, line: Line) -> Number | None:
    """How many points a line without money lacked to the last one that got some; ``None`` where it lacked none."""
    least, total = cut(evaluation, line), line.score.total
    if line.outcome != "no_money" or least is None or total is None or total >= least:
        return None
    return least - total


def _missing(evaluation: Evaluation, line: Line) -> dict[str, Any]:
    """How many points were missing: to each threshold not reached, and to money."""
    thresholds = []
    for given in line.score.thresholds:
        for one in (given,) if isinstance(given, ThresholdResult) else given.parts:
            rule = evaluation.rulebook.thresholds[given.at]
            part = rule if isinstance(given, ThresholdResult) else rule.any_of[one.at]
            if not one.met:
                thresholds.append({"of": part.of, "needed": _text(part.points), "missing": _lack(part.points, one)})
    short = short_of_money(evaluation, line)
    return {"thresholds": thresholds, "money": None if short is None else money.plain(short)}


def _lack(needed: Number, given: ThresholdResult) -> str:
    return money.plain(needed - given.points)


def _text(value: Number) -> str:
    return money.plain(value)


@lru_cache(maxsize=8)
def _read(rulebook: str) -> frozenset[str]:
    """Every name that the rules read."""
    return frozenset(name for text in _texts(rules(rulebook)) for name in _NAME.findall(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _plain(value: Any) -> Any:
    """What YAML holds as JSON: numbers as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return str(value)
    return value
