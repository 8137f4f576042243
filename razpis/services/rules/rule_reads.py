"""Which answers the rules read, and what of the rules reads them: those have to be established."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from razpis.engine.expressions import Expression
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook

MONEY = Text("razdelitev sredstev", "the allocation")
ORDER = Text("vrstni red", "the order")


def reads(rulebook: Rulebook) -> dict[str, list[Text]]:
    """Every field that a condition, a criterion, the order or the division of money reads, and what reads it."""
    found: dict[str, list[Text]] = {}
    for title, expressions in _readers(rulebook):
        for key in _fields(rulebook, expressions):
            found.setdefault(key, []).append(title)
    if rulebook.allocation is not None:
        found.setdefault(rulebook.allocation.rule.request, []).insert(0, MONEY)
    return {key: list(dict.fromkeys(found[key])) for key in rulebook.fields if key in found}


def readers(rulebook: Rulebook, names: Collection[str]) -> list[Text]:
    """What reads or asks about any of ``names``, through derived facts too, in the order of the rules."""
    found = [title for title, expressions in _readers(rulebook) if not _names(rulebook, expressions).isdisjoint(names)]
    return list(dict.fromkeys(found))


def _readers(rulebook: Rulebook) -> Iterable[tuple[Text, list[Expression | None]]]:
    for condition in rulebook.conditions:
        yield condition.rule.text, [condition.test]
    for rule in rulebook.criteria:
        yield rule.rule.title, [rule.applies, rule.value, *rule.items]
    yield ORDER, [one.expression for one in rulebook.ranking]
    yield ORDER, [rulebook.factor, *(one.applies for one in rulebook.thresholds)]
    money = rulebook.allocation
    if money is not None:
        limits = [part for one in money.limits for part in (one.amount, one.where)]
        set_asides = [one.where for one in money.set_asides]
        yield MONEY, [money.entitlement, money.weight, money.fixed_part, *limits, *set_asides]


def _fields(rulebook: Rulebook, expressions: Iterable[Expression | None]) -> set[str]:
    """The fields that expressions read or ask about, through derived facts too."""
    return _names(rulebook, expressions) & rulebook.fields.keys()


def _names(rulebook: Rulebook, expressions: Iterable[Expression | None]) -> set[str]:
    """All that expressions read or ask about, down to what is not derived."""
    derived = {rule.key: rule.value for rule in rulebook.derived}
    waiting = [name for one in expressions if one is not None for name in (*one.reads, *one.asks)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in derived:
            waiting += [*derived[name].reads, *derived[name].asks]
        else:
            found.add(name)
    return found
