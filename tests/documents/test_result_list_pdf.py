"""The notice of results as a PDF: what it says, the same bytes each time, archival, whatever people are called."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from razpis.documents.extras import Attachment, Extras
from razpis.documents.legal_text import LegalTexts
from razpis.documents.result_list import (
    PLAN,
    LotResults,
    Other,
    Recipient,
    ResultList,
    load_result_list_texts,
    lot_values,
    placeholder_values,
)
from razpis.documents.result_list_pdf import render_result_list
from tests.documents.verapdf.runner import validate

FOLDER = Path(__file__).parents[2] / "templates" / "documents" / "result_list"
FIRST = Recipient("1.", "Društvo Žarek", "Poletna šola", "86,5", "4.000,00", "3.500,00", "»Najvišji znesek«", "št. 7")
LOT = LotResults(
    title="",
    amount="10.000,00 EUR",
    spent="3.500,00 EUR",
    requested="4.000,00",
    awarded="3.500,00",
    recipients=(FIRST,),
    others=(Other("Vloga št. 4", "22", "pod pragom"), Other("Vloga št. 9", "–", "zavrženo")),
)
NOTICE = ResultList(
    authority="Občina Zgled",
    units=("Oddelek za družbene dejavnosti",),
    address="Zgledna ulica 1, 1000 Zgled",
    place="Zgled",
    number="41001-7/2026-31",
    call="Programi za mlade",
    reference="41001-7/2026",
    year=2026,
    day=date(2026, 6, 5),
    at="petek, 5. junij 2026 ob 12.00",
    version=1,
    reason="",
    replaces="",
    final=False,
    named=False,
    budget="10.000,00 EUR",
    awarded="3.500,00 EUR",
    counts=("Prejete vloge: 3.", "Odobreno: 1."),
    method=("Sredstva se dodelijo po prednostnem vrstnem redu.",),
    rules_sha256="ab" * 32,
    content_sha256="cd" * 32,
    lots=(LOT,),
)
EXTRAS = Extras(
    address="https://razpisi.zgled.si/preverjanje/abcdefgh",
    code="abcdefgh",
    attachments=(Attachment("rezultati.json", "application/json", b"{}", "Rezultati za računalnik"),),
    case="41001-7/2026",
    number="41001-7/2026-31",
)


def texts() -> LegalTexts:
    return load_result_list_texts(FOLDER)


def words(notice: ResultList) -> str:
    pages = PdfReader(io.BytesIO(render_result_list(notice, texts(), EXTRAS))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_it_says_who_gets_what_and_why_not_more() -> None:
    said = words(NOTICE)
    for part in (
        "Občina Zgled objavlja rezultate",
        "Ni dokončno:",
        "Društvo Žarek",
        "Poletna šola",
        "86,5 4.000,00 3.500,00",
        "»Najvišji znesek«",
        "Vloga št. 4",
        "niso imenovani",
        "ab" * 32,
        "https://razpisi.zgled.si/preverjanje/abcdefgh",
    ):
        assert part in said
    assert "Nadomešča" not in said


def test_a_final_version_after_another_names_all_and_gives_its_reason() -> None:
    lot = replace(LOT, title="Mladi", recipients=(), others=(Other("Društvo Sonce\nvloga št. 4", "22", "pod pragom"),))
    notice = replace(
        NOTICE,
        authority="",
        final=True,
        named=True,
        version=2,
        reason="Pritožba.",
        replaces="41001-7/2026-30",
        lots=(lot,),
    )
    said = words(notice)
    for part in (
        "Objavljamo rezultate",
        "Vse odločitve so dokončne.",
        "To je različica 2. Nadomešča obvestilo št. 41001-7/2026-30. Razlog: Pritožba.",
        "Prejemniki v sklopu »Mladi«",
        "Nobena vloga ni prejela sredstev.",
        "Društvo Sonce",
        "so prijavitelji teh vlog imenovani",
    ):
        assert part in said
    assert "Ni dokončno" not in said


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert render_result_list(NOTICE, texts(), EXTRAS) == render_result_list(NOTICE, texts(), EXTRAS)


def test_signs_without_a_glyph_are_questions_and_long_lists_go_on() -> None:
    many = tuple(replace(FIRST, place=f"{at}.", name=f"Društvo 漢 {at} " + "x" * 200) for at in range(1, 80))
    long = replace(NOTICE, lots=(replace(LOT, recipients=many),))
    assert "Društvo ? 79" in words(long)
    pages = PdfReader(io.BytesIO(render_result_list(long, texts(), EXTRAS))).pages
    assert len(pages) > 5
    head = [page.extract_text().count("Prejemnik in program") for page in pages]
    assert head[1:-1] == [1] * (len(pages) - 2)
    assert "Preverjanje dokumenta." in pages[-1].extract_text()


def test_applications_of_no_lot_tell_of_no_money() -> None:
    unread = LotResults("", "–", "0,00 EUR", "0,00", "0,00", (), (Other("Vloga št. 8", "–", "zavrženo"),))
    said = words(replace(NOTICE, lots=(replace(LOT, title="A – mladi"), unread)))
    assert "Vloge, ki niso uvrščene v sklop" in said
    assert said.count("Na voljo:") == 1
    assert said.count("Vloge, ki niso prejele sredstev") == 1


@pytest.mark.parametrize("count", range(8))
def test_the_code_stands_with_the_last_words(count: int) -> None:
    longer = replace(NOTICE, method=("Sredstva se dodelijo po prednostnem vrstnem redu.",) * (count * 2))
    last = PdfReader(io.BytesIO(render_result_list(longer, texts(), EXTRAS))).pages[-1].extract_text()
    assert "o njih odločajo odločitve same." in " ".join(last.replace("\u00a0", " ").split())


def test_the_wording_is_complete_and_named_in_the_readme() -> None:
    readme = (FOLDER.parent / "README.md").read_text("utf-8")
    assert {file.stem for file in FOLDER.glob("*.txt")} == PLAN.files | {"oznake"}
    assert [name for name in PLAN.placeholders if f"`{{{name}}}`" not in readme] == []
    told = replace(NOTICE, reason="Razlog.", replaces="1")
    assert placeholder_values(told).keys() | lot_values(replace(LOT, title="Mladi")).keys() == PLAN.placeholders


@pytest.mark.slow
def test_notices_are_archival_and_accessible(tmp_path: Path) -> None:
    many = tuple(replace(FIRST, place=f"{at}.", name=f"Društvo {at}") for at in range(1, 60))
    notices = {
        "plain": NOTICE,
        "empty": replace(NOTICE, lots=(replace(LOT, recipients=(), others=()),)),
        "final": replace(NOTICE, final=True, named=True, version=2, reason="Pritožba.", replaces="1"),
        "long": replace(NOTICE, lots=(replace(LOT, title="A", recipients=many), replace(LOT, title="B"))),
    }
    made = []
    for name, notice in notices.items():
        made.append(tmp_path / f"{name}.pdf")
        made[-1].write_bytes(render_result_list(notice, texts(), EXTRAS))
    verdicts = validate(made)
    assert len(verdicts) == 2 * len(notices)
    assert [verdict for verdict in verdicts if not verdict.passed] == []
