"""What the check says of settings that count nowhere, of percentages below 1, and of a member written twice."""

from __future__ import annotations

import pytest

from tests.engine.rulebook.linting import assert_said

REQUEST = "  request: requested\n"
SHARED = ("  request: requested\n", "  request: requested\n  fill: proportional\n")


def useless(name: str, fill: str) -> str:
    how = {"rank": "po vrsti (fill: rank)", "proportional": "sorazmerno (fill: proportional)"}[fill]
    return f"opozorilo: »{name}« šteje le, kjer se denar deli {how}; tu ne spremeni ničesar – izbrišite ga ali popravite »fill«"


@pytest.mark.parametrize(
    ("name", "value"),
    [("weight", "requested"), ("resharing", "false"), ("value_of_point", "{round: 2}"), ("last_cent", "first_in_rank")],
)
def test_in_rank_order_nothing_is_shared(name: str, value: str) -> None:
    assert_said([(REQUEST, f"{REQUEST}  ▸{name}: {value}\n")], useless(name, "proportional"))
    assert_said([(REQUEST, f"{REQUEST}  fill: proportional\n  {name}: {value}\n")])
    one_lot = ("B: {amount: 3000}", "B: {amount: 3000, fill: proportional}")
    assert_said([(REQUEST, f"{REQUEST}  {name}: {value}\n"), one_lot])


@pytest.mark.parametrize(("name", "value"), [("edge", "skip"), ("minimum_useful", "100")])
def test_in_proportion_nobody_meets_an_edge(name: str, value: str) -> None:
    assert_said([(REQUEST, f"{REQUEST}  fill: proportional\n  ▸{name}: {value}\n")], useless(name, "rank"))
    assert_said([(REQUEST, f"{REQUEST}  {name}: {value}\n")])


def test_a_lot_may_have_an_edge_of_its_own_where_it_is_filled_in_rank_order() -> None:
    lot = "B: {amount: 3000}"
    assert_said([SHARED, (lot, "B: {amount: 3000, ▸edge: skip}")], useless("edge", "rank"))
    assert_said([SHARED, (lot, "B: {amount: 3000, fill: rank, edge: skip}")])


def test_only_in_rank_order_a_limit_binds_in_one_way_or_another() -> None:
    limits = "  limits:\n"
    joint = "    joint: {amount: 900, per: all, lots: [B], ▸binds: edge, title: skupaj, article: 6. člen}\n"
    assert_said([SHARED, (limits, limits + joint)], useless("binds", "rank"))
    assert_said([(limits, limits + joint.replace("▸", ""))])


def test_a_value_that_stands_for_nothing_is_not_told() -> None:
    assert_said([(REQUEST, f"{REQUEST}  value_of_point: null\n")])


def fraction(shown: str, meant: str) -> str:
    return f"opozorilo: to je {shown} %, manj od enega odstotka; če ste mislili {meant} %, zapišite {meant}"


def test_a_percentage_below_1_is_probably_a_fraction() -> None:
    lots = "lots: {A: {amount: 1000}, B: {amount: 3000}}"
    lines = """lots: {A: {line: a}, B: {line: c}, C: {line: d}}
budget:
  amount: 4000
  lines:
    a: {percent: ▸0.6}
    b:
      percent_of_rest: ▸0.25
      lines: {c: {percent: ▸0.5}, d: {rest: true}}
    e: {rest: true, reserve: true}
    f: {percent: 1, reserve: true}
    g: {percent: 0, reserve: true}
"""
    assert_said([(lots + "\n", lines)], fraction("0,6", "60"), fraction("0,25", "25"), fraction("0,5", "50"))
    asides = f"{REQUEST}  set_asides: {{young: {{where: clean, percent: ▸0.2}}, old: {{where: clean, amount: 5}}}}\n"
    assert_said([(REQUEST, asides)], fraction("0,2", "20"))


def test_how_far_apart_marks_may_be_is_a_percentage_too() -> None:
    quality = "max: 5, weight: 2, round: 2}"
    own = "max: 5, weight: 2, round: 2, discrepancy: {percent: ▸0.3, then: agreed}}"
    assert_said([(quality, own)], fraction("0,3", "30"))
    members = "members: [A, B, C]}"
    sums = "members: [A, B, C], discrepancies: [{percent: ▸0.3, then: agreed}, {points: 0.5, then: agreed}]}"
    assert_said([(members, sums)], fraction("0,3", "30"))


def test_a_member_is_written_once() -> None:
    assert_said([("members: [A, B, C]", "members: [A, B, ▸A]")], "član »A« je zapisan dvakrat; eno ime izbrišite")
