"""Roles that may not meet in one person."""

from __future__ import annotations

from itertools import combinations

import pytest

from razpis.procedure.roles import INCOMPATIBLE, OFFICIAL, Role, conflicts

A, M, P, O, R, S, I, U, D = (role for role in Role if role is not Role.SYSTEM)  # noqa: E741


@pytest.mark.parametrize(
    ("roles", "pairs"),
    [
        ((), []),
        ((A,), []),
        ((M, P), []),
        ((O, R), []),
        ((O, S), []),
        ((O, D), []),
        ((A, O), [(A, O)]),
        ((D, A), [(A, D)]),
        ((S, M), [(M, S)]),
        ((I, P), [(P, I)]),
        ((S, I), [(S, I)]),
        ((U, O), [(O, U)]),
        ((O, Role.SYSTEM), [(O, Role.SYSTEM)]),
        ((M, S, I), [(M, S), (M, I), (S, I)]),
    ],
)
def test_pairs_that_may_not_meet(roles: tuple[Role, ...], pairs: list[tuple[Role, Role]]) -> None:
    assert [(found.first, found.second) for found in conflicts(roles)] == pairs


@pytest.mark.parametrize("official", OFFICIAL)
def test_an_applicants_user_holds_no_official_role(official: Role) -> None:
    (found,) = conflicts([official, A])
    assert found.text.sl.startswith("Kdor zastopa prijavitelja, ne more imeti uradne vloge")


@pytest.mark.parametrize("role", [role for role in Role if role is not U])
def test_an_auditor_holds_no_other_role(role: Role) -> None:
    assert len(conflicts([U, role])) == 1


def test_every_other_pair_is_allowed() -> None:
    free = [set(pair) for pair in combinations(Role, 2) if not conflicts(pair)]
    assert free == [
        {M, P}, {M, O}, {M, R}, {M, D}, {P, O}, {P, R}, {P, D},
        {O, R}, {O, S}, {O, I}, {O, D}, {R, S}, {R, I}, {R, D}, {S, D}, {I, D},
    ]  # fmt: skip


def test_each_pair_is_listed_once_in_the_order_of_the_roles() -> None:
    order = list(Role)
    pairs = [(order.index(found.first), order.index(found.second)) for found in INCOMPATIBLE]
    assert pairs == sorted(set(pairs))
    assert [pair for pair in pairs if pair[0] >= pair[1]] == []
