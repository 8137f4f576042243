"""Places once more, from the definition: one more than the number of applications that are strictly better."""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from razpis.engine import money
from razpis.engine.cases import Case, Draw
from razpis.engine.certificate.claims import PlaceClaim, TieClaim
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import RankRule
from razpis.engine.scoring import Score

Keys = tuple[Number | None, ...]
BEGINNING, MICROSECOND = datetime.datetime.min.replace(tzinfo=datetime.UTC), datetime.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Entrant:
    """A ranked application with all that expressions about it read."""

    case: Case
    facts: Mapping[str, Any]
    keys: Keys

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.case.id


@dataclass(frozen=True, slots=True)
class Order:
    """The places found, the ties, and the applications whose order is open."""

    places: tuple[PlaceClaim, ...]
    ties: tuple[TieClaim, ...]
    open: frozenset[str]


def facts_read(rulebook: Rulebook) -> frozenset[str]:
    """The names of all that expressions on the order and on money read: of many facts usually a few."""
    expressions = [rule.expression for rule in rulebook.ranking]
    parts = [rule.key.criterion or rule.key.section for rule in rulebook.ranking]
    names = {f"points_{part}" for part in parts if part}
    allocation = rulebook.allocation
    if allocation is not None:
        names.add(allocation.rule.request)
        expressions += [allocation.entitlement, allocation.weight, allocation.fixed_part]
        expressions += [one for limit in allocation.limits for one in (limit.amount, limit.where)]
        expressions += [one.where for one in allocation.set_asides]
    return frozenset(names.union(*(one.reads for one in expressions if one is not None)))


def entrant(rulebook: Rulebook, read: frozenset[str], case: Case, score: Score) -> Entrant:
    """One application whose score stands ranked, with the facts that are ``read``. Every expression has a value,
    or there would be no result."""
    facts: dict[str, Any] = {name: score.facts[name] for name in read if name in score.facts}
    facts |= {"points": score.total, "ranking_points": score.ranking_total}
    if any(name.startswith("points_") for name in read):
        facts |= {f"points_{section.key}": section.points for section in score.sections}
        facts |= {f"points_{criterion.key}": criterion.points for criterion in score.criteria}
    return Entrant(case, facts, tuple([_value(rule, case, facts) for rule in rulebook.ranking]))


def _value(rule: RankRule, case: Case, facts: Mapping[str, Any]) -> Number | None:
    key = rule.key
    value: Number | None = None
    if rule.expression is not None:
        value = rule.expression.value(facts)
    elif key.submitted_at:
        assert case.submitted_at is not None
        value = (case.submitted_at.astimezone(datetime.UTC) - BEGINNING) // MICROSECOND
    elif key.line:
        value = case.line
    elif key.points:
        value = facts["ranking_points"]
    elif not key.draw:
        value = facts[f"points_{key.criterion or key.section}"]
    return value


def places(rulebook: Rulebook, entrants: Sequence[Entrant]) -> dict[str, int]:
    """The place of each: one more than the number of those that are better by the keys alone."""
    columns = [_ranks(rule.sign, [one.keys[at] for one in entrants]) for at, rule in enumerate(rulebook.ranking)]
    rows = list(paired(*columns))
    better = sorted(rows)
    return {one.id: bisect_left(better, row) + 1 for one, row in paired(entrants, rows)}


def _ranks(sign: int, values: Sequence[Number | None]) -> list[int]:
    """How many different values are better, for each; a missing value counts as 0."""
    numbers = money.on_one_scale([sign * (value or 0) for value in values])
    better = {value: rank for rank, value in enumerate(sorted(set(numbers)))}
    return [better[number] for number in numbers]


def order(rulebook: Rulebook, lot: str, entrants: Sequence[Entrant], draws: Mapping[str, Draw]) -> Order:
    """The order of one lot with its ties, those drawn set apart by the draw."""
    found = places(rulebook, entrants)
    equals: dict[int, list[str]] = {}
    for id_ in sorted(found):
        equals.setdefault(found[id_], []).append(id_)
    by_draw = any(rule.key.draw for rule in rulebook.ranking)
    ties: list[TieClaim] = []
    for place, tied in sorted(equals.items()):
        if len(tied) > 1:
            name = f"{lot}:{place}" if lot else f"{place}"
            draw = (draws.get(name) or draws.get("|".join(tied))) if by_draw else None
            settled = "draw" if draw is not None else rulebook.file.ranking.still_tied
            ties.append(TieClaim(name, lot, place, tuple(tied), settled))
            if draw is not None:
                found.update((id_, place + at) for at, id_ in enumerate(_drawn(draw, name, tied)))
    stand = sorted(entrants, key=lambda one: (found[one.id], one.id))
    return Order(
        tuple(PlaceClaim(one.id, lot, found[one.id], one.keys) for one in stand),
        tuple(ties),
        frozenset(id_ for tie in ties if tie.settled == "open" for id_ in tie.ids),
    )


def _drawn(draw: Draw, tie: str, ids: list[str]) -> list[str]:
    """In the order of the SHA-256 of ``seed:tie:id``; without a seed, as recorded."""
    if not draw.seed:
        return sorted(ids, key=draw.order.index)
    return sorted(ids, key=lambda id_: hashlib.sha256(f"{draw.seed}:{tie}:{id_}".encode()).digest())
