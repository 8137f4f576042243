"""What the points of a criterion stand on, in words."""

from __future__ import annotations

from typing import Any

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.ranking import points_facts
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Band, Bands, Checklist, Choice, Criterion, Marks, PerUnit, Relative
from razpis.engine.rulebook.fields import ChoiceField
from razpis.engine.scoring import CriterionScore, Score
from razpis.engine.scoring.score import (
    Chosen,
    Computed,
    Disagreement,
    InBand,
    Marked,
    NotGiven,
    NotKnown,
    NotReached,
    Related,
    Ticked,
    TooFewMarks,
    Units,
)
from razpis.engine.scoring.sums import Sums
from razpis.engine.trace import CriterionTrace
from razpis.engine.wording import marking, naming
from razpis.engine.wording.rules_phrases import fact
from razpis.engine.wording.speaker import Speaker

_UNITS = {
    "exact": (("enota", "enoti", "enote", "enot", "enote"), ("unit", "units")),
    "full": (("polna enota", "polni enoti", "polne enote", "polnih enot", ""), ("whole unit", "whole units")),
    "started": (
        ("začeta enota", "začeti enoti", "začete enote", "začetih enot", ""),
        ("started unit", "started units"),
    ),
}


def maximum(compiled: CriterionRule) -> Number | None:
    """The most points a criterion can give after weight and rounding; ``None`` where it has no maximum."""
    rule = compiled.rule
    if rule.max is None or (isinstance(rule, Marks) and rule.combine == "sum"):
        return None
    most = rule.max * rule.weight
    return money.rounded(most, rule.round) if rule.round else most


def trace(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, given: CriterionScore
) -> CriterionTrace:
    """One criterion's points explained."""
    rule = compiled.rule
    most, points = maximum(compiled), given.points
    if isinstance(given.basis, NotReached) and _unknown(rulebook, score, given.basis.of):
        points = None
    basis = _basis(speaker, rulebook, compiled, score, given) + _weighted(speaker, rule, given)
    article = speaker.text(rule.article)
    return CriterionTrace(
        key=compiled.key,
        title=speaker.text(rule.title),
        article=article,
        section=rule.section or "",
        points=points,
        maximum=most,
        basis=basis,
        sentence=_sentence(speaker, speaker.text(rule.title), basis, points, most, article),
        reason=_reason(basis, given),
        marks=marking.marks(speaker, given),
    )


def _weighted(speaker: Speaker, rule: Criterion, given: CriterionScore) -> str:
    """What weight and rounding made of the points, where they changed them."""
    if given.points is None or given.before is None:
        return ""
    text, weighted = "", given.before * rule.weight
    if rule.weight != 1:
        before, weight = speaker.number(given.before), speaker.number(rule.weight)
        text = speaker.say(f"; {before} × utež {weight}", f"; {before} × weight {weight}")
    if weighted != given.points:
        text += speaker.say("; zaokroženo na ", "; rounded to ") + speaker.number(given.points)
    return text


def _reason(basis: str, given: CriterionScore) -> str:
    """The basis and what the members wrote, each thing once; the agreed value's reason stands for all."""
    if not isinstance(given.basis, Marked):
        return basis
    marks = [given.basis.agreed] if given.basis.agreed else given.basis.marks
    reasons = [mark.reason.strip() for mark in marks if mark.points is not None]
    ended = [reason if reason.endswith((".", "!", "?")) else f"{reason}." for reason in reasons if reason]
    return " ".join([f"{basis[:1].upper()}{basis[1:]}.", *dict.fromkeys(ended)])


def _sentence(
    speaker: Speaker, title: str, basis: str, points: Number | None, most: Number | None, article: str
) -> str:
    if points is None:
        result = speaker.say("točke še niso določene", "no points yet")
    elif most is None:
        result = speaker.points(points)
    else:
        result = f"{speaker.number(points)} {speaker.say('od', 'of')} {speaker.of_points(most)}"
    if points is not None:
        basis = basis.removesuffix(f" → {speaker.number(points)}")  # the branch taken is itself the points
    return f"{title}: {basis} → {result}" + (f" ({article})" if article else "")


def _basis(speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, given: CriterionScore) -> str:
    basis, rule = given.basis, compiled.rule
    match basis:
        case InBand() if isinstance(rule, Bands):
            return _in_band(speaker, rulebook, compiled, score, basis, rule)
        case Chosen() if isinstance(rule, Choice):
            return _chosen(speaker, rulebook, rule, basis)
        case Ticked() if isinstance(rule, Checklist):
            return _ticked(speaker, rule, basis)
        case Units() if isinstance(rule, PerUnit):
            return _units(speaker, rulebook, compiled, score, basis, rule)
        case Computed():
            return _computed(speaker, rulebook, compiled, score, basis, given)
        case Marked() if isinstance(rule, Marks):
            return marking.marked(speaker, rule, basis)
        case Related() if isinstance(rule, Relative):
            return _related(speaker, rulebook, compiled, score, basis, rule)
        case Disagreement():
            return marking.apart(speaker, rulebook, basis)
        case NotReached():
            return _closed(speaker, rulebook, score, basis)
        case NotKnown():
            of = fact(speaker, rulebook, f"points_{basis.of}")
            return speaker.say(f"{of} še niso določene", f"{of} are not known yet")
        case TooFewMarks():
            count = sum(1 for mark in basis.marks if mark.points is not None)
            return speaker.say(
                f"število ocen: {count}, potrebnih najmanj {basis.needed}",
                f"marks: {count}, at least {basis.needed} needed",
            )
        case NotGiven():
            return speaker.say("podatka ni", "not given") + f" ({naming.label(speaker, rulebook, basis.fact)})"
        case _:
            return speaker.say("merilo za to vlogo ne velja", "the criterion does not apply here")


def _closed(speaker: Speaker, rulebook: Rulebook, score: Score, basis: NotReached) -> str:
    """Why a criterion behind a threshold is not scored."""
    if _unknown(rulebook, score, basis.of):
        return speaker.say(
            "merilo se še ne točkuje, ker točke, od katerih je odvisno, še niso določene",
            "not scored yet: the points it depends on are not known",
        )
    return speaker.say(
        "merilo se ne točkuje, ker prejšnji prag ni dosežen", "not scored: an earlier threshold is not reached"
    )


def _unknown(rulebook: Rulebook, score: Score, of: str) -> bool:
    """Whether the points of this criterion or section are not known yet."""
    return Sums(rulebook).by_part(score.criteria)[of] is None


def _value(speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, value: Number) -> str:
    """The number a criterion reads: alone where it is a fact, with its derivation where it is computed."""
    assert compiled.value is not None
    source = compiled.value.source
    derived = next((one for one in rulebook.derived if one.key == source), None)
    expression = derived.value if derived else compiled.value
    shown = naming.quantity(speaker, rulebook, source, value)
    facts = _points_read(rulebook, score) if compiled.reads_points else score.facts
    _, parts = expression.derive(facts)
    if len(parts) > 1:
        shown = naming.derived(speaker, rulebook, parts, value, shown)
    return naming.traced(speaker, rulebook, expression.reads, facts, shown)


def _points_read(rulebook: Rulebook, score: Score) -> dict[str, Any]:
    """The facts, with the points that a criterion may read; where not all are known, those that are."""
    parts = Sums(rulebook).by_part(score.criteria)
    return {**points_facts(score), **{f"points_{part}": points for part, points in parts.items()}}


def band_text(speaker: Speaker, band: Band) -> str:
    """``31–50``, ``do vključno 10``, ``nad 100``, ``200 ali več``, ``od 20 do manj kot 80``."""
    low, high, lower = band.from_, band.to, band.from_ is not None or band.above is not None
    if low is not None and high is not None:
        return speaker.number(low) if low == high else f"{speaker.number(low)}–{speaker.number(high)}"
    if low is not None and band.below is None:
        return f"{speaker.number(low)} {speaker.say('ali več', 'or more')}"
    pieces = [
        (low, "od", "from"),
        (band.above, "nad", "above"),
        (high, "do vključno", "up to"),
        (band.below, "do manj kot" if lower else "manj kot", "to below" if lower else "below"),
    ]
    written = [f"{speaker.say(sl, en)} {speaker.number(end)}" for end, sl, en in pieces if end is not None]
    return " ".join(written) or speaker.say("vse vrednosti", "any value")


def _in_band(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, basis: InBand, rule: Bands
) -> str:
    shown = _value(speaker, rulebook, compiled, score, basis.value)
    if basis.band < 0:
        return shown + speaker.say(" → zunaj razredov", " → outside the bands")
    return f"{shown} → {speaker.say('razred', 'band')} {band_text(speaker, rule.bands[basis.band])}"


def _chosen(speaker: Speaker, rulebook: Rulebook, rule: Choice, basis: Chosen) -> str:
    if basis.option in ("true", "false"):
        return speaker.yes_no(basis.option == "true")
    field = rulebook.fields.get(rule.value)
    if isinstance(field, ChoiceField):
        return speaker.text(field.options[basis.option])
    return basis.option


def _ticked(speaker: Speaker, rule: Checklist, basis: Ticked) -> str:
    held = [
        f"{speaker.text(item.text)} ({speaker.number(item.points)})"
        for item, holds in paired(rule.items, basis.items)
        if holds
    ]
    listed = "; ".join(held) or speaker.say("nič od naštetega", "none of those listed")
    return listed + _capped(speaker, basis.sum, rule.max)


def _capped(speaker: Speaker, reached: Number, most: Number | None) -> str:
    if most is None or reached <= most:
        return ""
    shown, top = speaker.points(reached), speaker.number(most)
    return speaker.say(f"; skupaj {shown}, upošteva se največ {top}", f"; {shown} in all, at most {top} counted")


def _units(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, basis: Units, rule: PerUnit
) -> str:
    shown = _value(speaker, rulebook, compiled, score, basis.value)
    count = speaker.number(basis.units)
    if rule.unit != 1:
        units = speaker.counted(basis.units, *_UNITS[rule.count])
        shown += f" → {count} {units} {speaker.say('po', 'of')} {speaker.number(rule.unit)}; {count}"
    elif basis.units != basis.value:
        shown += f" → {count}"
    return f"{shown} × {speaker.points(rule.points)}" + _capped(speaker, basis.sum, rule.max)


def _related(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, basis: Related, rule: Relative
) -> str:
    shown = _value(speaker, rulebook, compiled, score, basis.value)
    reference, most = speaker.number(basis.reference), speaker.number(rule.max)
    words = {
        "sum": speaker.say("vsota vseh", "sum of all"),
        "best": speaker.say("največja vrednost", "greatest value"),
        "lowest": speaker.say("najmanjša vrednost", "least value"),
    }[rule.to]
    value = speaker.number(basis.value)
    over, under = (reference, value) if rule.to == "lowest" else (value, reference)
    product = "" if under == "0" else f" → {most} × {over} / {under}"
    return f"{shown} ({words}: {reference}){product}"


def _computed(
    speaker: Speaker,
    rulebook: Rulebook,
    compiled: CriterionRule,
    score: Score,
    basis: Computed,
    given: CriterionScore,
) -> str:
    shown = _value(speaker, rulebook, compiled, score, basis.value)
    rule = compiled.rule
    shown += _capped(speaker, basis.value, rule.max)
    least = rule.min if rule.kind == "formula" else None
    if least is not None and basis.value < least:
        bottom = speaker.number(least)
        shown += speaker.say(f"; upošteva se najmanj {bottom}", f"; at least {bottom} counted")
    return shown
