"""The rulebook's own tests as they are written: applications with what the rules are expected to give them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field as Setting
from pydantic import PlainValidator, WithJsonSchema

from razpis.engine import money
from razpis.engine.rulebook.values import (
    Amount,
    Exact,
    Key,
    Label,
    Moment,
    Part,
    Words,
    _label,
    _number,
    _positive_euro,
    wrong,
)

CONFLICT = "conflict"

GivenMarks = tuple[tuple[str, money.Number | None], ...]
"""Marks by member; a member without a name has none (``""``); a recusal is ``None``."""


def _id(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _label(value)


def _marks(value: Any) -> GivenMarks:
    """``[8, 7.5, 9]`` or ``{member: 8, other: conflict}``."""
    if isinstance(value, list):
        return tuple(("", _points(one)) for one in value)
    if isinstance(value, dict) and value:
        return tuple((member, _points(one)) for member, one in value.items())
    raise wrong(
        "ocene zapišite kot seznam [8, 7.5, 9] ali po članih {Članica A: 8, Član B: conflict}",
        "write marks as a list [8, 7.5, 9] or by member {Member A: 8, Member B: conflict}",
    )


def _points(value: Any) -> money.Number | None:
    return None if value == CONFLICT else _number(value)


_SCHEMA_OF_MARKS = {
    "anyOf": [
        {"type": "array", "items": {"type": ["number", "string"]}},
        {"type": "object", "additionalProperties": {"type": ["number", "string"]}},
    ]
}


def _money(value: Any) -> dict[str, money.Number]:
    """``1000.00``, or ``{A: 1000.00}`` by lot; one amount alone stands under ``""``."""
    if not isinstance(value, dict):
        return {"": _positive_euro(value)}
    return {_label(lot): _positive_euro(amount) for lot, amount in value.items()}


_SCHEMA_OF_MONEY = {
    "anyOf": [
        {"type": ["number", "string"]},
        {"type": "object", "additionalProperties": {"type": ["number", "string"]}},
    ]
}
ExampleMoney = Annotated[dict[str, money.Number], PlainValidator(_money), WithJsonSchema(_SCHEMA_OF_MONEY)]
ExampleMarks = Annotated[GivenMarks, PlainValidator(_marks), WithJsonSchema(_SCHEMA_OF_MARKS)]
ExampleId = Annotated[str, PlainValidator(_id), WithJsonSchema({"type": ["string", "integer"], "maxLength": 200})]


class Expected(Part):
    """What the rules are expected to give; only what is stated is compared. ``award`` in euros."""

    points: Exact | None = None
    criteria: dict[Key, Exact] = Setting(default_factory=dict)
    outcome: (
        Literal[
            "granted",
            "part",
            "below_threshold",
            "no_money",
            "condition_failed",
            "dismissed",
            "not_scored",
            "open_tie",
            "ranked",
        ]
        | None
    ) = None
    place: int | None = Setting(default=None, ge=1)
    award: Amount | None = None
    limited_by: str | None = None


class ExampleApplication(Part):
    """One application of an example: answers, what the commission found and marked, what is expected.

    ``findings``: the established value by field, or by ``table.row.column`` with rows from 1.
    """

    id: ExampleId
    lot: Label | None = None
    applicant: Label | None = None
    submitted_at: Moment | None = None
    answers: dict[str, Any] = Setting(default_factory=dict)
    findings: dict[str, Any] = Setting(default_factory=dict)
    marks: dict[str, ExampleMarks] = Setting(default_factory=dict)
    expect: Expected = Setting(default=Expected())


class ExampleGroup(Part):
    """Applications evaluated together, as if there were no others.

    ``defaults`` and ``marks`` hold for each application that does not state its own; with ``as_before`` those
    of the group before hold too, where this one states no others. ``money`` replaces the money of the named
    lots, or of a call without lots.
    """

    title: Words
    money: ExampleMoney = Setting(default_factory=dict)
    as_before: bool = False
    defaults: dict[str, Any] = Setting(default_factory=dict)
    marks: dict[str, ExampleMarks] = Setting(default_factory=dict)
    applications: tuple[ExampleApplication, ...] = Setting(min_length=1, strict=False)
