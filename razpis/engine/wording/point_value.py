"""How the value of a point came about, from sums that name nobody: whoever reads them can compute it again."""

from __future__ import annotations

from typing import NamedTuple

from razpis.engine import money
from razpis.engine.allocation import Award, LotAllocation
from razpis.engine.allocation.award import FIXED, MINIMUM, MONEY
from razpis.engine.allocation.passes import GENERAL
from razpis.engine.money import Number
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import amounts
from razpis.engine.wording.speaker import Speaker


class Shares(NamedTuple):
    """What a value of a point is the quotient of. ``pot``: the cents that were shared; of them ``held`` went to the
    applications, ``full`` in number, that their own limits hold; ``weights``: the sum over all others."""

    pot: int
    full: int
    held: int
    weights: Number


def shares(lot: LotAllocation, resharing: bool) -> Shares | None:
    """The division that the lot's exact value of a point follows from. None where it does not follow from the lot's
    own money and the limits of single applications alone: a limit on several of them or a further pass had a part."""
    value = lot.exact_value
    if value is None:
        return None
    full, held = 0, 0
    weights: list[Number] = []
    for award in lot.awards:
        wish, wanted = award.wish, award.wish.want - _before(award)
        if wish.weight <= 0 or award.limited_by in (MINIMUM, MONEY) or not _shared(award):
            continue
        if resharing and wish.weight * value >= wanted:
            full, held = full + 1, held + wanted
        else:
            weights.append(wish.weight)
    pot = lot.amount + lot.received - sum(map(_before, lot.awards))
    found = Shares(pot, full, held, money.total(weights))
    return found if found.weights * value == pot - held else None


def _before(award: Award) -> int:
    """The cents from other passes than the one that shares by weight."""
    return sum(cents for name, cents in award.passes if name != GENERAL)


def _shared(award: Award) -> bool:
    """Whether it took part in that pass at all."""
    return not award.passes or any(name == GENERAL for name, _ in award.passes)


def told(speaker: Speaker, rulebook: Rulebook, lot: LotAllocation) -> tuple[str, ...]:
    """``Od 30.000,00 EUR pripada 3 vlogam, ki dosežejo svojo omejitev, skupaj 13.380,00 EUR. …``: the division with its
    numbers; nothing where it does not follow from the lot alone."""
    rule = rulebook.file.allocation
    assert rule is not None
    found = shares(lot, rule.resharing)
    if found is None or lot.exact_value is None:
        return ()
    say, weights = speaker.say, speaker.number(found.weights)
    if rule.weight == "points":
        weights = speaker.points(found.weights)
    value = speaker.equal_to(speaker.value_of_point(lot.exact_value))
    quotient = f"{speaker.euros(found.pot - found.held)} / {weights} {value}"
    lines = []
    if found.pot != lot.amount:
        pot = speaker.euros(found.pot)
        lines.append(say(f"Za to delitev je na voljo {pot}.", f"Available for this division: {pot}."))
    if found.full:
        lines.append(_held(speaker, found))
    of = say("vrednosti točke", "of a point") if rule.weight == "points" else say("vrednosti enote", "of one unit")
    lines.append(say(f"Izračun {of}: {quotient}.", f"The value {of} computed: {quotient}."))
    return tuple(lines)


def _held(speaker: Speaker, found: Shares) -> str:
    """Whom their own limits hold, and what is left for the others."""
    pot, held, left = (speaker.euros(cents) for cents in (found.pot, found.held, found.pot - found.held))
    who = speaker.counted(
        found.full,
        ("vlogi, ki doseže", "vlogama, ki dosežeta", "vlogam, ki dosežejo", "vlogam, ki dosežejo", ""),
        ("application that reaches its own limit", "applications that reach their own limits"),
    )
    return speaker.say(
        f"Od {pot} pripada {found.full} {who} svojo omejitev, skupaj {held}; za vse druge ostane {left}.",
        f"Of {pot}, {held} in all goes to {found.full} {who}; {left} is left for all others.",
    )


def value(speaker: Speaker, rulebook: Rulebook, lot: LotAllocation) -> tuple[str, ...]:
    """The value of a point and how it came about, or why there is none."""
    value = amounts.value_of_point(speaker, rulebook, lot) or (_without_value(speaker, lot),)
    return (*told(speaker, rulebook, lot), *value)


def _without_value(speaker: Speaker, lot: LotAllocation) -> str:
    """Why a lot that is shared by weight has no value of a point."""
    say, kept_out = speaker.say, [one.limited_by == MINIMUM for one in lot.awards if one.wish.want]
    if not kept_out:
        return say("Ni vloge, ki bi ji kaj pripadalo.", "There is no application that is due anything.")
    if any(one.limited_by == FIXED for one in lot.awards):
        return say(
            "Sredstva ne zadoščajo za stalne dele vseh vlog, zato vsaka prejme enak delež svojega stalnega dela.",
            "The money does not suffice for the fixed parts of all; each gets the same share of its fixed part.",
        )
    if all(kept_out):
        return say(
            "Delež nobene vloge ne doseže najnižjega zneska, ki se dodeli.",
            "No application's share reaches the least amount awarded.",
        )
    if any(kept_out):
        return say(
            "Sredstva zadoščajo za vse vloge, ki dosežejo najnižji znesek, do njihovih omejitev.",
            "The money suffices for every application that reaches the least amount, up to its limits.",
        )
    return say(
        "Sredstva zadoščajo za vse vloge do njihovih omejitev.",
        "The money suffices for every application up to its limits.",
    )
