"""Dividing in rank order: place by place, each gets what is due, until the money ends."""

from __future__ import annotations

from typing import Any

from .by_points import OWN, Shares, progressive
from .claims import Bound, Claim
from .numbers import exact, rounded_down

Groups = list[list[Claim]]
"""Those of one place together, the first place first."""


def fill(groups: Groups, bounds: list[Bound], settings: dict[str, Any], name: str) -> None:
    """Groups of one place, in turn. ``settings``: what the rules say of the edge, of ties and of rounding."""
    ended = waiting = False
    for group in groups:
        asking = [one for one in group if one.missing > 0]
        for one in group:
            one.limited_by = one.own if one.missing <= 0 else one.limited_by
        behind, across = any(one.behind for one in asking), any(one.across for one in asking)
        if not asking:
            continue
        if behind and not waiting and not across:
            _stopped(asking, "most_winners")
        elif ended:
            _stopped(asking, ended)
        elif waiting or across or _must_wait(asking, bounds, settings):
            waiting = True
            for one in group:
                one.waits, one.limited_by = True, ""
        else:
            ended = _give(asking, bounds, settings, name)


def _stopped(asking: list[Claim], by: str) -> None:
    for one in asking:
        one.limited_by = by


def _must_wait(asking: list[Claim], bounds: list[Bound], settings: dict[str, Any]) -> bool:
    """Of one place without a draw: they wait where the money does not suffice for all of them, though it does for
    some; or where what is due depends on the place. From an earlier lot one waits who shares a limit with it."""
    if settings["shared"]:
        return False
    whole = {one.id: _due_to_it(one, asking, bounds) for one in asking}
    for bound in bounds:
        inside = [one for one in asking if one in bound.claims]
        before = _might_take(bound, bounds)
        if inside and before and before + sum(whole[one.id] for one in inside) > bound.room:
            return True
    if len(asking) < 2:
        return False
    against = [
        bound
        for bound in over(whole, bounds)
        if sum(one in bound.claims for one in asking) > 1 or (bound.edge and settings["edge"] == "stop")
    ]
    return settings["by_place"] or (bool(against) and any(_alone(one, bounds, settings) for one in asking))


def _might_take(bound: Bound, bounds: list[Bound]) -> Any:
    """What those who wait might take under a bound: all they miss, no more than their lot has."""
    found = exact(0)
    for lot in (one for one in bounds if one.of_a_lot):
        missing = sum(one.missing for one in lot.claims if one.waits and one in bound.claims)
        found += min(missing, lot.room)
    return found


def _due_to_it(one: Claim, asking: list[Claim], bounds: list[Bound]) -> Any:
    """What it misses, shortened by the joint limits that are its own among those tied."""
    own = [b for b in bounds if not b.edge and [other for other in asking if other in b.claims] == [one]]
    return min([one.missing, *(bound.room for bound in own)])


def _alone(one: Claim, bounds: list[Bound], settings: dict[str, Any]) -> bool:
    """Whether it would get anything if it were the first of those tied."""
    shares, _ = _shares([one], bounds, settings)
    return bool(shares[one.id])


def over(shares: Shares, bounds: list[Bound]) -> list[Bound]:
    """Bounds that these shares together would exceed."""
    return [bound for bound in bounds if sum(shares.get(one.id, 0) for one in bound.claims) > bound.room]


def _give(asking: list[Claim], bounds: list[Bound], settings: dict[str, Any], name: str) -> str:
    """One group gets its shares. Gives what ended the division, if anything did."""
    shares, stopped = _shares(asking, bounds, settings)
    for one in asking:
        by = stopped[one.id]
        one.got[name] = one.got.get(name, 0) + shares[one.id]
        one.limited_by = one.own if by is OWN else by.name
    ended = settings["edge"] == "stop" and [by.name for by in stopped.values() if by is not OWN and by.edge]
    return ended[0] if ended else ""


def _shares(asking: list[Claim], bounds: list[Bound], settings: dict[str, Any]) -> tuple[Shares, dict[str, Any]]:
    """What is due, shortened by joint limits; where that does not fit under an edge, the edge decides: a part of it,
    or nothing. A part is rounded down; one too small is not granted."""
    due: Shares = {one.id: one.missing for one in asking}
    shares, stopped = progressive(due, due, [bound for bound in bounds if not bound.edge])
    shares = _down(shares, settings)
    edges = [bound for bound in bounds if bound.edge]
    if settings["edge"] != "part":
        return _those_that_fit(shares, stopped, edges)
    if over(shares, edges):
        parts, by_edge = progressive(shares, shares, edges)
        shares = dict.fromkeys(shares, exact(0)) | _down(parts, settings)
        stopped |= {id_: by for id_, by in by_edge.items() if by is not OWN}
    useful = exact(settings["minimum_useful"])
    if any(by is not OWN and by.edge and shares[id_] < useful for id_, by in stopped.items()):
        shares = dict.fromkeys(shares, exact(0))
    return shares, stopped


def _down(shares: Shares, settings: dict[str, Any]) -> Shares:
    return {id_: rounded_down(share, settings["round"]) for id_, share in shares.items()}


def _those_that_fit(shares: Shares, stopped: dict[str, Any], edges: list[Bound]) -> tuple[Shares, dict[str, Any]]:
    """Of a group that does not fit under a bound those under it get nothing, the scarcest bound first."""
    while beyond := over(shares, edges):
        wanted = {bound: sum(shares.get(one.id, 0) for one in bound.claims) for bound in beyond}
        scarcest = min(beyond, key=lambda bound: bound.room / wanted[bound])
        for one in scarcest.claims:
            if shares.get(one.id):
                shares[one.id], stopped[one.id] = exact(0), scarcest
    return shares, stopped
