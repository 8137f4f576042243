"""A strategy for small calls: two to six applications, and rules in which much meets at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from .calls import Call, row

Draw = Callable[[st.SearchStrategy[Any]], Any]

# Something is due to all: what bound an application to which nothing is due has two names, and they stand apart.
EUROS = st.sampled_from([12, 40, 60, 90, 100, 150, 300]) | st.integers(1200, 20000).map(lambda cents: cents / 100)
POINTS = st.sampled_from([0, 1, 2, 3, 5, 8]) | st.integers(0, 90).map(lambda tenths: tenths / 10)
ROUNDINGS = st.sampled_from([2, 2, 0, -1, 1, {"places": 2, "mode": "down"}, {"places": 1, "mode": "up"}])
ROWS = st.fixed_dictionaries(
    {
        "lot": st.sampled_from(["A", "B", "C"]),
        "applicant": st.sampled_from(["P", "Q", "R"]),
        "submitted_at": st.integers(1, 4),
        "score": POINTS,
        "requested": EUROS,
        "cost": EUROS,
        "members": st.integers(1, 12),
        "young": st.booleans(),
        "kind": st.sampled_from(["society", "institute", "other"]),
    }
)


def some(draw: Draw, part: dict[str, Any]) -> dict[str, Any]:
    """Each key or none of it; a value may be a strategy."""
    found = {key: value for key, value in part.items() if draw(st.booleans())}
    return {key: draw(value) if isinstance(value, st.SearchStrategy) else value for key, value in found.items()}


def limits(draw: Draw, fill: str, lots: list[str]) -> dict[str, Any]:
    edge = {"binds": draw(st.sampled_from(["edge", "shortens"]))} if fill == "rank" else {}
    found = some(
        draw,
        {
            "cap": {"amount": 80},
            "share": {"amount": "0.9 * cost"},
            "best": {"amount": 45.5, "where": "points > 4"},
            "each": {"amount": 120, "per": "applicant"} | edge,
            "youth": {"amount": 130.01, "per": "all", "where": "young"},
            "high": {"amount": 100, "per": "all", "where": "points > 4"} | edge,
        },
    )
    if lots and draw(st.booleans()):
        found["some"] = {"amount": 95.55, "per": "applicant", "lots": lots[:2]}
    return found


def money(draw: Draw, lots: list[str]) -> dict[str, Any]:
    amounts = st.sampled_from([50, 90, 150.33, 200, 400])
    if not lots:
        return {"budget": draw(amounts)}
    if draw(st.integers(0, 3)) == 0:
        tree = {"amount": 500.05, "committed": 20, "lines": {"a": {"percent": 33.3}, "b": {"percent_of_rest": 55}}}
        tree["lines"] |= {"c": {"rest": True, "committed": 7.5}}
        return {"budget": tree, "lots": {lot: {"line": lot.lower()} for lot in lots}}
    whole = draw(st.sampled_from([{}, {}, {"budget": 250.5}]))
    return whole | {"lots": {lot: {"amount": draw(amounts)} for lot in lots}}


def in_rank_order(draw: Draw, lots: list[str]) -> dict[str, Any]:
    return {"fill": "rank"} | some(
        draw,
        {"edge": st.sampled_from(["part", "skip", "stop"]), "minimum_useful": 20, "most_winners": st.integers(1, 3)},
    )


def by_points(draw: Draw) -> dict[str, Any]:
    found = some(draw, {"weight": st.sampled_from(["wanted", 1, "points * wanted", "points - 2"]), "resharing": False})
    owners = st.sampled_from(["largest_remainder", "first_in_rank", "last_in_rank", "largest_award"])
    return {"fill": "proportional"} | found | some(draw, {"last_cent": owners})


@st.composite
def divisions(draw: Draw) -> Call:
    """Points stated by the applications, and all ways to divide money by them."""
    lots = draw(st.sampled_from([[], [], ["A"], ["A", "B"], ["A", "B", "C"]]))
    fill = draw(st.sampled_from(["rank", "proportional"]))
    stated = {"request": "requested"} | (in_rank_order(draw, lots) if fill == "rank" else by_points(draw))
    stated |= some(
        draw,
        {
            "round": ROUNDINGS,
            "entitlement": st.sampled_from(["cost * 0.8 + 10", "80 if points >= 5 else 33.3335", "0.4 * lot_amount"]),
        },
    )
    if draw(st.booleans()):
        stated["limits"] = limits(draw, fill, lots)
    # Of one place some under a limit that is an edge, some not: whose part is too small to be useful is not said.
    if "minimum_useful" in stated:
        for limit in stated.get("limits", {}).values():
            limit.pop("binds", None)
    stated |= some(draw, {"reserve_list": True})
    keys = draw(
        st.sampled_from([["points"], ["points", {"expression": "cost", "order": "lowest"}], ["points", "line"]])
    )
    tied = draw(st.sampled_from(["shared", "open"]))
    rules = {"ranking": {"keys": keys, "still_tied": tied}} | money(draw, lots) | {"allocation": stated}
    return Call(rules, rows(draw, lots))


def rows(draw: Draw, lots: list[str]) -> list[dict[str, Any]]:
    drawn = draw(st.lists(ROWS, min_size=2, max_size=6))
    return [
        row(f"v{at}", at, **answers | {"lot": lots[ord(answers["lot"]) % len(lots)] if lots else ""})
        for at, answers in enumerate(drawn, 1)
    ]


@st.composite
def passes(draw: Draw) -> Call:
    """All that a call may have beside one division: thresholds from the money, least awards, fixed parts, set-asides.

    Not drawn together, because the page does not say what then holds:

    * in rank order a tie that waits with several passes or a threshold from the money;
    * a published value with joint limits, money over all lots, or without re-sharing: what is rounded first;
    * several passes without re-sharing: which money is divided by which weights;
    * a leftover with fixed parts: whether those of the later lot come first, too;
    * last cents, or a least award, with fixed parts or a second pass: whose they are and when it is asked;
    * money set aside with last cents: rounding that fills up what is due would have two names;
    * in several passes two joint limits that are both used up: which is the nearer.
    """
    call = draw(divisions())
    stated = call.rules["allocation"]
    if draw(st.booleans()):
        stated["money_threshold"] = draw(MONEY_THRESHOLDS)
    if stated["fill"] == "rank":
        call.rules["ranking"]["still_tied"] = "shared"
        stated["edge"] = draw(st.sampled_from(["part", "skip", "stop"]))
    if stated["fill"] == "proportional":
        special = draw(st.sampled_from(["", "minimum_grant", "fixed_part", "value_of_point"]))
        if special == "minimum_grant":
            stated[special] = {"amount": draw(st.sampled_from([25.5, 40]))} | some(draw, {"drop": "all"})
        if special == "fixed_part" and "resharing" not in stated:
            stated[special] = draw(st.sampled_from([10, 35, "30 if young else 12.5"]))
            stated.pop("last_cent", None)
        if special == "value_of_point" and "resharing" not in stated:
            stated[special] = {"round": draw(st.sampled_from([2, 0, {"places": 1, "mode": "up"}]))}
            stated["limits"] = {"cap": {"amount": 80}}
            if isinstance(call.rules.get("budget"), float) and "lots" in call.rules:
                del call.rules["budget"]
    lots = list(call.rules.get("lots", {}))
    more = draw(st.sampled_from(["", "leftover_to", "second_pass", "set_asides"]))
    if "value_of_point" in stated or (stated.get("resharing") is False and more != "leftover_to"):
        return call
    if more == "leftover_to" and len(lots) > 1 and "fixed_part" not in stated:
        call.rules["lots"][lots[1]]["leftover_to"] = lots[0]
    if more == "second_pass" and lots and not {"fixed_part", "minimum_grant"} & set(stated):
        stated["leftovers"] = "second_pass"
        stated.pop("last_cent", None)
    if more == "set_asides" and "fixed_part" not in stated:
        stated["set_asides"] = {"kept": {"where": "young"} | draw(ASIDES)}
        if stated["fill"] == "proportional":
            stated.pop("last_cent", None)
            stated["round"] = {"places": 2, "mode": "down"}
    if "leftovers" in stated or "set_asides" in stated:
        for name in ("high", "youth"):
            stated.get("limits", {}).pop(name, None)
    return call


MONEY_THRESHOLDS = st.sampled_from(
    [
        {"at_most": 1},
        {"at_most": 2},
        {"at_least": 1},
        {"at_least": 1.5},
        {"nearest": 1.2},
        {"nearest": 2, "at_least": 1.5},
    ]
)
ASIDES = st.builds(
    lambda amount, unused: amount | unused,
    st.sampled_from([{"amount": 30}, {"amount": 90}, {"percent": 25}]),
    st.sampled_from([{}, {"unused": "stays"}]),
)
