"""The fills that the rulebook chose, over all lots at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from razpis.engine import money
from razpis.engine.allocation import passes, proportional, rank_fill
from razpis.engine.allocation.award import FIXED, LEVEL, Award, LotAllocation, Pool, Wish
from razpis.engine.allocation.money_threshold import from_points, least_points
from razpis.engine.allocation.passes import GENERAL, SECOND, Fill, Till
from razpis.engine.allocation.pools import Pools
from razpis.engine.allocation.proportional import Filled, Terms
from razpis.engine.allocation.winners import among_first
from razpis.engine.allocation.wishes import mode, unit, wishes
from razpis.engine.cases import Case
from razpis.engine.facts import value_for
from razpis.engine.money import Number
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.ranking import Ranking, across, money_facts
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.allocation import MoneyThreshold
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
    least: dict[str, Number] = {}
    for ranking in rankings:
        try:
            found, most = list(wishes(compiled, ranking, entrants, pools)), rulebook.most_winners(ranking.lot)
            if compiled.rule.money_threshold is not None:
                found = _above(compiled.rule.money_threshold, found, entrants, pools, least)
            wanted += found if most is None else among_first(found, most)
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    divided = _divided(rulebook, compiled, rankings, entrants, wanted, Till(pools.all))
    return tuple(replace(lot, threshold=least.get(lot.lot)) for lot in divided)


def _above(
    rule: MoneyThreshold, found: Sequence[Wish], entrants: Entrants, pools: Pools, least: dict[str, Number]
) -> list[Wish]:
    """The wishes of one lot, with nothing for those below the threshold that follows from its money; it is noted in
    ``least``."""
    points = {wish.id: entrants[wish.id][1].total or 0 for wish in found}
    lot_cents = pools.all[found[0].lot_pool].cents if found else 0
    threshold = least_points(rule, found, points, lot_cents)
    if threshold is not None:
        least[found[0].lot] = threshold
    return from_points(threshold, found, points)


def _divided(
    rulebook: Rulebook,
    compiled: AllocationRule,
    rankings: Sequence[Ranking],
    entrants: Entrants,
    wanted: Sequence[Wish],
    till: Till,
) -> tuple[LotAllocation, ...]:
    again = compiled.rule.leftovers == "second_pass"
    several = bool(compiled.set_asides) or again or compiled.fixed_part is not None
    moved = Moved()
    asides = compiled.set_asides
    chosen = {rule.key: _chosen(rulebook, rule, wanted, entrants) for rule in asides}
    passes.keep(till, rulebook, asides)
    for name, lots in rulebook.by_fill.items():
        fill = _fill(rulebook, compiled, name)
        fixed = _fixed_fill(compiled) if name == "proportional" and compiled.fixed_part is not None else None
        for stage in passes.stages(rulebook, lots):
            now = [wish for wish in wanted if wish.lot in stage]
            for rule in asides:
                asking = passes.set_aside(rulebook, asides, rule, now, chosen[rule.key])
                till.run(rule.key, asking, fill, several)
            if fixed is not None:
                till.run(FIXED, now, fixed, several)
                now = [wish for wish in now if till.got(wish) >= _fixed_part(wish)]
            till.run(GENERAL, [passes.beside(rulebook, asides, wish) for wish in now], fill, several)
            _move_on(rulebook, compiled, till, stage, moved)
    if again:
        _second_pass(rulebook, rankings, wanted, till, _fill(rulebook, compiled, compiled.rule.fill), moved)
    return tuple(_lot(rulebook, ranking.lot, wanted, till, moved) for ranking in rankings)


@dataclass(slots=True)
class Moved:
    """What every lot gave to others and received from them, in cents."""

    given: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)


def _move_on(rulebook: Rulebook, compiled: AllocationRule, till: Till, stage: Sequence[str], moved: Moved) -> None:
    """What these lots leave, moved to those that the rules name."""
    for lot in stage:
        target = rulebook.lots[lot].leftover_to
        if target is not None and not _waits(till, lot):
            own = passes.open_to_all(rulebook, compiled.set_asides, lot)
            cents = till.free(own)
            till.add(own, -cents)
            till.add(passes.open_to_all(rulebook, compiled.set_asides, target), cents)
            moved.given[lot] = cents
            moved.received[target] += cents


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


def _fill(rulebook: Rulebook, compiled: AllocationRule, name: str) -> Fill:
    if name == "proportional":
        terms = _terms(compiled)
        return lambda wishes_, pools, _: proportional.fill(wishes_, pools, terms)
    useful = money.to_cents(compiled.rule.minimum_useful)
    edges = {lot: rank_fill.Edge(rulebook.edge(lot), useful, unit(compiled)) for lot in rulebook.lots}
    edges[SECOND] = rank_fill.Edge(compiled.rule.edge, useful, unit(compiled))
    return lambda wishes_, pools, waiting: Filled(rank_fill.fill(wishes_, pools, edges, waiting), {})


def _fixed_fill(compiled: AllocationRule) -> Fill:
    """Everyone the fixed part, or all it may have, if that is less; where the money does not suffice for that,
    everyone the same share of its fixed part, and then no part in what is shared by weight."""
    terms = replace(_terms(compiled), resharing=True, value_rounding=None)

    def fill(wishes_: Sequence[Wish], pools: Mapping[str, Pool], waiting: Sequence[Wish]) -> Filled:
        parts = [replace(wish, want=_fixed_part(wish), weight=wish.fixed) for wish in wishes_]
        awards = proportional.fill(parts, pools, terms).awards
        return Filled([_named(award) for award in awards], {})

    return fill


def _fixed_part(wish: Wish) -> int:
    """The cents of the fixed part it may have."""
    return min(wish.want, wish.fixed)


def _named(award: Award) -> Award:
    """The award, limited by the fixed parts of all where the money did not suffice for them."""
    short = award.limited_by == LEVEL and award.cents < award.wish.want
    return replace(award, limited_by=FIXED) if short else award


def _terms(compiled: AllocationRule) -> Terms:
    rule = compiled.rule
    return Terms(
        resharing=rule.resharing,
        value_rounding=rule.value_of_point.round if rule.value_of_point else None,
        unit=unit(compiled),
        mode=mode(compiled),
        last_cent=rule.last_cent,
        minimum=money.to_cents(rule.minimum_grant.amount) if rule.minimum_grant else 0,
        drop=rule.minimum_grant.drop if rule.minimum_grant else "lowest",
    )


def _second_pass(
    rulebook: Rulebook,
    rankings: Sequence[Ranking],
    wanted: Sequence[Wish],
    till: Till,
    fill: Fill,
    moved: Moved,
) -> None:
    """What the lots left, in one order over all lots, to those who did not get what they want; what they do
    not use stays in the lots, the last first."""
    key = f"lot:{SECOND}"
    set_asides = rulebook.allocation.set_asides if rulebook.allocation is not None else ()
    taken: dict[str, int] = {}
    for lot in rulebook.lots:
        keys = passes.open_to_all(rulebook, set_asides, lot)
        taken[lot] = 0 if _waits(till, lot) else till.free(keys)
        till.add(keys, -taken[lot])
    till.pools[key] = Pool(key, SECOND, sum(taken.values()), True)
    placed = dict(across(rulebook, rankings))
    shared = rulebook.file.ranking.still_tied == "shared"
    asking = [
        passes.without_lot(wish, key, placed[wish.id], not shared)
        for wish in sorted(wanted, key=lambda one: placed[one.id])
        if till.got(wish) < wish.want and not till.awards[wish.id].undecided
    ]
    before = {wish.id: till.got(wish) for wish in wanted}
    till.run(SECOND, [replace(wish, lot=SECOND) for wish in asking], fill, True)
    for wish in wanted:
        till.awards[wish.id] = replace(till.awards[wish.id], wish=wish)
        moved.received[wish.lot] += till.got(wish) - before[wish.id]
    unused = till.pools[key].cents
    for lot, cents in reversed(taken.items()):
        stays = min(unused, cents)
        moved.given[lot] += cents - stays
        unused -= stays


def _lot(
    rulebook: Rulebook,
    lot: str,
    wanted: Sequence[Wish],
    till: Till,
    moved: Moved,
) -> LotAllocation:
    awards = tuple(till.awards[wish.id] for wish in wanted if wish.lot == lot)
    value, exact = (level.exact for level in till.values[lot]) if lot in till.values else (None, None)
    return LotAllocation(lot, rulebook.lot_cents(lot), awards, moved.received[lot], moved.given[lot], value, exact)
