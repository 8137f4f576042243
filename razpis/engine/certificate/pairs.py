"""Every two awards of a lot beside each other: the one that got less has a reason the other does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from razpis.engine.certificate import words
from razpis.engine.certificate.claims import AwardClaim
from razpis.engine.certificate.entries import Entry, Key
from razpis.engine.certificate.in_order import InOrder
from razpis.engine.certificate.in_shares import LEVEL
from razpis.engine.certificate.settlement import Settlement
from razpis.engine.problems import Text


def unexplained(found: Settlement, awards: Mapping[str, AwardClaim]) -> Iterator[Text]:
    """Pairs that no rule and no limit explains."""
    lots: dict[str, list[Entry]] = {}
    for entry in found.entries:
        lots.setdefault(entry.lot, []).append(entry)
    for lot in lots.values():
        if isinstance(found.method, InOrder):
            yield from _in_order(found.method, lot, awards)
        else:
            yield from _in_shares(found.method.unit, lot, awards)


def _in_order(rules: InOrder, lot: Sequence[Entry], awards: Mapping[str, AwardClaim]) -> Iterator[Text]:
    """A lower place with money below a higher one without all it might have.

    Allowed where the edge rule skips, where a part was too small to be useful or smaller than the unit, where a
    place is shared, and where another sum held the higher one back. A sum that shortens is used up by the higher.
    """
    below: dict[Key, str] = {}
    for _, together in groupby(reversed(lot), key=lambda entry: entry.place):
        group = list(together)
        for entry in group:
            key = _held_by(rules, entry, awards[entry.id])
            if key in below and not _allowed(rules, key, entry.lot, len(group)):
                yield _pair(entry.id, below[key], awards)
        for entry in group:
            if awards[entry.id].cents > 0:
                below.update(dict.fromkeys(entry.sums, entry.id))


def _held_by(rules: InOrder, entry: Entry, award: AwardClaim) -> Key:
    """The sum that held it back; its lot, where the first that does not fit stops the lot."""
    if award.undecided or award.cents >= entry.most:
        return ()
    named = next((key for key in entry.sums if rules.sums[key].name == award.limited_by), ())
    stopped = rules.edge(entry.lot) == "stop" and not (named and rules.sums[named].shortens)
    return ("lot", entry.lot) if stopped else named


def _allowed(rules: InOrder, held: Key, lot: str, equals: int) -> bool:
    if equals > 1 or rules.unit > 1:
        return True
    edge = rules.edge(lot)
    return not rules.sums[held].shortens and (edge == "skip" or (edge == "part" and rules.useful > 0))


def _in_shares(unit: int, lot: Sequence[Entry], awards: Mapping[str, AwardClaim]) -> Iterator[Text]:
    """More weight with less money, beyond rounding, though nothing but the sharing itself is named."""
    top: tuple[int, str] | None = None
    for _, together in groupby(sorted(lot, key=lambda entry: entry.weight), key=lambda entry: entry.weight):
        group = list(together)
        best = max((awards[entry.id].cents - awards[entry.id].last_cents, entry.id) for entry in group)
        top = best if top is None else max(top, best)
        for entry in group:
            if awards[entry.id].limited_by == LEVEL and awards[entry.id].cents + unit < top[0]:
                yield _pair(entry.id, top[1], awards)


def _pair(higher: str, lower: str, awards: Mapping[str, AwardClaim]) -> Text:
    return words.joined(
        words.application(higher),
        " (",
        words.euros(awards[higher].cents),
        ") – ",
        words.application(lower),
        " (",
        words.euros(awards[lower].cents),
        ")",
    )
