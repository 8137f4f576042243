"""A file is read whole, or it is told why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from razpis.intake import files
from razpis.intake.report import Notes
from tests.intake.factories import said, told, written


def test_the_extension_is_read_in_small_letters() -> None:
    assert files.kind(Path("Vloge.CSV"), (".csv",), Notes()) == ".csv"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("vloge.xls", "; v programu za preglednice jo shranite kot .xlsx"),
        ("vloge.ods", "; v programu za preglednice jo shranite kot .xlsx"),
        ("vloge.pdf", ""),
        ("vloge", ""),
    ],
)
def test_other_extensions_are_refused_with_what_to_do(name: str, advice: str) -> None:
    suffix = Path(name).suffix
    assert said(lambda: files.kind(Path(name), (".csv", ".json"), Notes())) == [
        f"{name}:1:1: datotek s končnico »{suffix}« tu ni mogoče brati (dovoljeno: .csv, .json){advice}"
    ]


def test_a_spreadsheet_where_only_csv_is_read_is_refused_in_english_too() -> None:
    assert told(lambda: files.kind(Path("ocene.xlsx"), (".csv",), Notes())) == [
        "ocene.xlsx:1:1: files ending in '.xlsx' cannot be read here (allowed: .csv); save the sheet as CSV"
    ]


def test_the_content_is_the_bytes_of_the_file() -> None:
    assert files.content(written(b"a\r\nb", "f.csv"), Notes()) == b"a\r\nb"


def test_a_missing_file_is_told() -> None:
    assert said(lambda: files.content(Path("ni.csv"), Notes())) == [
        "ni.csv:1:1: datoteke ni; preverite pot in ime",
    ]


def test_a_folder_is_told() -> None:
    Path("mapa.csv").mkdir()
    assert said(lambda: files.content(Path("mapa.csv"), Notes())) == [
        "mapa.csv:1:1: to ni datoteka; navedite pot do datoteke",
    ]


def test_a_pipe_is_refused_without_waiting_for_it() -> None:
    os.mkfifo("cev.csv")
    assert told(lambda: files.content(Path("cev.csv"), Notes())) == [
        "cev.csv:1:1: this is not a file; give the path of a file",
    ]


def test_another_fault_of_the_system_is_told_in_its_own_words() -> None:
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    assert told(lambda: files.content(Path("a"), Notes())) == [
        f"a:1:1: cannot read the file: {os.strerror(40)}",
    ]


def test_a_file_of_the_greatest_size_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 5)
    assert files.content(written(b"12345", "f.csv"), Notes()) == b"12345"


def test_a_file_over_50_megabytes_is_refused_without_being_read() -> None:
    with Path("velika.csv").open("wb") as stream:
        stream.truncate(files.MAX_BYTES + 1)
    assert said(lambda: files.content(Path("velika.csv"), Notes())) == [
        "velika.csv:1:1: datoteka je večja od 50 MB; razdelite jo ali iz nje odstranite odvečno",
    ]


def test_a_file_that_states_no_size_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 5)
    endless = Path("/proc/self/maps")  # a regular file of stated size 0
    assert told(lambda: files.content(endless, Notes())) == [
        "/proc/self/maps:1:1: the file is larger than 0 MB; split it or remove what is not needed",
    ]
