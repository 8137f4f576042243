"""Filing an application, filing it anew before the deadline, and withdrawing it."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application, Filing
from razpis.models.base import canonical, db
from razpis.models.calls import CallVersion
from razpis.models.organisations import Mandate
from razpis.procedure.deadlines import Channel
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState
from razpis.procedure.workflow import APPLICATION, step
from razpis.services import files, numbers
from razpis.services.actor import Actor
from razpis.services.applications import answers, applications, receipts, sheets
from razpis.services.applications.sheets import Sheet
from razpis.services.errors import Invalid, Missing, Refused, Stale
from razpis.services.files import Store
from razpis.services.records import journal
from razpis.services.records.journal import Subject


def submit(
    actor: Actor, key: str, revision: int, stated: bool, now: datetime.datetime, store: Store, link: str
) -> Filing:
    """File the application as it stands, or file it anew in place of the filing before; the receipt.

    ``revision`` is that of the application as the person checked it; ``stated`` that they gave the statement.
    Pressing the button twice gives one filing. Raises :class:`Invalid` where an answer is missing, :class:`Stale`
    where something changed since it was checked, :class:`Refused` after the deadline, and as
    :func:`razpis.services.applications.own` does. The mandate and the deadline are looked at in this transaction.
    """
    application, mandate = applications.own_locked(actor, key, now)
    earlier = applications.standing(application)
    form = sheets.sheet(application)
    content = sheets.content(form)
    sha256 = sheets.sha256(content)
    if earlier is not None and earlier.sha256 == sha256:
        db.session.rollback()
        return db.session.get_one(Filing, earlier.id)
    answers.refuse_closed(application, now)
    _refuse_unfit(form, revision, stated)
    event = ApplicationEvent.SUBMIT if earlier is None else ApplicationEvent.REPLACE
    before = {"state": application.state.value, "receipt": earlier.receipt if earlier else None}
    application.state = step(APPLICATION, application.state, event, Role.APPLICANT)
    if application.number is None:
        application.number = next_in_order(application.call_id)
    if earlier is not None:
        earlier.replaced_at = now
    filing = _filed(application, mandate, actor, content, sha256, now)
    document = receipts.pdf(application, filing, actor.name, earlier.receipt if earlier else "")
    filing.receipt_sha256 = files.put(store, document)
    db.session.add(filing)
    receipts.send("filed", application, filing, actor.person, now, link)
    after = {"state": application.state.value, "receipt": filing.receipt, "sha256": sha256}
    journal.record(actor, now, f"application.{event.value}", _subject(application), before, after)
    db.session.commit()
    return filing


def withdraw(actor: Actor, key: str, now: datetime.datetime) -> None:
    """Withdraw a filed application before the deadline; it is kept and never opened.

    Raises as :func:`submit` does, :class:`razpis.procedure.workflow.StepRefused` where it is not filed.
    """
    application, _ = applications.own_locked(actor, key, now)
    before = {"state": application.state.value}
    state = step(APPLICATION, application.state, ApplicationEvent.WITHDRAW, Role.APPLICANT)
    applications.open_call(application.call_id, now)
    filing = application.filings[-1]  # what is submitted through the portal has one that stands
    application.state, application.changed_at, filing.withdrawn_at = state, now, now
    receipts.send("withdrawn", application, filing, actor.person, now, "", attached=False)
    after = {"state": state.value, "receipt": filing.receipt}
    journal.record(actor, now, "application.withdraw", _subject(application), before, after)
    db.session.commit()


def filings(actor: Actor, key: str, now: datetime.datetime) -> list[Filing]:
    """Every filing of the person's own application, the first one first. Raises as ``applications.own`` does."""
    return list(applications.own(actor, key, now).filings)


def one(actor: Actor, key: str, number: int, now: datetime.datetime) -> Filing:
    """The ``number``-th filing (from 1) of the person's own application. Raises :class:`Missing`."""
    found = filings(actor, key, now)
    if not 1 <= number <= len(found):
        raise Missing
    return found[number - 1]


def content_bytes(filing: Filing) -> bytes:
    """What was filed, byte for byte as it was hashed."""
    return canonical(filing.content).encode()


def unfiled(form: Sheet) -> bool:
    """Whether a filed application was changed since, so that the change is not filed yet."""
    standing = applications.standing(form.application)
    if form.application.state is not ApplicationState.SUBMITTED or standing is None:
        return False
    return sheets.sha256(sheets.content(form)) != standing.sha256


def next_in_order(call_id: int) -> int:
    """The next number in the order received on a call, on paper and on the portal alike."""
    return numbers.following(f"applications of call {call_id}")


def latest_version(call_id: int) -> int:
    """The number of the version of the call that is in force. Raises :class:`Refused` where none was published."""
    version = select(CallVersion.id).where(CallVersion.call_id == call_id)
    latest = db.session.scalars(version.order_by(CallVersion.number.desc()).limit(1)).first()
    if latest is None:
        raise Refused(Text("Razpis nima objavljene različice.", "The call has no published version."))
    return latest


def _refuse_unfit(form: Sheet, revision: int, stated: bool) -> None:
    missing = form.missing(form.asked)
    if missing:
        raise Invalid({key: Text("manjka: ", "missing: ") + label for key, label in missing})
    if form.application.revision != revision:
        raise Stale(
            Text(
                "Od takrat, ko ste odgovore pregledali, se je nekaj spremenilo. Preglejte jih še enkrat in oddajte.",
                "Something has changed since you checked the answers. Check them once more and file.",
            )
        )
    if not stated:
        raise Invalid({"stated": Text("Pred oddajo potrdite izjavo.", "Confirm the statement before filing.")})


def _filed(
    application: Application,
    mandate: Mandate,
    actor: Actor,
    content: dict[str, object],
    sha256: str,
    now: datetime.datetime,
) -> Filing:
    return Filing(
        application_id=application.id,
        version_id=latest_version(application.call_id),
        receipt=receipts.next_number(application.call),
        channel=Channel.PORTAL,
        filed_at=now,
        filed_by=actor.person,
        mandate_id=mandate.id,
        content=content,
        sha256=sha256,
    )


def _subject(application: Application) -> Subject:
    return Subject("application", application.id, application.call_id)
