"""How the form is divided into topics, one for each page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from razpis.engine.problems import Text
from razpis.engine.rulebook.call import ApplicantFields
from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.fields import AttachmentField, Field, TableField
from razpis.engine.rulebook.shape import RulebookFile

_APPLICANT = Text("Prijavitelj", "The applicant")
_PROGRAMME = Text("Program", "The programme")
_ATTACHMENTS = Text("Priloge", "Attachments")


@dataclass(frozen=True, slots=True)
class FormTopic:
    """A page of the form: the applicant's fields in their order. A ``key`` of ours holds a hyphen, so that it
    is never one of the file's."""

    key: str
    label: Text
    help: Text | None
    fields: tuple[str, ...]


def check_topics(checker: Checker) -> None:
    """Every field named is one of the form, and stands in one topic only."""
    seen: dict[str, str] = {}
    for key, topic in checker.file.topics.items():
        for at, name in enumerate(topic.fields):
            path = ("topics", key, "fields", at)
            if name not in checker.file.fields:
                checker.unknown(path, name, checker.file.fields)
            elif name in seen:
                checker.problem(
                    path,
                    f"polje »{name}« je že v tematiki »{seen[name]}«; pustite ga le v eni",
                    f"the field '{name}' is already in the topic '{seen[name]}'; leave it in one only",
                )
            seen.setdefault(name, key)


def form_topics(file: RulebookFile) -> tuple[FormTopic, ...]:
    """The topics as the file states them; fields it leaves out follow in topics that suggest themselves:
    the applicant, the programme, each table, attachments. What the office fills in is not asked."""
    asked = {key: field for key, field in file.fields.items() if field.filled_by == "applicant"}
    stated = [
        FormTopic(key, topic.label, topic.help, tuple(name for name in topic.fields if name in asked))
        for key, topic in file.topics.items()
    ]
    named = {name for topic in stated for name in topic.fields}
    rest = {key: field for key, field in asked.items() if key not in named}
    return tuple(topic for topic in (*stated, *_suggested(rest, file.call.applicant)) if topic.fields)


def _suggested(fields: Mapping[str, Field], applicant: ApplicantFields | None) -> list[FormTopic]:
    who = set() if applicant is None else set(applicant.model_dump(exclude_none=True, exclude={"programme"}).values())
    free = {key: field for key, field in fields.items() if key not in who}
    tables = [key for key, field in free.items() if isinstance(field, TableField)]
    files = tuple(key for key, field in free.items() if isinstance(field, AttachmentField))
    others = tuple(key for key in free if key not in {*tables, *files})
    return [
        FormTopic("the-applicant", _APPLICANT, None, tuple(key for key in fields if key in who)),
        FormTopic("the-programme", _PROGRAMME, None, others),
        *(FormTopic(f"table-{key}", fields[key].label, None, (key,)) for key in tables),
        FormTopic("the-attachments", _ATTACHMENTS, None, files),
    ]
