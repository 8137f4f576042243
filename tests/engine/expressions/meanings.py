"""What expressions mean, by a second evaluator that shares no code: terms with their text and their value."""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


class Gone(Exception):
    """A fact that is needed was not given."""


class NoValue(Exception):
    """A division by zero, or the least of nothing."""


@dataclass(frozen=True)
class Term:
    """An expression's text, how tightly it binds, and its meaning as a function of the facts."""

    text: str
    level: int
    means: Callable[[dict[str, Any]], Any]


CHOOSE, OR, AND, NOT, COMPARE, ADD, MULTIPLY, UNARY, ATOM = range(9)


def inside(term: Term, level: int) -> str:
    """The text of an operand that must bind at least as tightly as ``level``."""
    return term.text if term.level >= level else f"({term.text})"


# The second evaluator


def fact(name: str) -> Callable[[dict[str, Any]], Any]:
    def means(facts):
        if facts[name] is None:
            raise Gone
        return facts[name]

    return means


def cells(name: str) -> Callable[[dict[str, Any]], Any]:
    def means(facts):
        found = [row[name] for row in fact("rows")(facts)]
        if None in found:
            raise Gone
        return found

    return means


def over(left: Any, right: Any) -> Any:
    if right == 0:
        raise NoValue
    return Fraction(left) / Fraction(right)


def rounded(value: Any, places: int) -> Fraction:
    scaled = abs(Fraction(value)) * Fraction(10) ** places
    return (1 if value >= 0 else -1) * Fraction(math.floor(scaled + Fraction(1, 2))) / Fraction(10) ** places


def birthdays(start: datetime.date, end: datetime.date) -> int:
    """Years between two days, by counting the anniversaries up to the later one."""
    if end < start:
        return -birthdays(end, start)
    later = range(start.year + 1, end.year + 1)
    return sum((year, start.month, start.day) <= (end.year, end.month, end.day) for year in later)


def extreme(pick: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def means(values):
        if not values:
            raise NoValue
        return pick(values)

    return means


ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": over}
ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
EQUAL = {"==": operator.eq, "!=": operator.ne}
ONE_NUMBER = {"floor": math.floor, "ceil": math.ceil, "abs": abs, "round": lambda value: rounded(value, 0)}


# Terms of each kind


def literal(text: str) -> Term:
    return Term(text, ATOM, lambda facts: Fraction(text))


def constant(text: str, value: Any) -> Term:
    return Term(text, ATOM, lambda facts: value)


def named(*names: str) -> SearchStrategy[Term]:
    return st.sampled_from([Term(name, ATOM, fact(name)) for name in names])


def decimal_text(units: int, places: int) -> str:
    return f"{units // 10**places}.{units % 10**places:0{places}}" if places else str(units)


def call(name: str, means: Callable[..., Any], *terms: Term) -> Term:
    """A function over its arguments, each of them evaluated, from left to right."""
    text = f"{name}({', '.join(term.text for term in terms)})"
    return Term(text, ATOM, lambda facts: means(*[term.means(facts) for term in terms]))


def joined(sign: str, level: int, left: Term, right: Term, means: Callable[[Any, Any], Any]) -> Term:
    """Two operands with a sign between them; the right one binds tighter, as equals group to the left."""
    return Term(
        f"{inside(left, level)} {sign} {inside(right, level + 1)}",
        level,
        lambda facts: means(left.means(facts), right.means(facts)),
    )


def by_rows(means: Callable[..., Any], *many: bool) -> Callable[..., Any]:
    """A function of single values made one of columns, where ``many`` says which arguments are."""

    def rows(*values):
        count = next(len(value) for value, one in zip(values, many, strict=True) if one)
        return [means(*(v[at] if one else v for v, one in zip(values, many, strict=True))) for at in range(count)]

    return rows


def over_all(name: str, means: Callable[[Any], Any], term: Term) -> Term:
    """A function over a column or a table: over all its rows, wherever it stands."""
    return call(name, means, Term(term.text, term.level, lambda facts: term.means(facts.get("every", facts))))


def column_of(term: Term, many: bool, facts: dict[str, Any]) -> list[Any]:
    """One value for each row, also of a single value."""
    found = term.means(facts)
    return list(found) if many else [found for _ in fact("rows")(facts)]


def merged(chosen: list[bool], yes: Term, no: Term, *many: bool) -> Callable[[dict[str, Any]], Any]:
    """Each row's value from the side it chose; the sides see no other rows, and nothing where there are none."""

    def side(facts, term, one, picked):
        rows = [row for row, kept in zip(fact("rows")(facts), picked, strict=True) if kept]
        seen = facts | {"rows": rows, "every": facts.get("every", facts)}
        return iter(column_of(term, one, seen) if rows else [])

    def means(facts):
        ones = side(facts, yes, many[0], chosen)
        others = side(facts, no, many[1], [not one for one in chosen])
        return [next(ones) if one else next(others) for one in chosen]

    return means


def choose(condition: Term, yes: Term, no: Term) -> Term:
    text = f"{inside(yes, OR)} if {inside(condition, OR)} else {no.text}"
    return Term(text, CHOOSE, lambda facts: (yes if condition.means(facts) else no).means(facts))


def shortcut(word: str, left: Term, right: Term) -> Term:
    """``and`` and ``or`` of single values read their right side only where it decides."""
    level, decides = (OR, True) if word == "or" else (AND, False)
    text = f"{inside(left, level)} {word} {inside(right, level + 1)}"
    return Term(text, level, lambda facts: decides if left.means(facts) is decides else right.means(facts))


def chain(operands: list[Term], signs: list[str]) -> Term:
    """``a < b <= c``: all operands are read, every neighbouring pair must hold."""
    text = inside(operands[0], ADD)
    for sign, operand in zip(signs, operands[1:], strict=True):
        text += f" {sign} {inside(operand, ADD)}"
    steps = [{**ORDER, **EQUAL}[sign] for sign in signs]

    def means(facts):
        values = [operand.means(facts) for operand in operands]
        return all(step(one, two) for step, one, two in zip(steps, values, values[1:], strict=False))

    return Term(text, COMPARE, means)
