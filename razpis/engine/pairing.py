"""Rows of columns that must be equally long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, overload

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")


@overload
def paired(first: Iterable[A], second: Iterable[B], /) -> Iterator[tuple[A, B]]: ...
@overload
def paired(first: Iterable[A], second: Iterable[B], third: Iterable[C], /) -> Iterator[tuple[A, B, C]]: ...
@overload
def paired(
    first: Iterable[A], second: Iterable[B], third: Iterable[C], fourth: Iterable[D], /
) -> Iterator[tuple[A, B, C, D]]: ...
@overload
def paired(*columns: Iterable[A]) -> Iterator[tuple[A, ...]]: ...
def paired(*columns: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The first of each column, then the second of each, and so on. Raises ``ValueError`` where one is longer than
    another: what belongs together would be lost."""
    return zip(*columns, strict=True)
