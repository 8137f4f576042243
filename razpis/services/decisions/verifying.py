"""Whether a document is genuine: what the page behind its QR code tells everyone, and whether a file is the same."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure.acts import KNOWN_OUTSIDE, ActState, Kind
from razpis.services.decisions import corrections
from razpis.services.errors import Invalid, Missing, TooMany
from razpis.services.people import attempts

LARGEST = 10 * 1024 * 1024
"""The largest file that is compared, in bytes."""
MOST_CODES, MOST_FILES = 30, 60
"""How many unknown codes are looked up, and files compared, for one address in a quarter of an hour."""
_PDF = b"%PDF-"


class Match(StrEnum):
    """How a file compares: the very document, the document before it was sealed, or another file."""

    SAME = "same"
    UNSEALED = "unsealed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verified:
    """What everyone may know of an issued document: no addressee, no amount, nothing of its content.

    ``replaced_by`` is the document in its place, where that one is issued too; ``corrected_by`` are the orders that
    correct an obvious error in it, ``corrects`` the document that such an order is about, ``replaces`` the one that was
    in its place before.
    """

    key: str
    kind: Kind
    number: str | None
    issued_at: datetime.datetime | None
    state: ActState
    sha256: str | None
    sealed: bool
    ended_at: datetime.datetime | None
    ended_because: str
    replaced_by: Verified | None = None
    corrected_by: tuple[Verified, ...] = ()
    corrects: Verified | None = None
    replaces: Verified | None = None


def looked_up(key: str, network: str, now: datetime.datetime) -> Verified:
    """As :func:`document`, for someone at the address ``network``, where codes nobody gave are counted.

    Raises :class:`TooMany` too, also for a code that was given, so that nothing can be learnt from the difference.
    """
    tried = f"code:{attempts.network(network)}"
    _brake(tried, MOST_CODES, now)
    try:
        return document(key)
    except Missing:
        attempts.note([tried], now)
        raise


def compared_from(network: str, key: str, content: bytes, now: datetime.datetime) -> Match:
    """As :func:`compared`, counted for the address ``network``. Raises :class:`TooMany` too."""
    tried = f"compare:{attempts.network(network)}"
    _brake(tried, MOST_FILES, now)
    attempts.note([tried], now)
    return compared(key, content)


def document(key: str) -> Verified:
    """The document behind a code. Raises :class:`Missing` alike for a code nobody gave and for a draft."""
    return _told(_known(key))


def compared(key: str, content: bytes) -> Match:
    """How the file with this content compares with the document; the content is not kept.

    Raises :class:`Missing`, and :class:`Invalid` for a file that is too large or no PDF.
    """
    act = _known(key)
    if len(content) > LARGEST:
        raise _invalid(
            "Datoteka je večja od 10 MB, zato ni dokument s te strani.",
            "The file is larger than 10 MB, so it is not the document of this page.",
        )
    if not content.startswith(_PDF):
        raise _invalid(
            "Izberite datoteko PDF, kakršno ste prejeli; slike ali besedila ni mogoče primerjati.",
            "Choose the PDF file as you received it; a picture or a text cannot be compared.",
        )
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == act.sha256:
        return Match.SAME
    return Match.UNSEALED if sha256 == act.unsealed_sha256 else Match.OTHER


def typed(code: str) -> str:
    """The code out of what somebody typed or pasted: without spaces, of a whole address its last part.

    Codes are written in small letters; capital ones mean the same.
    """
    return "".join(code.split()).rstrip("/").rpartition("/")[2].lower()


def _known(key: str) -> Act:
    """An issued document. A draft must not be told apart from nothing: it could still change or be dropped."""
    query = select(Act).where(Act.key == key, Act.state.in_(KNOWN_OUTSIDE))
    act = db.session.scalar(query)
    if act is None:
        raise Missing
    return act


def _brake(tried: str, most: int, now: datetime.datetime) -> None:
    seconds = attempts.seconds_to_wait(tried, most, now)
    if seconds:
        raise TooMany(seconds)


def _told(act: Act, follow: bool = True) -> Verified:
    after = db.session.get(Act, act.replaced_by) if follow and act.replaced_by is not None else None
    corrected = _corrected(act) if follow and act.kind is Kind.CORRECTION else None
    before = db.session.scalar(select(Act).where(Act.replaced_by == act.id)) if follow else None
    return Verified(
        key=act.key,
        kind=act.kind,
        number=act.number,
        issued_at=act.issued_at,
        state=act.state,
        sha256=act.sha256,
        sealed=act.sealed,
        ended_at=act.ended_at,
        ended_because=act.ended_because,
        replaced_by=_told(after, follow=False) if after is not None and after.state in KNOWN_OUTSIDE else None,
        corrected_by=tuple(_told(one, follow=False) for one in corrections.of_act(act)) if follow else (),
        corrects=_told(corrected, follow=False) if corrected is not None else None,
        replaces=_told(before, follow=False) if before is not None else None,
    )


def _corrected(act: Act) -> Act | None:
    """The document that a correction is about; once issued it is known outside for good."""
    return db.session.scalar(select(Act).where(Act.key == act.facts.get("act"), Act.state.in_(KNOWN_OUTSIDE)))


def _invalid(sl: str, en: str) -> Invalid:
    return Invalid({"file": Text(sl, en)})
