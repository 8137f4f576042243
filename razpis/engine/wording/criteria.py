"""What the points of a criterion stand on, in words."""

from __future__ import annotations

from razpis.engine.expressions import EvaluationFault
from razpis.engine.money import Number
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Band, Bands, Checklist, Choice, Marks, PerUnit, Relative
from razpis.engine.rulebook.fields import ChoiceField
from razpis.engine.scoring import CriterionScore, Score
from razpis.engine.scoring.score import (
    Chosen,
    Computed,
    Disagreement,
    InBand,
    Marked,
    NotApplied,
    NotGiven,
    NotReached,
    Related,
    Ticked,
    TooFewMarks,
    Units,
)
from razpis.engine.trace import CriterionTrace, MarkTrace
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


def maximum(compiled: CriterionRule) -> Number | None:
    """The most points a criterion can give, its weight counted; ``None`` where it has no maximum."""
    rule = compiled.rule
    if rule.max is None:
        return None
    combined_sum = isinstance(rule, Marks) and rule.combine == "sum"
    return None if combined_sum else rule.max * rule.weight


def trace(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, given: CriterionScore
) -> CriterionTrace:
    """One criterion's points explained."""
    rule = compiled.rule
    most = maximum(compiled)
    basis = _basis(speaker, rulebook, compiled, score, given)
    if rule.weight != 1 and given.points is not None and not isinstance(given.basis, NotApplied | NotReached):
        weight = speaker.number(rule.weight)
        basis += speaker.say(f"; × utež {weight}", f"; × weight {weight}")
    if rule.round is not None and given.points is not None and not isinstance(given.basis, NotApplied | NotReached):
        basis += speaker.say("; zaokroženo na ", "; rounded to ") + speaker.number(given.points)
    article = speaker.text(rule.article)
    return CriterionTrace(
        key=compiled.key,
        title=speaker.text(rule.title),
        article=article,
        section=rule.section or "",
        points=given.points,
        maximum=most,
        basis=basis,
        sentence=_sentence(speaker, speaker.text(rule.title), basis, given.points, most, article),
        reason=_reason(basis, given),
        marks=_marks(speaker, given),
    )


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
        result = speaker.say("ni točk", "no points")
    elif most is None:
        result = speaker.points(points)
    else:
        result = f"{speaker.number(points)} {speaker.say('od', 'of')} {speaker.of_points(most)}"
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
            return _marked(speaker, rule, basis)
        case Related() if isinstance(rule, Relative):
            return _related(speaker, rulebook, compiled, score, basis, rule)
        case Disagreement():
            return speaker.say("ocene se preveč razhajajo; ", "the marks are too far apart; ") + (
                speaker.say("potrebna je soglasna ocena", "an agreed mark is needed")
                if basis.then == "agreed"
                else speaker.say("potrebna je ocena še enega člana", "one more member has to mark")
            )
        case NotReached():
            return speaker.say(
                "merilo se ne točkuje, ker prejšnji prag ni dosežen", "not scored: an earlier threshold is not reached"
            )
        case TooFewMarks():
            count = sum(1 for mark in basis.marks if mark.points is not None)
            return speaker.say(
                f"ocen je {count}, potrebnih pa najmanj {basis.needed}",
                f"{count} marks where at least {basis.needed} are needed",
            )
        case NotGiven():
            return speaker.say("podatka ni", "not given") + f" ({label(speaker, rulebook, basis.fact)})"
        case _:
            return speaker.say("merilo za to vlogo ne velja", "the criterion does not apply here")


def label(speaker: Speaker, rulebook: Rulebook, name: str) -> str:
    """The label of a fact; for a table's cell, of the table with row and column."""
    key, _, rest = name.partition(".")
    if key in rulebook.fields:
        field = rulebook.fields[key]
        found = speaker.text(field.label)
    else:
        found = next((speaker.text(one.rule.label) for one in rulebook.derived if one.key == key), key)
    return f"{found} ({rest})" if rest else found


def quantity(speaker: Speaker, rulebook: Rulebook, source: str, value: Number) -> str:
    """A number with its unit, where it is a field or a derived fact with one."""
    unit = ""
    if source in rulebook.fields:
        unit = rulebook.fields[source].type
    for derived in rulebook.derived:
        if derived.key == source:
            unit = derived.rule.unit
    if unit == "euro":
        return speaker.euros(value * 100)
    return speaker.number(value) + ("\u00a0%" if unit == "percent" else "")


def _value(speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, value: Number) -> str:
    """The number a criterion reads: alone where it is a fact, with its derivation where it is computed."""
    assert compiled.value is not None
    source = compiled.value.source
    derived = next((one for one in rulebook.derived if one.key == source), None)
    shown = quantity(speaker, rulebook, source, value)
    expression = derived.value if derived else compiled.value
    if expression.source in rulebook.fields:
        return shown
    try:
        _, parts = expression.derive(score.facts)
    except EvaluationFault:
        return shown
    return f"{speaker.derivation(parts)} = {shown}" if len(parts) > 1 else shown


def band_text(speaker: Speaker, band: Band) -> str:
    """``31–50``, ``do 10``, ``nad 100``."""
    low, high = band.from_, band.to
    if low is not None and high is not None:
        return speaker.number(low) if low == high else f"{speaker.number(low)}–{speaker.number(high)}"
    pieces = [
        (low, "od", "from"),
        (band.above, "nad", "above"),
        (high, "do vključno", "up to"),
        (band.below, "pod", "below"),
    ]
    return " ".join(f"{speaker.say(sl, en)} {speaker.number(end)}" for end, sl, en in pieces if end is not None)


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
        for item, holds in zip(rule.items, basis.items, strict=True)
        if holds
    ]
    listed = "; ".join(held) or speaker.say("nič od naštetega", "none of those listed")
    return listed + _capped(speaker, basis.sum, rule.max)


def _capped(speaker: Speaker, reached: Number, most: Number | None) -> str:
    if most is None or reached <= most:
        return ""
    shown = speaker.points(reached)
    return speaker.say(f"; skupaj {shown}, šteje največ", f"; {shown} in all, at most counted:") + (
        f" {speaker.number(most)}"
    )


def _units(
    speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule, score: Score, basis: Units, rule: PerUnit
) -> str:
    shown = _value(speaker, rulebook, compiled, score, basis.value)
    if rule.unit != 1:
        counted = {
            "exact": speaker.say("število enot po", "units of"),
            "full": speaker.say("število polnih enot po", "whole units of"),
            "started": speaker.say("število začetih enot po", "started units of"),
        }[rule.count]
        shown += f" → {counted} {speaker.number(rule.unit)}: {speaker.number(basis.units)}"
    elif basis.units != basis.value:
        shown += f" → {speaker.number(basis.units)}"
    shown += f" × {speaker.number(rule.points)}"
    return shown + _capped(speaker, basis.sum, rule.max)


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
    product = f"{most} × {reference} / {value}" if rule.to == "lowest" else f"{most} × {value} / {reference}"
    return f"{shown} ({words}: {reference}) → {product}"


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
        shown += speaker.say("; najmanj", "; at least") + f" {speaker.number(least)}"
    return shown


def _marked(speaker: Speaker, rule: Marks, basis: Marked) -> str:
    turned = ""
    if rule.lowest_is_best:
        ends = speaker.number(rule.max + rule.min)
        turned = f" → {ends} − {speaker.number(basis.combined)}"
    if basis.agreed is not None:
        return speaker.say("soglasno določena ocena", "agreed mark") + f" {speaker.number(basis.combined)}{turned}"
    given = [mark.points for mark in basis.marks if mark.points is not None]
    listed = "; ".join(speaker.number(points) for points in given)
    combined = speaker.say(*_COMBINED[rule.combine])
    return (
        speaker.say("ocene", "marks") + f" {listed}: {combined} {speaker.number(basis.combined)}{turned}"
        if len(given) > 1
        else speaker.say("ocena", "mark") + f" {listed}{turned}"
    )


def _marks(speaker: Speaker, given: CriterionScore) -> tuple[MarkTrace, ...]:
    if not isinstance(given.basis, Marked | TooFewMarks | Disagreement):
        return ()
    return tuple(
        MarkTrace(mark.member, "" if mark.points is None else speaker.number(mark.points), mark.reason)
        for mark in given.basis.marks
    )
