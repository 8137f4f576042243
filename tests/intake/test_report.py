"""Notes collect; reading gives the value with its warnings, or every problem."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Place, Problem, Problems, Text
from razpis.intake.report import Notes, Read, Refused, refused, shown

HERE = Place("f.csv", 2, 3)
THERE = Place("f.csv", 1, 1)


def test_warnings_come_with_the_value_in_the_order_of_their_places() -> None:
    notes = Notes()
    notes.warning(HERE, "drugo", "second")
    notes.warning(THERE, "prvo", "first")
    assert notes.read(7) == Read(
        7, (Problem(THERE, Text("prvo", "first"), True), Problem(HERE, Text("drugo", "second"), True))
    )


def test_one_problem_stops_the_value_and_takes_the_warnings_along() -> None:
    notes = Notes()
    notes.problem(HERE, "narobe", "wrong", Text(" – namig", " – hint"))
    notes.cell(HERE, "name", Text("prazno", "blank"))
    notes.warning(THERE, "prvo", "first")
    with pytest.raises(Problems) as caught:
        notes.read(None)
    assert [problem.line() for problem in caught.value.problems] == [
        "f.csv:1:1: opozorilo: prvo",
        "f.csv:2:3: narobe – namig",
        "f.csv:2:3: name: prazno",
    ]


def test_stop_raises_all_that_was_noted_before() -> None:
    notes = Notes()
    notes.problem(HERE, "narobe", "wrong")
    with pytest.raises(Problems) as caught:
        notes.stop(THERE, "konec", "the end")
    assert [problem.line("en") for problem in caught.value.problems] == ["f.csv:1:1: the end", "f.csv:2:3: wrong"]


def test_a_refusal_names_its_faults() -> None:
    found = Refused(((0, "age"), Text("a", "b")), ((), Text("c", "d")))
    assert str(found) == "b; d"
    assert refused("a", "b").faults == (((), Text("a", "b")),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kratko", "kratko"),
        ("č" * 60, "č" * 60),
        ("č" * 61, "č" * 59 + "…"),
        ("a\nb\x00c\u202ed\ud800", "a\ufffdb\ufffdc\ufffdd\ufffd"),
    ],
)
def test_what_is_shown_fits_on_one_line(text: str, line: str) -> None:
    assert shown(text) == line
