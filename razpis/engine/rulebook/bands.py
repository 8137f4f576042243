"""Ranges of numbers: where a value falls, and whether ranges overlap or leave a gap."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook.criteria import Band


@dataclass(frozen=True, slots=True)
class Range:
    """A band with its ends: ``None`` is open to infinity; ``at`` is its line in the rulebook."""

    at: int
    low: Number | None
    low_closed: bool
    high: Number | None
    high_closed: bool

    def reaches(self, value: Number) -> bool:
        """Whether ``value`` is not beyond the upper end."""
        return self.high is None or value < self.high or (self.high_closed and value == self.high)

    def holds(self, value: Number) -> bool:
        """Whether ``value`` falls in the range."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        return above and self.reaches(value)


def ranges(bands: Sequence[Band], whole: bool) -> tuple[Range, ...]:
    """The ranges in rising order; over whole numbers ``above 10`` becomes ``from 11``."""
    found = []
    for at, band in enumerate(bands):
        low, low_closed = (band.from_, True) if band.from_ is not None else (band.above, False)
        high, high_closed = (band.to, True) if band.to is not None else (band.below, False)
        if whole and low is not None:
            low, low_closed = money.ceil(low) if low_closed else money.floor(low) + 1, True
        if whole and high is not None:
            high, high_closed = money.floor(high) if high_closed else money.ceil(high) - 1, True
        found.append(Range(at, low, low_closed, high, high_closed))
    return tuple(sorted(found, key=lambda range_: (range_.low is not None, range_.low or 0, not range_.low_closed)))


def finder(ordered: tuple[Range, ...]) -> Callable[[Number], int]:
    """A function from a value to the index of its range in ``ordered``, or -1."""
    lows = [range_.low for range_ in ordered if range_.low is not None]
    open_below = len(ordered) - len(lows) - 1
    tight = all(range_.low_closed or range_.low is None for range_ in ordered)

    def closed(value: Number) -> int:
        at = bisect_right(lows, value) + open_below
        return at if at >= 0 and ordered[at].reaches(value) else -1

    def any_ends(value: Number) -> int:
        at = bisect_right(lows, value) + open_below
        return next((index for index in (at, at - 1) if index >= 0 and ordered[index].holds(value)), -1)

    return closed if tight else any_ends


@dataclass(frozen=True, slots=True)
class Fault:
    """An overlap, a gap or an empty band; ``at`` is the line in the rulebook it concerns."""

    kind: str
    at: int
    text: Text


def faults(ordered: tuple[Range, ...], whole: bool, least: Number | None, greatest: Number | None) -> Iterator[Fault]:
    """Every empty range, overlap and gap; ``least``/``greatest``: the values that can occur at all."""
    for range_ in ordered:
        if _is_empty(range_):
            yield Fault(
                "empty",
                range_.at,
                Text(
                    "v razred ne spada nobena vrednost; popravite meji",
                    "no value falls in this band; mend its ends",
                ),
            )
    filled = [range_ for range_ in ordered if not _is_empty(range_)]
    widest: Iterator[Range] = itertools.accumulate(filled, lambda one, two: max(one, two, key=_reach))
    for lower, upper in zip(widest, filled[1:], strict=False):
        yield from _between(lower, upper, whole)
    if filled:
        yield from _ends(filled[0], max(filled, key=_reach), least, greatest)


def _ends(first: Range, last: Range, least: Number | None, greatest: Number | None) -> Iterator[Fault]:
    if first.low is not None and (least is None or not _beyond(least - first.low, first.low_closed)):
        low = money.plain(first.low)
        yield _gap(first.at, f"vrednost pod {low}", f"a value below {low}")
    if last.high is not None and (greatest is None or not _beyond(last.high - greatest, last.high_closed)):
        high = money.plain(last.high)
        yield _gap(last.at, f"vrednost nad {high}", f"a value above {high}")


def _beyond(distance: Number, closed: bool) -> bool:
    return distance > 0 or (closed and distance == 0)


def _is_empty(range_: Range) -> bool:
    if range_.low is None or range_.high is None or range_.low < range_.high:
        return False
    return range_.low > range_.high or not (range_.low_closed and range_.high_closed)


def _reach(range_: Range) -> tuple[bool, Number, bool]:
    """How far up a range goes."""
    return range_.high is None, range_.high or 0, range_.high_closed


def _between(lower: Range, upper: Range, whole: bool) -> Iterator[Fault]:
    if lower.high is None or upper.low is None or upper.low < lower.high:
        shared = upper.low if upper.low is not None else lower.high
        yield _overlap(upper.at, "…" if shared is None else money.plain(shared))
    elif upper.low == lower.high:
        if upper.low_closed and lower.high_closed:
            yield _overlap(upper.at, money.plain(upper.low))
        elif not upper.low_closed and not lower.high_closed:
            yield _gap(upper.at, f"vrednost {money.plain(upper.low)}", f"the value {money.plain(upper.low)}")
    elif not (whole and upper.low == lower.high + 1):
        low, high = money.plain(lower.high), money.plain(upper.low)
        one = money.plain(lower.high + 1 if whole else money.divide(lower.high + upper.low, 2))
        yield _gap(upper.at, f"vrednost {one} (med {low} in {high})", f"the value {one} (between {low} and {high})")


def _overlap(at: int, value: str) -> Fault:
    return Fault(
        "overlap",
        at,
        Text(
            f"razreda se prekrivata: vrednost {value} spada v dva; eno mejo popravite",
            f"two bands overlap: the value {value} falls in both; move one end",
        ),
    )


def _gap(at: int, sl: str, en: str) -> Fault:
    return Fault(
        "gap",
        at,
        Text(
            f"{sl} ne spada v noben razred; dopolnite razrede ali dodajte »otherwise: 0«",
            f"{en} falls in no band; complete the bands or add 'otherwise: 0'",
        ),
    )
