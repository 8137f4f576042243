"""The new decision on one application that was remitted: the same evaluation, reasons that answer what was ordered.

Facts, points and amounts are those of the accepted evaluation, computed once more and compared to the byte; nothing of
them can be typed. Decisions on other applications are not touched.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from razpis.documents.decision import Decision
from razpis.documents.fonts import drawable, normalised
from razpis.documents.format_sl import bind
from razpis.documents.renewal import Renewal
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.remedies import Annulment
from razpis.procedure.acts import Kind, Purpose
from razpis.procedure.deadlines import local_time
from razpis.procedure.finality import Follows
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import act_facts, completeness, releases, remitted, single_sets
from razpis.services.decisions.drafting import Draft
from razpis.services.decisions.remitted import Taken
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal
from razpis.services.records.journal import Subject

SHORTEST, LONGEST = 20, 20_000


def fillable(actor: Actor, call_id: int, key: str) -> tuple[Call, Taken]:
    """The call and the decision taken away (its act's key) that a new one can be drafted for.

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` where the matter was not remitted, or a new
    decision is drafted or issued already.
    """
    actor.needs(Role.OFFICER)
    call = db.session.get(Call, call_id)
    if call is None:
        raise Missing
    taken = remitted.one(call.id, key)
    if taken.annulment.follows is not Follows.RENEWED:
        raise Refused(
            Text(
                "Zapisano je, da se o tej vlogi tu ne odloča znova. Odločitve z drugačnimi točkami, dejstvi ali "
                "zneskom program po izdaji odločitev ne sestavi; zneska ni mogoče vpisati ročno.",
                "It is recorded that this application is not decided anew here. After decisions are issued this "
                "program makes none with other points, facts or amounts; no amount can be typed.",
            )
        )
    if taken.successor is not None:
        raise Refused(
            Text(
                "Nova odločitev je že pripravljena. Če je napačna, jo opustite in pripravite znova.",
                "The new decision is drafted already. If it is wrong, give it up and draft another.",
            )
        )
    return call, taken


def withdrawn(taken: Taken) -> bool:
    """Whether the party withdrew the application meanwhile: an order that ends the procedure is drafted then."""
    application = taken.annulment.act.application
    return application is not None and application.state is ApplicationState.STOPPING


def draft(actor: Actor, call_id: int, key: str, reasons: str, now: datetime.datetime) -> str:
    """Draft the new decision as a set of its own; its act's key. ``reasons``: paragraphs that answer the
    instructions, a line each; nothing of an application withdrawn meanwhile.

    Raises as :func:`fillable`, :class:`Invalid` for reasons that are missing, too long or not printable, and
    :class:`Refused` with everything that keeps a decision from being made.
    """
    actor.needs(Role.OFFICER)
    calls.locked(call_id)
    call, taken = fillable(actor, call_id, key)
    told = "" if withdrawn(taken) else _fit(reasons)
    drafted = drawn(call, taken.annulment, told, now)
    application = drafted.application.id
    made = single_sets.made(actor, call, Purpose.RENEWAL, application, drafted.kind, drafted.facts.content, now)
    db.session.add(made)
    after = {"release": made.number, "sha256": made.sha256, "annulled": taken.annulment.act.number}
    journal.record(actor, now, "renewal.draft", Subject("application", application, call.id), after=after)
    made_key = made.acts[0].key
    db.session.commit()
    return made_key


def drawn(call: Call, annulment: Annulment, told: str, now: datetime.datetime) -> Draft:
    """The new decision as it reads today; ``told`` are the reasons as kept. Raises :class:`Refused`."""
    application = remitted.application_of(annulment.act)
    found = completeness.examine_again(call, application, now)
    releases.refuse_gaps(found)
    drafted = found.drafts[0]
    about = {"act": annulment.act.key, "number": annulment.act.number, "answer": told}
    content: Mapping[str, Any] = drafted.facts.content
    if drafted.kind is not Kind.DISCONTINUANCE:
        content = _with_answer(content, annulment, told)
    content = {**content, "renewal": about}
    return replace(drafted, facts=act_facts.Facts(content, act_facts.digest(content)))


def _with_answer(content: Mapping[str, Any], annulment: Annulment, told: str) -> Mapping[str, Any]:
    """The same decision with the reasons that answer, and the legal remedy the first one named."""
    act, renewal = annulment.act, _renewal(annulment, told)
    decision = act_facts.decision(content, act_facts.DRAFT_NUMBER, act_facts.DRAFT_DAY)
    made: Decision = replace(decision, whole_number="", renewal=renewal, remedy=act_facts.remedy(act.facts))
    drawable(made, bind)  # what is printed elsewhere was looked at already, what was typed here by its field
    about = {"annulled": act.number, "body": renewal.body, "reference": renewal.reference}
    about |= {"decided_on": renewal.decided_on.isoformat()}
    return act_facts.facts(made, {**content["reasons"], "renewal": about}).content


def _renewal(annulment: Annulment, told: str) -> Renewal:
    act = annulment.act
    assert act.issued_at is not None
    dated = act.release.dated if act.release is not None else None
    return Renewal(
        annulled=act.number or "",
        annulled_on=dated or local_time(act.issued_at).date(),
        body=annulment.body,
        reference=annulment.reference,
        decided_on=annulment.decided_on,
        instructions=_paragraphs(annulment.instructions),
        reasons=_paragraphs(told),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _fit(reasons: str) -> str:
    """The reasons as kept. Raises :class:`Invalid`."""
    told = normalised(reasons).replace("\r\n", "\n").strip()
    if not SHORTEST <= len(told) <= LONGEST:
        short = Text(
            f"Napišite, kako odločitev upošteva navodila: od {SHORTEST} do {LONGEST} znakov.",
            f"Write how the decision heeds the instructions: {SHORTEST} to {LONGEST} characters.",
        )
        raise Invalid({"reasons": short})
    if (fault := legible.fault(told)) is not None:
        raise Invalid({"reasons": fault})
    return told
