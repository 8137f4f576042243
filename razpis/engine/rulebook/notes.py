"""What a reading of the meaning finds: errors that stop the work, and warnings that do not."""

from __future__ import annotations

from razpis.engine.problems import Problem, Text
from razpis.engine.rulebook.source import Path_, Source


class Notes:
    """Collects problems at the places of one rulebook file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.problems: list[Problem] = []

    def error(self, path: Path_, sl: str, en: str, *, key: bool = False) -> None:
        """Note what makes the rules contradict themselves, at a value or (``key``) at its key."""
        self._note(path, Text(sl, en), key, warning=False)

    def warning(self, path: Path_, sl: str, en: str, *, key: bool = False) -> None:
        """Note what is allowed but probably not meant."""
        self._note(path, Text(sl, en), key, warning=True)

    def _note(self, path: Path_, text: Text, key: bool, warning: bool) -> None:
        place = self._source.key_place(path) if key else self._source.place(path)
        self.problems.append(Problem(place, text, warning))
