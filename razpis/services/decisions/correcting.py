"""Orders that correct an obvious error in an issued document: drafted with what is wrong and what is right."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.documents.fonts import missing_glyphs, normalised
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import act_facts
from razpis.services.decisions.paper_room import day_of
from razpis.services.errors import Invalid, Missing
from razpis.services.records import journal

LONGEST = 4000
_NAMES: Mapping[Kind, str] = {
    Kind.DISMISSAL: "Sklep o zavrženju vloge",
    Kind.DISCONTINUANCE: "Sklep o ustavitvi postopka",
    Kind.RESULT_LIST: "Obvestilo o rezultatih",
}


@dataclass(frozen=True, slots=True)
class Error:
    """An obvious error: in which document (its key), how it reads, how it shall, and why it is obvious."""

    act: str
    reads: str
    shall_read: str
    reason: str


def correctable(actor: Actor, call_id: int) -> tuple[Call, Sequence[Act]]:
    """The call and its issued documents. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(Role.OFFICER)
    call = calls.one(actor, call_id)
    query = select(Act).where(Act.call_id == call.id, Act.state == ActState.ISSUED, Act.kind != Kind.CORRECTION)
    return call, db.session.scalars(query.options(joinedload(Act.application)).order_by(Act.number, Act.id)).all()


def name(act: Act) -> str:
    """What the document is called."""
    if act.kind is Kind.DECISION:
        return str(act.facts["decision"]["act"]).capitalize()
    return _NAMES.get(act.kind, "Dokument")


def draft(actor: Actor, call_id: int, error: Error, now: datetime.datetime) -> str:
    """Draft the order; its key. The corrected document stays as it is. Source: ZUP, 223. člen.

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Invalid` for texts that are missing, too long, the same,
    or in signs the documents' font lacks.
    """
    call, issued = correctable(actor, call_id)
    found = next((one for one in issued if one.key == error.act), None)
    if found is None or found.number is None:
        raise Missing
    said = {name: _clean(getattr(error, name)) for name in ("reads", "shall_read", "reason")}
    _refuse_unfit(said)
    facts = {
        "act": found.key,
        "document": name(found),
        "number": found.number,
        "issued": day_of(found.issued_at),
        **said,
    }
    made = Act(
        key=secrets.token_hex(12),
        call_id=call.id,
        application_id=found.application_id,
        kind=Kind.CORRECTION,
        state=ActState.DRAFTED,
        facts=facts,
        facts_sha256=act_facts.digest(facts),
        drafted_at=now,
        drafted_by=actor.person,
    )
    db.session.add(made)
    journal.record(actor, now, "correction.draft", calls.subject(call), after=facts)
    key = made.key
    db.session.commit()
    return key


def drop(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> None:
    """Give up a draft. Raises :class:`Forbidden`, and :class:`Missing` where there is none (any more)."""
    actor.needs(Role.OFFICER)
    query = select(Act).where(Act.call_id == call_id, Act.key == key, Act.kind == Kind.CORRECTION)
    found = db.session.scalar(query.where(Act.state == ActState.DRAFTED).with_for_update())
    if found is None:
        raise Missing
    found.state, found.ended_at = ActState.DROPPED, now
    journal.record(actor, now, "correction.drop", calls.subject(found.call), before={"act": found.facts["act"]})
    db.session.commit()


def _clean(text: str) -> str:
    return normalised(text).strip()


def _refuse_unfit(said: Mapping[str, str]) -> None:
    wrong: dict[str, Text] = {}
    for key, text in said.items():
        if not 1 <= len(text) <= LONGEST:
            wrong[key] = Text(f"Napišite od 1 do {LONGEST} znakov.", f"Write from 1 to {LONGEST} signs.")
        elif glyphs := missing_glyphs(key, text):
            sign = glyphs[0].character
            wrong[key] = Text(
                f"Znaka »{sign}« ni v pisavi dokumentov. Zamenjajte ga.",
                f"The sign '{sign}' is not in the documents' font. Replace it.",
            )
    if not wrong and said["reads"] == said["shall_read"]:
        wrong["shall_read"] = Text("Pravilno besedilo je enako napačnemu.", "Both texts are the same.")
    if wrong:
        raise Invalid(wrong)
