"""Fair shares found by bottlenecks, proved by the theorem, and nothing else proved."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from razpis.engine.allocation.level import Seeker, progressive
from razpis.engine.certificate.bottlenecks import Proof, Sharer, fair_shares, proofs

POT, LEFT, RIGHT = ("lot", ""), ("limit", "left", ""), ("limit", "right", "")
WEIGHTS = st.integers(1, 9) | st.integers(1, 40).map(lambda thirds: Fraction(thirds, 3))
SUMS = st.lists(st.sampled_from([LEFT, RIGHT]), unique=True).map(lambda inner: (*sorted(inner), POT))
SHARERS = st.lists(st.builds(Sharer, WEIGHTS, st.integers(0, 60) | WEIGHTS, SUMS), min_size=1, max_size=8)
MONEY = st.fixed_dictionaries({POT: st.integers(0, 150), LEFT: st.integers(0, 60), RIGHT: st.integers(0, 60)})


@given(SHARERS, MONEY)
def test_what_is_found_is_proved(sharers, left) -> None:
    shares = fair_shares(sharers, left)
    assert [proof.holds for proof in proofs(sharers, shares, left)] == [True] * len(sharers)


@given(SHARERS, MONEY)
def test_it_is_what_progressive_filling_gives(sharers, left) -> None:
    """Two methods that share no line of code."""
    seekers = [Seeker(one.weight, one.ceiling, tuple(" ".join(key) for key in one.sums)) for one in sharers]
    held = progressive(seekers, {" ".join(key): cents for key, cents in left.items()})
    assert fair_shares(sharers, left) == [
        sharer.ceiling if one.level is None else sharer.weight * one.level.exact
        for one, sharer in zip(held, sharers, strict=True)
    ]


@given(SHARERS, MONEY, st.data())
def test_no_other_division_is_proved(sharers, left, data) -> None:
    shares = fair_shares(sharers, left)
    changes = st.integers(-3, 3) | st.sampled_from([Fraction(1, 7), Fraction(-1, 9)])
    other = [share + data.draw(changes) for share in shares]
    assume(other != shares)
    assert not all(proof.holds for proof in proofs(sharers, other, left))


def test_a_bottleneck_settles_its_members_and_leaves_the_rest_to_others() -> None:
    """Four share 60 in the ratio 1 : 1 : 2 : 2; the first two have only 10 between them, the last wants 12."""
    sharers = [Sharer(1, 99, (LEFT, POT)), Sharer(1, 99, (LEFT, POT)), Sharer(2, 99, (POT,)), Sharer(2, 12, (POT,))]
    left = {LEFT: 10, POT: 60}
    assert fair_shares(sharers, left) == [5, 5, 38, 12]
    assert proofs(sharers, [5, 5, 38, 12], left) == [
        Proof(True, (LEFT,)),
        Proof(True, (LEFT,)),
        Proof(True, (POT,)),
        Proof(True, ()),
    ]


@pytest.mark.parametrize(
    ("shares", "holds"),
    [
        ([5, 5, 38, 12], [True, True, True, True]),
        ([5, 5, 37, 12], [True, True, False, True]),  # one is left over, and the third might have it
        ([4, 6, 38, 12], [False, True, True, True]),  # the second has a higher level in their common sum
        ([6, 6, 36, 12], [False, False, True, True]),  # more than their common sum holds
        ([5, 5, 37, 13], [True, True, True, False]),  # more than it may have
        ([5, 5, -1, 51], [True, True, False, False]),
        ([5, 5, 39, 12], [False, False, False, False]),  # more than there is
    ],
)
def test_only_the_fair_division_is_proved(shares: list[int], holds: list[bool]) -> None:
    sharers = [Sharer(1, 99, (LEFT, POT)), Sharer(1, 99, (LEFT, POT)), Sharer(2, 99, (POT,)), Sharer(2, 12, (POT,))]
    assert [proof.holds for proof in proofs(sharers, shares, {LEFT: 10, POT: 60})] == holds


def test_a_sum_that_nobody_can_use_up_holds_nobody() -> None:
    sharers = [Sharer(1, 3, (POT,)), Sharer(Fraction(1, 2), 4, (POT,))]
    assert fair_shares(sharers, {POT: 7}) == [3, 4]
    assert fair_shares(sharers, {POT: 0}) == [0, 0]
    assert fair_shares([], {POT: 5}) == []
