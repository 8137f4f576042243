"""The order of applications in a lot: keys in turn, ties reported, never broken by accident."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from razpis.engine import money
from razpis.engine.cases import Case, Draw
from razpis.engine.facts import value_for
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import RankRule
from razpis.engine.scoring import Score

KeyValue: TypeAlias = Number | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application in the order: its place (1, 1, 3 …) and the value of every key, in turn."""

    id: str
    place: int
    keys: tuple[KeyValue, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Applications that all keys but a draw leave equal. ``name`` is how a draw refers to it
    (``lot:place``); ``settled`` is ``draw``, ``shared`` (they keep one place) or ``open``."""

    name: str
    lot: str
    place: int
    ids: tuple[str, ...]
    settled: str
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of one lot, best first; applications of equal place stand in the order of their ids."""

    lot: str
    order: tuple[Ranked, ...]
    ties: tuple[Tie, ...]


def points_facts(score: Score) -> dict[str, Any]:
    """The facts of a scored application with its points beside them: ``points``, ``points_<key>``."""
    return {
        **score.facts,
        "points": score.total,
        "ranking_points": score.ranking_total,
        **{f"points_{section.key}": section.points for section in score.sections},
        **{f"points_{criterion.key}": criterion.points for criterion in score.criteria},
    }


def money_facts(score: Score, place: int, lot_cents: int) -> dict[str, Any]:
    """The facts that expressions on money read: points, the place, and the lot's amount in euros."""
    facts = points_facts(score)
    facts["place"], facts["lot_amount"] = place, money.from_cents(lot_cents)
    return facts


def rank(rulebook: Rulebook, lot: str, entrants: Sequence[tuple[Case, Score]], draws: Mapping[str, Draw]) -> Ranking:
    """The order of ``entrants`` in ``lot``. Raises :class:`Problems`: a key without a value, a bad draw."""
    values = _all_values(rulebook, entrants)
    keys = _sort_keys(rulebook, values)
    order: list[Ranked] = []
    ties: list[Tie] = []
    by_draw = any(rule.key.draw for rule in rulebook.ranking)
    for _, group in groupby(sorted(sorted(values), key=keys.__getitem__), key=keys.__getitem__):
        ids = tuple(group)
        place = len(order) + 1
        if len(ids) > 1:
            ids, tie = _settle(rulebook, lot, place, ids, draws if by_draw else {})
            ties.append(tie)
            if tie.settled == "draw":
                order += [Ranked(id_, place + at, values[id_]) for at, id_ in enumerate(ids)]
                continue
        order += [Ranked(id_, place, values[id_]) for id_ in ids]
    return Ranking(lot, tuple(order), tuple(ties))


def across(rulebook: Rulebook, rankings: Sequence[Ranking]) -> list[tuple[str, int]]:
    """All ranked applications of all lots in one order, with their common places; equals share a place, but
    what a draw settled within one lot stays settled where no other lot has an equal."""
    keys = _sort_keys(rulebook, {one.id: one.keys for ranking in rankings for one in ranking.order})
    local = {one.id: (ranking.lot, one.place) for ranking in rankings for one in ranking.order}
    placed: list[tuple[str, int]] = []
    for _, group in groupby(sorted(sorted(keys), key=keys.__getitem__), key=keys.__getitem__):
        ids = sorted(group, key=local.__getitem__)
        place, alone = len(placed) + 1, len({local[id_][0] for id_ in ids}) == 1
        placed += [(id_, place + (local[id_][1] - local[ids[0]][1] if alone else 0)) for id_ in ids]
    return placed


def _sort_keys(rulebook: Rulebook, values: Mapping[str, tuple[KeyValue, ...]]) -> dict[str, tuple[Number, ...]]:
    """What the applications are sorted by, lowest first, in whole numbers where that is shorter than fractions."""
    if not values:
        return {}
    columns = [
        money.on_one_scale([rule.sign * (value or 0) for value in column])
        for rule, column in paired(rulebook.ranking, paired(*values.values()))
    ]
    return dict(paired(values, paired(*columns)))


def _all_values(rulebook: Rulebook, entrants: Sequence[tuple[Case, Score]]) -> dict[str, tuple[KeyValue, ...]]:
    values: dict[str, tuple[KeyValue, ...]] = {}
    problems: list[Problem] = []
    for case, score in entrants:
        try:
            values[case.id] = tuple([_value(rule, case, score) for rule in rulebook.ranking])
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return values


def _value(rule: RankRule, case: Case, score: Score) -> KeyValue:
    key = rule.key
    if key.points:
        return score.ranking_total
    if key.criterion:
        return next(one.points for one in score.criteria if one.key == key.criterion)
    if key.section:
        return next(one.points for one in score.sections if one.key == key.section)
    if rule.expression is not None:
        source = rule.expression.source
        found: KeyValue = value_for(case, key.label or Text(source, source), rule.expression, points_facts(score))
        return found
    if key.line:
        return case.line
    if key.submitted_at:
        return _submitted(case)
    return None


def _submitted(case: Case) -> int:
    if case.submitted_at is None:
        text = Text(
            f"vloga {case.id}: vrstni red upošteva čas oddaje, podatka »submitted_at« pa ni",
            f"application {case.id}: the order uses the time of submission, but 'submitted_at' is blank",
        )
        raise Problems([Problem(case.place, text)])
    moment = case.submitted_at
    offset = moment.utcoffset()
    assert offset is not None
    since = moment.replace(tzinfo=None) - offset - moment.min
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _settle(
    rulebook: Rulebook, lot: str, place: int, ids: tuple[str, ...], draws: Mapping[str, Draw]
) -> tuple[tuple[str, ...], Tie]:
    """A tie settled by its recorded draw, shared, or left open."""
    name = f"{lot}:{place}" if lot else str(place)
    draw = draws.get(name) or draws.get("|".join(ids))
    if draw is None:
        return ids, Tie(name, lot, place, ids, rulebook.file.ranking.still_tied)
    order = drawn_order(draw, name, ids)
    return order, Tie(name, lot, place, ids, "draw", draw.seed)


def drawn_order(draw: Draw, tie: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The order a draw gives to ``ids``.

    From a seed the order follows by SHA-256 of ``seed:tie:id``, lowest first, so that anyone can repeat
    it; a recorded order must then be the same. A draw without a seed (slips from a hat, in the minutes)
    is taken as recorded. Raises :class:`Problems`.
    """
    if (draw.order or not draw.seed) and sorted(draw.order) != sorted(ids):
        sl = f"žreb {tie}: vrstni red mora našteti natanko vloge {'|'.join(ids)}"
        raise Problems([Problem(draw.place, Text(sl, f"draw {tie}: the order must list exactly {'|'.join(ids)}"))])
    if not draw.seed:
        return draw.order
    order = tuple(sorted(ids, key=lambda id_: seeded(draw.seed, tie, id_)))
    if draw.order and draw.order != order:
        listed = "|".join(order)
        text = Text(
            f"žreb {tie}: iz semena »{draw.seed}« sledi vrstni red {listed}, zapisan pa je drug",
            f"draw {tie}: the seed '{draw.seed}' gives the order {listed}, another one is recorded",
        )
        raise Problems([Problem(draw.place, text)])
    return order


def seeded(seed: str, tie: str, id_: str) -> str:
    """The lot drawn by one application: hexadecimal SHA-256 of ``seed:tie:id``."""
    return hashlib.sha256(f"{seed}:{tie}:{id_}".encode()).hexdigest()


def unused(draws: Mapping[str, Draw], ties: Iterable[Tie]) -> list[Problem]:
    """A draw that decides nothing: refused, because somebody expected it to decide something."""
    known: set[str] = set()
    used: set[str] = set()
    for tie in ties:
        names = [tie.name, "|".join(tie.ids)]
        known.update(names)
        if tie.settled == "draw":
            used.update([name for name in names if name in draws][:1])
    return [Problem(draw.place, _idle(name, name in known)) for name, draw in draws.items() if name not in used]


def _idle(name: str, known: bool) -> Text:
    if not known:
        return Text(f"izenačenja »{name}« ni", f"there is no tie '{name}'")
    return Text(
        f"o izenačenju »{name}« žreb ne odloča: med ključi vrstnega reda ni »draw« ali pa je žreb zapisan dvakrat",
        f"no draw decides the tie '{name}': 'draw' is not among the keys, or the draw is recorded twice",
    )
