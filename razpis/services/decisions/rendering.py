"""Documents of an approved set: drawn, sealed and kept one by one, so that the work can stop anywhere and go on."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload

from razpis.assets import ASSETS
from razpis.documents.act_pdf import render_act
from razpis.documents.act_text import load_act_texts
from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import Attachment, Extras
from razpis.documents.flow import PageOverflowError
from razpis.documents.fonts import MissingGlyphError
from razpis.documents.legal_text import LegalTextError, LegalTexts
from razpis.documents.seal import Sealer, SealError, SealSettings, forget_keys, open_sealer
from razpis.engine.problems import Problems, Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Release
from razpis.procedure.acts import ActState, Kind, ReleaseState
from razpis.services import files
from razpis.services.actor import SYSTEM
from razpis.services.calls import calls
from razpis.services.decisions import act_facts, reasons
from razpis.services.errors import Refused
from razpis.services.files import Store
from razpis.services.records import journal
from razpis.services.rules import deciding

FOLDER = ASSETS / "templates" / "documents"
WAITING = (ReleaseState.APPROVED, ReleaseState.RENDERING)
DRAFT = "Osnutek – ni izdano."
UNSIGNED = (
    "Če ta datoteka nima elektronskega žiga ali podpisa, ne velja kot izdana v elektronski obliki: velja natisnjen in "
    "lastnoročno podpisan izvirnik."
)
_UNPRINTABLE = (Problems, LegalTextError, MissingGlyphError, PageOverflowError)
"""Wording that was changed since the approval and does not hold, characters without a sign, a block without room."""
_STOPPED = Text(
    "Že narejeni dokumenti ostanejo; ko odpravite vzrok, nadaljujte.",
    "Documents made so far stay; go on once the cause is mended.",
)


def work(now: datetime.datetime, store: Store, seal: Mapping[str, Any] | None, most: int = 1000) -> int:
    """Make up to ``most`` documents of whatever sets wait for them; how many were made.

    ``seal`` are the settings of :class:`razpis.documents.seal.SealSettings`, ``None`` without a seal. Each document
    is a transaction of its own; two can work at once and nothing is made twice that counts.
    """
    query = select(Release.id).where(Release.state.in_(WAITING)).order_by(Release.id)
    waiting = db.session.scalars(query).all()
    db.session.rollback()
    made = 0
    for release in waiting:
        made += sum(1 for _ in _some(release, now, store, seal, most - made))
    return made


def one_set(release: int, now: datetime.datetime, store: Store, seal: Mapping[str, Any] | None, most: int) -> int:
    """The same for one set, by the number of its row."""
    return sum(1 for _ in _some(release, now, store, seal, most))


def pdf(act: Act, call: Call, notice: str = "", seal_field: bool = False) -> bytes:
    """The document of an act, from its kept facts alone; the same act gives the same bytes."""
    release = act.release
    day = release.dated if release is not None and release.dated is not None else act.drafted_at.date()
    number = act.number or f"{act.facts['decision']['case_number']}-{act_facts.DRAFT_NUMBER}"
    about: dict[str, Any] = {**act.facts["reasons"], "document": {"number": number, "date": day.isoformat()}}
    if act.kind is Kind.DECISION:
        about["rules"], about["reading"] = reasons.rules(call.rulebook), reasons.READING
    told = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1).encode()
    title = "Razlogi odločitve za strojno branje"
    extras = Extras(
        address=release.address.format(key=act.key) if release is not None else "",
        code=act.key if release is not None and release.address else "",
        attachments=(Attachment(reasons.FILE_NAME, reasons.MEDIA_TYPE, told, title),),
        seal_field=seal_field,
        case=act.facts["decision"]["case_number"],
        number=number,
        notice=notice,
    )
    if "order" in act.facts:
        order = act_facts.order(act.facts, number, day)
        return render_act(order, load_act_texts(FOLDER, type(order.body)), extras)
    return render_decision(act_facts.decision(act.facts, number, day), _texts(), extras)


def _some(
    release: int, now: datetime.datetime, store: Store, seal: Mapping[str, Any] | None, most: int
) -> Iterator[int]:
    """Makes documents of a set, one after the other; gives the number of each act. What stops it is written down."""
    try:
        sealer = open_sealer(SealSettings(**seal)) if seal else None
        for _ in range(most):
            act = _next(release)
            if act is None:
                break
            if _make(act, now, store, sealer):
                yield act.id
        _finish(release, now)
    except OSError as error:
        _stop(release, disk(error))
    except SealError as error:
        forget_keys()
        _stop(release, error.text + Text(" ", " ") + _STOPPED)
    except _UNPRINTABLE as error:
        told = " ".join(str(error).split())
        _stop(release, Text(f"Dokumenta ni mogoče natisniti: {told} ", f"It cannot be printed: {told} ") + _STOPPED)


def _next(release: int) -> Act | None:
    """The next act to be drawn, read to the end and let go."""
    query = select(Act).where(Act.release_id == release, Act.state == ActState.APPROVED).order_by(Act.id).limit(1)
    act = db.session.scalar(query.options(joinedload(Act.release), joinedload(Act.call)))
    if act is not None:
        db.session.expunge_all()
    db.session.rollback()
    return act


def _make(act: Act, now: datetime.datetime, store: Store, sealer: Sealer | None) -> bool:
    """Whether the document made here is the one that counts. The file lies there whole before its row names it."""
    drawn = pdf(act, act.call, "" if sealer else UNSIGNED, seal_field=sealer is not None)
    content = drawn if sealer is None else sealer.seal(drawn, now)
    sha256 = files.put(store, content)
    waits = select(Release.id).where(Release.id == act.release_id, Release.state.in_(WAITING)).scalar_subquery()
    done = db.session.execute(
        update(Act)
        .where(Act.id == act.id, Act.state == ActState.APPROVED, Act.release_id == waits)
        .values(
            state=ActState.RENDERED,
            rendered_at=now,
            sha256=sha256,
            unsealed_sha256=hashlib.sha256(drawn).hexdigest(),
            sealed=sealer is not None,
        )
    )
    begun = update(Release).where(Release.id == act.release_id, Release.state.in_(WAITING))
    db.session.execute(begun.values(state=ReleaseState.RENDERING, problem={}))
    db.session.commit()
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return] # the result of an update has it


def _finish(release_id: int, now: datetime.datetime) -> None:
    """The set is ready once none of its acts waits any more."""
    query = select(Release).where(Release.id == release_id).with_for_update()
    release = db.session.scalars(query.execution_options(populate_existing=True)).one()
    left = select(Act.id).where(Act.release_id == release.id, Act.state == ActState.APPROVED)
    if release.state is not ReleaseState.RENDERING or db.session.scalar(left.limit(1)) is not None:
        db.session.rollback()
        return
    release.state = ReleaseState.READY
    sealed = sum(act.sealed for act in release.acts)
    after = {
        "release": release.number,
        "sealed": sealed,
        "documents": {act.number: act.sha256 for act in release.acts if act.number},
    }
    journal.record(SYSTEM, now, "release.render", calls.subject(release.call), after=after)
    db.session.commit()


def _stop(release: int, text: Text) -> None:
    """Write down what stopped the work. Raises :class:`Refused` with it where not even that can be written."""
    db.session.rollback()
    stopped = update(Release).where(Release.id == release, Release.state.in_(WAITING))
    try:
        db.session.execute(stopped.values(problem={"sl": text.sl, "en": text.en}))
        db.session.commit()
    except OperationalError as error:
        db.session.rollback()
        raise Refused(text) from error


def disk(error: OSError) -> Text:
    """What a file that cannot be kept means, and what to do."""
    if files.full(error):
        return Text("Na disku ni več prostora. ", "There is no space left on the disk. ") + _STOPPED
    told = error.strerror or type(error).__name__
    return Text(f"Dokumenta ni mogoče shraniti ({told}). ", f"A document cannot be kept ({told}). ") + _STOPPED


@cache
def _texts() -> LegalTexts:
    return deciding.texts()
