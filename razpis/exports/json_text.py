"""Values of the engine as JSON text: exact numbers as text, texts in both languages, dates in ISO."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from razpis.engine import money
from razpis.engine.problems import Text


class Written(str):
    """JSON that is text already."""


def written(value: Any) -> str:
    """``value`` as ``json.dumps(…, ensure_ascii=False)`` writes it, in one line."""
    how = _HOW.get(type(value))
    if how is None:
        how = _HOW[type(value)] = _how(type(value))
    return how(value)


def written_object(members: Mapping[str, Any]) -> Written:
    """An object of these members."""
    return Written(_pattern(tuple(members)) % _each(members.values()))


def written_list(items: Iterable[str]) -> Written:
    """A list of values that are written already."""
    return Written(f"[{', '.join(items)}]")


def _each(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple([encode_basestring(value) if type(value) is str else written(value) for value in values])


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> str:
    """An object of these members, with a place for each value."""
    return f"{{{', '.join(encode_basestring(name).replace('%', '%%') + ': %s' for name in names)}}}"


def _how(kind: Any) -> Callable[[Any], str]:
    """How values of this type are written."""
    if issubclass(kind, datetime.date):
        return lambda value: f'"{value.isoformat()}"'
    if issubclass(kind, Mapping):
        return written_object
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        members = _pattern(names)
        return lambda value: members % _each([getattr(value, name) for name in names])
    fields = _pattern(kind._fields)
    return lambda value: fields % _each(value)


_HOW: dict[type, Callable[[Any], str]] = {
    Written: str,
    str: encode_basestring,
    bool: lambda value: "true" if value else "false",
    NoneType: lambda value: "null",
    int: lambda value: f'"{money.plain(value)}"',
    Fraction: lambda value: f'"{money.plain(value)}"',
    tuple: lambda value: written_list(_each(value)),
    list: lambda value: written_list(_each(value)),
    Text: lambda value: written_object({"sl": value.sl, "en": value.en}),
}
