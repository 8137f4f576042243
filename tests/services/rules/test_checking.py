"""Checking a rulebook: the example call passes with all its examples, a broken one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from razpis.assets import ASSETS
from razpis.engine.problems import Problems
from razpis.services.rules.checking import check

CALL = ASSETS / "scoring_rules" / "maribor-humanitarni-2026.yaml"


def test_the_example_call_agrees_with_itself_and_with_its_examples() -> None:
    checked = check(CALL)
    assert checked.rulebook.warnings == ()
    assert (checked.examples.applications, checked.examples.expectations, checked.examples.problems) == (23, 47, ())


def test_a_changed_rule_fails_the_examples(tmp_path: Path) -> None:
    path = tmp_path / "pravila.yaml"
    text = CALL.read_text("utf-8")
    changed = text.replace("- {from: 31, to: 50, points: 20}", "- {from: 31, to: 50, points: 25}")
    assert changed != text
    path.write_text(changed, "utf-8")
    (problem,) = check(path).examples.problems
    assert problem.text.sl == (
        "vloga 50 članov, Število članov: pričakovano 20, izračunano 25 – Število članov: 50 → razred 31–50 → 25 od "
        "50\u00a0točk (7. člen)"
    )
    line = text[: text.index('id: "50 članov"')].count("\n") + 1
    assert (problem.place.file, problem.place.line) == (str(path), line)


def test_a_rulebook_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pravila.yaml"
    text = CALL.read_text("utf-8")
    changed = text.replace("total: {max: 200, round: 2}", "total: {max: 190, round: 2}")
    assert changed != text
    path.write_text(changed, "utf-8")
    with pytest.raises(Problems) as caught:
        check(path)
    assert [problem.text.sl for problem in caught.value.problems] == [
        "največje navedeno število točk je 190, z merili pa jih je mogoče doseči 200 (Organizacija 80 + Kakovost programa 80 + "
        "Obseg in dostopnost programa 40); popravite »max« ali merila"
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        check(tmp_path / "ni.yaml")
    assert len(caught.value.problems) == 1
