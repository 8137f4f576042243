"""Expressions as a whole: random ones mean what a second evaluator says, and no text does any harm."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from razpis.engine.expressions import EvaluationFault, ExpressionFault, Missing, compile_expression
from razpis.engine.expressions.build import Picked, Sign
from razpis.engine.expressions.functions import FUNCTIONS
from tests.engine.expressions import terms
from tests.engine.expressions.meanings import Gone, NoValue
from tests.engine.expressions.terms import NAMES
from tests.engine.expressions.test_build import FACTS

SIGNS = {"×": "*", "=": "==", "≠": "!=", "≤": "<=", "≥": ">=", "∈": "in", "∉": "not in", ";": ","}


def outcome(function, *arguments):
    """The value, or the name of what stands in its way."""
    try:
        return function(*arguments)
    except (Missing, Gone):
        return "missing"
    except (EvaluationFault, NoValue):
        return "no value"


# Meaning

anything = st.one_of(terms.numbers(3), terms.conditions(3), terms.texts(2), terms.dates(2))
small = st.one_of(terms.numbers(2), terms.conditions(2), terms.texts(1), terms.dates(1))


@given(anything, terms.facts)
def test_an_expression_means_what_the_second_evaluator_says(term, facts):
    expression = compile_expression(term.text, NAMES)
    expected = outcome(term.means, facts)
    derived = outcome(expression.derive, facts)
    only = {name: value for name, value in facts.items() if name in expression.reads}
    assert outcome(expression.value, facts) == expected
    assert (derived if isinstance(derived, str) else derived[0]) == expected
    assert outcome(expression.value, only) == expected


@given(st.one_of(terms.number_columns(2), terms.yes_columns(2)), terms.facts)
def test_a_column_means_its_expression_row_by_row(term, facts):
    expression = compile_expression(term.text, NAMES)
    expected = outcome(term.means, facts)
    assert outcome(expression.value, facts) == (expected if isinstance(expected, str) else tuple(expected))
    assert expression.kind.rows == "rows"


@given(small, terms.facts)
def test_its_kind_tells_the_truth_about_its_value(term, facts):
    expression = compile_expression(term.text, NAMES)
    value = outcome(expression.value, facts)
    assume(value not in ("missing", "no value"))
    kinds = {"number": (int, Fraction), "yes_no": bool, "text": str, "date": date}
    assert isinstance(value, kinds[expression.kind.name])
    assert not expression.kind.whole or value.denominator == 1
    assert not expression.kind.options or value in expression.kind.options


def read_back(parts):
    """A derivation as an expression again."""
    words = []
    for part in (part.value if isinstance(part, Picked) else part for part in parts):
        match part:
            case Sign(text):
                words.append(SIGNS.get(text, text))
            case bool():
                words.append(str(part).lower())
            case int():
                words.append(str(part))
            case Fraction():
                words.append(f"({part.numerator}/{part.denominator})")
            case str():
                words.append(f"'{part}'")
            case _:
                words.append(str(list(part)))
    return " ".join(words)


def is_plain(term):
    """Whether its derivation is itself an expression: no branch taken, no table, no day written in it."""
    return not any(word in term.text for word in (" if ", "rows", "answered", "founded", "closed", "services"))


@given(st.one_of(terms.numbers(2), terms.conditions(2)).filter(is_plain), terms.facts)
def test_a_derivation_reads_as_an_expression_of_the_same_value(term, facts):
    derived = outcome(compile_expression(term.text, NAMES).derive, facts)
    assume(not isinstance(derived, str))
    value, parts = derived
    assert compile_expression(read_back(parts), {}).value({}) == value


def test_what_it_reads_and_what_it_only_asks_about():
    source = "sum(rows.price) if answered(cost) and not answered(rows) else (min(members, -1) + count([title]))"
    expression = compile_expression(source, NAMES)
    assert expression.source == source
    assert expression.reads == {"rows", "cost", "members", "title"}
    assert expression.asks == {"cost", "rows"}


# Harm

words = st.sampled_from(
    [*NAMES, *FUNCTIONS, *"()[],.+-*/<>='\"", "==", "<=", "and", "or", "not", "in", "if", "else", "true", "1", "0.5"]
)


@given(
    st.one_of(
        st.text(max_size=30), st.lists(words, max_size=15).map(" ".join), st.lists(words, max_size=15).map("".join)
    )
)
def test_any_text_at_all_is_an_expression_or_a_fault_with_its_place(source):
    try:
        expression = compile_expression(source, NAMES)
    except ExpressionFault as fault:
        offset, texts = fault.offset, [fault.text.sl, fault.text.en]
    else:
        offset, texts = 0, [expression.kind.name, expression.source]
    assert 0 <= offset <= len(source)
    assert all(texts)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 2000,
        "(" * 1000 + "1" + ")" * 1000,
        "[" * 2000,
        "-" * 2000,
        "-" * 1999 + "1",
        "not " * 499 + "old",
        "1+" * 999 + "1",
        "1" * 2000,
        "1 + " + "9" * 400,
        "a" * 2000,
        "a" * 2001,
        "1 if old else " * 100 + "1",
        "sum(" * 400,
        "rows." * 400,
        "1" + "<1" * 999,
        "9**9**9",
        "9 ^ 9",
        "1 << 99999",
        "members.__class__",
        "rows.__class__.__mro__",
        "().__class__.__bases__[0].__subclasses__()",
        "__import__('os').system('id')",
        "eval('1')",
        "open('/etc/passwd')",
        "[x for x in rows]",
        "lambda: 1",
        "(x := 1)",
        "f'{members}'",
        "{1: 2}",
        "members; members",
        "'a' * 999999999",
        "rows * 99",
        "1e999999999",
        "0x" + "f" * 500,
        "1_000",
        "'" + "a" * 1900,
        "mеmbers",
        "ｍembers",
        "members\u200b",
        "\u202emembers",
        "𝟏 + 𝟏",
        "１ + １",
        "members \u2212 1",
        "\ud800",
        "\x00",
    ],
)
def test_hostile_text_is_refused(source):
    with pytest.raises(ExpressionFault):
        compile_expression(source, NAMES)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("*".join(["members"] * 200), 12**200),
        ("+".join(["members"] * 200), 2400),
        ("-" * 398 + "members", 12),
        ("not " * 398 + "old", True),
        ("<".join("7" * 200), False),
        ("sum(" + "-" * 397 + "rows.people)", -5),
        ("1/" * 199 + "9", Fraction(1, 9)),
        ("*".join(["9" * 30] * 60), int("9" * 30) ** 60),
        (f"count({' and '.join(['rows.people > 0'] * 95)})", 2),
    ],
)
def test_the_largest_expressions_are_compiled_and_evaluated(source, value):
    expression = compile_expression(source, NAMES)
    assert expression.value(FACTS) == value
    assert expression.derive(FACTS)[0] == value
