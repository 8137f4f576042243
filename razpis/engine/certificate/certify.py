"""All checks of a result, each with the first application or lot for which it does not hold.

What is proved, and how: which applications are ranked, from their scores; places, by counting those strictly
better; sums and own limits, by adding up; rank order, by walking the claimed awards and asking at each turn what
the edge rule allows; proportional shares, by the bottleneck theorem over exact numbers, then rounding step by
step; and, apart from both, that every pair of awards is explained. Money divided in several passes is judged
pass by pass, each on what it began with; pairs and leftovers are then not judged apart, because a set-aside may
rightly favour a lower place. Scoring is not checked, but for marks on a common scale, which depend on many
applications at once: the points are where a certificate begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from razpis.engine.cases import Case, Draw
from razpis.engine.certificate import common_scales, money_checks, words
from razpis.engine.certificate.claims import AwardClaim, Certificate, Check, Claims, LotClaim
from razpis.engine.certificate.order import Entrant, Order, entrant, facts_read, order
from razpis.engine.certificate.settlement import settle
from razpis.engine.certificate.statements import STATEMENTS
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Marks
from razpis.engine.scoring import Score, Standing

Scored = Mapping[str, tuple[Case, Score]]


def certify(rulebook: Rulebook, scored: Scored, draws: Mapping[str, Draw], claims: Claims) -> Certificate:
    """The certificate of a result. ``scored``: every application with its score, ranked or not."""
    ranked = {id_: one for id_, one in scored.items() if one[1].standing is Standing.RANKED}
    complete = _check("complete", _incomplete(rulebook, ranked, claims))
    if not complete.ok:
        return Certificate((complete,))
    by_lot: dict[str, list[Entrant]] = {lot: [] for lot in rulebook.lots or ("",)}
    read = facts_read(rulebook)
    for case, score in ranked.values():
        by_lot.setdefault(case.lot, []).append(entrant(rulebook, read, case, score))
    orders = [order(rulebook, lot, entrants, draws) for lot, entrants in by_lot.items()]
    checks = [complete, _check("places", _misplaced(orders, claims))]
    if any(isinstance(one.rule, Marks) and one.rule.common_scale is not None for one in rulebook.criteria):
        checks.append(_check("common_scale", common_scales.misscaled(rulebook, scored.values())))
    if rulebook.allocation is not None:
        entrants = {one.id: one for group in by_lot.values() for one in group}
        awards, lots = {one.id: one for one in claims.awards}, {one.lot: one for one in claims.lots}
        checks += _divided(rulebook, entrants, orders, Claimed(awards, lots))
    return Certificate(tuple(checks))


class Claimed(NamedTuple):
    """What is claimed of the money: awards by application, lots by their labels."""

    awards: Mapping[str, AwardClaim]
    lots: Mapping[str, LotClaim]


def _divided(
    rulebook: Rulebook, entrants: Mapping[str, Entrant], orders: list[Order], claimed: Claimed
) -> Iterator[Check]:
    """The checks of the division. Lots that are divided in different ways share no money and are judged apart."""
    ways = {lot: rulebook.fill(lot) for lot in rulebook.lots}
    wrong: dict[str, list[Iterator[Text]]] = {}
    for fill in dict.fromkeys(ways.values()):
        lots = {lot: one for lot, one in claimed.lots.items() if ways.get(lot, fill) == fill}
        found = settle(rulebook, entrants, orders, claimed.awards, lots, fill)
        for name, one in money_checks.checks(found, claimed.awards, lots).items():
            wrong.setdefault(name, []).append(one)
    return (_check(name, chain.from_iterable(each)) for name, each in wrong.items())


def _check(name: str, wrong: Iterator[Text]) -> Check:
    return Check(name, STATEMENTS[name], next(wrong, None))


def _incomplete(rulebook: Rulebook, ranked: Scored, claims: Claims) -> Iterator[Text]:
    """Ranked though its score does not say so, or the other way round; likewise money."""
    wanted = Counter((id_, case.lot) for id_, (case, _) in ranked.items())
    parts = [(Counter((one.id, one.lot) for one in claims.places), Text(" v razvrstitvi", " in the ranking"))]
    if rulebook.allocation is not None:
        parts.append((Counter((one.id, one.lot) for one in claims.awards), Text(" v razdelitvi", " in the division")))
    for found, what in parts:
        for id_, lot in sorted(found | wanted):
            if found[id_, lot] != wanted[id_, lot]:
                where = Text(f" (sklop {lot})", f" (lot {lot})") if lot else ""
                subject = words.joined(words.application(id_), where, what)
                yield words.claimed(subject, words.times(found[id_, lot]), words.times(wanted[id_, lot]))


def _misplaced(orders: list[Order], claims: Claims) -> Iterator[Text]:
    said = {one.id: one for one in claims.places}
    for one in (one for found in orders for one in found.places):
        claim = said[one.id]
        if claim.place != one.place:
            yield words.claimed(words.application(one.id), words.place(claim.place), words.place(one.place))
        if claim.keys != one.keys:
            subject = words.joined(words.application(one.id), Text(", ključi vrstnega reda", ", keys of the order"))
            yield words.claimed(subject, words.numbers(claim.keys), words.numbers(one.keys))
    ties = {tie for found in orders for tie in found.ties}
    for tie in sorted(ties.symmetric_difference(claims.ties)):
        subject = words.joined(Text("izenačenje ", "tie "), f"{tie.name} ({', '.join(tie.ids)})")
        how = words.settled(tie.settled)
        none = Text("ga ni", "none")
        yield words.claimed(subject, *((how, none) if tie in claims.ties else (none, how)))
