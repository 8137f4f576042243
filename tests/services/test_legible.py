"""Signs that documents cannot print are refused as they are typed, and said one by one."""

from __future__ import annotations

import pytest

from razpis.services import legible


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Topla juha za vse",
        "Đorđe, Ćiril in Žiga: »čas« – 5 € … 30 %, šola’s “dom” • ≈ ½",
        "c\u030cebela",
        "po\u00addaljšan\u200b in ne\u2011razdeljen\u202fznesek\tin\r\nvrstica",
    ],
)
def test_what_documents_can_print_is_let_through(text: str) -> None:
    assert legible.fault(text) is None


@pytest.mark.parametrize(
    ("text", "sl", "en"),
    [
        ("Pomoč 🐝 vsem", "»🐝« (U+1F41D)", "'🐝' (U+1F41D)"),
        ("עמותה", "»ע« (U+05E2), »מ« (U+05DE), »ו« (U+05D5), »ת« (U+05EA), »ה« (U+05D4)", "'ע' (U+05E2)"),
        ("Друштво", "»Д« (U+0414)", "'Д' (U+0414)"),
        ("dom → šola", "»→« (U+2192)", "'→' (U+2192)"),
    ],
)
def test_what_cannot_be_printed_is_named(text: str, sl: str, en: str) -> None:
    told = legible.fault(text)
    assert told is not None
    assert sl in told.sl
    assert en in told.en


def test_faults_stand_by_their_fields() -> None:
    assert list(legible.faults({"name": "Društvo", "address": "ulica 🙂 1", "note": ""})) == ["address"]
