"""Members' marks in words: what was given, what counts of it, and where they are too far apart."""

from __future__ import annotations

from razpis.engine.cases import AGREED
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Marks
from razpis.engine.scoring import CriterionScore
from razpis.engine.scoring.marks import broken
from razpis.engine.scoring.score import Disagreement, Marked, TooFewMarks
from razpis.engine.trace import MarkTrace
from razpis.engine.wording.speaker import Speaker

_COMBINED = {
    "mean": ("povprečje", "mean"),
    "median": ("mediana", "median"),
    "trimmed_mean": (
        "povprečje brez najnižje in najvišje ocene",
        "mean without the lowest and the highest mark",
    ),
    "sum": ("vsota", "sum"),
    "lowest": ("najnižja ocena", "lowest mark"),
    "highest": ("najvišja ocena", "highest mark"),
    "closest_two": ("povprečje najbližjih dveh ocen", "mean of the two closest marks"),
}


def marked(speaker: Speaker, rule: Marks, basis: Marked) -> str:
    """The members' marks and what they were combined to."""
    given = [mark.points for mark in basis.marks if mark.points is not None]
    how = rule.combine if basis.counted or broken(rule, given) is None else "closest_two"
    turned = ""
    if rule.lowest_is_best:
        summed = len(basis.counted or given) if how == "sum" and basis.agreed is None else 1
        ends = speaker.number((rule.max + rule.min) * summed)
        turned = f" → {ends} − {speaker.number(basis.combined)}"
    if basis.agreed is not None:
        return speaker.say("soglasno določena ocena", "agreed mark") + f" {speaker.number(basis.combined)}{turned}"
    listed = "; ".join(speaker.number(points) for points in given)
    if basis.scaled:
        scaled = "; ".join(speaker.number(points) for points in basis.scaled)
        listed += speaker.say(f", na skupni lestvici {scaled}", f", on the common scale {scaled}")
    combined = speaker.say(*_COMBINED[how])
    if basis.counted:
        counting = "; ".join(
            speaker.number(mark.points)
            for mark in basis.marks
            if mark.points is not None and mark.member in basis.counted
        )
        combined = speaker.say("štejejo ocene članov z najbližjima seštevkoma", "the members with the closest sums")
        combined += f" ({counting}), {speaker.say(*_COMBINED[how])}"
    if rule.round_combined is not None:
        combined += speaker.say(" (zaokroženo)", " (rounded)")
    return (
        speaker.say("ocene", "marks") + f" {listed}: {combined} {speaker.number(basis.combined)}{turned}"
        if len(given) > 1
        else speaker.say("ocena", "mark") + f" {listed}{turned}"
    )


def apart(speaker: Speaker, rulebook: Rulebook, basis: Disagreement) -> str:
    """Marks, or members\' sums, too far apart, and what follows."""
    what = speaker.say("ocene", "the marks")
    if basis.of:
        listed = "; ".join(speaker.number(one) for one in basis.sums)
        where = speaker.text(rulebook.sections[basis.of].title) if basis.of in rulebook.sections else ""
        inside = speaker.say(f" v sklopu »{where}«", f" in '{where}'") if where else ""
        what = speaker.say(f"seštevki ocen članov{inside}", f"the members' sums{inside}") + f" ({listed})"
    return speaker.say(f"{what} se preveč razhajajo; ", f"{what} are too far apart; ") + (
        speaker.say("potrebna je soglasna ocena", "an agreed mark is needed")
        if basis.then == "agreed"
        else speaker.say("potrebna je ocena še enega člana", "one more member has to mark")
    )


def _member(speaker: Speaker, member: str) -> str:
    return speaker.say("soglasno", "agreed") if member == AGREED else member


def marks(speaker: Speaker, given: CriterionScore) -> tuple[MarkTrace, ...]:
    """The marks a criterion\'s points stand on, each with its reason."""
    if not isinstance(given.basis, Marked | TooFewMarks | Disagreement):
        return ()
    return tuple(
        MarkTrace(
            _member(speaker, mark.member), "" if mark.points is None else speaker.number(mark.points), mark.reason
        )
        for mark in given.basis.marks
    )
