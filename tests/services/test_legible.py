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


@pytest.mark.parametrize(
    ("text", "sl", "en"),
    [
        ("Pomoč 🐝 vsem", "Prvi je 7. znak.", "The first is character 7."),
        ("Prva\r\ndruga\r\nTu je 🐝", "Prvi je 7. znak v 3. vrstici.", "The first is character 7 of line 3."),
        ("🐝\n", "Prvi je 1. znak.", "The first is character 1."),
    ],
)
def test_the_first_of_them_is_pointed_at(text: str, sl: str, en: str) -> None:
    told = legible.fault(text)
    assert told is not None
    assert told.sl.endswith(sl)
    assert told.en.endswith(en)


@pytest.mark.parametrize(("text", "code"), [("pisk\a", "U+0007"), ("obrnjeno\u202eabc", "U+202E")])
def test_a_sign_that_cannot_be_seen_is_told_by_its_code(text: str, code: str) -> None:
    told = legible.fault(text)
    assert told is not None
    assert f"neviden znak ({code})" in told.sl
    assert f"an invisible sign ({code})" in told.en


def test_faults_stand_by_their_fields() -> None:
    assert list(legible.faults({"name": "Društvo", "address": "ulica 🙂 1", "note": ""})) == ["address"]
