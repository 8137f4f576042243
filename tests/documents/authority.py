"""A certificate authority for tests: root, keys for seals, a revocation list and a timestamp authority on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

PASSWORD = "čisto skrivno"
ORGANISATION = "Občina Izmišljeni Log"
OWNER = "Žig Občine Izmišljeni Log"
_LIST = "/potrdila.crl"


@cache
def rsa_key(number: int = 0) -> rsa.RSAPrivateKey:
    """Slow to make, so made once for each number."""
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True, slots=True)
class Authority:
    """The root and what it signs; ``address`` is where its revocation list can be had."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    at: datetime
    address: str = ""

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def seal_file(
        self, folder: Path, key: Any = None, password: str = PASSWORD, days: tuple[int, int] = (-1, 30)
    ) -> Path:
        """A PKCS#12 file with a key for seals."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        file = folder / f"seal-{len(list(folder.iterdir()))}.p12"
        file.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"seal",
                key,
                self.issue(OWNER, key.public_key(), days=days),
                [self.certificate],
                BestAvailableEncryption(password.encode()),
            )
        )
        return file

    def issue(self, owner: str, key: Any, stamps: bool = False, days: tuple[int, int] = (-1, 30)) -> x509.Certificate:
        """A certificate for a seal, or for timestamps."""
        subject = [
            (NameOID.COUNTRY_NAME, "SI"),
            (NameOID.ORGANIZATION_NAME, ORGANISATION),
            (NameOID.COMMON_NAME, owner),
        ]
        builder = _builder(x509.Name([x509.NameAttribute(*one) for one in subject]), self.certificate.subject, key)
        builder = builder.not_valid_before(self.at + timedelta(days=days[0]))
        builder = builder.not_valid_after(self.at + timedelta(days=days[1]))
        builder = builder.add_extension(_usage(signs=True), critical=True)
        if stamps:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        if self.address:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(self.address + _LIST)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def revocation_list(self) -> bytes:
        builder = x509.CertificateRevocationListBuilder(issuer_name=self.certificate.subject)
        builder = builder.last_update(self.at - timedelta(hours=1)).next_update(self.at + timedelta(days=1))
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def timestamps(self) -> DummyTimeStamper:
        key = rsa_key(1)
        certificate = self.issue("Časovni žigi za preizkus", key.public_key(), stamps=True)
        packed = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            asn1.Certificate.load(certificate.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(packed)
        )


def make_authority(at: datetime, address: str = "") -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Korenina za preizkus")])
    builder = _builder(name, name, key.public_key())
    builder = builder.not_valid_before(at - timedelta(days=2)).not_valid_after(at + timedelta(days=400))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    return Authority(key, builder.sign(key, hashes.SHA256()), at, address)


@contextmanager
def serving(at: datetime) -> Iterator[Authority]:
    """An authority that answers on loopback: its revocation list and timestamps."""
    answers: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("application/pkix-crl", answers["list"])

        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer("application/timestamp-reply", answers["stamps"].request_tsa_response(asked).dump())

        def _answer(self, kind: str, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority = make_authority(at, f"http://127.0.0.1:{server.server_port}")
    answers.update(list=authority.revocation_list(), stamps=authority.timestamps())
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _builder(subject: x509.Name, issuer: x509.Name, key: Any) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        subject_name=subject, issuer_name=issuer, public_key=key, serial_number=x509.random_serial_number()
    )


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
