"""The catalogues: every word of the pages is there in English, every counted word in all Slovenian forms."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "razpis" / "translations"


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def used() -> set[str | tuple[str, ...]]:
    with (CATALOGUES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = {message for folder in ("razpis/web", "templates") for message in _in(folder, methods, options)}
    assert found
    return found


def _in(folder: str, methods: list, options: dict) -> list[str | tuple[str, ...]]:
    prefixed = extract_from_dir(
        ROOT, methods, options, {**DEFAULT_KEYWORDS, "_l": None}, directory_filter=lambda path: _near(path, folder)
    )
    return [message for file, _, message, _, _ in prefixed if file.startswith(folder)]


def _near(path: str | Path, folder: str) -> bool:
    relative = str(Path(path).relative_to(ROOT))
    return folder.startswith(relative) or relative.startswith(folder)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def translated(catalogue: Catalog) -> list[tuple[list[str], list[str]]]:
    pairs = [(forms(message.id), forms(message.string)) for message in catalogue if message.id]
    return sorted(pair for pair in pairs if all(pair[1]))


def test_everything_on_the_pages_is_in_english_and_nothing_else() -> None:
    english = {message.id: forms(message.string) for message in catalogue("en") if message.id}
    assert set(english) == used()
    assert [id_ for id_, told in english.items() if not all(told)] == []


def test_everything_counted_has_four_slovenian_forms() -> None:
    slovenian = {message.id: forms(message.string) for message in catalogue("sl") if isinstance(message.id, tuple)}
    assert set(slovenian) == {message for message in used() if isinstance(message, tuple)}
    assert [id_ for id_, told in slovenian.items() if len(told) != 4 or not all(told)] == []


@pytest.mark.parametrize("language", ["sl", "en"])
def test_translations_keep_the_places_for_values(language: str) -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)s", text))

    messages = [message for message in catalogue(language) if message.id]
    assert messages
    for message in messages:
        for told in forms(message.string):
            assert places(told) == places(forms(message.id)[0])


@pytest.mark.parametrize("language", ["sl", "en"])
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    assert translated(compiled) == translated(catalogue(language)), "pybabel compile -d razpis/translations"
