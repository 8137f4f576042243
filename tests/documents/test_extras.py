"""What every document carries besides its words, read back by other programs."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from razpis.documents.annotating import SEAL_FIELD
from razpis.documents.canvas import TaggedCanvas
from razpis.documents.check_block import PLAN, add_seal_field
from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import NO_EXTRAS, Attachment, Extras
from razpis.documents.flow import place
from razpis.documents.fonts import MissingGlyphError
from razpis.documents.legal_text import LegalTexts
from razpis.documents.pdfa import Metadata
from razpis.documents.receipt import load_receipt_texts
from razpis.documents.receipt_pdf import render_receipt
from razpis.documents.story import PAGE, Story
from tests.documents.factories import decision
from tests.documents.reading import attached, page_text, qr_codes, structure, structure_words
from tests.documents.test_receipt_pdf import FOLDER, RECEIPT

ROOT = Path(__file__).parents[2]
ADDRESS = "https://razpisi.izmisljeni-log.example/d/7KQ2-XM4P-9RTD-W1ZS"
REASONS = Attachment(
    "razlogi.json", "application/json", json.dumps({"točke": "74,5"}).encode(), "Razlogi, strojno berljivi"
)
EXTRAS = Extras(
    address=ADDRESS,
    code="7KQ2-XM4P-9RTD-W1ZS",
    attachments=(REASONS, Attachment("a.txt", "text/plain", b"", "Prazna")),
    case="4102-1/2027",
    number="4102-1/2027-33",
)

IN_ANOTHER_PROCESS = """
import hashlib
from razpis.documents.decision_pdf import render_decision
from tests.documents.conftest import TEXT_FOLDER
from razpis.documents.decision_text import load_decision_texts
from tests.documents.factories import decision
from tests.documents.test_extras import EXTRAS
print(hashlib.sha256(render_decision(decision(seed=1), load_decision_texts(TEXT_FOLDER), EXTRAS)).hexdigest())
"""


@pytest.fixture(scope="module")
def pdf(texts: LegalTexts) -> bytes:
    return render_decision(decision(seed=1), texts, EXTRAS)


def catalog(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).root_object


def test_the_address_is_printed_linked_and_read_by_a_camera(pdf: bytes) -> None:
    assert qr_codes(pdf) == [ADDRESS]
    words = structure_words(pdf)
    assert f"preverite s kodo ali na naslovu: {ADDRESS} Oznaka dokumenta: 7KQ2-XM4P-9RTD-W1ZS" in words
    assert words.endswith("7KQ2-XM4P-9RTD-W1ZS")
    (link,) = (one.get_object() for one in PdfReader(io.BytesIO(pdf)).pages[-1]["/Annots"])
    assert link["/A"]["/URI"] == ADDRESS
    assert link["/Contents"] == f"Preverjanje dokumenta na naslovu {ADDRESS}"
    assert link["/F"] == 4


def test_the_code_is_a_figure_with_words_in_its_place(pdf: bytes) -> None:
    tree = structure(pdf)
    assert tree.count("Figure:") == 1
    figures = [one.get_object() for one in PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]["/K"]["/K"]]  # type: ignore[index]
    (alt,) = (one["/Alt"] for one in figures if one["/S"] == "/Figure")
    assert alt == f"Koda QR z naslovom za preverjanje dokumenta: {ADDRESS}"
    assert "Link (inline)" in tree


@pytest.mark.parametrize("length", [30, 200])
def test_long_addresses_are_read_as_well(texts: LegalTexts, length: int) -> None:
    address = ("https://a.si/" + "0123456789" * 100)[:length]
    made = render_decision(decision(seed=1), texts, Extras(address))
    assert qr_codes(made) == [address]
    assert address in structure_words(made).replace(" ", "")


def test_files_inside_come_back_whole_and_belong_to_the_document(pdf: bytes) -> None:
    assert attached(pdf) == {"razlogi.json": REASONS.data, "a.txt": b""}
    root = catalog(pdf)
    files = [one.get_object() for one in root["/AF"]]
    assert [one["/UF"] for one in files] == ["a.txt", "razlogi.json"]
    assert [one["/AFRelationship"] for one in files] == ["/Data", "/Data"]
    assert [one["/Desc"] for one in files] == ["Prazna", "Razlogi, strojno berljivi"]
    content = files[1]["/EF"]["/F"]
    assert content["/Subtype"] == "/application/json"
    assert content["/Params"]["/Size"] == len(REASONS.data)


@pytest.mark.parametrize(
    ("files", "told"),
    [((REASONS, replace(REASONS, data=b"{}")), "of one name"), ((replace(REASONS, media_type="JSON"),), "media type")],
)
def test_files_that_cannot_stand_inside_are_refused(
    texts: LegalTexts, files: tuple[Attachment, ...], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        render_decision(decision(seed=1), texts, Extras(attachments=files))


def test_case_number_and_date_stand_in_both_kinds_of_metadata(texts: LegalTexts) -> None:
    made = decision(seed=1, issued_on=date(2027, 5, 4))
    found = PdfReader(io.BytesIO(render_decision(made, texts, EXTRAS)))
    information = found.metadata
    assert information is not None
    assert (information.subject, information.keywords) == (EXTRAS.case, EXTRAS.number)
    packet = found.root_object["/Metadata"].get_data().decode()  # type: ignore[attr-defined]
    tree = ElementTree.fromstring(packet.split("?>", 1)[1].rsplit("<?", 1)[0])
    names = {"dc": "http://purl.org/dc/elements/1.1/", "pdf": "http://ns.adobe.com/pdf/1.3/"}
    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
    assert [one.text for one in tree.findall(".//dc:identifier", names)] == [EXTRAS.number]
    assert [one.text for one in tree.findall(".//pdf:Keywords", names)] == [EXTRAS.number]
    assert [one.text for one in tree.findall(f".//dc:description/{rdf}Alt/{rdf}li", names)] == [EXTRAS.case]
    assert "2027-05-04T00:00:00Z" in packet
    own = PdfReader(io.BytesIO(render_decision(made, texts))).metadata
    assert own is not None
    assert (own.subject, own.keywords) == (made.case_number, made.number)


def test_a_notice_is_on_every_page_and_read_first_and_once(texts: LegalTexts) -> None:
    made = render_decision(decision(seed=1), texts, Extras(notice="Osnutek – ni izdano."))
    pages = page_text(made).split("\f")[:-1]
    assert len(pages) > 1
    assert [page.count("Osnutek – ni izdano.") for page in pages] == [1] * len(pages)
    words = structure_words(made)
    assert words.startswith("Osnutek – ni izdano.")
    assert words.count("Osnutek") == 1


def test_a_notice_of_two_lines_stands_whole_on_every_page(texts: LegalTexts) -> None:
    words = f"Ta datoteka {'brez podpisa ' * 9}ne velja kot izdana."
    pages = page_text(render_decision(decision(seed=1), texts, Extras(notice=words))).split("\f")[:-1]
    assert [" ".join(page.split()).count(words) for page in pages] == [1] * len(pages)


def test_the_field_of_the_seal_is_there_only_when_asked_for(texts: LegalTexts, pdf: bytes) -> None:
    made = render_decision(decision(seed=1), texts, replace(EXTRAS, seal_field=True))
    (field,) = (one.get_object() for one in catalog(made)["/AcroForm"]["/Fields"])
    assert (field["/T"], field["/FT"], field["/F"]) == (SEAL_FIELD, "/Sig", 132)
    assert field["/TU"].startswith("Elektronski žig. Dokument je zapečaten")
    assert "/V" not in field
    assert structure(made).rstrip().splitlines()[-2].strip() == "Form"
    assert "/AcroForm" not in catalog(pdf)
    assert "zapečaten" not in page_text(pdf)


def test_a_second_field_is_refused() -> None:
    canvas = TaggedCanvas(Metadata("Naslov", "Organ", date(2027, 1, 2)), (PAGE.width, PAGE.height))
    story = Story(canvas)
    add_seal_field(story)
    add_seal_field(story)
    with pytest.raises(ValueError, match="one field"):
        place(story.blocks, canvas, PAGE)


def test_nothing_is_added_unasked(texts: LegalTexts) -> None:
    made = render_decision(decision(seed=1), texts)
    assert made == render_decision(decision(seed=1), texts, NO_EXTRAS)
    assert {"/AF", "/Names", "/AcroForm"} & set(catalog(made)) == set()
    assert qr_codes(made) == []
    assert b"/Annots" not in made


def test_signs_that_cannot_be_drawn_are_refused_by_field(texts: LegalTexts) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        render_decision(decision(seed=1), texts, Extras(address="https://漢.si", notice="🙂"))
    assert [(one.field, one.character) for one in caught.value.missing] == [("address", "漢"), ("notice", "🙂")]


def test_another_kind_of_document_carries_the_same() -> None:
    made = render_receipt(RECEIPT, load_receipt_texts(FOLDER), replace(EXTRAS, seal_field=True))
    assert qr_codes(made) == [ADDRESS]
    assert attached(made)["razlogi.json"] == REASONS.data
    assert "/AcroForm" in catalog(made)


def test_the_words_around_the_code_are_all_there() -> None:
    folder = ROOT / "templates" / "documents" / "check"
    assert {file.stem for file in folder.glob("*.txt")} == PLAN.files | {"oznake"}


@pytest.mark.slow
def test_bytes_are_the_same_in_every_process(texts: LegalTexts, pdf: bytes) -> None:
    assert render_decision(decision(seed=1), texts, EXTRAS) == pdf
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", IN_ANOTHER_PROCESS]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        assert done.stdout.split() == [hashlib.sha256(pdf).hexdigest()]
