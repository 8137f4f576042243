"""The reserve list: who is next, equals together, and none where the order is still open."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.evaluation import Evaluation, reserve_positions
from razpis.exports.evaluation_json import evaluation_json
from razpis.exports.result_table import result_table
from razpis.exports.results_csv import results_csv
from tests.engine.allocation.sharing import Ask, divided, rules

ASKS = {"a": Ask(9, 1000), "b": Ask(8, 10), "c": Ask(7, 0), "d": Ask(6, 5), "e": Ask(6, 7), "f": Ask(5, 3)}


def listed(allocation: str, still_tied: str = "shared", **asks: Ask) -> dict[str, int] | None:
    return reserve_positions(divided(rules(f"reserve_list: true, {allocation}", still_tied=still_tied), **asks))


def test_who_is_next_in_the_order_equals_together() -> None:
    assert listed("edge: stop", **ASKS) == {"b": 1, "d": 2, "e": 2, "f": 4}


def test_a_limited_number_of_recipients_leaves_the_others_in_reserve() -> None:
    assert listed("most_winners: 1", **ASKS | {"a": Ask(9, 10)}) == {"b": 1, "d": 2, "e": 2, "f": 4}


def test_where_the_money_has_ended_those_behind_the_last_recipient_and_below_the_threshold_are_on_it_too() -> None:
    tight = {"a": Ask(9, 2000), "b": Ask(8, 100), "c": Ask(7, 100)}
    for more in ("most_winners: 1", "most_winners: 2", "money_threshold: {at_most: 1}"):
        found = divided(rules(f"reserve_list: true, edge: stop, minimum_useful: 1500, {more}"), **tight)
        assert reserve_positions(found) == {"a": 1, "b": 2, "c": 3}
        assert found.certificate.failing == ()


@pytest.mark.parametrize(
    ("more", "expected"),
    [("most_winners: 1", ["b", "d"]), ("money_threshold: {at_most: 1}", ["d"]), ("edge: stop", ["d"])],
)
def test_one_to_whom_nothing_is_due_is_not_on_it(more: str, expected: list[str]) -> None:
    asked = {"a": Ask(9, 1000, 1000), "b": Ask(8, 100, 100), "c": Ask(7, 100, 0), "d": Ask(6, 100, 100)}
    found = divided(rules(f"reserve_list: true, limits: {{cap: {{amount: 0.9 * cost}}}}, {more}"), **asked)
    assert list(reserve_positions(found) or ()) == expected
    assert found.certificate.failing == ()


def test_no_list_where_the_rules_keep_none_or_divide_no_money() -> None:
    assert reserve_positions(divided(rules("edge: stop"), **ASKS)) is None


def test_no_list_yet_where_the_order_is_open() -> None:
    tied = {"a": Ask(9, 700), "b": Ask(9, 700), "c": Ask(8, 700)}
    assert listed("edge: skip", "open", **tied) == {}


def test_who_is_below_a_threshold_is_not_on_it() -> None:
    assert listed("edge: stop", a=Ask(9, 1000), b=Ask(8, 10)) == {"b": 1}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 600)), max_size=8))
def test_everybody_in_reserve_got_nothing_and_positions_follow_places(drawn) -> None:
    found = divided(rules("reserve_list: true, edge: skip"), **{f"v{at}": Ask(*one) for at, one in enumerate(drawn)})
    positions = reserve_positions(found) or {}
    on_it = [line for line in found.lines if line.case.id in positions]
    assert all(line.outcome == "no_money" for line in on_it)
    places = {line.case.id: line.ranked.place for line in on_it if line.ranked}
    better = {id_: 1 + sum(other < place for other in places.values()) for id_, place in places.items()}
    assert positions == better


def _written(found: Evaluation) -> list[object]:
    return [line.get("reserve", "–") for line in json.loads(evaluation_json(found, {}))["lines"]]


def test_positions_stand_in_the_result_where_the_rules_keep_a_list() -> None:
    found = divided(rules("reserve_list: true, edge: stop"), a=Ask(9, 1000), b=Ask(8, 10))
    assert _written(found) == [None, 1]
    assert _written(divided(rules("edge: stop"), a=Ask(9, 1000))) == ["–"]
    head, _, first, second, *_ = result_table(found, "sl").strip().split("\n")
    assert head.split()[-1] == "rezerva"
    assert (first.split()[-1], second.split()[-1]) == (["1.000,00", "EUR"][-1], "1.")
    assert "reserve" in result_table(found, "en")
    assert results_csv(found).decode().splitlines() == [
        "place,id,lot,points,outcome,award,limited_by,reserve",
        "1,a,,9,granted,1000.00,request,",
        "2,b,,8,no_money,0.00,budget,1",
    ]
