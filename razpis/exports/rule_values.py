"""What a rulebook sets, one value a line: each under its path, as `--set` names it; words are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from razpis.engine import money
from razpis.engine.money import Rounding
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.values import Part

PARTS = (
    "fields",
    "derived",
    "conditions",
    "sections",
    "criteria",
    "total",
    "commission",
    "thresholds",
    "ranking",
    "lots",
    "budget",
    "allocation",
)


def rule_values(rulebook: Rulebook) -> dict[str, str]:
    """The values of the rules by their paths, also where a rule that is left out sets them; a `false` that nobody
    wrote is left out. Numbers are exact."""
    deadline = rulebook.file.call.deadline
    found = {} if deadline is None else {"call.deadline": f"{deadline:%Y-%m-%d %H:%M}"}
    for name in PARTS:
        found.update(_values(name, getattr(rulebook.file, name)))
    return found


def _values(path: str, value: Any) -> Iterator[tuple[str, str]]:
    for step, inner in _steps(value):
        yield from _values(f"{path}.{step}", inner)
    shown = _shown(value)
    if shown:
        yield path, shown


def _steps(value: Any) -> Iterator[tuple[str, Any]]:
    """The parts inside a part, by the names they have in the file."""
    if isinstance(value, Part):
        for name, info in type(value).model_fields.items():
            inner = getattr(value, name)
            if inner is not False or info.default is not False:
                yield info.alias or name, inner
    elif isinstance(value, Mapping) and not _options(value):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from ((str(at), one) for at, one in enumerate(value) if isinstance(one, Part))


def _options(value: Mapping[str, Any]) -> bool:
    return all(isinstance(one, Text) for one in value.values())


def _shown(value: Any) -> str:
    """A single value; nothing for parts, for words and for what is not there."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return money.plain(value)
        case str():
            return value
        case Rounding():
            return f"{value.places} ({value.mode})"
        case Mapping() if _options(value):
            return ", ".join(value)
        case tuple():
            return ", ".join(filter(None, map(_shown, value)))
        case _:
            return ""
