"""Calls that are compared each time, each with a name: together they have every construct the second reader knows."""

from __future__ import annotations

from typing import Any

from .calls import Call, row
from .sheets import BANDS, ITEMS, STEPS

SHARED = {"ranking": {"keys": ["points"], "still_tied": "shared"}}
OPEN = {"ranking": {"keys": ["points", "draw"], "still_tied": "open"}}
TWO = {"lots": {"A": {"amount": 150.33}, "B": {"amount": 90}}}
EACH = {"each": {"amount": 120, "per": "applicant"}}
YOUTH = {"youth": {"amount": 100.01, "per": "all", "where": "young"}}
CAP = {"cap": {"amount": 80}, "share": {"amount": "0.9 * cost", "where": "not young"}}


def six(lots: str = "") -> list[dict[str, Any]]:
    """Six applications: two of equal points, three young, two of one applicant, in these lots in turn."""
    stated = [
        ("P", 8, 90, 120, True, "society"),
        ("Q", 5, 60.5, 70, False, "institute"),
        ("P", 5, 40, 31.3, True, "society"),
        ("R", 3.5, 120, 150, False, "other"),
        ("S", 2, 33.33, 50, True, "institute"),
        ("T", 0.5, 25, 40, False, "society"),
    ]
    return [
        row(f"v{at}", at, lot=lots[at % len(lots)] if lots else "", applicant=applicant, score=score, requested=requested,
            cost=cost, young=young, kind=kind, members=3 * at - 2, submitted_at=at % 4 + 1, applicant_number=1)
        for at, (applicant, score, requested, cost, young, kind) in enumerate(stated, 1)
    ]  # fmt: skip


def rank(stated: dict[str, Any], parts: dict[str, Any] | None = None, lots: str = "") -> Call:
    """Divided in rank order; without lots there are 200 euros."""
    money = {} if lots else {"budget": 200}
    return Call(
        SHARED | money | (parts or {}) | {"allocation": {"request": "requested", "fill": "rank"} | stated}, six(lots)
    )


def shares(stated: dict[str, Any], parts: dict[str, Any] | None = None, lots: str = "") -> Call:
    """Divided by points."""
    return rank({"fill": "proportional", "round": 2} | stated, parts, lots)


def scores(rules: dict[str, Any], marks: Any = None, draws: Any = None, rows: Any = None) -> Call:
    """Scored and ranked, without money."""
    return Call(SHARED | rules, rows or six(), marks or {}, draws or {})


def judged(stated: dict[str, Any], *marks: Any) -> Call:
    """Two applications judged by a commission; the same marks for the second, one point lower."""
    criterion = {"kind": "marks", "title": "Ocene", "max": 10, "step": 0.5} | stated
    first = [(f"M{at}", mark) for at, mark in enumerate(marks, 1)]
    lower = [(member, None if mark is None else mark - 1) for member, mark in first]
    given = {("v1", "it"): first, ("v2", "it"): lower, ("v3", "it"): [*first[:1], ("agreed", 6)]}
    return scores({"criteria": {"it": criterion}}, given, rows=six()[:3])


def one(kind: str, **stated: Any) -> dict[str, Any]:
    return {"kind": kind, "title": "Merilo"} | stated


KINDS = {
    "bands": one("bands", value="members", bands=BANDS, max=10),
    "choice": one("choice", value="kind", points={"society": 3, "institute": 1.5}, otherwise=0, max=3, weight=0.5),
    "checklist": one("checklist", items=ITEMS, max=4, applies="not young"),
    "per_unit": one("per_unit", value="members", points=1.5, unit=2, count="started", max=6),
    "exact": one("per_unit", value="members", points=1.5, unit=2, count="exact", max=6, round=0),
    "formula": one("formula", points="10 - cost / 20", min=0, max=8, ranking_weight=3),
    "lowest": one("relative", value="members", to="lowest", among="call", max=10),
    "share": one("relative", value="members", to="sum", max=10, round={"places": 1, "mode": "up"}),
}
SIZE = {"first": one("formula", points="score", section="size"), "second": KINDS["per_unit"] | {"section": "size"}}
STAGES = SIZE | {"third": STEPS | {"after": "first"}}

CALLS: dict[str, Call] = {
    **{f"criterion {name}": scores({"criteria": {"it": kind}}) for name, kind in KINDS.items()},
    "all criteria": scores({"criteria": KINDS, "total": {"factor": "1.1 if young else 1", "round": 1}}),
    "sections": scores({"criteria": STAGES, "sections": {"size": {"title": "Velikost", "weight": 1.5, "max": 12}},
                        "thresholds": [{"of": "first", "more_than": 2}, {"of": "size", "at_least": 4}]}),
    "any of": scores({"criteria": SIZE, "sections": {"size": {"title": "Velikost"}}, "thresholds": [
        {"any_of": [{"of": "first", "at_least": 5}, {"of": "second", "at_least": 6}, {"of": "size", "at_least": 6}],
         "needed": 2}]}),
    "conditions": scores({"conditions": {
        "enough": {"text": "Dovolj članov", "test": "members >= 2"},
        "young": {"text": "Niso mladi", "test": "not young", "failing": "dismissed"}}}),
    "mean": judged({"minimum_marks": 3, "round_combined": 1}, 7, 7.5, 9),
    "recused": judged({"minimum_marks": 3}, 7, None, 9),
    "median": judged({"combine": "median"}, 7, 2, 9, 10),
    "trimmed mean": judged({"combine": "trimmed_mean", "minimum_marks": 3, "lowest_is_best": True}, 7, 2, 9, 10),
    "sum of marks": judged({"combine": "sum", "lowest_is_best": True}, 7, 2, 9),
    "closest two": judged({"combine": "closest_two", "minimum_marks": 2}, 7, 2, 9),
    "lowest": judged({"combine": "lowest"}, 7, 2, 9),
    "highest": judged({"combine": "highest"}, 7, 2, 9),
    "agreed": judged({"combine": "agreed"}, 7, 2, 9),
    "common scale": judged({"common_scale": {"by": "mean"}}, 7, 2, 9),
    "spread": judged({"common_scale": {"by": "spread", "least": 2}}, 7, 2, 9),
    "keys": scores({"ranking": {"keys": [{"criterion": "score"}, {"expression": "cost", "order": "lowest"}, "line"]}}),
    "filed earlier": scores({"ranking": {"keys": ["submitted_at", "points"]}}),
    "a draw": Call(OPEN | {"budget": 120, "allocation": {"request": "requested"}}, six(), draws={"2": "R-1"}),
    "an open tie": rank({}, OPEN | {"budget": 120}),
    "an open tie with enough": rank({}, OPEN),
    "by place": rank({"entitlement": "100 if place == 1 else 60"}),
    "part": rank({"edge": "part", "reserve_list": True}, {"budget": 130}),
    "skip": rank({"edge": "skip", "reserve_list": True}, {"budget": 130}),
    "stop": rank({"edge": "stop", "reserve_list": True}, {"budget": 130}),
    "useful": rank({"minimum_useful": 20}, {"budget": 105}),
    "winners": rank({"most_winners": 2, "reserve_list": True}),
    "winners of a lot": rank({}, {"lots": {"A": {"amount": 200, "most_winners": 1}, "B": {"amount": 90, "edge": "skip"}}}, "AB"),
    "limits": rank({"limits": CAP | EACH | YOUTH, "entitlement": "cost * 0.8 + 10", "round": 0}),
    "limits at the edge": rank({"limits": {"youth": YOUTH["youth"] | {"binds": "edge"}}, "edge": "skip"}),
    "at most": rank({"money_threshold": {"at_most": 1}, "reserve_list": True}),
    "at least": shares({"money_threshold": {"at_least": 1}}),
    "nearest": shares({"money_threshold": {"nearest": 1.2, "at_least": 1.1}}),
    "several lots": rank({"limits": EACH | YOUTH}, TWO | {"budget": 200}, "AB"),
    "leftover": rank({}, {"lots": {"A": {"amount": 50}, "B": {"amount": 300, "leftover_to": "A"}}}, "AB"),
    "second pass": rank({"leftovers": "second_pass"}, {"lots": {"A": {"amount": 50}, "B": {"amount": 260}}}, "AB"),
    "set aside": rank({"set_asides": {"kept": {"where": "young", "amount": 120}}}),
    "set aside and stays": rank({"set_asides": {"kept": {"where": "young", "percent": 90, "unused": "stays"}}}),
    "a tree": rank({"entitlement": "0.4 * lot_amount"}, {
        "budget": {"amount": 400, "committed": 12.5, "round": 0, "lines": {
            "kept": {"percent": 5, "reserve": True}, "a": {"percent_of_rest": 33.3, "committed": 1.5},
            "more": {"rest": True, "lines": {"b": {"amount": 100}, "c": {"rest": True}}}}},
        "lots": {"A": {"line": "a"}, "B": {"line": "b"}}}, "AB"),
    "each lot its own way": rank({"round": 2}, {"lots": {"A": {"amount": 150}, "B": {"amount": 90, "fill": "proportional"}}}, "AB"),
    "by points": shares({}),
    "once": shares({"resharing": False, "limits": CAP | EACH}),
    "all the same": shares({"weight": 1, "round": 1}),
    "wanted": shares({"weight": "wanted", "limits": EACH | YOUTH}, TWO, "AB"),
    "one value in several lots": shares({"limits": EACH | YOUTH}, TWO | {"budget": 200}, "AB"),
    **{owner: shares({"last_cent": owner, "round": {"places": 0, "mode": "down"}})
       for owner in ("nobody", "largest_remainder", "first_in_rank", "last_in_rank", "largest_award")},
    "value of a point": shares({"value_of_point": {"round": {"places": 1, "mode": "up"}}}),
    "least award": shares({"minimum_grant": {"amount": 30}}),
    "least award at once": shares({"minimum_grant": {"amount": 30, "drop": "all"}}),
    "fixed part": shares({"fixed_part": "30 if young else 12.5"}),
    "too little for fixed parts": shares({"fixed_part": 50}),
    "fixed part and second pass": shares({"fixed_part": 10, "leftovers": "second_pass"}, {"lots": {"A": {"amount": 50}, "B": {"amount": 260}}}, "AB"),
    "second pass by points": shares({"leftovers": "second_pass"}, {"lots": {"A": {"amount": 50}, "B": {"amount": 260}}}, "AB"),
    "set aside by points": shares({"set_asides": {"kept": {"where": "young", "amount": 150, "unused": "stays"}}}),
}  # fmt: skip
CONSTRUCTS = """
    bands choice checklist per_unit formula relative marks started exact lowest sum applies weight ranking_weight round
    round_combined lowest_is_best minimum_marks median trimmed_mean closest_two highest agreed common_scale spread sections
    max factor thresholds any_of needed at_least more_than after conditions failing criterion expression order submitted_at
    line draw shared open lots budget committed percent percent_of_rest rest reserve leftover_to rank proportional
    entitlement limits per applicant all where binds edge part skip stop minimum_useful most_winners money_threshold at_most
    nearest reserve_list set_asides unused stays leftovers second_pass resharing value_of_point minimum_grant drop fixed_part
    last_cent nobody largest_remainder first_in_rank last_in_rank largest_award
"""


def words(part: Any) -> set[str]:
    """All keys and texts in some rules."""
    if isinstance(part, dict):
        return set(part) | {word for value in part.values() for word in words(value)}
    if isinstance(part, list):
        return {word for value in part for word in words(value)}
    return {part} if isinstance(part, str) else set()
