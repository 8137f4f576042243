"""Whatever bytes come in, what comes out is a value or Problems with places, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.cases import Case
from razpis.engine.problems import Problem, Problems
from razpis.intake import read_applications, read_draws, read_findings, read_marks
from razpis.intake.report import Read
from tests.intake.factories import HEADER, rulebook, written
from tests.intake.workbooks import part, parts, repacked, saved, workbook

RULES = rulebook(table=True, lots=True)
CSV = f'id;lot;{HEADER[3:]}\nV1;Sklop A;Ana;2026-02-09;"Š;\n""a""";12;1.234,50\nV2;Sklop B;;;b;1;100\n'.encode()
JSON = """{"applications": [{"id": "V1", "lot": "Sklop A", "name": "a\\u010d", "members": 12.0, "requested": 1e3,
 "groups": ["old"], "staff": [{"person": "Ana", "hours": 3}]}, {"id": "V2", "lot": "Sklop B", "humanitarian": true}]}"""
XLSX = saved(
    workbook(
        Vloge=[["id", "lot", "name", "members", "requested"], ["V1", "Sklop A", "a", 12, 1234.5]],
        staff=[["id", "person", "hours"], ["V1", "Ana", 3]],
    )
)
MARKS = "application,member,criterion,points,reason\nV1,Ana Č.,need,7.5,ker\nV2,Bojan,need,conflict,\n".encode()
FINDINGS = b"application;field;value;reason\nV1;members;10;a\nV1;staff.1.hours;2;b\n"
DRAWS = b"tie,order,seed\nA:1,V1|V2,\nB:1,,seme\n"
PIECES = st.sampled_from(
    [b'"', b";", b",", b"\n", b"\r", b"\x00", b"{", b"[", b"]", b"}", b"\xc4", b"\xff", b"1e9", b":"]
)
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 6), PIECES | st.binary(max_size=4))


def mutated(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """``content`` with some of its bytes replaced."""
    for where, length, piece in edits:
        at = int(where * len(content))
        content = content[:at] + piece + content[at + length :]
    return content


def ends_well(read: Callable[[], Read]) -> None:
    """Reading gives a value, or problems that all name the file and say something in both languages."""
    problems: tuple[Problem, ...] | None = None
    try:
        read()
    except Problems as found:
        problems = found.problems
    assert problems != ()
    for problem in problems or ():
        assert problem.place.file.startswith("f.")
        assert problem.text.sl
        assert problem.text.en
        assert "\n" not in problem.line("sl") + problem.line("en")


def cases() -> tuple[Case, ...]:
    path = written(JSON.replace("1e3", "1000"), "f.json")
    return read_applications(path, RULES).value


@given(st.sampled_from([".csv", ".json", ".xlsx"]), st.binary(max_size=400))
def test_random_bytes(kind: str, content: bytes) -> None:
    path = written(content, f"f{kind}")
    ends_well(lambda: read_applications(path, RULES))


@given(st.sampled_from([("f.csv", CSV), ("f.json", JSON.encode()), ("f.xlsx", XLSX)]), st.lists(EDIT, max_size=6))
def test_changed_applications(file: tuple[str, bytes], edits: list[tuple[float, int, bytes]]) -> None:
    path = written(mutated(file[1], edits), file[0])
    ends_well(lambda: read_applications(path, RULES))


@given(st.sampled_from(parts(XLSX)), st.lists(EDIT, min_size=1, max_size=4))
def test_changed_parts_of_a_workbook(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    path = written(repacked(XLSX, {name: mutated(part(XLSX, name), edits)}), "f.xlsx")
    ends_well(lambda: read_applications(path, RULES))


@given(st.sampled_from([MARKS, FINDINGS, DRAWS]), st.lists(EDIT, max_size=6))
def test_changed_marks_findings_and_draws(content: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    path = written(mutated(content, edits), "f.csv")
    known = cases()
    ends_well(lambda: read_marks(path, RULES, known))
    ends_well(lambda: read_findings(path, RULES, known))
    ends_well(lambda: read_draws(path))


@given(st.text(st.sampled_from('[]{}",:1e.-ntNaN \\u\n'), max_size=60))
def test_text_that_looks_like_json(text: str) -> None:
    path = written(text, "f.json")
    ends_well(lambda: read_applications(path, RULES))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["person", "hours", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*RULES.fields, "id", "lot", "submitted_at", "a\nb"]), JSON_VALUES), max_size=3
    )
)
def test_any_json_under_the_names_of_the_form(objects: list[dict]) -> None:
    path = written(json.dumps(objects), "f.json")
    ends_well(lambda: read_applications(path, RULES))


def test_the_files_that_are_changed_are_sound() -> None:
    for content, name in ((CSV, "f.csv"), (XLSX, "f.xlsx")):
        assert read_applications(written(content, name), RULES).value[0].id == "V1"
    known = cases()
    assert len(read_marks(written(MARKS, "f.csv"), RULES, known).value) == 2
    assert len(read_findings(written(FINDINGS, "f.csv"), RULES, known).value[0].findings) == 2
    assert len(read_draws(written(DRAWS, "f.csv")).value) == 2
