"""A decimal comma inside the brackets of a function, where it makes two values of one."""

from __future__ import annotations

import pytest

from tests.engine.rulebook.linting import assert_said

VALUE = "    value: members\n"


def value(expression: str) -> tuple[str, str]:
    return VALUE, f"    value: floor({expression})\n"


def two(left: str, right: str) -> str:
    return (
        f"opozorilo: »{left},{right}« sta tu dve vrednosti; decimalno število pišite s piko ({left}.{right}), med "
        f"vrednostma pa za vejico dajte presledek ({left}, {right})"
    )


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("min(members * ▸0,1)", [two("0", "1")]),
        ("max(▸2,05, members)", [two("2", "05")]),
        ("min(members + (1 + 2) * ▸0,8)", [two("0", "8")]),
        ("min(members, ▸10,▸20,5)", [two("10", "20"), two("20", "5")]),
    ],
)
def test_two_values_where_one_was_probably_meant(expression: str, said: list[str]) -> None:
    assert_said([value(expression)], *said)


@pytest.mark.parametrize(
    "expression",
    ["min(members, 0, 1)", "round(members,2)", "min(members ,1)", "5 if members in (1,2) else 3", "max(members, 1, 2)"],
)
def test_values_that_are_clearly_two(expression: str) -> None:
    assert_said([value(expression)])
