"""The tree of an expression: what binds tighter, what is refused, and the bounds of size."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.expressions.syntax import (
    MAX_DEPTH,
    MAX_NODES,
    Binary,
    Call,
    Choose,
    Column,
    Compare,
    Group,
    Items,
    Literal,
    Name,
    Negative,
    Not,
    node_offset,
    parse,
)
from tests.engine.factories import MARK, refusal


def shape(node):
    """A tree as nested lists, operators first."""
    match node:
        case Literal(_, value):
            return value
        case Name(_, name):
            return name
        case Column(_, table, column):
            return f"{table}.{column}"
        case Items(_, items):
            return ["list", *map(shape, items)]
        case Group(_, inner):
            return ["group", shape(inner)]
        case Call(_, function, arguments):
            return [f"{function}()", *map(shape, arguments)]
        case Negative(_, operand):
            return ["minus", shape(operand)]
        case Not(_, operand):
            return ["not", shape(operand)]
        case Binary(_, sign, left, right):
            return [sign, shape(left), shape(right)]
        case Compare(_, operands, signs):
            return [" ".join(signs), *map(shape, operands)]
        case Choose(_, condition, yes, no):
            return ["if", shape(condition), shape(yes), shape(no)]


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("1 + 2 * 3", ["+", 1, ["*", 2, 3]]),
        ("1 * 2 + 3", ["+", ["*", 1, 2], 3]),
        ("1 - 2 - 3", ["-", ["-", 1, 2], 3]),
        ("8 / 4 / 2", ["/", ["/", 8, 4], 2]),
        ("1 - (2 - 3)", ["-", 1, ["group", ["-", 2, 3]]]),
        ("-a * b", ["*", ["minus", "a"], "b"]),
        ("a - -b", ["-", "a", ["minus", "b"]]),
        ("--a", ["minus", ["minus", "a"]]),
        ("a < b + 1", ["<", "a", ["+", "b", 1]]),
        ("a < b <= c != d", ["< <= !=", "a", "b", "c", "d"]),
        ("not a == b", ["not", ["==", "a", "b"]]),
        ("not not a", ["not", ["not", "a"]]),
        ("not a and b", ["and", ["not", "a"], "b"]),
        ("a or b and c", ["or", "a", ["and", "b", "c"]]),
        ("a and b or c", ["or", ["and", "a", "b"], "c"]),
        ("a or b or c", ["or", ["or", "a", "b"], "c"]),
        ("a in ('x', 'y')", ["in", "a", ["list", "x", "y"]]),
        ("a not in [1, 2,]", ["not in", "a", ["list", 1, 2]]),
        ("not a in b", ["not", ["in", "a", "b"]]),
        ("('x',)", ["list", "x"]),
        ("('x')", ["group", "x"]),
        ("[]", ["list"]),
        ("a if b or c else d", ["if", ["or", "b", "c"], "a", "d"]),
        ("a if b else c if d else e", ["if", "b", "a", ["if", "d", "c", "e"]]),
        ("(a if b else c) + 1", ["+", ["group", ["if", "b", "a", "c"]], 1]),
        ("min(a, b + 1,)", ["min()", "a", ["+", "b", 1]]),
        ("f()", ["f()"]),
        ("rows.price * 2", ["*", "rows.price", 2]),
        ("rows . price", "rows.price"),
        ("true", True),
        ("false", False),
        ("0.50", Fraction(1, 2)),
        ("2.0", 2),
        ('"it\'s"', "it's"),
        ("''", ""),
    ],
)
def test_what_binds_tighter_stands_deeper(source, tree):
    assert shape(parse(source)) == tree


@pytest.mark.parametrize(
    ("source", "kind"), [("2.0", int), ("007", int), ("0.5", Fraction), ("true", bool), ("''", str)]
)
def test_a_literal_is_exact(source, kind):
    assert type(parse(source).value) is kind


@pytest.mark.parametrize(
    ("source", "begins"),
    [("  a + b", 2), (" a * b < c", 1), ("(a + b) * c", 0), ("  a if b else c", 2), (" f(a) or b", 1), ("  -a - b", 2)],
)
def test_a_tree_begins_where_its_text_begins(source, begins):
    assert node_offset(parse(source)) == begins


ATOM = "podatek, število ali oklepaj"
END = "konec izraza"


@pytest.mark.parametrize(
    ("marked", "expected", "found"),
    [
        ("▸", ATOM, END),
        ("1 +▸", ATOM, END),
        ("1 + ▸* 2", ATOM, "»*«"),
        ("2 *▸* 3", ATOM, "»*«"),
        ("▸and a", ATOM, "»and«"),
        ("a == ▸not b", ATOM, "»not«"),
        ("a == ▸== b", ATOM, "»==«"),
        ("▸)", ATOM, "»)«"),
        ("(▸)", ATOM, "»)«"),
        ("a ▸b", END, "»b«"),
        ("a ▸not b", END, "»not«"),
        ("0.5▸.2", END, "».«"),
        ("rows.price▸.real", END, "».«"),
        ("(1)▸.real", END, "».«"),
        ("rows▸[0]", END, "»[«"),
        ("f(1)▸(2)", END, "»(«"),
        ("a▸)", END, "»)«"),
        ("a ▸else b", END, "»else«"),
        ("lambda ▸x", END, "»x«"),
        ("[x ▸for x in y]", "»]«", "»for«"),
        ("(a▸", "»)«", END),
        ("(a▸]", "»)«", "»]«"),
        ("f(a ▸b)", "»)«", "»b«"),
        ("f(▸", ATOM, END),
        ("f(▸,)", ATOM, "»,«"),
        ("('a', ▸", ATOM, END),
        ("a if b▸", "»else«", END),
        ("a if b else ▸", ATOM, END),
        ("rows.▸", "ime stolpca", END),
        ("rows.▸2", "ime stolpca", "»2«"),
        ("rows.▸in", "ime stolpca", "»in«"),
        ("0▸,1 * a", END, "»,«; decimalno število pišite s piko (0.1)"),
        ("a if b > 0▸,25 else 1", "»else«", "»,«; decimalno število pišite s piko (0.25)"),
        ("0▸, 1", END, "»,«"),
        ("0▸,a", END, "»,«"),
        ("a▸,1", END, "»,«"),
        ("1▸)2", END, "»)«"),
        ("▸,1", ATOM, "»,«"),
    ],
)
def test_a_broken_expression_is_told_what_is_expected_where(marked, expected, found):
    fault = refusal(marked.replace(MARK, ""), {})
    assert (fault.offset, fault.text.sl) == (marked.index(MARK), f"pričakovano: {expected}; tu pa je {found}")


def test_the_same_is_told_in_english():
    assert refusal("rows.2", {}).text.en == "expected the name of a column, found '2'"
    assert refusal("a if b", {}).text.en == "expected 'else', found the end of the expression"
    assert refusal("a b", {}).text.en == "expected the end of the expression, found 'b'"
    assert refusal("f(a b)", {}).text.en == "expected ')', found 'b'"
    assert refusal("1 +", {}).text.en == "expected a fact, a number or a bracket, found the end of the expression"


@pytest.mark.parametrize(("before", "after"), [("(", ")"), ("f(", ")"), ("[", "]"), ("a if b else ", "")])
def test_the_deepest_expression_and_one_deeper(before, after):
    deepest = before * (MAX_DEPTH - 1) + "1" + after * (MAX_DEPTH - 1)
    assert node_offset(parse(deepest)) == 0
    found = refusal(before + deepest + after, {})
    assert found.text.sl == "izraz je gnezden globlje od 30 ravni; razdelite ga z izpeljanimi podatki (derived)"
    assert found.text.en == "the expression is nested deeper than 30 levels; split it with derived facts"
    assert found.offset == len(before) * MAX_DEPTH


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", " or ", " and "])
def test_the_longest_expression_and_one_longer(sign):
    operands = MAX_NODES // 2
    assert parse(sign.join("a" * operands)).sign == sign.strip()
    found = refusal(sign.join("a" * (operands + 1)), {})
    assert found.text.sl == "izraz ima več kot 400 delov; razdelite ga z izpeljanimi podatki (derived)"
    assert found.text.en == "the expression has more than 400 parts; split it with derived facts"
