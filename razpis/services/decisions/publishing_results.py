"""The results of a call published: what is missing for it, the step itself, every version there is."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.base import canonical, db
from razpis.models.calls import Call
from razpis.models.documents import Act, Publication
from razpis.models.evaluations import Proposal, ProposalState
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import result_content, result_files
from razpis.services.errors import Invalid, Refused, Stale
from razpis.services.files import Store
from razpis.services.proposing import runs
from razpis.services.records import journal

READERS = (Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)
SHORTEST, LONGEST = 10, 2000
_DECIDED = frozenset(list(CallState)[list(CallState).index(CallState.DECIDING) :]) - {CallState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Desk:
    """What an officer sees before publishing. ``content`` is what would be published now, under ``sha256``, or
    nothing while ``gaps`` say what is missing; ``news``: it differs from what is published."""

    call: Call
    versions: Sequence[Publication]
    gaps: Sequence[Text]
    content: Mapping[str, Any] | None
    sha256: str

    @property
    def news(self) -> bool:
        """Whether publishing now would say anything that is not published."""
        return self.content is not None and (not self.versions or self.versions[0].sha256 != self.sha256)


def desk(actor: Actor, call_id: int) -> Desk:
    """What is published, what would be, and what is missing. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    return _desk(calls.one(actor, call_id))


def publish(
    actor: Actor, call_id: int, seen: str, reason: str, now: datetime.datetime, store: Store, address: str
) -> int:
    """Publish the results as they stand; the number of the version.

    ``seen`` is the hash of what the person looked at, ``reason`` says why another version is needed after the
    first, ``address`` is where a document can be checked, with ``{key}`` in it. The earlier version stays, its
    document is replaced by the new one. Raises :class:`Forbidden`, :class:`Missing`, :class:`Refused` with what is
    missing or where nothing changed, :class:`Stale` where something else would be published, :class:`Invalid`.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    found = _desk(call)
    content = _publishable(found, seen, reason.strip())
    last = found.versions[0] if found.versions else None
    made = Publication(
        call_id=call.id,
        number=last.number + 1 if last is not None else 1,
        final=content["final"],
        reason=reason.strip() if last is not None else "",
        content=content,
        sha256=found.sha256,
        published_at=now,
        published_by=actor.person,
    )
    before = db.session.get(Act, last.act_id) if last is not None and last.act_id is not None else None
    act = _document(actor, call, made, before, now, store, address)
    made.act_id = act.id
    db.session.add(made)
    _replace(before, act, made)
    after = {"number": act.number, "version": made.number, "sha256": made.sha256, "reason": made.reason}
    journal.record(actor, now, "results.publish", calls.subject(call), after=after)
    number = made.number
    db.session.commit()
    return number


def versions(call_id: int) -> Sequence[Publication]:
    """What was published of a call, the newest first, each with its document."""
    query = select(Publication).where(Publication.call_id == call_id).options(joinedload(Publication.act))
    return db.session.scalars(query.order_by(Publication.number.desc())).all()


def _desk(call: Call) -> Desk:
    listed = versions(call.id)
    accepted = _accepted(call)
    if accepted is None:
        told = Text(
            "Predlog komisije še ni sprejet, zato rezultatov še ni.",
            "The commission's proposal is not accepted yet, so there are no results.",
        )
        return Desk(call, listed, (told,), None, "")
    found = runs.result(call.id, accepted.run_id)
    filed, acts = result_content.applications(call.id), result_content.decisions(call.id)
    made = result_content.content(call, found, filed, acts)
    gaps = [
        *_undecided(result_content.undecided(found, filed, acts)),
        *_contradicting(result_content.contradicting(found, filed, acts)),
        *_unsound(found, made),
    ]
    sha256 = hashlib.sha256(canonical(made).encode()).hexdigest()
    return Desk(call, listed, gaps, None if gaps else made, "" if gaps else sha256)


def _accepted(call: Call) -> Proposal | None:
    if call.state not in _DECIDED:
        return None
    query = select(Proposal).where(Proposal.call_id == call.id, Proposal.state == ProposalState.ACCEPTED)
    return db.session.scalar(query.order_by(Proposal.number.desc()).limit(1))


def _undecided(numbers: Sequence[int]) -> list[Text]:
    if not numbers:
        return []
    told = ", ".join(map(str, numbers))
    return [
        Text(
            f"Odločitve še niso izdane za vloge št. {told}. Najprej izdajte vse odločitve.",
            f"Decisions are not issued for applications no. {told}. Issue all decisions first.",
        )
    ]


def _contradicting(numbers: Sequence[int]) -> list[Text]:
    if not numbers:
        return []
    told = ", ".join(map(str, numbers))
    return [
        Text(
            f"Izdane odločitve o vlogah št. {told} določajo drug znesek kot sprejeti izračun. Odločitve popravite ali "
            "pripravite nov izračun.",
            f"The decisions issued on applications no. {told} grant other amounts than the accepted evaluation. "
            "Correct the decisions, or evaluate anew.",
        )
    ]


def _unsound(found: runs.Result, made: Mapping[str, Any]) -> list[Text]:
    """A list that does not add up, or an evaluation whose certificate fails, is never published."""
    if found.run.certified and result_content.adds_up(found, made):
        return []
    return [
        Text(
            "Vsote se ne ujemajo z izračunom ali pa potrdilo izračuna ne drži. Rezultatov ni mogoče objaviti; izračun "
            "naj pregleda komisija.",
            "The sums do not match the evaluation, or its certificate does not hold. The results cannot be published; "
            "the commission should look at the evaluation.",
        )
    ]


def _publishable(found: Desk, seen: str, reason: str) -> dict[str, Any]:
    if found.gaps or found.content is None:
        raise Refused(Text(" ".join(one.sl for one in found.gaps), " ".join(one.en for one in found.gaps)))
    if not found.news:
        raise Refused(
            Text(
                f"To je že objavljeno kot različica {found.versions[0].number}. Nič se ni spremenilo.",
                f"This is published already as version {found.versions[0].number}. Nothing has changed.",
            )
        )
    if seen != found.sha256:
        raise Stale(
            Text(
                "Odkar ste odprli stran, se je nekaj spremenilo. Preglejte nove rezultate in jih objavite znova.",
                "Something changed since you opened the page. Look at the new results and publish again.",
            )
        )
    if found.versions and not SHORTEST <= len(reason) <= LONGEST:
        raise Invalid(
            {
                "reason": Text(
                    f"Napišite, kaj se je spremenilo in zakaj: od {SHORTEST} do {LONGEST} znakov.",
                    f"Write what changed and why: {SHORTEST} to {LONGEST} characters.",
                )
            }
        )
    return dict(found.content)


def _document(
    actor: Actor,
    call: Call,
    made: Publication,
    before: Act | None,
    now: datetime.datetime,
    store: Store,
    address: str,
) -> Act:
    """The notice as an issued document, its file kept in the store."""
    key = secrets.token_hex(12)
    number = result_files.next_number(call)
    replaces = before.number if before is not None else None
    content = result_files.pdf(call, made, number, replaces or "", address.format(key=key), key)
    sha256 = files.put(store, content)
    act = Act(
        key=key,
        call_id=call.id,
        kind=Kind.RESULT_LIST,
        state=ActState.ISSUED,
        number=number,
        facts={"publication": made.number, "sha256": made.sha256},
        facts_sha256=hashlib.sha256(
            canonical({"publication": made.number, "sha256": made.sha256}).encode()
        ).hexdigest(),
        drafted_at=now,
        drafted_by=actor.person,
        rendered_at=now,
        sha256=sha256,
        unsealed_sha256=sha256,
        issued_at=now,
    )
    db.session.add(act)
    db.session.flush()
    return act


def _replace(before: Act | None, after: Act, made: Publication) -> None:
    if before is not None:
        before.state, before.replaced_by = ActState.REPLACED, after.id
        before.ended_at, before.ended_because = made.published_at, made.reason
