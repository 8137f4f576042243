"""Who may apply and what to prepare, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from razpis.engine.expressions import Expression
from razpis.engine.expressions.kinds import YES_NO
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.compiled import AllocationRule, DerivedRule
from razpis.engine.rulebook.criteria import Marks
from razpis.engine.rulebook.fields import AttachmentField, Field, IntegerField, NumberField, TableField, TextField
from razpis.engine.wording.rules_phrases import article
from razpis.engine.wording.rules_spoken import clause, spoken
from razpis.engine.wording.rules_text import Block, Paragraph, Part, Table, bullets
from razpis.engine.wording.speaker import Speaker

_TYPES = {
    "text": Text("besedilo", "text"),
    "integer": Text("celo število", "whole number"),
    "decimal": Text("število", "number"),
    "euro": Text("znesek v evrih", "amount in euros"),
    "percent": Text("odstotek", "percentage"),
    "date": Text("datum", "date"),
    "yes_no": Text("da ali ne", "yes or no"),
    "attachment": Text("priloga", "attachment"),
    "choice": Text("ena možnost", "one option"),
    "choices": Text("ena ali več možnosti", "one or more options"),
    "table": Text("tabela", "table"),
}


def conditions(speaker: Speaker, rulebook: Rulebook, *, to_you: bool) -> Part:
    """The conditions, each with what happens where it is not met; ``to_you``: told to the applicant."""
    say = speaker.say
    you = say("Izpolniti morate vse pogoje. ", "You have to meet all conditions. ")
    they = say("Prijavitelj mora izpolniti vse pogoje. ", "The applicant has to meet all conditions. ")
    mend = say(
        " Pomanjkljivost lahko odpravite, ko vas k temu pozovemo.", " You may mend it when you are called upon to."
    )
    if not to_you:
        mend = say(
            " Pomanjkljivost je mogoče odpraviti na poziv k dopolnitvi.",
            " It may be mended when the applicant is called.",
        )
    items = []
    for rule in rulebook.conditions:
        failed = {
            "refused": say("Sicer se vloga zavrne.", "Otherwise the application is refused."),
            "dismissed": say("Sicer se vloga zavrže.", "Otherwise the application is dismissed."),
        }[rule.rule.failing]
        text = f"{speaker.text(rule.rule.text)}{article(speaker, rule.rule.article)}. {failed}"
        items.append(text + (mend if rule.rule.mendable else ""))
    intro = (you if to_you else they) + say(
        "Vloga, ki kakšnega ne izpolni, se ne ocenjuje.", "An application that fails one is not scored."
    )
    none = say("Posebnih pogojev ni.", "There are no special conditions.")
    blocks = (Paragraph(intro if items else none), *bullets(items))
    return Part(say("Kdo lahko prejme sredstva", "Who may get money"), blocks)


def form(speaker: Speaker, rulebook: Rulebook) -> Part:
    """What the applicant fills in and attaches, what is computed of it, and what the office fills in."""
    say = speaker.say
    mine = {key: field for key, field in rulebook.fields.items() if field.filled_by == "applicant"}
    papers = {key: field for key, field in mine.items() if isinstance(field, AttachmentField)}
    answers = {key: field for key, field in mine.items() if key not in papers}
    blocks: list[Block] = []
    if answers:
        blocks.append(_table(speaker, rulebook, say("Podatki", "Answers"), answers))
    if papers:
        blocks.append(_table(speaker, rulebook, say("Priloge", "Attachments"), papers))
    missing = say(
        "Vloga, v kateri manjka obvezen podatek ali priloga, je nepopolna.",
        "An application without a required answer or attachment is incomplete.",
    )
    blocks.append(Paragraph(missing))
    office = [speaker.text(field.label) for field in rulebook.fields.values() if field.filled_by == "office"]
    if office:
        blocks.append(Paragraph(say("Izpolni občina: ", "Filled in by the office: ") + "; ".join(office) + "."))
    return Part(say("Kaj pripravite", "What to prepare"), (*blocks, *_derived(speaker, rulebook)))


def _derived(speaker: Speaker, rulebook: Rulebook) -> tuple[Block, ...]:
    items = [f"{speaker.text(rule.rule.label)} = {_made(speaker, rulebook, rule)}" for rule in rulebook.derived]
    intro = speaker.say("Iz teh podatkov se izračuna:", "Computed from these:")
    return (Paragraph(intro), *bullets(items)) if items else ()


def _made(speaker: Speaker, rulebook: Rulebook, rule: DerivedRule) -> str:
    """What a derived fact is computed from, or when it is yes."""
    if rule.value.kind != YES_NO:
        return spoken(speaker, rulebook, rule.value.source)
    holds = clause(speaker, rulebook, rule.value.source)
    return speaker.say(f"da, če {holds}, sicer ne", f"yes where {holds}, otherwise no")


def _table(speaker: Speaker, rulebook: Rulebook, caption: str, fields: Mapping[str, Field]) -> Table:
    say = speaker.say
    head = (say("kaj", "what"), say("kako", "how"), say("obvezno", "required"), say("kje šteje", "where it counts"))
    rows = tuple(
        (
            " – ".join(part for part in (speaker.text(field.label), speaker.text(field.help)) if part),
            _how(speaker, field),
            speaker.yes_no(field.required),
            "; ".join(_read_by(speaker, rulebook, key)) or "–",
        )
        for key, field in fields.items()
    )
    return Table(caption, head, rows, (False, False, False, False))


def _how(speaker: Speaker, field: Field) -> str:
    """``celo število, od 1 do 100``; an option's words; a table's columns."""
    kind = speaker.text(_TYPES[field.type])
    if isinstance(field, TextField):
        return kind + speaker.say(", do ", ", up to ") + _characters(speaker, field.max_length)
    if isinstance(field, IntegerField | NumberField):
        return kind + _ends(speaker, field)
    if isinstance(field, TableField):
        return f"{kind}: " + "; ".join(speaker.text(column.label) for column in field.columns.values())
    options = [speaker.text(words) for words in getattr(field, "options", {}).values()]
    return f"{kind}: {'; '.join(options)}" if options else kind


def _characters(speaker: Speaker, number: int) -> str:
    """After »do«: ``1 znaka``, ``20.000 znakov``."""
    forms = ("znaka", "znakov", "znakov", "znakov", "")
    return f"{speaker.number(number)} {speaker.counted(number, forms, ('character', 'characters'))}"


def _ends(speaker: Speaker, field: IntegerField | NumberField) -> str:
    ends = [
        (speaker.say("najmanj", "at least"), field.min),
        (speaker.say("največ", "at most"), field.max),
    ]
    return "".join(f", {word} {speaker.number(end)}" for word, end in ends if end is not None)


def _read_by(speaker: Speaker, rulebook: Rulebook, key: str) -> list[str]:
    """What an answer decides, in the order of the procedure; else whether the commission reads it."""
    names = {key}
    for rule in rulebook.derived:
        if rule.value.reads & names:
            names.add(rule.key)
    say, read = speaker.say, _read(speaker, rulebook)
    found = [title for title, parts in read if any(part is not None and part.reads & names for part in parts)]
    money, amount = rulebook.allocation, say("znesek", "amount")
    if money is not None and money.rule.request in names and amount not in found:
        found.append(amount)
    return found or _judged(speaker, rulebook, key)


def _read(speaker: Speaker, rulebook: Rulebook) -> list[tuple[str, Sequence[Expression | None]]]:
    """Everything that an answer may decide, with the expressions that read it."""
    say, money = speaker.say, rulebook.allocation
    found: list[tuple[str, Sequence[Expression | None]]] = [
        (say("pogoj", "condition"), [rule.test for rule in rulebook.conditions])
    ]
    for criterion in rulebook.criteria:
        parts = (criterion.value, criterion.applies, *criterion.items)
        found.append((speaker.text(criterion.rule.title), parts))
    found += [
        (say("vsota točk", "sum of points"), [rulebook.factor]),
        (say("prag", "threshold"), [rule.applies for rule in rulebook.thresholds]),
        (say("vrstni red", "order"), [rule.expression for rule in rulebook.ranking]),
    ]
    if money is not None:
        for kept in money.set_asides:
            title = speaker.text(kept.rule.title) or kept.key
            found.append((say("namenska sredstva: ", "set-aside: ") + title, [kept.where]))
        limits = [part for limit in money.limits for part in (limit.amount, limit.where)]
        read = [money.entitlement, money.fixed_part, *limits, *_weight(rulebook, money)]
        found.append((say("znesek", "amount"), read))
    return found


def _weight(rulebook: Rulebook, money: AllocationRule) -> list[Expression]:
    """What money is shared by, where it is shared."""
    return [money.weight] if "proportional" in rulebook.by_fill else []


def _judged(speaker: Speaker, rulebook: Rulebook, key: str) -> list[str]:
    """A text or a paper that no rule computes with is read by the members, where they give marks."""
    named = rulebook.file.call.applicant
    names = set() if named is None else set(named.model_dump().values())
    read = isinstance(rulebook.fields[key], TextField | AttachmentField) and key not in names
    marks = any(isinstance(rule.rule, Marks) for rule in rulebook.criteria)
    return [speaker.say("bere komisija", "read by the commission")] if read and marks else []
