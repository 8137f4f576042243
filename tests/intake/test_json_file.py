"""JSON: objects with their places, and every way in which a file is not what it should be."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Place
from razpis.intake import json_file
from razpis.intake.grid import Numeral
from razpis.intake.json_file import JsonGrid, read
from razpis.intake.report import Notes
from tests.intake.factories import said, told


def grid(text: str) -> JsonGrid:
    notes = Notes()
    found = read(text.encode(), "f.json", notes)
    assert notes.read(None).warnings == ()
    return found


def wrong(text: str, *, english: bool = False) -> list[str]:
    notes = Notes()

    def reading() -> None:
        read(text.encode(), "f.json", notes)
        notes.read(None)

    return told(reading) if english else said(reading)


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "a": "x"}, {"b": [], "id": "2"}]',
        ' \n[ {"id":1,"a":"x"}\n,\n{"b":[],"id":"2"} ] \n',
        '{"applications": [{"id": 1, "a": "x"}, {"b": [], "id": "2"}]}',
        '{ "applications" : [{"id": 1, "a": "x"}, {"b": [], "id": "2"}] } ',
        '\ufeff[{"id": 1, "a": "x"}, {"b": [], "id": "2"}]',
    ],
)
def test_objects_become_rows_under_all_keys_that_occur(text: str) -> None:
    found = grid(text)
    assert found.names == ["id", "a", "b"]
    assert found.rows == [["1", "x", None], ["2", None, []]]


def test_numbers_stay_as_they_were_written() -> None:
    (row,) = grid('[{"a": 12, "b": 1234.50, "c": 1e400, "d": -0.1, "e": [7]}]').rows
    assert row == ["12", "1234.50", "1e400", "-0.1", ["7"]]
    assert [type(cell) for cell in row] == [Numeral, Numeral, Numeral, Numeral, list]


@pytest.mark.parametrize("text", ["[]", " [ ] ", '{"applications": []}'])
def test_no_applications_at_all_are_no_rows(text: str) -> None:
    found = grid(text)
    assert (found.names, found.rows) == ([], [])


def test_places_of_objects_keys_and_values() -> None:
    found = grid('[\n {"id": 1,\n  "staff": [{"person": "A"},\n   {"person": "B"}]},\n {"id": 2}]')
    assert [found.row_place(row) for row in (0, 1)] == [Place("f.json", 2, 2), Place("f.json", 5, 2)]
    assert [found.header_place(column) for column in (0, 1)] == [Place("f.json", 2, 3), Place("f.json", 3, 3)]
    assert found.cell_place(0, 1) == Place("f.json", 3, 12)
    assert found.cell_place(0, 1, (1, "person")) == Place("f.json", 4, 15)
    assert found.cell_place(0, 1, (1, "hours")) == Place("f.json", 4, 4)
    assert found.cell_place(1, 0) == Place("f.json", 5, 9)
    assert found.cell_place(1, 1) == Place("f.json", 5, 2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: tu je potreben seznam vlog: [{…}, {…}]"),
        ("7", "1:1: tu je potreben seznam vlog: [{…}, {…}]"),
        ('{"applications": {}}', "1:18: tu je potreben seznam vlog: [{…}, {…}]"),
        ("{}", '1:1: manjka seznam vlog: {"applications": [...]} ali kar [...]'),
        ("[{]", "1:3: JSON: tu je potrebno ime v dvojnih narekovajih"),
        ('[{"id" 1}]', "1:8: JSON: za imenom manjka dvopičje"),
        ('[{"id": }]', "1:9: JSON: tu manjka vrednost"),
        ('[{"id": 1 "a": 2}]', "1:11: JSON: tu manjka vejica ali zaključni oklepaj"),
        ('[{"id": "1}]', "1:9: JSON: besedilo, ki se začne tu, nima zaključnega narekovaja"),
        ('[{"id": "a\nb"}]', "1:11: JSON: nova vrstica ali drug krmilni znak v besedilu; zapišite ga kot \\n"),
        ('[{"id": "\\x"}]', "1:10: JSON: neveljaven zapis za poševnico; poševnico zapišite dvakrat"),
        ('[{"id": "\\u12"}]', "1:11: JSON: za \\u morajo biti štiri šestnajstiške števke"),
        ('[{"id": 1}] x', "1:13: JSON: za koncem podatkov je še nekaj; odstranite to"),
        ('{"applications": []} {}', "1:22: JSON: za koncem podatkov je še nekaj; odstranite to"),
        ('[{"id": 1}', "1:11: JSON: tu manjka vejica ali zaključni oklepaj"),
        ('[{"id": 1},]', "1:12: JSON: tu manjka vrednost"),
        ("[", "1:2: JSON: tu manjka vrednost"),
        ("{1: 2}", "1:2: JSON: tu je potrebno ime v dvojnih narekovajih"),
        ('{"applications" []}', "1:17: JSON: za imenom manjka dvopičje"),
        ('{"applications": []', "1:20: JSON: tu manjka vejica ali zaključni oklepaj"),
        ('{"applications": [],}', "1:21: JSON: tu je potrebno ime v dvojnih narekovajih"),
        ("[\n {'id': 1}]", "2:3: JSON: tu je potrebno ime v dvojnih narekovajih"),
    ],
)
def test_what_is_not_json_is_told_at_its_place(text: str, problem: str) -> None:
    assert wrong(text) == [f"f.json:{problem}"]


def test_a_message_not_yet_translated_is_told_as_it_is() -> None:
    notes = Notes()
    reader = json_file._Reader("[]", "f.json", notes)
    assert said(lambda: reader._broken("Something new", 1)) == ["f.json:1:2: JSON: nepravilen zapis (Something new)"]


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_at_its_place(name: str) -> None:
    text = f'[{{"id": 1}}, {{"a": "{name}", "b": [{name}]}}]'
    column = text.rindex(name) + 1
    assert wrong(text, english=True) == [f"f.json:1:{column}: {name} is not a number; write a number or null"]


def test_a_key_written_twice_is_told_wherever_it_stands() -> None:
    assert wrong('[{"id": 1,\n"id": 2, "s": [{"p": 1, "p": 2}, {"p": 3}]}]') == [
        "f.json:2:1: »id« je v isti vlogi zapisan dvakrat (prvič v vrstici 1); enega odstranite",
        "f.json:2:25: »p« je v isti vlogi zapisan dvakrat (prvič v vrstici 2); enega odstranite",
    ]


def test_the_same_key_in_two_rows_of_a_table_is_not_twice() -> None:
    assert grid('[{"s": [{"p": 1}, {"p": 2}]}, {"s": []}]').names == ["s"]


def test_what_is_not_an_object_is_told_and_reading_goes_on() -> None:
    assert wrong('[1, {"id": 1}, [2], null]') == [
        f"f.json:1:{column}: vloga mora biti zapisana kot {{ime: vrednost, …}}" for column in (2, 16, 21)
    ]


def test_other_names_beside_the_list_are_told() -> None:
    assert wrong('{"aplications": 1, "applications": [], "x": {"y": [2]}, "applications": []}') == [
        "f.json:1:2: neznano ime »aplications« – ste mislili »applications«?",
        "f.json:1:40: neznano ime »x«",
        "f.json:1:57: »applications« je zapisan dvakrat; enega odstranite",
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"a": ' + "[" * 100_000, '{"a": ' * 100_000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert wrong(text)[-1].split(": ", 1)[1] == "zapis je gnezden pregloboko; odstranite odvečne oklepaje"


def test_more_applications_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "MAX_ROWS", 1)
    assert grid("[{}]").rows == [[]]
    assert wrong("[{}, {}]") == ["f.json:1:6: vlog je več kot 1, več jih ne beremo; preverite, ali je datoteka prava"]
