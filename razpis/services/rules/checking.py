"""Check a rulebook: read it, look at its meaning, and run the examples written into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from razpis.engine.examples import Examined, examine
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.reading import load_with_places
from razpis.engine.rulebook.source import read_bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A rulebook that can be used, with its warnings, and what its own examples gave."""

    rulebook: Rulebook
    examples: Examined


def check(path: Path) -> Checked:
    """Check the rulebook in ``path``. Raises :class:`Problems` where it cannot be used at all."""
    rulebook, source = load_with_places(read_bytes(path), str(path))
    return Checked(rulebook, examine(rulebook, source))
