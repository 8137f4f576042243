"""Municipal functionaries and the organisations they reported (ZIntPK 35): kept for hints of conflicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from razpis.engine.problems import Problems, Text
from razpis.intake.functionaries import Line, functionaries
from razpis.models.base import db
from razpis.models.organisations import Functionary
from razpis.procedure.identifiers import IdentifierError, check_maticna
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing
from razpis.services.records import journal
from razpis.services.records.journal import Subject

SHOWN = 10
"""Problems of a file that are told at once."""


def listed(actor: Actor) -> Sequence[Functionary]:
    """All of them by name. Raises :class:`Forbidden`."""
    actor.needs(Role.OFFICER)
    return db.session.scalars(select(Functionary).order_by(Functionary.name, Functionary.id)).all()


def one(actor: Actor, functionary_id: int) -> Functionary:
    """One of them. Raises :class:`Missing`, :class:`Forbidden`."""
    actor.needs(Role.OFFICER)
    found = db.session.get(Functionary, functionary_id)
    if found is None:
        raise Missing
    return found


def add(
    actor: Actor, name: str, function: str, registration_number: str, note: str, now: datetime.datetime
) -> Functionary:
    """Add a functionary and, if given, an organisation they reported. Raises :class:`Invalid` by field."""
    actor.needs(Role.OFFICER)
    name, function, note = (" ".join(text.split()) for text in (name, function, note))
    wrong: dict[str, Text] = {}
    for field, text in (("name", name), ("function", function)):
        if not 2 <= len(text) <= 200:
            wrong[field] = Text("Vpišite od 2 do 200 znakov.", "Enter 2 to 200 signs.")
    number: str | None = None
    try:
        number = check_maticna(registration_number) if registration_number.strip() else None
    except IdentifierError as error:
        wrong["registration_number"] = Text(error.problem.sl, error.problem.en)
    if wrong:
        raise Invalid(wrong)
    (added,) = _put([Line(name, function, number, note)])
    journal.record(actor, now, "functionary.add", Subject("functionary", added.id), after=_said(added))
    db.session.commit()
    return added


def take_in(actor: Actor, content: bytes, name: str, now: datetime.datetime) -> int:
    """Put the list in ``content`` in the place of the one here; how many lines it has.

    Raises :class:`Invalid` with the lines that are wrong; nothing is changed then.
    """
    actor.needs(Role.OFFICER)
    try:
        lines = functionaries(content, name)
    except Problems as found:
        raise Invalid({"file": _told(found)}) from found
    before = db.session.scalars(select(Functionary).order_by(Functionary.id)).all()
    for gone in before:
        db.session.delete(gone)
    _put(lines)
    counts = {"count": len(before)}, {"count": len(lines), "file": name[:200]}
    journal.record(actor, now, "functionary.import", Subject("functionary"), *counts)
    db.session.commit()
    return len(lines)


def remove(actor: Actor, functionary_id: int, now: datetime.datetime) -> None:
    """Remove one who no longer holds the function; the journal keeps them. Raises :class:`Missing`."""
    gone = one(actor, functionary_id)
    journal.record(actor, now, "functionary.remove", Subject("functionary", gone.id), _said(gone))
    db.session.delete(gone)
    db.session.commit()


def _put(lines: Iterable[Line]) -> list[Functionary]:
    made = [
        Functionary(
            name=line.name, function=line.function, registration_number=line.registration_number, note=line.note
        )
        for line in lines
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def _said(one: Functionary) -> dict[str, str | None]:
    return {
        "name": one.name,
        "function": one.function,
        "registration_number": one.registration_number,
        "note": one.note,
    }


def _told(found: Problems) -> Text:
    lines = [problem for problem in found.problems if not problem.warning][:SHOWN]
    return Text(
        "; ".join(f"vrstica {one.place.line}: {one.text.sl}" for one in lines),
        "; ".join(f"line {one.place.line}: {one.text.en}" for one in lines),
    )
