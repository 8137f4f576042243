"""The certificate on a fill in rank order: each edge rule, where something does not fit."""

from __future__ import annotations

import pytest

from tests.engine.allocation.sharing import Ask, cents, divided, rules

FOUR = {"a": Ask(9, 600), "b": Ask(8, 500), "c": Ask(7, 300), "d": Ask(6, 100)}


@pytest.mark.parametrize(
    ("edge", "given"),
    [
        ("edge: part", {"b": (40000, "budget"), "c": (0, "budget"), "d": (0, "budget")}),
        ("edge: part, minimum_useful: 400", {"b": (40000, "budget"), "c": (0, "budget"), "d": (0, "budget")}),
        ("edge: part, minimum_useful: 400.01", {"b": (0, "budget"), "c": (30000, "request"), "d": (10000, "request")}),
        ("edge: skip", {"b": (0, "budget"), "c": (30000, "request"), "d": (10000, "request")}),
        ("edge: stop", {"b": (0, "budget"), "c": (0, "budget"), "d": (0, "budget")}),
    ],
)
def test_what_does_not_fit_meets_the_edge_rule(edge: str, given: dict[str, tuple[int, str]]) -> None:
    found = divided(rules(edge), **FOUR)
    assert cents(found) == {"a": (60000, "request"), **given}
    assert found.certificate.failing == ()
