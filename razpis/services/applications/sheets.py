"""An application's form as it stands: its rules, answers and files, and the facts the engine reads of them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from razpis.engine.cases import Case
from razpis.engine.expressions.build import Value
from razpis.engine.problems import Place, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import AttachmentField, Field, TableField
from razpis.engine.rulebook.topics import FormTopic
from razpis.models.applications import Application
from razpis.models.base import canonical
from razpis.models.files import StoredFile
from razpis.procedure.deadlines import local_time
from razpis.services.applications import replies
from razpis.services.applications.known_answers import FROM_RECORDS
from razpis.services.errors import Missing
from razpis.services.rules.rulebooks import compiled


@dataclass(frozen=True, slots=True)
class Sheet:
    """``values``: what every asked field holds, ``None`` where nothing; ``files`` by attachment field;
    ``seen``: by field, what a page says it was filled from; ``known``: fields that hold what the organisation's
    records say, unchanged."""

    application: Application
    rulebook: Rulebook
    values: Mapping[str, Value]
    files: Mapping[str, tuple[StoredFile, ...]]
    seen: Mapping[str, str]
    known: frozenset[str] = frozenset()

    @property
    def asked(self) -> Mapping[str, Field]:
        """The fields the applicant fills in."""
        return {key: field for key, field in self.rulebook.fields.items() if field.filled_by == "applicant"}

    def topic(self, key: str) -> FormTopic:
        """A page of the form. Raises :class:`Missing`."""
        for topic in self.rulebook.topics:
            if topic.key == key:
                return topic
        raise Missing

    def missing(self, keys: Iterable[str]) -> list[tuple[str, Text]]:
        """Of the fields ``keys``, what must still be answered: the field, and what it is called."""
        found: list[tuple[str, Text]] = []
        for key in keys:
            field, value = self.rulebook.fields[key], self.values.get(key)
            if field.required and value is None:
                found.append((key, field.label))
            elif isinstance(field, TableField) and value is not None:
                found += [(key, label) for label in _blank_cells(field, value)]
        return found


def sheet(application: Application) -> Sheet:
    """The form of ``application`` by the rules in force."""
    rulebook = compiled(application.call.rulebook)
    answers = {answer.field: answer for answer in application.answers}
    files: dict[str, tuple[StoredFile, ...]] = {}
    for attachment in application.attachments:
        if attachment.removed_at is None:
            files[attachment.field] = (*files.get(attachment.field, ()), attachment.file)
    values: dict[str, Value] = {}
    seen: dict[str, str] = {}
    for key, field in rulebook.fields.items():
        answer = answers.get(key)
        if isinstance(field, AttachmentField):
            values[key] = ", ".join(file.name for file in files.get(key, ())) or None
        else:
            values[key] = replies.value(field, answer.value) if answer is not None else None
        seen[key] = mark(answer.revision if answer else 0, answer.value if answer else None)
    known = frozenset(key for key, answer in answers.items() if answer.revision == FROM_RECORDS)
    return Sheet(application, rulebook, values, files, seen, known)


def mark(revision: int, kept: replies.Kept) -> str:
    """What a page was filled from: the count of changes and a digest, so that it is known what a page changed."""
    return f"{revision}-{digest(kept)}"


def digest(kept: replies.Kept) -> str:
    """A short digest of a kept answer."""
    return hashlib.sha256(canonical(kept).encode()).hexdigest()[:16]


def as_case(sheet: Sheet, now: datetime.datetime) -> Case:
    """The application as the engine reads it, submitted ``now``."""
    return Case(
        id=sheet.application.key,
        line=sheet.application.number or 1,
        place=Place(""),
        lot=sheet.application.lot,
        applicant=str(sheet.application.organisation_id),
        submitted_at=local_time(now),
        claims=sheet.values,
    )


def content(sheet: Sheet) -> dict[str, Any]:
    """What is filed of the form: JSON that is hashed and kept."""
    asked = sheet.asked
    answers = {
        key: replies.kept(field, sheet.values[key])
        for key, field in asked.items()
        if sheet.values[key] is not None and not isinstance(field, AttachmentField)
    }
    files = {
        key: [{"name": one.name, "size": one.size, "sha256": one.sha256, "key": one.key} for one in sheet.files[key]]
        for key in asked
        if key in sheet.files
    }
    return {"lot": sheet.application.lot, "answers": answers, "attachments": files}


def sha256(content: Mapping[str, Any]) -> str:
    """The hash of what is filed, over its canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _blank_cells(field: TableField, rows: Value) -> list[Text]:
    return [
        field.label + Text(f", {at}. vrstica, ", f", row {at}, ") + column.label
        for at, row in enumerate(rows, 1)
        for key, column in field.columns.items()
        if column.required and row[key] is None
    ]
