"""Whether everything written is used, once, and has its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from razpis.engine.expressions import Expression
from razpis.engine.pairing import paired
from razpis.engine.problems import Text
from razpis.engine.rulebook.compiled import CriterionRule, Rulebook
from razpis.engine.rulebook.fields import AttachmentField, TextField
from razpis.engine.rulebook.groups import Group
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.source import Path_


def look(notes: Notes, rulebook: Rulebook, groups: Sequence[Group]) -> None:
    """Note facts nobody reads, facts read twice, and rules without an article."""
    _unread(notes, rulebook)
    _read_twice(notes, rulebook, groups)
    _without_article(notes, rulebook)


def _unread(notes: Notes, rulebook: Rulebook) -> None:
    """Texts and attachments are read by people, public answers by everyone."""
    read = _read(rulebook)
    for key, rule in paired(rulebook.file.derived, rulebook.derived):
        if key not in read:
            notes.warning(
                ("derived", key),
                f"izpeljanega podatka »{rule.rule.label.sl}« ne uporabi nobeno pravilo; izbrišite ga",
                f"no rule uses the derived fact '{rule.rule.label.en}'; delete it",
                key=True,
            )
        read |= rule.value.reads
    for key, field in rulebook.fields.items():
        if key not in read and not field.public and not isinstance(field, TextField | AttachmentField):
            notes.warning(
                ("fields", key),
                f"podatka »{field.label.sl}« ne bere nobeno pravilo; če ni potreben, ga ne zahtevajte "
                "(če se objavi, dodajte »public: true«)",
                f"no rule reads '{field.label.en}'; do not ask for it if it is not needed "
                "(if it is published, add 'public: true')",
                key=True,
            )


def _read(rulebook: Rulebook) -> set[str]:
    expressions = [rule.test for rule in rulebook.conditions]
    for criterion in rulebook.criteria:
        expressions += [*_scored(criterion), *([criterion.applies] if criterion.applies else [])]
    expressions += [key.expression for key in rulebook.ranking if key.expression]
    expressions += [rule.applies for rule in rulebook.thresholds if rule.applies]
    expressions += [rulebook.factor] if rulebook.factor else []
    read = {name for expression in expressions for name in expression.reads}
    for rule in rulebook.derived:
        read |= rule.value.reads
    if rulebook.allocation is not None:
        read |= {rulebook.allocation.rule.request, *_of_money(rulebook)}
    if rulebook.file.call.applicant is not None:
        read |= {name for name in rulebook.file.call.applicant.model_dump().values() if name is not None}
    return read


def _of_money(rulebook: Rulebook) -> Iterable[str]:
    """The facts that the division of money reads."""
    allocation = rulebook.allocation
    assert allocation is not None
    for expression in (
        allocation.entitlement,
        allocation.weight,
        *(limit.amount for limit in allocation.limits),
        *(limit.where for limit in allocation.limits if limit.where is not None),
        *(one.where for one in allocation.set_asides),
        *([] if allocation.fixed_part is None else [allocation.fixed_part]),
    ):
        yield from expression.reads


def _scored(rule: CriterionRule) -> tuple[Expression, ...]:
    return (*([rule.value] if rule.value else []), *rule.items)


def _read_twice(notes: Notes, rulebook: Rulebook, groups: Sequence[Group]) -> None:
    readers: dict[str, list[CriterionRule]] = {}
    for rule in rulebook.criteria:
        for name in sorted({name for expression in _scored(rule) for name in expression.reads}):
            readers.setdefault(name, []).append(rule)
    for name, rules in readers.items():
        together = [
            rule
            for at, rule in enumerate(rules[1:], 1)
            if any(
                group.applies[rule.key] is not False and group.applies[one.key] is not False
                for group in groups
                for one in rules[:at]
            )
        ]
        if together:
            _twice(notes, name, [rules[0], *together])


def _twice(notes: Notes, name: str, rules: Sequence[CriterionRule]) -> None:
    sl = ", ".join(f"»{rule.rule.title.sl}«" for rule in rules)
    en = ", ".join(f"'{rule.rule.title.en}'" for rule in rules)
    notes.warning(
        ("criteria", rules[1].key),
        f"isti podatek ({name}) šteje v več merilih: {sl}; če je tako v pravilniku, ni treba storiti ničesar",
        f"the same fact ({name}) counts in several criteria: {en}; if the rules say so, nothing need be done",
        key=True,
    )


def _without_article(notes: Notes, rulebook: Rulebook) -> None:
    file = rulebook.file
    for key, condition in file.conditions.items():
        _article(notes, ("conditions", key), condition.article, Text("pogoj", "condition"))
    for key, criterion in file.criteria.items():
        _article(notes, ("criteria", key), criterion.article, Text("merilo", "criterion"))
    for at, threshold in enumerate(file.thresholds):
        _article(notes, ("thresholds", at), threshold.article, Text("prag", "threshold"))
    if file.allocation is not None:
        for key, limit in file.allocation.limits.items():
            _article(notes, ("allocation", "limits", key), limit.article, Text("omejitev", "limit"))


def _article(notes: Notes, path: Path_, article: Text | None, what: Text) -> None:
    if article is None:
        notes.warning(
            path,
            f"{what.sl} ne navaja člena; dodajte »article«, da bo odločba povedala, na čem stoji",
            f"the {what.en} names no article; add 'article', so that the decision can say what it stands on",
            key=True,
        )
