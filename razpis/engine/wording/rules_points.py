"""How the points of an application are made up: sections, the total, thresholds, the order."""

from __future__ import annotations

from razpis.engine.pairing import paired
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import ThresholdRule
from razpis.engine.wording.explain import key_title
from razpis.engine.wording.rules_criteria import criterion
from razpis.engine.wording.rules_discrepancy import sum_discrepancies
from razpis.engine.wording.rules_phrases import article, decimals
from razpis.engine.wording.rules_spoken import clause, spoken
from razpis.engine.wording.rules_text import Block, Paragraph, Part, bullets
from razpis.engine.wording.speaker import Speaker


def points(speaker: Speaker, rulebook: Rulebook) -> Part:
    """All criteria by section, and how the total is made."""
    parts: dict[str, Part] = {}
    for rule in rulebook.criteria:
        section = rule.rule.section
        if section is None:
            parts[rule.key] = criterion(speaker, rulebook, rule)
        elif section not in parts:
            parts[section] = _section(speaker, rulebook, section)
    title = speaker.say("Kako nastanejo točke", "How the points come about")
    apart = (Paragraph(text) for text in sum_discrepancies(speaker, rulebook))
    return Part(title, (Paragraph(_total(speaker, rulebook)), *apart), tuple(parts.values()))


def _section(speaker: Speaker, rulebook: Rulebook, key: str) -> Part:
    inside = [rule for rule in rulebook.criteria if rule.rule.section == key]
    return Part(
        _section_title(speaker, rulebook, key),
        _section_blocks(speaker, rulebook, key),
        tuple(criterion(speaker, rulebook, rule) for rule in inside),
    )


def _total(speaker: Speaker, rulebook: Rulebook) -> str:
    total, say = rulebook.file.total, speaker.say
    text = say("Točke vseh meril se seštejejo", "The points of all criteria are added")
    if total.max is not None:
        most = speaker.number(total.max)
        text += say(f"; skupaj jih je mogoče dobiti največ {most}", f"; at most {most} can be reached")
    if total.factor is not None:
        factor = spoken(speaker, rulebook, total.factor)
        text += say(f"; vsota se pomnoži z: {factor}", f"; the sum is multiplied by: {factor}")
    if total.round is not None:
        text += say("; vsota se zaokroži ", "; the total is rounded ") + decimals(speaker, total.round)
    checked = say(
        " Štejejo podatki, ki jih ugotovi komisija; če se razlikujejo od vaše navedbe, je v odločitvi zapisano, zakaj.",
        " What counts are the facts the commission establishes; where they differ from your answer, the decision "
        "says why.",
    )
    return f"{text}.{checked}"


def _section_title(speaker: Speaker, rulebook: Rulebook, key: str) -> str:
    section = rulebook.sections[key]
    title = speaker.text(section.title)
    if section.max is None:
        return title
    return title + speaker.say(" – največ ", " – at most ") + speaker.needed_points(section.max)


def _section_blocks(speaker: Speaker, rulebook: Rulebook, key: str) -> tuple[Block, ...]:
    weight = rulebook.sections[key].weight
    if weight == 1:
        return ()
    shown = speaker.number(weight)
    return (Paragraph(speaker.say(f"Utež sklopa: × {shown}.", f"Weight of the section: × {shown}.")),)


def thresholds(speaker: Speaker, rulebook: Rulebook) -> Part:
    """The least points needed."""
    say = speaker.say
    items = []
    for rule, compiled in paired(rulebook.file.thresholds, rulebook.thresholds):
        text = say(" ali ", " or ").join(_needed(speaker, rulebook, part) for part in compiled.parts)
        if compiled.needed > 1:
            text += say(f" – vsaj {compiled.needed} od naštetih", f" – at least {compiled.needed} of these")
        if rule.applies is not None:
            text += say(", če ", ", where ") + clause(speaker, rulebook, rule.applies)
        items.append(f"{text}{article(speaker, rule.article)}")
    intro = say(
        "Sredstva lahko prejme le vloga, ki doseže vse prage:",
        "Only an application that reaches all thresholds may get money:",
    )
    none = say("Praga ni.", "There is no threshold.")
    return Part(
        say("Koliko točk je treba doseči", "How many points are needed"),
        (Paragraph(intro if items else none), *bullets(items)),
    )


def _needed(speaker: Speaker, rulebook: Rulebook, part: ThresholdRule) -> str:
    bound = speaker.say("več kot", "more than") if part.strict else speaker.say("najmanj", "at least")
    return f"{_of(speaker, rulebook, part.of)}: {bound} {speaker.needed_points(part.points)}"


def _of(speaker: Speaker, rulebook: Rulebook, part: str) -> str:
    for titled in (rulebook.sections, rulebook.file.criteria):
        if part in titled:
            return speaker.text(titled[part].title)
    return speaker.say("vse točke skupaj", "all points together")


def order(speaker: Speaker, rulebook: Rulebook) -> Part:
    """The keys of the order, first to last, and what happens where all are equal."""
    items = []
    for rule in rulebook.ranking:
        title = key_title(speaker, rulebook, rule)
        if rule.key.draw:
            items.append(speaker.say("žreb, zapisan v zapisniku", "a draw recorded in the minutes"))
        elif rule.key.submitted_at:
            items.append(speaker.text(_SUBMITTED[rule.sign]))
        else:
            items.append(f"{title}: {speaker.text(_BETTER[rule.sign])}")
    intro = speaker.say(
        "Vloge se razvrstijo po teh ključih; naslednji odloča le, kadar so vsi prejšnji enaki:",
        "Applications are put in order by these keys; each decides only where all before it are equal:",
    )
    tied = {
        "open": speaker.say(
            "Če so vsi enaki, ostane vrstni red odprt, dokler o njem ni odločeno.",
            "Where all are equal the order stays open until it is decided.",
        ),
        "shared": speaker.say("Če so vsi enaki, si vloge mesto delijo.", "Where all are equal they share the place."),
    }[rulebook.file.ranking.still_tied]
    drawn = any(rule.key.draw for rule in rulebook.ranking)
    last = speaker.say(
        "Dokler žreb ni zapisan, ostane izenačenje odprto.", "Until the draw is recorded the tie stays open."
    )
    title = speaker.say("Vrstni red in izenačenja", "The order and ties")
    return Part(title, (Paragraph(intro), *bullets(items, ordered=True), Paragraph(last if drawn else tied)))


_BETTER = {-1: Text("več je bolje", "more is better"), 1: Text("manj je bolje", "less is better")}
_SUBMITTED = {
    1: Text("prej oddana vloga", "the application submitted earlier"),
    -1: Text("pozneje oddana vloga", "the application submitted later"),
}
