"""PAdES by pyHanko (ETSI EN 319 142-1): seals put into files, and read out of them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko.stamp.noop import NoOpStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import CRLValidationError, OCSPValidationError, PathError, ValidationError

from razpis.documents import pades_additions
from razpis.documents.annotating import SEAL_FIELD
from razpis.documents.seal import SealError, SealFound, SealSettings
from razpis.documents.seal_keys import load_signer

# Room for the signature in the file, beside the certificates: fixed, because finding it out means signing twice.
_SIGNATURE = 3_000
_TIMESTAMP = 12_000
_SECONDS = 15
# A broken file also shows as a missing part or as one of another kind, deep inside the readers of PDF and ASN.1.
_UNREADABLE = (PdfError, SignatureValidationError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_NO_PROOF = (PathError, ValidationError, CRLValidationError, OCSPValidationError)

# A signature nobody vouches for is an answer here, not a fault to be told in the log of the server.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)


class _TimedSigner(PdfSigner):
    """pyHanko's signer with the time of sealing given and not taken from the clock."""

    at: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """A session that says it began at :attr:`at`."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class PadesSealer:
    """Seals documents with one loaded key. See :class:`razpis.documents.seal.Sealer`."""

    def __init__(self, settings: SealSettings, signer: Signer) -> None:
        self._settings = settings
        self._signer = signer
        self._one_at_a_time = Lock()  # the session of a token is not for threads
        assert signer.signing_cert is not None
        self._certificate = signer.signing_cert
        certificates = (self._certificate, *signer.cert_registry)
        room = _SIGNATURE + sum(len(one.dump()) for one in certificates)
        self._room = 2 * (room + (_TIMESTAMP if settings.authority else 0))

    @property
    def who(self) -> str:
        """Whose the key is."""
        return _named(self._certificate, "common_name")

    @property
    def until(self) -> datetime:
        """When the certificate expires."""
        until: datetime = self._certificate.not_valid_after
        return until

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """``pdf`` sealed ``at``."""
        self._refuse_out_of_date(at)
        # Certified: after the seal only further signatures may be added, anything else shows as a change.
        metadata = PdfSignatureMetadata(
            field_name=SEAL_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            **self._archival(),
        )
        signer = _TimedSigner(metadata, self._signer, timestamper=self._timestamper(), stamp_style=NoOpStampStyle())
        signer.at = at
        try:
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            with self._one_at_a_time:
                sealed: bytes = signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=self._room).getvalue()
        except TimestampRequestError as error:
            raise _no_timestamp(self._settings.authority, error) from error
        except RuntimeError as error:  # of the library of a token
            raise _token_lost(error) from error
        except (SigningError, PdfError) as error:
            raise _unproven(error) if isinstance(error.__cause__, _NO_PROOF) else _unsealable(error) from error
        return sealed

    def _timestamper(self) -> RequestsHTTPTimeStamper | None:
        address = self._settings.authority
        if not address:
            return None
        return RequestsHTTPTimeStamper(address, timeout=_SECONDS)  # type: ignore[no-untyped-call]

    def _archival(self) -> dict[str, Any]:
        """What B-LTA asks for beside a timestamp: proofs of validity inside the file, and a timestamp over them."""
        if self._settings.level != "B-LTA":
            return {}
        roots = _certificates(_read_roots(self._settings.roots))
        context = ValidationContext(
            trust_roots=roots, other_certs=list(self._signer.cert_registry), allow_fetching=True
        )
        return {"embed_validation_info": True, "use_pades_lta": True, "validation_context": context}

    def _refuse_out_of_date(self, at: datetime) -> None:
        begin, end = self._certificate.not_valid_before, self._certificate.not_valid_after
        if not begin <= at <= end:
            days = f"{begin:%d. %m. %Y} – {end:%d. %m. %Y}"
            raise SealError(
                f"Potrdilo za žig ({self.who}) velja {days}. Namestite veljavno potrdilo.",
                f"The certificate of the seal ({self.who}) is valid {days}. Install a valid one.",
            )


def open_sealer(settings: SealSettings) -> PadesSealer:
    """See :func:`razpis.documents.seal.open_sealer`."""
    return PadesSealer(settings, load_signer(settings))


def verify(pdf: bytes, trust_roots: bytes, at: datetime) -> tuple[SealFound, ...]:
    """See :func:`razpis.documents.seal.verify`."""
    roots = _certificates(trust_roots)
    try:
        signatures = PdfFileReader(BytesIO(pdf), strict=False).embedded_regular_signatures
        return tuple(_found(one, roots, at) for one in reversed(signatures))
    except _UNREADABLE as error:
        raise _unreadable(error) from error


def only_signatures_added(pdf: bytes, original: bytes) -> bool:
    """See :func:`razpis.documents.seal.only_signatures_added`."""
    try:
        return pades_additions.only_signatures_added(pdf, original)
    except _UNREADABLE as error:
        raise _unreadable(error) from error


def _found(signature: EmbeddedPdfSignature, roots: list[x509.Certificate], at: datetime) -> SealFound:
    # Without the network there is nothing new to learn about revocation, so its absence does not fail.
    context = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False, revocation_mode="soft-fail")
    status = validate_pdf_signature(signature, context)
    certificate, stamp = status.signing_cert, status.timestamp_validity
    proven = bool(stamp and stamp.intact and stamp.valid and stamp.trusted)
    when = stamp.timestamp if stamp is not None and proven else status.signer_reported_dt
    return SealFound(
        who=_named(certificate, "common_name"),
        organisation=_named(certificate, "organization_name"),
        when=when.astimezone(UTC) if when is not None else None,
        intact=status.intact and status.valid,
        whole=_covers_all(status),
        trusted=status.trusted,
        proven=proven,
        serial=f"{certificate.serial_number:x}",
        since=certificate.not_valid_before,
        until=certificate.not_valid_after,
    )


def _covers_all(status: PdfSignatureStatus) -> bool:
    """Whether nothing but proofs for the archive came after the signature."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    later = status.modification_level
    return status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and later == ModificationLevel.LTA_UPDATES


def _named(certificate: x509.Certificate, part: str) -> str:
    value = certificate.subject.native.get(part, "")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _certificates(text: bytes) -> list[x509.Certificate]:
    """Certificates of a PEM text. Raises :class:`SealError`."""
    try:
        return [x509.Certificate.load(der) for _, _, der in pem.unarmor(text, multiple=True)] if text.strip() else []
    except ValueError as error:
        raise SealError(
            f"Zaupanja vrednih potrdil ni mogoče prebrati ({error}). Preverite RAZPIS_SEAL_ROOTS.",
            f"The trusted certificates cannot be read ({error}). Check RAZPIS_SEAL_ROOTS.",
        ) from error


def _read_roots(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise SealError(
            f"Datoteke z zaupanja vrednimi potrdili ni mogoče prebrati: {file}. Preverite RAZPIS_SEAL_ROOTS.",
            f"The file of trusted certificates cannot be read: {file}. Check RAZPIS_SEAL_ROOTS.",
        ) from error


def _no_timestamp(address: str, error: Exception) -> SealError:
    return SealError(
        f"Strežnik za časovne žige {address} ni odgovoril ({error}). Poskusite znova ali preverite RAZPIS_SEAL_TSA.",
        f"The timestamp authority {address} gave no answer ({error}). Try again or check RAZPIS_SEAL_TSA.",
    )


def _unproven(error: Exception) -> SealError:
    return SealError(
        f"Potrdila za arhivski žig ni mogoče preveriti ({error.__cause__}). Preverite RAZPIS_SEAL_ROOTS in povezavo.",
        f"The certificate of the seal cannot be checked ({error.__cause__}). Check RAZPIS_SEAL_ROOTS and the network.",
    )


def _token_lost(error: Exception) -> SealError:
    told = f"{type(error).__name__}: {error}".removesuffix(": ")
    return SealError(
        f"Žeton s ključem za žig ne odgovarja ({told}). Preverite, ali je priključen in odklenjen.",
        f"The token with the key of the seal does not answer ({told}). Check that it is plugged in and unlocked.",
    )


def _unreadable(error: Exception) -> SealError:
    return SealError(
        f"Datoteke PDF ali njenega podpisa ni mogoče prebrati ({error}).",
        f"The PDF file or its signature cannot be read ({error}).",
    )


def _unsealable(error: Exception) -> SealError:
    return SealError(f"Dokumenta ni mogoče zapečatiti ({error}).", f"The document cannot be sealed ({error}).")
