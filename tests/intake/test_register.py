"""The business register as a stream: CSV and XML, every bad line told, dangerous XML refused."""

from __future__ import annotations

import io

import pytest

from razpis.engine.problems import Problems
from razpis.intake.register import MOST_PROBLEMS, Entry, entries

HEADER = "maticna;naziv;naslov;pravna_oblika;davcna\n"
CEBELICA = Entry("5258880", "Društvo Čebelica", "Koroška cesta 1, 2000 Maribor", "društvo, zveza društev", None)
XML = """<?xml version="1.0" encoding="UTF-8"?>
<Prs>
<PS ma="5258880000"><PopolnoIme>Društvo &amp; Čebelica</PopolnoIme><N hs="012" do="A" po="2000"><Posta>Maribor</Posta>
<Naselje>Maribor</Naselje><Ulica>Koroška cesta</Ulica></N><Oblika>Društvo, zveza društev</Oblika></PS>
<PS ma="1732803000"><PopolnoIme>Zavod</PopolnoIme><N hs="7" po="9265"><Posta>Bodonci</Posta><Naselje>Vadarci</Naselje></N>
</PS>
</Prs>
"""


def read(content: str | bytes) -> list[Entry]:
    return list(entries(io.BytesIO(content.encode() if isinstance(content, str) else content), "prs"))


def told(content: str | bytes) -> list[tuple[int, str]]:
    """Lines and words of what is wrong."""
    with pytest.raises(Problems) as refused:
        read(content)
    return [(one.place.line, one.text.sl) for one in refused.value.problems]


def test_csv_is_read_by_the_names_of_its_columns() -> None:
    assert read(
        HEADER + "5258880000; Društvo  Čebelica ;Koroška cesta 1, 2000 Maribor;društvo, zveza društev;\n\n"
        '1732803;"Zavod ""Most""; Maribor";;;14717468\n'
    ) == [CEBELICA, Entry("1732803", 'Zavod "Most"; Maribor', "", "", "14717468")]
    assert read(
        "naziv,maticna,pravna_oblika,naslov,organ\nDruštvo,5258880,društvo,Ulica 1,UE\n".encode("utf-8-sig")
    ) == [Entry("5258880", "Društvo", "Ulica 1", "društvo", None)]


def test_every_bad_line_is_told_with_its_number() -> None:
    found = told(
        HEADER
        + "5258881;Društvo;;;\n"
        + "1732803;;;;\n"
        + "5258880;Društvo;;;123\n"
        + "5258880;Društvo;;;\n"
        + "5258880;Isto društvo;;;\n"
        + f"1732803;{'x' * 301};;;\n"
    )
    assert [line for line, _ in found] == [2, 3, 4, 6, 7]
    assert found[0][1].startswith("maticna »5258881«: Matična številka ni prava")
    assert found[1][1] == "naziv: celica je prazna, vpišite ime enote"
    assert found[2][1] == "davcna »123«: Davčna številka ima 8 števk, vpisanih je 3."
    assert found[3][1] == "matična številka 5258880 je že v vrstici 5; pustite eno od obeh"
    assert found[4][1] == "naziv: največ 300 znakov in brez ničelnega znaka"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (HEADER + "5258880;Društvo\n", 2, "celic je 2, stolpcev pa 5"),
        ("maticna;ime\n", 1, "prva vrstica mora našteti stolpce maticna;naziv;naslov"),
        ("", 1, "prva vrstica mora našteti stolpce"),
        (HEADER + '5258880;"Društvo;;;\n', 2, "vrstica ni pravilen CSV"),
        (HEADER.encode() + "5258880;Društvo;;;\n".encode("cp1250"), 2, "datoteka ni v UTF-8"),
        (HEADER, 0, "v datoteki ni nobene enote"),
        ("<Prs></Prs>", 0, "v datoteki ni nobene enote"),
        ("<Prs>\n<PS ma='5258880'>\n</Prs>", 3, "datoteka ni pravilen XML (mismatched tag)"),
        ("<Prs>", 1, "datoteka ni pravilen XML (no element found)"),
        ("<Prs><PS><PopolnoIme>Brez</PopolnoIme></PS></Prs>", 1, "maticna »«: Matična številka ima 7 mest"),
    ],
)
def test_what_is_no_register_is_refused_with_its_place(content: str | bytes, line: int, words: str) -> None:
    ((found_line, found_words),) = told(content)
    assert (found_line, found_words[: len(words)]) == (line, words)


def test_the_first_line_is_told_which_name_to_mend() -> None:
    named = "prva vrstica mora našteti stolpce maticna;naziv;naslov;pravna_oblika;davcna, vsakega enkrat"
    assert told("maticna;naziv;naslov;pravna_oblika;davčna\n") == [(1, f"{named}; popravite ime: davčna → davcna")]
    assert told("matična;naziv;naziv;pravna oblika\n") == [
        (
            1,
            f"{named}; manjka: maticna, naslov, pravna_oblika; odstranite ponovljene: naziv; popravite ime: "
            "matična → maticna, pravna oblika → pravna_oblika",
        )
    ]
    assert [one.name for one in read("maticna;naziv;naslov;pravna_oblika;telefon\n5258880;Društvo;;;02\n")] == [
        "Društvo"
    ]


def test_a_hundred_bad_lines_are_enough() -> None:
    assert len(told(HEADER + "1;x;;;\n" * 300)) == MOST_PROBLEMS


def test_xml_is_read_by_the_elements_ajpes_lays_down() -> None:
    assert read(XML) == [
        Entry("5258880", "Društvo & Čebelica", "Koroška cesta 12A, 2000 Maribor", "Društvo, zveza društev", None),
        Entry("1732803", "Zavod", "Vadarci 7, 9265 Bodonci", "", None),
    ]
    assert read(XML.replace("<Prs>", '<Prs xmlns="urn:ajpes">'))[1].name == "Zavod"
    assert read(XML.replace("UTF-8", "UTF-16").encode("utf-16"))[0].name == "Društvo & Čebelica"


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE Prs>",
        '<!DOCTYPE Prs SYSTEM "http://zgled.si/prs.dtd">',
        '<!DOCTYPE Prs [<!ENTITY ime SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Prs [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_xml_with_a_document_type_is_refused(declared: str, encoding: str) -> None:
    content = XML.replace("<Prs>", declared + "<Prs>").replace("UTF-8", encoding).encode(encoding)
    ((line, words),) = told(content)
    assert (line, words[:27]) == (2, "datoteka XML ima DOCTYPE; t")


def test_an_entity_nobody_declared_is_refused() -> None:
    ((_, words),) = told("<Prs><PS ma='5258880'><PopolnoIme>&ime;</PopolnoIme></PS></Prs>")
    assert words == "datoteka ni pravilen XML (undefined entity); prenesite jo znova, nespremenjeno"
