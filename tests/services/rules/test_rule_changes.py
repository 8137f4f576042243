"""Which values of two rulebooks differ: values one by one, a part that only one of them has told once."""

from __future__ import annotations

import pytest

from razpis.services.rules.rule_changes import RuleChange, rule_changes

ONE = {"total.max": "10", "criteria.a.max": "5", "criteria.a.kind": "marks", "criteria.b.max": "5"}


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (ONE, ()),
        ({**ONE, "total.max": "12"}, (RuleChange("total.max", "10", "12"),)),
        ({**ONE, "total.round": "2"}, (RuleChange("total.round", None, "2"),)),
        ({**ONE, "lots.A.amount": "2", "lots.B.amount": "3"}, (RuleChange("lots", None, "2", part=True),)),
        (
            {path: value for path, value in ONE.items() if not path.startswith("criteria.a.")},
            (RuleChange("criteria.a", "5", None, part=True),),
        ),
        ({}, (RuleChange("total", "10", None, part=True), RuleChange("criteria", "5", None, part=True))),
        (None, None),
    ],
)
def test_what_differs(after: dict[str, str] | None, changes: tuple[RuleChange, ...] | None) -> None:
    assert rule_changes(ONE, after) == changes


def test_a_result_without_rules_cannot_be_compared() -> None:
    assert rule_changes(None, ONE) is None
