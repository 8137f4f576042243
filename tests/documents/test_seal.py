"""Seals: made, checked by others, refused with the reason."""

from __future__ import annotations

import logging
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import NO_EXTRAS, Extras
from razpis.documents.legal_text import LegalTexts
from razpis.documents.seal import SealError, SealFound, SealSettings, open_sealer, verify
from razpis.documents.seal_trial import make_trial_key
from tests.documents.authority import ORGANISATION, OWNER, PASSWORD, Authority, make_authority, rsa_key, serving
from tests.documents.factories import decision
from tests.documents.verapdf.runner import validate

AT = datetime(2027, 5, 4, 10, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority(AT)


@pytest.fixture(scope="module")
def unsealed(texts: LegalTexts) -> bytes:
    return render_decision(decision(seed=1), texts, Extras(seal_field=True))


@pytest.fixture(scope="module")
def key_file(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority.seal_file(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def sealed(unsealed: bytes, key_file: Path) -> bytes:
    return open_sealer(SealSettings(str(key_file), PASSWORD)).seal(unsealed, AT)


def pdfsig(pdf: bytes, folder: Path) -> str:
    file = folder / "sealed.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False, timeout=60).stdout


def test_a_seal_says_who_and_when_and_that_nothing_changed(
    sealed: bytes, unsealed: bytes, authority: Authority
) -> None:
    assert sealed.startswith(unsealed)
    (found,) = verify(sealed, authority.pem, AT + timedelta(hours=1))
    ends = {"since": AT - timedelta(days=1), "until": AT + timedelta(days=30)}
    what = {"intact": True, "whole": True, "trusted": True, "proven": False, "serial": ""}
    assert replace(found, serial="") == SealFound(OWNER, ORGANISATION, AT, **what, **ends)
    assert found.good
    assert int(found.serial, 16) > 0


@pytest.mark.slow  # `pdfsig` is there only after `make test` has set it up
def test_another_program_finds_the_same(sealed: bytes, tmp_path: Path) -> None:
    told = pdfsig(sealed, tmp_path)
    assert f"Signer Certificate Common Name: {OWNER}" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.8])
def test_one_flipped_bit_is_noticed(sealed: bytes, authority: Authority, tmp_path: Path, part: float) -> None:
    # Inside a compressed stream, so that the file as such can still be read.
    start = sealed.index(b"stream\n", int(len(sealed) * part)) + 20
    changed = sealed[:start] + bytes([sealed[start] ^ 1]) + sealed[start + 1 :]
    (found,) = verify(changed, authority.pem, AT)
    assert not found.intact
    assert not found.good
    assert "Signature is Valid" not in pdfsig(changed, tmp_path)


def test_what_is_added_later_is_noticed(sealed: bytes, authority: Authority) -> None:
    (found,) = verify(sealed + b"\n% added\n", authority.pem, AT)
    assert (found.intact, found.whole, found.good) == (True, False, False)


def test_a_stranger_is_not_trusted_and_the_log_is_quiet(sealed: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        (alone,) = verify(sealed, b"", AT)
        (other,) = verify(sealed, make_authority(AT).pem, AT)
    assert (alone.intact, alone.trusted, alone.good) == (True, False, False)
    assert (other.intact, other.trusted) == (True, False)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_an_expired_certificate_is_not_trusted(sealed: bytes, authority: Authority) -> None:
    (found,) = verify(sealed, authority.pem, AT + timedelta(days=31))
    assert (found.intact, found.trusted) == (True, False)


def test_a_file_without_a_seal_has_none(unsealed: bytes) -> None:
    assert verify(unsealed, b"", AT) == ()


def test_the_key_is_loaded_once(key_file: Path) -> None:
    settings = SealSettings(str(key_file), PASSWORD)
    assert open_sealer(settings) is open_sealer(SealSettings(str(key_file), PASSWORD))
    assert open_sealer(settings).who == OWNER
    assert open_sealer(settings).until == AT + timedelta(days=30)
    assert PASSWORD not in repr(settings)


@pytest.mark.parametrize("key", [rsa_key(), ec.generate_private_key(ec.SECP384R1())], ids=["rsa", "p384"])
def test_other_keys_seal_as_well(key: object, authority: Authority, unsealed: bytes, tmp_path: Path) -> None:
    sealer = open_sealer(SealSettings(str(authority.seal_file(tmp_path, key)), PASSWORD))
    (found,) = verify(sealer.seal(unsealed, AT), authority.pem, AT)
    assert found.good


def test_a_trial_key_seals_and_says_that_it_proves_nothing(unsealed: bytes, tmp_path: Path) -> None:
    trial = make_trial_key("geslo", AT)
    (tmp_path / "trial.p12").write_bytes(trial.pkcs12)
    sealed = open_sealer(SealSettings(str(tmp_path / "trial.p12"), "geslo")).seal(unsealed, AT)
    (found,) = verify(sealed, trial.root, AT)
    assert found.good
    assert found.who == "Preizkusni žig brez veljave"


def refused(settings: SealSettings, pdf: bytes = b"", at: datetime = AT) -> str:
    with pytest.raises(SealError) as caught:
        open_sealer(settings).seal(pdf, at)
    assert caught.value.text.sl
    assert caught.value.text.en in str(caught.value)
    return caught.value.text.sl


def test_what_is_wrong_with_the_key_is_told(
    authority: Authority, key_file: Path, unsealed: bytes, tmp_path: Path
) -> None:
    missing = str(tmp_path / "ni.p12")
    assert refused(SealSettings(missing)).startswith(f"Datoteke s ključem za žig ni mogoče prebrati: {missing}")
    assert refused(SealSettings(str(key_file), "napačno")).startswith("Geslo za ključ za žig ni pravo")
    (tmp_path / "ne.p12").write_bytes(b"to ni kljuc")
    assert "ni datoteka PKCS#12" in refused(SealSettings(str(tmp_path / "ne.p12"), PASSWORD))
    expired = authority.seal_file(tmp_path, days=(-10, -1))
    told = refused(SealSettings(str(expired), PASSWORD), unsealed)
    assert told == f"Potrdilo za žig ({OWNER}) velja 24. 04. 2027 – 03. 05. 2027. Namestite veljavno potrdilo."


def test_what_is_wrong_with_the_file_is_told(key_file: Path, sealed: bytes, texts: LegalTexts) -> None:
    settings = SealSettings(str(key_file), PASSWORD)
    for pdf in (b"to ni PDF", render_decision(decision(seed=1), texts, NO_EXTRAS), sealed):
        assert refused(settings, pdf).startswith("Dokumenta ni mogoče zapečatiti (")
    with pytest.raises(SealError, match=r"^Datoteke PDF ali njenega podpisa ni mogoče prebrati"):
        verify(b"to ni PDF", b"", AT)
    with pytest.raises(SealError, match=r"^Zaupanja vrednih potrdil ni mogoče prebrati"):
        verify(sealed, b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", AT)


def test_no_answer_from_the_timestamp_authority_is_told(key_file: Path, unsealed: bytes) -> None:
    nobody = "http://127.0.0.1:9/"
    told = refused(SealSettings(str(key_file), PASSWORD, authority=nobody), unsealed)
    assert told.startswith(f"Strežnik za časovne žige {nobody} ni odgovoril")


@pytest.mark.slow
def test_timestamps_and_archival_proofs_from_an_authority(unsealed: bytes, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with serving(now) as here:
        roots = tmp_path / "roots.pem"
        roots.write_bytes(here.pem)
        key = str(here.seal_file(tmp_path))
        stamped = SealSettings(key, PASSWORD, authority=here.address)
        archival = replace(stamped, roots=str(roots), archival=True)
        files = {level: open_sealer(one).seal(unsealed, now) for level, one in (("B-T", stamped), ("B-LTA", archival))}
        lost = replace(archival, roots=str(tmp_path / "ni.pem"))
        assert refused(lost, unsealed, now).startswith("Datoteke z zaupanja vrednimi potrdili ni mogoče prebrati")
        strange = tmp_path / "strange.pem"
        strange.write_bytes(make_authority(now).pem)
        told = refused(replace(archival, roots=str(strange)), unsealed, now)
        assert told.startswith("Potrdila za arhivski žig ni mogoče preveriti")
    for sealed in files.values():
        (found,) = verify(sealed, here.pem, now + timedelta(minutes=5))
        assert found.good
        assert found.proven
        assert found.when is not None
        assert abs(found.when - now) < timedelta(minutes=5)
    assert b"/DSS" not in files["B-T"]
    assert b"/DSS" in files["B-LTA"]
    assert b"/DocTimeStamp" in files["B-LTA"]
    written = [tmp_path / f"{level}.pdf" for level in files]
    for file, sealed in zip(written, files.values(), strict=True):
        file.write_bytes(sealed)
    assert [verdict for verdict in validate(written) if not verdict.passed] == []
