"""The meaning of a rulebook as a whole: contradictions (errors) and what is probably not meant (warnings)."""

from __future__ import annotations

from razpis.engine.problems import Problem
from razpis.engine.rulebook import (
    lint_budget,
    lint_commas,
    lint_divisors,
    lint_facts,
    lint_money,
    lint_points,
    lint_procedure,
    lint_unused,
)
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.reach import ranges, reaches
from razpis.engine.rulebook.source import Source


def lint(source: Source, rulebook: Rulebook) -> tuple[Problem, ...]:
    """Everything found, in the order of the file; ``source`` is where ``rulebook`` was read from."""
    notes, found = Notes(source), reaches(rulebook)
    lint_points.look(notes, rulebook, found)
    lint_facts.look(notes, rulebook, [reach.group for reach in found])
    lint_procedure.look(notes, rulebook)
    known = ranges(rulebook, found)
    lint_commas.look(notes, rulebook)
    lint_divisors.look(notes, rulebook, known)
    lint_budget.look(notes, rulebook)
    lint_money.look(notes, rulebook, known)
    lint_unused.look(notes, rulebook)
    return tuple(sorted(notes.problems, key=lambda problem: problem.place))
