"""Orders that correct an obvious error in an issued decision: drafted with what is wrong and what is right."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.documents.decision import Applicant
from razpis.documents.fonts import missing_glyphs, normalised
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.procedure.acts import ActState, Kind, Purpose
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import (
    act_facts,
    corrected_figures,
    paper_room,
    papers_application,
    releases,
    single_sets,
)
from razpis.services.decisions.paper_room import day_of
from razpis.services.decisions.result_content import DECIDES
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal

LONGEST = 4000
_NAMES: Mapping[Kind, str] = {
    Kind.DISMISSAL: "Sklep o zavrženju vloge",
    Kind.DISCONTINUANCE: "Sklep o ustavitvi postopka",
}


@dataclass(frozen=True, slots=True)
class Error:
    """An obvious error: in which document (its key), how it reads, how it shall, and why it is obvious."""

    act: str
    reads: str
    shall_read: str
    reason: str


def correctable(actor: Actor, call_id: int) -> tuple[Call, Sequence[Act]]:
    """The call and its issued decisions. Published results are replaced by a new version, not corrected.

    Raises :class:`Forbidden`, :class:`Missing`.
    """
    actor.needs(Role.OFFICER)
    call = calls.one(actor, call_id)
    query = select(Act).where(Act.call_id == call.id, Act.state == ActState.ISSUED, Act.kind.in_(DECIDES))
    return call, db.session.scalars(query.options(joinedload(Act.application)).order_by(Act.number, Act.id)).all()


def name(act: Act) -> str:
    """What the document is called."""
    if act.kind is Kind.DECISION:
        return str(act.facts["decision"]["act"]).capitalize()
    return _NAMES.get(act.kind, "Dokument")


def draft(actor: Actor, call_id: int, error: Error, now: datetime.datetime) -> str:
    """Draft the order as a set of its own; its key. The corrected document stays as it is. Source: ZUP, 223. člen.

    Raises :class:`Forbidden`, :class:`Missing`, :class:`Refused` where settings of the decisions are missing, and
    :class:`Invalid` for texts that are missing, too long, the same, in signs the documents' font lacks, or that would
    change an amount or points.
    """
    actor.needs(Role.OFFICER)
    calls.locked(call_id)
    call, issued = correctable(actor, call_id)
    found = next((one for one in issued if one.key == error.act), None)
    if found is None or found.number is None:
        raise Missing
    said = {name: _clean(getattr(error, name)) for name in ("reads", "shall_read", "reason")}
    _refuse_unfit(said, found.facts["decision"])
    about = {
        "act": found.key,
        "document": name(found),
        "number": found.number,
        "issued": day_of(found.issued_at),
        **said,
    }
    facts = _facts(call, found, about, now)
    made = single_sets.made(actor, call, Purpose.CORRECTION, found.application_id, Kind.CORRECTION, facts, now)
    db.session.add(made)
    journal.record(actor, now, "correction.draft", calls.subject(call), after=about)
    key = made.acts[0].key
    db.session.commit()
    return key


def drop(actor: Actor, call_id: int, key: str, now: datetime.datetime) -> None:
    """Give up a correction that is not issued. Raises :class:`Forbidden`, and :class:`Missing` where there is none
    (any more)."""
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    found, release = single_sets.locked(call, key, Purpose.CORRECTION)
    if release.state not in releases.OPEN:
        raise Missing
    releases.give_up(release, "Poprava je opuščena.", now)
    journal.record(actor, now, "correction.drop", calls.subject(found.call), before={"act": found.facts["act"]})
    db.session.commit()


def _facts(call: Call, found: Act, about: Mapping[str, Any], now: datetime.datetime) -> dict[str, Any]:
    """What the order says, addressed to whom the decision was. Raises :class:`Refused` with what is missing."""
    told = found.facts["decision"]["applicant"]
    addressee = Applicant(told["name"], told["seat"], "", "")
    try:
        made = papers_application.correction(
            paper_room.room_of(call, now), about, addressee.name, local_time(now).date()
        )
    except paper_room.Lacking as lacking:
        sl, en = ("; ".join(one[language] for one in lacking.problems) for language in ("sl", "en"))
        raise Refused(Text(f"Sklepa še ni mogoče sestaviti – {sl}.", f"The order cannot be made yet – {en}.")) from None
    reasons = {key: about[key] for key in ("number", "reads", "shall_read", "reason")}
    return {**about, **act_facts.of_order(made, addressee, "correction", reasons).content}


def _clean(text: str) -> str:
    return normalised(text).strip()


def _refuse_unfit(said: Mapping[str, str], decision: Mapping[str, Any]) -> None:
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
    if not wrong and corrected_figures.changed(said["reads"], said["shall_read"], decision):
        wrong["shall_read"] = Text(
            "Zneska ali točk s popravo ni mogoče spremeniti: za to je potrebna nova odločitev ali pravno sredstvo.",
            "An amount or points cannot be changed by a correction: that takes a new decision or a remedy.",
        )
    if wrong:
        raise Invalid(wrong)
