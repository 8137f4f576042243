"""The key of a seal: read from a PKCS#12 file, or left on a PKCS#11 token."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from razpis.documents.seal import SealError, SealSettings

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class KeyInMemory(Signer):
    """Signs with a key parsed once; pyHanko's own parses and checks it anew for every signature."""

    def __init__(self, key: PrivateKey, certificate: x509.Certificate, chain: list[x509.Certificate]) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The bare signature."""
        algorithm = _HASHES[digest_algorithm]
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), algorithm)
        return self._key.sign(data, ec.ECDSA(algorithm))


def load_signer(settings: SealSettings) -> Signer:
    """The signer the settings name. Raises :class:`SealError`."""
    if settings.module:
        return _on_token(settings)
    return _from_file(Path(settings.file), settings.password)


def _from_file(file: Path, password: str) -> Signer:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SealError(
            f"Datoteke s ključem za žig ni mogoče prebrati: {file} ({error.strerror}). Preverite RAZPIS_SEAL_FILE.",
            f"The file with the key of the seal cannot be read: {file} ({error.strerror}). Check RAZPIS_SEAL_FILE.",
        ) from error
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode("utf-8") or None)
    except ValueError as error:
        raise SealError(
            f"Geslo za ključ za žig ni pravo ali pa {file} ni datoteka PKCS#12. Preverite RAZPIS_SEAL_PASSWORD.",
            f"The password of the seal is wrong, or {file} is not a PKCS#12 file. Check RAZPIS_SEAL_PASSWORD.",
        ) from error
    if not isinstance(key, PrivateKey) or certificate is None:
        raise SealError(
            f"V {file} ni ključa RSA ali EC s potrdilom.", f"There is no RSA or EC key with a certificate in {file}."
        )
    return KeyInMemory(
        key,
        x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain],
    )


def _on_token(settings: SealSettings) -> Signer:
    """A signer over an open session of the token; the key never leaves it."""
    adapter, errors = _pkcs11()
    try:
        session = adapter.open_pkcs11_session(
            settings.module, token_criteria=_criteria(adapter, settings), user_pin=settings.password
        )
        signer: Signer = adapter.PKCS11Signer(session, cert_label=settings.label, key_label=settings.label)
        signer.get_signature_mechanism_for_digest("sha256")  # asks for the certificate, so that a wrong label shows now
    except errors as error:
        raise SealError(
            f"Ključa na žetonu ni mogoče odpreti ({type(error).__name__}: {error}). Preverite RAZPIS_SEAL_MODULE, "
            "_TOKEN, _LABEL in _PASSWORD.",
            f"The key on the token cannot be opened ({type(error).__name__}: {error}). Check RAZPIS_SEAL_MODULE, "
            "_TOKEN, _LABEL and _PASSWORD.",
        ) from error
    return signer


def _criteria(adapter: Any, settings: SealSettings) -> Any:
    return adapter.TokenCriteria(label=settings.token) if settings.token else None


def _pkcs11() -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        adapter = importlib.import_module("pyhanko.sign.pkcs11")
        library = importlib.import_module("pkcs11")
    except ModuleNotFoundError as error:
        raise SealError(
            "Za ključ na žetonu manjka knjižnica: namestite razpis[token].",
            "The library for keys on tokens is missing: install razpis[token].",
        ) from error
    return adapter, (library.PKCS11Error, adapter.SigningError, RuntimeError)
