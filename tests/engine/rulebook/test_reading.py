"""Whole rulebooks: the same bytes give the same rules, and no edit of them does more than raise problems."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook, load, read
from tests.engine.factories import FILE, lines, marked

FULL = Path(__file__).with_name("full.yaml").read_bytes()
WORDS = [
    *(
        b"x",
        b"0",
        b"-1",
        b"1.500",
        b"1e9",
        b"true",
        b"~",
        b"''",
        b"[]",
        b"{}",
        b"[a, b]",
        b"{a: b}",
        b": ",
        b"- ",
        b"#",
    ),
    *(
        b"'",
        b'"',
        b"|",
        b">",
        b"&a ",
        b"*a",
        b"!!str ",
        b"\t",
        b"\n",
        b"\n  ",
        b"---\n",
        b"%",
        b"\x00",
        b"\xff",
        b"\xc4\x8d",
    ),
    *(
        b"points",
        b"members",
        b"requested",
        b"services",
        b"costs",
        b"costs.amount",
        b"staff",
        b"quality",
        b"total",
        b"lot",
    ),
    *(
        b" + ",
        b" / ",
        b" > ",
        b" and ",
        b" if ",
        b" else ",
        b"(",
        b")",
        b"min(",
        b"answered(",
        b"kind: marks",
        b"9" * 40,
    ),
]


def outcome(content: bytes) -> Rulebook | tuple[str, ...]:
    """The rulebook, or the lines of its problems; anything else raised is a fault of ours."""
    try:
        return load(content, FILE)
    except Problems as found:
        return tuple(problem.line(language) for problem in found.problems for language in ("sl", "en"))


def test_a_rulebook_with_every_part_is_read():
    rules = load(FULL, FILE)
    assert rules.sha256 == hashlib.sha256(FULL).hexdigest()
    assert rules.name == FILE
    assert [rule.key for rule in rules.criteria] == [
        *("size", "field_of_work", "offer", "team", "execution", "quality", "plan"),
    ]
    assert [rule.key for rule in rules.conditions] == ["resident", "modest"]
    assert [rule.key for rule in rules.derived] == ["cost", "share"]
    assert list(rules.sections) == ["organisation", "programme"]
    assert list(rules.fields)[:3] == ["name", "title", "requested"]
    assert rules.file.call.title.en == "Invented call"


def test_the_same_bytes_give_the_same_rules():
    one, two = load(FULL, FILE), load(FULL, FILE)
    assert (one.sha256, one.file, one.kinds, one.warnings) == (two.sha256, two.file, two.kinds, two.warnings)
    assert [rule.ranges for rule in one.criteria] == [rule.ranges for rule in two.criteria]
    assert load(FULL + b"\n", FILE).sha256 != one.sha256
    assert load(FULL + b"\n", FILE).file == one.file


def test_a_rulebook_is_read_from_its_file_and_places_name_it(tmp_path: Path):
    path = tmp_path / "pravila.yaml"
    path.write_bytes(FULL)
    assert read(path).file == load(FULL, FILE).file
    path.write_bytes(FULL.replace(b"request: requested", b"request: zaprosen"))
    with pytest.raises(Problems) as caught:
        read(path)
    line = FULL[: FULL.index(b"request: requested")].count(b"\n") + 1
    assert [problem.line() for problem in caught.value.problems] == [f"{path}:{line}:12: neznan podatek »zaprosen«"]


def test_each_stage_tells_all_its_problems_and_hides_those_of_the_next():
    shape = "call: {title: T, reference: R, ▸yeer: 2026}\nfields: {a: {label: A, type: ▸dat}}\nconditions: {c: {text: T, test: b}}\n"
    content, expected = marked(
        "▸" + shape,
        "manjka »year«",
        "neznano ime »yeer« – ste mislili »year«?",
        "type: »dat« ni dovoljeno; na voljo: text, integer, decimal, euro, percent, date, yes_no, attachment, "
        "choice, choices, table – ste mislili »date«?",
    )
    assert lines(content) == expected
    anchor, expected = marked(
        content + "thresholds: ▸&a []\n", "sidra in sklici (& in *) niso dovoljeni; vrednost zapišite še enkrat"
    )
    assert lines(anchor) == expected
    meaning, expected = marked(
        content.replace("yeer", "year").replace("type: dat", "type: date").replace("test: b", "test: ▸b"),
        "neznan podatek »b«",
    )
    assert lines(meaning) == expected


# Random edits

places = st.integers(0, len(FULL))


@given(st.lists(st.tuples(places, st.integers(0, 12), st.sampled_from(WORDS)), min_size=1, max_size=3))
def test_random_edits_of_bytes_give_rules_or_problems_with_places(edits):
    content = FULL
    for at, length, word in edits:
        content = content[:at] + word + content[at + length :]
    found = outcome(content)
    assert isinstance(found, Rulebook) or all(line.startswith(f"{FILE}:") for line in found)


@given(st.randoms(use_true_random=False))
def test_random_edits_of_lines_give_rules_or_problems_with_places(rng: random.Random):
    rows = FULL.splitlines(keepends=True)
    for _ in range(rng.randint(1, 3)):
        at, other = rng.randrange(len(rows)), rng.randrange(len(rows))
        rows[at : at + rng.randint(0, 2)] = rng.choice([[], [rows[other]], [rows[at], rows[other]], [b"  " + rows[at]]])
    found = outcome(b"".join(rows))
    assert isinstance(found, Rulebook) or all(line.startswith(f"{FILE}:") for line in found)


VALUES = [index for index, line in enumerate(FULL.split(b"\n")) if b": " in line and not line.startswith(b"#")]


@given(st.sampled_from(VALUES), st.sampled_from(WORDS))
def test_any_value_replaced_by_any_word_gives_rules_or_problems_with_places(at, word):
    rows = FULL.split(b"\n")
    rows[at] = rows[at].split(b": ")[0] + b": " + word
    found = outcome(b"\n".join(rows))
    assert isinstance(found, Rulebook) or all(line.startswith(f"{FILE}:") for line in found)
