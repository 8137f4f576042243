"""The whole explanation of one application's result, and of how one lot was divided."""

from __future__ import annotations

from razpis.engine.allocation import LotAllocation
from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import RankRule
from razpis.engine.scoring import Standing
from razpis.engine.trace import (
    Explanation,
)
from razpis.engine.wording import amounts, criteria, refusal, scores
from razpis.engine.wording.speaker import Speaker


def explain(evaluation: Evaluation, line: Line, language: Language) -> Explanation:
    """Everything about one application's result in ``language``."""
    rulebook, speaker, score = evaluation.rulebook, Speaker(language), line.score
    lot = next((one for one in evaluation.lots if one.lot == line.case.lot), None)
    award_steps: tuple[str, ...] = ()
    if line.award is not None and lot is not None:
        award_steps = amounts.steps(speaker, rulebook, line, line.award, lot)
    return Explanation(
        language=language,
        summary=_summary(speaker, rulebook, line),
        dismissals=tuple(scores.dismissal(speaker, rulebook, one) for one in score.dismissals),
        corrections=tuple(scores.corrections(speaker, rulebook, line)),
        conditions=tuple(scores.conditions(speaker, rulebook, line)),
        criteria=tuple(
            criteria.trace(speaker, rulebook, rule, score, given)
            for rule, given in zip(rulebook.criteria, score.criteria, strict=bool(score.criteria))
        )
        if score.criteria
        else (),
        sections=tuple(scores.section(speaker, rulebook, one) for one in score.sections),
        total=scores.total(speaker, rulebook, line),
        thresholds=tuple(scores.threshold(speaker, rulebook, one) for one in score.thresholds),
        place=_place(speaker, evaluation, line),
        amount=award_steps,
        refusal=refusal.reasons(speaker, rulebook, line, lot),
    )


def explain_lot(evaluation: Evaluation, lot: LotAllocation, language: Language) -> tuple[str, ...]:
    """How one lot's money was divided: the money, the method, the value of a point, what is left."""
    speaker = Speaker(language)
    say, rule = speaker.say, evaluation.rulebook.file.allocation
    assert rule is not None
    lines = [say("Razpisana sredstva: ", "Money available: ") + speaker.euros(lot.amount) + "."]
    if rule.fill == "rank":
        lines.append(_EDGES[evaluation.rulebook.edge(lot.lot)][0 if language == "sl" else 1])
    else:
        lines.append(
            say(
                "Sredstva se delijo sorazmerno s točkami: znesek je število točk, pomnoženo z vrednostjo točke, "
                "vendar največ do omejitev posamezne vloge.",
                "The money is shared in proportion to points: points times the value of a point, up to the "
                "limits of each application.",
            )
            if rule.weight == "points"
            else say(
                f"Sredstva se delijo sorazmerno z utežjo »{rule.weight}«, vendar največ do omejitev posamezne vloge.",
                f"The money is shared in proportion to '{rule.weight}', up to the limits of each application.",
            )
        )
        if rule.resharing:
            lines.append(
                say(
                    "Česar vloga zaradi svoje omejitve ne more prejeti, se razdeli med druge.",
                    "What an application cannot take because of its limit is shared among the others.",
                )
            )
        lines.append(_value(speaker, lot))
    lines.append(
        say(
            f"Dodeljeno: {speaker.euros(lot.spent)}; nerazdeljeno: {speaker.euros(lot.left)}.",
            f"Awarded: {speaker.euros(lot.spent)}; not awarded: {speaker.euros(lot.left)}.",
        )
    )
    return tuple(lines)


_EDGES = {
    "part": (
        "Sredstva se dodelijo po prednostnem vrstnem redu; vloga, za katero jih ne ostane dovolj, prejme preostanek.",
        "The money is granted in rank order; the application it no longer suffices for gets what is left.",
    ),
    "skip": (
        "Sredstva se dodelijo po prednostnem vrstnem redu; vloga, za katero jih ne ostane dovolj, se preskoči.",
        "The money is granted in rank order; an application it does not suffice for is skipped.",
    ),
    "stop": (
        "Sredstva se dodelijo po prednostnem vrstnem redu do prve vloge, za katero jih ne ostane dovolj.",
        "The money is granted in rank order up to the first application it does not suffice for.",
    ),
}


def _value(speaker: Speaker, lot: LotAllocation) -> str:
    if lot.value_of_point is None or lot.exact_value is None:
        return speaker.say(
            "Sredstva zadoščajo za vse vloge do njihovih omejitev.",
            "The money suffices for every application up to its limits.",
        )
    value = speaker.value_of_point(lot.value_of_point)
    exact = speaker.value_of_point(lot.exact_value)
    rounding = speaker.say(f" (zaokroženo; pred tem {exact})", f" (rounded from {exact})")
    shown = value + (rounding if lot.value_of_point != lot.exact_value else "")
    return speaker.say(f"Vrednost točke: {shown}.", f"Value of a point: {shown}.")


def _summary(speaker: Speaker, rulebook: Rulebook, line: Line) -> str:
    say = speaker.say
    match line.outcome:
        case "granted":
            return say("Odobreno v celoti: ", "Granted in full: ") + speaker.euros(line.cents) + "."
        case "part":
            assert line.award is not None
            refused = speaker.euros(amounts.missing_money(line.award))
            granted = speaker.euros(line.cents)
            return say(
                f"Delno odobreno: {granted}; v preostalem delu ({refused}) zavrnjeno.",
                f"Partly granted: {granted}; the rest ({refused}) is refused.",
            )
        case "below_threshold":
            return say("Zavrnjeno: vloga ne doseže praga.", "Refused: below the threshold.")
        case "no_money":
            return say("Zavrnjeno: sredstev ni bilo dovolj.", "Refused: there was not enough money.")
        case "condition_failed":
            return say("Zavrnjeno: pogoj ni izpolnjen.", "Refused: a condition is not met.")
        case "dismissed":
            return say("Zavrženo.", "Dismissed.")
        case "not_scored":
            return say("Še ni ocenjeno: ocen je premalo.", "Not scored yet: there are too few marks.")
        case "open_tie":
            return say("Čaka na razrešitev izenačenja.", "Waits for a tie to be settled.")
        case _:
            return say("Uvrščeno.", "Ranked.")


def _place(speaker: Speaker, evaluation: Evaluation, line: Line) -> str:
    if line.ranked is None or line.score.standing is not Standing.RANKED:
        return ""
    ranking = next(one for one in evaluation.rankings if one.lot == line.case.lot)
    of = len(ranking.order)
    text = speaker.say(f"{line.ranked.place}. mesto med {of} uvrščenimi", f"place {line.ranked.place} of {of} ranked")
    keys = [
        f"{key_title(speaker, evaluation.rulebook, rule)} "
        + criteria.quantity(speaker, evaluation.rulebook, rule.key.expression or "", value)
        for rule, value in zip(evaluation.rulebook.ranking, line.ranked.keys, strict=True)
        if value is not None and not rule.key.submitted_at
    ]
    text += f" ({'; '.join(keys)})" if keys else ""
    tie = next((one for one in ranking.ties if line.case.id in one.ids), None)
    if tie is None:
        return text
    settled = {
        "draw": speaker.say("o vrstnem redu je odločil žreb", "the order was decided by draw"),
        "shared": speaker.say("mesto si deli z drugimi z enakimi vrednostmi", "the place is shared with equals"),
        "open": speaker.say("izenačenje še ni razrešeno", "the tie is not settled yet"),
    }[tie.settled]
    return f"{text}; {settled}"


def key_title(speaker: Speaker, rulebook: Rulebook, rule: RankRule) -> str:
    """What a ranking key compares, in words."""
    key = rule.key
    if key.label is not None:
        return speaker.text(key.label)
    if key.points:
        return speaker.say("točke", "points")
    if key.section:
        return speaker.text(rulebook.sections[key.section].title)
    if key.criterion:
        return speaker.text(rulebook.file.criteria[key.criterion].title)
    if key.expression:
        return criteria.label(speaker, rulebook, key.expression)
    return speaker.say("vrstica vhodne datoteke", "line of the input")
