"""Criteria of many applications in words: what depends on the points alone is worded once for all."""

from __future__ import annotations

from typing import TypeAlias

from razpis.engine.rulebook import CriterionRule, Rulebook
from razpis.engine.scoring import CriterionScore, Score
from razpis.engine.trace import CriterionTrace
from razpis.engine.wording import criteria
from razpis.engine.wording.speaker import Speaker

Repeated: TypeAlias = tuple[CriterionScore, type]
"""A criterion's score with the type of its basis, which is no part of a tuple's equality."""
REMEMBERED = 20_000


class Traces:
    """Words the criteria of one rulebook in one language; ``remembered``: so many different scores at most, words
    of further ones are made anew each time."""

    def __init__(self, speaker: Speaker, rulebook: Rulebook, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._speaker = speaker
        self._rulebook = rulebook
        self._repeating = frozenset(one.key for one in rulebook.criteria if _repeats(rulebook, one))
        self._known: dict[Repeated, CriterionTrace] = {}

    def repeated(self, given: CriterionScore) -> Repeated | None:
        """What equal traces have in common, whatever the application; none where the application matters."""
        return (given, type(given.basis)) if given.key in self._repeating else None

    def trace(self, compiled: CriterionRule, score: Score, given: CriterionScore) -> CriterionTrace:
        """One criterion's points explained."""
        repeated = self.repeated(given)
        found = None if repeated is None else self._known.get(repeated)
        if found is None:
            found = criteria.trace(self._speaker, self._rulebook, compiled, score, given)
            if repeated is not None and len(self._known) < self._remembered:
                self._known[repeated] = found
        return found


def _repeats(rulebook: Rulebook, compiled: CriterionRule) -> bool:
    """Marks come with their members' reasons, a computed value with the facts it was computed from."""
    if compiled.rule.kind == "marks":
        return False
    return compiled.value is None or compiled.value.source in rulebook.fields
