"""Proportional fill of 70,000 applications under limits that cross, against reading that CSV into numbers."""

from __future__ import annotations

import csv
import io
import random
import statistics
from decimal import Decimal
from fractions import Fraction

from bench.measure import median, peak, say
from razpis.engine.allocation.award import Pool, Wish
from razpis.engine.allocation.proportional import Terms, fill
from tests.engine.allocation import by_fractions

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


def _once(text: str, wishes: list[Wish], pools: dict[str, Pool]) -> tuple[float, float]:
    """CPU seconds of reading the table and, right after it, of the fill; what they give is not kept."""
    reading, _ = median(lambda: len(numbers(text)), 1)
    filling, _ = median(lambda: len(fill(wishes, pools, TERMS).awards), 1)
    return reading, filling


def run() -> bool:
    """Equality with plain fractions, time against reading, growth from 1,000 to 70,000, memory."""
    for count in (150, 2_000):
        wishes, pools = call(table(count))
        given = [(award.cents, award.limited_by) for award in fill(wishes, pools, TERMS).awards]
        assert given == by_fractions.awards(wishes, pools), f"plain fractions give {count} applications other awards"
    calls = {count: (text, *call(text)) for count in (1_000, 70_000) for text in [table(count)]}
    times: dict[int, list[tuple[float, float]]] = {count: [] for count in calls}
    for _ in range(5):  # in turn, so that a machine that is slower for a while is so for both
        for count, runs in ((1_000, 5), (70_000, 1)):
            times[count] += [_once(*calls[count]) for _ in range(runs)]
    each = {count: statistics.median(filling for _, filling in some) / count for count, some in times.items()}
    ratios = [filling / reading for reading, filling in times[70_000]]
    kept = say("fill of 70,000 under crossing limits ÷ reading the CSV into numbers", statistics.median(ratios), 10)
    kept = say("time per application, 70,000 ÷ 1,000", each[70_000] / each[1_000], 2.5) and kept
    return say("peak memory in GiB", peak() / 1024, 1) and kept
