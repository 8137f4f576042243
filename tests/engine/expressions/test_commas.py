"""Decimals written with a comma."""

from __future__ import annotations

import pytest

from razpis.engine.expressions import NUMBER, TEXT, ExpressionFault, compile_expression
from razpis.engine.expressions.commas import commas


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("min(0,5 * a)", [(0, True, "0,5", "0.5", 4)]),
        ("1 + max (a, 2,05)", [(4, True, "2,05", "2.05", 12)]),
        ("a in (1,2)", [(5, False, "1,2", "1.2", 6)]),
        ("a in [1,2]", [(5, False, "1,2", "1.2", 6)]),
        ("min((a + 1) * 0,5, max(1,2))", [(0, True, "0,5", "0.5", 14), (19, True, "1,2", "1.2", 23)]),
        ("min(1, 2) + min(1 ,2) + round(a,2)", []),
    ],
)
def test_where_they_stand(source: str, found: list[tuple[object, ...]]) -> None:
    seen = [(one.brackets, one.of_function, one.written, one.number, one.offset) for one in commas(source)]
    assert seen == found


@pytest.mark.parametrize(
    ("source", "number"), [("floor(0,5)", "0.5"), ("a * (0,05)", "0.05"), ("a - [7,25]", "7.25"), ("count(1,5)", "1.5")]
)
def test_brackets_in_fault_because_of_one(source: str, number: str) -> None:
    with pytest.raises(ExpressionFault) as raised:
        compile_expression(source, {"a": NUMBER})
    assert raised.value.text.sl.endswith(f"; decimalno število pišite s piko ({number})")
    assert raised.value.text.en.endswith(f"; write decimals with a point ({number})")


@pytest.mark.parametrize("source", ["min(0,5, 1) + b", "b + min(0,5, 1)", "floor(0, 5)", "a * (0, 5)"])
def test_a_fault_that_has_nothing_to_do_with_it(source: str) -> None:
    with pytest.raises(ExpressionFault) as raised:
        compile_expression(source, {"a": NUMBER, "b": TEXT})
    assert "s piko" not in raised.value.text.sl
