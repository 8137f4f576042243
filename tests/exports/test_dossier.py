"""The archive of a dossier: the same bytes each time, names every system can unpack, words escaped."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from razpis.exports.dossier import Dossier, Omitted, Piece, Section, dossier, file_name

HOSTILE = "<script>alert('Zavod & \"sin\"')</script>"
FOUND = Dossier(
    title="Vloga št. 1",
    lead=("Za arhiv.",),
    sections=(Section("Odgovori", ("Vprašanje", "Odgovor"), (("Naziv", HOSTILE),)),),
    pieces=(Piece("b/druga.json", "druga", b"{}"), Piece("a/prva.pdf", "prva", b"%PDF-")),
    omitted=(Omitted("imena", "osebni podatki"),),
)


def test_the_order_of_pieces_does_not_matter_and_the_index_comes_first() -> None:
    made = dossier(FOUND)
    assert dossier(replace(FOUND, pieces=FOUND.pieces[::-1])) == made
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert packed.namelist() == ["index.html", "README.txt", "SHA256SUMS", "a/prva.pdf", "b/druga.json"]
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        index, readme = packed.read("index.html").decode(), packed.read("README.txt").decode()
    assert ("<script>" in index, "&lt;script&gt;" in index) == (False, True)
    assert "- imena: osebni podatki" in readme


def test_two_pieces_never_lie_in_one_place() -> None:
    with pytest.raises(ValueError, match="one path"):
        dossier(replace(FOUND, pieces=(Piece("a.pdf", "", b""), Piece("A.pdf", "", b""))))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("načrt.pdf", "načrt.pdf"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("a\\b:c*?.pdf", "a-b_c_.pdf"),
        ("41001-7/2026", "41001-7-2026"),
        ("…", "datoteka"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("x" * 300, "x" * 80),
    ],
)
def test_names_can_be_unpacked_everywhere(name: str, clean: str) -> None:
    assert file_name(name) == clean
