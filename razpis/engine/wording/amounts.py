"""How an award came about, in words: the entitlement, the limits, the level, the rounding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from razpis.engine import money
from razpis.engine.allocation import Award, LotAllocation, wishes
from razpis.engine.allocation.award import BUDGET, FIXED, LEVEL, MINIMUM, MONEY, REQUEST, WINNERS, Wish
from razpis.engine.allocation.passes import SECOND as SECOND_PASS
from razpis.engine.evaluation import Line
from razpis.engine.expressions import Expression
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.ranking import money_facts
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import naming
from razpis.engine.wording.rules_phrases import article, recipients, unit_value
from razpis.engine.wording.speaker import ABOUT, Speaker

_ROUNDED = {"down": Text("zaokroženo navzdol; ", "rounded down; "), "up": Text("zaokroženo navzgor; ", "rounded up; ")}
"""Said where a value is not rounded to the nearest one."""


class Together(NamedTuple):
    """What all awards come to, in cents: ``taken`` of each sum of money, by its key; ``wanted`` by lot and place."""

    taken: Mapping[str, int]
    wanted: Mapping[tuple[str, int], int]


def add_up(lots: Iterable[LotAllocation]) -> Together:
    """What the awards of all lots come to, counted once for all their explanations."""
    taken: Counter[str] = Counter()
    wanted: Counter[tuple[str, int]] = Counter()
    for lot in lots:
        for award in lot.awards:
            wanted[lot.lot, award.wish.place] += award.wish.want
            for pool in dict.fromkeys(award.wish.pools):
                taken[pool] += award.cents
    return Together(taken, wanted)


def steps(
    speaker: Speaker, rulebook: Rulebook, line: Line, award: Award, lot: LotAllocation, together: Together
) -> tuple[str, ...]:
    """The derivation of one award; the last line is the whole of it."""
    assert rulebook.allocation is not None
    say, wish = speaker.say, award.wish
    lines = [say("Zaprošeni znesek: ", "Amount requested: ") + speaker.euros(wish.request) + "."]
    if rulebook.allocation.rule.entitlement is not None:
        derived = _derived(speaker, rulebook, rulebook.allocation.entitlement, line, lot, wish.entitlement)
        lines.append(say("Upravičeni znesek: ", "Entitlement: ") + f"{derived}.")
    limits = {limit.key: limit for limit in rulebook.allocation.limits}
    for bound in wish.bounds:
        shown = _derived(speaker, rulebook, limits[bound.key].amount, line, lot, bound.cents)
        title = _limit_title(speaker, rulebook, bound.key)
        lines.append(f"{title[:1].upper()}{title[1:]}: {shown}.")
    if rulebook.allocation.fixed_part is not None:
        shown = _derived(speaker, rulebook, rulebook.allocation.fixed_part, line, lot, wish.fixed)
        lines.append(say("Stalni del: ", "Fixed part: ") + f"{shown}.")
    if award.available is None:
        lines += value_of_point(speaker, rulebook, lot)
    else:
        left, when = speaker.euros(award.available), _turn(speaker, rulebook, award)
        lines.append(
            say(
                f"Ko je bila vloga na vrsti{when}, je bilo na voljo še {left}.",
                f"Left when its turn came{when}: {left}.",
            )
        )
    return (*lines, *_rounding(speaker, award), whole(speaker, rulebook, award, lot, together))


def _derived(
    speaker: Speaker, rulebook: Rulebook, expression: Expression, line: Line, lot: LotAllocation, cents: Number
) -> str:
    """An amount with how it came about: what the expression gives, exactly, and then what counts of it."""
    facts = _facts(line, lot)
    place = speaker.say("mesto", "place") + f": {facts['place']}; " if "place" in expression.reads else ""
    return place + _from_facts(speaker, rulebook, expression, facts, cents)


def _from_facts(
    speaker: Speaker, rulebook: Rulebook, expression: Expression, facts: Mapping[str, object], cents: Number
) -> str:
    value, parts = expression.derive(facts)
    if len(parts) == 1:
        return naming.traced(speaker, rulebook, expression.reads, facts, speaker.euros(cents))
    shown, counts = speaker.euros(value * 100), speaker.euros(cents)
    text = naming.derived(speaker, rulebook, parts, value, shown)
    text = naming.traced(speaker, rulebook, expression.reads, facts, text)
    if value < 0:
        return text + speaker.say(f"; upošteva se {counts}", f"; {counts} counts")
    if shown.removeprefix(ABOUT) == counts.removeprefix(ABOUT):
        return text
    return text + speaker.say(f"; zaokroženo na {counts}", f"; rounded to {counts}")


def _facts(line: Line, lot: LotAllocation) -> dict[str, object]:
    return money_facts(line.score, line.ranked.place if line.ranked else 0, lot.amount)


def value_of_point(speaker: Speaker, rulebook: Rulebook, lot: LotAllocation) -> tuple[str, ...]:
    """The value of a point and how it was rounded; nothing where the money sufficed without one."""
    assert rulebook.allocation is not None
    say, stated = speaker.say, rulebook.allocation.rule.value_of_point
    if lot.value_of_point is None or lot.exact_value is None:
        return ()
    value, exact = speaker.value_of_point(lot.value_of_point), speaker.value_of_point(lot.exact_value)
    named = unit_value(speaker, rulebook.allocation.rule)
    text = f"{named[:1].upper()}{named[1:]}: {value}"
    if stated is None or lot.value_of_point == lot.exact_value:
        return (f"{text}.",)
    if money.rounded(money.from_cents(lot.exact_value), stated.round) * 100 == lot.value_of_point:
        how = speaker.text(_ROUNDED.get(stated.round.mode))
        return (text + say(f" ({how}pred zaokrožitvijo {exact}).", f" ({how}before rounding {exact})."),)
    return (
        text
        + say(
            f" (zaokroženo navzdol, da sredstva niso presežena; pred zaokrožitvijo {exact}).",
            f" (rounded down so that the money is not exceeded; before rounding {exact}).",
        ),
    )


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


def whole(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation, together: Together) -> str:
    """The award in one sentence: ``5.000,00 EUR: 72 točk × 85,00 EUR = …; omejeno z …``."""
    say, amount = speaker.say, speaker.euros(award.cents)
    if award.undecided:
        return say(
            "O znesku še ni odločeno: najprej je treba razrešiti izenačenje.",
            "The amount is not decided yet: a tie has to be settled first.",
        )
    because = limited(speaker, rulebook, award, lot, together)
    if len(award.passes) > 1:
        return f"{_parts(speaker, rulebook, award, lot)}; {because}"
    if award.available is not None or lot.value_of_point is None or award.limited_by in (MINIMUM, MONEY):
        return f"{amount}: {because}"
    product = award.wish.weight * lot.value_of_point
    value = speaker.value_of_point(lot.value_of_point)
    computed = f"{amount}: {_weight(speaker, rulebook, award)} × {value} {speaker.equals(product)}"
    if award.limited_by != LEVEL:
        return f"{computed}; {because}"
    rounded = speaker.euros(award.cents - award.last_cents)
    if not computed.endswith(rounded):
        computed += say(f"; zaokroženo na {rounded}", f"; rounded to {rounded}")
    if award.last_cents:
        left = speaker.euros(award.last_cents)
        computed += say(f"; z ostankom zaokroževanja {left}", f"; with the remainder of rounding {left}")
    return computed


def _parts(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation) -> str:
    """``3.450,00 EUR = 3.000,00 EUR (stalni del) + 450,00 EUR (60 točk × 7,50 EUR)``: what each pass gave; those that
    gave nothing are left out."""
    given = [one for one in award.passes if one[1]] or award.passes[-1:]
    parts = [
        f"{speaker.euros(cents)} ({_pass(speaker, rulebook, name) or _rest(speaker, rulebook, award, lot)})"
        for name, cents in given
    ]
    return parts[0] if len(parts) == 1 else f"{speaker.euros(award.cents)} = {' + '.join(parts)}"


def _turn(speaker: Speaker, rulebook: Rulebook, award: Award) -> str:
    """Of several passes the one in which so much was left: that gave it the last of all it wanted, or else the last
    one."""
    if len(award.passes) < 2:
        return ""
    given = [name for name, cents in award.passes if cents] or [award.passes[0][0]]
    name = given[-1] if award.cents == award.wish.want else award.passes[-1][0]
    return f" ({_pass(speaker, rulebook, name)})"


def by_passes(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation, together: Together) -> str:
    """Why an award that came about in several passes is not more: what each gave, and what bound it in the end."""
    parts, because = _parts(speaker, rulebook, award, lot), limited(speaker, rulebook, award, lot, together)
    return speaker.say(f"vlogi pripada {parts}; {because}", f"it is due {parts}; {because}")


def _pass(speaker: Speaker, rulebook: Rulebook, name: str) -> str:
    """The name of one of several passes, in which an award came about; blank for what follows fixed parts."""
    assert rulebook.file.allocation is not None
    if name in rulebook.file.allocation.set_asides:
        title = speaker.text(rulebook.file.allocation.set_asides[name].title) or name
        return speaker.say(f"namenska sredstva »{title}«", f"the set-aside '{title}'")
    if name == FIXED:
        return speaker.say("stalni del", "fixed part")
    if name == SECOND_PASS:
        return speaker.say("drugi krog", "second pass")
    if rulebook.file.allocation.fixed_part is not None:
        return ""
    return speaker.say("splošna delitev", "general pass")


def _rest(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation) -> str:
    """What came about by sharing the rest: ``60 točk × 7,50 EUR``, where nothing but that held it."""
    if award.limited_by != LEVEL or lot.value_of_point is None:
        return speaker.say("delitev ostalega", "sharing the rest")
    return f"{_weight(speaker, rulebook, award)} × {speaker.value_of_point(lot.value_of_point)}"


def _weight(speaker: Speaker, rulebook: Rulebook, award: Award) -> str:
    assert rulebook.allocation is not None
    if rulebook.allocation.rule.weight == "points":
        return speaker.points(award.wish.weight)
    return speaker.say("utež ", "weight ") + speaker.number(award.wish.weight)


def fixed(award: Award) -> int:
    """The cents of the award that are its fixed part."""
    return dict(award.passes).get(FIXED, 0)


def _limit_title(speaker: Speaker, rulebook: Rulebook, key: str, quoted: bool = False) -> str:
    assert rulebook.file.allocation is not None
    limit = rulebook.file.allocation.limits[key]
    title = speaker.text(limit.title) or key
    title = speaker.say(f"»{title}«", f"'{title}'") if quoted else title
    return title + (f" ({speaker.text(limit.article)})" if limit.article else "")


def limited(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation, together: Together) -> str:
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
        title, most = _limit_title(speaker, rulebook, bound.key, True), speaker.euros(bound.cents)
        return say(f"omejitev {title} dopušča {most}", f"the limit {title} allows {most}")
    if award.limited_by in (LEVEL, FIXED):
        return _shared(speaker, rulebook, award)
    if award.limited_by in (MINIMUM, MONEY, WINNERS):
        return _kept_out(speaker, rulebook, award, lot)
    if rulebook.file.allocation is not None and award.limited_by in rulebook.file.allocation.limits:
        return _jointly(speaker, rulebook, award, together)
    return _spent(speaker, rulebook, award, lot, together)


def _kept_out(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation) -> str:
    """What kept it from taking part in the division at all."""
    say, rule = speaker.say, rulebook.file.allocation
    assert rule is not None
    if award.limited_by == MINIMUM:
        assert rule.minimum_grant is not None
        least = speaker.euros(rule.minimum_grant.amount * 100)
        return say(
            f"delež vloge ne doseže najnižjega zneska, ki se dodeli ({least})",
            f"its share is below the least amount awarded ({least})",
        )
    if award.limited_by == MONEY:
        assert rule.money_threshold is not None
        least, stated = speaker.points(lot.threshold or 0), article(speaker, rule.money_threshold.article)
        return say(
            f"po pravilih v delitvi sodelujejo vloge, ki imajo najmanj {least} (prag, ki sledi iz razpisanih "
            f"sredstev){stated}",
            f"by the rules applications with at least {least} take part (the threshold that follows from the money)"
            f"{stated}",
        )
    number = recipients(speaker, rulebook.most_winners(award.wish.lot) or 0)
    return say(
        f"sredstva lahko prejme največ {number} po vrstnem redu, ta vloga pa ni med njimi",
        f"at most {number} may get money in rank order, and this one is not among them",
    )


def _jointly(speaker: Speaker, rulebook: Rulebook, award: Award, together: Together) -> str:
    """A limit on the sum of several awards, with what the others took of it, or the level at which it held all."""
    say, limit = speaker.say, speaker.euros(rulebook.allocation_limit(award.limited_by) * 100)
    title = _limit_title(speaker, rulebook, award.limited_by, True)
    text = say(f"skupna omejitev {title} dopušča {limit}", f"the joint limit {title} allows {limit}")
    key = f"limit:{award.limited_by}"
    pools = dict.fromkeys(pool for pool in award.wish.pools if f"{pool}:".startswith(f"{key}:"))
    others = sum(together.taken[pool] for pool in pools) - award.cents
    if others:
        cents = speaker.euros(others)
        text += say(f", od tega drugim vlogam {cents}", f", {cents} of it to other applications")
    if award.level is not None and len(award.passes) < 2:
        value, weight = speaker.value_of_point(award.level), _weight(speaker, rulebook, award)
        text += say(f"; delež pod njo: {weight} × {value}", f"; under it the share is {weight} × {value}")
    return text


def _shared(speaker: Speaker, rulebook: Rulebook, award: Award) -> str:
    assert rulebook.allocation is not None
    if award.limited_by == LEVEL and rulebook.allocation.rule.weight != "points":
        return speaker.say("delitev po uteži", "sharing by weight")
    if award.limited_by == LEVEL:
        return speaker.say("delitev po točkah", "sharing by points")
    return speaker.say(
        "sredstva ne zadoščajo za stalne dele vseh vlog, zato vse prejmejo enak delež svojega",
        "the money does not suffice for the fixed parts of all, so all get the same share of theirs",
    )


def _spent(speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation, together: Together) -> str:
    """The money that was there when its turn came did not suffice for it."""
    say, rule = speaker.say, rulebook.file.allocation
    assert rule is not None
    pot = say("sredstva sklopa", "the lot's money")
    if award.limited_by == BUDGET:
        pot = say("sredstva", "the money")
    elif award.limited_by in rule.set_asides:
        kept = _pass(speaker, rulebook, award.limited_by)
        pot = say(f"sredstva, ki niso {kept},", f"the money beside {kept}")
    elif award.limited_by == SECOND_PASS:
        pot = say("sredstva v drugem krogu", "the money of the second pass")
    available = award.available or 0
    left = speaker.euros(available)
    if award.passes[-1][1] if award.passes else award.cents:
        return say(f"{pot} so zadoščala le še za {left}", f"{pot} sufficed for only {left} more")
    if not available:
        return say(
            f"{pot} so v celoti dodeljena višje uvrščenim vlogam", f"{pot} all went to applications ranked higher"
        )
    at_its_place = together.wanted[lot.lot, award.wish.place]
    return _unspent(speaker, rulebook, award, lot, pot, at_its_place)


def _unspent(
    speaker: Speaker, rulebook: Rulebook, award: Award, lot: LotAllocation, pot: str, at_its_place: int
) -> str:
    """Why it got nothing although something was left; ``at_its_place``: the cents that equals want together."""
    say, rule = speaker.say, rulebook.file.allocation
    assert rule is not None and award.available is not None
    left, useful = speaker.euros(award.available), rule.minimum_useful * 100
    if at_its_place <= award.available:
        return say(
            "delitev se je ustavila pri višje uvrščeni vlogi, za katero sredstev ni bilo dovolj; "
            f"na voljo je ostalo {left}",
            f"the money stopped at an application ranked higher that it did not suffice for; {left} was left",
        )
    if rulebook.edge(lot.lot) == "part" and award.available < useful:
        least = speaker.euros(useful)
        return say(
            f"{pot} so zadoščala le še za {left}, kar je manj od najmanjšega zneska {least}",
            f"{pot} sufficed for only {left} more, which is below the least useful amount of {least}",
        )
    return say(f"{pot} za to vlogo ne zadoščajo; na voljo je ostalo {left}", f"{pot} did not suffice; {left} was left")


def missing_money(award: Award) -> int:
    """Cents between what was asked for and what was granted."""
    return max(award.wish.request - award.cents, 0)


def wanted(rulebook: Rulebook, wish: Wish) -> int:
    """The cents that an application might have by its own limits, whatever else kept it out."""
    assert rulebook.allocation is not None
    least = min(wish.entitlement, max(wish.request, 0), *(bound.cents for bound in wish.bounds))
    return wishes.to_units(least, wishes.unit(rulebook.allocation), "down")
