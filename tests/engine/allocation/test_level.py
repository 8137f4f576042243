"""Progressive filling against two slower ways to the same amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.allocation.level import Held, Seeker, progressive
from razpis.engine.money import Number


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
    assert [held.amount for held in progressive(seekers, {"pot": pot})] == by_breakpoints(seekers, pot)


@given(
    st.lists(st.builds(Seeker, WEIGHTS, CAPS, POOLS), min_size=1, max_size=9),
    st.fixed_dictionaries({key: st.integers(0, 120) for key in ("p", "q", "r", "pot")}),
)
def test_pools_in_pools_are_filled_as_freezing_in_rounds_says(seekers, pools) -> None:
    held = progressive(seekers, pools)
    assert [one.amount for one in held] == by_rounds(seekers, pools)
    for one, seeker in zip(held, seekers, strict=True):
        assert 0 <= one.amount <= seeker.cap
        if one.pool:
            assert one.pool in seeker.pools
            assert one.level is not None
            assert one.amount == seeker.weight * one.level
    for key, cents in pools.items():
        members = [(one, seeker) for one, seeker in zip(held, seekers, strict=True) if key in seeker.pools]
        spent = sum(one.amount for one, _ in members)
        assert spent <= cents
        bound = [one for one, _ in members if one.pool == key]
        if bound:
            assert spent == cents
            assert {one.level for one in bound} == {
                max(one.amount / Fraction(seeker.weight) for one, seeker in members)
            }


def test_nobody_asks_for_nothing() -> None:
    assert progressive([], {"pot": 5}) == []


def test_the_innermost_of_two_pools_that_bind_at_once_is_named() -> None:
    seekers = [Seeker(1, 9, ("inner", "pot")), Seeker(1, 9, ("inner", "pot"))]
    assert progressive(seekers, {"inner": 4, "pot": 4}) == [Held(2, "inner", 2), Held(2, "inner", 2)]
    assert progressive([Seeker(2, 6, ("pot",))], {"pot": 6}) == [Held(6, "", None)]
