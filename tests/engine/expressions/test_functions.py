"""The functions an expression may call: their values, their kinds, and what they refuse."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.expressions import DATE, NUMBER, WHOLE, YES_NO, EvaluationFault, compile_expression
from razpis.engine.expressions.functions import FUNCTIONS, years_between
from tests.engine.expressions.meanings import birthdays
from tests.engine.expressions.terms import NAMES
from tests.engine.expressions.test_build import FACTS, MORE
from tests.engine.factories import MARK, refusal


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("sum(rows.price)", Fraction(25, 2)),
        ("sum(rows.people)", 5),
        ("sum(1, 2, members)", 15),
        ("sum(rows.price * rows.people)", 20),
        ("min(members, 30)", 12),
        ("max(0, members - 20)", 0),
        ("min(rows.price)", Fraction(5, 2)),
        ("max(founded, closed)", datetime.date(2026, 5, 3)),
        ("max(rows.day)", datetime.date(2026, 2, 1)),
        ("count(rows)", 2),
        ("count(services)", 2),
        ("count(('a', 'b', 'c'))", 3),
        ("count(rows.price > 3)", 1),
        ("count(rows.paid)", 1),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(2.3450, 2)", Fraction("2.35")),
        ("round(1250, -2)", 1300),
        ("sum(round(rows.price / 3, 1))", Fraction("4.1")),
        ("floor(-0.5)", -1),
        ("ceil(members / 5)", 3),
        ("abs(5 - members)", 7),
        ("sum(floor(rows.price / 3))", 3),
        ("years_between(founded, closed)", 15),
        ("years_between(founded, '2026-05-04')", 16),
        ("years_between('2026-05-04', founded)", -16),
        ("max(years_between(founded, rows.day))", 15),
        ("sum(min(rows.price, 5))", Fraction(15, 2)),
        ("sum(max(rows.price, rows.people))", 14),
        ("answered(cost)", True),
    ],
)
def test_values(source, value):
    expression = compile_expression(source, NAMES)
    assert expression.value(FACTS) == value
    assert expression.derive(FACTS)[0] == value


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("sum(rows.price)", NUMBER),
        ("sum(rows.people)", WHOLE),
        ("min(members, 3)", WHOLE),
        ("min(members, 0.5)", NUMBER),
        ("min(founded, closed)", DATE),
        ("count(rows)", WHOLE),
        ("floor(cost)", WHOLE),
        ("abs(cost)", NUMBER),
        ("abs(members)", WHOLE),
        ("round(cost)", WHOLE),
        ("round(cost, 0)", WHOLE),
        ("round(cost, -2)", WHOLE),
        ("round(cost, 2)", NUMBER),
        ("years_between(founded, closed)", WHOLE),
        ("answered(rows)", YES_NO),
    ],
)
def test_the_kind_of_a_result_is_known_beforehand(source, kind):
    found = compile_expression(source, NAMES).kind
    assert (found.name, found.whole, found.rows) == (kind.name, kind.whole, "")


@pytest.mark.parametrize(
    ("source", "sl", "en"),
    [
        ("min(rows.price)", "najmanjša vrednost praznega seznama", "the least value of an empty list"),
        ("max(rows.day)", "največja vrednost praznega seznama", "the greatest value of an empty list"),
    ],
)
def test_an_empty_table_has_no_least_and_no_greatest(source, sl, en):
    with pytest.raises(EvaluationFault) as caught:
        compile_expression(source, NAMES).value(FACTS | {"rows": ()})
    assert (caught.value.text.sl, caught.value.text.en) == (sl, en)


@pytest.mark.parametrize("source", ["sum(rows.price)", "count(rows)", "count(rows.paid)", "sum(rows.price / 0)"])
def test_an_empty_table_adds_up_to_nothing(source):
    assert compile_expression(source, NAMES).value(FACTS | {"rows": ()}) == 0


def needs(want, have):
    return f"tu je potrebno: {want}; izraz pa da: {have}"


def takes(name, count):
    return f"število vrednosti v oklepaju funkcije {name} mora biti {count}"


PLACES = "število decimalk mora biti zapisano kot celo število od -9 do 9"
COUNTS = "count šteje vrstice tabele, izbrane možnosti ali vrstice, za katere nekaj velja"
ANSWERED = "answered vpraša po enem podatku, z njegovim imenom"
LISTED = "sum, min, max, count, round, floor, ceil, abs, years_between, answered"


@pytest.mark.parametrize(
    ("marked", "sl"),
    [
        ("▸summ(rows.price)", f"neznana funkcija »summ«; na voljo so: {LISTED} – ste mislili »sum«?"),
        ("1 + ▸eval('1')", f"neznana funkcija »eval«; na voljo so: {LISTED}"),
        ("▸members(1)", f"neznana funkcija »members«; na voljo so: {LISTED}"),
        ("▸sum()", takes("sum", 1)),
        ("▸min()", takes("min", 1)),
        ("▸count()", takes("count", 1)),
        ("▸count(rows, rows)", takes("count", 1)),
        ("▸abs(1, 2)", takes("abs", 1)),
        ("▸round()", takes("round", 1)),
        ("▸round(1, 2, 3)", takes("round", 1)),
        ("▸years_between(founded)", takes("years_between", 2)),
        ("▸answered()", takes("answered", 1)),
        ("▸sum(members)", "sum potrebuje stolpec tabele ali vsaj dve vrednosti"),
        ("▸max(founded)", "max potrebuje stolpec tabele ali vsaj dve vrednosti"),
        ("sum(▸rows)", needs("število", "tabela")),
        ("sum(▸rows.sort)", needs("število", "stolpec (besedilo)")),
        ("sum(▸rows.day)", needs("število", "stolpec (datum)")),
        ("min(founded, ▸members)", needs("datum", "število")),
        ("min(members, ▸founded)", needs("število", "datum")),
        ("▸sum(rows.price, 1)", "stolpec mora v sum stati sam; vrstice seštejte z »+«"),
        ("▸min(rows.price, others.price)", "stolpca sta iz različnih tabel (others, rows)"),
        ("count(▸members)", COUNTS),
        ("count(▸old)", COUNTS),
        ("count(▸rows.price)", COUNTS),
        ("count(▸rows.price + 1)", COUNTS),
        ("floor(▸title)", needs("število", "besedilo")),
        ("abs(▸members > 1)", needs("število", "da/ne")),
        ("round(▸old)", needs("število", "da/ne")),
        ("round(cost, ▸members)", PLACES),
        ("round(cost, ▸0.5)", PLACES),
        ("round(cost, ▸true)", PLACES),
        ("round(cost, ▸10)", PLACES),
        ("round(cost, ▸-10)", PLACES),
        ("round(cost, ▸--1)", PLACES),
        ("round(cost, ▸1 + 1)", PLACES),
        ("years_between(founded, ▸members)", needs("datum", "število")),
        ("years_between(▸title, founded)", needs("datum", "besedilo")),
        ("years_between(founded, ▸'2026')", "»2026« ni datum; pišite 'LLLL-MM-DD'"),
        ("answered(▸cost + 1)", ANSWERED),
        ("answered(▸rows.price)", ANSWERED),
        ("answered(▸(cost))", ANSWERED),
    ],
)
def test_what_a_function_cannot_take_is_told_at_its_place(marked, sl):
    fault = refusal(marked.replace(MARK, ""), MORE)
    assert (fault.offset, fault.text.sl) == (marked.index(MARK), sl)


def test_the_same_is_told_in_english():
    assert refusal("summ(1)", NAMES).text.en == (f"unknown function 'summ'; there are: {LISTED} – did you mean 'sum'?")
    assert refusal("abs()", NAMES).text.en == "abs takes 1 value(s) in its brackets"
    assert refusal("sum(1)", NAMES).text.en == "sum needs a table's column or at least two values"
    assert refusal("sum(1, rows.price)", NAMES).text.en == "a column stands alone in sum; add row by row with '+'"
    assert (
        refusal("round(1, 99)", NAMES).text.en == "the number of places must be written as a whole number from -9 to 9"
    )
    assert refusal("answered(1)", NAMES).text.en == "answered asks about one fact by its name"
    assert refusal("count(1)", NAMES).text.en == (
        "count counts a table's rows, ticked options, or the rows where something holds"
    )


def test_years_between_takes_columns_of_one_table_only():
    fault = refusal("max(years_between(rows.day, others.day))", NAMES | {"others": NAMES["rows"]})
    assert fault.text.sl == "stolpca sta iz različnih tabel (others, rows)"


def test_these_are_all_the_functions():
    assert ", ".join(FUNCTIONS) == LISTED


# Years

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@given(days, days)
def test_years_are_the_anniversaries_passed(start, end):
    assert years_between(start, end) == birthdays(start, end)
    assert years_between(end, start) == -years_between(start, end)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2024-02-29", "2025-02-28", 0),
        ("2024-02-29", "2025-03-01", 1),
        ("2024-02-29", "2028-02-29", 4),
        ("2020-05-04", "2026-05-03", 5),
        ("2020-05-04", "2026-05-04", 6),
        ("2020-05-04", "2020-05-04", 0),
    ],
)
def test_a_year_is_complete_on_its_anniversary(start, end, years):
    assert years_between(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)) == years
