"""How points come about by each criterion, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import (
    Bands,
    Checklist,
    Choice,
    CommonScale,
    FormulaCriterion,
    Marks,
    PerUnit,
    Relative,
)
from razpis.engine.wording.criteria import band_text, maximum
from razpis.engine.wording.rules_discrepancy import discrepancy
from razpis.engine.wording.rules_phrases import article, decimals, fact, sentence
from razpis.engine.wording.rules_samples import worked
from razpis.engine.wording.rules_spoken import clause, spoken
from razpis.engine.wording.rules_text import Block, Paragraph, Part, bullets
from razpis.engine.wording.speaker import Speaker

_COMBINED = {
    "mean": Text("šteje povprečje ocen", "the mean of the marks counts"),
    "median": Text("šteje srednja ocena (mediana)", "the median of the marks counts"),
    "trimmed_mean": Text(
        "šteje povprečje brez najnižje in najvišje ocene", "the mean without the lowest and the highest mark counts"
    ),
    "sum": Text("šteje vsota ocen", "the sum of the marks counts"),
    "closest_two": Text("šteje povprečje najbližjih dveh ocen", "the mean of the two closest marks counts"),
    "lowest": Text("šteje najnižja ocena", "the lowest mark counts"),
    "highest": Text("šteje najvišja ocena", "the highest mark counts"),
    "agreed": Text("šteje ocena, ki jo člani določijo soglasno", "the mark the members agree on counts"),
}
_OF_OTHERS = {
    "sum": Text("× vaša vrednost / vsota vrednosti vseh", "× your value / the sum of all values"),
    "best": Text("× vaša vrednost / največja vrednost med vsemi", "× your value / the greatest value of all"),
    "lowest": Text("× najmanjša vrednost med vsemi / vaša vrednost", "× the least value of all / your value"),
}


def criterion(speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule) -> Part:
    """One criterion: what counts, how many points for what, and a worked sentence."""
    rule = compiled.rule
    most = maximum(compiled)
    title = speaker.text(rule.title)
    if most is not None:
        title += speaker.say(" – do ", " – up to ") + speaker.of_points(most)
    blocks: list[Block] = [Paragraph(speaker.text(rule.text))] if rule.text is not None else []
    blocks += _KINDS[type(rule)](speaker, rulebook, rule)
    also = [sentence(text) for text in _also(speaker, rulebook, compiled)]
    blocks += [Paragraph(" ".join(also))] if also else []
    sample = worked(speaker, rulebook, compiled)
    if sample:
        blocks.append(Paragraph(speaker.say("Zgled – ", "Example – ") + sample, quiet=True))
    return Part(title + article(speaker, rule.article), tuple(blocks))


def _points(speaker: Speaker, value: Number) -> str:
    return speaker.points(value)


def _bands(speaker: Speaker, rulebook: Rulebook, rule: Bands) -> tuple[Block, ...]:
    items = [f"{band_text(speaker, band)}: {_points(speaker, band.points)}" for band in rule.bands]
    items += _otherwise(speaker, rule)
    intro = spoken(speaker, rulebook, rule.value)
    return Paragraph(speaker.say(f"Šteje {intro}:", f"What counts is {intro}:")), *bullets(items)


def _otherwise(speaker: Speaker, rule: Bands | Choice) -> list[str]:
    if rule.otherwise is None:
        return []
    return [speaker.say("vse drugo: ", "anything else: ") + _points(speaker, rule.otherwise)]


def _choice(speaker: Speaker, rulebook: Rulebook, rule: Choice) -> tuple[Block, ...]:
    options = getattr(rulebook.fields.get(rule.value), "options", {})
    words = {"true": Text("da", "yes"), "false": Text("ne", "no"), **options}
    items = [
        f"{speaker.text(words.get(option, Text(option, option)))}: {_points(speaker, points)}"
        for option, points in rule.points.items()
    ]
    items += _otherwise(speaker, rule)
    intro = spoken(speaker, rulebook, rule.value)
    return Paragraph(speaker.say(f"Šteje {intro}:", f"What counts is {intro}:")), *bullets(items)


def _checklist(speaker: Speaker, rulebook: Rulebook, rule: Checklist) -> tuple[Block, ...]:
    items = [f"{speaker.text(item.text)}: {_points(speaker, item.points)}" for item in rule.items]
    most = speaker.needed_points(rule.max)
    intro = speaker.say(
        f"Točke postavk, ki veljajo, se seštejejo, vendar največ za {most}:",
        f"The points of the items that hold are added, up to {most}:",
    )
    return Paragraph(intro), *bullets(items)


def _per_unit(speaker: Speaker, rulebook: Rulebook, rule: PerUnit) -> tuple[Block, ...]:
    what, points = spoken(speaker, rulebook, rule.value), _points(speaker, rule.points)
    if rule.unit == 1 and rule.count == "full":
        text = speaker.say(f"Šteje {what}: {points} za vsako enoto", f"What counts is {what}: {points} for each")
    else:
        unit = speaker.number(rule.unit)
        many = (
            speaker.say("na enoto", "for each")
            if rule.unit == 1
            else speaker.say(f"na vsakih {unit}", f"for every {unit}")
        )
        how = {
            "exact": speaker.say("del enote šteje sorazmerno", "a part of a unit counts in proportion"),
            "full": speaker.say("nepopolna enota ne šteje", "a unit begun does not count"),
            "started": speaker.say("začeta enota šteje", "a unit begun counts"),
        }[rule.count]
        text = speaker.say(
            f"Šteje {what}: {points} {many} ({how})",
            f"What counts is {what}: {points} {many} ({how})",
        )
    most = speaker.needed_points(rule.max)
    return (Paragraph(text + speaker.say(f", skupaj največ {most}.", f", at most {most} in all.")),)


def _formula(speaker: Speaker, rulebook: Rulebook, rule: FormulaCriterion) -> tuple[Block, ...]:
    text = speaker.say("Točke = ", "Points = ") + spoken(speaker, rulebook, rule.points)
    if rule.min is not None:
        text += speaker.say("; najmanj ", "; at least ") + speaker.number(rule.min)
    if rule.max is not None:
        text += speaker.say("; največ ", "; at most ") + speaker.number(rule.max)
    return (Paragraph(f"{text}."),)


def _relative(speaker: Speaker, rulebook: Rulebook, rule: Relative) -> tuple[Block, ...]:
    what, most = spoken(speaker, rulebook, rule.value), speaker.number(rule.max)
    among = {
        "lot": speaker.say("istega sklopa", "of the same lot"),
        "call": speaker.say("vsega razpisa", "of the whole call"),
    }[rule.among if rulebook.file.lots else "call"]
    share = speaker.text(_OF_OTHERS[rule.to])
    text = speaker.say(
        f"Šteje {what} v primerjavi z vlogami {among}, ki izpolnjujejo pogoje: {most} {share}.",
        f"What counts is {what} beside the applications {among} that meet the conditions: {most} {share}.",
    )
    return (Paragraph(text),)


def _marks(speaker: Speaker, rulebook: Rulebook, rule: Marks) -> tuple[Block, ...]:
    say = speaker.say
    scale = say("od ", "from ") + speaker.number(rule.min) + say(" do ", " to ") + speaker.number(rule.max)
    step = "" if rule.step is None else say(", korak ", ", in steps of ") + speaker.number(rule.step)
    text = say("Vsak član komisije da oceno ", "Each member of the commission gives a mark ") + f"{scale}{step}; "
    text += speaker.text(_COMBINED[rule.combine])
    if rule.round_combined is not None:
        text += say(", zaokroženo ", ", rounded ") + decimals(speaker, rule.round_combined)
    needed = rule.minimum_marks or rulebook.file.commission.minimum_marks
    if rule.combine != "agreed":
        marks = "mark is" if needed == 1 else "marks are"
        text += say(f"; potrebno število ocen: najmanj {needed}", f"; at least {needed} {marks} needed")
    if rule.lowest_is_best:
        text += say("; boljša je nižja ocena", "; a lower mark is better")
    grades = [
        f"{speaker.number(grade.from_)}–{speaker.number(grade.to)}: {speaker.text(grade.text)}" for grade in rule.grades
    ]
    if rule.common_scale is not None:
        text += _common_scale(speaker, rule.common_scale)
    apart = () if rule.discrepancy is None else (Paragraph(discrepancy(speaker, rule.discrepancy)),)
    return Paragraph(f"{text}."), *bullets(grades), *apart


def _common_scale(speaker: Speaker, rule: CommonScale) -> str:
    """How marks of strict and lenient members are made comparable."""
    least, say = speaker.number(rule.least), speaker.say
    where = say("v sklopu", "in the lot") if rule.among == "lot" else say("v razpisu", "in the call")
    stretched = ""
    if rule.by == "spread":
        stretched = say(
            " in raztegnejo na njihov povprečni odmik od njega", " and stretched to their mean distance from it"
        )
    return say(
        f". Pred tem se ocene vsakega člana premaknejo na povprečje vseh ocen {where}{stretched}, če je njegovih ocen "
        f"vsaj {least}; preračunana ocena ostane na lestvici",
        f". Before that each member's marks are shifted to the mean of all marks {where}{stretched}, where it gave at "
        f"least {least}; a mark so computed stays within the scale",
    )


def _also(speaker: Speaker, rulebook: Rulebook, compiled: CriterionRule) -> list[str]:
    """Weight, rounding, missing facts, and for whom the criterion counts."""
    rule, say = compiled.rule, speaker.say
    found = []
    if rule.weight != 1:
        found.append(say("Utež: × ", "Weight: × ") + speaker.number(rule.weight))
    if rule.round is not None:
        found.append(say("Zaokroži se ", "Rounded ") + decimals(speaker, rule.round))
    if not isinstance(rule, Marks) and rule.missing is not None:
        found.append(say("Če podatka ni: ", "Where it is not given: ") + speaker.points(rule.missing))
    if rule.applies is not None:
        found.append(say("Velja le, če ", "Counts only where ") + clause(speaker, rulebook, rule.applies))
    if rule.after is not None:
        of = fact(speaker, rulebook, f"points_{rule.after}")
        found.append(say(f"Točkuje se le, če je dosežen prag za {of}", f"Scored only past the threshold on {of}"))
    if rule.ranking_weight is not None:
        weight = speaker.number(rule.ranking_weight)
        found.append(say(f"V vrstnem redu šteje z utežjo {weight}", f"In the order it counts with the weight {weight}"))
    return found


_KINDS: Mapping[type, Callable[[Speaker, Rulebook, Any], tuple[Block, ...]]] = {
    Bands: _bands,
    Choice: _choice,
    Checklist: _checklist,
    PerUnit: _per_unit,
    FormulaCriterion: _formula,
    Relative: _relative,
    Marks: _marks,
}
