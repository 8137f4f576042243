"""Phrases the rules need again and again: what facts are called, rounding, articles, how many get money."""

from __future__ import annotations

from collections.abc import Sequence

from razpis.engine.money import Rounding
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.allocation import Allocation
from razpis.engine.wording import naming
from razpis.engine.wording.speaker import NBSP, Speaker

_POINTS = {
    "points": Text("točke", "points"),
    "ranking_points": Text("točke za vrstni red", "points for the order"),
    "place": Text("mesto", "place"),
    "lot_amount": Text("sredstva sklopa", "the lot's money"),
    "wanted": Text("znesek po omejitvah", "the amount within the limits"),
}
_MODES = {
    "half_up": Text("polovica navzgor", "halves up"),
    "half_even": Text("polovica k sodi", "halves to even"),
    "down": Text("navzdol", "down"),
    "up": Text("navzgor", "up"),
}


def quoted(speaker: Speaker, text: str) -> str:
    """A name inside a sentence: ``»Stroški«``, ``'Costs'``."""
    return speaker.say(f"»{text}«", f"'{text}'")


def scored(speaker: Speaker, rulebook: Rulebook, name: str) -> str:
    """The quoted title of the section or criterion whose points ``name`` is; blank for any other fact."""
    part = name.removeprefix("points_")
    for titled in (rulebook.sections, rulebook.file.criteria):
        if part != name and part in titled:
            return quoted(speaker, speaker.text(titled[part].title))
    return ""


def fact(speaker: Speaker, rulebook: Rulebook, name: str) -> str:
    """What a name in an expression is called."""
    if name in _POINTS:
        return speaker.text(_POINTS[name])
    title = scored(speaker, rulebook, name)
    if title:
        return speaker.say(f"točke {title}", f"points of {title}")
    label = naming.label(speaker, rulebook, name)
    return quoted(speaker, label) if name in rulebook.fields or name in rulebook.file.derived else label


def decimals(speaker: Speaker, rule: Rounding) -> str:
    """``na 2 decimalki (polovica navzgor)``."""
    if rule.places < 0:
        to = speaker.say("na ", "to ") + speaker.number(10**-rule.places)
    elif rule.places == 0:
        to = speaker.say("na celo število", "to a whole number")
    else:
        words = speaker.counted(
            rule.places, ("decimalko", "decimalki", "decimalke", "decimalk", ""), ("decimal", "decimals")
        )
        to = speaker.say("na ", "to ") + f"{rule.places}{NBSP}{words}"
    return f"{to} ({speaker.text(_MODES[rule.mode])})"


def cents(speaker: Speaker, rule: Rounding) -> str:
    """``na cent (polovica navzgor)``: rounding of an amount."""
    known = {2: speaker.say("na cent", "to the cent"), 0: speaker.say("na evro", "to the euro")}
    to = known.get(rule.places)
    if to is None and rule.places < 0:
        to = speaker.say("na ", "to ") + speaker.number(10**-rule.places) + speaker.say(" evrov", " euros")
    return f"{to} ({speaker.text(_MODES[rule.mode])})" if to else decimals(speaker, rule)


def article(speaker: Speaker, text: Text | None) -> str:
    """`` (7. člen)``, or nothing."""
    return f" ({speaker.text(text)})" if text else ""


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?", ":")) else f"{whole}."


def lower(text: str) -> str:
    """A title inside a sentence: its first letter small, unless more of the word is capital."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def lots_named(speaker: Speaker, rulebook: Rulebook, lots: Sequence[str]) -> str:
    """``v sklopu »Kultura«``, ``v sklopih »Kultura« in »Šport«``."""
    names = [quoted(speaker, speaker.text(rulebook.lots[lot].title) or lot) for lot in lots]
    listed = speaker.say(" in ", " and ").join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    many = speaker.say("v sklopih", "in the lots") if names[1:] else speaker.say("v sklopu", "in the lot")
    return f"{many} {listed}"


def unit_value(speaker: Speaker, rule: Allocation) -> str:
    """What shares are computed with: the value of a point, or of one unit of another weight."""
    if rule.weight == "points":
        return speaker.say("vrednost točke", "value of a point")
    return speaker.say("vrednost enote", "value of one unit")


def recipients(speaker: Speaker, most: int) -> str:
    """After »največ«: ``1 vloga``, ``2 vlogi``, ``3 vloge``, ``5 vlog``."""
    forms = ("vloga", "vlogi", "vloge", "vlog", "")
    return f"{most} {speaker.counted(most, forms, ('application', 'applications'))}"


def winners(speaker: Speaker, most: int | None) -> list[str]:
    """How many may get money, where that is limited."""
    if most is None:
        return []
    count = recipients(speaker, most)
    return [
        speaker.say(
            f"Sredstva prejme največ {count} po vrstnem redu; če bi deljeno mesto to število preseglo, jih ne prejme "
            "nobena vloga s tega mesta.",
            f"At most {count} {'gets' if most == 1 else 'get'} money, the first in the order; where a shared place "
            "would exceed that number, none of it does.",
        )
    ]
