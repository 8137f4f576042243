"""The fills that the rulebook chose, over all lots at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from razpis.engine import money
from razpis.engine.allocation import passes, proportional, rank_fill
from razpis.engine.allocation.award import LotAllocation, Pool, Wish
from razpis.engine.allocation.passes import GENERAL, SECOND, Fill, Till
from razpis.engine.allocation.pools import Pools
from razpis.engine.allocation.proportional import Filled, Terms
from razpis.engine.allocation.winners import among_first
from razpis.engine.allocation.wishes import mode, unit, wishes
from razpis.engine.cases import Case
from razpis.engine.facts import value_for
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.ranking import Ranking, across, money_facts
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import AllocationRule, SetAsideRule
from razpis.engine.scoring import Score

Entrants = Mapping[str, tuple[Case, Score]]


def allocate(rulebook: Rulebook, rankings: Sequence[Ranking], entrants: Entrants) -> tuple[LotAllocation, ...]:
    """The money divided among ranked applications, a part for each lot in the order of ``rankings``.

    Raises :class:`Problems` where an amount has no value.
    """
    compiled = rulebook.allocation
    assert compiled is not None
    pools = Pools(rulebook)
    wanted: list[Wish] = []
    problems: list[Problem] = []
    for ranking in rankings:
        try:
            found, most = wishes(compiled, ranking, entrants, pools), rulebook.most_winners(ranking.lot)
            wanted += found if most is None else among_first(tuple(found), most)
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return _divided(rulebook, compiled, rankings, entrants, wanted, Till(pools.all))


def _divided(
    rulebook: Rulebook,
    compiled: AllocationRule,
    rankings: Sequence[Ranking],
    entrants: Entrants,
    wanted: Sequence[Wish],
    till: Till,
) -> tuple[LotAllocation, ...]:
    fill = _fill(rulebook, compiled)
    again = compiled.rule.leftovers == "second_pass"
    several = bool(compiled.set_asides) or again
    given: Counter[str] = Counter()
    received: Counter[str] = Counter()
    chosen = {rule.key: _chosen(rulebook, rule, wanted, entrants) for rule in compiled.set_asides}
    for stage in passes.stages(rulebook):
        now = [wish for wish in wanted if wish.lot in stage]
        for rule in compiled.set_asides:
            till.run(rule.key, passes.set_aside(till, rulebook, rule, now, chosen[rule.key]), fill, several)
        till.run(GENERAL, [passes.beside(rulebook, compiled.set_asides, wish) for wish in now], fill, several)
        for lot in stage:
            target = rulebook.lots[lot].leftover_to
            if target is not None and not _waits(till, lot):
                cents = till.free(passes.open_to_all(rulebook, compiled.set_asides, lot))
                till.add(passes.open_to_all(rulebook, compiled.set_asides, lot), -cents)
                till.add(passes.open_to_all(rulebook, compiled.set_asides, target), cents)
                given[lot] += cents
                received[target] += cents
    if again:
        _second_pass(rulebook, rankings, wanted, till, fill, given, received)
    return tuple(_lot(rulebook, ranking.lot, wanted, till, given, received) for ranking in rankings)


def _chosen(rulebook: Rulebook, rule: SetAsideRule, wanted: Sequence[Wish], entrants: Entrants) -> frozenset[str]:
    """Whom a set-aside is kept for. Raises :class:`Problems`."""
    chosen: set[str] = set()
    for wish in wanted:
        case, score = entrants[wish.id]
        facts = money_facts(score, wish.place, rulebook.lot_cents(wish.lot))
        if value_for(case, Text(rule.key, rule.key), rule.where, facts):
            chosen.add(wish.id)
    return frozenset(chosen)


def _waits(till: Till, lot: str) -> bool:
    """Whether a tie in the lot is open: then nobody knows yet what will be left."""
    return any(award.undecided for award in till.awards.values() if award.wish.lot == lot)


def _fill(rulebook: Rulebook, compiled: AllocationRule) -> Fill:
    if compiled.rule.fill == "proportional":
        terms = _terms(compiled)
        return lambda wishes_, pools, _: proportional.fill(wishes_, pools, terms)
    useful = money.to_cents(compiled.rule.minimum_useful, "up")
    edges = {lot: rank_fill.Edge(rulebook.edge(lot), useful, unit(compiled)) for lot in rulebook.lots}
    edges[SECOND] = rank_fill.Edge(compiled.rule.edge, useful, unit(compiled))
    return lambda wishes_, pools, waiting: Filled(rank_fill.fill(wishes_, pools, edges, waiting), {})


def _terms(compiled: AllocationRule) -> Terms:
    rule = compiled.rule
    return Terms(
        resharing=rule.resharing,
        value_rounding=rule.value_of_point.round if rule.value_of_point else None,
        unit=unit(compiled),
        mode=mode(compiled),
        last_cent=rule.last_cent,
        minimum=money.to_cents(rule.minimum_grant.amount, "up") if rule.minimum_grant else 0,
        drop=rule.minimum_grant.drop if rule.minimum_grant else "lowest",
    )


def _second_pass(
    rulebook: Rulebook,
    rankings: Sequence[Ranking],
    wanted: Sequence[Wish],
    till: Till,
    fill: Fill,
    given: Counter[str],
    received: Counter[str],
) -> None:
    """What the lots left, in one order over all lots, to those who did not get what they want; what they do
    not use stays in the lots, the last first."""
    key = f"lot:{SECOND}"
    set_asides = rulebook.allocation.set_asides if rulebook.allocation is not None else ()
    moved: dict[str, int] = {}
    for lot in rulebook.lots:
        keys = passes.open_to_all(rulebook, set_asides, lot)
        moved[lot] = 0 if _waits(till, lot) else till.free(keys)
        till.add(keys, -moved[lot])
    till.pools[key] = Pool(key, SECOND, sum(moved.values()), True)
    placed = dict(across(rulebook, rankings))
    equal = Counter(placed.values())
    shared = rulebook.file.ranking.still_tied == "shared"
    asking = [
        passes.without_lot(wish, key, placed[wish.id], equal[placed[wish.id]] > 1 and not shared)
        for wish in sorted(wanted, key=lambda one: placed[one.id])
        if till.got(wish) < wish.want and not till.awards[wish.id].undecided
    ]
    before = {wish.id: till.got(wish) for wish in wanted}
    till.run(SECOND, [replace(wish, lot=SECOND) for wish in asking], fill, True)
    for wish in wanted:
        till.awards[wish.id] = replace(till.awards[wish.id], wish=wish)
        received[wish.lot] += till.got(wish) - before[wish.id]
    unused = till.pools[key].cents
    for lot, cents in reversed(moved.items()):
        stays = min(unused, cents)
        given[lot] += cents - stays
        unused -= stays


def _lot(
    rulebook: Rulebook,
    lot: str,
    wanted: Sequence[Wish],
    till: Till,
    given: Counter[str],
    received: Counter[str],
) -> LotAllocation:
    awards = tuple(till.awards[wish.id] for wish in wanted if wish.lot == lot)
    value, exact = (level.exact for level in till.values[lot]) if lot in till.values else (None, None)
    return LotAllocation(lot, rulebook.lot_cents(lot), awards, received[lot], given[lot], value, exact)
