"""What-if: values of a rulebook replaced before it is checked, each named by its path."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from razpis.engine.problems import Place, Problem, Problems, Text, did_you_mean
from razpis.engine.rulebook.source import Path_, Source, parse

_CHANGE = re.compile(r"([^=]+)=(.*)", re.DOTALL)
_NAMED = ("conditions", "criteria", "derived", "limits", "lines", "lots", "sections", "set_asides", "topics")
"""Parts whose keys are names of the rulebook's own, each of which may be left out by a change to ``null``."""
_PLACE = re.compile(r"\d{1,6}", re.ASCII)


def changed(source: Source, changes: Sequence[str]) -> Source:
    """``source`` with every ``path=value`` put in its place; raises :class:`Problems`.

    A path names keys and list positions from 0 with dots between: ``budget``, ``lots.A.amount``,
    ``thresholds.0.at_least``. A key that the file leaves out may be set where its part stands; ``null`` takes away
    what is named by the rulebook itself: ``allocation.limits.cap=null``.
    """
    data = copy.deepcopy(source.data)
    values = dict(source.values)
    problems: list[Problem] = []
    for change in changes:
        place = Place(f"--set {change}")
        try:
            path = _put(data, change, place)
            values = {known: at for known, at in values.items() if known[: len(path)] != path} | {path: place}
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return replace(source, data=data, values=values, quotes={})


def _put(data: Any, change: str, place: Place) -> Path_:
    match = _CHANGE.fullmatch(change)
    if match is None:
        raise Problems([Problem(place, Text("spremembo zapišite kot pot=vrednost", "write a change as path=value"))])
    names, text = match.groups()
    value = parse(text.encode(), place.file).data
    steps = names.strip().split(".")
    path: list[str | int] = []
    for name in steps[:-1]:
        path.append(_existing(data, name, place))
        data = data[path[-1]]
    last = steps[-1] if isinstance(data, dict) else _existing(data, steps[-1], place)
    if value is None and path and path[-1] in _NAMED:
        del data[_existing(data, str(last), place)]
    else:
        data[last] = value
    return (*path, last)


def _existing(data: Any, name: str, place: Place) -> str | int:
    """The step into ``data`` that ``name`` means."""
    if isinstance(data, list) and _PLACE.fullmatch(name) and int(name) < len(data):
        return int(name)
    if isinstance(data, dict) and name in data:
        return name
    hint = did_you_mean(name, [str(key) for key in data] if isinstance(data, dict) else [])
    raise Problems([Problem(place, Text(f"dela »{name}« ni", f"there is no part '{name}'") + hint)])
