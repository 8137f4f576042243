"""Every key and value of a JSON text stands where it is said to stand."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Place
from razpis.intake.json_places import Key, Lines, Value, offsets, walk
from razpis.intake.report import Inside

PLAIN = st.none() | st.booleans() | st.integers() | st.text()
DATA = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


def paths(data: object, path: Inside = ()) -> dict[Inside, object]:
    """Every value inside ``data`` by its path."""
    found: dict[Inside, object] = {path: data}
    if isinstance(data, dict):
        for key, value in data.items():
            found |= paths(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            found |= paths(value, (*path, at))
    return found


@given(DATA, st.sampled_from([None, 0, 2]), st.booleans())
def test_the_offset_of_every_value_leads_to_that_value(data: object, indent: int | None, escaped: bool) -> None:
    text = "  " + json.dumps(data, indent=indent, ensure_ascii=escaped)
    known = offsets(text, 2, len(text))
    decode = json.JSONDecoder().raw_decode
    assert {path: decode(text, offset)[0] for path, offset in known.items()} == paths(data)


def test_keys_come_with_their_own_offsets_also_twice() -> None:
    text = '{"a": {"b": 1, "b": [2]}}'
    assert list(walk(text, 0, len(text))) == [
        Value((), 0, "{"),
        Key(("a",), 1),
        Value(("a",), 6, "{"),
        Key(("a", "b"), 7),
        Value(("a", "b"), 12, "1"),
        Key(("a", "b"), 15),
        Value(("a", "b"), 20, "["),
        Value(("a", "b", 0), 21, "2"),
    ]


def test_offsets_become_lines_and_columns() -> None:
    lines = Lines("f.json", "ab\n\ncd")
    assert [lines.place(offset) for offset in (0, 1, 3, 4, 5)] == [
        Place("f.json", 1, 1),
        Place("f.json", 1, 2),
        Place("f.json", 2, 1),
        Place("f.json", 3, 1),
        Place("f.json", 3, 2),
    ]
