"""The receipt as a PDF: what it says, the same bytes each time, archival, whatever people call their files."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from razpis.documents.legal_text import LegalTexts
from razpis.documents.receipt import PLAN, AttachedFile, Receipt, load_receipt_texts, placeholder_values
from razpis.documents.receipt_pdf import render_receipt
from tests.documents.verapdf.runner import validate

FOLDER = Path(__file__).parents[2] / "templates" / "documents" / "receipt"
RECEIPT = Receipt(
    number="P-41001-1/2026-0007",
    authority="Mestna občina Maribor",
    call="Programi za mlade",
    reference="41001-1/2026",
    lot="",
    applicant="Društvo Žarek",
    filed_by="Ana Zgled",
    order=7,
    at="petek, 20. marec 2026 ob 11.59.59",
    day=date(2026, 3, 20),
    deadline="petek, 20. marec 2026 ob 12.00",
    sha256="ab" * 32,
    replaces="",
    files=(AttachedFile("Finančni načrt", "nacrt.pdf", "45 kB", "cd" * 32),),
)


def texts() -> LegalTexts:
    return load_receipt_texts(FOLDER)


def words(receipt: Receipt) -> str:
    pages = PdfReader(io.BytesIO(render_receipt(receipt, texts()))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_it_says_number_time_hash_and_attachments() -> None:
    said = words(RECEIPT)
    for part in (
        "Potrdilo o prejemu vloge",
        "P-41001-1/2026-0007",
        "petek, 20. marec 2026 ob 11.59.59",
        "ab" * 32,
        "nacrt.pdf",
        "cd" * 16,
        "Društvo Žarek",
        "Stran 1 od 1",
    ):
        assert part in said


def test_what_there_is_not_is_not_said() -> None:
    assert "sklop" not in words(RECEIPT)
    assert "nadomešča oddajo" not in words(RECEIPT)
    other = words(replace(RECEIPT, lot="A – mladi", replaces="P-41001-1/2026-0003", files=()))
    assert "sklop »A – mladi«," in other
    assert "nadomešča oddajo s potrdilom P-41001-1/2026-0003" in other
    assert "brez prilog" in other


def test_the_same_receipt_gives_the_same_bytes() -> None:
    assert render_receipt(RECEIPT, texts()) == render_receipt(RECEIPT, texts())


def test_signs_without_a_glyph_are_questions_and_long_lists_go_on() -> None:
    files = tuple(AttachedFile("Priloga", f"načrt 漢 {at}.pdf", "1 kB", "ef" * 32) for at in range(60))
    said = words(replace(RECEIPT, applicant="Društvo 🐝", files=files))
    assert "Društvo ?" in said
    assert "načrt ? 59.pdf" in said
    assert "Stran 4 od 4" in said


def test_the_wording_is_complete_and_named_in_the_readme() -> None:
    readme = (FOLDER.parent / "README.md").read_text("utf-8")
    assert {file.stem for file in FOLDER.glob("*.txt")} == PLAN.files | {"oznake"}
    assert [name for name in PLAN.placeholders if f"`{{{name}}}`" not in readme] == []
    assert placeholder_values(RECEIPT).keys() <= PLAN.placeholders


@pytest.mark.slow
def test_receipts_are_archival_and_accessible(tmp_path: Path) -> None:
    long = tuple(AttachedFile("Priloga", f"načrt {at}.pdf", "1 kB", "ef" * 32) for at in range(60))
    receipts = {
        "usual": RECEIPT,
        "bare": replace(RECEIPT, files=(), lot="A", replaces="P-1"),
        "long": replace(RECEIPT, files=long),
    }
    files = []
    for name, receipt in receipts.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render_receipt(receipt, texts()))
    verdicts = validate(files)
    assert len(verdicts) == 2 * len(receipts)
    assert [verdict for verdict in verdicts if not verdict.passed] == []
