"""The rules of a call told to those they concern: to an applicant, or to a councillor who has to answer for them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal, TypeAlias

from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Marks
from razpis.engine.wording import rules_brief, rules_form, rules_money, rules_points
from razpis.engine.wording.rules_text import Block, Paragraph, Part, RulesText, Table, bullets
from razpis.engine.wording.speaker import NBSP, Speaker
from razpis.engine.wording.weights import weight_notes, weight_rows

Audience: TypeAlias = Literal["ngo", "councillor"]
_DAYS = (
    ("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)


def rules(rulebook: Rulebook, language: Language, audience: Audience) -> RulesText:
    """The rules in ``language`` for ``audience``."""
    speaker, call = Speaker(language), rulebook.file.call
    parts = _for_ngo(speaker, rulebook) if audience == "ngo" else _for_councillor(speaker, rulebook)
    example = speaker.say(
        "Zgled, ni pravi razpis.",
        "An example, not a real call.",
    )
    name = rulebook.name.replace("\\", "/").rsplit("/", 1)[-1]
    return RulesText(
        language=language,
        title=speaker.text(call.title),
        example=example if call.example else "",
        lead=_lead(speaker, rulebook, audience),
        parts=parts,
        source=speaker.say(
            f"Narejeno iz {name}, SHA-256 {rulebook.sha256}.", f"Made of {name}, SHA-256 {rulebook.sha256}."
        ),
    )


def _lead(speaker: Speaker, rulebook: Rulebook, audience: Audience) -> tuple[str, ...]:
    call, say = rulebook.file.call, speaker.say
    reference = speaker.text(call.reference)
    what = {
        "ngo": say(
            f"Pravila razpisa {reference} za prijavitelje.", f"The rules of the call {reference} for applicants."
        ),
        "councillor": say(
            f"Pravila razpisa {reference} za tiste, ki o njih odločajo.",
            f"The rules of the call {reference} for those who decide on them.",
        ),
    }[audience]
    same = say(
        "Opis je narejen iz istih pravil, po katerih se vloge točkujejo in se deli denar; zavezuje besedilo razpisa.",
        "This is made of the same rules by which applications are scored and money is divided; binding is the text of "
        "the call.",
    )
    return f"{what} {same}", *_deadline(speaker, rulebook)


def _deadline(speaker: Speaker, rulebook: Rulebook) -> tuple[str, ...]:
    deadline = rulebook.file.call.deadline
    if deadline is None:
        return ()
    moment = f"{_weekday(speaker, deadline)}, {speaker.moment(deadline)}"
    late = speaker.say(" Poznejše vloge se zavržejo.", " Later applications are dismissed.")
    return (speaker.say(f"Rok za oddajo: {moment}.", f"Applications are due by {moment}.") + late,)


def _weekday(speaker: Speaker, day: datetime.date) -> str:
    return _DAYS[speaker.language == "en"][day.weekday()]


def _for_ngo(speaker: Speaker, rulebook: Rulebook) -> tuple[Part, ...]:
    return (
        *rules_brief.brief(speaker, rulebook),
        rules_form.conditions(speaker, rulebook, to_you=True),
        rules_form.form(speaker, rulebook),
        rules_points.points(speaker, rulebook),
        rules_points.thresholds(speaker, rulebook),
        rules_points.order(speaker, rulebook),
        rules_money.money_part(speaker, rulebook),
        *_afterwards(speaker, rulebook),
        _published(speaker, rulebook),
    )


def _afterwards(speaker: Speaker, rulebook: Rulebook) -> tuple[Part, ...]:
    """What follows the decision: the contract and the legal remedy."""
    decisions, say = rulebook.file.call.decisions, speaker.say
    if decisions is None:
        return ()
    contract = _days(speaker, decisions.grant.contract_days)
    period = speaker.text(decisions.grant.period)
    remedy = _days(speaker, decisions.remedy.days)
    kind = {
        "appeal": say("Pritožba", "An appeal"),
        "lawsuit": say("Tožba v upravnem sporu", "A lawsuit in an administrative dispute"),
    }[decisions.remedy.kind]
    items = [
        say(
            f"Pogodbo podpišete v {contract} od prejema poziva k podpisu.",
            f"You sign the contract within {contract} of being asked to sign it.",
        ),
        say(f"Sredstva so za obdobje {period}.", f"The money is for the period {period}."),
        say(
            f"{kind} je mogoča v {remedy} od vročitve odločitve.",
            f"{kind} is possible within {remedy} of the decision being served.",
        ),
    ]
    return (Part(say("Po odločitvi", "After the decision"), bullets(items)),)


def _published(speaker: Speaker, rulebook: Rulebook) -> Part:
    """Whose names stand in the published results."""
    say = speaker.say
    names = {
        "recipients": say(
            "Objavijo se imena prejemnikov z dodeljenimi zneski; zavrnjene in zavržene vloge so navedene s številko.",
            "The recipients are published by name with the amounts granted; refused and dismissed applications by "
            "number.",
        ),
        "all": say(
            "Objavijo se imena vseh prijaviteljev, tudi zavrnjenih, z dodeljenimi zneski.",
            "All applicants are published by name, also those refused, with the amounts granted.",
        ),
    }[rulebook.file.call.names_published]
    return Part(say("Objava rezultatov", "The published results"), (Paragraph(names),))


def _days(speaker: Speaker, number: int) -> str:
    """After »v«: ``8 dneh``."""
    return f"{number}{NBSP}" + speaker.counted(number, ("dnevu", "dneh", "dneh", "dneh", ""), ("day", "days"))


def _for_councillor(speaker: Speaker, rulebook: Rulebook) -> tuple[Part, ...]:
    return (
        *rules_brief.brief(speaker, rulebook),
        rules_money.money_part(speaker, rulebook),
        _counts(speaker, rulebook),
        rules_points.thresholds(speaker, rulebook),
        rules_points.order(speaker, rulebook),
        rules_form.conditions(speaker, rulebook, to_you=False),
        *_commission(speaker, rulebook),
        _published(speaker, rulebook),
        _open(speaker, rulebook),
    )


def _counts(speaker: Speaker, rulebook: Rulebook) -> Part:
    """What counts how much: the effective weights."""
    head, *rows = weight_rows(speaker, rulebook)
    title = speaker.say("Kaj koliko šteje", "What counts how much")
    if not rows:
        return Part(title, (Paragraph(speaker.say("Meril ni.", "There are no criteria.")),))
    figures = (False, *(True for _ in head[1:]))
    caption = speaker.say("Dejanske uteži meril, v točkah in odstotkih", "Effective weights, in points and percent")
    notes = tuple(Paragraph(note, quiet=True) for note in weight_notes(speaker))
    return Part(title, (Table(caption, head, tuple(rows), figures), *_sections(speaker, rulebook), *notes))


def _sections(speaker: Speaker, rulebook: Rulebook) -> tuple[Block, ...]:
    say, total = speaker.say, rulebook.file.total.max
    items = [
        f"{speaker.text(section.title)}: {say('največ', 'at most')} {speaker.needed_points(section.max)}"
        for section in rulebook.sections.values()
        if section.max is not None
    ]
    if total is not None:
        items.append(say("Skupaj: največ ", "Total: at most ") + speaker.needed_points(total))
    return bullets(items)


def _commission(speaker: Speaker, rulebook: Rulebook) -> tuple[Part, ...]:
    """Who judges, and which part of the points is judged."""
    say, commission = speaker.say, rulebook.file.commission
    judged = {rule.key: rule.rule for rule in rulebook.criteria if isinstance(rule.rule, Marks)}
    if not judged:
        return ()
    titles = "; ".join(speaker.text(rule.title) for rule in judged.values())
    items = [say("Člani ocenjujejo: ", "The members judge: ") + f"{titles}.", *_least_marks(speaker, rulebook, judged)]
    if commission.members:
        items.append(say("Člani: ", "Members: ") + ", ".join(commission.members) + ".")
    items.append(
        say(
            "Vse drugo se izračuna iz podatkov, ki jih komisija preveri. Ocena izločenega člana se ne upošteva.",
            "All else is computed from facts the commission checks. The mark of a recused member is not counted.",
        )
    )
    return (Part(say("Kdo ocenjuje", "Who judges"), bullets(items)),)


def _least_marks(speaker: Speaker, rulebook: Rulebook, judged: Mapping[str, Marks]) -> list[str]:
    """How many marks each of these needs; a mark that is agreed on needs no number."""
    say, common = speaker.say, rulebook.file.commission.minimum_marks
    least = {key: rule.minimum_marks or common for key, rule in judged.items() if rule.combine != "agreed"}
    agreed = [speaker.text(rule.title) for rule in judged.values() if rule.combine == "agreed"]
    items = []
    if len(least) == len(judged) and len(set(least.values())) == 1:
        needed = next(iter(least.values()))
        each = say("Najmanjše število ocen za vsako od teh meril", "The least number of marks for each of these")
        items.append(f"{each}: {needed}")
    elif least:
        listed = "; ".join(f"{speaker.text(judged[key].title)} {needed}" for key, needed in least.items())
        items.append(say("Najmanjše število ocen: ", "The least number of marks: ") + listed)
    if agreed:
        items.append(say("Oceno določijo soglasno: ", "They agree on the mark: ") + "; ".join(agreed))
    return [item + say("; sicer vloga ni ocenjena.", "; otherwise the application is not scored.") for item in items]


def _open(speaker: Speaker, rulebook: Rulebook) -> Part:
    """What the check of the rules found."""
    title = speaker.say("Na kaj opozarja pregled pravil", "What the check of the rules points out")
    line = speaker.say("vrstica", "line")
    items = [f"{line} {one.place.line}: {speaker.text(one.text)}" for one in rulebook.warnings]
    none = speaker.say("Na nič: pravila se ujemajo sama s seboj.", "Nothing: the rules agree with themselves.")
    return Part(title, bullets(items) or (Paragraph(none),))
