"""What comes in: applications, what the commission found of them, its marks and its draws."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.problems import Place

AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Finding:
    """The commission corrected (or confirmed) one answer: ``field``, or ``table.row.column`` from row 1."""

    field: str
    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """One application. ``line`` is its number in the input from 1; ``claims`` holds every field, ``None``
    where it was not answered; ``submitted_at`` is local time."""

    id: str
    line: int
    place: Place
    lot: str
    applicant: str | None
    submitted_at: datetime.datetime | None
    claims: Mapping[str, Value]
    findings: tuple[Finding, ...] = ()


class Mark(NamedTuple):
    """A member's mark with its reason; ``points`` is ``None`` for a recusal."""

    member: str
    points: Number | None
    reason: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A recorded draw: of which tie, in what order the applications were drawn, from which seed."""

    tie: str
    order: tuple[str, ...]
    seed: str
    place: Place


Marks = Mapping[tuple[str, str], tuple[Mark, ...]]
"""Marks by application id and criterion key."""
