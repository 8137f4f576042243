"""The common second pass: places over all lots, ties that wait, money that stays, and who passed on how much."""

from __future__ import annotations

import pytest

from razpis.engine.evaluation import Evaluation
from tests.engine.allocation.sharing import Ask, awards, divided, rules
from tests.engine.making import draw

SECOND = "leftovers: second_pass"
THREE = "lots: {A: {amount: 100}, B: {amount: 100}, C: {amount: 100}}"
DRAWN = "[points, draw]"


def passed(found: Evaluation) -> dict[str, tuple[int, int]]:
    """What each lot received and passed on; the certificate agrees with the whole."""
    assert found.certificate.failing == ()
    return {lot.lot: (lot.received, lot.given) for lot in found.lots}


@pytest.mark.parametrize("still_tied", ["shared", "open"])
def test_what_one_lot_leaves_goes_by_the_place_over_all_lots(still_tied: str) -> None:
    found = divided(
        rules(SECOND, THREE, still_tied, DRAWN),
        a=Ask(9, 150, lot="A"),
        b=Ask(5, 80, lot="A"),
        c=Ask(8, 150, lot="B"),
        d=Ask(7, 30, lot="B"),
        e=Ask(1, 20, lot="C"),
    )
    assert {id_: (one.passes, one.limited_by) for id_, one in awards(found).items()} == {
        "a": ((("general", 10000), ("second_pass", 5000)), "request"),
        "b": ((("general", 0), ("second_pass", 0)), "second_pass"),
        "c": ((("general", 10000), ("second_pass", 3000)), "second_pass"),
        "d": ((("general", 0), ("second_pass", 0)), "second_pass"),
        "e": ((("general", 2000),), "request"),
    }
    assert passed(found) == {"A": (5000, 0), "B": (3000, 0), "C": (0, 8000)}
    assert {id_: one.wish.lot for id_, one in awards(found).items()} == {
        "a": "A",
        "b": "A",
        "c": "B",
        "d": "B",
        "e": "C",
    }


def test_a_lot_whose_tie_is_open_passes_nothing_on() -> None:
    found = divided(
        rules(SECOND, THREE, "open", DRAWN),
        a=Ask(9, 150, lot="A"),
        b=Ask(8, 40, lot="B"),
        c=Ask(5, 90, lot="C"),
        d=Ask(5, 90, lot="C"),
    )
    assert {id_: (one.cents, one.undecided) for id_, one in awards(found).items()} == {
        "a": (15000, False),
        "b": (4000, False),
        "c": (0, True),
        "d": (0, True),
    }
    assert passed(found) == {"A": (5000, 0), "B": (0, 5000), "C": (0, 0)}
    assert [lot.left for lot in found.lots] == [0, 1000, 10000]


def test_what_nobody_uses_stays_in_the_last_lots() -> None:
    found = divided(
        rules(SECOND, THREE), a=Ask(9, 130, lot="A"), b=Ask(8, 80, lot="B"), c=Ask(7, 50, lot="C"), d=Ask(6, 5, lot="C")
    )
    assert passed(found) == {"A": (3000, 0), "B": (0, 2000), "C": (0, 1000)}
    assert [lot.left for lot in found.lots] == [0, 0, 3500]


def test_money_that_lots_keep_together_is_passed_on_once() -> None:
    """Of A and B 100 EUR are kept for the young and stay; of the other 100 EUR 50 are spent and 50 passed on."""
    kept = "set_asides: {kept: {where: young, amount: 100, unused: stays, lots: [A, B]}}"
    lots = "lots: {A: {amount: 100}, B: {amount: 100}, C: {amount: 10}}"
    found = divided(
        rules(f"{SECOND}, {kept}", lots), a=Ask(9, 30, lot="A"), b=Ask(8, 20, lot="B"), c=Ask(7, 200, lot="C")
    )
    assert {id_: one.cents for id_, one in awards(found).items()} == {"a": 3000, "b": 2000, "c": 6000}
    assert passed(found) == {"A": (0, 5000), "B": (0, 0), "C": (5000, 0)}


def test_equals_that_a_draw_put_in_order_keep_it_among_all_lots() -> None:
    lots = "lots: {A: {amount: 100}, B: {amount: 100}, C: {amount: 0}}"
    asks = {
        "x": Ask(9, 100, lot="A"),
        "a": Ask(5, 90, lot="A"),
        "b": Ask(5, 90, lot="A"),
        "z": Ask(8, 40, lot="B"),
        "c": Ask(1, 50, lot="C"),
    }
    found = divided(rules(SECOND, lots, keys=DRAWN), draw("A:2", "b", "a"), **asks)
    assert {id_: one.cents for id_, one in awards(found).items()} == {"x": 10000, "a": 0, "b": 6000, "z": 4000, "c": 0}
    assert passed(found) == {"A": (6000, 0), "B": (0, 6000), "C": (0, 0)}


@pytest.mark.parametrize(
    ("still_tied", "given"),
    [("shared", {"a": (13000, False), "b": (13000, False)}), ("open", {"a": (10000, True), "b": (10000, True)})],
)
def test_equals_of_two_lots_share_it_or_wait_for_it(still_tied: str, given: dict[str, tuple[int, bool]]) -> None:
    asks = {"a": Ask(5, 150, lot="A"), "b": Ask(5, 150, lot="B"), "c": Ask(9, 40, lot="C")}
    found = divided(rules(SECOND, THREE, still_tied, DRAWN), **asks)
    told = {id_: (one.cents, one.undecided) for id_, one in awards(found).items() if id_ != "c"}
    assert told == given
    assert passed(found)["C"] == (0, 6000 if still_tied == "shared" else 0)


@pytest.mark.parametrize(
    ("stated", "second"),
    [("", 5550), (", round: 0", 5500), (", minimum_useful: 55.50", 5550), (", minimum_useful: 55.51", 0)],
)
def test_the_edge_of_the_second_pass_keeps_to_the_unit_and_to_what_is_useful(stated: str, second: int) -> None:
    lots = "lots: {A: {amount: 100}, B: {amount: 100.50}}"
    found = divided(rules(f"{SECOND}{stated}", lots), a=Ask(9, 200, lot="A"), b=Ask(8, 45, lot="B"))
    assert dict(awards(found)["a"].passes)["second_pass"] == second
    assert found.certificate.failing == ()
