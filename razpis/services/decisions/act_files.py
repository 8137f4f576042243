"""Files of acts as officials see them: previews of drafts, files as made, and those signed elsewhere."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.documents.seal import SealError, SealFound, only_signatures_added, verify
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure.acts import ActState
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.decisions import own_decision, rendering
from razpis.services.decisions.releases import READERS
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.files import Store
from razpis.services.records import journal, readings
from razpis.services.records.journal import Subject

MOST_AT_ONCE = 300
_EPOCH = (1980, 1, 1, 0, 0, 0)


def one(actor: Actor, call_id: int, key: str, now: datetime.datetime, store: Store) -> tuple[str, bytes]:
    """The file of an act by its key: as made, or a preview while it is a draft; the reading is noted.

    Raises :class:`Forbidden`, :class:`Missing`, and ``OSError``.
    """
    actor.needs(*READERS)
    act = _act(call_id, key)
    _note(actor, act, now)
    return own_decision.name(act), _content(act, store)


def act(actor: Actor, call_id: int, key: str) -> Act:
    """An act of a set by its key. Raises :class:`Forbidden`, :class:`Missing`."""
    actor.needs(*READERS)
    return _act(call_id, key)


def signer(act: Act) -> str:
    """Who issues the act and has to sign it, as it says itself."""
    issued: dict[str, str] | None = act.facts.get("order", act.facts["decision"])["issued_by"]
    return issued["name"] if issued else ""


def several(actor: Actor, call_id: int, keys: Collection[str], now: datetime.datetime, store: Store) -> bytes:
    """The files of these acts as a ZIP. Raises as :func:`one`, and :class:`Refused` for none or too many at once."""
    actor.needs(*READERS)
    query = select(Act).where(Act.call_id == call_id, Act.key.in_(list(keys)), Act.release_id.is_not(None))
    acts = db.session.scalars(query.options(joinedload(Act.release)).order_by(Act.id)).all()
    if not 0 < len(acts) <= MOST_AT_ONCE:
        raise Refused(
            Text(
                f"Izberite vsaj enega in največ {MOST_AT_ONCE} dokumentov.",
                f"Choose at least one and at most {MOST_AT_ONCE} documents.",
            )
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for act in acts:
            _note(actor, act, now)
            archive.writestr(zipfile.ZipInfo(_unique(act), _EPOCH), _content(act, store))
    return packed.getvalue()


def take_signed(
    actor: Actor, call_id: int, key: str, content: bytes, roots: str | None, now: datetime.datetime, store: Store
) -> SealFound:
    """Take a decision that was signed elsewhere in place of the unsigned file; whose signature it bears.

    It has to be the very document with nothing but signatures added, and the newest signature has to cover the whole
    of it, with a certificate that is valid now and leads to one of ``roots`` (the path of a PEM file). Raises
    :class:`Forbidden`, :class:`Missing`, :class:`Invalid`, :class:`Refused` where the file bears a seal already or is
    not made yet, and ``OSError``.
    """
    actor.needs(Role.OFFICER, Role.SIGNATORY)
    act = _act(call_id, key, lock=True)
    if act.state not in (ActState.RENDERED, ActState.ISSUED) or act.sealed or act.sha256 is None:
        raise Refused(
            Text(
                "Ta dokument ne čaka na podpis: ali še ni narejen ali pa je že podpisan.",
                "This document does not wait for a signature: it is not made yet, or signed already.",
            )
        )
    drawn = files.content(store, act.sha256)
    if not content.startswith(drawn):
        raise _invalid(
            "To ni podpisana različica tega dokumenta. Podpišite prav datoteko s te strani, ne da bi jo spremenili.",
            "This is not the signed version of this document. Sign the very file of this page, without changing it.",
        )
    found = _signature(content, roots, now)
    _refuse_changed(content, drawn)
    before = {"sha256": act.sha256}
    act.sha256, act.sealed = files.put(store, content), True
    subject = Subject("application", act.application_id, act.call_id)
    after = {"number": act.number, "sha256": act.sha256, "who": found.who}
    journal.record(actor, now, "decision.signed", subject, before, after)
    db.session.commit()
    return found


def _signature(content: bytes, roots: str | None, now: datetime.datetime) -> SealFound:
    try:
        found = verify(content, _trusted(roots), now)
    except SealError as error:
        raise Invalid({"file": error.text}) from error
    if not found:
        raise _invalid("V datoteki ni podpisa.", "There is no signature in the file.")
    newest = found[0]
    if not (newest.intact and newest.whole):
        raise _invalid(
            "Datoteka je bila po podpisu spremenjena ali pa je podpis ne zajema v celoti.",
            "The file was changed after it was signed, or the signature does not cover all of it.",
        )
    if not newest.since <= now <= newest.until:
        since, until = (f"{day.day}. {day.month}. {day.year}" for day in map(local_time, (newest.since, newest.until)))
        raise _invalid(
            f"Potrdilo podpisnika ({newest.who}) velja od {since} do {until}, zdaj torej ne. Podpišite z veljavnim "
            "potrdilom.",
            f"The signer's certificate ({newest.who}) is valid from {since} to {until}, so not now. Sign with a valid "
            "one.",
        )
    if not newest.trusted:
        raise _invalid(
            f"Potrdilo podpisnika ({newest.who}) ne vodi do overitelja iz nastavitve RAZPIS_SEAL_ROOTS.",
            f"The signer's certificate ({newest.who}) does not lead to an authority named in RAZPIS_SEAL_ROOTS.",
        )
    return newest


def _refuse_changed(content: bytes, drawn: bytes) -> None:
    """A signature covers what was added before it too, so a page may have been changed first and signed then."""
    try:
        unchanged = only_signatures_added(content, drawn)
    except SealError as error:
        raise Invalid({"file": error.text}) from error
    if not unchanged:
        raise _invalid(
            "Dokument je bil pred podpisom spremenjen: dodano je še kaj drugega kot podpis. Podpišite prav datoteko s "
            "te strani, ne da bi jo prej urejali ali shranili v drugem programu.",
            "The document was changed before it was signed: more was added than a signature. Sign the very file of "
            "this page, without editing it or saving it in another program first.",
        )


def _trusted(roots: str | None) -> bytes:
    try:
        return Path(roots).read_bytes() if roots else b""
    except OSError as error:
        raise Refused(
            Text(
                f"Datoteke z zaupanja vrednimi potrdili ni mogoče prebrati ({error.strerror}). Preverite nastavitev "
                "RAZPIS_SEAL_ROOTS.",
                f"The file of trusted certificates cannot be read ({error.strerror}). Check RAZPIS_SEAL_ROOTS.",
            )
        ) from error


def _content(act: Act, store: Store) -> bytes:
    if act.sha256 is not None:
        return files.content(store, act.sha256)
    return rendering.pdf(act, act.call, rendering.DRAFT)


def _act(call_id: int, key: str, lock: bool = False) -> Act:
    query = select(Act).where(Act.call_id == call_id, Act.key == key, Act.release_id.is_not(None))
    if lock:
        query = query.with_for_update(of=Act).execution_options(populate_existing=True)
    act = db.session.scalar(query)
    if act is None:
        raise Missing
    return act


def _note(actor: Actor, act: Act, now: datetime.datetime) -> None:
    subject = Subject("application", act.application_id, act.call_id)
    readings.note(actor, now, "decision.read", subject)


def _unique(act: Act) -> str:
    number = act.application.number if act.application is not None else act.id
    return own_decision.name(act) if act.number else f"osnutek-vloga-{number}.pdf"


def _invalid(sl: str, en: str) -> Invalid:
    return Invalid({"file": Text(sl, en)})
