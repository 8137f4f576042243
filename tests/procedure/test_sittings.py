"""Quorums after exclusions: who decides on one application, and in whose place."""

from __future__ import annotations

from razpis.procedure.commission import CommissionFunction
from razpis.procedure.sittings import Sitter, can_decide, deciding

PRESIDENT, MEMBER, DEPUTY, SECRETARY = CommissionFunction
SITTERS = (Sitter(1, PRESIDENT), Sitter(2, MEMBER), Sitter(3, MEMBER), Sitter(4, DEPUTY), Sitter(5, SECRETARY))


def with_substitute(replaces: int) -> list[Sitter]:
    return [*SITTERS[:3], Sitter(4, DEPUTY, replaces), SITTERS[4]]


def test_those_excluded_and_absent_do_not_decide() -> None:
    assert deciding([1, 2, 3, 5], SITTERS, []) == (PRESIDENT, MEMBER, MEMBER, SECRETARY)
    assert deciding([1, 2], SITTERS, [2]) == (PRESIDENT,)


def test_a_deputy_decides_only_in_place_of_somebody_excluded() -> None:
    assert deciding([1, 4], SITTERS, [2]) == (PRESIDENT,)
    assert deciding([1, 4], with_substitute(2), [3]) == (PRESIDENT,)
    assert deciding([1, 4], with_substitute(2), [2]) == (PRESIDENT, MEMBER)
    assert deciding([1, 4], with_substitute(2), [2, 4]) == (PRESIDENT,)
    assert deciding([1, 4], with_substitute(99), [99]) == (PRESIDENT,)


def test_a_substitute_of_the_president_presides() -> None:
    assert not can_decide([2, 3, 4], SITTERS, [1], 3)
    assert can_decide([2, 3, 4], with_substitute(1), [1], 3)
    assert not can_decide([2, 4], with_substitute(1), [1], 3)


def test_the_secretary_does_not_count() -> None:
    assert not can_decide([1, 2, 5], SITTERS, [], 3)
    assert can_decide([1, 2, 3], SITTERS, [], 3)
