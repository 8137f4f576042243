"""Over the rows of a table a side of ``if … else``, ``and``, ``or`` counts only in the rows that need it."""

from __future__ import annotations

from typing import Any

import pytest

from razpis.engine.expressions import EvaluationFault, Missing, compile_expression
from razpis.engine.expressions.build import Picked, Sign
from tests.engine.expressions.terms import NAMES
from tests.engine.expressions.test_build import FACTS


def rows(*people: int | None) -> tuple[dict[str, Any], ...]:
    """Rows of price 10, 20 …, paid in turn, of so many people."""
    return tuple(
        {"price": 10 * at, "people": many, "sort": "x", "paid": at % 2 == 1} for at, many in enumerate(people, 1)
    )


THREE = FACTS | {"rows": rows(5, 0, 2), "members": 4}


def told(source: str, facts: dict[str, Any]) -> tuple[Any, str]:
    """The value with its derivation as one text; the value alone is the same."""
    expression = compile_expression(source, NAMES)
    value, parts = expression.derive(facts)
    assert expression.value(facts) == value
    values = (part.value if isinstance(part, Picked) else part for part in parts)
    return value, " ".join(part.text if isinstance(part, Sign) else str(part) for part in values)


@pytest.mark.parametrize(
    ("source", "value", "derivation"),
    [
        (
            "rows.price / rows.people if rows.people > 0 else 0",
            (2, 0, 15),
            "(10, 30) / (5, 2) if (5, 0, 2) > 0 else 0",
        ),
        ("0 if rows.people == 0 else 10 / rows.people", (2, 0, 5), "0 if (5, 0, 2) = 0 else 10 / (5, 2)"),
        ("1 / 0 if rows.people < 0 else rows.price", (10, 20, 30), "– if (5, 0, 2) < 0 else (10, 20, 30)"),
        ("rows.price if rows.people >= 0 else 1 / 0", (10, 20, 30), "(10, 20, 30) if (5, 0, 2) ≥ 0 else –"),
        ("rows.price if members > 3 else 1 / 0", (10, 20, 30), "(10, 20, 30) if 4 > 3 else –"),
        ("rows.price if members > 9 else members", (4, 4, 4), "– if 4 > 9 else 4"),
    ],
)
def test_a_side_is_read_and_written_for_the_rows_that_choose_it(source: str, value: Any, derivation: str) -> None:
    assert told(source, THREE) == (value, derivation)


@pytest.mark.parametrize(
    ("source", "value", "derivation"),
    [
        (
            "rows.people > 0 and 10 / rows.people > 3",
            (False, False, True),
            "(5, 0, 2) > 0 and 10 / (5, 2) > 3",
        ),
        ("rows.people == 0 or 10 / rows.people > 3", (False, True, True), "(5, 0, 2) = 0 or 10 / (5, 2) > 3"),
        ("rows.people > 9 and 1 / 0 > rows.price", (False, False, False), "(5, 0, 2) > 9"),
        ("old or 1 / 0 > rows.price", (True, True, True), "True"),
        ("local or rows.paid", (True, False, True), "False or (True, False, True)"),
    ],
)
def test_the_right_side_is_read_for_the_rows_it_decides(source: str, value: Any, derivation: str) -> None:
    assert told(source, THREE) == (value, derivation)


def test_a_choice_within_a_choice_looks_at_fewer_rows_still() -> None:
    inner = "(12 / rows.people if rows.people > 0 else 1)"
    value, derivation = told(f"{inner} if rows.paid else 100", THREE | {"rows": rows(3, 0, 0, 7)})
    assert value == (4, 100, 1, 100)
    assert derivation == "( 12 / (3,) if (3, 0) > 0 else 1 ) if (True, False, True, False) else 100"


def test_a_sum_within_a_side_is_over_all_rows() -> None:
    share = "rows.price / sum(rows.price) if rows.paid else count(rows.people > 0) + count(rows)"
    assert told(share, THREE) == (
        (compile_expression("1 / 6", {}).value({}), 5, compile_expression("1 / 2", {}).value({})),
        "(10, 30) / sum ( (10, 20, 30) ) if (True, False, True) else "
        f"count ( (5, 0, 2) > 0 ) + count ( {THREE['rows']} )",
    )


def test_a_table_without_rows_chooses_nothing() -> None:
    empty = FACTS | {"rows": ()}
    assert told("rows.price if rows.paid else 1 / 0", empty) == ((), "– if () else –")
    assert told("old and rows.paid", empty) == ((), "True")


def test_what_is_missing_counts_only_where_it_is_chosen() -> None:
    facts = FACTS | {"rows": rows(None, 3)}
    assert told("7 if rows.paid else rows.people", facts)[0] == (7, 3)
    with pytest.raises(Missing, match=r"^rows\.1\.people$"):
        compile_expression("rows.people if rows.paid else 7", NAMES).value(facts)
    with pytest.raises(Missing, match=r"^rows$"):
        compile_expression("rows.price if old else 7", NAMES).value(FACTS | {"rows": None})
    with pytest.raises(Missing, match=r"^rows$"):
        compile_expression("7 if old else rows.price", NAMES).value(FACTS | {"rows": None})


def test_the_chosen_side_may_still_have_no_value() -> None:
    with pytest.raises(EvaluationFault, match="division by zero"):
        compile_expression("1 / rows.people if rows.people < 3 else 0", NAMES).value(THREE)
