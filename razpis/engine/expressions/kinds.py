"""Kinds of value an expression can have, known before it is ever evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from razpis.engine.problems import Text

_NAMES = {
    "number": Text("število", "a number"),
    "text": Text("besedilo", "a text"),
    "yes_no": Text("da/ne", "yes/no"),
    "date": Text("datum", "a date"),
    "list": Text("seznam", "a list"),
    "table": Text("tabela", "a table"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    ``whole``: a number known to be whole. ``options``: the only texts possible, where they are known; ``labels``:
    how people read those that are written otherwise.
    ``columns``: of a table. ``rows``: for a column of values, the table whose rows it follows.
    ``item``: the kind of a list's items. The name ``unknown`` is of a fact whose own expression is in fault.
    """

    name: str
    whole: bool = False
    options: tuple[str, ...] = ()
    columns: Mapping[str, Kind] = field(default_factory=dict, hash=False)
    rows: str = ""
    item: str = ""
    labels: Mapping[str, Text] = field(default_factory=dict, hash=False, compare=False)

    def says(self) -> Text:
        """The kind in words."""
        words = _NAMES[self.name]
        if self.rows:
            return Text(f"stolpec ({words.sl})", f"a column ({words.en})")
        return words

    def labelled(self) -> Mapping[str, Text]:
        """Every option with what people read."""
        return {option: self.labels.get(option, Text(option, option)) for option in self.options}

    def same(self, other: Kind) -> bool:
        """Whether values of the two kinds may be compared."""
        return self.name == other.name and self.item == other.item


NUMBER = Kind("number")
WHOLE = Kind("number", whole=True)
TEXT = Kind("text")
YES_NO = Kind("yes_no")
DATE = Kind("date")
TEXTS = Kind("list", item="text")
UNKNOWN = Kind("unknown")


def choice(options: tuple[str, ...], labels: Mapping[str, Text] | None = None) -> Kind:
    """A text that is one of ``options``."""
    return Kind("text", options=options, labels=labels or {})


def table(columns: Mapping[str, Kind]) -> Kind:
    """A table with these columns."""
    return Kind("table", columns=columns)
