"""The effective weights of the criteria as a table in words."""

from __future__ import annotations

from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.weights import Weight, ranks_apart, weights
from razpis.engine.wording.speaker import NBSP, Speaker


def weight_rows(speaker: Speaker, rulebook: Rulebook) -> tuple[tuple[str, ...], ...]:
    """The head, then a row for each criterion; ``–`` where a criterion has no known maximum.

    The first column is the title; the others are right-aligned. The ranking has its own two columns where it
    has its own weights.
    """
    apart = ranks_apart(rulebook)
    head = [
        speaker.say("merilo", "criterion"),
        speaker.say("sámo prinese", "alone gives"),
        speaker.say("delež", "share"),
        speaker.say("brez njega manj", "without it less"),
    ]
    if apart:
        head += [speaker.say("v vrstnem redu", "in the order"), speaker.say("delež", "share")]
    rows = [
        _row(speaker, speaker.text(rule.rule.title), weight, apart)
        for rule, weight in paired(rulebook.criteria, weights(rulebook))
    ]
    return tuple(head), *rows


def weight_notes(speaker: Speaker) -> tuple[str, ...]:
    """What the columns mean."""
    return (
        speaker.say(
            "Sámo prinese: točke vloge, ki ima največ le pri tem merilu, pri drugih pa nič, z upoštevanimi utežmi in "
            "mejami sklopov, pragovi pa ne; delež je od največjega mogočega števila točk.",
            "Alone gives: the points of an application with full marks in this criterion and none in the others, "
            "weights and caps of sections counted, thresholds not; the share is of the most points possible.",
        ),
        speaker.say(
            "Brez njega manj: koliko izgubi vloga, ki ima pri tem merilu najmanj, pri vseh drugih pa največ, skupaj s "
            "tem, kar zato izgubi pri merilih, ki se računajo iz njegovih točk.",
            "Without it less: what an application loses that has the least here and full marks in all the others, "
            "with what it loses in criteria that are computed from its points.",
        ),
    )


def _row(speaker: Speaker, title: str, weight: Weight, apart: bool) -> tuple[str, ...]:
    row = [title, _number(speaker, weight.alone), _percent(speaker, weight.share)]
    row.append(_number(speaker, weight.among_full))
    if apart:
        row += [_number(speaker, weight.ranking), _percent(speaker, weight.ranking_share)]
    return tuple(row)


def _number(speaker: Speaker, value: Number | None) -> str:
    return "–" if value is None else speaker.number(value, 2)


def _percent(speaker: Speaker, value: Number | None) -> str:
    return "–" if value is None else speaker.number(value, 1) + speaker.say(f"{NBSP}%", "%")
