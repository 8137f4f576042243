"""Exclusions: conflicts that were declared, the head's decision on each, and the substitute who steps in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, Seat
from razpis.models.organisations import Organisation
from razpis.models.sittings import Declaration, Recusal
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.roles import Role
from razpis.procedure.sittings import Sitter
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.sitting import seated


@dataclass(slots=True)
class Exclusion:
    """Who may not deal with an application, and which deputy stands in for whom; persons by number."""

    excluded: set[int] = field(default_factory=set)
    substitutes: dict[int, int] = field(default_factory=dict)
    undecided: bool = False

    def sitters(self, seats: Sequence[Seat]) -> list[Sitter]:
        """The commission as it stands for this application."""
        return [Sitter(seat.user_id, seat.function, self.substitutes.get(seat.user_id)) for seat in seats]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared conflict as the head sees it, with the decision on it, if there is one."""

    declaration: Declaration
    applicant: str
    recusal: Recusal | None


def latest() -> ColumnElement[bool]:
    """The condition that a declaration is the member's last one about its application."""
    other = aliased(Declaration)
    last = select(func.max(other.number)).where(
        other.application_id == Declaration.application_id, other.user_id == Declaration.user_id
    )
    return Declaration.number == last.correlate(Declaration).scalar_subquery()


def of_call(call_id: int) -> Mapping[int, Exclusion]:
    """By application: those excluded (declared, and not found free of it by the head). One query."""
    query = (
        select(Declaration.application_id, Declaration.user_id, Recusal.excluded, Recusal.substitute_id)
        .join(Application, Application.id == Declaration.application_id)
        .outerjoin(Recusal, Recusal.declaration_id == Declaration.id)
        .where(Application.call_id == call_id, Declaration.ground.is_not(None), latest())
        .order_by(Declaration.id)
    )
    found: dict[int, Exclusion] = {}
    for application_id, user_id, excluded, substitute_id in db.session.execute(query):
        if excluded is False:
            continue
        one = found.setdefault(application_id, Exclusion())
        one.excluded.add(user_id)
        one.undecided = one.undecided or excluded is None
        if substitute_id is not None:
            one.substitutes[substitute_id] = user_id
    return found


def declared(actor: Actor, call_id: int) -> list[Conflict]:
    """Every declared conflict of a call for the head and the officer, by application. Raises :class:`Forbidden`."""
    actor.needs(Role.SIGNATORY, Role.OFFICER, Role.PRESIDENT, Role.AUDITOR)
    if actor.roles.isdisjoint({Role.SIGNATORY, Role.OFFICER, Role.AUDITOR}):
        seated.presiding(actor, call_id)
    return [Conflict(declaration, name or "", recusal) for declaration, name, recusal in _conflicts(call_id)]


def undecided(call_id: int) -> int:
    """How many declared conflicts still wait for the head's decision."""
    return sum(recusal is None for _, _, recusal in _conflicts(call_id))


def calls_with_conflicts(actor: Actor) -> list[tuple[Call, int, int]]:
    """Calls in which somebody declared a conflict: how many there are, and how many wait for the head."""
    actor.needs(Role.SIGNATORY, Role.OFFICER, Role.PRESIDENT, Role.AUDITOR)
    query = (
        select(Call, func.count(Declaration.id), func.count(Recusal.id))
        .join(Application, Application.call_id == Call.id)
        .join(Declaration, Declaration.application_id == Application.id)
        .outerjoin(Recusal, Recusal.declaration_id == Declaration.id)
        .where(Declaration.ground.is_not(None), latest())
        .group_by(Call.id)
        .order_by(Call.id.desc())
    )
    return [(call, count, count - decided) for call, count, decided in db.session.execute(query)]


def one(actor: Actor, declaration_id: int) -> tuple[Conflict, Sequence[Seat]]:
    """A declared conflict for the head, with the deputies who could step in. Raises :class:`Missing`."""
    actor.needs(Role.SIGNATORY)
    call_id = db.session.scalar(
        select(Application.call_id)
        .join(Declaration, Declaration.application_id == Application.id)
        .where(Declaration.id == declaration_id)
    )
    found = [one for one in declared(actor, call_id) if one.declaration.id == declaration_id] if call_id else []
    if not found or call_id is None:
        raise Missing
    known = of_call(call_id).get(found[0].declaration.application_id, Exclusion())
    free = [
        seat
        for seat in seated.of_call(call_id)
        if seat.function is CommissionFunction.DEPUTY
        and seat.user_id not in known.excluded
        and seat.user_id not in known.substitutes
    ]
    return found[0], free


def decide(
    actor: Actor,
    declaration_id: int,
    excluded: bool,
    act: str,
    reason: str,
    substitute_id: int | None,
    now: datetime.datetime,
) -> None:
    """The head's decision on a declared conflict (ZUP, 37. člen; ZIntPK, 38. člen).

    ``excluded`` false: there is no conflict, the member may go on; that needs a reason. ``substitute_id`` is a
    deputy of the same commission. Raises :class:`Missing`, :class:`Invalid`, and :class:`Refused` where it is
    decided already.
    """
    actor.needs(Role.SIGNATORY)
    declaration, call = _locked(declaration_id)
    if db.session.scalar(select(Recusal.id).where(Recusal.declaration_id == declaration.id)) is not None:
        raise Refused(Text("O tem nasprotju je že odločeno.", "This conflict is decided already."))
    _refuse_unfit(excluded, act, reason, substitute_id)
    if substitute_id is not None:
        _refuse_substitute(call.id, declaration, substitute_id)
    db.session.add(
        Recusal(
            declaration_id=declaration.id,
            excluded=excluded,
            act=act.strip(),
            reason=reason.strip(),
            substitute_id=substitute_id,
            decided_at=now,
            decided_by=actor.person,
        )
    )
    told = {"member": declaration.user.name, "person": declaration.user_id, "excluded": excluded, "act": act.strip()}
    told |= {"substitute": substitute_id}
    subject = Subject("application", declaration.application_id, call.id)
    journal.record(actor, now, "commission.recusal", subject, after=told)
    db.session.commit()


def _conflicts(call_id: int) -> list[tuple[Declaration, str | None, Recusal | None]]:
    query = (
        select(Declaration, Organisation.name, Recusal)
        .join(Declaration.application)
        .outerjoin(Organisation, Organisation.id == Application.organisation_id)
        .outerjoin(Recusal, Recusal.declaration_id == Declaration.id)
        .options(contains_eager(Declaration.application).joinedload(Application.envelope), joinedload(Declaration.user))
        .where(Application.call_id == call_id, Declaration.ground.is_not(None), latest())
        .order_by(Application.number, Declaration.id)
    )
    return [(declaration, name, recusal) for declaration, name, recusal in db.session.execute(query)]


def _locked(declaration_id: int) -> tuple[Declaration, Call]:
    """The declaration of a conflict that stands, with its call locked, so that no sitting runs past the decision."""
    query = select(Declaration).where(Declaration.id == declaration_id, Declaration.ground.is_not(None), latest())
    declaration = db.session.scalar(query.with_for_update())
    if declaration is None:
        raise Missing
    call = select(Call).where(Call.id == declaration.application.call_id)
    return declaration, db.session.scalars(call.with_for_update()).one()


def _refuse_unfit(excluded: bool, act: str, reason: str, substitute_id: int | None) -> None:
    wrong: dict[str, Text] = {}
    if not 3 <= len(act.strip()) <= 120:
        wrong["act"] = Text(
            "Vpišite številko in datum sklepa (do 120 znakov).", "Write number and date of the order (to 120 signs)."
        )
    if not excluded and not reason.strip():
        wrong["reason"] = Text("Napišite, zakaj nasprotja interesov ni.", "Write why there is no conflict of interest.")
    if not excluded and substitute_id is not None:
        wrong["substitute"] = Text(
            "Kdor ni izločen, ne potrebuje namestnika.", "Whoever is not excluded needs no substitute."
        )
    if wrong:
        raise Invalid(wrong)


def _refuse_substitute(call_id: int, declaration: Declaration, substitute_id: int) -> None:
    seat = select(Seat.id).where(
        Seat.call_id == call_id,
        Seat.user_id == substitute_id,
        Seat.function == CommissionFunction.DEPUTY,
        Seat.ended_at.is_(None),
    )
    if db.session.scalar(seat.limit(1)) is None:
        raise Missing
    known = of_call(call_id).get(declaration.application_id, Exclusion())
    if substitute_id in known.excluded:
        raise Invalid(
            {
                "substitute": Text(
                    "Namestnik ima pri tej vlogi sam nasprotje interesov.", "The substitute has a conflict too."
                )
            }
        )
    if substitute_id in known.substitutes:
        raise Invalid(
            {
                "substitute": Text(
                    "Ta namestnik pri tej vlogi že nadomešča drugega člana.",
                    "This substitute already stands in for another member here.",
                )
            }
        )
