"""A rulebook in which nothing is amiss, and what is said of it once a few lines are changed."""

from __future__ import annotations

from razpis.engine.problems import Language, Problems
from razpis.engine.rulebook import load
from tests.engine.factories import FILE, marked

CLEAN = """\
call: {title: Zgled, reference: R-1, year: 2026}
fields:
  members: {type: integer, label: Člani, min: 0, max: 100}
  clean: {type: yes_no, label: Brez dolgov}
  form: {type: choice, label: Oblika, options: [društvo, zavod], public: true}
  total_cost: {type: euro, label: Stroški, min: 0, max: 10000}
  requested: {type: euro, label: Zaprošeno, min: 0}
derived:
  half: {label: Polovica, value: total_cost * 0.5}
conditions:
  clean: {text: Nima dolgov, test: clean, article: 1. člen}
sections:
  size: {title: Velikost, max: 10}
criteria:
  members:
    kind: bands
    title: Člani
    section: size
    article: 2. člen
    value: members
    bands: [{to: 10, points: 0}, {from: 11, points: 10}]
    max: 10
  quality: {kind: marks, title: Kakovost, article: 3. člen, max: 5, weight: 2, round: 2}
total: {max: 20}
commission: {minimum_marks: 2, members: [A, B, C]}
thresholds:
  - {of: total, at_least: 5, article: 4. člen}
ranking: {keys: [points, draw]}
lots: {A: {amount: 1000}, B: {amount: 3000}}
allocation:
  request: requested
  round: 2
  limits:
    share: {amount: half, title: polovica, article: 5. člen}
"""


def changed(*changes: tuple[str, str]) -> str:
    """The clean rulebook with every first text replaced by the second; each must stand in it once."""
    text = CLEAN
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def found(text: str, language: Language = "sl") -> list[str]:
    """Everything said of the rulebook: what stops it, else its warnings."""
    try:
        return [problem.line(language) for problem in load(text.encode(), FILE).warnings]
    except Problems as problems:
        return [problem.line(language) for problem in problems.problems]


def assert_said(changes: list[tuple[str, str]], *messages: str) -> None:
    """The changed rulebook is told exactly these ``messages``, at the marks in the changes."""
    text, expected = marked(changed(*changes), *messages)
    assert (said := found(text)) == expected, said
