"""What rounding leaves: to whom it goes, when it stays, and a certificate that knows both."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from razpis.engine.evaluation import Evaluation
from tests.engine.allocation.sharing import Ask, divided, rules
from tests.engine.certificate.refusing import certified, lot, refusals, said, with_awards

OWNERS = {"first_in_rank": "a", "last_in_rank": "c", "largest_award": "a", "largest_remainder": "b"}


def shared(owner: str, points: tuple[int, int, int] = (5, 4, 2), budget: str = "0.13") -> Evaluation:
    """A few cents by points, each rounded down: 5,90…, 4,72… and 2,36… leave two cents."""
    call = rules(f"fill: proportional, round: {{places: 2, mode: down}}, last_cent: {owner}", f"budget: {budget}")
    return divided(call, **{id_: Ask(point, 9) for id_, point in zip("abc", points, strict=True)})


@pytest.mark.parametrize("owner", OWNERS)
def test_the_owner_takes_it(owner: str) -> None:
    evaluation = shared(owner)
    expected = {"a": 5, "b": 4, "c": 2}
    for id_ in "ab" if owner == "largest_remainder" else [OWNERS[owner]] * 2:
        expected[id_] += 1
    assert {award.id: award.cents for award in said(evaluation).awards} == expected
    assert certified(evaluation, said(evaluation)).failing == ()


@pytest.mark.parametrize("owner", OWNERS)
def test_left_with_nobody_it_is_missed(owner: str) -> None:
    evaluation = shared(owner)
    bare = [replace(award, cents=award.cents - award.last_cents, last_cents=0) for award in said(evaluation).awards]
    found = refusals(certified(evaluation, with_awards(said(evaluation), *bare)))
    assert found["left"] == "razpis: ostane 0,02 EUR"
    assert set(found) == {"rounding", "left"} | ({"shares"} if owner != "largest_remainder" else set())


def test_given_to_another_it_is_refused() -> None:
    evaluation = shared("first_in_rank")
    first, second, third = said(evaluation).awards
    moved = [replace(first, cents=6, last_cents=1), replace(second, cents=5, last_cents=1)]
    assert set(refusals(certified(evaluation, with_awards(said(evaluation), *moved, third)))) == {"rounding"}


def test_with_nobody_as_owner_it_stays() -> None:
    evaluation = shared("nobody")
    assert (certified(evaluation, said(evaluation)).ok, evaluation.lots[0].left) == (True, 2)
    assert refusals(certified(evaluation, lot(evaluation, "", amount=14))) == {
        "sums": "razpis, razpisano: v izidu 0,14 EUR, po pravilih 0,13 EUR"
    }


def test_two_equals_leave_it_and_so_do_those_who_may_have_no_more() -> None:
    evaluation = shared("first_in_rank", (4, 4, 3))
    assert (certified(evaluation, said(evaluation)).ok, evaluation.lots[0].left) == (True, 2)
    full = rules("fill: proportional, round: {places: 0, mode: down}, last_cent: first_in_rank", "budget: 10.90")
    wants = divided(full, a=Ask(5, 5), b=Ask(4, 6), c=Ask(1, 9))
    assert certified(wants, said(wants)).ok


def claimed(evaluation: Evaluation, **given: int) -> dict[str, str]:
    """The refusals where these cents are claimed; what is named as the remainder of rounding stays."""
    changed = [replace(award, cents=given.get(award.id, award.cents)) for award in said(evaluation).awards]
    return refusals(certified(evaluation, with_awards(said(evaluation), *changed)))


def test_one_cent_left_is_missed_where_its_owner_may_take_it() -> None:
    """The first is due 7 of 13 cents."""
    assert claimed(shared("first_in_rank"), a=6)["left"] == "razpis: ostane 0,01 EUR"


def test_what_is_missed_is_told_in_english_too() -> None:
    evaluation = shared("first_in_rank")
    first, *others = said(evaluation).awards
    changed = with_awards(said(evaluation), replace(first, cents=6), *others)
    assert refusals(certified(evaluation, changed), "en")["left"] == "the call: left 0.01 EUR"


def test_a_lot_that_passed_its_cents_on_is_asked_for_them() -> None:
    """A has more than is asked for; B would use up its 13 cents, and what is missing of them went on to A."""
    lots = "lots: {A: {amount: 10}, B: {amount: 0.13, leftover_to: A}}"
    call = rules("fill: proportional, round: {places: 2, mode: down}, last_cent: first_in_rank", lots)
    evaluation = divided(call, x=Ask(1, 5, lot="A"), **{id_: Ask(at, 9, lot="B") for id_, at in (("a", 5), ("b", 4))})
    assert {award.id: award.cents for award in said(evaluation).awards} == {"x": 500, "a": 8, "b": 5}
    assert certified(evaluation, said(evaluation)).failing == ()
    assert claimed(evaluation, a=7)["left"] == "sklop B: ostane 0,01 EUR"


def test_money_that_just_suffices_leaves_nothing_to_ask_for() -> None:
    evaluation = divided(rules("fill: proportional, last_cent: first_in_rank"), a=Ask(1, 900), b=Ask(9, 100))
    assert [award.cents for award in said(evaluation).awards] == [10000, 90000]
    assert certified(evaluation, said(evaluation)).failing == ()


def test_a_cent_left_is_nobodys_where_each_owner_has_had_its_own_or_all_it_asked_for() -> None:
    call = rules("fill: proportional, round: {places: 2, mode: down}, last_cent: largest_remainder", "budget: 0.13")
    evaluation = divided(call, a=Ask(5, 9), b=Ask(4, 9), c=Ask(2, Fraction(3, 100)))
    assert "left" not in claimed(evaluation, a=5, b=4, c=3)


def test_a_cent_left_is_nobodys_where_another_sum_of_its_owner_is_full() -> None:
    """Of 10 cents a is due 3,33… and b 6,66…: b has had its cent, a may have 4 by its own sum."""
    stated = "last_cent: largest_remainder, limits: {cap: {amount: 0.04, per: all, where: young, binds: edge}}"
    call = rules(f"fill: proportional, round: {{places: 2, mode: down}}, {stated}", "budget: 0.10")
    evaluation = divided(call, a=Ask(1, 9, young=True), b=Ask(2, 9))
    assert {award.id: (award.cents, award.last_cents) for award in said(evaluation).awards} == {
        "a": (3, 0),
        "b": (7, 1),
    }
    assert "left" not in claimed(evaluation, a=4, b=5)
