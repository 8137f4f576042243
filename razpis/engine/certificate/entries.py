"""What each application may have at most, and which sums it counts in, read anew from the rulebook."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from razpis.engine import money
from razpis.engine.certificate.order import Entrant
from razpis.engine.money import Number
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.budget import whole
from razpis.engine.rulebook.compiled import AllocationRule, LimitRule

REQUEST, BUDGET, WINNERS, FIXED = "request", "budget", "most_winners", "fixed_part"
MONEY = "money_threshold"
SET_ASIDE, LOT = 1_000_000, 2_000_000
Key = tuple[str, ...]
"""A sum of awards that is bounded: ``("lot", "A")``, ``("limit", "cap", "applicant")``, ``("budget",)`` …"""


class Sum(NamedTuple):
    """A bounded sum: what an award held by it is limited by, its cents, whether what does not fit is shortened
    to fit (or else meets the edge rule), and how far out it stands: limits, set-asides, lots, the budget."""

    name: str
    cents: int
    shortens: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One ranked application with the facts that expressions about money read.

    ``bounds``: upper bounds of its own by name, innermost first, in exact cents. ``most``: the whole cents (a
    multiple of the unit awards are counted in) it may have by them, ``bound``: the name of the one that says so.
    ``sums``: the sums it counts in, innermost first. ``waits``: a tie decides whether it may get money at all, or how
    much. ``fixed``: the cents due to it before the rest is shared by weight.
    """

    id: str
    lot: str
    place: int
    open: bool
    facts: Mapping[str, Any]
    weight: Number
    bounds: tuple[tuple[str, Number], ...]
    most: int
    bound: str
    sums: tuple[Key, ...]
    waits: bool = False
    fixed: int = 0


def unit(rule: AllocationRule) -> int:
    """The cents every award is a multiple of: 1, or more where awards are rounded to whole euros or coarser."""
    rounding = rule.rule.round
    return int("1" + "0" * max(2 - rounding.places, 0)) if rounding else 1


def nearest(cents: Number, unit_: int, mode: str) -> int:
    """A multiple of ``unit_``, rounded by ``mode``."""
    return money.whole(money.divide(cents, unit_), mode) * unit_


class Entries:
    """Reads entries one after another and collects the sums they count in."""

    def __init__(self, rulebook: Rulebook) -> None:
        assert rulebook.allocation is not None
        self.rulebook = rulebook
        self.rule = rulebook.allocation
        self.unit = unit(self.rule)
        self.mode = self.rule.rule.round.mode if self.rule.rule.round else "half_up"
        self.sums: dict[Key, Sum] = {
            ("lot", lot): Sum(lot or BUDGET, rulebook.lot_cents(lot), False, LOT) for lot in rulebook.lots
        }
        self.outer: tuple[Key, ...] = ()
        budget = rulebook.file.budget
        if rulebook.file.lots and budget is not None and not budget.lines:
            self.outer = ((BUDGET,),)
            self.sums[BUDGET,] = Sum(BUDGET, whole(budget), False, LOT + 1)

    def entry(self, one: Entrant, place: int, open_: bool) -> Entry:
        """The entry of one application in its place."""
        lot_amount = money.from_cents(self.sums["lot", one.case.lot].cents)
        facts = {**one.facts, "place": place, "lot_amount": lot_amount}
        asked = money.to_cents(facts[self.rule.rule.request])
        entitled = max(self.rule.entitlement.value(facts) * 100, 0)
        if self.rule.rule.entitlement is not None:
            entitled = nearest(entitled, self.unit, self.mode)
        bounds: list[tuple[str, Number]] = [(REQUEST, max(asked, 0)), (REQUEST, entitled)]
        sums: list[Key] = []
        for depth, limit in enumerate(self.rule.limits):
            if limit.rule.lots and one.case.lot not in limit.rule.lots:
                continue
            if limit.where is not None and not limit.where.value(facts):
                continue
            if limit.rule.per == "application":
                bounds.append((limit.key, max(limit.amount.value(facts) * 100, 0)))
            else:
                sums.append(self._limit(limit, depth, one))
        bound, least = min(bounds, key=lambda one: one[1])
        most = nearest(least, self.unit, "down")
        weighed = {**facts, "wanted": money.from_cents(most)}
        return Entry(
            id=one.id,
            lot=one.case.lot,
            place=place,
            open=open_,
            facts=facts,
            weight=max(self.rule.weight.value(weighed), 0),
            bounds=tuple(bounds),
            most=most,
            bound=bound,
            sums=(*sums, ("lot", one.case.lot), *self.outer),
            fixed=self._fixed(facts),
        )

    def _fixed(self, facts: Mapping[str, Any]) -> int:
        if self.rule.fixed_part is None:
            return 0
        return nearest(max(self.rule.fixed_part.value(facts) * 100, 0), self.unit, self.mode)

    def _limit(self, limit: LimitRule, depth: int, one: Entrant) -> Key:
        whose = str(one.case.applicant) if limit.rule.per == "applicant" else ""
        key = ("limit", limit.key, whose)
        cents = nearest(limit.amount.value({}) * 100, 1, "down")
        self.sums[key] = Sum(limit.key, max(cents, 0), limit.rule.binds == "shortens", depth)
        return key


def within_number(rulebook: Rulebook, entries: Sequence[Entry]) -> list[Entry]:
    """The entries where a lot has only so many recipients: nothing for one that, with its equals, has more before it
    and beside it than there may be. Where its place is open and some of it still fit, it waits."""
    asking: dict[str, list[int]] = {lot: [] for lot in rulebook.lots}
    for entry in entries:
        if entry.most:
            asking[entry.lot].append(entry.place)
    places_ = {lot: sorted(found) for lot, found in asking.items()}
    most = {lot: rulebook.most_winners(lot) for lot in rulebook.lots}
    return [_within(entry, places_[entry.lot], most[entry.lot]) for entry in entries]


def _within(entry: Entry, asking: Sequence[int], most: int | None) -> Entry:
    if most is None or bisect_right(asking, entry.place) <= most:
        return entry
    if entry.open and bisect_left(asking, entry.place) < most:
        return replace(entry, waits=True)
    if not entry.most and not entry.waits:
        return entry
    return replace(entry, most=0, bound=WINNERS, bounds=(*entry.bounds, (WINNERS, 0)), waits=False)


def stages(rulebook: Rulebook, lots: Sequence[str]) -> Iterable[list[str]]:
    """These lots by turns: as long as there are any that pass money on and get none any more, these; then the rest."""
    targets = {lot: rulebook.lots[lot].leftover_to for lot in lots}
    while targets:
        now = [lot for lot, target in targets.items() if target is not None and lot not in targets.values()]
        now = now or list(targets)
        yield now
        targets = {lot: target for lot, target in targets.items() if lot not in now}
