"""The passes of a division, one after another: money set aside, fixed parts, the lots, what they leave."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import in_order
from .by_points import OWN, Shares, at_published_values, once, progressive, rounded_within, with_last_cents
from .claims import (
    Bound,
    Claim,
    below_the_money_threshold,
    claims_of,
    count_the_winners,
    in_places,
    joint_limits,
    lots_money,
    pot,
)
from .meanings import holds, number
from .numbers import Number, exact, rounded
from .points import Rules, Scored


class Division:
    """One division of the money of a call."""

    def __init__(self, rules: Rules, found: dict[str, Scored], taken: dict[str, int]) -> None:
        self.rules, self.stated = rules, rules["allocation"]
        self.claims = claims_of(rules, found, taken)
        self.money = lots_money(rules)

    def run(self) -> None:
        """Who takes part first, then pass after pass."""
        self._choose()
        self._passes()

    def _proportional(self, lot: str) -> bool:
        own = self.rules.get("lots", {}).get(lot, {})
        return own.get("fill", self.stated.get("fill", "rank")) == "proportional"

    def _of_lot(self, lot: str, key: str, default: Any = None) -> Any:
        return self.rules.get("lots", {}).get(lot, {}).get(key, self.stated.get(key, default))

    def _shared(self) -> bool:
        return self.rules.get("ranking", {}).get("still_tied") == "shared"

    def _choose(self) -> None:
        for lot, money in self.money.items():
            inside = [one for one in self.claims if one.lot == lot]
            for one in below_the_money_threshold(self.rules, inside, money):
                one.takes_part, one.limited_by = False, "money_threshold"
            most = self._of_lot(lot, "most_winners")
            if most is not None and not self._proportional(lot):
                count_the_winners(in_places([one for one in inside if one.takes_part]), most, self._shared())

    # Bounds

    def _bounds(self) -> list[Bound]:
        """The nearest first: joint limits, money set aside, lots, the call's money."""
        lots = [
            Bound(lot or "budget", money, [one for one in self.claims if one.lot == lot], True, of_a_lot=True)
            for lot, money in self.arrived.items()
        ]
        whole = pot(self.rules)
        call = [] if whole is None else [Bound("budget", whole, self.claims, True)]
        return [*joint_limits(self.rules, self.claims), *self._kept(), *lots, *call]

    def _set_aside(self, aside: Rules) -> Number:
        lots = aside.get("lots", list(self.money))
        together = sum(self.money[lot] for lot in lots)
        if "percent" in aside:
            return rounded(together * exact(aside["percent"]) / 100, 2)
        return exact(aside["amount"])

    def _kept(self) -> list[Bound]:
        """Of the lots with money that stays set aside all others may use only what is beside it."""
        found = []
        for name, aside in self.stated.get("set_asides", {}).items():
            if aside.get("unused") == "stays":
                lots = aside.get("lots", list(self.money))
                others = max(Fraction(0), sum(self.money[lot] for lot in lots) - self._set_aside(aside))
                inside = [one for one in self.claims if one.lot in lots]
                found.append(Bound(name, others, inside, True, lambda used, name=name: used != name))
        return found

    # Passes

    def _passes(self) -> None:
        self.arrived = dict(self.money)
        for name, aside in self.stated.get("set_asides", {}).items():
            self._set_aside_pass(name, aside)
        if "fixed_part" in self.stated:
            self._fixed_pass()
        for lots in self._turns():
            self._general_pass("general", lots)
            for lot in lots:
                target = self.rules.get("lots", {}).get(lot, {}).get("leftover_to")
                if target:
                    left = self.arrived[lot] - sum(one.award for one in self.claims if one.lot == lot)
                    self.arrived[lot] -= left
                    self.arrived[target] += left
        if self.stated.get("leftovers") == "second_pass":
            self._second_pass()

    def _turns(self) -> list[list[str]]:
        """Lots that are divided together. By points all at once, but who passes its leftover on goes first; in rank
        order one by one, who passes on first, otherwise as the rules list them."""
        lots = self.rules.get("lots", {"": {}})
        turns: list[list[str]] = []
        while left := [lot for lot in lots if not any(lot in turn for turn in turns)]:
            ready = [lot for lot in left if not any(lots[giver].get("leftover_to") == lot for giver in left)]
            turns.append(ready if all(self._proportional(lot) for lot in lots) else ready[:1])
        return turns

    def _general_pass(self, name: str, lots: list[str], only: list[Claim] | None = None, more: Any = ()) -> None:
        chosen = [one for one in self.claims if one.lot in lots and one.takes_part and (only is None or one in only)]
        bounds = [bound for bound in self._bounds() if bound.counts(name)]
        if self._proportional(lots[0]):
            self._by_points(chosen, [*more, *bounds], name)
        else:
            in_order.fill(in_places(chosen), [*more, *bounds], self._settings(lots[0]), name)

    def _settings(self, lot: str) -> dict[str, Any]:
        return {
            "edge": self._of_lot(lot, "edge", "part"),
            "minimum_useful": self.stated.get("minimum_useful", 0),
            "shared": self._shared(),
            "by_place": "place" in str(self.stated.get("entitlement")) + str(self.stated.get("limits")),
            "round": self.stated.get("round"),
        }

    def _by_points(self, chosen: list[Claim], bounds: list[Bound], name: str) -> None:
        """By weight, up to what each may still have. A weight of 0 or less means no money."""
        weights: Shares = {}
        for one in chosen:
            names = one.names | {"wanted": one.wanted}
            weights[one.id] = max(Fraction(0), number(self.stated.get("weight", "points"), names))
            one.limited_by = one.own if weights[one.id] or one.missing <= 0 else "level"
        caps = {one.id: one.missing for one in chosen}
        level = set()
        if not self.stated.get("resharing", True):
            lot_of = {one.id: one.lot for one in chosen}
            limits = once(weights, caps, self._left_in_lots(), lot_of, self.stated.get("value_of_point"))
            level = {id_ for id_ in limits if limits[id_] < caps[id_]}
            caps = limits
        self._share(chosen, weights, caps, bounds, name, level)
        self._drop_below_the_least(chosen, bounds, name)

    def _drop_below_the_least(self, chosen: list[Claim], bounds: list[Bound], name: str) -> None:
        """Who has less than the least award by the end of the pass gets nothing in it, and it is divided again."""
        least = self.stated.get("minimum_grant")
        if least is None:
            return
        for one in chosen:
            self.exact.setdefault(one.id, one.award)
        amount = exact(least["amount"])
        below = [one for one in chosen if min(one.award, self.exact[one.id]) < amount]
        if not below:
            return
        lowest = min(self.exact[one.id] for one in below)
        out = [one for one in below if least.get("drop") == "all" or self.exact[one.id] == lowest]
        for one in chosen:
            one.got.pop(name, None)
        self._by_points([one for one in chosen if one not in out], bounds, name)
        for one in out:
            one.limited_by = "minimum"

    def _left_in_lots(self) -> dict[str, Number]:
        spent = {lot: sum(one.award for one in self.claims if one.lot == lot) for lot in self.arrived}
        return {lot: money - spent[lot] for lot, money in self.arrived.items()}

    def _share(
        self, chosen: list[Claim], weights: Shares, caps: Shares, bounds: list[Bound], name: str, level: set[str]
    ) -> None:
        self.exact = {}
        amounts, stopped = progressive(weights, caps, bounds)
        rounding, owner = self.stated.get("round"), self.stated.get("last_cent", "nobody")
        if "value_of_point" in self.stated and name != "fixed_part":
            amounts = at_published_values(amounts, weights, caps, stopped, self.stated["value_of_point"])
            level = {id_ for id_ in amounts if amounts[id_] < caps[id_]}
            owner = "nobody"
        shares = rounded_within(amounts, bounds, rounding)
        for lot in self.money:
            inside = [one for one in chosen if one.lot == lot and one.id in amounts]
            shares = with_last_cents(amounts, shares, inside, owner, rounding, bounds)
        lots = set(self.money) - {""}
        for one in chosen:
            if one.id in shares:
                by = stopped[one.id]
                one.got[name] = shares[one.id]
                self.exact[one.id] = one.award - shares[one.id] + amounts[one.id]
                own = "level" if one.id in level else one.own
                one.limited_by = (
                    own if by is OWN else "level" if by.name in (*lots, "budget", "second_pass") else by.name
                )

    def _fixed_pass(self) -> None:
        """Everyone gets the fixed part, or what it may have where that is less; where there is not enough, the same
        share of it, and nothing more."""
        chosen = [one for one in self.claims if one.takes_part and one.missing > 0]
        parts = {one.id: max(Fraction(0), self._fixed_part(one)) for one in chosen}
        caps = {one.id: min(parts[one.id], one.missing) for one in chosen}
        self._share(chosen, parts, caps, self._bounds(), "fixed_part", set())
        for one in chosen:
            if self.exact.get(one.id, 0) < caps[one.id]:
                one.takes_part = False
                one.limited_by = "fixed_part" if one.limited_by == "level" else one.limited_by

    def _fixed_part(self, one: Claim) -> Number:
        return rounded(number(self.stated["fixed_part"], one.names), self.stated.get("round"))

    def _set_aside_pass(self, name: str, aside: Rules) -> None:
        """First open only to some; in lots divided in rank order one lot after another."""
        lots = aside.get("lots", list(self.money))
        only = [one for one in self.claims if one.lot in lots and not one.behind and holds(aside["where"], one.names)]
        money = Bound(name, self._set_aside(aside), only, True, lambda used: used == name)
        for turn in self._turns():
            inside = [lot for lot in turn if lot in lots]
            if inside:
                self._general_pass(name, inside, only, [money])

    def _second_pass(self) -> None:
        """What all lots leave is one pot for those who did not get all; in rank order in one order over all lots."""
        left = sum(self.arrived.values()) - sum(one.award for one in self.claims)
        for name, aside in self.stated.get("set_asides", {}).items():
            if aside.get("unused") == "stays":
                left -= self._set_aside(aside) - sum(one.got.get(name, 0) for one in self.claims)
        chosen = [one for one in self.claims if one.takes_part and one.missing > 0 and not one.behind]
        money = Bound("second_pass", left, chosen, True, lambda used: used == "second_pass")
        whole = pot(self.rules)
        call = [] if whole is None else [Bound("budget", whole, self.claims, True)]
        bounds = [*joint_limits(self.rules, self.claims), money, *call]
        if self._proportional(next(iter(self.money))):
            self._by_points(chosen, bounds, "second_pass")
        else:
            orders = sorted({one.order for one in chosen})
            groups = [[one for one in chosen if one.order == order] for order in orders]
            in_order.fill(groups, bounds, self._settings(""), "second_pass")
