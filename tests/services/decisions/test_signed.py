"""Sealed decisions count as issued electronically; those signed elsewhere are taken with their signature checked."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from sqlalchemy import select

from razpis.documents.seal import verify
from razpis.documents.seal_trial import TrialKey, make_trial_key
from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.services import files
from razpis.services.decisions import act_files
from razpis.services.errors import Forbidden, Invalid, Refused
from tests import decisions_made as made
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.marking_made import person

PASSWORD = "preizkus"


@pytest.fixture
def key(clock: Clock) -> TrialKey:
    return make_trial_key(PASSWORD, clock())


def test_a_sealed_set_is_issued_electronically(app: Flask, clock: Clock, tmp_path: Path, key: TrialKey) -> None:
    store, file = made.store(tmp_path), tmp_path / "zig.p12"
    file.write_bytes(key.pkcs12)
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, store, {"file": str(file), "password": PASSWORD})
        for act in made.acts(call):
            content = files.content(store, act.sha256 or "")
            assert (act.sealed, act.sha256 != act.unsealed_sha256) == (True, True)
            assert [one.good for one in verify(content, key.root, clock())] == [True]
            assert "ne velja kot izdana" not in " ".join(page_text(content).split())
        letters = db.session.scalars(select(Message.subject).where(Message.subject.contains("čaka odločitev"))).all()
        assert len(letters) == 3
        with pytest.raises(Refused, match="ne čaka na podpis"):
            _take(clock, call, content, None, store)


def test_a_document_signed_elsewhere(app: Flask, clock: Clock, tmp_path: Path, key: TrialKey) -> None:
    store, roots = made.store(tmp_path), tmp_path / "korenine.pem"
    roots.write_bytes(key.root)
    with app.app_context():
        call = made.deciding(clock)
        made.ready(clock, call, store)
        act = made.acts(call)[0]
        drawn = files.content(store, act.sha256 or "")
        content = _signed(drawn, key)
        for given, trusted, words in (
            (content, None, "ne vodi do overitelja"),
            (drawn, roots, "V datoteki ni podpisa"),
            (_signed(files.content(store, made.acts(call)[1].sha256 or ""), key), roots, "ni podpisana različica tega"),
            (content + b"\n% nekaj", roots, "spremenjena"),
        ):
            with pytest.raises(Invalid, match=words):
                _take(clock, call, given, trusted, store)
            db.session.rollback()
        other = make_trial_key(PASSWORD, clock())
        expired = make_trial_key(PASSWORD, clock() - timedelta(days=900))
        (tmp_path / "vse.pem").write_bytes(key.root + expired.root)
        for given, trusted, words in (
            (_signed(drawn, other), roots, "Potrdilo podpisnika .* ne vodi do overitelja"),
            (_signed(drawn, expired), tmp_path / "vse.pem", r"velja od 1[67]\. 9\. 2023 do .* zdaj torej ne"),
            (content[:-900] + content[-800:], roots, "ni mogoče prebrati|spremenjena"),
            (drawn + b"to ni nic", roots, "ni mogoče prebrati|ni podpisa"),
            (_signed(_altered(drawn), key), roots, "Dokument je bil pred podpisom spremenjen"),
            (_signed(_noted(drawn), key), roots, "Dokument je bil pred podpisom spremenjen"),
            (b"", roots, "ni podpisana različica tega"),
        ):
            with pytest.raises(Invalid, match=words):
                _take(clock, call, given, trusted, store)
            db.session.rollback()
            assert [made.acts(call)[0].sealed, files.content(store, made.acts(call)[0].sha256 or "")] == [False, drawn]
        with pytest.raises(Refused, match="RAZPIS_SEAL_ROOTS"):
            _take(clock, call, content, tmp_path / "ni.pem", store)
        db.session.rollback()
        with pytest.raises(Forbidden):
            act_files.take_signed(person(clock, call.registry), call.call, act.key, content, None, clock(), store)
        assert _take(clock, call, content, roots, store) == "Preizkusni žig brez veljave"
        act = made.acts(call)[0]
        assert (act.sealed, files.content(store, act.sha256 or "") == content) == (True, True)


def test_a_box_on_the_page_and_a_second_signature_are_taken(
    app: Flask, clock: Clock, tmp_path: Path, key: TrialKey
) -> None:
    """As programs for signing do it; the seal of the authority may follow the signature of its head."""
    store, roots = made.store(tmp_path), tmp_path / "korenine.pem"
    roots.write_bytes(key.root)
    with app.app_context():
        call = made.deciding(clock)
        made.ready(clock, call, store)
        drawn = files.content(store, made.acts(call)[0].sha256 or "")
        content = _signed(_signed(drawn, key), key, box=(100, 100, 200, 150))
        assert _take(clock, call, content, roots, store) == "Preizkusni žig brez veljave"


def _take(clock: Clock, call: made.Made, content: bytes, roots: Path | None, store: files.Store) -> str:
    actor, key = person(clock, call.officer), made.acts(call)[0].key
    trusted = str(roots) if roots else None
    return act_files.take_signed(actor, call.call, key, content, trusted, clock(), store).who


def _signed(content: bytes, key: TrialKey, box: tuple[int, int, int, int] | None = None) -> bytes:
    """What a program for signing makes of a file: the file with a signature added, seen in ``box`` or not."""
    signer = signers.SimpleSigner.load_pkcs12_data(key.pkcs12, [], PASSWORD.encode())
    assert signer is not None
    writer, name = IncrementalPdfFileWriter(io.BytesIO(content)), "Podpis v okvirju" if box else "Podpis"
    if box:
        append_signature_field(writer, SigFieldSpec(name, box=box))
    meta = signers.PdfSignatureMetadata(field_name=name)
    return bytes(signers.sign_pdf(writer, meta, signer).getvalue())


def _altered(content: bytes) -> bytes:
    """The file with its first page drawn over."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    over = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 300 300 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), over])
    writer.update_container(page)
    return _written(writer)


def _noted(content: bytes) -> bytes:
    """The file with a note on its first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
    note = {"/Type": generic.pdf_name("/Annot"), "/Subtype": generic.pdf_name("/Square"), "/Rect": box}
    page["/Annots"] = generic.ArrayObject([writer.add_object(generic.DictionaryObject(note))])
    writer.update_container(page)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
