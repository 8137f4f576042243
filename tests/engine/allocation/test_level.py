"""Progressive filling against two slower ways to the same amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.allocation.level import Held, Seeker, progressive
from razpis.engine.allocation.solving import BITS, Level
from razpis.engine.money import Number


def told(held: Held, seeker: Seeker) -> tuple[Number, str, Number | None]:
    """Its cents, the pool that held it and the level there."""
    if held.level is None:
        return seeker.cap, held.pool, None
    return seeker.weight * held.level.exact, held.pool, held.level.exact


def by_rounds(seekers: Sequence[Seeker], pools: Mapping[str, Number]) -> list[Fraction]:
    """Amounts by freezing in rounds: every round computes anew, from all that is frozen, the highest level that
    no cap and no pool forbids, and freezes whoever that level binds."""
    frozen: dict[int, Fraction] = {}
    while len(frozen) < len(seekers):
        free = [at for at in range(len(seekers)) if at not in frozen]
        levels = {(at, ""): Fraction(seekers[at].cap) / seekers[at].weight for at in free}
        for key, cents in pools.items():
            spent = sum(amount for at, amount in frozen.items() if key in seekers[at].pools)
            weight = sum(seekers[at].weight for at in free if key in seekers[at].pools)
            levels |= {(at, key): (cents - spent) / Fraction(weight) for at in free if key in seekers[at].pools}
        level = min(levels.values())
        frozen |= {at: level * seekers[at].weight for (at, _), bound in levels.items() if bound == level}
    return [frozen[at] for at in range(len(seekers))]


def by_breakpoints(seekers: Sequence[Seeker], pot: Number) -> list[Fraction]:
    """Amounts from one pot: what is spent at a level grows in straight pieces between the levels at which
    somebody has enough; the piece where the pot is used up gives the level."""
    enough = sorted({Fraction(seeker.cap) / seeker.weight for seeker in seekers})

    def spent(level: Fraction) -> Fraction:
        return sum((min(Fraction(seeker.cap), seeker.weight * level) for seeker in seekers), Fraction(0))

    below = Fraction(0)
    for above in enough:
        if spent(above) >= pot:
            rise = (spent(above) - spent(below)) / (above - below) if above > below else Fraction(1)
            level = below + (pot - spent(below)) / rise
            return [min(Fraction(seeker.cap), seeker.weight * level) for seeker in seekers]
        below = above
    return [Fraction(seeker.cap) for seeker in seekers]


WEIGHTS = st.integers(1, 40).map(lambda halves: Fraction(halves, 2))
CAPS = st.integers(0, 60) | st.fractions(0, 60, max_denominator=7)
POOLS = st.sets(st.sampled_from(["p", "q", "r"]), max_size=2).map(lambda chosen: (*sorted(chosen), "pot"))


@given(st.lists(st.builds(Seeker, WEIGHTS, CAPS, st.just(("pot",))), min_size=1, max_size=9), st.integers(0, 200))
def test_one_pot_is_filled_as_its_breakpoints_say(seekers, pot) -> None:
    held = progressive(seekers, {"pot": pot})
    assert [told(one, seeker)[0] for one, seeker in zip(held, seekers, strict=True)] == by_breakpoints(seekers, pot)


@given(
    st.lists(st.builds(Seeker, WEIGHTS, CAPS, POOLS), min_size=1, max_size=9),
    st.fixed_dictionaries({key: st.integers(0, 120) for key in ("p", "q", "r", "pot")}),
)
def test_pools_in_pools_are_filled_as_freezing_in_rounds_says(seekers, pools) -> None:
    found = [told(held, seeker) for held, seeker in zip(progressive(seekers, pools), seekers, strict=True)]
    amounts = [amount for amount, _, _ in found]
    assert amounts == by_rounds(seekers, pools)
    for (amount, pool, level), seeker in zip(found, seekers, strict=True):
        assert 0 <= amount <= seeker.cap
        assert level is None or pool in seeker.pools
    for key, cents in pools.items():
        members = [at for at, seeker in enumerate(seekers) if key in seeker.pools]
        spent = sum(amounts[at] for at in members)
        assert spent <= cents
        bound = {level for _, pool, level in found if pool == key}
        if bound:
            assert spent == cents
            assert bound == {max(amounts[at] / Fraction(seekers[at].weight) for at in members)}


def test_nobody_asks_for_nothing() -> None:
    assert progressive([], {"pot": 5}) == []


def test_the_innermost_of_two_pools_that_bind_at_once_is_named() -> None:
    seekers = [Seeker(1, 9, ("inner", "pot")), Seeker(1, 9, ("inner", "pot"))]
    found = progressive(seekers, {"inner": 4, "pot": 4})
    assert [told(held, seekers[0]) for held in found] == [(2, "inner", 2), (2, "inner", 2)]
    alone = Seeker(2, 6, ("pot",))
    assert [told(held, alone) for held in progressive([alone], {"pot": 6})] == [(6, "", None)]


def encloses(level: Level) -> bool:
    """Whether the exact level lies between its whole numbers."""
    return level.low <= level.exact * (1 << BITS) <= level.high


def test_a_level_stays_enclosed_however_many_freeze_before_it() -> None:
    """Caps and sums whose fractions no whole number of 2^-BITS hits: what is not known of each adds up."""
    parts = [Fraction(1, 2 * at + 3) for at in range(40)]
    caps = [Seeker(1, part, ("pot",)) for part in parts]
    sums = [Seeker(1, 99, (f"sum {at}", "pot")) for at in range(40)]
    held = {f"sum {at}": part for at, part in enumerate(parts)}
    pot = 100 + 2 * sum(parts)
    for first in (caps, sums, [*caps, *sums], [*caps, Seeker(5, 99, ("joint", "pot"))]):
        *_, last = progressive([*first, Seeker(1, 999, ("pot",))], {**held, "joint": Fraction(10, 7), "pot": pot})
        assert last.level is not None
        assert encloses(last.level)
        assert last.level.high > last.level.low


def test_of_two_that_bind_at_once_the_innermost_is_named_also_where_the_outer_was_met_first() -> None:
    seekers = [Seeker(1, 9, ("pot",)), Seeker(1, 9, ("inner", "pot"))]
    found = progressive(seekers, {"inner": 2, "pot": 4})
    assert [told(held, seekers[0]) for held in found] == [(2, "pot", 2), (2, "inner", 2)]
