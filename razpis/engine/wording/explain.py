"""The whole explanation of one application's result, and of how one lot was divided."""

from __future__ import annotations

from razpis.engine import money
from razpis.engine.allocation import LotAllocation
from razpis.engine.allocation.award import MONEY, WINNERS
from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.allocation import Allocation
from razpis.engine.rulebook.compiled import RankRule
from razpis.engine.scoring import Standing
from razpis.engine.scoring.score import Disagreement
from razpis.engine.trace import Explanation
from razpis.engine.wording import amounts, cut_off, naming, point_value, refusal, scores
from razpis.engine.wording.rules_phrases import winners
from razpis.engine.wording.rules_spoken import spoken
from razpis.engine.wording.speaker import Speaker
from razpis.engine.wording.traces import Traces


class Explainer:
    """Explains the results of one evaluation in one language, one application after another."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        self._evaluation = evaluation
        self._speaker = Speaker(language)
        self._lots = {lot.lot: lot for lot in evaluation.lots}
        self._together = amounts.add_up(evaluation.lots)
        self._divided: dict[str, tuple[str, ...]] = {}
        self.traces = Traces(self._speaker, evaluation.rulebook)

    def explain(self, line: Line) -> Explanation:
        """Everything about one application's result."""
        speaker, rulebook, score = self._speaker, self._evaluation.rulebook, line.score
        lot = self._lots.get(line.case.lot)
        award_steps: tuple[str, ...] = ()
        if line.award is not None and lot is not None:
            award_steps = amounts.steps(speaker, rulebook, line, line.award, lot, self._together)
        return Explanation(
            language=speaker.language,
            summary=_summary(speaker, rulebook, line),
            dismissals=tuple(scores.dismissal(speaker, rulebook, one) for one in score.dismissals),
            corrections=tuple(scores.corrections(speaker, rulebook, line)),
            conditions=tuple(scores.conditions(speaker, rulebook, line)),
            criteria=tuple(
                self.traces.trace(rule, score, given)
                for rule, given in zip(rulebook.criteria, score.criteria, strict=bool(score.criteria))
            ),
            sections=tuple(scores.section(speaker, rulebook, one) for one in score.sections),
            total=scores.total(speaker, rulebook, line),
            thresholds=tuple(scores.threshold(speaker, rulebook, one) for one in score.thresholds),
            place=_place(speaker, self._evaluation, line),
            amount=award_steps,
            refusal=refusal.reasons(speaker, rulebook, line, lot, self._together),
        )

    def divided(self, lot: str) -> tuple[str, ...]:
        """How the money of a lot was divided, put into words once for all its applications."""
        if lot not in self._divided:
            self._divided[lot] = explain_lot(self._evaluation, self._lots[lot], self._speaker.language)
        return self._divided[lot]


def explain(evaluation: Evaluation, line: Line, language: Language) -> Explanation:
    """Everything about one application's result in ``language``."""
    return Explainer(evaluation, language).explain(line)


def explain_lot(evaluation: Evaluation, lot: LotAllocation, language: Language) -> tuple[str, ...]:
    """How one lot's money was divided: the money, the method, the value of a point, what is left."""
    speaker = Speaker(language)
    say, rule = speaker.say, evaluation.rulebook.file.allocation
    assert rule is not None
    of = say(" sklopa", " to the lot") if lot.lot else ""
    lines = [say(f"Razpisana sredstva{of}: ", f"Money available{of}: ") + speaker.euros(lot.amount) + "."]
    lines += cut_off.basis(speaker, rule)
    lines += _threshold(speaker, evaluation.rulebook, rule, lot)
    if evaluation.rulebook.fill(lot.lot) == "rank":
        lines.append(say(*_EDGES[evaluation.rulebook.edge(lot.lot)]))
        lines += winners(speaker, evaluation.rulebook.most_winners(lot.lot))
        lines += cut_off.cut_off(speaker, evaluation, lot)
    else:
        lines += _in_shares(speaker, evaluation.rulebook, rule, lot)
    lines += _moved(speaker, lot)
    spent, left = speaker.euros(lot.spent), speaker.euros(lot.left)
    lines.append(say(f"Dodeljeno: {spent}; nerazdeljeno: {left}.", f"Awarded: {spent}; not awarded: {left}."))
    return tuple(lines)


def lot_numbers(evaluation: Evaluation, lot: LotAllocation, language: Language) -> tuple[str, ...]:
    """The numbers that one lot's division stands on, beside the money and the method: a threshold that follows from
    the money, how the value of a point came about or where the money ended, what was moved between lots."""
    speaker, rulebook, rule = Speaker(language), evaluation.rulebook, evaluation.rulebook.file.allocation
    assert rule is not None
    if rulebook.fill(lot.lot) == "rank":
        told = cut_off.cut_off(speaker, evaluation, lot)
    else:
        told = point_value.value(speaker, rulebook, lot)
    return (*_threshold(speaker, rulebook, rule, lot), *told, *_moved(speaker, lot))


def _threshold(speaker: Speaker, rulebook: Rulebook, rule: Allocation, lot: LotAllocation) -> list[str]:
    """The threshold that follows from the money, with what those who reach it may have together; who comes behind
    the most winners is counted too, for the threshold is found before."""
    if rule.money_threshold is None or lot.threshold is None:
        return []
    sums = sum(amounts.wanted(rulebook, one.wish) for one in lot.awards if one.wish.bound != MONEY)
    least, together = speaker.points(lot.threshold), speaker.euros(sums)
    times = speaker.number(money.divide(sums, max(lot.amount, 1)), 2)
    return [
        speaker.say(
            f"Prag, ki sledi iz sredstev: {least}. Vlogam, ki ga dosegajo, skupaj pripada {together}, kar je "
            f"{times}-krat toliko, kot je sredstev.",
            f"The threshold that follows from the money: {least}. Those who reach it may have {together} together, "
            f"{times} times the money.",
        )
    ]


def _in_shares(speaker: Speaker, rulebook: Rulebook, rule: Allocation, lot: LotAllocation) -> list[str]:
    say = speaker.say
    if rule.weight == "points":
        method = say(
            "Sredstva se delijo sorazmerno s točkami: znesek je število točk, pomnoženo z vrednostjo točke, "
            "vendar največ do omejitev posamezne vloge.",
            "The money is shared in proportion to points: points times the value of a point, up to the "
            "limits of each application.",
        )
    else:
        weight = spoken(speaker, rulebook, rule.weight)
        method = say(
            f"Sredstva se delijo sorazmerno z utežjo: {weight}; vendar največ do omejitev posamezne vloge.",
            f"The money is shared in proportion to a weight: {weight}; up to the limits of each application.",
        )
    again = say(
        "Česar vloga zaradi svoje omejitve ne more prejeti, se razdeli med druge.",
        "What an application cannot take because of its limit is shared among the others.",
    )
    if rule.fixed_part is not None:
        first = say(
            "Vsaka vloga najprej prejme svoj stalni del; po tem se deli, kar ostane.",
            "Every application first gets its fixed part; then the rest is shared.",
        )
        method = f"{first} {method}"
    return [method, *([again] if rule.resharing else []), *point_value.value(speaker, rulebook, lot)]


def _moved(speaker: Speaker, lot: LotAllocation) -> list[str]:
    """Leftovers that came from other lots or went to them."""
    say, lines = speaker.say, []
    if lot.received:
        cents = speaker.euros(lot.received)
        lines.append(say(f"Iz drugih sklopov preneseno: {cents}.", f"Brought over from other lots: {cents}."))
    if lot.given:
        cents = speaker.euros(lot.given)
        lines.append(say(f"V druge sklope preneseno: {cents}.", f"Passed on to other lots: {cents}."))
    return lines


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
            return _without_money(speaker, line)
        case "condition_failed":
            failed = sum(1 for one in line.score.conditions if not one.met)
            sl = ("pogoj ni izpolnjen", "pogoja nista izpolnjena", "pogoji niso izpolnjeni")[min(failed, 3) - 1]
            en = "a condition is not met" if failed == 1 else f"{failed} conditions are not met"
            return say(f"Zavrnjeno: {sl}.", f"Refused: {en}.")
        case "dismissed":
            return say("Zavrženo.", "Dismissed.")
        case "not_scored" if any(isinstance(one.basis, Disagreement) for one in line.score.criteria):
            return say("Še ni ocenjeno: ocene se preveč razhajajo.", "Not scored yet: the marks are too far apart.")
        case "not_scored":
            return say("Še ni ocenjeno: ocen je premalo.", "Not scored yet: there are too few marks.")
        case "open_tie":
            return say("Čaka na razrešitev izenačenja.", "Waits for a tie to be settled.")
        case _:
            return say("Uvrščeno.", "Ranked.")


def _without_money(speaker: Speaker, line: Line) -> str:
    """Why it got nothing, in a few words."""
    say = speaker.say
    if line.limited_by == WINNERS:
        return say("Zavrnjeno: število prejemnikov je omejeno.", "Refused: the number of recipients is limited.")
    if line.limited_by == MONEY:
        return say(
            "Zavrnjeno: vloga ne doseže praga, ki sledi iz razpisanih sredstev.",
            "Refused: below the threshold that follows from the money.",
        )
    if line.award is not None and not line.award.wish.want:
        return say("Zavrnjeno: po pravilih vlogi ne pripada noben znesek.", "Refused: the rules entitle it to nothing.")
    return say("Zavrnjeno: sredstev ni bilo dovolj.", "Refused: there was not enough money.")


def _place(speaker: Speaker, evaluation: Evaluation, line: Line) -> str:
    if line.ranked is None or line.score.standing is not Standing.RANKED:
        return ""
    ranking = next(one for one in evaluation.rankings if one.lot == line.case.lot)
    place, of = line.ranked.place, len(ranking.order)
    ranked = ("uvrščeno vlogo", "uvrščenima vlogama", "uvrščenimi vlogami", "uvrščenimi vlogami", "")
    among = speaker.counted(of, ranked, ("application", "applications"))
    text = speaker.say(f"{place}. mesto med {of} {among}", f"place {place} of {of} {among}")
    if of == 1:
        text = speaker.say("1. mesto, edina uvrščena vloga", "place 1, the only application ranked")
    keys = [
        f"{_key(speaker, evaluation.rulebook, rule)}: {_key_value(speaker, evaluation, line, rule, value)}"
        for rule, value in paired(evaluation.rulebook.ranking, line.ranked.keys)
        if value is not None
    ]
    text += f" ({'; '.join(keys)})" if keys else ""
    tie = line.tie
    if tie is None:
        return text
    settled = {
        "draw": speaker.say("o vrstnem redu je odločil žreb", "the order was decided by draw"),
        "shared": speaker.say("mesto si delijo vloge z enakimi vrednostmi", "the place is shared with equals"),
        "open": speaker.say("izenačenje še ni razrešeno", "the tie is not settled yet"),
    }[tie.settled]
    return f"{text}; {settled}"


def _key(speaker: Speaker, rulebook: Rulebook, rule: RankRule) -> str:
    """What a key compares; points that are weighed otherwise for the order are told apart from the sum of all."""
    apart = any(one.rule.ranking_weight is not None for one in rulebook.criteria)
    if rule.key.points and rule.key.label is None and apart:
        return speaker.say("točke za vrstni red", "points for the order")
    return key_title(speaker, rulebook, rule)


def _key_value(speaker: Speaker, evaluation: Evaluation, line: Line, rule: RankRule, value: Number) -> str:
    if rule.key.submitted_at and line.case.submitted_at is not None:
        return speaker.moment(line.case.submitted_at)
    return naming.quantity(speaker, evaluation.rulebook, rule.key.expression or "", value)


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
        return naming.label(speaker, rulebook, key.expression)
    if key.submitted_at:
        return speaker.say("oddana", "submitted")
    return speaker.say("zaporedna številka vloge", "number in the input")
