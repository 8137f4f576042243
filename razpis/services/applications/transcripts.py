"""Applications on paper once they are opened: their content typed in, each value as the applicant's claim."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from razpis.engine.problems import Text
from razpis.models.applications import Application, Envelope, Filing
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.files import StoredFile
from razpis.models.organisations import Organisation
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import answers, applications, attachments, filing, receipts, sheets
from razpis.services.applications.answers import Change, Saved
from razpis.services.applications.sheets import Sheet
from razpis.services.errors import Invalid, Missing, Refused, Stale
from razpis.services.files import Store
from razpis.services.organisations import entering
from razpis.services.organisations.entering import Entered
from razpis.services.organisations.mandates import Upload
from razpis.services.records import journal, readings
from razpis.services.records.journal import Subject
from razpis.services.rules.rulebooks import compiled

WRITERS = (Role.REGISTRY, Role.OFFICER)
"""Who types in what stands on paper; what it is worth the commission finds."""
CLOSED = (ApplicationState.SUBMITTED, ApplicationState.LATE, ApplicationState.DISMISSED_LATE)
"""Envelopes that are not opened: those before the opening, and those that came too late."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An application on paper: where it is, and whether its content is typed in (``begun``: partly). ``name`` is
    blank while its envelope is closed: until the opening nobody is told who applied."""

    key: str
    number: int
    name: str
    state: ApplicationState
    begun: bool
    done: bool

    @property
    def closed(self) -> bool:
        """Whether its envelope is still closed."""
        return self.state in CLOSED


def listed(actor: Actor, call_id: int) -> tuple[Call, list[Listed]]:
    """The applications on paper of a call in the order received. Raises :class:`Missing` for one never published."""
    actor.needs(*WRITERS)
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.published_at.is_not(None)))
    if call is None:
        raise Missing
    begun = or_(Application.organisation_id.is_not(None), Application.answers.any())
    standing = Application.filings.any(Filing.replaced_at.is_(None) & Filing.withdrawn_at.is_(None))
    name = func.coalesce(Organisation.name, Envelope.sender)
    query = (
        select(Application.key, Application.number, name, Application.state, begun, standing)
        .select_from(Application)
        .join(Envelope)
        .outerjoin(Organisation)
        .where(Application.call_id == call_id)
        .order_by(Application.number, Application.id)
    )
    return call, [_listed(*row) for row in db.session.execute(query)]


def read(actor: Actor, key: str, now: datetime.datetime) -> Sheet:
    """The form of an opened application on paper as it is typed in so far; the reading is written down.

    Raises as :func:`sheet` does.
    """
    found = sheet(actor, key)
    readings.note(actor, now, "application.content", _subject(found.application))
    return found


def sheet(actor: Actor, key: str) -> Sheet:
    """The same for whoever sends a page back that they have read.

    Raises :class:`Missing` for what did not come on paper and :class:`Refused` while its envelope is closed.
    """
    return sheets.sheet(_opened(actor, key, lock=False))


def changeable(application: Application) -> bool:
    """Whether the commission has not yet found whether the application is complete."""
    return application.state is ApplicationState.OPENED


def identify(actor: Actor, key: str, entered: Entered | None, lot: str, now: datetime.datetime) -> None:
    """Say whose the application is, and to which lot; ``None``: no organisation with a registration number.

    Raises :class:`Invalid`, and as :func:`save` does.
    """
    application = _changed(actor, key)
    if lot not in (list(compiled(application.call.rulebook).file.lots) or [""]):
        raise Invalid({"lot": Text("Izberite sklop razpisa.", "Choose a lot of the call.")})
    before = {"organisation": application.organisation_id, "lot": application.lot}
    found = entering.entered(entered, now) if entered is not None else None
    application.organisation, application.lot, application.changed_at = found, lot, now
    application.revision += 1
    db.session.flush()
    after = {"organisation": application.organisation_id, "lot": lot}
    journal.record(actor, now, "transcript.identify", _subject(application), before, after)
    db.session.commit()


def save(actor: Actor, key: str, changes: Mapping[str, Change], now: datetime.datetime) -> Saved:
    """Keep what is typed, field by field as :func:`razpis.services.applications.answers.save` does.

    Raises :class:`Refused` before the opening, and once the commission has found the application complete or not.
    """
    application = _changed(actor, key)
    saved = answers.put(actor, application, changes, now)
    if not saved.changed:
        db.session.rollback()
        return saved
    journal.record(actor, now, "transcript.save", _subject(application), after={"fields": sorted(saved.changed)})
    db.session.commit()
    return saved


def attach(
    actor: Actor, key: str, field: str, uploads: Sequence[Upload], now: datetime.datetime, store: Store
) -> Sequence[StoredFile]:
    """Put scans of attachments to their field. Raises as :func:`attachments.add` and :func:`save` do."""
    application = _changed(actor, key)
    taken = attachments.put(actor, application, field, uploads, now, store)
    after = attachments.said(field, taken)
    journal.record(actor, now, "transcript.attach", _subject(application), after=after)
    db.session.commit()
    return taken


def detach(actor: Actor, key: str, file_key: str, now: datetime.datetime) -> None:
    """Take a scan out again. Raises :class:`Missing`, and as :func:`save` does."""
    application = _changed(actor, key)
    field = attachments.take_out(application, file_key, now)
    before = {"field": field, "file": file_key}
    journal.record(actor, now, "transcript.detach", _subject(application), before)
    db.session.commit()


def file(actor: Actor, key: str, file_key: str, now: datetime.datetime) -> StoredFile:
    """A scan, to be looked at; the reading is written down. Raises as :func:`sheet` does."""
    application = _opened(actor, key, lock=False)
    found = next((one.file for one in application.attachments if one.file.key == file_key), None)
    if found is None:
        raise Missing
    readings.note(actor, now, "application.content", _subject(application))
    return found


def take_up(actor: Actor, key: str, revision: int, unidentified: bool, now: datetime.datetime, store: Store) -> Filing:
    """Put what is typed into the file as the application's content; what was taken up before is kept beside it.

    What the envelope does not hold stays unanswered: that is for the commission to ask for. ``revision`` is that of
    the application as it was checked; ``unidentified``: it is known that no organisation could be found. Raises
    :class:`Stale`, :class:`Invalid`, and as :func:`save` does.
    """
    application = _changed(actor, key)
    content = sheets.content(sheets.sheet(application))
    sha256 = sheets.sha256(content)
    earlier = applications.standing(application)
    if earlier is not None and earlier.sha256 == sha256:
        db.session.rollback()
        return db.session.get_one(Filing, earlier.id)
    _refuse_unfit(application, revision, unidentified)
    if earlier is not None:
        earlier.replaced_at = now
    made = _made(actor, application, content, sha256)
    document = receipts.pdf(application, made, actor.name, earlier.receipt if earlier else "")
    made.receipt_sha256 = files.put(store, document)
    db.session.add(made)
    application.changed_at = now
    before = {"receipt": earlier.receipt if earlier else None}
    after = {"receipt": made.receipt, "sha256": sha256}
    journal.record(actor, now, "transcript.take_up", _subject(application), before, after)
    db.session.commit()
    return made


def refuse_unwritten(application: Application) -> None:
    """Raises :class:`Refused` where an application came on paper and its content is not typed in yet."""
    if application.envelope is not None and applications.standing(application) is None:
        raise Refused(
            Text(
                "Vsebina vloge na papirju še ni prepisana. Prepiše jo vložišče ali skrbnik razpisa.",
                "The content of this application on paper is not typed in yet. The registry or an officer does that.",
            )
        )


def _refuse_unfit(application: Application, revision: int, unidentified: bool) -> None:
    if application.revision != revision:
        raise Stale(
            Text(
                "Od takrat, ko ste prepis pregledali, se je nekaj spremenilo. Preglejte ga še enkrat.",
                "Something has changed since you checked what is typed. Check it once more.",
            )
        )
    if application.organisation_id is None and not unidentified:
        raise Invalid(
            {
                "unidentified": Text(
                    "Določite prijavitelja ali potrdite, da matične številke nima.",
                    "Say whose the application is, or confirm that there is no registration number.",
                )
            }
        )
    if application.lot not in (list(compiled(application.call.rulebook).file.lots) or [""]):
        raise Invalid({"lot": Text("Izberite sklop razpisa.", "Choose a lot of the call.")})


def _made(actor: Actor, application: Application, content: dict[str, object], sha256: str) -> Filing:
    """As it was lodged: by its channel, at the moment its envelope arrived (ZUP, 68. člen)."""
    envelope = application.envelope
    assert envelope is not None  # _opened finds only what came on paper
    return Filing(
        application_id=application.id,
        version_id=filing.latest_version(application.call_id),
        receipt=receipts.next_number(application.call),
        channel=envelope.channel,
        filed_at=envelope.arrived_at,
        filed_by=actor.person,
        content=content,
        sha256=sha256,
    )


def _changed(actor: Actor, key: str) -> Application:
    application = _opened(actor, key, lock=True)
    if not changeable(application):
        raise Refused(
            Text(
                "Komisija je vlogo že preizkusila, zato prepisa ni več mogoče spremeniti. Kar je narobe prepisano, "
                "popravi komisija z ugotovitvijo.",
                "The commission has checked the application, so what was typed can no longer be changed. The "
                "commission corrects what is wrong by a finding.",
            )
        )
    return application


def _opened(actor: Actor, key: str, *, lock: bool) -> Application:
    actor.needs(*WRITERS)
    query = select(Application).join(Envelope).where(Application.key == key)
    if lock:
        query = query.with_for_update(of=Application).execution_options(populate_existing=True)
    application = db.session.scalar(query)
    if application is None:
        raise Missing
    if application.state is ApplicationState.SUBMITTED:
        raise Refused(
            Text(
                "Ovojnica še ni odprta. Odpre jo komisija na odpiranju vlog; dotlej je ni dovoljeno brati.",
                "The envelope is not opened yet. The commission opens it; until then nobody may read it.",
            )
        )
    if application.state in CLOSED:
        raise Refused(Text("Vloga je prepozna, zato se ne odpre.", "The application came too late and stays closed."))
    return application


def _listed(key: str, number: int | None, name: str, state: ApplicationState, begun: bool, done: bool) -> Listed:
    return Listed(key, number or 0, "" if state in CLOSED else name, state, begun, done)


def _subject(application: Application) -> Subject:
    return Subject("application", application.id, application.call_id)
