"""The rules in a few lines: how much money, how much for one, how many points."""

from __future__ import annotations

from razpis.engine.money import Number
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.bounds import bounds
from razpis.engine.wording.rules_text import Part, bullets
from razpis.engine.wording.speaker import Speaker


def brief(speaker: Speaker, rulebook: Rulebook) -> tuple[Part, ...]:
    """The few lines; nothing where the rules hold none of it."""
    items = [*_money(speaker, rulebook), *_points(speaker, rulebook)]
    return (Part(speaker.say("Na kratko", "In short"), bullets(items)),) if items else ()


def _money(speaker: Speaker, rulebook: Rulebook) -> list[str]:
    lots, say = rulebook.lots, speaker.say
    if not lots:
        return []
    whole = speaker.euros(sum(rulebook.lot_cents(lot) for lot in lots))
    lines = [say(f"Razpisana sredstva: {whole}", f"Money available: {whole}")]
    if len(lots) > 1:
        many = speaker.counted(len(lots), ("sklopu", "sklopih", "sklopih", "sklopih", ""), ("lot", "lots"))
        lines[0] += say(f" v {len(lots)} {many}", f" in {len(lots)} {many}")
    lines[0] += "."
    most = _most(rulebook)
    if most is not None:
        amount = speaker.euros(most * 100)
        lines.append(say(f"Ena vloga lahko prejme največ {amount}.", f"One application gets at most {amount}."))
    return lines


def _most(rulebook: Rulebook) -> Number | None:
    """The lowest limit on a single application that is the same for all."""
    assert rulebook.allocation is not None
    stated = [
        bounds(limit.rule.amount, {}).high
        for limit in rulebook.allocation.limits
        if limit.rule.per == "application" and limit.where is None and not limit.rule.lots
    ]
    return min((amount for amount in stated if amount is not None), default=None)


def _points(speaker: Speaker, rulebook: Rulebook) -> list[str]:
    most, say = rulebook.file.total.max, speaker.say
    needed = [rule for rule in rulebook.thresholds if rule.of == "total" and rule.applies is None]
    if not needed:
        return [] if most is None else [say("Največ točk: ", "Most points: ") + f"{speaker.number(most)}."]
    highest = max(needed, key=lambda rule: (rule.points, rule.strict))
    bound = say("več kot ", "more than ") if highest.strict else say("najmanj ", "at least ")
    of = "" if most is None else say(" od ", " of ") + speaker.number(most)
    points = f"{bound}{speaker.number(highest.points)}{of}"
    return [say(f"Potrebne točke: {points}.", f"Points needed: {points}.")]
