"""Comparisons, ``in``, ``and``, ``or``, ``not`` and ``if … else``: by value, by row, and what is refused."""

from __future__ import annotations

import pytest

from razpis.engine.expressions import Missing, choice, compile_expression
from razpis.engine.problems import Text
from tests.engine.expressions.terms import NAMES
from tests.engine.expressions.test_build import FACTS, MORE
from tests.engine.factories import MARK, refusal

NOTHING = dict.fromkeys(NAMES)
NEEDS_LIST = "za »in« je potreben seznam, na primer ('a', 'b'); kjer naj velja oboje, pišite »and«"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("0 < members < 12", False),
        ("0 < members <= 12 < 13", True),
        ("1 < 3 > 2", True),
        ("members == 12 == 12", True),
        ("title == 'Naslov'", True),
        ("old != local", True),
        ("founded < closed", True),
        ("founded < '2010-05-05'", True),
        ("'2010-05-03' < founded < '2010-05-05'", True),
        ("founded == '2010-05-04'", True),
        ("area in ('a', 'b')", True),
        ("area not in ('a', 'b')", False),
        ("members in [3, 12]", True),
        ("founded in (closed, founded)", True),
        ("'c' in services", True),
        ("'b' not in services", True),
        ("area in services", False),
        ("services == ('a', 'c')", True),
        ("rows.price > 3", (True, False)),
        ("1 < rows.people <= 4", (False, True)),
        ("rows.people < rows.price", (True, False)),
        ("rows.sort == 'x'", (True, False)),
        ("rows.sort in ('x', 'y')", (True, True)),
        ("rows.day >= '2026-01-15'", (False, True)),
        ("rows.paid or local", (True, False)),
        ("old and rows.paid", (True, False)),
        ("rows.paid and rows.people > 3", (False, False)),
        ("not rows.paid", (False, True)),
        ("not old or local", False),
        ("not (old and local)", True),
        ("'da' if old else 'ne'", "da"),
        ("members if local else cost", 8000),
        ("services if old else ['b']", ("a", "c")),
        ("rows.price if rows.paid else 0", (10, 0)),
        ("1 if rows.paid else rows.people", (1, 4)),
        ("rows.price if local else members", (12, 12)),
    ],
)
def test_comparisons_and_logic(source, value):
    expression = compile_expression(source, NAMES)
    assert expression.value(FACTS) == value
    assert expression.derive(FACTS)[0] == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("false and old", False),
        ("true or old", True),
        ("1 if true else cost", 1),
        ("cost if false else 2", 2),
        ("cost > 1 if answered(cost) else false", False),
        ("answered(cost) and cost > 1", False),
        ("not answered(cost) or cost > 1", True),
    ],
)
def test_what_does_not_decide_is_not_read(source, value):
    expression = compile_expression(source, NAMES)
    assert expression.value(NOTHING) == value
    assert expression.derive(NOTHING)[0] == value


@pytest.mark.parametrize(
    "source", ["true and old", "false or old", "cost if true else 1", "old and false", "1 < cost < 0"]
)
def test_what_decides_must_be_given(source):
    expression = compile_expression(source, NAMES)
    for evaluate in (expression.value, expression.derive):
        with pytest.raises(Missing):
            evaluate(NOTHING)


FORM = choice(
    ("dr", "zv", "su"),
    {"dr": Text("društvo", "association"), "zv": Text("zavod", "institute"), "su": Text("zavod", "public institute")},
)
NEEDS = "tu je potrebno: {}; izraz pa da: {}"
ORDER = "po velikosti se primerjajo le števila in datumi"


@pytest.mark.parametrize(
    ("marked", "sl"),
    [
        ("members == ▸title", NEEDS.format("število", "besedilo")),
        ("members < 3 < ▸title", NEEDS.format("število", "besedilo")),
        ("old == ▸1", NEEDS.format("da/ne", "število")),
        ("founded > ▸members", NEEDS.format("datum", "število")),
        ("title == ▸services", NEEDS.format("besedilo", "seznam")),
        ("▸title < 'b'", ORDER),
        ("▸old > local", ORDER),
        ("▸services >= services", ORDER),
        ("rows.price > ▸rows.sort", NEEDS.format("stolpec (število)", "stolpec (besedilo)")),
        ("rows.price ▸> others.price", "stolpca sta iz različnih tabel (others, rows)"),
        ("services == ▸'a'", "»services« ima lahko več možnosti; pišite 'a' in services"),
        ("'a' != ▸services", "»services« ima lahko več možnosti; pišite 'a' not in services"),
        ("services < ▸'a'", NEEDS.format("seznam", "besedilo")),
        ("('a', 'b') == ▸'a'", NEEDS.format("seznam", "besedilo")),
        ("services == ▸3", NEEDS.format("seznam", "število")),
        ("form == ▸'Društvo'", "»Društvo« ni med možnostmi (dr, zv, su) – ste mislili »dr« (društvo)?"),
        ("form == ▸'zavod'", "»zavod« ni med možnostmi (dr, zv, su) – ste mislili »zv« (zavod) ali »su« (zavod)?"),
        ("form == ▸'institute'", "»institute« ni med možnostmi (dr, zv, su) – ste mislili »zv« (zavod)?"),
        (
            "(form if old else form) == ▸'društvo'",
            "»društvo« ni med možnostmi (dr, zv, su) – ste mislili »dr« (društvo)?",
        ),
        ("area == ▸'d'", "»d« ni med možnostmi (a, b, c)"),
        ("▸'bb' != area", "»bb« ni med možnostmi (a, b, c) – ste mislili »b«?"),
        ("area in ('a', ▸'x')", "»x« ni med možnostmi (a, b, c)"),
        ("rows.sort == ▸'z'", "»z« ni med možnostmi (x, y)"),
        ("area == ▸3", NEEDS.format("besedilo", "število")),
        ("▸members in ('a', 'b')", NEEDS.format("besedilo", "število")),
        ("▸founded in ('2026-01-01', '2026-01-02')", NEEDS.format("besedilo", "datum")),
        ("area in ▸area", NEEDS_LIST),
        ("area not in ▸'abc'", NEEDS_LIST),
        ("'x' in ▸rows.sort", NEEDS_LIST),
        ("▸members and old", NEEDS.format("da/ne", "število")),
        ("old or ▸1 + 2", NEEDS.format("da/ne", "število")),
        ("not ▸members", NEEDS.format("da/ne", "število")),
        ("rows.paid ▸and others.price > 1", "stolpca sta iz različnih tabel (others, rows)"),
        ("1 if ▸members else 2", NEEDS.format("da/ne", "število")),
        ("1 if old else ▸title", NEEDS.format("število", "besedilo")),
        ("1 if ▸rows.price else 2", NEEDS.format("da/ne", "stolpec (število)")),
        ("rows.price if old else ▸rows.sort", NEEDS.format("stolpec (število)", "stolpec (besedilo)")),
        ("▸rows.price if old else others.price", "stolpca sta iz različnih tabel (others, rows)"),
        ("▸title > '2026-01-01'", ORDER),
    ],
)
def test_what_cannot_be_compared_or_joined_is_told_at_its_place(marked, sl):
    fault = refusal(marked.replace(MARK, ""), MORE | {"form": FORM})
    assert (fault.offset, fault.text.sl) == (marked.index(MARK), sl)


def test_the_same_is_told_in_english():
    assert refusal("title < 'b'", NAMES).text.en == "only numbers and dates have an order"
    assert refusal("area == 'bb'", NAMES).text.en == "'bb' is not among the options (a, b, c) – did you mean 'b'?"
    assert refusal("area in title", NAMES).text.en == (
        "'in' needs a list, for example ('a', 'b'); where both are to hold, write 'and'"
    )


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("area", ("a", "b", "c")),
        ("area if old else other", ("a", "b", "c", "d")),
        ("area if old else title", ()),
        ("title if old else area", ()),
        ("area if old else 'x'", ()),
    ],
)
def test_the_options_of_a_choice_are_known_where_both_branches_know_theirs(source, options):
    assert compile_expression(source, NAMES | {"other": choice(("b", "d"))}).kind.options == options


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("1 if old else 2", True),
        ("1 if old else 0.5", False),
        ("0.5 if old else 1", False),
        ("1 if rows.paid else rows.people", True),
        ("1 if rows.paid else rows.price", False),
    ],
)
def test_a_choice_of_numbers_is_whole_where_both_are(source, whole):
    assert compile_expression(source, NAMES).kind.whole is whole
