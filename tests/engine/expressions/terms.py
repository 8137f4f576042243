"""Random well-typed expressions over named facts."""

from __future__ import annotations

import datetime
import operator
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from razpis.engine.expressions import DATE, NUMBER, TEXT, TEXTS, WHOLE, YES_NO, Kind, choice, table
from razpis.engine.money import exact
from tests.engine.expressions.meanings import (
    ADD,
    AND,
    ARITHMETIC,
    ATOM,
    CHOOSE,
    COMPARE,
    EQUAL,
    MULTIPLY,
    NOT,
    ONE_NUMBER,
    OR,
    ORDER,
    UNARY,
    Term,
    birthdays,
    by_rows,
    call,
    cells,
    chain,
    choose,
    column_of,
    constant,
    decimal_text,
    extreme,
    inside,
    joined,
    literal,
    merged,
    named,
    over_all,
    rounded,
    shortcut,
)

NAMES: dict[str, Kind] = {
    "cost": NUMBER,
    "income": NUMBER,
    "members": WHOLE,
    "old": YES_NO,
    "local": YES_NO,
    "area": choice(("a", "b", "c")),
    "title": TEXT,
    "founded": DATE,
    "closed": DATE,
    "services": TEXTS,
    "rows": table({"price": NUMBER, "people": WHOLE, "sort": choice(("x", "y")), "paid": YES_NO, "day": DATE}),
}


@st.composite
def numbers(draw: DrawFn, depth: int) -> Term:
    if depth == 0:
        text = st.builds(decimal_text, st.integers(0, 2000), st.sampled_from([0, 1, 2, 4]))
        return draw(st.one_of(text.map(literal), named("cost", "income", "members")))
    below = numbers(depth - 1)
    shape = draw(st.sampled_from(["sign", "sign", "sign", "minus", "choose", "one", "most", "rows", "count", "years"]))
    if shape == "sign":
        sign = draw(st.sampled_from(sorted(ARITHMETIC)))
        return joined(sign, ADD if sign in "+-" else MULTIPLY, draw(below), draw(below), ARITHMETIC[sign])
    if shape == "minus":
        term = draw(below)
        return Term(f"-{inside(term, UNARY)}", UNARY, lambda facts: -term.means(facts))
    if shape == "choose":
        return choose(draw(conditions(depth - 1)), draw(below), draw(below))
    if shape == "one":
        name = draw(st.sampled_from(sorted(ONE_NUMBER)))
        if name == "round" and draw(st.booleans()):
            places = draw(st.integers(-3, 4))
            return call(name, rounded, draw(below), constant(str(places), places))
        return call(name, ONE_NUMBER[name], draw(below))
    if shape == "most":
        name, pick = draw(st.sampled_from([("min", min), ("max", max), ("sum", sum)]))
        return call(name, lambda *values: pick(values), *draw(st.lists(below, min_size=2, max_size=3)))
    if shape == "rows":
        picks = [("min", extreme(min)), ("max", extreme(max)), ("sum", sum)]
        return over_all(*draw(st.sampled_from(picks)), draw(number_columns(depth - 1)))
    if shape == "count":
        if draw(st.booleans()):
            return over_all("count", sum, draw(yes_columns(depth - 1)))
        return over_all("count", len, draw(named("rows", "services")))
    return call("years_between", birthdays, draw(dates(depth - 1)), draw(dates(depth - 1)))


@st.composite
def dates(draw: DrawFn, depth: int) -> Term:
    if depth == 0:
        return draw(named("founded", "closed"))
    name, pick = draw(st.sampled_from([("min", min), ("max", max)]))
    return call(name, lambda *days: pick(days), draw(dates(0)), draw(dates(depth - 1)))


@st.composite
def texts(draw: DrawFn, depth: int) -> Term:
    if depth == 0:
        return draw(st.one_of(named("area"), st.sampled_from("abc").map(lambda word: constant(f"'{word}'", word))))
    return choose(draw(conditions(depth - 1)), draw(texts(depth - 1)), draw(texts(depth - 1)))


@st.composite
def conditions(draw: DrawFn, depth: int) -> Term:
    if depth == 0:
        answered = [
            Term(f"answered({name})", ATOM, lambda facts, name=name: facts[name] is not None)
            for name in ("cost", "rows", "founded")
        ]
        constants = [constant("true", True), constant("false", False)]
        return draw(st.one_of(named("old", "local"), st.sampled_from(answered + constants)))
    below = conditions(depth - 1)
    shape = draw(st.sampled_from(["and", "or", "not", "chain", "chain", "days", "texts", "in", "listed", "choose"]))
    if shape in ("and", "or"):
        return shortcut(shape, draw(below), draw(below))
    if shape == "not":
        term = draw(below)
        return Term(f"not {inside(term, NOT)}", NOT, lambda facts: not term.means(facts))
    if shape == "chain":
        operands = draw(st.lists(numbers(depth - 1), min_size=2, max_size=4))
        signs = st.lists(st.sampled_from([*ORDER, *EQUAL]), min_size=len(operands) - 1, max_size=len(operands) - 1)
        return chain(operands, draw(signs))
    if shape == "days":
        day = draw(st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31)))
        operands = draw(st.permutations([draw(dates(depth - 1)), constant(f"'{day}'", day)]))
        return chain(operands, [draw(st.sampled_from([*ORDER, *EQUAL]))])
    if shape == "texts":
        return chain([draw(texts(depth - 1)), draw(texts(depth - 1))], [draw(st.sampled_from([*EQUAL]))])
    sign, means = draw(st.sampled_from([("in", contained), ("not in", lambda *pair: not contained(*pair))]))
    if shape == "in":
        words = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3))
        listed = constant("[" + ", ".join(f"'{word}'" for word in words) + "]", words)
        return joined(sign, COMPARE, draw(texts(0)), listed, means)
    if shape == "listed":
        return joined(sign, COMPARE, draw(texts(0)), draw(named("services")), means)
    return choose(draw(below), draw(below), draw(below))


def contained(item: Any, items: Any) -> bool:
    return any(item == one for one in items)


@st.composite
def number_columns(draw: DrawFn, depth: int) -> Term:
    if depth == 0:
        name = draw(st.sampled_from(["price", "people"]))
        return Term(f"rows.{name}", ATOM, cells(name))
    below, single = number_columns(depth - 1), numbers(depth - 1)
    shape = draw(st.sampled_from(["sign", "one", "minus", "most", "choose", "plain"]))
    if shape == "most":
        name, pick = draw(st.sampled_from([("min", min), ("max", max)]))
        many = draw(st.sampled_from([(True, True), (True, False), (False, True), (False, True, False)]))
        terms = [draw(below if one else single) for one in many]
        return call(name, by_rows(lambda *values: pick(values), *many), *terms)
    if shape == "choose":
        many = draw(
            st.sampled_from([(True, True, True), (True, False, False), (False, True, False), (False, False, True)])
        )
        condition = draw(yes_columns(depth - 1) if many[0] else conditions(depth - 1))
        yes, no = (draw(below if one else single) for one in many[1:])
        text = f"{inside(yes, OR)} if {inside(condition, OR)} else {no.text}"
        return Term(
            text,
            CHOOSE,
            lambda facts: merged(column_of(condition, many[0], facts), yes, no, *many[1:])(facts),
        )
    if shape == "sign":
        sign = draw(st.sampled_from(sorted(ARITHMETIC)))
        many = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
        left, right = (draw(below if one else single) for one in many)
        level = ADD if sign in "+-" else MULTIPLY
        return joined(sign, level, left, right, by_rows(ARITHMETIC[sign], *many))
    if shape == "one":
        name = draw(st.sampled_from(sorted(ONE_NUMBER)))
        return call(name, by_rows(ONE_NUMBER[name], True), draw(below))
    if shape == "minus":
        term = draw(below)
        return Term(f"-{inside(term, UNARY)}", UNARY, lambda facts: [-value for value in term.means(facts)])
    return draw(below)


@st.composite
def yes_columns(draw: DrawFn, depth: int) -> Term:
    if depth == 0:
        sorts = [constant("['x', 'y']", ["x", "y"]), constant("('y',)", ["y"])]
        days = constant("'2026-01-01'", datetime.date(2026, 1, 1))
        return draw(
            st.sampled_from(
                [
                    Term("rows.paid", ATOM, cells("paid")),
                    *(
                        joined(
                            "in", COMPARE, Term("rows.sort", ATOM, cells("sort")), one, by_rows(contained, True, False)
                        )
                        for one in sorts
                    ),
                    joined("<", COMPARE, Term("rows.day", ATOM, cells("day")), days, by_rows(operator.lt, True, False)),
                ]
            )
        )
    below = yes_columns(depth - 1)
    shape = draw(st.sampled_from(["compare", "and", "or", "not"]))
    if shape == "compare":
        sign = draw(st.sampled_from([*ORDER, *EQUAL]))
        many = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
        left, right = (draw(number_columns(depth - 1) if one else numbers(depth - 1)) for one in many)
        means = by_rows({**ORDER, **EQUAL}[sign], *many)
        return Term(
            f"{inside(left, ADD)} {sign} {inside(right, ADD)}",
            COMPARE,
            lambda facts: means(left.means(facts), right.means(facts)),
        )
    if shape == "not":
        term = draw(below)
        return Term(f"not {inside(term, NOT)}", NOT, lambda facts: [not value for value in term.means(facts)])
    level, decides = (OR, True) if shape == "or" else (AND, False)
    many = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    left, right = (draw(below if one else conditions(depth - 1)) for one in many)
    decided = constant(str(decides), decides)

    def means(facts):
        settled = [one is decides for one in column_of(left, many[0], facts)]
        return merged(settled, decided, right, False, many[1])(facts)

    return Term(f"{inside(left, level)} {shape} {inside(right, level + 1)}", level, means)


# Facts

exact_numbers = st.builds(
    lambda units, places: exact(Fraction(units, 10**places)), st.integers(-500, 500), st.integers(0, 2)
)
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "price": exact_numbers,
            "people": st.one_of(st.integers(-5, 5), st.integers(-5, 5), st.none()),
            "sort": st.sampled_from("xy"),
            "paid": st.booleans(),
            "day": days,
        }
    ),
    max_size=3,
)
facts = st.fixed_dictionaries(
    {
        "cost": st.one_of(exact_numbers, exact_numbers, st.none()),
        "income": exact_numbers,
        "members": st.integers(-5, 50),
        "old": st.booleans(),
        "local": st.one_of(st.booleans(), st.booleans(), st.none()),
        "area": st.sampled_from("abc"),
        "title": st.text(max_size=5),
        "founded": st.one_of(days, days, st.none()),
        "closed": days,
        "services": st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
        "rows": st.one_of(rows.map(tuple), rows.map(tuple), st.none()),
    }
)
