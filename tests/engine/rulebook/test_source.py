"""Reading YAML: exact values, a place for everything, and every trap refused at its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Place, Problems
from razpis.engine.rulebook.source import MAX_BYTES, MAX_DEPTH, parse, read_bytes
from tests.engine.factories import FILE, lines, marked, problems, rulebook_text

VALUE = "s tem znakom se vrednost ne more začeti; dajte jo v narekovaje"
MISSING = "tu manjka vejica, oklepaj ali nova vrstica, ali pa je zamik napačen"
COLON = "dvopičje tu ni dovoljeno; besedilo z dvopičjem dajte v narekovaje"
INDENTED = (
    "dvopičje tu ni dovoljeno; vrstica je preveč zamaknjena, v vrstici nad njo manjka dvopičje ali pa besedilo z "
    "dvopičjem ni v narekovajih"
)
ALIGN = "zamik vrstice se ne ujema z vrsticami nad njo; poravnajte jo z njimi"
ENDED = (
    "tu se je vrednost že končala; kar sledi, izbrišite ali pa celo besedilo dajte v narekovaje (narekovaj v njem "
    "zapišite dvakrat)"
)
LATE = "narekovaj iz vrstice 2 se zapre šele v tej vrstici; najbrž manjka zaključni narekovaj v vrstici 2"
COMMA = "tu manjka vejica ali zaključni »{}«; izraz ali besedilo z znakom : , [ ali {{ dajte v narekovaje"
BRACKET = "oklepaj iz vrstice 1 ni zaprt: manjka »{}« ali vejica, ali pa besedilo z dvopičjem ni v narekovajih"
UNCLOSED = "narekovaj, ki se odpre tu, do konca datoteke ni zaprt; zaprite ga na koncu besedila"
TAB = "za zamik uporabite presledke, ne tabulatorja"
ESCAPE = "za znakom \\ v dvojnih narekovajih stoji napačen znak; uporabite enojne narekovaje"
ANCHOR = "sidra in sklici (& in *) niso dovoljeni; vrednost zapišite še enkrat"
KEY_ANCHOR = "sidra (&) in oznake (!) niso dovoljeni; izbrišite jih"
KEY = "ime pred dvopičjem mora biti besedilo"
ENCODING = "datoteka ni zapisana v UTF-8; v urejevalniku jo shranite s kodiranjem UTF-8"


def character(code):
    return f"znak {code} ni dovoljen; izbrišite ga ali datoteko shranite s kodiranjem UTF-8"


def data(text):
    return parse(text.encode(), FILE).data


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("call:\n▸\ttitle: x\n", TAB),
        ("call:\n  title: x\n▸\treference: y\n", TAB),
        ("call:\n  title: |\n▸\tx\n", TAB),
        ("call:\n  title: a▸: b\n", COLON),
        ("call\nfields▸:\n", INDENTED),
        ("call:\n  title: a\n    year▸: 2027\n", INDENTED),
        ("call: {title: Izjava▸: a}\n", COLON + ", vrednosti pa ločite z vejico"),
        ("call: ▸- a\n", "seznam se začne v novi vrstici, z zamikom"),
        ("call:\n- a\nb\n▸", "manjka dvopičje za imenom"),
        ("call: {title▸:}\n", "za dvopičjem manjka presledek ali vrednost"),
        ("call: ▸%x\n", VALUE),
        ("call: ▸@x\n", VALUE),
        ("call: ▸`x\n", VALUE),
        ("call: &▸ x\n", "besedilo, ki se začne z & ali *, dajte v narekovaje"),
        ("call: *▸\n", "besedilo, ki se začne z & ali *, dajte v narekovaje"),
        ('call: "a▸\\qb"\n', ESCAPE),
        ("call: {title: ▸'abc\n", UNCLOSED),
        ('call: 1\nlots:\n  title: ▸"abc\n  x: 1\n\n', UNCLOSED),
        ('call:\n  title: "abc\n  year: 1\n  reference: "▸1-2/3"\n', LATE),
        ("call:\n  title: 'abc\n  reference: '▸1: 2'\n", LATE),
        ('call:\n  title: "abc\n    def"\n  ▸- x: 1\n', ALIGN),
        ("call: {title: a\nfields▸: 3\n", BRACKET.format("}")),
        ("call: [a, b\n▸", BRACKET.format("]")),
        ("call: [a b, c▸}\n", COMMA.format("]")),
        ("call: {test: lot in ▸[A, B], text: b}\n", COMMA.format("}")),
        ("call:\n  title: x\n ▸reference: y\n", ALIGN),
        ("call:\n  - a\n  ▸b: y\n", ALIGN),
        ("call: 'a' ▸b\n", ENDED),
        ("a: b\n...\n▸c: d\n", MISSING),
        ("▸%YAML 2.0\n---\na: b\n", "nepravilen zapis (found incompatible YAML document)"),
    ],
)
def test_broken_yaml_is_told_in_slovenian_at_its_place(text, said):
    content, expected = marked(text, f"YAML: {said}")
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("call:\n▸\ttitle: x\n", "indent with spaces, not with a tab"),
        ("call:\n  title: a▸: b\n", "a colon is not allowed here; put a text with a colon in quotes"),
        ("call: ▸@x\n", "a value cannot begin with this character; put it in quotes"),
        ("▸%YAML 2.0\n---\na: b\n", "found incompatible YAML document"),
    ],
)
def test_broken_yaml_is_told_in_english_too(text, said):
    content, expected = marked(text, f"YAML: {said}")
    assert lines(content, "en") == expected


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("call: ▸&a\n  title: x\nfields: ▸*a\n", [ANCHOR, ANCHOR]),
        ("call: ▸*a\n", [ANCHOR]),
        ("call: {title: ▸&t x}\n", [ANCHOR]),
        ("▸&a call: x\n", [KEY_ANCHOR]),
        ("▸!!str call: x\n", [KEY_ANCHOR]),
        ("a: ▸&x 1\n▸▸*x : 2\n", [ANCHOR, KEY, ANCHOR]),
        ("call: ▸!!str x\n", ["oznaka !!str ni dovoljena; izbrišite jo"]),
        ("call: ▸!foo x\n", ["oznaka !foo ni dovoljena; izbrišite jo"]),
        (
            "call: ▸!!python/object/apply:os.system [id]\n",
            ["oznaka !!python/object/apply:os.system ni dovoljena; izbrišite jo"],
        ),
        ("call: ▸!!binary aGk=\n", ["oznaka !!binary ni dovoljena; izbrišite jo"]),
        ("a: 1\n▸---\nb: 2\n", ["tu se začne drug dokument (---); datoteka sme imeti le enega"]),
        ("? ▸[a, b]\n: c\n", [KEY]),
        ("▸{a: b}: c\n", [KEY]),
        ("? ▸{a: ▸&x b}\n: ▸*x\n", [KEY, ANCHOR, ANCHOR]),
        (
            "call: 1\n▸call: 2\n▸'call': 3\n",
            ["»call« je zapisan dvakrat (prvič v vrstici 1); eno vrstico odstranite"] * 2,
        ),
        (
            "a:\n  b: {c: 1, ▸c: {d: 1, ▸d: 2}}\n  ▸b: ▸*x\n",
            [
                "»c« je zapisan dvakrat (prvič v vrstici 2); eno vrstico odstranite",
                "»d« je zapisan dvakrat (prvič v vrstici 2); eno vrstico odstranite",
                "»b« je zapisan dvakrat (prvič v vrstici 2); eno vrstico odstranite",
                ANCHOR,
            ],
        ),
        ("a: " + "[" * (MAX_DEPTH - 1) + "▸[" + "]" * MAX_DEPTH, ["zapis je gnezden globlje od 20 ravni"]),
        (
            "a: " + "[" * (MAX_DEPTH - 1) + "▸[[], {b: [c]}], [d]" + "]" * (MAX_DEPTH - 1),
            ["zapis je gnezden globlje od 20 ravni"],
        ),
    ],
)
def test_every_forbidden_part_is_told_and_all_of_them_at_once(text, messages):
    content, expected = marked(text, *messages)
    assert lines(content) == expected


def test_the_same_is_told_in_english():
    text = "a: ▸&x 1\n▸a: ▸!!str 2\n? ▸[b]\n: c\n▸&k d: 1\n▸---\nz: 1\n"
    content, expected = marked(
        text,
        "anchors and aliases (& and *) are not allowed; write the value again",
        "'a' is written twice (first on line 1); remove one of them",
        "the tag !!str is not allowed; delete it",
        "what stands before a colon must be a text",
        "anchors (&) and tags (!) are not allowed; delete them",
        "another document begins here (---); the file may hold only one",
    )
    assert lines(content, "en") == expected


@pytest.mark.parametrize("text", ["", "# opomba\n", "- a\n", "besedilo\n", "12\n", "---\n", "[]\n", "~\n"])
def test_a_file_without_rules_is_told_how_to_begin(text):
    assert lines(text)[0].split(": ", 1)[1] == "datoteka nima pravil; začne naj se s »call:«"
    assert problems(text)[0].text.en == "no rules here; begin with 'call:'"


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ("call:\n  title: Člani\n".encode("utf-16"), "1:1", ENCODING),
        ("call: Člani\n".encode("utf-16-le"), "1:2", character("U+0000")),
        ("call: Člani\n".encode("utf-16-be"), "1:1", character("U+0000")),
        ("call: Člani\n".encode("utf-32"), "1:1", ENCODING),
        ("call:\n  title: Društvo\n  note: Č\n".encode("cp1250"), "2:13", ENCODING),
        (b"call: a\nb: \xff\n", "2:4", ENCODING),
        (b"call: \xed\xa0\x80\n", "1:7", ENCODING),
        (b"call: \xc0\xaf\n", "1:7", ENCODING),
        ("a: žščž\x00\n".encode(), "1:8", character("U+0000")),
        ("a: č\n  ž: ab\x07c\n".encode(), "2:8", character("U+0007")),
        ("č: \x1b[31m\n".encode(), "1:4", character("U+001B")),
        ("a: 'š\x7f'\n".encode(), "1:6", character("U+007F")),
        ("a: \ufffe\n".encode(), "1:4", character("U+FFFE")),
    ],
)
def test_a_wrong_encoding_or_a_control_character_is_told_at_its_place(content, where, said):
    assert lines(content) == [f"{FILE}:{where}: {said}"]


def test_the_encoding_is_told_in_english_too():
    assert lines(b"\xff\xfe", "en") == [
        f"{FILE}:1:1: the file is not in UTF-8; save it with the encoding UTF-8 in your editor"
    ]
    assert lines("a: \x01", "en") == [
        f"{FILE}:1:4: the character U+0001 is not allowed; delete it or save the file with the encoding UTF-8"
    ]


# What is read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        *((text, text) for text in ("True", "TRUE", "yes", "no", "on", "off", "da", "ne", "y", "n")),
        ("~", None),
        ("null", None),
        ("", None),
        ("Null", "Null"),
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("0", 0),
        ("012", "012"),
        ("0o14", "0o14"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("1.5e3", "1.5e3"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("2026-05-04", "2026-05-04"),
        ("1.500", Decimal("1.500")),
        ("0.10", Decimal("0.10")),
        ("-0.5", Decimal("-0.5")),
        ("00.5", "00.5"),
        ("1.234.567", "1.234.567"),
        ("1,5", "1,5"),
        ("9" * 30, int("9" * 30)),
        ("9" * 31, "9" * 31),
        ("٣", "٣"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
        ("'~'", "~"),
        ("a # opomba", "a"),
        ("a#b", "a#b"),
    ],
)
def test_only_what_is_plainly_a_number_or_true_or_false_is_more_than_text(text, value):
    found = data(f"a: {text}\n")["a"]
    assert found == value
    assert type(found) is type(value)


@given(st.integers(-(10**27), 10**27), st.integers(0, 20))
def test_a_decimal_keeps_its_digits_and_a_number_its_value(units, places):
    text = f"{Decimal(units).scaleb(-places):f}" if places else str(units)
    found = data(f"a: {text}")["a"]
    assert str(found) == text if not places else f"{found:f}" == text


def test_texts_over_several_lines_are_joined_as_yaml_says():
    assert data("a: |\n  x\n  y\nb: >\n  x\n  y\nc: x\n  y\nd: 'x\n\n  y'\n") == {
        "a": "x\ny\n",
        "b": "x y\n",
        "c": "x y",
        "d": "x\ny",
    }


def test_a_byte_order_mark_is_not_part_of_the_first_name():
    assert parse("\ufeffčlani: 1\n".encode(), FILE).data == {"člani": 1}
    assert lines("\ufeffcall: @\n") == [f"{FILE}:1:7: YAML: {VALUE}"]


@pytest.mark.parametrize("text", ["a: 1\n...\n", "---\na: 1\n", "%YAML 1.1\n---\na: 1\n", "a: 1\r\n", "\n\na: 1"])
def test_one_document_may_be_announced_and_closed(text):
    assert data(text) == {"a": 1}


# Places

TREE = """call:
  title: Zgled
  'čas': "2026"
fields: {a: {x: 1}, b: [p, {q: 2}]}
text: |
  več
  vrstic
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("call",), (2, 3), (1, 1)),
        (("call", "title"), (2, 10), (2, 3)),
        (("call", "čas"), (3, 10), (3, 3)),
        (("fields", "a", "x"), (4, 17), (4, 14)),
        (("fields", "b"), (4, 24), (4, 21)),
        (("fields", "b", 0), (4, 25), (4, 25)),
        (("fields", "b", 1, "q"), (4, 32), (4, 29)),
        (("text",), (5, 7), (5, 1)),
        (("call", "nowhere", "deeper"), (2, 3), (2, 3)),
        (("nowhere",), (1, 1), (1, 1)),
    ],
)
def test_every_value_and_key_has_its_place_and_what_is_missing_that_of_what_is_around_it(path, value, key):
    source = parse(TREE.encode(), FILE)
    assert source.place(path) == Place(FILE, *value)
    assert source.key_place(path) == Place(FILE, *key)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a: x + y\n", 8),
        ("a: 'x + y'\n", 9),
        ('a: "x + y"\n', 9),
        ("a: '  x + y'\n", 11),
        ("a:    x + y\n", 11),
        ("a:\n  x + y\n", 7),
        ("a: |\n  x + y\n", 4),
        ("a: x +\n  y\n", 4),
    ],
)
def test_a_place_inside_a_text_counts_its_characters_and_over_several_lines_is_its_beginning(text, column):
    place = parse(text.encode(), FILE).inside(("a",), 4)
    assert place == Place(FILE, 2 if text.startswith("a:\n") else 1, column)


def test_a_place_inside_what_is_not_there_is_that_of_what_is_around_it():
    assert parse(b"a: {b: 1}\n", FILE).inside(("a", "c"), 4) == Place(FILE, 1, 4)


# Size


def test_a_file_of_the_greatest_size_is_read_and_one_byte_more_refused():
    text = rulebook_text()
    full = text + "#" * (MAX_BYTES - len(text.encode()))
    assert len(parse(full.encode(), FILE).data) == 2
    assert lines(full + "#") == [f"{FILE}:1:1: datoteka je prevelika; pravila razpisa smejo imeti največ 1 MB"]
    assert lines(full + "#", "en") == [f"{FILE}:1:1: the file is too large; a rulebook has at most 1 MB"]


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path):
    path = tmp_path / "velika.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert len(read_bytes(path)) == MAX_BYTES + 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only where the system has an endless file")
def test_an_endless_file_is_refused():
    assert len(read_bytes(Path("/dev/zero"))) == MAX_BYTES + 1


@pytest.mark.parametrize(
    ("name", "sl", "en"),
    [
        ("ni.yaml", "datoteke ali mape ni", "there is no such file or folder"),
        (".", "to je mapa, ne datoteka", "this is a folder, not a file"),
        ("a.yaml/b.yaml", "to ni mapa", "this is not a folder"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, name, sl, en):
    (tmp_path / "a.yaml").write_text("a: 1")
    path = tmp_path / name
    with pytest.raises(Problems) as caught:
        read_bytes(path)
    (problem,) = caught.value.problems
    assert problem.line("sl") == f"{path}:1:1: datoteke ni mogoče prebrati: {sl}"
    assert problem.line("en") == f"{path}:1:1: cannot read the file: {en}"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "a: " + "[" * 300_000 + "]" * 300_000,
        "- " * 400_000,
        "{a: " * 200_000,
        "? " * 400_000,
        "a: '" + "\n" * 900_000,
        "a: " + "&x " * 300_000,
        "!" * 900_000,
        "".join(f"k{at}: {at}\n" for at in range(1_000)),
        "a: 1\n" * 2_000,
        "<<: *a\n" * 2_000,
        "a: " + "9" * 900_000,
        "#" * 999_999,
    ],
    ids=lambda text: text[:4],
)
def test_a_hostile_file_is_refused(text):
    assert len(problems(text)) >= 1
