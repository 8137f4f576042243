"""The desk at which a member marks: what is theirs, in an order of their own, how far they are, one application."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from razpis.engine.cases import Case
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Marks
from razpis.models.applications import Application
from razpis.models.calls import Call
from razpis.models.marking import MarkSheet, MemberMark
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.errors import Missing
from razpis.services.examination import established
from razpis.services.marking import mark_rules, mark_sheets, material, spread
from razpis.services.marking.marking import MARKED_IN
from razpis.services.marking.material import Material
from razpis.services.marking.spread import Repeated
from razpis.services.records import readings
from razpis.services.sitting import declarations, seated


@dataclass(frozen=True, slots=True)
class Line:
    """One application of a member's round: marks given and needed; ``open`` while they can still be changed."""

    application: Application
    done: int
    needed: int
    locked: bool
    open: bool

    @property
    def full(self) -> bool:
        """Whether every mark stands with its reason."""
        return self.done == self.needed


@dataclass(frozen=True, slots=True)
class Desk:
    """A member's round in their own order. ``kept_away``: how many applications they are excluded from;
    ``undeclared``: how many wait for their declaration; ``criteria``: all that the rules let members mark."""

    call: Call
    lines: Sequence[Line]
    kept_away: int
    undeclared: int
    presides: bool
    repeated: Sequence[Repeated]
    criteria: Mapping[str, Marks]

    @property
    def ready(self) -> list[Line]:
        """Full sheets that are not locked yet."""
        return [line for line in self.lines if line.full and line.open and not line.locked]


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion to mark: its rule, and the mark that stands."""

    key: str
    rule: Marks
    mark: MemberMark | None


@dataclass(frozen=True, slots=True)
class Page:
    """One application to mark: its facts, its files by field (``{name, size, sha256, key}``), its criteria, and its
    neighbours in the member's order."""

    desk: Desk
    line: Line
    rulebook: Rulebook
    case: Case
    files: Mapping[str, Sequence[Mapping[str, Any]]]
    asked: Sequence[Asked]
    position: int
    previous: str | None
    next: str | None


def desk(actor: Actor, call_id: int, now: datetime.datetime) -> Desk:
    """The member's round. Constant number of queries. Raises :class:`Forbidden`, :class:`Missing`."""
    return with_material(actor, call_id, now)[0]


def with_material(actor: Actor, call_id: int, now: datetime.datetime) -> tuple[Desk, Material]:
    """The member's round, and the rules, cases and own marks it is read from. Raises as :func:`desk`."""
    seat = seated.held(actor, call_id)
    gathered = material.gather(seat.call, actor.person)
    return _desk(actor, gathered, seat.function is CommissionFunction.PRESIDENT, now), gathered


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> Page:
    """One application to mark; the reading is noted.

    Raises :class:`Missing`, and :class:`Forbidden` without a declaration or with a conflict.
    """
    found, gathered = with_material(actor, call_id, now)
    application = gathered.applications.get(key)
    if application is None:
        raise Missing
    order = [line.application.key for line in found.lines]
    if key not in order:
        declarations.may_read(actor, application.id, now)
        raise Missing
    readings.note(actor, now, "application.marking", declarations.subject(application))
    at = order.index(key)
    return Page(
        found,
        found.lines[at],
        gathered.rulebook,
        next(case for case in gathered.cases if case.id == key),
        established.contents(application.id).attachments,
        _asked(actor, gathered, application),
        at + 1,
        order[at - 1] if at else None,
        order[at + 1] if at + 1 < len(order) else None,
    )


def following(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> str | None:
    """The application after this one in the member's order; none after the last."""
    order = [line.application.key for line in desk(actor, call_id, now).lines]
    after = order[order.index(key) + 1 :] if key in order else []
    return after[0] if after else None


def shuffled(person: int, call: Call, key: str) -> str:
    """The sort key that gives each member an order of their own, always the same one: nobody's application is always
    the last one, read by tired eyes."""
    return hashlib.sha256(f"{call.id}:{person}:{key}".encode()).hexdigest()


def _desk(actor: Actor, gathered: Material, presides: bool, now: datetime.datetime) -> Desk:
    call, on, person = gathered.call, gathered.round.duties, actor.person
    may = declarations.readable(actor, call.id, now)
    mine = [one for one in gathered.applications.values() if person in on.due[one.id]]
    needed = mark_rules.needed(gathered.rulebook, gathered.cases)
    marked = [one for one in mine if one.id in may and needed[one.key]]
    ordered = sorted(marked, key=lambda one: shuffled(person, call, one.key))
    lines = [_line(gathered, one, person, needed[one.key]) for one in ordered]
    return Desk(
        call,
        lines,
        sum(person in on.excluded[one.id] for one in gathered.applications.values()),
        sum(one.id not in may for one in mine),
        presides,
        spread.repeated(gathered, marked, person),
        mark_rules.judged(gathered.rulebook),
    )


def _line(gathered: Material, application: Application, person: int, needed: Sequence[str]) -> Line:
    sheet = gathered.round.sheets.get((application.id, person))
    locked = sheet is not None and sheet.locked_at is not None
    open_ = application.state is ApplicationState.IN_SCORING and gathered.call.state in MARKED_IN
    return Line(application, len(needed) - len(mark_sheets.lacking(sheet, needed)), len(needed), locked, open_)


def _asked(actor: Actor, gathered: Material, application: Application) -> list[Asked]:
    rules = mark_rules.judged(gathered.rulebook)
    needed = mark_rules.needed(gathered.rulebook, gathered.cases)[application.key]
    given = marks(gathered.round.sheets.get((application.id, actor.person)))
    return [Asked(key, rules[key], given.get(key)) for key in needed]


def marks(sheet: MarkSheet | None) -> Mapping[str, MemberMark]:
    """Every mark of a sheet by criterion, those taken away too: their revisions go on counting."""
    return {} if sheet is None else {mark.criterion: mark for mark in sheet.marks}
