"""``and``, ``or`` and ``if … else`` over the rows of a table: a side counts only in the rows that need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import repeat

from razpis.engine.expressions.build import Built, Sign, Value, Write
from razpis.engine.expressions.kinds import Kind
from razpis.engine.expressions.rows import Cells, Facts, among, height

_IF, _ELSE, _NOBODY = Sign("if"), Sign("else"), Sign("–")


def choose(condition: Built, yes: Built, no: Built, table: str) -> Built:
    """``a if c else b``: each side is read, and written, for the rows that choose it."""
    asks, on_yes, on_no = condition.value, yes.value, no.value

    def value(facts: Facts) -> Value:
        answers = _by_row(asks(facts), condition, facts, table)
        ones = _of(yes, on_yes, facts, answers)
        others = _of(no, on_no, facts, tuple(not answer for answer in answers))
        return tuple(next(ones) if answer else next(others) for answer in answers)

    def derive(facts: Facts, write: Write) -> Value:
        written: list[Value] = []
        answers = _by_row(condition.derive(facts, written.append), condition, facts, table)
        ones = _of(yes, _writing(yes, write), facts, answers)
        for part in (*([] if any(answers) else [_NOBODY]), _IF, *written, _ELSE):
            write(part)
        others = _of(no, _writing(no, write), facts, tuple(not answer for answer in answers))
        if all(answers):
            write(_NOBODY)
        return tuple(next(ones) if answer else next(others) for answer in answers)

    return Built(Kind(yes.kind.name, whole=yes.kind.whole and no.kind.whole, rows=table), value, derive)


def both(sign: str, left: Built, right: Built, table: str) -> Built:
    """``and`` / ``or``: the right side is read for the rows that the left one does not decide."""
    decides, between = sign == "or", Sign(sign)
    first, second = left.value, right.value

    def value(facts: Facts) -> Value:
        open_ = tuple(found is not decides for found in _by_row(first(facts), left, facts, table))
        others = _of(right, second, facts, open_)
        return tuple(next(others) if one else decides for one in open_)

    def derive(facts: Facts, write: Write) -> Value:
        found = _by_row(left.derive(facts, write), left, facts, table)
        open_ = tuple(one is not decides for one in found)
        if any(open_):
            write(between)
        others = _of(right, _writing(right, write), facts, open_)
        return tuple(next(others) if one else decides for one in open_)

    return Built(Kind("yes_no", rows=table), value, derive)


def _by_row(found: Value, side: Built, facts: Facts, table: str) -> Cells:
    """One value for each row; the same for all where the side is no column."""
    cells: Cells = found if side.kind.rows else (found,) * height(facts, table)
    return cells


def _writing(side: Built, write: Write) -> Callable[[Facts], Value]:
    return lambda facts: side.derive(facts, write)


def _of(side: Built, read: Callable[[Facts], Value], facts: Facts, chosen: Cells) -> Iterator[Value]:
    """The values of a side for the ``chosen`` rows, in turn; it is not read at all where there are none."""
    if not any(chosen):
        return iter(())
    found = read(facts if all(chosen) else among(facts, chosen))
    return iter(found) if side.kind.rows else repeat(found)
