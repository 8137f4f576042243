"""The JSON Schema of the rulebook file, for editors that complete and check while somebody types."""

from __future__ import annotations

import json
from typing import Any

from razpis.engine.rulebook.schema_words import words
from razpis.engine.rulebook.shape import RulebookFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_json() -> str:
    """The schema as text, the same on every run."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> dict[str, Any]:
    """The schema made of the models that check the file, with a line in both languages for every key.

    It is never stricter than the check itself, but looser: what depends on other parts of the file is only
    told by ``razpis check``.
    """
    whole = RulebookFile.model_json_schema(by_alias=True)
    parts = whole.pop("$defs")
    described = {name: _described(name, part) for name, part in parts.items()}
    file = {key: value for key, value in _described("RulebookFile", whole).items() if key != "description"}
    title = "Pravila javnega razpisa / the rules of a public call"
    return {"$schema": DIALECT, "title": title, **file, "$defs": described}


def _described(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """A part with the words of its keys."""
    properties = {}
    for key, value in part.get("properties", {}).items():
        told = words(name, key)
        plain = _plain(value)
        properties[key] = plain if told is None else {**plain, "description": f"{told.sl} / {told.en}"}
    return {**_plain({key: value for key, value in part.items() if key != "properties"}), "properties": properties}


def _plain(node: Any) -> Any:
    """Without titles made of names; names of keys checked whole, and told apart from unknown ones."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _plain(value) for key, value in node.items() if key not in ("title", "discriminator")}
    if "pattern" in found:
        found["pattern"] = f"^(?:{found['pattern']})$"
    for pattern, values in found.pop("patternProperties", {}).items():
        found |= {"propertyNames": {"pattern": f"^(?:{pattern})$"}, "additionalProperties": values}
    return found
