import hashlib
import io
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from razpis.documents.decision import Decision, Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.fonts import MissingGlyphError
from tests.documents.factories import decision, extreme, varied
from tests.documents.reading import page_text, structure, structure_words

ROOT = Path(__file__).parents[2]

IN_ANOTHER_PROCESS = """
import hashlib
from pathlib import Path
from razpis.documents.decision_pdf import render_decision
from razpis.documents.decision_text import load_decision_texts
from tests.documents.factories import varied
texts = load_decision_texts(Path("templates/documents/decision"))
print(*(hashlib.sha256(render_decision(made, texts)).hexdigest() for made in varied(6)))
"""


def texts_of(made: Decision) -> list[str]:
    """Every text a reader must find in the document."""
    conditions = [text for item in made.conditions for text in (item.text, item.article, item.finding)]
    corrections = [text for item in made.corrections for text in (item.fact, item.claim, item.established, item.reason)]
    rows = [row for section in made.criteria for row in section.rows]
    criteria = [text for row in rows for text in (row.title, row.article, row.maximum, row.points, row.reason)]
    sentences = [*made.procedure, *made.allocation, *made.derivation, *made.refusal_reasons]
    if made.renewal is not None:
        sentences += [*made.renewal.instructions, *made.renewal.reasons]
    sentences += [*made.statement_answers, *made.proposal, *made.service_list]
    return [*conditions, *corrections, *criteria, *sentences]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_text_of_the_decision_is_read_whole_and_in_order(outcome, texts):
    made = decision(outcome)
    words = structure_words(render_decision(made, texts))
    for text in texts_of(made):
        assert " ".join(text.split()) in words
    places = [words.index(" ".join(text.split())) for text in (*made.procedure, *made.proposal)]
    assert places == sorted(places)


def test_the_parts_come_in_the_order_of_the_law(texts):
    made = decision(Outcome.PART)
    words = structure_words(render_decision(made, texts))
    parts = (
        f"{made.authority.name} {made.authority.units[0]}",
        f"Številka: {made.number}",
        "na podlagi 24. člena Statuta",
        "izdaja",
        f"{made.act.value} o vlogi",
        "1. Vlogi prijavitelja",
        "3. V preostalem delu, to je za",
        "Obrazložitev Potek postopka",
        "Izpolnjevanje pogojev",
        "Ocena po merilih",
        "Skupna ocena",
        "Razdelitev sredstev in izračun zneska",
        "Zakaj znesek ni višji",
        "Odločitev",
        "Pouk o pravnem sredstvu",
        made.issued_by.caption,
        "Vročiti",
    )
    places = [words.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_what_the_applicant_stated_is_answered(texts):
    pdf = render_decision(decision(statement_answers=("Navedba ni utemeljena.",)), texts)
    assert "Odgovor na navedbe prijavitelja\nNavedba ni utemeljena." in page_text(pdf)


def test_a_decision_taken_anew_tells_what_it_replaces_and_answers_what_was_ordered(texts):
    made = decision(Outcome.GRANTED, seed=4)
    assert made.renewal is not None
    told = " ".join(page_text(render_decision(made, texts)).split())
    assert "Ponovni postopek O vlogi je bilo že odločeno z aktom št. 4102-7/2027-4 z dne" in told
    assert "odpravljen z aktom št. 4102-7/2027-P1" in told
    assert "(župan Občine Izmišljeni Log), zadeva pa je bila vrnjena v ponovni postopek." in told
    for sentence in (*made.renewal.instructions, *made.renewal.reasons):
        assert sentence in told
    unordered = replace(made, renewal=replace(made.renewal, instructions=()))
    assert "je bilo treba upoštevati" not in " ".join(page_text(render_decision(unordered, texts)).split())
    assert "Ponovni postopek" not in page_text(render_decision(replace(made, renewal=None), texts))


def test_who_led_the_procedure_signs_on_the_left_and_is_read_first(texts):
    made = decision()
    assert made.led_by is not None
    words = structure_words(render_decision(made, texts))
    assert f"{made.led_by.caption} {made.led_by.name} {made.led_by.title} {made.issued_by.caption}" in words
    alone = page_text(render_decision(replace(made, led_by=None), texts))
    assert made.led_by.name not in alone
    assert made.issued_by.name in alone


def test_headings_and_tables_are_tagged(texts):
    tree = structure(render_decision(decision(Outcome.GRANTED), texts))
    tags = [line.split(":")[0].split(" (")[0].strip() for line in tree.splitlines()]
    levels = [tag for tag in tags if tag in ("H1", "H2", "H3", "H4")]
    assert levels[:2] == ["H1", "H2"]
    assert levels.count("H1") == 1
    assert "H4" not in levels
    assert {"Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody"} <= set(tags)
    assert "/Scope /Column" in tree
    assert "/Scope /Row" in tree
    assert "/ColSpan 4" in tree


@pytest.mark.slow
def test_words_are_not_joined_where_a_line_or_a_page_ends(texts):
    made = extreme()
    words = structure_words(render_decision(made, texts))
    for text in texts_of(made):
        assert " ".join(text.split()) in words
    assert made.applicant.name.strip() in words


def test_the_extreme_document_has_its_pages_numbered_to_the_last(texts):
    pages = page_text(render_decision(extreme(), texts)).split("\f")[:-1]
    assert len(pages) > 10
    for number, page in enumerate(pages, start=1):
        assert f"Stran {number} od {len(pages)}" in page
        assert f"Številka: {extreme().number}" in page
    assert sum("Razlog za dodeljene točke" in page for page in pages) >= 6


def test_slovenian_letters_amounts_and_dates_come_back_from_the_file(texts):
    made = decision(
        Outcome.GRANTED,
        requested=123_450,
        awarded=123_450,
        programme_title="Čebelnjak žejnih škržatov – ćuk, đak »Ž«",
        issued_on=date(2026, 5, 4),
    )
    text = " ".join(page_text(render_decision(made, texts)).split())
    assert "»Čebelnjak žejnih škržatov – ćuk, đak »Ž««" in text
    assert "v višini 1.234,50 EUR." in text
    assert "Izmišljeni Log, 4. maj 2026" in text


def test_a_composed_and_a_decomposed_letter_give_the_same_file(texts):
    first = decision(programme_title="Češnja")
    second = decision(programme_title="C\u030ces\u030cnja".replace("s\u030c", "š"))
    assert render_decision(first, texts) == render_decision(second, texts)


def test_a_character_without_a_glyph_is_refused_with_its_field(texts):
    made = decision(seed=1)
    row = replace(made.criteria[0].rows[1], reason="Dobro 👍")
    section = replace(made.criteria[0], rows=(made.criteria[0].rows[0], row))
    with pytest.raises(MissingGlyphError) as caught:
        render_decision(replace(made, criteria=(section, made.criteria[1]), programme_title="Д"), texts)
    assert [(glyph.field, glyph.character) for glyph in caught.value.missing] == [
        ("programme_title", "Д"),
        ("criteria[0].rows[1].reason", "👍"),
    ]


@pytest.mark.parametrize("name", ["Društvo עזרה", "Društvo مساعدة", "Društvo 🐝", "Društvo \u202eobrnjeno"])
def test_letters_from_right_to_left_and_pictures_are_refused_not_dropped(name, texts):
    made = decision(seed=1)
    with pytest.raises(MissingGlyphError) as caught:
        render_decision(replace(made, applicant=replace(made.applicant, name=name)), texts)
    assert {glyph.field for glyph in caught.value.missing} == {"applicant.name"}
    assert {glyph.character for glyph in caught.value.missing} <= set(name)


def test_metadata_language_and_outline(texts):
    made = decision(Outcome.GRANTED, seed=1, issued_on=date(2026, 5, 4))
    pdf = render_decision(made, texts)
    reader = PdfReader(io.BytesIO(pdf))
    catalog = reader.root_object
    assert str(catalog["/Lang"]) == "sl-SI"
    assert str(catalog["/MarkInfo"]) == "{'/Marked': True}"
    assert str(catalog["/ViewerPreferences"]) == "{'/DisplayDocTitle': True}"
    information = reader.metadata
    assert information is not None
    assert information.title == f"{made.act.value} {made.number}: {made.applicant.name}"
    assert information.author == made.authority.name
    assert information.creation_date == information.modification_date == datetime(2026, 5, 4, tzinfo=UTC)
    titles = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    assert titles == [made.act.value, "Izrek", "Obrazložitev", "Pouk o pravnem sredstvu", "Vročiti"]
    below = [str(entry.title) for group in reader.outline if isinstance(group, list) for entry in group]  # type: ignore[union-attr] # two levels only
    assert below[:2] == ["Potek postopka", "Izpolnjevanje pogojev"]


def test_the_date_of_the_decision_is_the_only_date_in_the_file(texts):
    made = decision(seed=2)
    first = render_decision(made, texts)
    assert render_decision(made, texts) == first
    assert render_decision(replace(made, issued_on=date(2030, 1, 1)), texts) != first
    assert b"2000" not in first[: first.index(b"stream")]


@pytest.mark.slow
def test_bytes_are_the_same_in_every_process_and_order(texts):
    here = [hashlib.sha256(render_decision(made, texts)).hexdigest() for made in reversed(varied(6))][::-1]
    for hash_seed in ("0", "1", "random"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        assert done.stdout.split() == here


@pytest.mark.slow
def test_threads_do_not_disturb_each_other(texts):
    documents = varied(6) * 8
    expected = {made.number: render_decision(made, texts) for made in documents[:6]}
    random.Random(1).shuffle(documents)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda one: render_decision(one, texts), documents))
    finally:
        sys.setswitchinterval(interval)
    assert made == [expected[one.number] for one in documents]


def test_signatures_stand_on_a_page_with_the_legal_remedy_and_those_to_serve(texts):
    made = decision(Outcome.DISMISSED)
    for count in range(1, 16):
        longer = replace(made, procedure=made.procedure * count)
        pages = page_text(render_decision(longer, texts)).split("\f")[:-1]
        (last,) = (page for page in pages if made.issued_by.name in page)
        assert "Pouk o pravnem sredstvu" in last
        assert "Vročiti" in last
