"""Why an application was refused or dismissed, or why it was not granted more."""

from __future__ import annotations

from razpis.engine.allocation import LotAllocation
from razpis.engine.allocation.award import FIXED, LEVEL
from razpis.engine.allocation.passes import GENERAL
from razpis.engine.evaluation import Line
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import AnyOfResult, ThresholdResult
from razpis.engine.scoring.score import NotReached
from razpis.engine.wording import amounts, scores
from razpis.engine.wording.amounts import Together
from razpis.engine.wording.rules_phrases import sentence
from razpis.engine.wording.speaker import Speaker


def reasons(
    speaker: Speaker, rulebook: Rulebook, line: Line, lot: LotAllocation | None, together: Together
) -> tuple[str, ...]:
    """Whole sentences; none where the request was granted in full or nothing is decided yet."""
    match line.outcome:
        case "dismissed" | "condition_failed":
            return (
                *(scores.dismissal(speaker, rulebook, one) for one in line.score.dismissals),
                *_conditions(speaker, rulebook, line),
            )
        case "below_threshold":
            failed = [scores.threshold(speaker, rulebook, one) for one in _deciding(rulebook, line)]
            begin = speaker.say("Vloga ne doseže praga – ", "The application is below the threshold – ")
            return tuple(f"{begin}{one.sentence}." for one in failed)
        case "part" | "no_money" if lot is not None:
            return _money(speaker, rulebook, line, lot, together)
        case _:
            return ()


def _deciding(rulebook: Rulebook, line: Line) -> list[ThresholdResult | AnyOfResult]:
    """The thresholds that were not reached. Where one of them kept later criteria from being scored, sums that these
    count in say nothing: that one is the reason, beside others that stand by themselves."""
    failed = [one for one in line.score.thresholds if not one.met]
    closed = {one.key for one in line.score.criteria if isinstance(one.basis, NotReached)}
    if closed:
        closed |= {
            "total",
            *(rule.rule.section for rule in rulebook.criteria if rule.key in closed and rule.rule.section),
        }
    return [one for one in failed if closed.isdisjoint(part.of for part in rulebook.thresholds[one.at].parts)] or failed


def _conditions(speaker: Speaker, rulebook: Rulebook, line: Line) -> list[str]:
    return [
        speaker.say(
            f"Pogoj »{one.text}«{_article(one.article)} ni izpolnjen. {sentence(one.finding)}",
            f"The condition '{one.text}'{_article(one.article)} is not met. {sentence(one.finding)}",
        )
        for one in scores.conditions(speaker, rulebook, line)
        if not one.met
    ]


def _article(article: str) -> str:
    return f" ({article})" if article else ""


def _money(speaker: Speaker, rulebook: Rulebook, line: Line, lot: LotAllocation, together: Together) -> tuple[str, ...]:
    award = line.award
    assert award is not None
    refused = speaker.euros(amounts.missing_money(award))
    if award.limited_by == LEVEL and award.share is not None and lot.value_of_point is not None:
        value = speaker.value_of_point(lot.value_of_point)
        share = speaker.euros(award.share)
        why = speaker.say(
            f"sredstva so razdeljena po točkah in vrednost točke je {value}, kar za to vlogo pomeni {share}",
            f"the money is shared by points and a point is worth {value}, which gives {share} here",
        )
        if rulebook.file.allocation is not None and rulebook.file.allocation.weight != "points":
            why = speaker.say(
                f"sredstva so razdeljena po uteži in vrednost enote je {value}, kar za to vlogo pomeni {share}",
                f"the money is shared by weight and one unit is worth {value}, which gives {share} here",
            )
        if amounts.fixed(award):
            part = speaker.euros(amounts.fixed(award))
            why += speaker.say(f" poleg stalnega dela {part}", f" beside the fixed part of {part}")
        if any(cents and name not in (FIXED, GENERAL) for name, cents in award.passes):
            why = amounts.by_passes(speaker, rulebook, award, lot, together)
    else:
        why = amounts.limited(speaker, rulebook, award, lot, together)
    return (
        speaker.say(
            f"Zneska {refused} ni mogoče dodeliti: {why}.",
            f"The amount of {refused} cannot be granted: {why}.",
        ),
    )
