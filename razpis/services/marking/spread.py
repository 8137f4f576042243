"""How marks spread, by application and by member, and reasons that repeat. Statistics: they change no points."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.services.actor import Actor
from razpis.services.marking import mark_rules, mark_sheets, material
from razpis.services.marking.material import Material
from razpis.services.sitting import declarations, seated


@dataclass(frozen=True, slots=True)
class Dot:
    """A member's marks on one application together: their sum, and its share of the greatest possible in tenths of a
    percent (0–1000)."""

    member: str
    sum: Number
    share: int


@dataclass(frozen=True, slots=True)
class Row:
    """One application: a dot for each member, the distance between the outer two in tenths of a percent."""

    application: Application
    dots: tuple[Dot, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member: how many applications they marked, and the mean, least and greatest of their shares."""

    member: str
    count: int
    mean: int
    least: int
    greatest: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same words as the reason for several applications."""

    member: str
    criterion: Text
    reason: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The picture of a round: applications by distance, greatest first; members in the order of their seats."""

    rows: Sequence[Row]
    members: Sequence[MemberRow]
    repeated: Sequence[Repeated]


def spread(actor: Actor, call_id: int, now: datetime.datetime) -> Spread:
    """The spread over applications whose sheets are all locked and which this person may read.

    Raises :class:`Forbidden`, :class:`Missing`.
    """
    seat = seated.held(actor, call_id)
    gathered = material.gather(seat.call)
    may = declarations.readable(actor, call_id, now)
    shown = [one for one in gathered.applications.values() if one.id in may and gathered.round.closed(one.id)]
    rows = sorted((_row(gathered, one) for one in shown), key=lambda row: (-row.distance, row.application.number or 0))
    return Spread(rows, _members(rows), repeated(gathered, shown))


def repeated(gathered: Material, applications: Iterable[Application], person: int | None = None) -> list[Repeated]:
    """Reasons of the same words for one criterion of several applications, by one member (of one ``person`` alone)."""
    found: dict[tuple[int, str, str], list[tuple[int, str]]] = {}
    for application in applications:
        for member in gathered.round.duties.due[application.id]:
            if person not in (None, member):
                continue
            for mark in mark_sheets.given(gathered.round.sheets.get((application.id, member))).values():
                place = found.setdefault((member, mark.criterion, alike(mark.reason)), [])
                place.append((application.number or 0, mark.reason))
    names, criteria = gathered.round.duties.names, gathered.rulebook.file.criteria
    return [
        Repeated(names[member], criteria[criterion].title, rows[0][1], tuple(number for number, _ in rows))
        for (member, criterion, _), rows in found.items()
        if len(rows) > 1
    ]


def alike(reason: str) -> str:
    """A reason without what does not make it another one: case, spaces, signs."""
    return " ".join(re.findall(r"\w+", reason.casefold()))


def _row(gathered: Material, application: Application) -> Row:
    rules = mark_rules.judged(gathered.rulebook)
    dots = []
    for member in gathered.round.duties.due[application.id]:
        marks = mark_sheets.given(gathered.round.sheets.get((application.id, member)))
        points = {key: money.parse_number(mark.points) for key, mark in marks.items() if key in rules}
        dots.append(_dot(gathered.round.duties.names[member], points, {key: rules[key].max for key in points}))
    shares = [dot.share for dot in dots]
    return Row(application, tuple(dots), max(shares, default=0) - min(shares, default=0))


def _dot(member: str, points: Mapping[str, Number], most: Mapping[str, Number]) -> Dot:
    got, whole = money.total(points.values()), money.total(most.values())
    return Dot(member, got, money.whole(money.divide(got * 1000, whole), "half_up") if whole else 0)


def _members(rows: Iterable[Row]) -> list[MemberRow]:
    shares: dict[str, list[int]] = {}
    for row in rows:
        for dot in row.dots:
            shares.setdefault(dot.member, []).append(dot.share)
    return [
        MemberRow(name, len(own), money.whole(money.divide(sum(own), len(own)), "half_up"), min(own), max(own))
        for name, own in sorted(shares.items())
    ]
