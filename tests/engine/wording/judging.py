"""A form and the sentence of one criterion over it."""

from __future__ import annotations

from typing import Any

from razpis.engine.cases import Mark
from razpis.engine.problems import Language
from razpis.engine.trace import CriterionTrace
from tests.engine.making import rulebook
from tests.engine.wording.telling import told

FORM = """
fields:
  members: {type: integer, label: {sl: Število članov, en: Members}, required: false}
  local: {type: integer, label: {sl: Domači člani, en: Local members}, required: false}
  cost: {type: euro, label: {sl: Stroški, en: Costs}, required: false}
  own: {type: percent, label: {sl: Lastni delež, en: Own share}, required: false}
  status:
    type: choice
    label: {sl: Status, en: Status}
    required: false
    options: {hum: {sl: humanitarna organizacija, en: humanitarian organisation}, none: {sl: brez statusa, en: no status}}
  free: {type: yes_no, label: {sl: Brezplačno, en: Free of charge}, required: false}
  staff:
    type: table
    label: {sl: Zaposleni, en: Staff}
    required: false
    columns: {hours: {type: integer, label: {sl: ure, en: hours}, required: false}}
derived:
  share: {label: {sl: Delež domačih, en: Local share}, value: local / members * 100, unit: percent}
"""


def trace(criterion: str, language: Language = "sl", given: tuple[Mark, ...] = (), **claims: Any) -> CriterionTrace:
    """The only criterion of a rulebook, told."""
    rules = rulebook(FORM, f"criteria: {{it: {{title: {{sl: Merilo, en: Criterion}}, {criterion}}}}}")
    return told(rules, {("a", "it"): given}, language, **claims).criteria[0]


def both(criterion: str, given: tuple[Mark, ...] = (), **claims: Any) -> tuple[str, str]:
    """The sentence in Slovenian and in English."""
    sl, en = (trace(criterion, language, given, **claims).sentence for language in ("sl", "en"))
    return sl, en
