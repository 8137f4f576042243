"""What comes before the money is divided, in words: who takes part, and what everyone gets first."""

from __future__ import annotations

from collections.abc import Sequence

from razpis.engine.money import Number
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.allocation import Allocation
from razpis.engine.wording.rules_phrases import article
from razpis.engine.wording.rules_spoken import amount
from razpis.engine.wording.speaker import Speaker


def money_threshold(speaker: Speaker, rulebook: Rulebook, rule: Allocation) -> list[str]:
    """Who takes part, where that follows from the money."""
    stated = rule.money_threshold
    if stated is None:
        return []
    if stated.at_most is not None:
        which = _at_most(speaker, stated.at_most)
    elif stated.nearest is None:
        which = _at_least(speaker, stated.at_least or 0)
    else:
        which = _nearest(speaker, stated.nearest, stated.at_least)
    begin = speaker.say(
        "V delitvi sodelujejo vloge, ki dosežejo prag, ki sledi iz sredstev",
        "Those take part who reach a threshold that follows from the money",
    )
    if rulebook.file.lots:
        begin = speaker.say(
            "V delitvi vsakega sklopa sodelujejo vloge, ki dosežejo prag, ki sledi iz sredstev tega sklopa",
            "In each lot those take part who reach a threshold that follows from its money",
        )
    return [f"{begin}: {which}{article(speaker, stated.article)}."]


def _at_most(speaker: Speaker, times: Number) -> str:
    shown = speaker.number(times)
    return speaker.say(
        "najnižje število točk, pri katerem zneski vseh, ki ga dosežejo, skupaj ne presegajo "
        f"{shown}-kratnika sredstev",
        "the lowest number of points at which the amounts of all who reach it together are not above "
        f"{shown} times the money",
    )


def _at_least(speaker: Speaker, times: Number) -> str:
    shown = speaker.number(times)
    return speaker.say(
        f"najvišje število točk, pri katerem zneski vseh, ki ga dosežejo, skupaj dosežejo {shown}-kratnik sredstev",
        f"the highest number of points at which the amounts of all who reach it together reach {shown} times the money",
    )


def _nearest(speaker: Speaker, times: Number, least: Number | None) -> str:
    shown = speaker.number(times)
    text = speaker.say(
        f"število točk, pri katerem so zneski vseh, ki ga dosežejo, skupaj najbližje {shown}-kratniku sredstev",
        "the number of points at which the amounts of all who reach it together are nearest to "
        f"{shown} times the money",
    )
    if least is None:
        return text
    at_least = speaker.number(least)
    return text + speaker.say(
        f" in dosežejo vsaj {at_least}-kratnik", f" and reach at least {at_least} times the money"
    )


def fixed_part(speaker: Speaker, rulebook: Rulebook, rule: Allocation) -> list[str]:
    """What everyone gets first; what follows is about the rest."""
    if rule.fixed_part is None:
        return []
    part = amount(speaker, rulebook, rule.fixed_part)
    return [
        speaker.say(
            f"Vsaka vloga najprej prejme stalni del: {part}, ali manj, če ji ne pripada toliko; če sredstev za stalne "
            "dele ni dovolj, prejmejo vse enak delež svojega. Po tem se deli, kar ostane.",
            f"Every application first gets a fixed part: {part}, or less where it may not have so much; where the "
            "money does not suffice for the fixed parts, all get the same share of theirs. Then the rest is shared.",
        )
    ]


def in_lots(speaker: Speaker, rulebook: Rulebook, lots: Sequence[str], told: Sequence[str]) -> list[str]:
    """What holds in some lots only, with their names before it."""
    names = ", ".join(speaker.text(rulebook.lots[lot].title) or lot for lot in lots)
    return [f"{names}: {text}" for text in told]
