"""Rank order: at each turn, what the declared edge rule allows with what is left after the awards before it.

What is left follows from the awards as claimed, turn by turn, so that each award is judged at its own moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from razpis.engine.certificate.entries import MONEY, Key, Sum
from razpis.engine.certificate.turns import Outcome, Pass, Turn, Verdict
from razpis.engine.pairing import paired


class Asked(NamedTuple):
    """What one turn asks for after the sums that shorten, and the limit that says so."""

    turn: Turn
    cents: int
    name: str


@dataclass(frozen=True, slots=True)
class InOrder:
    """Judges passes in rank order. ``edges``: the rule of each lot; ``common``: that of money which is no lot's;
    ``useful``: the least part worth granting; ``unit``: what awards are multiples of. Both in cents."""

    edges: Mapping[str, str]
    common: str
    useful: int
    sums: Mapping[Key, Sum]
    unit: int

    def __call__(self, pass_: Pass) -> Outcome:
        """A verdict on every turn."""
        return Outcome(_Walk(self, dict(pass_.left), pass_.waiting).through(pass_.turns), {})

    def edge(self, lot: str) -> str:
        """What happens to an application that does not fit: ``part``, ``skip`` or ``stop``."""
        return self.edges.get(lot, self.common)


class _Walk:
    def __init__(self, rules: InOrder, left: dict[Key, int], before: Sequence[Turn]) -> None:
        self.rules, self.left = rules, left
        self.stopped: dict[str, str] = {}
        self.waiting: set[str] = set()
        self.earlier = {turn.id for turn in before}
        self.unsettled: dict[str, Turn] = {}
        self.claims: dict[tuple[Key, ...], Counter[Key]] = {}
        self._leave_open(before)

    def through(self, turns: Sequence[Turn]) -> list[Verdict]:
        verdicts: list[Verdict] = []
        for (lot, _), together in groupby(turns, key=lambda turn: (turn.lot, turn.place)):
            group = list(together)
            available = [self._room(turn) for turn in group]
            found = self._group(lot, group)
            verdicts += [one._replace(available=room) for one, room in paired(found, available)]
            for turn in group:
                for key in turn.sums:
                    self.left[key] -= turn.cents
        return verdicts

    def _room(self, turn: Turn) -> int:
        return min(self.left[key] for key in turn.sums if not self.rules.sums[key].shortens)

    def _group(self, lot: str, together: list[Turn]) -> list[Verdict]:
        """A group is one application, or several of one place: they are treated alike."""
        if lot in self.stopped:
            return [Verdict(0, self.stopped[lot] if turn.ask else turn.entry.bound) for turn in together]
        aside = {turn.id: Verdict(0, turn.entry.bound) for turn in together if turn.entry.bound == MONEY}
        group = [turn for turn in together if turn.id not in aside]
        found = aside | (self._decided(lot, group) if group else {})
        return [found[turn.id] for turn in together]

    def _decided(self, lot: str, group: list[Turn]) -> dict[str, Verdict]:
        """Of those who take part: what they get, or that they wait."""
        tied = group[0].open and len(group) > 1
        asked = [self._alone(turn) for turn in group] if tied else self._shortened(group)
        unsettled = any(turn.entry.waits or turn.id in self.earlier for turn in group)
        if unsettled or (tied and self._order_matters(lot, group)) or self._in_doubt(asked):
            self.waiting.add(lot)
        if lot in self.waiting:
            self._leave_open(group)
            return {turn.id: Verdict(0, "", undecided=True) for turn in group}
        return self._settled(lot, asked)

    def _order_matters(self, lot: str, group: list[Turn]) -> bool:
        """Whether an open tie changes what somebody gets: not all fit, and one that came first would get some."""
        asked = [self._alone(turn) for turn in group]
        if not any(total > self.left[key] for key, total in _totals(asked).items()):
            return False
        part = max(self.rules.useful, self.rules.unit) if self.rules.edge(lot) == "part" else None
        rooms = [(one.cents, self._room(one.turn)) for one in asked if one.cents]
        return any(cents <= room or (part is not None and room >= part) for cents, room in rooms)

    def _leave_open(self, turns: Iterable[Turn]) -> None:
        """Note what turns that wait ask of each sum, by the money they would be given; the latest turn of each."""
        for turn in turns:
            before = self.unsettled.get(turn.id)
            if before is not None:
                self.claims[before.money].subtract(dict.fromkeys(before.sums, before.ask))
            self.unsettled[turn.id] = turn
            self.claims.setdefault(turn.money, Counter()).update(dict.fromkeys(turn.sums, turn.ask))

    def _in_doubt(self, asked: Iterable[Asked]) -> bool:
        """Whether a sum may hold less than is asked of it, once those who wait have got theirs."""
        if not self.claims:
            return False
        held = {money: max(min(self.left[key] for key in money), 0) for money in self.claims}
        for key, total in _totals(asked).items():
            claimed = sum(min(asking[key], held[money]) for money, asking in self.claims.items())
            if total and claimed and 0 < self.left[key] < total + claimed:
                return True
        return False

    def _alone(self, turn: Turn) -> Asked:
        """What it asks for, if it came first in its place."""
        return self._shortened([turn])[0]

    def _shortened(self, group: Sequence[Turn]) -> list[Asked]:
        """Each sum that shortens leaves its members what it still holds, in proportion to what they ask for: the
        scarcest first, for what it does not leave to its members may be left to others by the next."""
        found = {turn.id: Asked(turn, turn.ask, turn.entry.bound) for turn in group}
        open_, left = list(found.values()), {key: max(self.left[key], 0) for turn in group for key in turn.sums}
        while (scarcest := self._short(open_, left, shortens=True)) is not None:
            members = [one for one in open_ if scarcest in one.turn.sums and one.cents]
            open_ = [one for one in open_ if one not in members]
            total, held = sum(one.cents for one in members), left[scarcest]
            for one in members:
                part = self._part(one.cents, held, total)
                found[one.turn.id] = Asked(one.turn, part, self.rules.sums[scarcest].name)
                left.update((key, left[key] - part) for key in one.turn.sums)
        return list(found.values())

    def _part(self, cents: int, left: int, total: int) -> int:
        return left * cents // total // self.rules.unit * self.rules.unit

    def _settled(self, lot: str, asked: list[Asked]) -> dict[str, Verdict]:
        """Everybody gets what it asks for, but the members of a sum that does not hold it meet the edge rule."""
        verdicts: dict[str, Verdict] = {}
        left = {key: self.left[key] for one in asked for key in one.turn.sums}
        while asked:
            short = self._short(asked, left, shortens=False)
            if short is None:
                verdicts.update((one.turn.id, Verdict(one.cents, one.name)) for one in asked)
                break
            members = [one for one in asked if short in one.turn.sums and one.cents]
            asked = [one for one in asked if short not in one.turn.sums or not one.cents]
            verdicts.update(self._at_the_edge(lot, members, short, max(left[short], 0)))
            for one in members:
                for key in one.turn.sums:
                    left[key] -= verdicts[one.turn.id].cents
        return verdicts

    def _short(self, asked: Sequence[Asked], left: Mapping[Key, int], *, shortens: bool) -> Key | None:
        """Of the sums that shorten, or of those with an edge, the one that holds the least part of what is asked of
        it; the innermost of equals."""
        sums = self.rules.sums
        found = [
            (Fraction(max(left[key], 0), total), sums[key].depth, key)
            for key, total in _totals(asked).items()
            if total > left[key] and total and sums[key].shortens == shortens
        ]
        return min(found)[2] if found else None

    def _at_the_edge(self, lot: str, members: Sequence[Asked], short: Key, left: int) -> dict[str, Verdict]:
        """What the edge rule leaves the members of a sum that does not hold what they ask for."""
        name, edge = self.rules.sums[short].name, self.rules.edge(lot)
        if edge == "stop":
            self.stopped[lot] = name
        total = sum(one.cents for one in members)
        parts = [self._part(one.cents, left, total) if edge == "part" else 0 for one in members]
        if any(part < self.rules.useful for part in parts):
            parts = [0 for _ in parts]
        return {one.turn.id: Verdict(part, name) for part, one in paired(parts, members)}


def _totals(asked: Iterable[Asked]) -> dict[Key, int]:
    totals: dict[Key, int] = {}
    for one in asked:
        for key in one.turn.sums:
            totals[key] = totals.get(key, 0) + one.cents
    return totals
