"""The store of files: whole or not at all, and the same content once."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from razpis.services import files
from razpis.services.files import Store


def lying(store: Store) -> list[str]:
    return sorted(path.relative_to(store.path).as_posix() for path in store.path.glob("??/*"))


def test_the_same_content_lies_there_once_and_what_was_damaged_is_put_right(tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    first = files.put(store, b"vsebina")
    place = store.place(first)
    assert (files.put(store, b"vsebina"), lying(store)) == (first, [f"{first[:2]}/{first}"])
    for damaged in (b"vseb", b"vsebinA", b""):
        place.write_bytes(damaged)
        assert files.put(store, b"vsebina") == first
        assert (files.content(store, first), lying(store)) == (b"vsebina", [f"{first[:2]}/{first}"])


def test_nothing_stays_of_a_file_that_finds_no_room(tmp_path: Path) -> None:
    store, before = Store(tmp_path / "files"), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="too large") as full:
            files.put(store, b"0" * 1001)
        assert files.put(store, b"0" * 1000) == lying(store)[0][3:]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (files.full(full.value), len(lying(store))) == (True, 1)
