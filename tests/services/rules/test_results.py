"""A results folder read back: everything there, or what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from razpis.engine.problems import Problems, Text
from razpis.engine.trace import Correction
from razpis.services.rules.results import Results, load
from tests.web import calls


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return calls.written(tmp_path_factory.mktemp("results"), calls.rank(), ["V1", "430-12/2026"])


@pytest.fixture(scope="module")
def results(folder: Path) -> Results:
    return load(folder)


def problems(folder: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        load(folder)
    return [problem.line("sl").replace(str(folder), "DIR") for problem in caught.value.problems]


def changed(folder: Path, copy: Path, change: Callable[[Any], object]) -> Path:
    document = json.loads((folder / "evaluation.json").read_text("utf-8"))
    change(document)
    (copy / "evaluation.json").write_text(json.dumps(document), "utf-8")
    (copy / "results.csv").write_bytes((folder / "results.csv").read_bytes())
    return copy


def test_call_lots_ties_and_lines_are_read(results: Results) -> None:
    document = results.document
    assert document.call.title == Text("Programi za mlade in starejše", "Programmes for the young and the old")
    assert (document.call.reference.sl, document.call.year, document.call.example) == ("ZGLED-7/2026", 2026, True)
    assert [(lot.lot, lot.amount, lot.spent, lot.left) for lot in document.lots] == [
        ("young", 1_000_000, 1_000_000, 0),
        ("old", 300_000, 240_000, 60_000),
    ]
    assert [(tie.name, tie.ids, tie.settled) for tie in document.ties] == [("old:2", ("S2", "S3"), "open")]
    assert [(line.id, line.place, line.outcome, line.award) for line in document.lines] == [
        ("S1", 1, "granted", 240_000),
        ("S2", 2, "open_tie", 0),
        ("S3", 2, "open_tie", 0),
        ("V1", 1, "granted", 350_000),
        ("V2", 2, "part", 400_000),
        ("430-12/2026", 3, "part", 250_000),
        ("V4", 4, "no_money", 0),
        ("V5 #1?", None, "below_threshold", 0),
        ("V6", None, "condition_failed", 0),
        ("V7", None, "dismissed", 0),
        ("V8", None, "not_scored", 0),
    ]


def test_a_line_keeps_exact_points_and_its_reasons_in_both_languages(results: Results) -> None:
    first, corrected = results.line("V1"), results.line("V2")
    assert first is not None
    assert first.points == Fraction(97, 2)
    assert first.explanation["sl"].summary == "Odobreno v celoti: 3.500,00\u00a0EUR."
    assert first.explanation["en"].summary == "Granted in full: 3,500.00\u00a0EUR."
    assert corrected is not None
    assert corrected.explanation["sl"].corrections == (
        Correction("Število članov", "60", "40", "V seznamu članov jih je 40."),
    )


def test_a_line_is_found_by_its_id_and_stands_between_its_neighbours(results: Results) -> None:
    def ids(id_: str) -> list[str | None]:
        return [line.id if line else None for line in results.neighbours(id_)]

    assert results.line("V9") is None
    assert ids("S1") == [None, "S2"]
    assert ids("V1") == ["S3", "V2"]
    assert ids("V8") == ["V7", None]


@pytest.mark.parametrize(
    ("id_", "name"),
    [("V1", "V1.pdf"), ("430-12/2026", "430-12%2F2026.pdf"), ("V2", None), ("../results", None), ("", None)],
)
def test_a_decision_is_a_file_of_the_folder_or_there_is_none(results: Results, id_: str, name: str | None) -> None:
    path = results.decision(id_)
    assert path == (results.folder / "decisions" / name if name else None)


def test_both_original_files_are_fingerprinted(results: Results, folder: Path) -> None:
    assert results.table == (folder / "results.csv").read_bytes()
    assert results.hashes == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("results.csv", "evaluation.json")
    }


def test_open_data_names_no_member_and_no_answer_that_is_not_a_reason(results: Results, folder: Path) -> None:
    stored = json.loads((folder / "evaluation.json").read_text("utf-8"))
    public = json.loads(results.open_data)
    assert public["format"] == "razpis-evaluation/1-public"
    for name in ("Ana Novak", "Bor Kranjc", "Cilka Zupan"):
        assert name in (folder / "evaluation.json").read_text("utf-8")
        assert name not in results.open_data.decode()
    left_out = [set(old) - set(new) for old, new in zip(stored["lines"], public["lines"], strict=True)]
    assert left_out == [{"claims", "facts", "findings"}] * 11
    told = public["lines"][3]["explanation"]["sl"]["criteria"][1]["marks"]
    assert told == [
        {"member": "1", "points": "28", "reason": "Cilji so jasni."},
        {"member": "2", "points": "29", "reason": "Načrt je izvedljiv."},
        {"member": "3", "points": "", "reason": ""},
    ]


def test_a_rulebook_without_money_has_no_lots(tmp_path: Path) -> None:
    results = load(calls.written(tmp_path, calls.order()))
    assert results.document.lots == ()
    assert results.lot("") is None
    assert [(line.points, line.requested, line.outcome) for line in results.document.lines] == [
        (Fraction(25, 3), None, "ranked"),
        (Fraction(10, 3), None, "ranked"),
        (Fraction(10, 3), None, "ranked"),
    ]


def test_an_empty_folder_says_how_to_make_a_result(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        "DIR/evaluation.json:1:1: datoteke ni mogoče prebrati (No such file or directory); "
        "izid pripravi »razpis evaluate … --out DIR«"
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "evaluation.json").write_bytes(content)
    (tmp_path / "results.csv").write_bytes(b"")
    assert problems(tmp_path) == ["DIR/evaluation.json:1:1: to ni JSON v UTF-8"]


@pytest.mark.parametrize(("content", "found"), [("[]", None), ("{}", None), ('{"format": "razpis/9"}', "razpis/9")])
def test_another_format_is_refused(tmp_path: Path, content: str, found: str | None) -> None:
    (tmp_path / "evaluation.json").write_text(content)
    (tmp_path / "results.csv").write_bytes(b"")
    assert problems(tmp_path) == [
        f"DIR/evaluation.json:1:1: oblika je »{found}«, potrebna je »razpis-evaluation/1«: "
        "izid izračunajte z isto različico programa Razpis"
    ]


def test_every_value_that_does_not_fit_is_named(folder: Path, tmp_path: Path) -> None:
    def break_three(document: Any) -> None:
        document["lines"][0]["award"] = "12.5"
        document["lines"][1]["outcome"] = "perhaps"
        del document["lots"][0]["amount"]

    assert [line.split(": ")[1] for line in problems(changed(folder, tmp_path, break_three))] == [
        "lots.0.amount",
        "lines.0.award",
        "lines.1.outcome",
    ]


def test_the_same_application_twice_is_refused(folder: Path, tmp_path: Path) -> None:
    broken = changed(folder, tmp_path, lambda document: document["lines"].append(document["lines"][0]))
    assert problems(broken) == ["DIR/evaluation.json:1:1: ista vloga je navedena dvakrat"]
