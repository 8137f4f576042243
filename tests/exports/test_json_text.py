"""Values of the engine as JSON text: the same as the standard library writes of them."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Text
from razpis.exports.json_text import Written, written, written_list, written_object


class Pair(NamedTuple):
    left: Any
    right: Any


class Nothing(NamedTuple):
    """Without members."""


@dataclass(frozen=True, slots=True)
class Record:
    first: Any
    second: Any


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (12, '"12"'),
        (Fraction(35, 2), '"17.5"'),
        (Fraction(94, 3), '"94/3"'),
        ('č "x"\n', '"č \\"x\\"\\n"'),
        (datetime.date(2026, 5, 4), '"2026-05-04"'),
        (datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC), '"2026-05-04T12:00:00+00:00"'),
        (Text("da", "yes"), '{"sl": "da", "en": "yes"}'),
        ((1, ("a", None)), '["1", ["a", null]]'),
        ([], "[]"),
        ({"a": 1, "100 %": {}}, '{"a": "1", "100 %": {}}'),
        (Pair(1, "%s"), '{"left": "1", "right": "%s"}'),
        (Nothing(), "{}"),
        (Record("a", (True,)), '{"first": "a", "second": [true]}'),
        (Written("[1]"), "[1]"),
    ],
)
def test_every_kind_of_value_is_written(value: Any, text: str) -> None:
    assert written(value) == text


def test_what_is_written_stands_as_it_is() -> None:
    inner = written_list(["1", written("a")])
    assert written_object({"n": inner, "s": "[1]"}) == '{"n": [1, "a"], "s": "[1]"}'


leaves = st.one_of(st.none(), st.booleans(), st.text())
trees = st.recursive(leaves, lambda below: st.one_of(st.lists(below), st.dictionaries(st.text(), below)), max_leaves=20)


@given(trees)
def test_plain_values_are_written_as_the_standard_library_writes_them(value: Any) -> None:
    assert written(value) == json.dumps(value, ensure_ascii=False)
