"""The threshold that follows from the money, set against its definition: what all who reach it may have together,
and what they would at the totals beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from razpis.engine.certificate import words
from razpis.engine.certificate.claims import LotClaim
from razpis.engine.certificate.entries import MONEY, Entry
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook.allocation import MoneyThreshold


def above(entries: Sequence[Entry], lots: Mapping[str, LotClaim]) -> list[Entry]:
    """The entries, with nothing for those below the threshold that is claimed for their lot."""
    said = {lot: claim.threshold for lot, claim in lots.items()}
    return [_above(entry, said.get(entry.lot)) for entry in entries]


def _above(entry: Entry, least: Number | None) -> Entry:
    if least is None or entry.facts["points"] >= least:
        return entry
    return replace(entry, most=0, bound=MONEY, bounds=(*entry.bounds, (MONEY, 0)), weight=0, waits=False)


@dataclass(frozen=True, slots=True)
class Reached:
    """Every total of a lot, the lowest first, and at each what all who reach it may have together, in cents."""

    totals: list[Number]
    together: list[int]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Reached:
        """Of the entries of one lot, as they are before any threshold."""
        asked: dict[Number, int] = {}
        for entry in entries:
            asked[entry.facts["points"]] = asked.get(entry.facts["points"], 0) + entry.most
        totals = sorted(asked)
        sums = list(accumulate(asked[total] for total in reversed(totals)))
        return cls(totals, sums[::-1])

    def at(self, place: int) -> int | None:
        """What those who reach the total in this place may have; ``None`` where there is no such total."""
        return self.together[place] if 0 <= place < len(self.totals) else None


def misplaced(
    rule: MoneyThreshold | None, entries: Sequence[Entry], lots: Mapping[str, LotClaim], cents: Mapping[str, int]
) -> Iterator[Text]:
    """Lots whose threshold is not the one that the rule names; where there is no rule, there is none. ``entries``: as
    they are before it."""
    for lot, amount in cents.items():
        found = Reached.of([entry for entry in entries if entry.lot == lot])
        claimed = lots[lot].threshold if lot in lots else None
        if rule is None or claimed is None or claimed not in found.totals:
            fits = claimed is None and (rule is None or not found.totals)
        else:
            fits = _fits(rule, found, bisect_left(found.totals, claimed), amount)
        if not fits:
            subject = words.joined(words.lot(lot), Text(", prag po denarju ", ", threshold from the money "))
            yield words.joined(subject, words.numbers([claimed]))


def _fits(rule: MoneyThreshold, found: Reached, place: int, cents: int) -> bool:
    """Whether the total in this place is the one the rule names."""
    here, lower, higher = found.together[place], found.at(place - 1), found.at(place + 1)
    if rule.at_most is not None:
        most = rule.at_most * cents
        return (here <= most or higher is None) and (lower is None or lower > most)
    least = 0 if rule.at_least is None else rule.at_least * cents
    if here < least:
        return lower is None
    if rule.nearest is None:
        return higher is None or higher < least
    return _nearest(found, place, rule.nearest * cents, least)


def _nearest(found: Reached, place: int, aim: Number, least: Number) -> bool:
    """Whether no other total that is enough is nearer to the aim, nor a lower one as near."""
    off: list[Number] = [max(cents - aim, aim - cents) for cents in found.together]
    enough = [at for at, cents in enumerate(found.together) if cents >= least]
    return all(off[at] > off[place] or (off[at] == off[place] and at >= place) for at in enough)
