"""Why one application fares differently in two results, each reason from what it was to what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from razpis.engine import money
from razpis.engine.problems import Text
from razpis.engine.wording import Speaker
from razpis.exports.result_table import OUTCOMES


@dataclass(frozen=True, slots=True)
class Side:
    """One application in one of the two results; blank where it is not there.

    Amounts in euros stand as exact text. ``missed``: the thresholds it does not reach; ``bound``: the amount of the
    limit that decided; ``available``: what was left when its turn came, where that decided; ``passes``: the cents of
    each, where there were several.
    """

    place: int | None = None
    points: str | None = None
    outcome: str = ""
    cents: int = 0
    limit: Text | None = None
    value_of_point: str | None = None
    money_threshold: str | None = None
    missed: tuple[Text, ...] = ()
    entitlement: str | None = None
    bound: str | None = None
    available: str | None = None
    passes: Mapping[Text, int] = field(default_factory=dict)


def reasons(one: Side, other: Side) -> list[Text]:
    """What differs, in the order in which one follows from the other; nothing where nothing does."""
    found = [
        *_changed(Text("točke", "points"), _number(one.points), _number(other.points)),
        *_changed(Text("mesto", "place"), _place(one.place), _place(other.place)),
        *_changed(Text("izid", "outcome"), _outcome(one.outcome), _outcome(other.outcome)),
        *_thresholds(one, other),
        *_changed(Text("omejitev", "limit"), one.limit or _NONE, other.limit or _NONE),
    ]
    if one.cents != other.cents:
        found += _of_amounts(one, other)
    if not found and one.cents != other.cents:
        found.append(Text("drug del iste omejitve: ", "another part of the same limit: ") + (one.limit or _NONE))
    return found


def _of_amounts(one: Side, other: Side) -> Iterator[Text]:
    """What an amount was made of, as far as both results have it."""
    if one.entitlement and other.entitlement:
        due = Text("upravičeni znesek", "amount due")
        yield from _changed(due, _euros(one.entitlement), _euros(other.entitlement))
    if one.limit is not None and one.limit == other.limit and one.bound and other.bound:
        yield from _changed(one.limit, _euros(one.bound), _euros(other.bound))
    if one.available and other.available:
        left = Text("ostanek zanjo", "left for it")
        yield from _changed(left, _euros(one.available), _euros(other.available))
    value = Text("vrednost točke", "value of a point")
    yield from _changed(value, _number(one.value_of_point), _number(other.value_of_point))
    yield from _passes(one, other)


def _passes(one: Side, other: Side) -> Iterator[Text]:
    """What each pass gives more or less: ``drugi krog: +2.392,17 EUR``."""
    if not (one.passes or other.passes) or not (one.outcome and other.outcome):
        return
    before, after = (side.passes or {_GENERAL: side.cents} for side in (one, other))
    for name in {**before, **after}:
        change = after.get(name, 0) - before.get(name, 0)
        if change:
            sl, en = (("+" if change > 0 else "") + Speaker(language).euros(change) for language in ("sl", "en"))
            yield Text(f"{name.sl}: {sl}", f"{name.en}: {en}")


def _thresholds(one: Side, other: Side) -> Iterator[Text]:
    """Thresholds that only one of the results misses, and the one from the money, where it is another."""
    if one.outcome != other.outcome and one.outcome and other.outcome:
        for side, said in ((one, _WAS_MISSED), (other, _IS_MISSED)):
            yield from (said + missed for missed in side.missed if missed not in _both(one, other))
    if one.cents != other.cents:
        what = Text("prag, ki sledi iz sredstev,", "threshold that follows from the money")
        yield from _changed(what, _number(one.money_threshold), _number(other.money_threshold))


def _both(one: Side, other: Side) -> list[Text]:
    return [missed for missed in one.missed if missed in other.missed]


def _changed(what: Text, old: Text, new: Text) -> Iterator[Text]:
    if old != new:
        yield Text(f"{what.sl} {old.sl} → {new.sl}", f"{what.en} {old.en} → {new.en}")


def _euros(amount: str) -> Text:
    cents = Fraction(amount) * 100
    return Text(Speaker("sl").euros(cents), Speaker("en").euros(cents))


def _number(value: str | None) -> Text:
    """To six places, as each language writes it; exact thirds stay marked as not exact."""
    if value is None:
        return _NONE
    number = money.read_exact(value)
    return Text(Speaker("sl").number(number, 6), Speaker("en").number(number, 6))


def _place(place: int | None) -> Text:
    return _NONE if place is None else Text(f"{place}.", f"{place}")


def _outcome(outcome: str) -> Text:
    return Text(*OUTCOMES[outcome]) if outcome else _NONE


_NONE = Text("–", "–")
_WAS_MISSED = Text("prej ni bil dosežen prag: ", "threshold not reached before: ")
_IS_MISSED = Text("ni dosežen prag: ", "threshold not reached: ")
_GENERAL = Text("splošna delitev", "general division")
