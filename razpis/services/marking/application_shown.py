"""An application as those who mark it read it: what is established, with the claim beside it where that differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from razpis.engine.cases import Case, Finding
from razpis.engine.problems import Language, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import TableField
from razpis.engine.wording import naming
from razpis.engine.wording.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer in words. ``claim`` and ``reason``: what was claimed and why another value was established, blank
    where it is the same. ``columns`` and ``rows`` where it is a table; a cell holds its text and its claim."""

    label: str
    value: str
    claim: str = ""
    reason: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the form with its answers."""

    label: Text
    answers: tuple[Shown, ...]


def topics(rulebook: Rulebook, case: Case, language: Language) -> list[Topic]:
    """Everything the applicant was asked, as established by now."""
    speaker, findings = Speaker(language), {one.field: one for one in case.findings}
    return [
        Topic(topic.label, tuple(_answer(speaker, rulebook, key, case, findings) for key in topic.fields))
        for topic in rulebook.topics
    ]


def _answer(speaker: Speaker, rulebook: Rulebook, key: str, case: Case, findings: Mapping[str, Finding]) -> Shown:
    field, claim = rulebook.fields[key], case.claims[key]
    label = naming.label(speaker, rulebook, key)
    if isinstance(field, TableField) and claim:
        columns = tuple(speaker.text(column.label) for column in field.columns.values())
        rows = tuple(_row(speaker, rulebook, f"{key}.{at}", row, findings) for at, row in enumerate(claim, 1))
        reasons = [one.reason for path, one in findings.items() if path.startswith(f"{key}.") and one.reason]
        return Shown(label, "", "", "; ".join(dict.fromkeys(reasons)), columns, rows)
    value, before, reason = _established(speaker, rulebook, key, claim, findings)
    return Shown(label, value, before, reason)


def _row(
    speaker: Speaker, rulebook: Rulebook, path: str, row: Mapping[str, Any], findings: Mapping[str, Finding]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        _established(speaker, rulebook, f"{path}.{column}", claim, findings)[:2] for column, claim in row.items()
    )


def _established(
    speaker: Speaker, rulebook: Rulebook, path: str, claim: Any, findings: Mapping[str, Finding]
) -> tuple[str, str, str]:
    """The value that stands, the claim where it was another, and the reason."""
    finding = findings.get(path)
    if finding is None or finding.value == claim:
        return naming.shown(speaker, rulebook, path, claim), "", ""
    shown = [naming.shown(speaker, rulebook, path, value) for value in (finding.value, claim)]
    return shown[0], shown[1], finding.reason
