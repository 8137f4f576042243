"""The part of JSON Schema our schema is written in, checked the plain way: what is wrong with a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

KNOWN = {
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "default",
    "description",
    "enum",
    "format",
    "items",
    "maxLength",
    "maximum",
    "minItems",
    "minProperties",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "propertyNames",
    "required",
    "type",
}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, Decimal),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def faults(schema: Mapping[str, Any], value: Any) -> list[str]:
    """Everything wrong with ``value``, each with its path."""
    return list(_faults(schema, schema["$defs"], value, ""))


def _faults(schema: Any, parts: Mapping[str, Any], value: Any, path: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _faults(parts[schema["$ref"].rpartition("/")[2]], parts, value, path)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{path}: not {kinds}"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: not in {schema['enum']}"
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: out of range"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{path}: not {schema['pattern']}"
    if isinstance(value, str | list | dict) and len(value) < max(
        schema.get(key, 0) for key in ("minItems", "minProperties")
    ):
        yield f"{path}: too few"
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        yield f"{path}: too long"
    for key, least, most in (("anyOf", 1, None), ("oneOf", 1, 1)):
        if key in schema:
            fit = sum(1 for one in schema[key] if not list(_faults(one, parts, value, path)))
            if fit < least or fit > (most or fit):
                yield f"{path}: {key} fits {fit}"
    yield from _inside(schema, parts, value, path)


def _inside(schema: Any, parts: Mapping[str, Any], value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list) and "items" in schema:
        for at, item in enumerate(value):
            yield from _faults(schema["items"], parts, item, f"{path}/{at}")
    if not isinstance(value, dict):
        return
    yield from (f"{path}: {key} is missing" for key in schema.get("required", []) if key not in value)
    named, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key, item in value.items():
        if "propertyNames" in schema:
            yield from _faults(schema["propertyNames"], parts, key, f"{path}/{key}")
        if key in named:
            yield from _faults(named[key], parts, item, f"{path}/{key}")
        elif others is False:
            yield f"{path}/{key}: unknown"
        elif isinstance(others, dict):
            yield from _faults(others, parts, item, f"{path}/{key}")


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
