"""Uploaded files: known by their content, refused with a reason, named safely."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.intake import uploads
from razpis.intake.uploads import DOCX, JPEG, ODS, ODT, PDF, PNG, XLSX, UploadRefused, recognise, safe_name


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UploadRefused) as refused:
        recognise(content)
    return refused.value.text.sl


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n%...", PDF),
        (b"\xff\xd8\xff\xe0....", JPEG),
        (b"\x89PNG\r\n\x1a\n....", PNG),
        (packed({"word/document.xml": b"<w/>"}), DOCX),
        (packed({"xl/workbook.xml": b"<x/>"}), XLSX),
        (packed({"mimetype": ODT.encode(), "content.xml": b"<o/>"}), ODT),
        (packed({"mimetype": ODS.encode() + b"\n", "content.xml": b"<o/>"}), ODS),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str) -> None:
    assert recognise(content) == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "prazna"),
        (b"MZ\x90\x00", "Te vrste datotek ne sprejemamo"),
        (b"<html><script>alert(1)</script>", "Te vrste datotek ne sprejemamo"),
        (b"GIF89a....", "Te vrste datotek ne sprejemamo"),
        (packed({"a.txt": b"x"}), "Te vrste datotek ne sprejemamo"),
        (packed({"mimetype": b"application/epub+zip"}), "Te vrste datotek ne sprejemamo"),
        (packed({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}), "makre"),
        (packed({"word/document.xml": b"<w/>"})[:-30], "poškodovana"),
        (b"%PDF-" + b"x" * uploads.LARGEST, "večja od 10 MB"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_reason(content: bytes, why: str) -> None:
    assert why in refusal(content)


@pytest.mark.parametrize(
    ("of_part", "of_directory", "value"),
    [(6, 8, 1), (8, 10, 99), (38, None, 0xFF)],
    ids=["locked by a password", "packed in an unknown way", "damaged"],
)
def test_a_part_that_cannot_be_unpacked_is_told(of_part: int, of_directory: int | None, value: int) -> None:
    content = bytearray(packed({"mimetype": uploads.ODT.encode() * 9}))
    content[of_part] = value
    if of_directory is not None:
        content[content.find(b"PK\x01\x02") + of_directory] = value
    assert "poškodovana ali zaklenjena" in refusal(bytes(content))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed({"word/document.xml": b"0" * (uploads.LARGEST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert "razširjena prevelika" in refusal(bomb)
    swarm = packed({f"word/{number}": b"" for number in range(uploads.MOST_PARTS + 1)}, zipfile.ZIP_STORED)
    assert "razširjena prevelika" in refusal(swarm)


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("finančni načrt.pdf", PDF, "finančni načrt.pdf"),
        ("C:\\Users\\Ana\\načrt.PDF", PDF, "načrt.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("slika.jpeg", JPEG, "slika.jpg"),
        ("slika.png.exe", PNG, "slika.png.exe.png"),
        ("\u202egpj.exe", JPEG, "gpj.exe.jpg"),
        ("", DOCX, "priloga.docx"),
        (".pdf", PDF, "pdf.pdf"),
        ("x" * 500 + ".pdf", PDF, "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_safe_and_ends_as_its_content(name: str, kind: str, kept: str) -> None:
    assert safe_name(name, kind) == kept


@given(st.text(max_size=300), st.sampled_from(sorted(uploads.ENDINGS)))
def test_any_name_becomes_one_that_cannot_do_harm(name: str, kind: str) -> None:
    kept = safe_name(name, kind)
    assert kept.endswith(uploads.ENDINGS[kind])
    assert len(kept) <= uploads.LONGEST_NAME
    assert not set(kept) & {"/", "\\", "\n", "\r", "\0"}
    assert safe_name(kept, kind) == kept


@given(st.binary(max_size=300))
def test_any_bytes_are_known_or_refused(content: bytes) -> None:
    try:
        found = recognise(content)
    except UploadRefused:
        return
    assert found in uploads.ENDINGS
