"""Who asks for how much, how much money there is, and which sums have an upper bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .meanings import Names, holds, number
from .numbers import Number, exact, rounded, rounded_down
from .points import Rules, Scored
from .ranking import Order, order_of


@dataclass(eq=False)
class Claim:
    """One ranked application: what it may have by its own limits, which of them is the lowest, what it got so far in
    every pass, and what stopped it."""

    id: str
    lot: str
    place: int
    order: Order
    names: Names
    requested: Number
    wanted: Number
    own: str
    got: dict[str, Number] = field(default_factory=dict)
    limited_by: str = ""
    waits: bool = False
    takes_part: bool = True
    behind: bool = False
    across: bool = False

    @property
    def award(self) -> Number:
        return Fraction(sum(self.got.values()))

    @property
    def missing(self) -> Number:
        return self.wanted - self.award


@dataclass(eq=False)
class Bound:
    """An upper bound on what some applications get together. ``edge``: who does not fit is cut, skipped or stops.
    ``counts``: the passes whose money it counts."""

    name: str
    amount: Number
    claims: list[Claim]
    edge: bool
    counts: Callable[[str], bool] = lambda name: True
    of_a_lot: bool = False

    @property
    def room(self) -> Number:
        spent = sum(money for one in self.claims for name, money in one.got.items() if self.counts(name))
        return self.amount - Fraction(spent)


# What each may have


def claims_of(rules: Rules, found: dict[str, Scored], places: dict[str, int]) -> list[Claim]:
    """All ranked applications with the least of what was asked for, what is due, and the limits on one application.
    What is due is rounded as awards are; what it may have is rounded down. Of equals the request is named."""
    money, stated, claims = lots_money(rules), rules["allocation"], []
    for id_, place in places.items():
        one = found[id_]
        names = one.row | one.parts | {f"points_{name}": points for name, points in one.parts.items()}
        names |= {"points": one.total, "place": place, "lot_amount": money[one.row["lot"]]}
        requested = wanted = exact(one.row["requested"])
        own = "request"
        if "entitlement" in stated:
            due = rounded(number(stated["entitlement"], names), stated.get("round"))
            wanted = max(Fraction(0), min(wanted, due))
        for name, limit in stated.get("limits", {}).items():
            if limit.get("per", "application") == "application" and _under(limit, one.row["lot"], names):
                if number(limit["amount"], names) < wanted:
                    wanted, own = max(Fraction(0), number(limit["amount"], names)), name
        wanted = rounded_down(wanted, stated.get("round"))
        claims.append(Claim(id_, one.row["lot"], place, order_of(rules, one), names, requested, wanted, own))
    return claims


def _under(limit: Rules, lot: str, names: Names) -> bool:
    return holds(limit.get("where", "true"), names) and lot in limit.get("lots", [lot])


def joint_limits(rules: Rules, claims: list[Claim]) -> list[Bound]:
    """Limits on sums, the nearest to the application first: on one applicant, on a class, the call's money."""
    found = []
    for per in ("applicant", "all"):
        for name, limit in rules["allocation"].get("limits", {}).items():
            if limit.get("per") == per:
                under = [one for one in claims if _under(limit, one.lot, one.names)]
                for members in _by_applicant(under) if per == "applicant" else [under]:
                    found.append(Bound(name, exact(limit["amount"]), members, limit.get("binds") == "edge"))
    return found


def _by_applicant(claims: list[Claim]) -> list[list[Claim]]:
    applicants = dict.fromkeys(one.names["applicant"] for one in claims)
    return [[one for one in claims if one.names["applicant"] == applicant] for applicant in applicants]


# How much money there is


def lots_money(rules: Rules) -> dict[str, Number]:
    """The money of every lot; a call without lots is one lot without a label."""
    lines = _lines(rules.get("budget"))
    if "lots" not in rules:
        return {"": lines[""]}
    return {name: lines[lot["line"]] if "line" in lot else exact(lot["amount"]) for name, lot in rules["lots"].items()}


def pot(rules: Rules) -> Number | None:
    """The bound on all lots together: a budget without lines beside lots that have amounts."""
    stated = rules.get("budget")
    if "lots" not in rules or stated is None or (isinstance(stated, dict) and "lines" in stated):
        return None
    return _lines(stated)[""]


def _lines(budget: Any) -> dict[str, Number]:
    """The money of every line, what is committed taken off; the whole stands under an empty name."""
    if budget is None:
        return {}
    if not isinstance(budget, dict):
        return {"": exact(budget)}
    found = {"": exact(budget["amount"]) - exact(budget.get("committed", 0))}
    _divide_lines(budget, "", found, budget.get("round", 2))
    return found


def _divide_lines(above: Rules, name: str, found: dict[str, Number], rounding: Any) -> None:
    """Amounts and percentages first, then percentages of what these leave; the rest gets all that is left."""
    whole, lines, gross = found[name], above.get("lines", {}), {}
    for key, line in lines.items():
        if "amount" in line:
            gross[key] = exact(line["amount"])
        if "percent" in line:
            gross[key] = rounded(whole * exact(line["percent"]) / 100, rounding)
    left = whole - sum(gross.values())
    for key, line in lines.items():
        if "percent_of_rest" in line:
            gross[key] = rounded(left * exact(line["percent_of_rest"]) / 100, rounding)
    for key, line in lines.items():
        if line.get("rest"):
            gross[key] = whole - sum(gross.values())
    for key, line in lines.items():
        found[key] = gross[key] - exact(line.get("committed", 0))
        _divide_lines(line, key, found, rounding)


# Who takes part


def below_the_money_threshold(rules: Rules, claims: list[Claim], money: Number) -> list[Claim]:
    """Of one lot: the totals of points are tried one after another, and compared is what all who reach one may have."""
    stated = rules["allocation"].get("money_threshold")
    if stated is None or not claims:
        return []
    totals = sorted({one.names["points"] for one in claims}, reverse=True)
    together = {least: sum(one.wanted for one in claims if one.names["points"] >= least) for least in totals}
    enough = [least for least in totals if together[least] >= exact(stated.get("at_least", 0)) * money]
    if "nearest" in stated:
        goal = exact(stated["nearest"]) * money
        found = min(enough, key=lambda least: (abs(together[least] - goal), least)) if enough else totals[-1]
    elif "at_least" in stated:
        found = max(enough, default=totals[-1])
    else:
        found = min([t for t in totals if together[t] <= exact(stated["at_most"]) * money], default=totals[0])
    return [one for one in claims if one.names["points"] < found]


def count_the_winners(groups: list[list[Claim]], most: int, shared: bool) -> None:
    """Of one lot, place by place: only the first so many who are entitled to something take part; a shared place is
    taken in whole or not at all. A tie that is open across the number waits, and all after it."""
    count = 0
    for group in groups:
        entitled = [one for one in group if one.wanted > 0]
        over = bool(entitled) and count + len(entitled) > most
        for one in group:
            one.across = over and count < most and not shared
            one.behind = over
        count = max(count, most) if over else count + len(entitled)


def in_places(claims: list[Claim]) -> list[list[Claim]]:
    """Groups of one place, the first first."""
    return [[one for one in claims if one.place == place] for place in sorted({one.place for one in claims})]
