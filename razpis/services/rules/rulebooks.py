"""Rulebooks as they stand in calls: text in, rules out, each text read once."""

from __future__ import annotations

from functools import lru_cache

from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.reading import load

NAME = "pravila.yaml"


@lru_cache(maxsize=64)
def compiled(text: str) -> Rulebook:
    """The rulebook written in ``text``. Raises :class:`razpis.engine.problems.Problems`."""
    return load(text.encode(), NAME)
