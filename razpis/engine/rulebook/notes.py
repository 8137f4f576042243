"""What a reading of the meaning finds: errors that stop the work, and warnings that do not."""

from __future__ import annotations

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Problem, Text
from razpis.engine.rulebook.source import Path_, Source


def euros(amount: Number) -> Text:
    """An amount to the cent, as each language writes it: ``2.291,11 EUR`` and ``2,291.11 EUR``."""
    whole, _, cents = money.fixed(amount, 2).partition(".")
    grouped = f"{int(whole):,}"
    return Text(f"{grouped.replace(',', '.')},{cents} EUR", f"{grouped}.{cents} EUR")


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

    def inside(self, path: Path_, offset: int, text: Text) -> None:
        """Note what is probably not meant at ``offset`` characters into the expression at ``path``."""
        self.problems.append(Problem(self._source.inside(path, offset), text, warning=True))

    def _note(self, path: Path_, text: Text, key: bool, warning: bool) -> None:
        place = self._source.key_place(path) if key else self._source.place(path)
        self.problems.append(Problem(place, text, warning))
