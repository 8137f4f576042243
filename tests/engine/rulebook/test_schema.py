"""The JSON Schema: complete, worded, the same as the committed file, and true of the rulebooks we have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from razpis.engine.rulebook import source
from razpis.engine.rulebook.schema import DIALECT, schema, schema_json
from razpis.engine.rulebook.schema_words import stale, words
from tests.engine.making import CALL
from tests.engine.rulebook.json_schema import KNOWN, faults

FOLDER = Path(__file__).resolve().parents[3] / "scoring_rules"
SCHEMA = schema()
PARTS: dict[str, Any] = {"RulebookFile": SCHEMA, **SCHEMA["$defs"]}
KEYS = {(name, key) for name, part in PARTS.items() for key in part["properties"]}


def test_the_committed_schema_is_up_to_date() -> None:
    """Written anew with ``razpis schema > scoring_rules/rulebook.schema.json``."""
    assert (FOLDER / "rulebook.schema.json").read_text("utf-8") == schema_json()


def test_every_key_has_its_words_and_no_words_are_left_over() -> None:
    silent = [f"{name}.{key}" for name, part in PARTS.items() for key in part["properties"] if words(name, key) is None]
    assert silent == []
    assert stale(KEYS) == set()
    assert stale(KEYS - {("Lot", "leftover_to"), ("Lot", "edge")}) == {"leftover_to", "Lot.edge"}


def test_words_stand_in_both_languages_where_the_key_stands() -> None:
    assert SCHEMA["properties"]["lots"]["description"] == (
        "sklopi razpisa, vsak s svojim denarjem in vrstnim redom / lots, each with its money and order"
    )
    assert PARTS["Relative"]["properties"]["to"]["description"].startswith("glede na vsoto")
    assert PARTS["Band"]["properties"]["to"]["description"] == "do vključno / to, included"
    assert words("Lot", "unheard_of") is None


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    yield value
    for key in ("properties", "$defs"):
        for inner in value.get(key, {}).values():
            yield from nodes(inner)
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(value.get(key), dict):
            yield from nodes(value[key])
    for key in ("anyOf", "oneOf"):
        for inner in value.get(key, []):
            yield from nodes(inner)


def test_only_known_words_of_json_schema_are_used_and_patterns_hold_for_the_whole() -> None:
    found = list(nodes(SCHEMA))
    assert {key for node in found for key in node} - KNOWN == {"$schema", "$defs", "title"}
    assert SCHEMA["$schema"] == DIALECT
    assert {node["pattern"][:4] + node["pattern"][-2:] for node in found if "pattern" in node} == {"^(?:)$"}


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: path.stem)
def test_our_rulebooks_fit(path: Path) -> None:
    assert faults(SCHEMA, source.parse(path.read_bytes(), path.name).data) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fields: {size: {type: integer, label: V}}", []),
        ("fields: {size: {type: integer, label: V, mn: 3}}", ["/fields/size: oneOf fits 0"]),
        ("fields: {Število: {type: integer, label: V}}", ["/fields/Število: not ^(?:[a-z][a-z0-9_]{0,59})$"]),
        ("fields: {}", ["/fields: too few"]),
        ("fields: {a: {type: text, label: V}}\nlots: {A: {amount: true}}", ["/lots/A/amount: anyOf fits 0"]),
        ("fields: {a: {type: text, label: V}}\nranking: {keys: [points, drw]}", ["/ranking/keys/1: anyOf fits 0"]),
        ("fields: {a: {type: text, label: V}}\ncomission: {}", ["/comission: unknown"]),
        (
            "fields: {a: {type: text, label: V}}\ncommission: {minimum_marks: 0}",
            ["/commission/minimum_marks: out of range"],
        ),
        (
            "fields: {a: {type: text, label: V}}\nthresholds: [{any_of: [{}]}]",
            ["/thresholds/0/any_of/0: of is missing"],
        ),
        ("fields: {a: {type: text, label: V}}\ntotal: 3", ["/total: not ['object']"]),
    ],
)
def test_the_schema_tells_what_the_check_tells(text: str, found: list[str]) -> None:
    assert faults(SCHEMA, source.parse((CALL + text).encode(), "pravila.yaml").data) == found
