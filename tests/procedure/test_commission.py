"""When a commission can decide."""

from __future__ import annotations

import pytest

from razpis.procedure.commission import FUNCTIONS, SMALLEST, CommissionFunction, has_quorum

PRESIDENT, MEMBER = CommissionFunction.PRESIDENT, CommissionFunction.MEMBER
DEPUTY, SECRETARY = CommissionFunction.DEPUTY, CommissionFunction.SECRETARY


@pytest.mark.parametrize(
    ("present", "quorum", "can"),
    [
        ([PRESIDENT, MEMBER, MEMBER], 3, True),
        ([PRESIDENT, MEMBER, DEPUTY], 3, True),
        ([PRESIDENT, MEMBER, SECRETARY], 3, False),
        ([MEMBER, MEMBER, MEMBER], 3, False),
        ([PRESIDENT, MEMBER], 3, False),
        ([PRESIDENT, MEMBER, MEMBER], 4, False),
        ([], 0, False),
    ],
)
def test_the_president_and_enough_of_those_who_vote(present: list[CommissionFunction], quorum: int, can: bool) -> None:
    assert has_quorum(present, quorum) is can


def test_every_function_has_its_words_and_three_is_the_least() -> None:
    assert list(FUNCTIONS) == list(CommissionFunction)
    assert SMALLEST == 3
