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
_WORDS = frozenset(("title", "text", "article", "label"))
"""What in the rules is said to people: words there are no names of facts."""
READING: Mapping[str, tuple[str, ...]] = {
    "sl": (
        "Števila so zapisana natančno in kot besedilo, zneski v evrih, odstotki kot števila (12.5 je 12,5 %).",
        "»rules« so pravila razpisa, kakor so bila objavljena; »facts« so ugotovljena dejstva, ki jih pravila berejo, "
        "tudi izpeljana (derived). Izrazi v pravilih se računajo iz dejstev, v natančnih ulomkih.",
        "Točke merila: po »kind« in pravilih merila, najprej največ »max« merila, nato × weight (če ni zapisan: 1), "
        "nato zaokroženo po »round«. »basis« pove vmesne vrednosti, »maximum« največ točk po množenju z utežjo.",
        "Ocene članov (marks) se združijo po »combine« (če ni zapisan: povprečje); člani so zapisani s številkami. "
        "Ocena brez točk pomeni izločitev. per_unit šteje po »count« (če ni zapisan: polne enote).",
        "Sklop meril: vsota točk × weight sklopa, največ »max« sklopa. Skupaj: vsota sklopov in meril zunaj njih, "
        "zaokrožena po »total.round«.",
        "Zaokroževanje: »round« pove število decimalk; če »mode« ni zapisan, polovica stran od ničle. Česar pravila ne "
        "zaokrožijo, ostane natančno; znesek se brez »allocation.round« zaokroži na cent.",
        "Znesek: najmanj od »allocation.entitlement« (zaprošeno), omejitev v »allocation.limits« in tega, kar da "
        "denar: pri »fill: rank« je to »allocation.available«, kar je ostalo, ko je bila vloga na vrsti; pri »fill: "
        "proportional« »lot.value_of_point« × »allocation.weight« (točke), kadar denar ne zadošča za vse, sicer ne "
        "omejuje. »rounded_down« pove, da je znesek zaokrožen navzdol, »last_cents«, koliko od ostanka je dodanega.",
    ),
    "en": (
        "Numbers are exact and written as text, amounts in euros, percentages as numbers (12.5 is 12.5%).",
        "'rules' are the rules of the call as published; 'facts' the established facts that the rules read, derived "
        "ones too. Expressions in the rules are computed from the facts, in exact fractions.",
        "Points of a criterion: by its 'kind' and rules, first at most its 'max', then × weight (1 where none is "
        "written), then rounded by 'round'. 'basis' tells the values in between, 'maximum' the most after the weight.",
        "Members' marks are combined by 'combine' (the mean where none is written); members are numbers. A mark "
        "without points is a recusal. per_unit counts by 'count' (full units where none is written).",
        "A section: the sum of its points × its weight, at most its 'max'. Total: sections and criteria outside "
        "them, rounded by 'total.round'.",
        "Rounding: 'round' tells the decimal places; where no 'mode' is written, halves away from zero. What the rules "
        "do not round stays exact; an amount without 'allocation.round' is rounded to the cent.",
        "Amount: the least of 'allocation.entitlement' (requested), the limits in 'allocation.limits' and what the "
        "money gives: with 'fill: rank' it is 'allocation.available', what was left when the application's turn came; "
        "with 'fill: proportional' 'lot.value_of_point' × 'allocation.weight' (points) where the money does not "
        "suffice for all, else it does not bind. 'rounded_down' says the amount is rounded down, 'last_cents' what "
        "was added of the remainder.",
    ),
}
"""How to compute with what stands in the file, the defaults of the rules among it."""


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
    told = {key: _plain(found[key]) for key in _RULES if key in found}
    if "commission" in told:  # names beside numbered marks would tell who gave which
        told["commission"] = {key: value for key, value in told["commission"].items() if key != "members"}
    return told


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
        for key, one in value.items():
            yield from () if key in _WORDS else _texts(one)
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
