"""The release: all decisions of a set leave together in one transaction, or none does."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.procedure.acts import ActState, Kind, ReleaseState
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent
from razpis.procedure.workflow import APPLICATION, step
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.decisions import act_facts, completeness, releases
from razpis.services.errors import Refused
from razpis.services.examination import supplement_mail
from razpis.services.files import Store
from razpis.services.proposing import proposal_checks
from razpis.services.records import journal


def issue(
    actor: Actor, call_id: int, number: int, now: datetime.datetime, store: Store, link: Callable[[str], str]
) -> int:
    """Issue all decisions of a ready set: applications step by their guards, the mail says that a decision waits.

    ``link`` gives the address of the page of an application's decision by the application's key. Whoever comes
    second finds the set released and changes nothing. Periods run from the record of service, not from here.
    Gives how many were issued. Raises :class:`Forbidden`, :class:`Missing`, :class:`Refused`.
    """
    actor.needs(Role.SIGNATORY)
    call = calls.locked(call_id)
    proposal_checks.refuse_commission(actor, call.id)
    release = releases.one(call.id, number)
    releases.refuse_unless(release, ReleaseState.READY)
    _refuse_unfit(call, release, now)
    refuse_damaged(release, store)
    after = [issue_one(act, now, link) for act in release.acts]
    release.state, release.released_at, release.released_by = ReleaseState.RELEASED, now, actor.person
    told = {"release": release.number, "sha256": release.sha256, "acts": after}
    journal.record(actor, now, "release.issue", calls.subject(call), after=told)
    db.session.commit()
    return len(after)


def _refuse_unfit(call: Call, release: Release, now: datetime.datetime) -> None:
    """The guards of every application's step, once more (``law.md`` §8.4): a reason for each criterion, the operative
    part as evaluated, no more money than there is – and still exactly these applications, locked to the end."""
    waiting = {one.id for one in completeness.undecided(call.id, lock=True)}
    found = completeness.examine(call, now)
    releases.refuse_gaps(found)
    kept = completeness.digest(
        (act.application.key, act_facts.digest(act.facts)) for act in release.acts if act.application is not None
    )
    if waiting != {act.application_id for act in release.acts} or not found.sha256 == kept == release.sha256:
        raise Refused(
            Text(
                "Odločitve se ne ujemajo več z vlogami ali z izidom. Opustite jih in pripravite nove.",
                "The decisions no longer fit the applications or the result. Give them up and draft new ones.",
            )
        )


def refuse_damaged(release: Release, store: Store) -> None:
    """Every file lies there as it was made."""
    for act in release.acts:
        try:
            whole = act.sha256 is not None and _sha256(files.content(store, act.sha256)) == act.sha256
        except OSError:
            whole = False
        if not whole or act.state is not ActState.RENDERED:
            raise Refused(
                Text(
                    f"Datoteke akta {act.number} ni ali je poškodovana, zato odločitev ni mogoče izdati. Obnovite jo "
                    "iz varnostne kopije ali pa paket opustite in pripravite novega.",
                    f"The file of act {act.number} is missing or damaged, so the decisions cannot be issued. Restore "
                    "it from a backup, or give the set up and draft a new one.",
                )
            )


def issue_one(act: Act, now: datetime.datetime, link: Callable[[str], str]) -> Mapping[str, Any]:
    """Within the running transaction: one act is issued and its application decided; what the journal tells of it."""
    application = act.application
    assert application is not None
    state = step(APPLICATION, application.state, _event(act), Role.SIGNATORY)
    application.state, application.changed_at = state, now
    act.state, act.issued_at = ActState.ISSUED, now
    _tell(application, act, now, link)
    return {"number": act.number, "sha256": act.sha256, "application": application.number, "state": state.value}


def _event(act: Act) -> ApplicationEvent:
    """By what the act says: whatever is less than the request is granted in part (UPRS II U 205/2022)."""
    told = act.facts["decision"]
    if act.kind is Kind.DISMISSAL:
        return ApplicationEvent.DISMISS
    if act.kind is Kind.DISCONTINUANCE:
        return ApplicationEvent.DISCONTINUE
    if not told["awarded"]:
        return ApplicationEvent.REFUSE
    return ApplicationEvent.GRANT if told["awarded"] == told["requested"] else ApplicationEvent.GRANT_IN_PART


def _tell(application: Application, act: Act, now: datetime.datetime, link: Callable[[str], str]) -> None:
    name = "decision_waits" if act.sealed else "decision_posted"
    supplement_mail.tell(name, application, now, number=act.number or "", link=link(application.key))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
