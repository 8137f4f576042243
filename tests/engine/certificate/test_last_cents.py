"""What rounding leaves: to whom it goes, when it stays, and a certificate that knows both."""

from __future__ import annotations

from dataclasses import replace

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
