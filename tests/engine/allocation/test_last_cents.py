"""The last cents: the owner in every way of naming it, joint sums that bar it, equals that take them together."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.evaluation import Evaluation
from tests.engine.allocation.sharing import Ask, awards, divided, only_lot, rules

BY_LINE = "[line]"


def given(evaluation: Evaluation) -> dict[str, tuple[int, int]]:
    """Cents, and those of them that rounding had left, by application; the certificate agrees."""
    assert evaluation.certificate.failing == ()
    return {id_: (award.cents, award.last_cents) for id_, award in awards(evaluation).items()}


def shared(owner: str, budget: str, keys: str = "[points]", limits: str = "", **asks: Ask) -> Evaluation:
    stated = f"fill: proportional, round: {{places: 2, mode: down}}, last_cent: {owner}{limits}"
    return divided(rules(stated, f"budget: {budget}", keys=keys), **asks)


@pytest.mark.parametrize(
    ("owner", "cents"),
    [
        ("first_in_rank", {"a": (4, 2), "b": (5, 0), "c": (4, 0)}),
        ("last_in_rank", {"a": (2, 0), "b": (5, 0), "c": (6, 2)}),
        ("largest_award", {"a": (2, 0), "b": (7, 2), "c": (4, 0)}),
        ("largest_remainder", {"a": (2, 0), "b": (6, 1), "c": (5, 1)}),
        ("nobody", {"a": (2, 0), "b": (5, 0), "c": (4, 0)}),
    ],
)
def test_each_owner_is_another_where_the_largest_award_is_neither_first_nor_last(
    owner: str, cents: dict[str, tuple[int, int]]
) -> None:
    """13 cents by 2, 5 and 4 points: 2,36…, 5,90… and 4,72…"""
    assert given(shared(owner, "0.13", BY_LINE, a=Ask(2, 9), b=Ask(5, 9), c=Ask(4, 9))) == cents


def test_equals_for_whom_it_just_suffices_take_it_together() -> None:
    """2 cents by 3, 3 and 1 points: 0,85…, 0,85… and 0,28…"""
    asks = {"a": Ask(3, 9), "b": Ask(3, 9), "c": Ask(1, 9)}
    assert given(shared("largest_remainder", "0.02", **asks)) == {"a": (1, 1), "b": (1, 1), "c": (0, 0)}


@pytest.mark.parametrize("owner", ["first_in_rank", "largest_award"])
def test_equals_that_would_take_more_than_there_is_leave_it(owner: str) -> None:
    """5 cents by 3, 3 and 1 points: 2,14…, 2,14… and 0,71…"""
    found = shared(owner, "0.05", a=Ask(3, 9), b=Ask(3, 9), c=Ask(1, 9))
    assert given(found) == {"a": (2, 0), "b": (2, 0), "c": (0, 0)}
    assert only_lot(found).left == 1


def test_a_cent_taken_from_a_joint_sum_is_gone_for_the_others_in_it() -> None:
    """12 cents by 2, 2, 3 and 3 points: 2,4, 2,4, 3,6 and 3,6; a and b may have 5 together."""
    asks = {"a": Ask(2, 9, young=True), "b": Ask(2, 9, young=True), "c": Ask(3, 9), "d": Ask(3, 9)}
    limits = ", limits: {cap: {amount: 0.05, per: all, where: young}}"
    found = shared("first_in_rank", "0.12", BY_LINE, limits, **asks)
    assert given(found) == {"a": (3, 1), "b": (2, 0), "c": (4, 1), "d": (3, 0)}


def test_an_owner_takes_no_more_than_it_asked_for() -> None:
    """13 cents by 5, 4 and 2 points: 5,90…, 4,72… and 2,36…; the first asked for 6."""
    found = shared("first_in_rank", "0.13", a=Ask(5, Fraction(6, 100)), b=Ask(4, 9), c=Ask(2, 9))
    assert given(found) == {"a": (6, 1), "b": (5, 1), "c": (2, 0)}


def test_equals_barred_by_a_joint_sum_leave_it() -> None:
    """12 cents by 2, 2, 3 and 3 points: 2,4, 2,4, 3,6 and 3,6; the equals a and b may have 5 together."""
    asks = {"a": Ask(2, 9, young=True), "b": Ask(2, 9, young=True), "c": Ask(3, 9), "d": Ask(3, 9)}
    limits = ", limits: {cap: {amount: 0.05, per: all, where: young}}"
    found = shared("last_in_rank", "0.12", "[points]", limits, **asks)
    assert given(found) == {"a": (2, 0), "b": (2, 0), "c": (3, 0), "d": (3, 0)}
    assert only_lot(found).left == 2


def test_every_lot_has_its_own_last_cents_and_owner() -> None:
    """10 cents by 9 and 5 points in A: 6,42… and 3,57…; by 3 and 1 in B: 7,5 and 2,5."""
    asks = {"a": Ask(9, 9, lot="A"), "b": Ask(5, 9, lot="A"), "c": Ask(3, 9, lot="B"), "d": Ask(1, 9, lot="B")}
    stated = "fill: proportional, round: {places: 2, mode: down}, last_cent: first_in_rank"
    found = divided(rules(stated, "lots: {A: {amount: 0.10}, B: {amount: 0.10}}"), **asks)
    assert given(found) == {"a": (7, 1), "b": (3, 0), "c": (8, 1), "d": (2, 0)}


def test_half_cents_of_two_lots_make_no_cent_for_either() -> None:
    """A sum of 21 cents over two lots: 10,5 for each, and in neither lot a whole cent is left."""
    stated = "fill: proportional, last_cent: first_in_rank, limits: {cap: {amount: 0.21, per: all}}"
    lots = "lots: {A: {amount: 9}, B: {amount: 9}}"
    found = divided(rules(stated, lots), a=Ask(4, 9, lot="A"), b=Ask(4, 9, lot="B"))
    assert given(found) == {"a": (10, 0), "b": (10, 0)}


def test_only_what_is_less_for_it_counts_as_rounded_down() -> None:
    """9,03 by 1, 1 and 4 points: 150,5, 150,5 and 602 cents; rounded half up they would be one cent too many. In the
    other lot 66,66… and 33,33… make just its 100 cents when rounded so."""
    asks = {"a": Ask(1, 9, lot="A"), "b": Ask(1, 9, lot="A"), "c": Ask(4, 9, lot="A")}
    lots = "lots: {A: {amount: 9.03}, B: {amount: 1}}"
    call = rules("fill: proportional, last_cent: nobody", lots)
    found = divided(call, **asks, d=Ask(2, 9, lot="B"), e=Ask(1, 9, lot="B"))
    assert given(found) == {"a": (150, 0), "b": (150, 0), "c": (602, 0), "d": (67, 0), "e": (33, 0)}
    assert [id_ for id_, one in sorted(awards(found).items()) if one.rounded_down] == ["a", "b"]


def test_who_has_no_weight_falls_first_and_its_share_is_nothing() -> None:
    """9,00 by 0, 1 and 899 points with at least 5,00 each: first the one without weight, then the one with a cent."""
    call = rules("fill: proportional, minimum_grant: {amount: 5}", "budget: 9")
    found = divided(call, a=Ask(0, 9), b=Ask(1, 9), c=Ask(899, 9))
    assert given(found) == {"a": (0, 0), "b": (0, 0), "c": (900, 0)}
