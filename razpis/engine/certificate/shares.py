"""The exact share of every turn of a proportional pass, with its proof and what held it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from razpis.engine import money
from razpis.engine.certificate.bottlenecks import Sharer, fair_shares, proofs
from razpis.engine.certificate.entries import Key
from razpis.engine.certificate.turns import Turn
from razpis.engine.money import Number
from razpis.engine.pairing import paired


class Share(NamedTuple):
    """One turn's share. ``exact``: before any rounding; ``amount``: at the rounded value of a point.

    ``by``: the sum that held it, or ``None`` where its own bounds did; ``level``: cents for one unit of weight;
    ``proved``: the bottleneck theorem holds for it; ``cents``: the amount rounded, ``rounded_down``: otherwise
    than stated, because a sum would have been overspent.
    """

    turn: Turn
    exact: Number
    amount: Number
    by: Key | None
    level: Number
    proved: bool = True
    cents: int = 0
    rounded_down: bool = False


def exact_shares(turns: Sequence[Turn], left: Mapping[Key, int], resharing: bool) -> list[Share]:
    """Before any rounding. Without re-sharing nobody gets more than its weight at the flat value of its lot;
    without weight nobody gets anything."""
    weighted = [turn for turn in turns if turn.entry.weight > 0]
    flat = {} if resharing else flat_values(weighted, left)
    sharers = [
        Sharer(turn.entry.weight, min(turn.ask, turn.entry.weight * flat[turn.lot]) if flat else turn.ask, turn.sums)
        for turn in weighted
    ]
    found = fair_shares(sharers, left)
    shares: dict[str, Share] = {}
    for turn, sharer, share, proof in paired(weighted, sharers, found, proofs(sharers, found, left)):
        by = None if share == turn.ask else turn.pot if share == sharer.ceiling else proof.bottlenecks[0]
        level = money.divide(share, turn.entry.weight)
        shares[turn.id] = Share(turn, share, share, by, level, proof.holds)
    return [shares.get(turn.id) or Share(turn, 0, 0, turn.pot, 0) for turn in turns]


def flat_values(turns: Sequence[Turn], left: Mapping[Key, int]) -> dict[str, Number]:
    """Each lot's money divided by the weights in it, once."""
    lots: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.entry.weight > 0:
            lots.setdefault(turn.lot, []).append(turn)
    return {
        lot: money.divide(left[group[0].pot], money.total(turn.entry.weight for turn in group))
        for lot, group in lots.items()
    }


def overspent(amounts: Iterable[tuple[Turn, Number]], left: Mapping[Key, int]) -> set[Key]:
    """The sums that hold less than these amounts together."""
    spent: dict[Key, list[Number]] = {}
    for turn, amount in amounts:
        for key in turn.sums:
            spent.setdefault(key, []).append(amount)
    return {key for key, given in spent.items() if money.total(given) > left[key]}
