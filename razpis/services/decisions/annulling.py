"""A decision taken away by a remedy: marked as no longer in force, with its basis and reason, for everyone to see."""

from __future__ import annotations

import datetime

from razpis.documents.fonts import normalised
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.procedure.acts import ActState
from razpis.procedure.finality import Outcome
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import remedies
from razpis.services.decisions.remedies import Standing
from razpis.services.errors import Invalid, Refused
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal
from razpis.services.records.journal import Subject

SHORTEST, LONGEST = 5, 500


def annullable(standing: Standing) -> bool:
    """Whether the remedy recorded against a decision was upheld."""
    return standing.record is not None and standing.record.outcome is Outcome.UPHELD


def annul(actor: Actor, call_id: int, key: str, basis: str, reason: str, now: datetime.datetime) -> None:
    """Mark a decision as annulled; ``basis`` is the act and article, ``reason`` is public where it is checked.

    Its file, number and record stay; the application has no decision in force until it is decided anew. Raises
    :class:`Forbidden` for whoever is no signatory or sits in the commission, :class:`Missing` where no such decision
    is in force, :class:`Invalid`, and :class:`Refused` where no remedy was upheld. Source: ZUP, 251. člen.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    _, standing = remedies.one(actor, call.id, key, now)
    if not annullable(standing):
        raise Refused(
            Text(
                "Razveljaviti je mogoče odločitev, pri kateri je zapisano, da je bilo pravnemu sredstvu ugodeno.",
                "A decision can be annulled where it is recorded that a remedy was upheld.",
            )
        )
    told = {"basis": _clean(basis), "reason": _clean(reason)}
    _refuse_unfit(told)
    act = standing.act
    act.state, act.ended_at = ActState.ANNULLED, now
    act.ended_because = f"{told['reason'].rstrip('.')}. Podlaga: {told['basis'].rstrip('.')}."
    subject = Subject("application", act.application_id, call.id)
    after = {"decision": act.number, "state": act.state.value, **told}
    journal.record(actor, now, "decision.annul", subject, {"state": ActState.ISSUED.value}, after)
    db.session.commit()


def _clean(text: str) -> str:
    return " ".join(normalised(text).split())


def _refuse_unfit(told: dict[str, str]) -> None:
    wrong = {
        name: Text(f"Napišite od {SHORTEST} do {LONGEST} znakov.", f"Write from {SHORTEST} to {LONGEST} characters.")
        for name, text in told.items()
        if not SHORTEST <= len(text) <= LONGEST
    }
    if wrong:
        raise Invalid(wrong)
