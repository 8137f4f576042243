"""A key that never leaves its token: SoftHSM, a PKCS#11 token in software."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.x509 import decode_x509_certificate

from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import Extras
from razpis.documents.legal_text import LegalTexts
from razpis.documents.seal import SealError, SealSettings, open_sealer, verify
from tests.documents.authority import OWNER, Authority, make_authority, rsa_key
from tests.documents.factories import decision

AT = datetime(2027, 5, 4, 10, 20, 30, tzinfo=UTC)
MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, LABEL, PIN = "Občina", "zig", "123456"


def put(authority: Authority, folder: Path) -> None:
    """A new token in ``folder`` with a key and its certificate."""
    tool = shutil.which("softhsm2-util")
    assert tool, "softhsm2-util is missing: `apt-get install softhsm2`"
    (folder / "tokens").mkdir()
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    key = folder / "key.pem"
    key.write_bytes(rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    pins = ("--pin", PIN, "--so-pin", "654321")
    for command in (
        (tool, "--init-token", "--free", "--label", TOKEN, *pins),
        (tool, "--import", str(key), "--token", TOKEN, "--label", LABEL, "--id", "01", *pins[:2]),
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    certificate = authority.issue(OWNER, rsa_key().public_key()).public_bytes(Encoding.DER)
    with pkcs11.lib(MODULE).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        described = decode_x509_certificate(certificate)
        described[pkcs11.Attribute.LABEL] = LABEL
        described[pkcs11.Attribute.TOKEN] = True
        described[pkcs11.Attribute.ID] = b"\x01"
        session.create_object(described)


@pytest.mark.slow
def test_a_key_on_a_token_seals(texts: LegalTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    authority = make_authority(AT)
    put(authority, tmp_path)
    sealer = open_sealer(SealSettings(module=MODULE, token=TOKEN, label=LABEL, password=PIN))
    assert sealer.who == OWNER
    unsealed = render_decision(decision(seed=1), texts, Extras(seal_field=True))
    for _ in range(2):
        (found,) = verify(sealer.seal(unsealed, AT), authority.pem, AT)
        assert found.good
    for wrong in ({"password": "000000"}, {"label": "drug"}, {"token": "drug"}, {"module": "/ni/modula.so"}):
        right = {"module": MODULE, "token": TOKEN, "label": LABEL, "password": PIN}
        with pytest.raises(SealError, match=r"^Ključa na žetonu ni mogoče odpreti"):
            open_sealer(SealSettings(**{**right, **wrong}))  # type: ignore[arg-type]
    (tmp_path / "tokens").rename(tmp_path / "v-predalu")
    with pytest.raises(SealError, match=r"^Žeton s ključem za žig ne odgovarja \("):
        sealer.seal(unsealed, AT)
