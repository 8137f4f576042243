"""How an award came about, in words: the entitlement, the limits, the level, the rounding."""

from __future__ import annotations

from razpis.engine.allocation import Award, LotAllocation
from razpis.engine.allocation.award import BUDGET, LEVEL, MINIMUM, REQUEST
from razpis.engine.evaluation import Line
from razpis.engine.ranking import points_facts
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording.speaker import Speaker


def steps(speaker: Speaker, rulebook: Rulebook, line: Line, award: Award, lot: LotAllocation) -> tuple[str, ...]:
    """The derivation of one award; the last line is the whole of it."""
    assert rulebook.allocation is not None
    say, wish = speaker.say, award.wish
    lines = [say("Zaprošeni znesek: ", "Amount requested: ") + speaker.euros(wish.request) + "."]
    if rulebook.allocation.rule.entitlement is not None:
        _, parts = rulebook.allocation.entitlement.derive(_facts(line))
        lines.append(
            say("Upravičeni znesek: ", "Entitlement: ")
            + f"{speaker.derivation(parts)} {speaker.equals(wish.entitlement)}."
        )
    limits = {limit.key: limit for limit in rulebook.allocation.limits}
    for bound in wish.bounds:
        limit = limits[bound.key]
        _, parts = limit.amount.derive(_facts(line))
        derived = f"{speaker.derivation(parts)} {speaker.equals(bound.cents)}"
        shown = derived if len(parts) > 1 else speaker.euros(bound.cents)
        title = _limit_title(speaker, rulebook, bound.key)
        lines.append(f"{title[:1].upper()}{title[1:]}: {shown}.")
    if award.available is None:
        lines += _value_of_point(speaker, lot)
    else:
        left = speaker.euros(award.available)
        lines.append(
            say(f"Ko je bila vloga na vrsti, je bilo na voljo še {left}.", f"Left when its turn came: {left}.")
        )
    return (*lines, *_rounding(speaker, award), whole(speaker, rulebook, award, lot))


def _facts(line: Line) -> dict[str, object]:
    place = line.ranked.place if line.ranked else None
    return {**points_facts(line.score), "place": place}


def _value_of_point(speaker: Speaker, lot: LotAllocation) -> tuple[str, ...]:
    if lot.value_of_point is None or lot.exact_value is None:
        return ()
    value = speaker.value_of_point(lot.value_of_point)
    text = speaker.say(f"Vrednost točke: {value}", f"Value of a point: {value}")
    if lot.value_of_point != lot.exact_value:
        exact = speaker.value_of_point(lot.exact_value)
        text += speaker.say(f" (zaokroženo; pred tem {exact})", f" (rounded from {exact})")
    return (text + ".",)


def _rounding(speaker: Speaker, award: Award) -> tuple[str, ...]:
    lines = []
    if award.rounded_down:
        lines.append(
            speaker.say(
                "Znesek je zaokrožen navzdol, ker bi sicer vsota presegla razpisana sredstva.",
                "The amount is rounded down, because the sum would otherwise exceed the money available.",
            )
        )
    if award.last_cents:
        cents = speaker.euros(award.last_cents)
        lines.append(
            speaker.say(
                f"Ostanek zaokroževanja pripada tej vlogi: + {cents}.",
                f"The remainder of rounding goes to this application: + {cents}.",
            )
        )
    return tuple(lines)


def whole(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation) -> str:
    """The award in one sentence: ``5.000,00 EUR: 72 točk × 85,00 EUR = …; omejeno z …``."""
    say, amount = speaker.say, speaker.euros(award.cents)
    if award.undecided:
        return say(
            "O znesku še ni odločeno: najprej je treba razrešiti izenačenje.",
            "The amount is not decided yet: a tie has to be settled first.",
        )
    because = limited(speaker, rulebook, award)
    if award.available is not None or lot.value_of_point is None or award.limited_by == MINIMUM:
        return f"{amount}: {because}"
    product = award.wish.weight * lot.value_of_point
    value = speaker.value_of_point(lot.value_of_point)
    computed = f"{amount}: {_weight(speaker, rulebook, award)} × {value} {speaker.equals(product)}"
    return computed if award.limited_by == LEVEL else f"{computed}; {because}"


def _weight(speaker: Speaker, rulebook: Rulebook, award: Award) -> str:
    assert rulebook.allocation is not None
    if rulebook.allocation.rule.weight == "points":
        return speaker.points(award.wish.weight)
    return speaker.say("utež ", "weight ") + speaker.number(award.wish.weight)


def _limit_title(speaker: Speaker, rulebook: Rulebook, key: str) -> str:
    assert rulebook.file.allocation is not None
    limit = rulebook.file.allocation.limits[key]
    title = speaker.text(limit.title) or key
    return title + (f" ({speaker.text(limit.article)})" if limit.article else "")


def limited(speaker: Speaker, rulebook: Rulebook, award: Award) -> str:
    """What bound the award, in words."""
    say, wish = speaker.say, award.wish
    if award.limited_by == REQUEST:
        if wish.entitlement < wish.request:
            return say("omejeno z upravičenim zneskom ", "limited by the entitlement ") + speaker.euros(
                wish.entitlement
            )
        return say("omejeno z zaprošenim zneskom ", "limited by the amount requested ") + speaker.euros(wish.request)
    bound = next((one for one in wish.bounds if one.key == award.limited_by), None)
    if bound is not None:
        title = _limit_title(speaker, rulebook, bound.key)
        return say("omejitev: ", "limit: ") + f"{title} {speaker.euros(bound.cents)}"
    if award.limited_by == LEVEL:
        return say("delitev po točkah", "sharing by points")
    rule = rulebook.file.allocation
    assert rule is not None
    if award.limited_by == MINIMUM and rule.minimum_grant is not None:
        least = speaker.euros(rule.minimum_grant.amount * 100)
        return say(
            f"znesek bi bil nižji od najnižjega dovoljenega ({least})", f"it would be below the least award ({least})"
        )
    if award.limited_by in rule.limits:
        limit = speaker.euros(rulebook.allocation_limit(award.limited_by) * 100)
        title = _limit_title(speaker, rulebook, award.limited_by)
        return say(f"skupna omejitev: {title} {limit}", f"joint limit: {title} {limit}")
    return _spent(speaker, award)


def _spent(speaker: Speaker, award: Award) -> str:
    """The lot's (or the whole call's) money did not suffice."""
    say = speaker.say
    pot = say("sredstva", "the money") if award.limited_by == BUDGET else say("sredstva sklopa", "the lot's money")
    left = speaker.euros(award.available or 0)
    if award.cents:
        return say(f"{pot} so zadoščala le še za {left}", f"{pot} sufficed for only {left} more")
    return say(
        f"{pot} so porabljena z višje uvrščenimi vlogami; na voljo je bilo še {left}",
        f"{pot} went to applications ranked higher; {left} was left",
    )


def missing_money(award: Award) -> int:
    """Cents between what was asked for and what was granted."""
    return max(award.wish.request - award.cents, 0)
