"""What was found and counted of one application, in words: grounds, corrections, conditions, sums."""

from __future__ import annotations

from razpis.engine import money
from razpis.engine.evaluation import Line
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import ThresholdRule
from razpis.engine.scoring import AnyOfResult, SectionScore, ThresholdResult
from razpis.engine.scoring.score import Dismissal, Late
from razpis.engine.trace import ConditionTrace, Correction, SectionTrace, ThresholdTrace
from razpis.engine.wording import naming
from razpis.engine.wording.rules_phrases import sentence
from razpis.engine.wording.speaker import Speaker


def dismissal(speaker: Speaker, rulebook: Rulebook, dismissal: Dismissal) -> str:
    """Why an application is formally not taken up."""
    if isinstance(dismissal, Late):
        submitted, deadline = speaker.moment(dismissal.submitted_at), speaker.moment(dismissal.deadline)
        return speaker.say(
            f"Vloga je prepozna (oddana: {submitted}; rok: {deadline}).",
            f"The application is late (submitted: {submitted}; deadline: {deadline}).",
        )
    labels = [naming.label(speaker, rulebook, key) for key in dismissal.fields]
    listed = ", ".join(speaker.say(f"»{label}«", f"'{label}'") for label in labels)
    return speaker.say(
        f"Vloga ni popolna, manjkajoči podatki: {listed}.", f"The application is incomplete, not given: {listed}."
    )


def corrections(speaker: Speaker, rulebook: Rulebook, line: Line) -> list[Correction]:
    """Answers the commission corrected, claim and established value side by side."""
    found = []
    for finding in line.case.findings:
        key, *cell = finding.field.split(".")
        claim = line.case.claims[key]
        if cell:
            claim = claim[int(cell[0]) - 1][cell[1]]
        if claim != finding.value:
            label = naming.label(speaker, rulebook, finding.field)
            shown = [naming.shown(speaker, rulebook, finding.field, value) for value in (claim, finding.value)]
            found.append(Correction(label, shown[0], shown[1], finding.reason))
    return found


def conditions(speaker: Speaker, rulebook: Rulebook, line: Line) -> list[ConditionTrace]:
    """Every condition with what was found."""
    found = []
    for rule, result in zip(rulebook.conditions, line.score.conditions, strict=bool(line.score.conditions)):
        origins = naming.origins(speaker, rulebook, rule.test.reads, line.score.facts)
        facts = [key for key in rulebook.kinds if key in rule.test.reads or key in origins]
        told = [
            f"{naming.label(speaker, rulebook, key)}: "
            + (origins.get(key) or naming.shown(speaker, rulebook, key, line.score.facts[key]))
            for key in facts
        ]
        if result.missing is None and any(rulebook.kinds[key].name == "table" for key in facts):
            told.append(naming.derivation(speaker, rulebook, rule.test.derive(line.score.facts)[1]))
        finding = "; ".join(told)
        read = naming.behind(rulebook, rule.test.reads)
        about = (one.reason for one in line.case.findings if one.field.split(".")[0] in read)
        reasons = [reason for reason in about if reason.strip()]  # what is only confirmed has none
        if reasons:
            finding = " ".join(map(sentence, (finding, *reasons)))
        article = speaker.text(rule.rule.article)
        found.append(ConditionTrace(rule.key, speaker.text(rule.rule.text), article, result.met, finding))
    return found


def section(speaker: Speaker, rulebook: Rulebook, given: SectionScore) -> SectionTrace:
    """A section's points, with weight and cap where they changed them."""
    section = rulebook.sections[given.key]
    title = speaker.text(section.title)
    text = f"{title}: {speaker.points(given.points)}"
    if section.max is not None:
        text = f"{title}: {speaker.number(given.points)} {speaker.say('od', 'of')} {speaker.of_points(section.max)}"
    if section.weight != 1:
        text += f" ({speaker.number(given.sum)} × {speaker.number(section.weight)})"
    if section.max is not None and given.sum * section.weight > section.max:
        reached, most = speaker.points(given.sum * section.weight), speaker.number(section.max)
        text += speaker.say(
            f"; skupaj {reached}, upošteva se največ {most}", f"; {reached} in all, at most {most} counted"
        )
    return SectionTrace(given.key, title, given.points, section.max, text)


def total(speaker: Speaker, rulebook: Rulebook, line: Line) -> str:
    """All points, of the stated maximum where there is one."""
    if line.score.total is None:
        return ""
    most = rulebook.file.total.max
    reached = speaker.points(line.score.total)
    if most is not None:
        reached = f"{speaker.number(line.score.total)} {speaker.say('od', 'of')} {speaker.of_points(most)}"
    return speaker.say("Skupaj: ", "Total: ") + reached + _multiplied(speaker, rulebook, line)


def _multiplied(speaker: Speaker, rulebook: Rulebook, line: Line) -> str:
    """The factor on the total, with what it multiplied and how it came about."""
    if rulebook.factor is None:
        return ""
    found, parts = rulebook.factor.derive(line.score.facts)
    loose = [
        given.points or 0 for rule, given in paired(rulebook.criteria, line.score.criteria) if rule.rule.section is None
    ]
    before = speaker.number(money.total([*loose, *(one.points for one in line.score.sections)]))
    factor = speaker.number(found) + (f" ({naming.derivation(speaker, rulebook, parts)})" if len(parts) > 1 else "")
    return speaker.say(f"; {before} × količnik {factor}", f"; {before} × factor {factor}")


def threshold(speaker: Speaker, rulebook: Rulebook, given: ThresholdResult | AnyOfResult) -> ThresholdTrace:
    """A threshold, what was reached, and how much is missing."""
    article = speaker.text(rulebook.file.thresholds[given.at].article)
    compiled, end = rulebook.thresholds[given.at], f" ({article})" if article else ""
    if isinstance(given, ThresholdResult):
        title, need, text = _part(speaker, rulebook, compiled, given)
        return ThresholdTrace(title, need, text + end, given.met)
    parts = [_part(speaker, rulebook, compiled.any_of[one.at], one) for one in given.parts]
    title = speaker.say(
        f"potrebnih pragov: {given.needed} od {len(parts)}", f"{given.needed} of {len(parts)} thresholds"
    )
    need = speaker.say(" ali ", " or ").join(f"{name}: {least}" for name, least, _ in parts)
    text = f"{title}, {speaker.say('doseženih', 'reached')} {given.points} – {'. '.join(one for _, _, one in parts)}"
    return ThresholdTrace(title, need, text + end, given.met)


def _part(
    speaker: Speaker, rulebook: Rulebook, compiled: ThresholdRule, given: ThresholdResult
) -> tuple[str, str, str]:
    """What a threshold is set on, what it needs, and both with what was reached."""
    title = speaker.say("skupaj", "total")
    if compiled.of in rulebook.sections:
        title = speaker.text(rulebook.sections[compiled.of].title)
    elif compiled.of in rulebook.file.criteria:
        title = speaker.text(rulebook.file.criteria[compiled.of].title)
    bound = speaker.say("več kot", "more than") if compiled.strict else speaker.say("najmanj", "at least")
    need = f"{bound} {speaker.needed_points(compiled.points)}"
    text = f"{title}: {need}" + speaker.say(", doseženo ", ", reached ") + speaker.number(given.points)
    return title, need, text if given.met else text + _short(speaker, compiled.points - given.points)


def _short(speaker: Speaker, lacking: Number) -> str:
    if not lacking:
        return speaker.say("; prag mora biti presežen", "; the threshold must be exceeded")
    points = speaker.points(lacking)
    verb = speaker.counted(lacking, ("manjka", "manjkata", "manjkajo", "manjka", "manjka"), ("", ""))
    return speaker.say(f"; do praga {verb} {points}", f"; {points} short")
