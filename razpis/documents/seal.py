"""The electronic seal of the authority on a document, and seals found in documents made elsewhere.

What a caller needs is here; the work is done by pyHanko (extra ``razpis[seal]``), which takes a second to load
and is loaded when the first document is sealed or checked. Settings are ``RAZPIS_SEAL_…``.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, Protocol

from razpis.engine.problems import Text

Level = Literal["B-B", "B-T", "B-LTA"]


class SealError(Exception):
    """A document cannot be sealed or its seals not read; ``text`` says why and what to do."""

    def __init__(self, sl: str, en: str) -> None:
        super().__init__(f"{sl} {en}")
        self.text = Text(sl, en)


@dataclass(frozen=True, slots=True)
class SealSettings:
    """Where the key is and how far a seal goes (ETSI EN 319 142-1).

    Either ``file`` (PKCS#12) with ``password``, or ``module`` (the library of a PKCS#11 token) with the ``token``
    and ``label`` of the key and ``password`` as its PIN. ``authority`` is the address of a timestamp authority:
    without it a seal is B-B, with it B-T, with ``roots`` (a PEM file of trusted certificates) and ``archival``
    B-LTA, which also asks for proofs that the certificates were not revoked.
    """

    file: str = ""
    password: str = field(default="", repr=False)
    module: str = ""
    token: str = ""
    label: str = ""
    authority: str = ""
    roots: str = ""
    archival: bool = False

    @property
    def level(self) -> Level:
        """How far seals go."""
        if not self.authority:
            return "B-B"
        return "B-LTA" if self.archival else "B-T"


class Sealer(Protocol):
    """A loaded key."""

    @property
    def who(self) -> str:
        """Whose the key is, as the certificate says."""

    @property
    def until(self) -> datetime:
        """When the certificate expires."""

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """``pdf`` with its seal, sealed ``at`` (aware). The file must have an empty field for it.

        Raises :class:`SealError`.
        """


@dataclass(frozen=True, slots=True)
class SealFound:
    """A seal or signature in a file: whose, when, and what holds of it.

    ``intact``: what it covers is unchanged. ``whole``: it covers the file as it is, save proofs added for the
    archive. ``trusted``: the certificate leads to a trusted root and was valid. ``proven``: ``when`` comes from
    a trusted timestamp and not from the signer's own clock. ``since`` and ``until`` are the ends of the certificate.
    """

    who: str
    organisation: str
    when: datetime | None
    intact: bool
    whole: bool
    trusted: bool
    proven: bool
    serial: str
    since: datetime
    until: datetime

    @property
    def good(self) -> bool:
        """Whether the file can be relied on."""
        return self.intact and self.whole and self.trusted


@lru_cache(maxsize=4)
def open_sealer(settings: SealSettings) -> Sealer:
    """Load the key, once for the same settings. Raises :class:`SealError`."""
    made: Sealer = _pades().open_sealer(settings)
    return made


def forget_keys() -> None:
    """Load keys anew next time: a file was put in place of an expired one, or a token was plugged in again."""
    open_sealer.cache_clear()


def verify(pdf: bytes, trust_roots: bytes, at: datetime) -> tuple[SealFound, ...]:
    """Seals and signatures in ``pdf`` as they stand ``at`` (aware), the newest first; none in a file without.

    ``trust_roots`` is PEM text of the certificates trusted, perhaps empty. Nothing is asked over the network, so
    a revoked certificate is not noticed. Raises :class:`SealError` for a file or certificates that cannot be read.
    """
    found: tuple[SealFound, ...] = _pades().verify(pdf, trust_roots, at)
    return found


def only_signatures_added(pdf: bytes, original: bytes) -> bool:
    """Whether ``pdf`` is ``original`` with signatures added and nothing else: no page shows anything new but their
    boxes, nothing attached is changed. Raises :class:`SealError` for a file that cannot be read."""
    found: bool = _pades().only_signatures_added(pdf, original)
    return found


def _pades() -> Any:
    try:
        return importlib.import_module("razpis.documents.pades")
    except ModuleNotFoundError as error:
        raise SealError(
            "Za žig manjka knjižnica: namestite razpis[seal].",
            "The library for seals is missing: install razpis[seal].",
        ) from error
