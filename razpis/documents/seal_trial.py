"""A key for trials: seals made with it prove nothing, and say so in the name of their owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

_ROOT = "Preizkusna korenina brez veljave"
_DAYS = 825


@dataclass(frozen=True, slots=True)
class TrialKey:
    """``pkcs12`` is the file of the key and its certificates, ``root`` the PEM of the authority that gave it."""

    pkcs12: bytes
    root: bytes


def make_trial_key(password: str, at: datetime, owner: str = "Preizkusni žig brez veljave") -> TrialKey:
    """A new key valid from ``at`` (aware). Its random numbers are the operating system's."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name(_ROOT)
    root = _begun(root_name, root_name, root_key.public_key(), at, authority=True).sign(root_key, hashes.SHA256())
    certificate = _begun(_name(owner), root_name, key.public_key(), at, authority=False).sign(root_key, hashes.SHA256())
    packed = pkcs12.serialize_key_and_certificates(
        owner.encode("utf-8"), key, certificate, [root], BestAvailableEncryption(password.encode("utf-8"))
    )
    return TrialKey(packed, root.public_bytes(Encoding.PEM))


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "SI"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, authority: bool
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=_DAYS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
