"""Several fills in turn over the same money: set-asides, lots in the order of their leftovers, a second pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter
from typing import TypeAlias

from razpis.engine import money
from razpis.engine.allocation.award import Award, Pool, Wish
from razpis.engine.allocation.proportional import Filled
from razpis.engine.allocation.solving import Level
from razpis.engine.pairing import paired
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import SetAsideRule

Fill: TypeAlias = Callable[[Sequence[Wish], Mapping[str, Pool], Sequence[Wish]], Filled]
"""Fills the pools with wishes; others, and some of these, wait for an open tie since an earlier pass."""

GENERAL, SECOND = "general", "second_pass"


@dataclass(slots=True)
class Till:
    """What was given so far, and what every pool still holds."""

    pools: dict[str, Pool]
    awards: dict[str, Award] = field(default_factory=dict)
    values: dict[str, tuple[Level, Level]] = field(default_factory=dict)

    def run(self, name: str, wishes: Sequence[Wish], fill: Fill, several: bool) -> None:
        """One pass: everyone asks for what it has not got yet."""
        asking = [replace(wish, want=wish.want - self.got(wish), got=self.got(wish)) for wish in wishes]
        filled = fill(asking, self.pools, self._waiting())
        self.values.update(filled.values)
        for wish, award in paired(wishes, filled.awards):
            before = self.awards.get(wish.id)
            self.awards[wish.id] = _added(before, replace(award, wish=wish), name, several)
            for key in wish.pools:
                self.pools[key] = self.pools[key]._replace(cents=self.pools[key].cents - award.cents)

    def _waiting(self) -> list[Wish]:
        """Who waits for an open tie since an earlier pass, as it asked in that pass, with what it still wants."""
        return [
            replace(award.wish, want=award.wish.want - award.cents) for award in self.awards.values() if award.undecided
        ]

    def got(self, wish: Wish) -> int:
        """The cents an application has so far."""
        return self.awards[wish.id].cents if wish.id in self.awards else 0

    def free(self, keys: Iterable[str]) -> int:
        """What all of these pools still hold."""
        return min(self.pools[key].cents for key in keys)

    def add(self, keys: Iterable[str], cents: int) -> None:
        """Money moved to these pools, or away from them where ``cents`` is below 0."""
        for key in keys:
            self.pools[key] = self.pools[key]._replace(cents=self.pools[key].cents + cents)


def _added(before: Award | None, award: Award, name: str, several: bool) -> Award:
    if not several:
        return award
    passes = (*(before.passes if before else ()), (name, award.cents))
    if before is not None and award.cents == 0 and before.cents == before.wish.want:
        return replace(before, passes=passes)
    return replace(award, cents=award.cents + (before.cents if before else 0), passes=passes)


def stages(rulebook: Rulebook, lots: Sequence[str]) -> list[list[str]]:
    """These lots in groups: those that pass their leftover on come first, each before the one that gets it."""
    targets = {lot: target for lot in lots if (target := rulebook.lots[lot].leftover_to) is not None}
    order = TopologicalSorter[str](dict.fromkeys(lots, ()))
    for giver, target in targets.items():
        order.add(target, giver)
    order.prepare()
    ready: set[str] = set()
    groups = []
    while order.is_active():
        ready.update(order.get_ready())
        now = ready & targets.keys() or ready
        groups.append([lot for lot in lots if lot in now])
        ready = ready - now
        order.done(*now)
    return groups


def keep(till: Till, rulebook: Rulebook, rules: Sequence[SetAsideRule]) -> None:
    """Two pools for every set-aside: its own, and for one whose unused money stays the money of its lots that
    neither it nor another such within these lots keeps. Where more is set aside than there is, the later keeps what
    the earlier leave."""
    asked: dict[str, int] = {}
    kept: dict[str, int] = {}
    held = {rule.key: sum(rulebook.lot_cents(lot) for lot in _lots(rulebook, rule)) for rule in rules}
    within = {rule.key: [one.key for one in rules if _lots(rulebook, one) <= _lots(rulebook, rule)] for rule in rules}
    for rule in rules:
        key, cents = rule.key, money.to_cents(rule.rule.amount or 0)
        if rule.rule.percent is not None:
            cents = money.to_cents(money.divide(rule.rule.percent * held[key], 10_000), "down")
        if rule.rule.unused == "stays":
            cents = kept[key] = max(min(cents, held[key] - sum(asked.get(one, 0) for one in within[key])), 0)
        asked[key] = cents
        till.pools[f"set_aside:{key}"] = Pool(f"set_aside:{key}", key, cents, True)
    for key in kept:
        free = max(held[key] - sum(kept.get(one, 0) for one in within[key]), 0)
        till.pools[f"beside:{key}"] = Pool(f"beside:{key}", key, free, True)


def set_aside(
    rulebook: Rulebook,
    rules: Sequence[SetAsideRule],
    rule: SetAsideRule,
    wishes: Sequence[Wish],
    chosen: frozenset[str],
) -> list[Wish]:
    """The wishes of a set-aside's own pass: those of ``chosen``, drawing on its pool, and like all others on nothing
    that other set-asides keep for good."""
    own = _lots(rulebook, rule)
    others = [one for one in rules if rule.rule.unused != "stays" or not own <= _lots(rulebook, one)]
    asking = (with_pool(wish, f"set_aside:{rule.key}") for wish in wishes if wish.id in chosen and wish.lot in own)
    return [beside(rulebook, others, wish) for wish in asking]


def _lots(rulebook: Rulebook, rule: SetAsideRule) -> Set[str]:
    """The lots whose money is set aside."""
    return set(rule.rule.lots or rulebook.lots)


def beside(rulebook: Rulebook, rules: Sequence[SetAsideRule], wish: Wish) -> Wish:
    """A wish that draws on nothing that these set-asides keep for good."""
    for key in open_to_all(rulebook, rules, wish.lot)[1:]:
        wish = with_pool(wish, key)
    return wish


def open_to_all(rulebook: Rulebook, rules: Sequence[SetAsideRule], lot: str) -> tuple[str, ...]:
    """The pools of a lot's money that no set-aside keeps for good; the lot's own comes first."""
    kept = (rule for rule in rules if rule.rule.unused == "stays" and lot in _lots(rulebook, rule))
    return (f"lot:{lot}", *(f"beside:{rule.key}" for rule in kept))


def with_pool(wish: Wish, key: str) -> Wish:
    """The wish drawing on one more pool, just inside its lot."""
    at = wish.pools.index(wish.lot_pool)
    return replace(wish, pools=(*wish.pools[:at], key, *wish.pools[at:]))


def without_lot(wish: Wish, key: str, place: int, open_: bool) -> Wish:
    """The wish in the common second pass: it draws on the common pool in place of its lot."""
    pools = tuple(key if pool == wish.lot_pool else pool for pool in wish.pools)
    return replace(wish, pools=pools, place=place, open=open_)
