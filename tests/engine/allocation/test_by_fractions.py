"""Crossing limits: the fill gives the cents, the names and the exact shares that plain fractions give."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.allocation import solving
from razpis.engine.allocation.award import BUDGET, Pool, Wish
from razpis.engine.allocation.proportional import Terms, fill
from tests.engine.allocation import by_fractions

TERMS = Terms(True, None, 1, "half_up", "largest_remainder")


class One(NamedTuple):
    """One application: its weight, what it wants in cents, its place and the numbers of what it counts in."""

    weight: int | Fraction
    want: int
    place: int
    lot: int
    group: int
    applicant: int


Call = tuple[list[Wish], dict[str, Pool]]


def call(ones: Sequence[One], lots: int, groups: int, applicants: int, budget: int) -> Call:
    """Wishes and pools: each lot, group and applicant has this many cents."""
    pools = {BUDGET: Pool(BUDGET, BUDGET, budget, True)}
    wishes = []
    for at, one in enumerate(ones):
        keys = (f"a:{one.applicant}", f"g:{one.group}", f"lot:{one.lot}", BUDGET)
        for key, cents in zip(keys, (applicants, groups, lots, budget), strict=True):
            pools[key] = Pool(key, key.split(":")[0], cents, True)
        wishes.append(
            Wish(f"v{at}", str(one.lot), one.place, one.want, one.want, (), one.want, "request", keys, one.weight)
        )
    return wishes, pools


NICE = st.integers(1, 4)
THIRDS = st.integers(1, 12).map(lambda thirds: Fraction(thirds, 3))
ODD = st.fractions(Fraction(1, 900), 1000, max_denominator=997)
SMALL, LARGE = st.integers(0, 12), st.integers(0, 10**7)
FEW = st.integers(0, 2)


def calls(weights: st.SearchStrategy[int | Fraction], cents: st.SearchStrategy[int]) -> st.SearchStrategy[Call]:
    """Calls whose limits cross; small numbers make equal levels, thirds such as meet only exactly."""
    ones = st.builds(One, weights, cents, FEW, FEW, FEW, st.integers(0, 4))
    several = cents.map(lambda amount: amount * 3)
    return st.builds(call, st.lists(ones, min_size=3, max_size=12), several, several, several, several)


CALLS = calls(NICE, SMALL) | calls(THIRDS, SMALL) | calls(THIRDS | NICE, LARGE) | calls(ODD, LARGE)


def agrees(called: Call) -> bool:
    """Whether the fill gives the cents, names and exact shares of the plain one."""
    wishes, pools = called
    found = fill(wishes, pools, TERMS).awards
    exact = [share for share, _ in by_fractions.shares(wishes, pools)]
    given_ = [(award.cents, award.limited_by) for award in found]
    told = [award.wish.want if award.share is None else award.share for award in found]
    return given_ == by_fractions.awards(wishes, pools) and told == exact


@given(CALLS)
def test_cents_names_and_shares_are_those_of_plain_fractions(called) -> None:
    assert agrees(called)


@given(CALLS, st.integers(0, 6))
def test_they_are_so_however_little_the_whole_numbers_say(called, bits) -> None:
    """With next to no digits nearly every question is answered by solving equations."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "BITS", bits)
        patch.setattr(solving, "COARSE", 1 << bits // 2)
        assert agrees(called)


def test_levels_that_meet_exactly_bind_together() -> None:
    """Two applicants and a lot, all at 10/3 cents for one unit of weight: no number of digits tells them apart."""
    ones = [One(Fraction(1, 3), 9, 1, 0, 0, 0), One(Fraction(2, 3), 9, 1, 0, 0, 1), One(2, 9, 1, 1, 0, 2)]
    wishes, pools = call(ones, 10, 10, 10, 10)
    found = fill(wishes, pools, TERMS).awards
    assert [(award.share, award.level, award.limited_by) for award in found] == [
        (Fraction(10, 9), Fraction(10, 3), "g"),
        (Fraction(20, 9), Fraction(10, 3), "g"),
        (Fraction(20, 3), Fraction(10, 3), "g"),
    ]
    assert agrees((wishes, pools))


def test_a_share_on_half_a_cent_is_rounded_up_by_its_exact_value() -> None:
    """7 cents by 3 : 3 : 8 are 1,5, 1,5 and 4: the level is a third of a half of a cent."""
    ones = [One(Fraction(3, 7), 9, 1, 0, 0, 0), One(Fraction(3, 7), 9, 1, 0, 0, 1), One(Fraction(8, 7), 4, 1, 0, 0, 2)]
    wishes, pools = call(ones, 100, 7, 100, 100)
    found = fill(wishes, pools, Terms(True, None, 1, "up", "nobody")).awards
    assert [(award.cents, award.share, award.rounded_down) for award in found] == [
        (1, Fraction(3, 2), True),
        (1, Fraction(3, 2), True),
        (4, None, False),
    ]
    assert agrees((wishes, pools))


def test_levels_that_whole_numbers_cannot_tell_apart_bind_in_turn() -> None:
    """The lots bind at 1 + 10^-60 and 1 + 2 × 10^-60 cents, which are alike in their first 192 binary digits."""
    fine = 10**60
    ones = [One(Fraction(fine, fine + 1), 9, 1, 0, 0, 0), One(Fraction(fine, fine + 2), 9, 1, 1, 0, 1)]
    wishes, pools = call(ones, 1, 100, 100, 100)
    assert [award.level for award in fill(wishes, pools, TERMS).awards] == [
        1 + Fraction(1, fine),
        1 + Fraction(2, fine),
    ]
    assert agrees((wishes, pools))
