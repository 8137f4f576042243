"""Where the money of a lot that is filled in rank order ended, and the rule that it was divided by."""

from __future__ import annotations

from razpis.engine.allocation import LotAllocation
from razpis.engine.evaluation import Evaluation
from razpis.engine.rulebook.allocation import Allocation
from razpis.engine.wording.speaker import Speaker


def basis(speaker: Speaker, rule: Allocation) -> tuple[str, ...]:
    """The provision the division stands on: without one nobody may plead that the money is spent."""
    if rule.article is None:
        return ()
    return (speaker.say("Podlaga za razdelitev: ", "Basis of the division: ") + speaker.text(rule.article) + ".",)


def cut_off(speaker: Speaker, evaluation: Evaluation, lot: LotAllocation) -> tuple[str, ...]:
    """The lowest place that got money, with its points; nothing where all got some, or none did. It is told of the
    division, for an application may be withdrawn after it."""
    funded = {one.id: one.wish.place for one in lot.awards if one.cents}
    if len(funded) in (0, len(lot.awards)):
        return ()
    place = max(funded.values())
    line = next(one for one in evaluation.lines if funded.get(one.case.id) == place)
    points = speaker.points(line.score.ranking_total or 0)
    return (
        speaker.say(
            f"Najnižje mesto, ki so mu bila pri razdelitvi dodeljena sredstva: {place}. ({points}).",
            f"The lowest place that the division gave money to: {place} ({points}).",
        ),
    )
