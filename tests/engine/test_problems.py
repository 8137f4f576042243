"""Problems: their line, their order, their two languages, and the nearest known name."""

from __future__ import annotations

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import MAX_COMPARED, Place, Problem, Problems, Text, did_you_mean, of_system

NOTE = Text("vrednost manjka; dopišite jo", "a value is missing; add it")
places = st.builds(Place, st.sampled_from(["a.yaml", "b.csv"]), st.integers(0, 5), st.integers(0, 5))


def test_a_problem_reads_file_line_column_and_what_to_do():
    problem = Problem(Place("pravila.yaml", 12, 3), NOTE)
    assert problem.line() == "pravila.yaml:12:3: vrednost manjka; dopišite jo"
    assert problem.line("en") == "pravila.yaml:12:3: a value is missing; add it"


def test_a_warning_says_that_it_is_one():
    warning = Problem(Place("pravila.yaml", 12, 3), NOTE, warning=True)
    assert warning.line("sl") == "pravila.yaml:12:3: opozorilo: vrednost manjka; dopišite jo"
    assert warning.line("en") == "pravila.yaml:12:3: warning: a value is missing; add it"


@pytest.mark.parametrize(
    ("place", "written"),
    [(Place("a"), "a:1:1"), (Place("a", 7), "a:7:1"), (Place("a", 7, 9), "a:7:9")],
)
def test_a_place_that_is_the_whole_file_points_to_its_beginning(place, written):
    assert str(place) == written


def test_texts_are_joined_language_by_language():
    joined = NOTE + Text("!", "?")
    assert (joined["sl"], joined["en"]) == ("vrednost manjka; dopišite jo!", "a value is missing; add it?")


@given(st.lists(places, max_size=12))
def test_problems_come_in_the_order_of_their_places(found):
    raised = Problems(Problem(place, NOTE) for place in found)
    assert [problem.place for problem in raised.problems] == sorted(found)
    assert str(raised).split("\n") == [f"{place}: {NOTE.en}" for place in sorted(found)] or [""]


def test_problems_at_one_place_keep_the_order_in_which_they_were_found():
    first, second = (Problem(Place("a", 1, 1), Text(word, word)) for word in ("z", "a"))
    assert Problems([first, second]).problems == (first, second)


def test_the_nearest_known_name_is_offered():
    assert did_you_mean("membrs", ["title", "members"]) == Text(
        " – ste mislili »members«?", " – did you mean 'members'?"
    )


@pytest.mark.parametrize("known", [[], ["title"], ["x" * 40]])
def test_nothing_is_offered_where_nothing_is_near(known):
    assert did_you_mean("membrs", known) == Text("", "")


def test_a_name_is_compared_with_a_bounded_number_of_others():
    known = [f"{'x' * 20}{at}" for at in range(MAX_COMPARED)]
    assert did_you_mean("members", [*known[1:], "members"]).sl == " – ste mislili »members«?"
    assert did_you_mean("members", [*known, "members"]) == Text("", "")


@pytest.mark.parametrize(
    ("number", "sl", "en"),
    [
        (errno.ENOENT, "datoteke ali mape ni", "there is no such file or folder"),
        (errno.EACCES, "ni dovoljenja", "permission denied"),
        (errno.ENOSPC, "na disku ni prostora", "the disk is full"),
        (errno.EXDEV, os.strerror(errno.EXDEV), os.strerror(errno.EXDEV)),
    ],
)
def test_what_the_system_refused_is_told_in_words(number, sl, en):
    assert of_system(OSError(number, os.strerror(number))) == Text(sl, en)


def test_a_system_that_gives_no_words_is_told_by_the_name_of_its_error():
    assert of_system(PermissionError()) == Text("PermissionError", "PermissionError")


@given(st.text(max_size=10), st.lists(st.text(min_size=1, max_size=10), max_size=5))
def test_what_is_offered_is_always_a_known_name(name, known):
    hint = did_you_mean(name, known)
    assert hint.sl in {"", *(f" – ste mislili »{word}«?" for word in known)}
