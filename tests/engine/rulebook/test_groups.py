"""The groups a rulebook tells apart by the options its criteria ask for."""

from __future__ import annotations

from razpis.engine.problems import Text
from razpis.engine.rulebook.groups import MOST_GROUPS, groups
from tests.engine.making import rulebook

FORM = """
fields:
  size: {type: integer, label: V}
  new: {type: yes_no, label: Nov}
  kind: {type: choice, label: Oblika, options: [a, b], required: false}
  area: {type: choice, label: Področje, options: [x, y]}
"""


def criterion(applies: str, key: str = "it") -> str:
    return f"  {key}: {{kind: formula, title: Merilo, points: 1, applies: {applies}}}\n"


def told(*parts: str) -> list[tuple[str, dict[str, bool | None]]]:
    return [(group.says().sl, dict(group.applies)) for group in groups(rulebook(FORM, *parts))]


def test_where_every_criterion_counts_all_are_one_group() -> None:
    assert told("criteria: {it: {kind: formula, title: Merilo, points: 1}}") == [("", {"it": True})]


def test_yes_and_no_are_two_groups() -> None:
    assert told("criteria:\n" + criterion("new")) == [("new = da", {"it": True}), ("new = ne", {"it": False})]
    (yes, _) = groups(rulebook(FORM, "criteria:\n" + criterion("new")))
    assert yes.says() == Text("new = da", "new = yes")


def test_an_answer_that_may_be_missing_is_a_group_of_its_own() -> None:
    assert told("criteria:\n" + criterion("kind == 'a' if answered(kind) else true")) == [
        ("kind = a", {"it": True}),
        ("kind = b", {"it": False}),
        ("kind = ni podatka", {"it": True}),
    ]


def test_lots_are_groups() -> None:
    lots = "lots: {A: {amount: 1}, B: {amount: 2}}\nallocation: {request: size}\n"
    assert told("criteria:\n" + criterion("lot == 'B'"), lots) == [
        ("lot = A", {"it": False}),
        ("lot = B", {"it": True}),
    ]


def test_what_a_number_decides_is_not_known() -> None:
    assert told("criteria:\n" + criterion("size > 3") + criterion("new", "other")) == [
        ("new = da", {"it": None, "other": True}),
        ("new = ne", {"it": None, "other": False}),
    ]


def test_derived_facts_are_unfolded_and_those_that_are_missing_stay_missing() -> None:
    derived = """
    derived:
      known: {label: Z, value: kind == 'a'}
      both: {label: B, value: (known if answered(known) else false) and new}
      large: {label: L, value: size > 3}
    """
    assert told(derived, "criteria:\n" + criterion("both and new")) == [
        ("kind = a, new = da", {"it": True}),
        ("kind = a, new = ne", {"it": False}),
        ("kind = b, new = da", {"it": False}),
        ("kind = b, new = ne", {"it": False}),
        ("kind = ni podatka, new = da", {"it": False}),
        ("kind = ni podatka, new = ne", {"it": False}),
    ]


def test_the_year_of_the_call_is_known() -> None:
    assert told("criteria:\n" + criterion("call_year > 2020")) == [("call_year = 2026", {"it": True})]


def test_an_expression_without_a_value_is_not_known() -> None:
    assert told("criteria:\n" + criterion("1 / 0 > 1")) == [("", {"it": None})]


def test_groups_the_conditions_refuse_are_left_out() -> None:
    only = "conditions: {only: {text: P, test: area == 'x'}, large: {text: L, test: size > 3}}\n"
    assert told(only, "criteria:\n" + criterion("area == 'y'")) == [("area = x", {"it": False})]
    nobody = "conditions: {only: {text: P, test: area == 'z'}}\n".replace("'z'", "'x' and area == 'y'")
    assert [group for group, _ in told(nobody, "criteria:\n" + criterion("area == 'y'"))] == ["area = x", "area = y"]


def test_too_many_groups_are_not_told_apart() -> None:
    fields = "".join(f"  q{at}: {{type: yes_no, label: Q}}\n" for at in range(13))
    applies = " and ".join(f"q{at}" for at in range(13))
    rules = rulebook("fields:\n" + fields, "criteria:\n" + criterion(applies))
    assert MOST_GROUPS < 2**13
    assert [dict(group.applies) for group in groups(rules)] == [{"it": None}]


def test_thresholds_have_groups_too() -> None:
    thresholds = "thresholds: [{of: total, at_least: 1, applies: new}, {of: it, at_least: 1}]\n"
    rules = rulebook(FORM, "criteria:\n" + criterion("area == 'x'"), thresholds)
    found = groups(rules)
    assert [(group.says().sl, dict(group.holds)) for group in found] == [
        ("area = x, new = da", {0: True, 1: True}),
        ("area = x, new = ne", {0: False, 1: True}),
        ("area = y, new = da", {0: True, 1: True}),
        ("area = y, new = ne", {0: False, 1: True}),
    ]
    assert [(group.counts(rules, "total"), group.counts(rules, "it")) for group in found] == [
        (True, True),
        (True, True),
        (True, False),
        (True, False),
    ]
