"""Draws: the seed is fixed before anyone can know of a tie, and the order then follows from it for anyone to repeat."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from razpis.engine.cases import Draw
from razpis.engine.problems import Place, Text
from razpis.engine.ranking import Tie, drawn_order
from razpis.models.base import db
from razpis.models.evaluations import DrawSeed, RecordedDraw
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Invalid, Refused
from razpis.services.records import journal
from razpis.services.sitting import seated

BEFORE = tuple(list(CallState)[: list(CallState).index(CallState.SCORING) + 1])
"""States in which no application is scored to the end, so that nobody can know what a seed would give."""
SHORTEST, LONGEST = 8, 120


def fix(actor: Actor, call_id: int, seed: str, source: str, now: datetime.datetime) -> None:
    """Fix the seed of a call's draws, once. ``source`` says where it comes from (a public number, the minutes).

    Raises :class:`Forbidden`, :class:`Invalid`, and :class:`Refused` once marks are locked or a seed is fixed.
    """
    call = calls.locked(call_id)
    seated.presiding(actor, call.id)
    if call.state not in BEFORE:
        raise Refused(
            Text(
                "Ocene so zaklenjene, zato semena žreba ni več mogoče določiti: kdo je izenačen, je že znano.",
                "The marks are locked, so no seed can be fixed any more: who is tied is known already.",
            )
        )
    if fixed(call_id) is not None:
        raise Refused(Text("Seme žreba je že določeno in se ne spremeni.", "The seed is fixed and does not change."))
    told, origin = " ".join(seed.split()), " ".join(source.split())
    _refuse_unfit(told, origin)
    db.session.add(DrawSeed(call_id=call.id, seed=told, source=origin, fixed_at=now, fixed_by=actor.person))
    journal.record(actor, now, "draw.seed", calls.subject(call), after={"seed": told, "source": origin})
    db.session.commit()


def fixed(call_id: int) -> DrawSeed | None:
    """The seed of a call, where it is fixed."""
    return db.session.scalar(select(DrawSeed).where(DrawSeed.call_id == call_id))


def recorded(call_id: int) -> Sequence[RecordedDraw]:
    """Every draw of a call, the first one first; some may be of ties that are none any more."""
    return db.session.scalars(
        select(RecordedDraw).where(RecordedDraw.call_id == call_id).order_by(RecordedDraw.id)
    ).all()


def applying(draws: Iterable[RecordedDraw], ties: Iterable[Tie]) -> dict[str, Draw]:
    """The draws that decide one of ``ties``: of the same place among the same applications."""
    known = {(one.tie, tuple(one.ids)): one for one in draws}
    found = ((tie.name, known.get((tie.name, tuple(sorted(tie.ids))))) for tie in ties)
    return {name: Draw(name, tuple(one.order), one.seed, Place("")) for name, one in found if one is not None}


def drawn(call_id: int, tie: Tie, actor: Actor, now: datetime.datetime) -> RecordedDraw:
    """The draw of an open tie from the call's seed, within the running transaction. Raises :class:`Refused`."""
    seed = fixed(call_id)
    if seed is None:
        raise Refused(
            Text(
                "Seme žreba ni bilo določeno vnaprej, zato žreb ni mogoč.",
                "No seed was fixed beforehand, so there can be no draw.",
            )
        )
    ids = tuple(sorted(tie.ids))
    order = drawn_order(Draw(tie.name, (), seed.seed, Place("")), tie.name, ids)
    made = RecordedDraw(
        call_id=call_id,
        tie=tie.name,
        ids=list(ids),
        order=list(order),
        seed=seed.seed,
        drawn_at=now,
        drawn_by=actor.person,
    )
    db.session.add(made)
    return made


def _refuse_unfit(seed: str, source: str) -> None:
    wrong: dict[str, Text] = {}
    if not SHORTEST <= len(seed) <= LONGEST:
        wrong["seed"] = Text(
            f"Seme naj ima od {SHORTEST} do {LONGEST} znakov.", f"The seed must have {SHORTEST} to {LONGEST} signs."
        )
    if not 5 <= len(source) <= 500:
        wrong["source"] = Text("Napišite, od kod je seme.", "Write where the seed comes from.")
    if wrong:
        raise Invalid(wrong)
