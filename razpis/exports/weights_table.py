"""The effective weights of the criteria as a plain-text table for the terminal."""

from __future__ import annotations

import textwrap

from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import Speaker
from razpis.engine.wording.weights import weight_notes, weight_rows
from razpis.exports.result_table import aligned

_NAME_WIDTH = 48
_LINE_WIDTH = 100


def weights_table(rulebook: Rulebook, language: Language) -> str:
    """The table with its heading and what its columns mean; nothing where there are no criteria."""
    if not rulebook.criteria:
        return ""
    speaker = Speaker(language)
    rows = [(_short(row[0]), *row[1:]) for row in weight_rows(speaker, rulebook)]
    head, *body = aligned(rows, right=(False, *(True for _ in rows[0][1:])))
    rule = "─" * max(len(line) for line in (head, *body))
    heading = speaker.say("Dejanske uteži meril", "Effective weights of the criteria")
    notes = [line for note in weight_notes(speaker) for line in textwrap.wrap(note, _LINE_WIDTH)]
    return "\n".join(["", heading, head, rule, *body, rule, *notes])


def _short(title: str) -> str:
    return title if len(title) <= _NAME_WIDTH else title[: _NAME_WIDTH - 1] + "…"
