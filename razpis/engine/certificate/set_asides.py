"""Money set aside as sums: what each set-aside holds, and what those that keep their money for good leave to others."""

from __future__ import annotations

from collections.abc import Sequence

from razpis.engine import money
from razpis.engine.certificate.entries import SET_ASIDE, Key, Sum
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import SetAsideRule

Rules = Sequence[SetAsideRule]


def sums(rulebook: Rulebook, rules: Rules) -> dict[Key, Sum]:
    """A sum for every set-aside, and for one whose unused money stays the sum that may go to others: the money of
    its lots less all that is kept in them. What earlier ones are promised there is not kept a second time."""
    found: dict[Key, Sum] = {}
    promised: list[tuple[SetAsideRule, int]] = []
    for at, rule in enumerate(rules):
        cents = _cents(rulebook, rule)
        if _stays(rule):
            earlier = sum(amount for other, amount in promised if _inside(rulebook, other, rule))
            cents = max(min(cents, _held(rulebook, rule) - earlier), 0)
        promised.append((rule, cents))
        found["set_aside", rule.key] = Sum(rule.key, cents, False, SET_ASIDE + at)
    keeping = [(rule, cents) for rule, cents in promised if _stays(rule)]
    for at, (rule, _) in enumerate(keeping, len(rules)):
        kept = sum(cents for other, cents in keeping if _inside(rulebook, other, rule))
        found["beside", rule.key] = Sum(rule.key, max(_held(rulebook, rule) - kept, 0), False, SET_ASIDE + at)
    return found


def beside(rulebook: Rulebook, rules: Rules, lot: str) -> list[Key]:
    """The sums of a lot beside the set-asides whose unused money stays."""
    return [("beside", rule.key) for rule in rules if _stays(rule) and _covers(rulebook, rule, lot)]


def drawn(rulebook: Rulebook, rules: Rules, rule: SetAsideRule, lot: str) -> list[Key]:
    """The sums that money set aside counts in, where it is given in a lot; none where it is not. What this set-aside
    keeps was taken out of the sums beside it, and beside those of wider lots, before anything was given."""
    if not _covers(rulebook, rule, lot):
        return []
    counted = {("beside", one.key) for one in rules if _stays(rule) and _inside(rulebook, rule, one)}
    return [("set_aside", rule.key), *(key for key in beside(rulebook, rules, lot) if key not in counted)]


def _cents(rulebook: Rulebook, rule: SetAsideRule) -> int:
    if rule.rule.percent is None:
        return money.to_cents(rule.rule.amount or 0)
    return money.to_cents(money.divide(rule.rule.percent * _held(rulebook, rule), 10_000), "down")


def _held(rulebook: Rulebook, rule: SetAsideRule) -> int:
    return sum(rulebook.lot_cents(lot) for lot in rulebook.lots if _covers(rulebook, rule, lot))


def _stays(rule: SetAsideRule) -> bool:
    return rule.rule.unused == "stays"


def _covers(rulebook: Rulebook, rule: SetAsideRule, lot: str) -> bool:
    return lot in (rule.rule.lots or rulebook.lots)


def _inside(rulebook: Rulebook, one: SetAsideRule, other: SetAsideRule) -> bool:
    """Whether all lots of the one are lots of the other."""
    return all(_covers(rulebook, other, lot) for lot in rulebook.lots if _covers(rulebook, one, lot))
