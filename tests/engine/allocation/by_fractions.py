"""A proportional fill by the plainest method, in fractions throughout: what the fast one is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import floor

from razpis.engine.allocation.award import BUDGET, LEVEL, Pool, Wish


def shares(wishes: Sequence[Wish], pools: Mapping[str, Pool]) -> list[tuple[Fraction, str]]:
    """Exact cents of each wish (weights above 0) and the pool that held it, blank where it got what it wants.

    In every round the lowest level at which a want or a pool binds; whoever it binds is frozen there.
    """
    found: dict[int, tuple[Fraction, str]] = {}
    left = {key: Fraction(pool.cents) for key, pool in pools.items()}
    weight = dict.fromkeys(pools, Fraction(0))
    for wish in wishes:
        for key in wish.pools:
            weight[key] += wish.weight
    wants = sorted((Fraction(wish.want) / wish.weight, at) for at, wish in enumerate(wishes))
    while len(found) < len(wishes):
        levels = {key: left[key] / weight[key] for key in pools if weight[key]}
        first = next(want for want, at in wants if at not in found)
        level = min([first, *levels.values()])
        for at, wish in enumerate(wishes):
            binding = [key for key in wish.pools if key in levels and levels[key] == level]
            if at in found or (wish.want > wish.weight * level and not binding):
                continue
            found[at] = (wish.weight * level, "" if wish.want <= wish.weight * level else binding[0])
            for key in wish.pools:
                left[key] -= found[at][0]
                weight[key] -= wish.weight
    return [found[at] for at in range(len(wishes))]


def awards(wishes: Sequence[Wish], pools: Mapping[str, Pool]) -> list[tuple[int, str]]:
    """Cents and what limited them: rounded half-up, down where that would break a pool; what rounding left goes
    cent by cent to the largest remainders, equal ones in one place together or not at all."""
    exact = [share for share, _ in shares(wishes, pools)]
    holders = [key for _, key in shares(wishes, pools)]
    cents = [floor(share + Fraction(1, 2)) for share in exact]
    broken = {key for key, left in _left(wishes, cents, pools).items() if left < 0}
    cents = [
        floor(share) if broken.intersection(wish.pools) else rounded
        for wish, share, rounded in zip(wishes, exact, cents, strict=True)
    ]
    left = _left(wishes, cents, pools)
    for lot in dict.fromkeys(wish.lot for wish in wishes):
        held = [at for at, wish in enumerate(wishes) if wish.lot == lot and holders[at] and exact[at]]
        rest = floor(sum(exact[at] - cents[at] for at in held))
        order = {at: (cents[at] - exact[at], wishes[at].place) for at in held}
        for _, equals in groupby(sorted(held, key=order.__getitem__), key=order.__getitem__):
            group = list(equals)
            takers = [at for at in group if min(wishes[at].want - cents[at], *(left[key] for key in wishes[at].pools))]
            asked = [int(at in takers) for at in range(len(wishes))]
            over = any(left[key] < more for key, more in _spent(wishes, asked).items())
            if rest <= 0 or (len(group) > 1 and (len(takers) > rest or over)):
                break
            for at in takers:
                cents[at], rest = cents[at] + 1, rest - 1
                for key in wishes[at].pools:
                    left[key] -= 1
    return [(given, _name(wish, holder, pools)) for given, wish, holder in zip(cents, wishes, holders, strict=True)]


def _name(wish: Wish, holder: str, pools: Mapping[str, Pool]) -> str:
    if not holder:
        return wish.bound
    return LEVEL if holder in (BUDGET, f"lot:{wish.lot}") else pools[holder].name


def _spent(wishes: Sequence[Wish], cents: Sequence[int]) -> dict[str, int]:
    spent: dict[str, int] = {}
    for wish, amount in zip(wishes, cents, strict=True):
        for key in wish.pools:
            spent[key] = spent.get(key, 0) + amount
    return spent


def _left(wishes: Sequence[Wish], cents: Sequence[int], pools: Mapping[str, Pool]) -> dict[str, int]:
    return {key: pools[key].cents - spent for key, spent in _spent(wishes, cents).items()}
