from pathlib import Path

import pytest

from razpis.documents.legal_text import LegalTextError, LegalTexts, Run, TextPlan, load_legal_texts

PLAN = TextPlan(
    files=frozenset({"stavek"}),
    placeholders=frozenset({"kdo", "koliko", "seznam", "velja"}),
    labels=frozenset({"stran", "od"}),
)


def load(folder: Path, source: str, labels: str = "stran = Stran\nod = od\n") -> LegalTexts:
    (folder / "stavek.txt").write_text(source, encoding="utf-8")
    (folder / "oznake.txt").write_text(labels, encoding="utf-8")
    return load_legal_texts(folder, PLAN)


def problems(folder: Path, source: str, labels: str = "stran = Stran\nod = od\n") -> list[tuple[str, int, str]]:
    with pytest.raises(LegalTextError) as caught:
        load(folder, source, labels)
    return [(problem.file.name, problem.line, problem.message) for problem in caught.value.problems]


def test_paragraphs_headings_and_items(tmp_path):
    texts = load(tmp_path, "# Naslov\n## Podnaslov\nPrva vrstica\nse nadaljuje.\n\n- ena\n- dva\n\nKonec.\n")
    assert [(block.kind, block.plain) for block in texts.blocks("stavek", {})] == [
        ("heading", "Naslov"),
        ("subheading", "Podnaslov"),
        ("paragraph", "Prva vrstica se nadaljuje."),
        ("item", "ena"),
        ("item", "dva"),
        ("paragraph", "Konec."),
    ]


def test_values_conditions_and_lists(tmp_path):
    source = (
        "{kdo} in {koliko}.{% if velja %} Velja.{% endif %}\n{# opomba #}\n{% for x in seznam %}\n- {x}\n{% endfor %}\n"
    )
    blocks = load(tmp_path, source).blocks("stavek", {"kdo": "Jež", "koliko": 3, "velja": True, "seznam": ("a", "b")})
    assert [block.plain for block in blocks] == ["Jež in 3. Velja.", "a", "b"]


def test_a_tag_at_the_end_of_a_line_does_not_join_paragraphs(tmp_path):
    source = (
        "Ena{% if velja %} da{% endif %}\n\nDve{# opomba #}\n- tri\n"
        "{% if velja %}\n{# opomba #}\nštiri\n{% endif %}\npet"
    )
    blocks = load(tmp_path, source).blocks("stavek", {"velja": True})
    assert [block.plain for block in blocks] == ["Ena da", "Dve", "tri štiri pet"]


def test_bold_runs_hold_the_value_whole(tmp_path):
    block = load(tmp_path, "Dobi **{kdo}** danes.").blocks("stavek", {"kdo": "A**B"})[0]
    assert block.runs == (Run("Dobi "), Run("A**B", bold=True), Run(" danes."))


@pytest.mark.parametrize(
    ("source", "value", "told"),
    [
        ("Razlog: {kdo}.", "Ni sredstev.", "Razlog: Ni sredstev."),
        ("Razlog: **{kdo}**.", "Ni sredstev!", "Razlog: Ni sredstev!"),
        ("Razlog: {kdo}.", "Ni sredstev", "Razlog: Ni sredstev."),
        ("Ni dopolnjena ({kdo}).", "Manjka pismo.", "Ni dopolnjena (Manjka pismo)."),
        ("Ni dopolnjena ({kdo}).", "Zavod d.o.o.", "Ni dopolnjena (Zavod d.o.o.)."),
        ("{kdo}; glej spis.", "Manjka pismo.", "Manjka pismo; glej spis."),
        ("Pravilno se glasi »{kdo}«.", "Društvo d.d..", "Pravilno se glasi »Društvo d.d..«."),
        ("Razlog: {kdo}", "Dve.. piki.", "Razlog: Dve.. piki."),
    ],
)
def test_a_value_that_is_a_whole_sentence_brings_no_second_full_stop(tmp_path, source, value, told):
    assert load(tmp_path, source).blocks("stavek", {"kdo": value})[0].plain == told


def test_items_in_a_row_lose_their_full_stops(tmp_path):
    texts = load(tmp_path, "Manjka: {seznam|skupaj}.")
    assert texts.blocks("stavek", {"seznam": ("Pismo.", "Načrt itd.", "Popis.")})[0].plain == (
        "Manjka: Pismo, Načrt itd., Popis."
    )


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (("Zakona.",), "Na podlagi Zakona izdaja"),
        (("Zakona", "Odloka"), "Na podlagi Zakona in Odloka izdaja"),
        (("A", "B", "C"), "Na podlagi A, B in C izdaja"),
    ],
)
def test_items_are_named_with_a_word_before_the_last(tmp_path, items, told):
    texts = load(tmp_path, "Na podlagi {seznam|našteto} izdaja")
    assert texts.blocks("stavek", {"seznam": items})[0].plain == told


@pytest.mark.parametrize("value", ["# ni naslov", "- ni seznam", "{kdo}", "{% if x %}", "a {# b #}"])
def test_a_value_is_never_read_as_a_mark(tmp_path, value):
    blocks = load(tmp_path, "{kdo}").blocks("stavek", {"kdo": value})
    assert [(block.kind, block.plain) for block in blocks] == [("paragraph", value)]


def test_a_line_break_in_a_value_stays_in_its_paragraph(tmp_path):
    blocks = load(tmp_path, "Rekel je: {kdo}.").blocks("stavek", {"kdo": "prvo\n\n- drugo"})
    assert [(block.kind, block.plain) for block in blocks] == [("paragraph", "Rekel je: prvo\n\n- drugo.")]


def test_dates_and_amounts_are_bound(tmp_path):
    block = load(tmp_path, "Po 15. členu, {kdo}.").blocks("stavek", {"kdo": "4. 5. 2026"})[0]
    assert block.plain == "Po 15.\u00a0členu, 4.\u00a05.\u00a02026."


def test_number_form_filter(tmp_path):
    texts = load(tmp_path, 'v {koliko} {koliko|oblika("dnevu", "dneh", "dneh", "dneh")}')
    assert [texts.blocks("stavek", {"koliko": days})[0].plain for days in (1, 2)] == ["v 1\u00a0dnevu", "v 2\u00a0dneh"]


def test_a_misspelt_placeholder_is_found_at_loading_even_in_a_branch_not_taken(tmp_path):
    assert problems(tmp_path, "{kdo}\n\n{% if velja %}\n{koliko_je}\n{% endif %}\n{kdoo}") == [
        ("stavek.txt", 4, "neznano mesto {koliko_je}; znana so v README.md"),
        ("stavek.txt", 6, "neznano mesto {kdoo}; znana so v README.md"),
    ]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("ena\n{kdo", 2, "napaka v zapisu oznake"),
        ("ena\n\n{% if kdo %}\nni konca", 4, "napaka v zapisu oznake"),
        ("ena\n**krepko", 2, "krepko se v vrstici začne in ne konča"),
        ("ena\n{kdo|upper}", 2, "neznana pretvorba »upper«"),
        ("{% if kdo is defined %}x{% endif %}", 1, "neznana pretvorba »defined«"),
        ("ena\ndva 🙂", 2, "polje besedila: znaka »🙂« (U+1F642"),
    ],
)
def test_a_slip_in_the_wording_is_reported_with_its_line(tmp_path, source, line, words):
    found = problems(tmp_path, source)
    assert [(file, number) for file, number, _ in found] == [("stavek.txt", line)]
    assert found[0][2].startswith(words)


def test_a_value_missing_in_this_document_names_file_line_and_placeholder(tmp_path):
    texts = load(tmp_path, "Prvi.\n\nDrugi {kdo}\nje {koliko}.")
    with pytest.raises(LegalTextError) as caught:
        texts.blocks("stavek", {"kdo": "x"})
    assert str(caught.value) == (
        f"{tmp_path / 'stavek.txt'}:4: mesto {{koliko}} v tem dokumentu nima vrednosti; stavek zapišite v {{% if … %}}"
    )


def test_a_missing_value_may_stand_in_a_condition(tmp_path):
    assert load(tmp_path, "A{% if kdo %} {kdo}{% else %} brez{% endif %}.").blocks("stavek", {})[0].plain == "A brez."


@pytest.mark.parametrize("value", [("a", "b"), True])
def test_lists_and_conditions_cannot_be_printed(tmp_path, value):
    texts = load(tmp_path, "ena\n{seznam}")
    with pytest.raises(LegalTextError) as caught:
        texts.blocks("stavek", {"seznam": value})
    assert [problem.line for problem in caught.value.problems] == [2]
    assert "seznam sodi v {% for … %}" in str(caught.value)


@pytest.mark.parametrize("source", ["{kdo.__class__}", "{kdo.__class__.__mro__}", "{kdo.format.__globals__}"])
def test_the_sandbox_lets_no_text_reach_the_program(tmp_path, source):
    with pytest.raises(LegalTextError):
        load(tmp_path, source).blocks("stavek", {"kdo": "x"})


def test_labels_must_be_known_single_and_complete(tmp_path):
    assert problems(tmp_path, "x", "stran = S\nstran = T\nhm = x\nbrez enačaja\n") == [
        ("oznake.txt", 2, "oznaka »stran« je neznana ali zapisana dvakrat"),
        ("oznake.txt", 3, "oznaka »hm« je neznana ali zapisana dvakrat"),
        ("oznake.txt", 4, "pričakujem »oznaka = besedilo«"),
        ("oznake.txt", 0, "manjka oznaka »od«"),
    ]


def test_all_files_are_checked_at_once(tmp_path):
    (tmp_path / "oznake.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(LegalTextError) as caught:
        load_legal_texts(tmp_path, PLAN)
    files = [problem.file.name for problem in caught.value.problems]
    assert files == ["stavek.txt", "oznake.txt", "oznake.txt", "oznake.txt"]
    assert "datoteke ni mogoče prebrati kot besedilo UTF-8" in caught.value.problems[0].message
