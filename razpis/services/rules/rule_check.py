"""A rulebook's text looked at as a whole: what is wrong, what its examples give, what it says in the end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from razpis.engine.examples import Examined, examine
from razpis.engine.problems import Problem, Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.reading import load_with_places
from razpis.services.rules.rulebooks import NAME


@dataclass(frozen=True, slots=True)
class Look:
    """``errors`` stop a publication, ``warnings`` do not; ``examples`` and ``rulebook`` are there without errors."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    rulebook: Rulebook | None = None
    examples: Examined | None = None


@lru_cache(maxsize=32)
def look(text: str) -> Look:
    """Check the rulebook written in ``text`` and run its examples."""
    try:
        rulebook, source = load_with_places(text.encode(), NAME)
    except Problems as found:
        return Look(
            errors=tuple(one for one in found.problems if not one.warning),
            warnings=tuple(one for one in found.problems if one.warning),
        )
    return Look((), rulebook.warnings, rulebook, examine(rulebook, source))
