"""The reason for every point and cent, worded: one structure for screen, letter and spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from razpis.engine.money import Number


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer the commission corrected: what was claimed, what was established, why."""

    label: str
    claim: str
    established: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConditionTrace:
    """One condition and what was found."""

    key: str
    text: str
    article: str
    met: bool
    finding: str


class MarkTrace(NamedTuple):
    """One member's mark; ``points`` is blank for a recusal."""

    member: str
    points: str
    reason: str


class CriterionTrace(NamedTuple):
    """One criterion. ``points`` and ``maximum`` are exact; ``basis`` says what the points stand on,
    ``sentence`` is the whole line with title, basis, points and article, ``reason`` is the basis with the
    members' reasons, without their names."""

    key: str
    title: str
    article: str
    section: str
    points: Number | None
    maximum: Number | None
    basis: str
    sentence: str
    reason: str
    marks: tuple[MarkTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionTrace:
    """One section: points after weight and cap, and the most it can give."""

    key: str
    title: str
    points: Number
    maximum: Number | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ThresholdTrace:
    """One threshold: what it is set on, what is needed, whether it is reached, by how much it is missed."""

    title: str
    need: str
    sentence: str
    met: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything an applicant may ask about its result, in one language.

    ``summary``: the result in one sentence. ``dismissals``: formal grounds. ``place``: its place and what
    decided it. ``amount``: the derivation of the award, step by step, the last line the whole of it.
    ``refusal``: why it was refused or dismissed, or why no more was granted.
    """

    language: str
    summary: str
    dismissals: tuple[str, ...]
    corrections: tuple[Correction, ...]
    conditions: tuple[ConditionTrace, ...]
    criteria: tuple[CriterionTrace, ...]
    sections: tuple[SectionTrace, ...]
    total: str
    thresholds: tuple[ThresholdTrace, ...]
    place: str
    amount: tuple[str, ...]
    refusal: tuple[str, ...]
