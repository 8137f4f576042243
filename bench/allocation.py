"""Proportional fill of 70,000 applications under limits that cross, against reading that CSV into numbers."""

from __future__ import annotations

import csv
import io
import random
import resource
from decimal import Decimal
from fractions import Fraction

from bench.measure import median, say
from razpis.engine.allocation.award import Pool, Wish
from razpis.engine.allocation.level import Seeker, progressive
from razpis.engine.allocation.proportional import Terms, fill

TERMS = Terms(True, None, 1, "half_up", "largest_remainder")


def table(count: int) -> str:
    """A CSV of ``count`` applications: id, lot, applicant, class, points, requested."""
    chance = random.Random(count)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for at in range(count):
        points = Decimal(chance.randrange(200, 2000)) / 10
        requested = f"{chance.randrange(500, 9000)}.{chance.randrange(100):02}"
        writer.writerow(
            [f"V{at}", chance.randrange(20), chance.randrange(count // 3), chance.randrange(10), points, requested]
        )
    return out.getvalue()


def numbers(text: str) -> list[tuple[str, str, str, str, Fraction, int]]:
    """The table read: points as exact numbers, requests in cents."""
    return [
        (id_, lot, applicant, group, Fraction(points), int(Decimal(requested) * 100))
        for id_, lot, applicant, group, points, requested in csv.reader(io.StringIO(text))
    ]


def call(text: str) -> tuple[list[Wish], dict[str, Pool]]:
    """Wishes with their lot, applicant and class, and the pools of all of them."""
    lines = numbers(text)
    pools: dict[str, Pool] = {}
    wishes = []
    for id_, lot, applicant, group, points, cents in lines:
        keys = (f"a:{applicant}", f"g:{group}", f"lot:{lot}")
        for key, money in zip(keys, (1_000_000, len(lines) * 20_000, len(lines) * 9_000), strict=True):
            pools.setdefault(key, Pool(key, key.split(":")[0], money, True))
        wishes.append(Wish(id_, lot, 1, cents, cents, (), cents, "request", keys, points))
    return wishes, pools


def by_fractions(wishes: list[Wish], pools: dict[str, Pool]) -> list[Fraction]:
    """The same shares by the plainest method: in every round the lowest level at which anything binds."""
    share = dict.fromkeys(range(len(wishes)), Fraction(0))
    left = {key: Fraction(pool.cents) for key, pool in pools.items()}
    active = set(share)
    level = Fraction(0)
    while active:
        weight: dict[str, Fraction] = {}
        for at in active:
            for key in wishes[at].pools:
                weight[key] = weight.get(key, Fraction(0)) + wishes[at].weight
        rises = [left[key] / total for key, total in weight.items()]
        rises += [Fraction(wishes[at].want) / wishes[at].weight - level for at in active]
        rise = min(rises)
        level += rise
        for key, total in weight.items():
            left[key] -= rise * total
        for at in active:
            share[at] += rise * wishes[at].weight
        active = {at for at in active if share[at] < wishes[at].want and all(left[key] > 0 for key in wishes[at].pools)}
    return list(share.values())


def run() -> bool:
    """Time against reading, growth from 1,000 to 70,000, equality with the oracle, memory."""
    small, _ = call(table(150)), None
    seekers = [Seeker(wish.weight, wish.want, wish.pools) for wish in small[0]]
    held = progressive(seekers, {key: pool.cents for key, pool in small[1].items()})
    assert [one.amount for one in held] == by_fractions(*small), "the oracle gives other shares"
    each = {}
    for count in (1_000, 70_000):
        text = table(count)
        reading, _ = median(lambda text=text: numbers(text), 3)
        wishes, pools = call(text)
        filling, _ = median(lambda wishes=wishes, pools=pools: fill(wishes, pools, TERMS), 3 if count < 10_000 else 1)
        each[count] = filling / count
    kept = say("fill of 70,000 under crossing limits ÷ reading the CSV into numbers", filling / reading, 10)
    kept = say("time per application, 70,000 ÷ 1,000", each[70_000] / each[1_000], 2.5) and kept
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    return say("peak memory in GiB", peak, 1) and kept
