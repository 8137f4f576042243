"""Facts, columns, lists and arithmetic: their values, their derivations, and what is refused where."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from razpis.engine.expressions import (
    NUMBER,
    UNKNOWN,
    EvaluationFault,
    ExpressionFault,
    Missing,
    Unsettled,
    compile_expression,
    table,
)
from razpis.engine.expressions.build import Named, Picked, Sign
from tests.engine.expressions.terms import NAMES
from tests.engine.factories import MARK, refusal

MORE = NAMES | {"others": table({"price": NUMBER}), "broken": UNKNOWN}
ROWS = (
    {"price": 10, "people": 1, "sort": "x", "paid": True, "day": datetime.date(2026, 1, 1)},
    {"price": Fraction(5, 2), "people": 4, "sort": "y", "paid": False, "day": datetime.date(2026, 2, 1)},
)
FACTS = {
    "cost": 8000,
    "income": 2400,
    "members": 12,
    "old": True,
    "local": False,
    "area": "b",
    "title": "Naslov",
    "founded": datetime.date(2010, 5, 4),
    "closed": datetime.date(2026, 5, 3),
    "services": ("a", "c"),
    "rows": ROWS,
}


def written(source):
    """The derivation of an expression over the facts, as one text."""
    _, parts = compile_expression(source, NAMES).derive(FACTS)
    return " ".join(_shown(part) for part in parts)


def _shown(part):
    match part:
        case Sign(text):
            return text
        case Named(fact):
            return fact
        case Picked(fact, value):
            return f"{fact}={value}"
        case _:
            return str(part)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("income / cost", Fraction(3, 10)),
        ("income / cost * 100", 30),
        ("members / 4", 3),
        ("1 / 3 + 1 / 3 + 1 / 3", 1),
        ("0.1 + 0.2 - 0.3", 0),
        ("-members - -2", -10),
        ("rows.price * 2", (20, 5)),
        ("100 - rows.price", (90, Fraction(195, 2))),
        ("rows.price / rows.people", (10, Fraction(5, 8))),
        ("-rows.people", (-1, -4)),
        ("rows.sort", ("x", "y")),
        ("title", "Naslov"),
        ("services", ("a", "c")),
        ("('a', 'b')", ("a", "b")),
        ("[1, 2 + 3]", (1, 5)),
    ],
)
def test_values_are_exact(source, value):
    expression = compile_expression(source, NAMES)
    assert expression.value(FACTS) == value
    assert expression.derive(FACTS)[0] == value


@pytest.mark.parametrize(
    ("source", "derivation"),
    [
        ("income / cost", "2400 / 8000"),
        ("(income + 100) * 2", "( 2400 + 100 ) × 2"),
        ("-members - 1", "- 12 - 1"),
        ("members > 10 and old", "12 > 10 and old=True"),
        ("local and old", "local=False"),
        ("old or local", "old=True"),
        ("local or old", "local=False or old=True"),
        ("not local", "not local=False"),
        ("0 < members <= 12", "0 < 12 ≤ 12"),
        ("members == 12", "12 = 12"),
        ("members != 12", "12 ≠ 12"),
        ("members >= 12", "12 ≥ 12"),
        ("area in ('a', 'b')", "area=b ∈ ('a', 'b')"),
        ("area not in ['a']", "area=b ∉ ('a',)"),
        ("members if old else cost", "old=True → 12"),
        ("members if local else cost", "local=False → 8000"),
        ("sum(rows.people if rows.paid else 0)", "sum ( (1,) if (True, False) else 0 )"),
        ("min(members, 30)", "min ( 12 ; 30 )"),
        ("sum(rows.people)", "sum ( (1, 4) )"),
        ("sum(rows.people) / count(rows)", f"sum ( (1, 4) ) / count ( {ROWS} )"),
        ("count(rows.paid or old)", "count ( (True, False) or old=True )"),
        ("count(not rows.paid)", "count ( not (True, False) )"),
        ("round(income / 7, 2)", "round ( 2400 / 7 ; 2 )"),
        ("round(income / 7, -1)", "round ( 2400 / 7 ; - 1 )"),
        ("years_between(founded, '2026-05-04')", "years_between ( 2010-05-04 ; 2026-05-04 )"),
        ("answered(cost)", "answered ( cost )"),
    ],
)
def test_a_derivation_is_the_expression_with_facts_in_place_of_names(source, derivation):
    assert written(source) == derivation


@pytest.mark.parametrize(
    ("marked", "sl", "en"),
    [
        (
            "1 + ▸membrs",
            "neznan podatek »membrs« – ste mislili »members«?",
            "unknown fact 'membrs' – did you mean 'members'?",
        ),
        ("▸qqq", "neznan podatek »qqq«", "unknown fact 'qqq'"),
        (
            "area == ▸b",
            "neznan podatek »b«; besedilo dajte v enojne narekovaje: 'b'",
            "unknown fact 'b'; put a text in single quotes: 'b'",
        ),
        (
            "old ▸ali local",
            "pričakovano: konec izraza; tu pa je »ali«; pišite »or«",
            "expected the end of the expression, found 'ali'; write 'or'",
        ),
        (
            "old ▸AND local",
            "pričakovano: konec izraza; tu pa je »AND«; pišite »and«",
            "expected the end of the expression, found 'AND'; write 'and'",
        ),
        ("▸__import__ + 1", "neznan podatek »__import__«", "unknown fact '__import__'"),
        ("▸cost.real", "»cost« ni tabela", "'cost' is not a table"),
        ("▸row.price", "»row« ni tabela – ste mislili »rows«?", "'row' is not a table – did you mean 'rows'?"),
        ("▸rows.__class__", "tabela »rows« nima stolpca »__class__«", "table 'rows' has no column '__class__'"),
        (
            "sum(▸rows.prices)",
            "tabela »rows« nima stolpca »prices« – ste mislili »price«?",
            "table 'rows' has no column 'prices' – did you mean 'price'?",
        ),
        ("1 + ▸title", "tu je potrebno: število; izraz pa da: besedilo", "a number is needed here, this is a text"),
        ("▸old * 2", "tu je potrebno: število; izraz pa da: da/ne", "a number is needed here, this is yes/no"),
        ("1 + ▸founded", "tu je potrebno: število; izraz pa da: datum", "a number is needed here, this is a date"),
        ("1 - ▸rows", "tu je potrebno: število; izraz pa da: tabela", "a number is needed here, this is a table"),
        ("1 - ▸services", "tu je potrebno: število; izraz pa da: seznam", "a number is needed here, this is a list"),
        ("-▸title", "tu je potrebno: število; izraz pa da: besedilo", "a number is needed here, this is a text"),
        (
            "rows.price + ▸rows.sort",
            "tu je potrebno: število; izraz pa da: stolpec (besedilo)",
            "a number is needed here, this is a column (a text)",
        ),
        (
            "rows.price ▸* others.price",
            "stolpca sta iz različnih tabel (others, rows)",
            "the columns belong to different tables (others, rows)",
        ),
        ("count(▸[])", "seznam je prazen", "the list is empty"),
        (
            "count([1, ▸'a'])",
            "tu je potrebno: število; izraz pa da: besedilo",
            "a number is needed here, this is a text",
        ),
        (
            "1 in [1, ▸title == 'b']",
            "tu je potrebno: število; izraz pa da: da/ne",
            "a number is needed here, this is yes/no",
        ),
        ("count([▸rows.price])", "stolpec ne more stati v seznamu", "a column cannot stand in a list"),
        ("1 in [2, ▸rows.price]", "stolpec ne more stati v seznamu", "a column cannot stand in a list"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(marked, sl, en):
    fault = refusal(marked.replace(MARK, ""), MORE)
    assert (fault.offset, fault.text.sl, fault.text.en) == (marked.index(MARK), sl, en)


def test_an_expression_over_a_fact_that_is_itself_in_fault_is_left_unsettled():
    fault = refusal("1 + broken", MORE)
    assert type(fault) is Unsettled
    assert (fault.offset, fault.text.sl, fault.text.en) == (
        4,
        "podatek »broken« ima napako",
        "the fact 'broken' is in fault",
    )


def test_a_fact_that_was_not_given_is_named():
    expression = compile_expression("members + sum(rows.people)", NAMES)
    rows = (ROWS[0], ROWS[1] | {"people": None})
    for facts, missing in ((FACTS | {"members": None}, "members"), (FACTS | {"rows": None}, "rows")):
        with pytest.raises(Missing) as caught:
            expression.value(facts)
        assert caught.value.name == missing
    with pytest.raises(Missing, match=r"^rows\.2\.people$"):
        expression.derive(FACTS | {"rows": rows})


@pytest.mark.parametrize("source", ["1 / (members - 12)", "sum(1 / (rows.people - 4))", "1 / 0"])
def test_dividing_by_zero_has_no_value(source):
    expression = compile_expression(source, NAMES)
    for evaluate in (expression.value, expression.derive):
        with pytest.raises(EvaluationFault) as caught:
            evaluate(FACTS)
        assert (caught.value.text.sl, caught.value.text.en) == ("deljenje z nič", "division by zero")


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("members", True),
        ("members * 2 - 1", True),
        ("members / 2", False),
        ("members + 0.5", False),
        ("-members", True),
    ],
)
def test_it_is_known_beforehand_whether_a_number_is_whole(source, whole):
    assert compile_expression(source, NAMES).kind.whole is whole


@pytest.mark.parametrize("text", ["2026-2-3", "20260203", "2026-W01-1", "3. 2. 2026", "2026-02-30", "", "٢٠٢٦-02-03"])
def test_only_a_day_written_in_full_is_a_date(text):
    with pytest.raises(ExpressionFault) as caught:
        compile_expression(f"founded < '{text}'", NAMES)
    assert caught.value.text.sl == f"»{text}« ni datum; pišite 'LLLL-MM-DD'"
    assert caught.value.text.en == f"'{text}' is not a date; write 'YYYY-MM-DD'"
    assert caught.value.offset == 10
