"""A decision taken away by a remedy: marked as no longer in force, with its basis and reason, for everyone to see."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from razpis.documents.fonts import normalised
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.models.remedies import Annulment
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.deadlines import local_time
from razpis.procedure.finality import Follows, Outcome
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent
from razpis.procedure.workflow import APPLICATION, step
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import remedies, remitted
from razpis.services.decisions.remedies import Standing
from razpis.services.errors import Invalid, Refused
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal
from razpis.services.records.journal import Subject

SHORTEST, LONGEST = 5, 500
LONGEST_BODY, LONGEST_REFERENCE, LONGEST_INSTRUCTIONS = 200, 80, 4000


@dataclass(frozen=True, slots=True)
class Told:
    """What is written down: ``basis`` (act and article) and ``reason`` are public where the document is checked.

    ``follows``: what becomes of the application (``None``: not said); ``body``, ``reference`` and ``decided_on`` of
    the act that took the decision away, ``instructions`` that a new decision has to heed.
    """

    basis: str
    reason: str
    follows: Follows | None
    body: str
    reference: str
    decided_on: datetime.date | None
    instructions: str = ""


def annullable(standing: Standing) -> bool:
    """Whether the remedy recorded against a decision was upheld."""
    return standing.record is not None and standing.record.outcome is Outcome.UPHELD


def annul(actor: Actor, call_id: int, key: str, told: Told, now: datetime.datetime) -> None:
    """Mark a decision as annulled; its application waits to be decided anew here, or is settled.

    Its file, number and record stay. Raises :class:`Forbidden` for whoever is no signatory or sits in the commission,
    :class:`Missing` where no such decision is in force, :class:`Invalid`, and :class:`Refused` where no remedy was
    upheld or an order that ended a procedure would be decided anew. Source: ZUP, 251. člen.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    register, standing = remedies.one(actor, call.id, key, now)
    _refuse_standing(standing)
    told = _cleaned(told)
    _refuse_unfit(told, standing, register.today)
    made = _taken_away(actor, standing.act, told, now)
    db.session.add(made)
    application = remitted.application_of(standing.act)
    before = {"state": ActState.ISSUED.value, "application": application.state.value}
    event = ApplicationEvent.REMIT if made.follows is Follows.RENEWED else ApplicationEvent.ANNUL
    application.state, application.changed_at = step(APPLICATION, application.state, event, Role.SIGNATORY), now
    subject = Subject("application", application.id, call.id)
    after = {"decision": standing.act.number, "state": standing.act.state.value, "basis": told.basis}
    after |= {"reason": told.reason, "application": application.state.value, **_journalled(made)}
    journal.record(actor, now, "decision.annul", subject, before, after)
    db.session.commit()


def _refuse_standing(standing: Standing) -> None:
    if not annullable(standing):
        raise Refused(
            Text(
                "Odprava se zapiše pri odločitvi, za katero je že zapisano, da je bilo pravnemu sredstvu ugodeno.",
                "A decision can be annulled where it is recorded that a remedy was upheld.",
            )
        )


def _taken_away(actor: Actor, act: Act, told: Told, now: datetime.datetime) -> Annulment:
    """The act is no longer in force; the row that says by whom and what follows."""
    assert told.follows is not None
    assert told.decided_on is not None
    act.state, act.ended_at = ActState.ANNULLED, now
    act.ended_because = f"{told.reason.rstrip('.')}. Podlaga: {told.basis.rstrip('.')}."
    return Annulment(
        act_id=act.id,
        follows=told.follows,
        body=told.body,
        reference=told.reference,
        decided_on=told.decided_on,
        instructions=told.instructions,
        recorded_at=now,
        recorded_by=actor.person,
    )


def _journalled(made: Annulment) -> dict[str, str]:
    told = {"follows": made.follows.value, "body": made.body, "reference": made.reference}
    return told | {"decided_on": made.decided_on.isoformat(), "instructions": made.instructions}


def _cleaned(told: Told) -> Told:
    return Told(
        basis=_clean(told.basis),
        reason=_clean(told.reason),
        follows=told.follows,
        body=_clean(told.body),
        reference=_clean(told.reference),
        decided_on=told.decided_on,
        instructions=normalised(told.instructions).replace("\r\n", "\n").strip(),
    )


def _clean(text: str) -> str:
    return " ".join(normalised(text).split())


def _refuse_unfit(told: Told, standing: Standing, today: datetime.date) -> None:
    wrong = dict(_wrong_texts(told))
    if told.follows is None:
        wrong["follows"] = Text("Izberite, kaj sledi.", "Choose what follows.")
    elif told.follows is Follows.RENEWED and standing.act.kind is Kind.DISCONTINUANCE:
        wrong["follows"] = Text(
            "Vloga, za katero je bil postopek ustavljen, ni bila ocenjena do konca, zato se na isti oceni o njej ne "
            "more odločiti. Izberite odločanje zunaj portala.",
            "An application whose procedure was discontinued was not evaluated to the end, so it cannot be decided on "
            "the same evaluation. Choose to decide outside this portal.",
        )
    first, last = _span(standing, today)
    if told.decided_on is None or not first <= told.decided_on <= last:
        wrong["decided_on"] = Text(
            f"Dan mora biti od {first.day}. {first.month}. {first.year} do {last.day}. {last.month}. {last.year}.",
            f"The day must be from {first.isoformat()} to {last.isoformat()}.",
        )
    if wrong:
        raise Invalid(wrong)


def _wrong_texts(told: Told) -> Iterator[tuple[str, Text]]:
    least = SHORTEST if told.follows is Follows.RENEWED else 0
    for name, shortest, longest in (
        ("basis", SHORTEST, LONGEST),
        ("reason", SHORTEST, LONGEST),
        ("body", SHORTEST, LONGEST_BODY),
        ("reference", 1, LONGEST_REFERENCE),
        ("instructions", least, LONGEST_INSTRUCTIONS),
    ):
        text: str = getattr(told, name)
        if not shortest <= len(text) <= longest:
            yield (
                name,
                Text(f"Napišite od {shortest} do {longest} znakov.", f"Write from {shortest} to {longest} characters."),
            )
        elif (fault := legible.fault(text)) is not None:
            yield name, fault


def _span(standing: Standing, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The days on which a body can have decided: after the remedy was lodged, before its act was served."""
    issued, record = standing.act.issued_at, standing.record
    assert issued is not None
    assert record is not None
    return record.lodged_on or local_time(issued).date(), record.ended_on or today
