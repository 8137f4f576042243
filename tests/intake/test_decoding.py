"""Bytes become text: UTF-8, announced Windows-1250, or a refusal with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.intake.decoding import decoded
from razpis.intake.report import Notes
from tests.intake.factories import said, told

TEXT = "id;ime\nV1;Čebelica š ž đ ć\n"


def decode(content: bytes, *, windows: bool = True) -> str:
    notes = Notes()
    text = decoded(content, "f.csv", notes, windows=windows)
    assert notes.read(None).warnings == ()
    return text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_becomes_one(ends: str) -> None:
    assert decode(TEXT.replace("\n", ends).encode()) == TEXT


def test_a_carriage_return_among_line_feeds_stays() -> None:
    assert decode(b"a\rb\nc\r\n") == "a\rb\nc\n"


def test_windows_1250_is_read_and_announced_at_the_first_letter_that_shows_it() -> None:
    notes = Notes()
    assert decoded(TEXT.encode("cp1250"), "f.csv", notes, windows=True) == TEXT
    (warning,) = notes.read(None).warnings
    assert warning.line() == (
        "f.csv:2:4: opozorilo: datoteka ni v UTF-8, zato je prebrana kot Windows-1250; preverite šumnike ali jo "
        "shranite kot UTF-8"
    )
    assert warning.text.en == (
        "the file is not in UTF-8 and was read as Windows-1250; check the letters č š ž or save it as UTF-8"
    )


def test_windows_1250_is_refused_where_the_format_does_not_allow_it() -> None:
    assert said(lambda: decoded('[\n "č"]'.encode("cp1250"), "f.json", Notes(), windows=False)) == [
        "f.json:2:3: bajt 0xE8 ni veljaven v UTF-8; datoteko shranite znova kot UTF-8",
    ]


def test_utf_8_with_one_damaged_byte_is_not_taken_for_windows_1250() -> None:
    damaged = "Čebelica\nšče".encode() + b"\xff"
    assert told(lambda: decoded(damaged, "f.csv", Notes(), windows=True)) == [
        "f.csv:2:4: byte 0xFF is not valid in UTF-8; save the file again as UTF-8",
    ]


def test_a_byte_that_neither_encoding_knows_is_told() -> None:
    assert said(lambda: decoded(b"a\nb\x81", "f.csv", Notes(), windows=True)) == [
        "f.csv:2:2: bajt 0x81 ni veljaven ne v UTF-8 ne v Windows-1250; datoteko shranite znova kot UTF-8",
    ]


@pytest.mark.parametrize(
    "content", [TEXT.encode("utf-16"), TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"), TEXT.encode("utf-32")]
)
def test_utf_16_is_refused_by_its_name(content: bytes) -> None:
    assert said(lambda: decoded(content, "f.csv", Notes(), windows=True)) == [
        "f.csv:1:1: datoteka je zapisana v UTF-16 (»Unicode besedilo«); shranite jo kot »CSV UTF-8« oziroma kot UTF-8",
    ]


def test_a_nul_is_refused_at_its_place() -> None:
    assert said(lambda: decoded(b"id\nV1;\x00", "f.csv", Notes(), windows=True)) == [
        "f.csv:2:4: v datoteki je ničelni znak (NUL), torej ni besedilo; shranite jo znova kot UTF-8",
    ]


def test_zeros_alone_are_not_taken_for_utf_16() -> None:
    assert told(lambda: decoded(b"\x00\x00\x00\x00", "f.csv", Notes(), windows=True)) == [
        "f.csv:1:1: the file holds a NUL character, so it is not text; save it again as UTF-8",
    ]


@pytest.mark.parametrize(
    ("signature", "name"), [(b"PK\x03\x04", "XLSX or ZIP"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF-1.7", "PDF")]
)
def test_a_file_of_another_kind_is_named(signature: bytes, name: str) -> None:
    assert told(lambda: decoded(signature, "f.csv", Notes(), windows=True)) == [
        f"f.csv:1:1: the content is not text but {name}; mend the extension or save the file again",
    ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), min_size=1))
def test_every_text_in_utf_8_is_read_back(text: str) -> None:
    if len(text.encode()) > 3 and text.startswith(("PK\x03\x04", "%PDF")):
        return
    assert decode(text.encode()) == text
