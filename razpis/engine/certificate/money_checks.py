"""The checks of a division: sums, own limits, the method, rounding, pairs, named limits, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from razpis.engine import money
from razpis.engine.certificate import fixed_parts, money_thresholds, pairs, words
from razpis.engine.certificate.claims import AwardClaim, LotClaim
from razpis.engine.certificate.in_order import InOrder
from razpis.engine.certificate.in_shares import MINIMUM, InShares
from razpis.engine.certificate.settlement import Settlement
from razpis.engine.certificate.turns import Turn
from razpis.engine.problems import Text
from razpis.engine.rulebook.allocation import Allocation

Wrong = Iterator[Text]
Awards = Mapping[str, AwardClaim]
MOVED = {
    "amount": Text(", razpisano", ", its own money"),
    "received": Text(", prejeto", ", received"),
    "given": Text(", oddano", ", passed on"),
}
TOLD = {
    "undecided": Text(", čaka na izenačenje", ", waits for a tie"),
    "available": Text(", na voljo", ", left"),
    "share": Text(", delež", ", share"),
    "rounded_down": Text(", zaokroženo navzdol", ", rounded down"),
    "last_cents": Text(", ostanek zaokroževanja", ", remainder of rounding"),
}


def checks(found: Settlement, awards: Awards, lots: Mapping[str, LotClaim]) -> dict[str, Wrong]:
    """By the name of its statement, every counterexample of each check that this way of dividing calls for."""
    named: dict[str, Wrong] = {"sums": _sums(found, lots), "own": _own(found, awards)}
    if isinstance(found.method, InOrder):
        named["order"] = _order(found, awards, lots)
    else:
        named["shares" if found.method.rule.resharing else "flat"] = _shares(found, awards, lots)
        named["rounding"] = _rounding(found, awards)
        if found.method.rule.minimum_grant is not None:
            named["least"] = _least(found, awards, money.to_cents(found.method.rule.minimum_grant.amount))
    if any(given for given, _ in found.fixed):
        unequal = (fixed_parts.unequal(given, after, found.method.unit) for given, after in found.fixed)
        named["fixed"] = chain.from_iterable(unequal)
    rule = found.rule.money_threshold
    if rule is not None or any(lot.threshold is not None for lot in lots.values()):
        named["money_threshold"] = money_thresholds.misplaced(rule, found.before, lots, found.amounts)
    if found.winners:
        named["winners"] = _winners(found, awards)
    if not found.several:
        named["pairs"] = pairs.unexplained(found, awards)
    named["limits"] = _limits(found, awards)
    if isinstance(found.method, InShares) and not found.several and found.method.rule.value_of_point is None:
        named["left"] = _left(found, found.method.rule)
    return named


def _sums(found: Settlement, lots: Mapping[str, LotClaim]) -> Wrong:
    for key, cents in found.overspent.items():
        yield words.joined(words.whose(key), Text(": preseženo za ", ": exceeded by "), words.euros(-cents))
    for lot in sorted({*found.amounts, *lots}):
        rule = {"amount": found.amounts.get(lot, 0), "received": found.received[lot], "given": found.given[lot]}
        for name, cents in rule.items():
            said = getattr(lots.get(lot), name, None)
            if said != cents:
                yield words.claimed(words.joined(words.lot(lot), MOVED[name]), words.shown(said), words.shown(cents))


def _own(found: Settlement, awards: Awards) -> Wrong:
    for entry in found.entries:
        cents = awards[entry.id].cents
        if cents < 0:
            yield words.joined(_got(entry.id, cents), " < ", words.euros(0))
        if cents % found.method.unit:
            not_multiple = Text(" ni večkratnik ", " is not a multiple of ")
            yield words.joined(_got(entry.id, cents), not_multiple, words.euros(found.method.unit))
        for name, most in entry.bounds:
            if cents > most:
                yield words.joined(_got(entry.id, cents), " > ", words.euros(most), f" ({name})")


def _got(id_: str, cents: int) -> Text:
    return words.joined(words.application(id_), ": ", words.euros(cents))


def _turn(turn: Turn, rule: Text) -> Text:
    place = words.joined(" (", words.place(turn.place), ")")
    return words.claimed(words.joined(words.application(turn.id), place), words.euros(turn.cents), rule)


def _order(found: Settlement, awards: Awards, lots: Mapping[str, LotClaim]) -> Wrong:
    yield from _passes(found, awards)
    yield from _cents(found)
    yield from _told(found, awards, tuple(TOLD))
    yield from _values(found, lots)


def _cents(found: Settlement) -> Wrong:
    """A turn in which another amount was given than the rules allow."""
    for _, turn, verdict in found.turns:
        if turn.cents != verdict.cents:
            yield _turn(turn, words.euros(verdict.cents))


def _told(found: Settlement, awards: Awards, fields: Iterable[str]) -> Wrong:
    """What is told of an award beside its amount, and is not so."""
    for id_, verdict in found.last.items():
        for name in fields:
            said, rule = getattr(awards[id_], name), getattr(verdict, name)
            if said != rule:
                yield words.claimed(
                    words.joined(words.application(id_), TOLD[name]), words.shown(said), words.shown(rule)
                )


def _passes(found: Settlement, awards: Awards) -> Wrong:
    """Everybody took part in the passes it should have, and they add up."""
    for id_, passes in found.passes().items():
        claim = awards[id_]
        whole = sum(cents for _, cents in passes) if found.several else claim.cents
        if claim.passes != passes or claim.cents != whole:
            yield words.claimed(words.application(id_), words.passes(claim.passes), words.passes(passes))


def _shares(found: Settlement, awards: Awards, lots: Mapping[str, LotClaim]) -> Wrong:
    yield from _passes(found, awards)
    for _, turn, verdict in found.turns:
        if not verdict.proved or abs(turn.cents - verdict.cents) > found.method.unit:
            yield _turn(turn, words.euros(verdict.cents if verdict.share is None else verdict.share))
    yield from _told(found, awards, ("share", "undecided", "available"))
    yield from _values(found, lots)


def _values(found: Settlement, lots: Mapping[str, LotClaim]) -> Wrong:
    """The value of a point is told where it held somebody, and only there."""
    for lot, claim in lots.items():
        value, exact = found.values.get(lot, (None, None))
        for said, rule in ((claim.value, value), (claim.exact_value, exact)):
            if said != rule:
                subject = words.joined(words.lot(lot), Text(", vrednost točke", ", value of a point"))
                yield words.claimed(subject, words.shown(said), words.shown(rule))


def _rounding(found: Settlement, awards: Awards) -> Wrong:
    yield from _cents(found)
    yield from _told(found, awards, ("rounded_down", "last_cents"))


def _least(found: Settlement, awards: Awards, least: int) -> Wrong:
    for id_, verdict in found.last.items():
        claim = awards[id_]
        if 0 < claim.cents < least:
            yield words.joined(_got(id_, claim.cents), " < ", words.euros(least))
        if (claim.limited_by == MINIMUM) != (verdict.limited_by == MINIMUM):
            yield words.claimed(
                words.application(id_), words.quoted(claim.limited_by), words.quoted(verdict.limited_by)
            )


def _winners(found: Settlement, awards: Awards) -> Wrong:
    for lot, most in found.winners.items():
        count = sum(awards[entry.id].cents > 0 for entry in found.entries if entry.lot == lot)
        if count > most:
            yield words.joined(words.lot(lot), f": {count} > {most}")


def _limits(found: Settlement, awards: Awards) -> Wrong:
    for id_, verdict in found.last.items():
        if awards[id_].limited_by != verdict.limited_by:
            said, rule = words.quoted(awards[id_].limited_by), words.quoted(verdict.limited_by)
            yield words.claimed(words.application(id_), said, rule)


def _left(found: Settlement, rule: Allocation) -> Wrong:
    """In a lot whose money the exact shares use up, rounding leaves less than a unit for each of them; with an
    owner less than one unit in all, unless owners are equals or may have no more."""
    unit = found.method.unit
    for lot in found.amounts:
        here = [(turn, verdict) for _, turn, verdict in found.turns if turn.lot == lot]
        held = [turn for turn, verdict in here if verdict.share]
        rest = found.left["lot", lot] + found.given[lot]
        money_there = rest + sum(turn.cents for turn, _ in here)
        if money.total(verdict.exact for _, verdict in here if verdict.limited_by != MINIMUM) != money_there:
            continue
        equals = len({turn.place for turn in held}) < len(held)
        free = any(_may_take(found, rule.last_cent, turn, rest) for turn in held)
        owned = rule.last_cent != "nobody" and free and not equals
        if rest < 0 or (rest > 0 and rest >= (unit if owned else unit * len(held))):
            yield words.joined(words.lot(lot), Text(": ostane ", ": left "), words.euros(rest))


def _may_take(found: Settlement, owner: str, turn: Turn, rest: int) -> bool:
    if owner == "largest_remainder" and found.last[turn.id].last_cents:
        return False
    rooms = [found.left[key] for key in turn.sums if key != turn.pot]
    return min(rest, turn.ask - turn.cents, *rooms) >= found.method.unit
