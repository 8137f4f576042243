"""Rows of columns: nothing is lost where one column is longer."""

from __future__ import annotations

import pytest

from razpis.engine.pairing import paired


def test_rows_of_columns() -> None:
    assert list(paired("ab", (1, 2))) == [("a", 1), ("b", 2)]
    assert list(paired(*[(1, 2), (3, 4), (5, 6), (7, 8), (9, 0)])) == [(1, 3, 5, 7, 9), (2, 4, 6, 8, 0)]
    assert list(paired()) == []


@pytest.mark.parametrize(("left", "right"), [("ab", "a"), ("a", "ab"), ("", "a")])
def test_columns_of_different_lengths(left: str, right: str) -> None:
    with pytest.raises(ValueError, match="argument 2 is"):
        list(paired(left, right))
