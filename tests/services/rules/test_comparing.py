"""Two results side by side: what changed is told in words, numbers as each language writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from razpis.engine.problems import Language, Problems
from razpis.exports.evaluation_json import evaluation_json
from razpis.services.rules.comparing import compare
from razpis.services.rules.comparison_table import comparison_table
from tests.engine.allocation.sharing import Ask, divided, rules


def result(folder: Path, allocation: str, budget: str = "budget: 1000", **asks: Ask) -> Path:
    """A folder with the result of these applications."""
    folder.mkdir()
    (folder / "evaluation.json").write_bytes(evaluation_json(divided(rules(allocation, budget), **asks), {}))
    return folder


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def reasons(before: Path, after: Path) -> dict[str, tuple[str, str]]:
    """Why each application differs, in both languages."""
    return {
        one.id: (_plain("; ".join(text.sl for text in one.reasons)), _plain("; ".join(text.en for text in one.reasons)))
        for one in compare(before, after).differences
    }


ASKS = {"a": Ask(30, 700), "b": Ask(25, 500)}


def test_values_of_a_point_and_limits_in_words(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "fill: proportional", **ASKS)
    other = result(tmp_path / "two", "fill: proportional, limits: {cap: {amount: 450, title: Zgornja meja}}", **ASKS)
    assert reasons(one, other) == {
        "a": (
            "omejitev delitev po točkah → »Zgornja meja«; vrednost točke ≈ 18,181818 → –",
            "limit sharing by points → 'Zgornja meja'; value of a point ≈ 18.181818 → –",
        ),
        "b": (
            "omejitev delitev po točkah → »Zgornja meja«; vrednost točke ≈ 18,181818 → –",
            "limit sharing by points → 'Zgornja meja'; value of a point ≈ 18.181818 → –",
        ),
    }


def test_points_places_and_outcomes_in_words(tmp_path: Path) -> None:
    lots = "lots: {A: {title: Prvi, amount: 600}}"
    one = result(tmp_path / "one", "", lots, a=Ask(10, 600, lot="A"), b=Ask(9, 500, lot="A"))
    other = result(tmp_path / "two", "", lots, b=Ask(12, 500, lot="A"), a=Ask(10, 600, lot="A"))
    assert reasons(one, other) == {
        "a": (
            "mesto 1. → 2.; izid odobreno → delno odobreno; omejitev zaprošeni ali upravičeni znesek → sredstva sklopa "
            "Prvi; ostanek zanjo 600,00 EUR → 100,00 EUR",
            "place 1 → 2; outcome granted → partly granted; limit the amount requested or due → money of lot Prvi; "
            "left for it 600.00 EUR → 100.00 EUR",
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
    assert found["a"] == ("»cap« 100,00 EUR → 90,00 EUR", "'cap' 100.00 EUR → 90.00 EUR")
    assert found["b"][0] == "točke – → 0; mesto – → 2.; izid – → delno odobreno; omejitev – → »cap«"


def test_what_each_pass_gives_more_or_less(tmp_path: Path) -> None:
    asks = {"a": Ask(30, 900), "b": Ask(20, 300), "c": Ask(10, 900)}
    shared = "fill: proportional, fixed_part: %s"
    one = result(tmp_path / "one", shared % 100, **asks)
    other = result(tmp_path / "two", shared % 200, **asks)
    found = reasons(one, other)
    assert found["c"] == (
        "vrednost točke 12,5 → 7,5; stalni del: +100,00 EUR; splošna delitev: -50,00 EUR",
        "value of a point 12.5 → 7.5; fixed part: +100.00 EUR; general division: -50.00 EUR",
    )


def test_a_second_pass_that_only_one_of_them_has(tmp_path: Path) -> None:
    lots = "lots: {A: {amount: 300}, B: {amount: 900}}"
    asks = {"a": Ask(9, 500, lot="A"), "b": Ask(9, 700, lot="B")}
    one, other = (result(tmp_path / name, f"leftovers: {name}", lots, **asks) for name in ("stay", "second_pass"))
    assert reasons(one, other) == {
        "a": (
            "izid delno odobreno → odobreno; omejitev sredstva sklopa A → zaprošeni ali upravičeni znesek; "
            "drugi krog: +200,00 EUR",
            "outcome partly granted → granted; limit money of lot A → the amount requested or due; "
            "second pass: +200.00 EUR",
        )
    }


def test_a_threshold_that_only_one_of_them_asks_for(tmp_path: Path) -> None:
    parts = {name: f"budget: 1000\nthresholds: [{{of: total, {name}: 9.5}}]" for name in ("at_least", "more_than")}
    either = "budget: 1000\nthresholds: [any_of: [{of: total, at_least: 10}, {of: it, at_least: 11}]]"
    asks = {"a": Ask(9, 500)}
    free = result(tmp_path / "free", "", **asks)
    for name, budget in {**parts, "either": either}.items():
        bound = result(tmp_path / name, "", budget, **asks)
        asked = ("1. po vrsti", "number 1") if name == "either" else ("9,5 točke", "9.5 points")
        sl, en = reasons(free, bound)["a"]
        assert sl.split("; ")[1:3] == ["izid odobreno → pod pragom", f"ni dosežen prag: {asked[0]}"]
        assert en.split("; ")[1:3] == ["outcome granted → below threshold", f"threshold not reached: {asked[1]}"]
        assert reasons(bound, free)["a"][0].split("; ")[2] == f"prej ni bil dosežen prag: {asked[0]}"


def test_a_threshold_that_follows_from_other_money(tmp_path: Path) -> None:
    asks = {"a": Ask(9, 700), "b": Ask(8, 600)}
    one, other = (
        result(tmp_path / name, "money_threshold: {at_most: 1}", f"budget: {name}", **asks) for name in ("1000", "1300")
    )
    assert "prag, ki sledi iz sredstev, 9 → 8" in reasons(one, other)["b"][0]


def test_another_part_of_the_same_joint_limit(tmp_path: Path) -> None:
    joint = "limits: {cap: {amount: 500, per: all, title: Skupaj največ 500}}"
    one = result(tmp_path / "one", joint, a=Ask(9, 200), b=Ask(8, 900))
    other = result(tmp_path / "two", joint, a=Ask(9, 300), b=Ask(8, 900))
    assert reasons(one, other)["b"] == (
        "drug del iste omejitve: »Skupaj največ 500«",
        "another part of the same limit: 'Skupaj največ 500'",
    )


def table(one: Path, other: Path, language: Language = "sl") -> list[str]:
    return _plain(comparison_table(compare(one, other), language)).split("\n")


def test_the_table(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "", a=Ask(1, 700))
    other = result(tmp_path / "two", "", a=Ask(1, 800))
    lines = table(one, other)
    assert lines[0].split() == ["vloga", "prijavitelj", "prej", "potem", "razlika", "zakaj"]
    assert lines[2].split("  ")[-1] == "upravičeni znesek 700,00 EUR → 800,00 EUR"
    assert lines[-1] == "Nespremenjenih vlog: 0."


def test_the_table_begins_with_the_rules_that_changed(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "edge: part", **ASKS)
    other = result(tmp_path / "two", "edge: skip, limits: {cap: {amount: 450}, all: {amount: 9000, per: all}}", **ASKS)
    assert table(one, other)[:4] == [
        "Spremenjena pravila: 2.",
        "  allocation.limits: dodano",
        "  allocation.edge: part → skip",
        "",
    ]
    assert table(other, one, "en")[:4] == [
        "Rules changed: 2.",
        "  allocation.edge: skip → part",
        "  allocation.limits: left out",
        "",
    ]


def test_of_many_changed_rules_the_first_are_listed(tmp_path: Path) -> None:
    lots = "lots: {" + ", ".join(f"L{at}: {{amount: %s}}" for at in range(15)) + "}"
    one, other = (
        result(tmp_path / amount, "", lots.replace("%s", amount), a=Ask(1, 5, lot="L0")) for amount in ("10", "20")
    )
    lines = table(one, other)
    assert lines[0] == "Spremenjena pravila: 15."
    assert lines[12:15] == ["  lots.L11.amount: 10 → 20", "  … in še 3", ""]


def changed(folder: Path, **parts: object) -> Path:
    """The result in ``folder`` with other parts, in a folder beside it."""
    document = json.loads((folder / "evaluation.json").read_bytes())
    beside = folder.with_name(folder.name + "-2")
    beside.mkdir()
    (beside / "evaluation.json").write_text(json.dumps({**document, **parts}))
    return beside


def test_rules_that_differ_in_words_and_other_files(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "", **ASKS)
    other = changed(one, rulebook_sha256="00" * 32, inputs={"marks": "ab", "draws": "cd"})
    assert table(one, other)[:3] == [
        "Pravila se razlikujejo le v besedilu.",
        "Razlikujejo se tudi podatki: ocene, žrebi.",
        "",
    ]
    assert table(one, one)[0].split()[0] == "vloga"


def test_a_result_of_an_older_engine_holds_no_rules(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "", **ASKS)
    document = json.loads((one / "evaluation.json").read_bytes())
    del document["rules"]
    (tmp_path / "old.json").write_text(json.dumps(document))
    assert table(tmp_path / "old.json", one, "en")[:2] == [
        "An older result does not tell which rules differ; evaluate it again.",
        "",
    ]


def test_two_calls_are_not_compared_without_a_word(tmp_path: Path) -> None:
    one = result(tmp_path / "one", "", **ASKS)
    call = {"title": {"sl": "Drugi", "en": "Second"}, "reference": {"sl": "9-9", "en": "9-9"}}
    lines = table(one, changed(one, call=call))
    assert lines[:2] == [
        "Pozor: to sta izida dveh različnih razpisov, »Zgled« (št. R-1) in »Drugi« (št. 9-9); zneski med njima niso "
        "primerljivi.",
        "",
    ]


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
