"""Calls in which a commission marks: everyone has declared, applications are admitted, sheets can be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.sittings import Declaration, Recusal
from razpis.procedure.conflicts import Ground
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.marking import draws, mark_locks, marking
from razpis.services.marking.marking import Saved, Typed
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations, seated, sittings
from razpis.services.sitting.duties import VOTING
from tests import commission_made
from tests.commission_made import DEADLINE, Made
from tests.databases import Clock

REASON = "Cilji so jasni in merljivi."
SEED = "loto 2026-03-07: 4 8 15 16 23 42"


def scoring(clock: Clock, count: int = 3, rules: str = commission_made.RULES, **more: Any) -> Made:
    """A call in marking: ``count`` applications admitted, everyone declared free of conflict."""
    made = commission_made.made(clock, count, CallState.SCORING, rules, **more)
    for number in made.applications:
        db.session.get_one(Application, number).state = ApplicationState.IN_SCORING
        for person in (*made.voters, made.deputy, made.secretary):
            db.session.add(Declaration(application_id=number, user_id=person, number=1, at=DEADLINE))
    db.session.commit()
    return made


def conflict(made: Made, person: int, at: int, substitute: int | None = None, decided: bool = True) -> None:
    """``person`` declares a conflict with an application; the head excludes them."""
    one = Declaration(
        application_id=made.applications[at],
        user_id=person,
        number=2,
        ground=Ground.RELATIVE,
        explanation="brat",
        at=DEADLINE,
    )
    db.session.add(one)
    db.session.flush()
    declared = Actor(person, "", frozenset())
    told = {"free": 0, "conflicts": {str(made.applications[at]): Ground.RELATIVE.value}}
    journal.record(declared, DEADLINE, "commission.declare", Subject("call", made.call, made.call), after=told)
    if decided:
        db.session.add(
            Recusal(
                declaration_id=one.id,
                excluded=True,
                act="Sklep 2026-9",
                substitute_id=substitute,
                decided_at=DEADLINE,
                decided_by=made.signatory,
            )
        )
    db.session.commit()


def undeclare(made: Made, person: int, at: int) -> None:
    """The person has not declared for the application yet."""
    found = db.session.scalars(
        select(Declaration).where(Declaration.user_id == person, Declaration.application_id == made.applications[at])
    )
    for one in found:
        db.session.delete(one)
    db.session.commit()


def person(clock: Clock, number: int) -> Actor:
    return commission_made.act_as(clock, number)


def key(at: int) -> str:
    return f"kljuc{at:03}"


def typed(points: str, reason: str = REASON, seen: int = 0) -> Typed:
    return Typed(points, reason, seen)


def mark(clock: Clock, made: Made, who: int, marks: Mapping[int, Mapping[str, Typed]]) -> Saved:
    """Save marks of one person by the application's place in the factory."""
    entries = {key(at): row for at, row in marks.items()}
    return marking.save(person(clock, who), made.call, entries, clock())


def filled(clock: Clock, made: Made, points: Sequence[Mapping[str, Sequence[str]]], first: int = 0) -> None:
    """Marks of all voters: for each application, by criterion, the points of president and members in turn."""
    filled_by(clock, made, made.voters, points, first)


def filled_by(
    clock: Clock, made: Made, people: Sequence[int], points: Sequence[Mapping[str, Sequence[str]]], first: int = 0
) -> None:
    """The same by ``people``, from the application ``first`` on; every reason is another."""
    for place, who in enumerate(people):
        entries = {
            key(at): {
                one: Typed(given[place], f"Vloga {at + 1}, {one}: utemeljitev člana {place + 1}.", 0)
                for one, given in row.items()
            }
            for at, row in enumerate(points, first)
        }
        assert marking.save(person(clock, who), made.call, entries, clock()).faults == {}


def seeded(clock: Clock, made: Made) -> None:
    draws.fix(person(clock, made.president), made.call, SEED, "Loterija Slovenije, žrebanje 7. 3. 2026", clock())


def locked(clock: Clock, made: Made, points: Sequence[Mapping[str, Sequence[str]]]) -> None:
    """The round marked and locked by the president."""
    filled(clock, made, points)
    seeded(clock, made)
    mark_locks.lock_round(person(clock, made.president), made.call, clock())


def meeting(clock: Clock, made: Made, *others: int) -> None:
    """A sitting for agreeing and proposing begun by the president, of everyone who votes now and of ``others``.

    They have declared for what was filed since, too. A sitting that runs already goes on.
    """
    if sittings.runs(made.call):
        return
    present = [*(seat.user_id for seat in seated.of_call(made.call) if seat.function in VOTING), *others]
    for line in declarations.filed(made.call):
        said = select(Declaration.user_id).where(Declaration.application_id == line.id)
        for who in set(present) - set(db.session.scalars(said)):
            db.session.add(Declaration(application_id=line.id, user_id=who, number=1, at=DEADLINE))
    db.session.commit()
    commission_made.sitting(made, clock, SittingKind.PROPOSING, present)


def risen(clock: Clock, made: Made) -> None:
    """The sitting that runs is ended."""
    sittings.end(person(clock, made.president), made.call, clock())


def call(made: Made) -> Call:
    return db.session.get_one(Call, made.call, populate_existing=True)


def states(made: Made) -> list[str]:
    """The states of the applications in the order received."""
    query = select(Application.state).where(Application.call_id == made.call).order_by(Application.number)
    return [one.value for one in db.session.scalars(query)]


EVEN = ("20", "20", "20")
GOOD: tuple[dict[str, Sequence[str]], ...] = (
    {"quality": ("25", "26", "24"), "reach": ("20", "22", "21")},
    {"quality": ("15", "15,5", "16"), "reach": ("18", "17", "19")},
    {"quality": ("5", "6", "4"), "reach": ("7", "8", "6")},
)
"""The first is good, the second fair, the third below the threshold."""


def twelve() -> str:
    """The rules of the tests with twelve criteria to mark."""
    extra = "".join(
        f"  merit{at:02}:\n"
        "    kind: marks\n"
        f"    title: {{sl: Merilo {at}, en: Criterion {at}}}\n"
        f"    text: {{sl: Kako prepričljivo je utemeljeno merilo {at}., en: How convincing criterion {at} is.}}\n"
        "    section: programme\n"
        "    max: 10\n"
        for at in range(3, 13)
    )
    return commission_made.RULES.replace(
        "commission: {minimum_marks: 2}", extra + "commission: {minimum_marks: 2}"
    ).replace("title: {sl: Program, en: Programme}, max: 60", "title: {sl: Program, en: Programme}, max: 160")


TWELVE = ("quality", "reach", *(f"merit{at:02}" for at in range(3, 13)))


def tall(count: int) -> list[dict[str, Sequence[str]]]:
    """Marks of three voters on ``count`` applications by twelve criteria."""
    return [{one: tuple(str((at + place) % 9) for place in range(3)) for one in TWELVE} for at in range(count)]


def apart(count: int) -> list[dict[str, Sequence[str]]]:
    """Marks by which no two of up to a hundred applications are tied, by twelve criteria; the members differ a little."""
    rows: list[dict[str, Sequence[str]]] = []
    for at in range(count):
        quality = min(2 + at, 58)
        halves = {"quality": [quality + place - 1 for place in range(3)], "reach": [2 + at + 2 - quality] * 3}
        rows.append({one: tuple(f"{half // 2},{half % 2 * 5}" for half in halves.get(one, [10] * 3)) for one in TWELVE})
    return rows


def more(clock: Clock, made: Made, count: int) -> Made:
    """``count`` further applications in marking, everyone declared."""
    found = db.session.get_one(Call, made.call)
    for at in range(len(made.applications), len(made.applications) + count):
        one = commission_made.application(found, at, ApplicationState.IN_SCORING)
        made.applications.append(one.id)
        for who in (*made.voters, made.deputy, made.secretary):
            db.session.add(Declaration(application_id=one.id, user_id=who, number=1, at=DEADLINE))
    db.session.commit()
    return made
