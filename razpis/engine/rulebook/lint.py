"""The meaning of a rulebook as a whole: contradictions (errors) and what is probably not meant (warnings)."""

from __future__ import annotations

from razpis.engine.problems import Problem
from razpis.engine.rulebook import lint_facts, lint_money, lint_points, lint_procedure
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.source import Source


def lint(source: Source, rulebook: Rulebook) -> tuple[Problem, ...]:
    """Everything found, in the order of the file; ``source`` is where ``rulebook`` was read from."""
    notes = Notes(source)
    for look in (lint_points.look, lint_facts.look, lint_procedure.look, lint_money.look):
        look(notes, rulebook)
    return tuple(sorted(notes.problems, key=lambda problem: problem.place))
