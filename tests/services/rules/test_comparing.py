"""Two results side by side: what changed is told in words, numbers as each language writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from razpis.engine.problems import Problems
from razpis.exports.evaluation_json import evaluation_json
from razpis.services.rules.comparing import compare
from razpis.services.rules.comparison_table import comparison_table
from tests.engine.allocation.sharing import Ask, divided, rules


def result(folder: Path, allocation: str, budget: str = "budget: 1000", **asks: Ask) -> Path:
    """A folder with the result of these applications."""
    folder.mkdir()
    (folder / "evaluation.json").write_bytes(evaluation_json(divided(rules(allocation, budget), **asks), {}))
    return folder


def reasons(before: Path, after: Path) -> dict[str, tuple[str, str]]:
    """Why each application differs, in both languages."""
    return {
        one.id: ("; ".join(text.sl for text in one.reasons), "; ".join(text.en for text in one.reasons))
        for one in compare(before, after).differences
    }


ASKS = {"a": Ask(30, 700), "b": Ask(25, 500)}


def test_values_of_a_point_and_limits_in_words(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "fill: proportional", **ASKS)
    other = result(tmp_path / "two", "fill: proportional, limits: {cap: {amount: 450, title: Zgornja meja}}", **ASKS)
    assert reasons(one, other) == {
        "a": (
            "omejitev delitev po točkah → »Zgornja meja«; vrednost točke ≈\u00a018,181818 → –",
            "limit sharing by points → 'Zgornja meja'; value of a point ≈\u00a018.181818 → –",
        ),
        "b": (
            "omejitev delitev po točkah → »Zgornja meja«; vrednost točke ≈\u00a018,181818 → –",
            "limit sharing by points → 'Zgornja meja'; value of a point ≈\u00a018.181818 → –",
        ),
    }


def test_points_places_and_outcomes_in_words(tmp_path: Path) -> None:
    lots = "lots: {A: {title: Prvi, amount: 600}}"
    one = result(tmp_path / "one", "", lots, a=Ask(10, 600, lot="A"), b=Ask(9, 500, lot="A"))
    other = result(tmp_path / "two", "", lots, b=Ask(12, 500, lot="A"), a=Ask(10, 600, lot="A"))
    assert reasons(one, other) == {
        "a": (
            "mesto 1. → 2.; izid odobreno → delno odobreno; omejitev zaprošeni ali upravičeni znesek → sredstva sklopa "
            "Prvi",
            "place 1 → 2; outcome granted → partly granted; limit the amount requested or due → money of lot Prvi",
        ),
        "b": (
            "točke 9 → 12; mesto 2. → 1.; izid ni sredstev → odobreno; omejitev sredstva sklopa Prvi → zaprošeni ali "
            "upravičeni znesek",
            "points 9 → 12; place 2 → 1; outcome no money → granted; limit money of lot Prvi → the amount requested or "
            "due",
        ),
    }


def test_an_application_in_one_of_them_and_a_limit_without_a_title(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "limits: {cap: {amount: 100}}", a=Ask(1, 700))
    other = result(tmp_path / "two", "limits: {cap: {amount: 90}}", a=Ask(1, 700), b=Ask(0, 700))
    found = reasons(one, other)
    assert found["a"] == ("znesek omejitve", "amount of the limit")
    assert found["b"][0] == "točke – → 0; mesto – → 2.; izid – → delno odobreno; omejitev – → »cap«"


def test_the_table(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "", a=Ask(1, 700))
    other = result(tmp_path / "two", "", a=Ask(1, 800))
    table = comparison_table(compare(one, other), "sl").replace("\u00a0", " ").split("\n")
    assert table[0].split() == ["vloga", "prijavitelj", "prej", "potem", "razlika", "zakaj"]
    assert table[2].split("  ")[-1] == "znesek omejitve"
    assert table[-1] == "Nespremenjenih vlog: 0."


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"format": "other"}'])
def test_what_is_no_result(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "evaluation.json"
    path.write_bytes(content)
    with pytest.raises(Problems) as caught:
        compare(path, path)
    assert caught.value.problems[0].text.sl == "to ni izid (evaluation.json), ki ga zapiše razpis evaluate"
    with pytest.raises(Problems):
        compare(tmp_path / "none.json", path)


def test_points_alone_and_what_did_not_change(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "", a=Ask(9, 100), b=Ask(5, 100))
    other = result(tmp_path / "two", "", a=Ask(8, 100), b=Ask(5, 100))
    assert reasons(one, other) == {"a": ("točke 9 → 8", "points 9 → 8")}
    assert compare(one, other).unchanged == 1
