"""A rulebook with a field of every type, and files written for one test."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from razpis.engine.cases import Case
from razpis.engine.problems import Problem, Problems
from razpis.engine.rulebook import Rulebook, load
from razpis.intake import Read, read_applications

FORM = """\
call: {title: Razpis, reference: R-1, year: 2026, deadline: "2026-02-10 12:00"}
fields:
  name: {type: text, label: Ime, max_length: 40}
  members: {type: integer, label: Člani, min: 1, max: 500}
  share: {type: decimal, label: Delež, required: false}
  requested: {type: euro, label: Zaprošeno, min: 100, max: 5000.50}
  own: {type: percent, label: Lastni delež, required: false}
  founded: {type: date, label: Ustanovljeno, required: false}
  humanitarian: {type: yes_no, label: Humanitarna, required: false}
  area:
    type: choice
    label: Področje
    required: false
    options: {social: {sl: Socialno varstvo, en: Social care}, health: Zdravje}
  groups: {type: choices, label: Skupine, required: false, options: [old, young, ill]}
  statute: {type: attachment, label: Statut, required: false}
"""
STAFF = """\
  staff:
    type: table
    label: Osebje
    required: %s
    max_rows: 3
    columns:
      person: {type: text, label: Oseba}
      hours: {type: integer, label: Ure, min: 0}
      pay: {type: euro, label: Plača, required: false}
"""
DERIVED = "derived: {per_member: {label: Na člana, value: requested / members}}\n"
CRITERIA = """\
criteria:
  size: {kind: bands, title: Velikost, value: members, max: 10, bands: [{from: 1, points: 10}]}
  need: {kind: marks, title: Potreba, max: 10, step: 0.5}
  idea: {kind: marks, title: Zamisel, min: 1, max: 5}
  free: {kind: marks, title: Prosto, max: 4, step: null}
commission: {members: [Ana Č., Bojan]}
"""
LOTS = """\
lots: {"Sklop A": {amount: 1000}, "Sklop B": {amount: 2000}}
allocation: {request: requested}
"""


@cache
def rulebook(*, table: bool | None = None, lots: bool = False) -> Rulebook:
    """The rulebook; ``table`` says whether the table is required (``None``: there is none)."""
    staff = "" if table is None else STAFF % str(table).lower()
    text = FORM + staff + DERIVED + CRITERIA + (LOTS if lots else "")
    return load(text.encode(), "pravila.yaml")


HEADER = "id;applicant;submitted_at;name;members;requested"


def applications(text: str | bytes, rules: Rulebook | None = None, name: str = "vloge.csv") -> Read[tuple[Case, ...]]:
    """``text`` written to a file in the working folder and read."""
    path = written(text, name)
    return read_applications(path, rules or rulebook())


def written(text: str | bytes, name: str) -> Path:
    """A file in the working folder."""
    path = Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusals(read: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems that reading raises."""
    with pytest.raises(Problems) as caught:
        read()
    return caught.value.problems


def said(read: Callable[[], object]) -> list[str]:
    """The problems that reading raises, in Slovenian."""
    return [problem.line("sl") for problem in refusals(read)]


def told(read: Callable[[], object]) -> list[str]:
    """The problems that reading raises, in English."""
    return [problem.line("en") for problem in refusals(read)]
