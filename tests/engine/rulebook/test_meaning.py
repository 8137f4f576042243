"""What the parts of a rulebook mean to each other: names, references, expressions, conditions, the order."""

from __future__ import annotations

import pytest

from razpis.engine.expressions import DATE, NUMBER, TEXT, WHOLE, YES_NO
from razpis.engine.rulebook import load
from tests.engine.factories import FILE, lines, marked, rulebook, rulebook_text

TAKEN = "ime »{}« je že zasedeno; izberite drugo"
UNKNOWN = "neznano ime »{}«"
FACT = "neznan podatek »{}«"
LATER = "; znan je šele v »ranking« in »allocation«"
NEEDS = "tu je potrebno: {}; izraz pa da: {}"
ONE_VALUE = "izpeljani podatek mora biti ena vrednost; uporabite sum, count, min ali max"
RANK = "ključ je natanko eno od: points, criterion, section, expression, submitted_at, line, draw"
THRESHOLD = "prag zapišite z natanko enim od »at_least« in »more_than«"


def meant(text, hint):
    return f"{text} – ste mislili »{hint}«?"


def given(name):
    return f"podatek »{name}« morda ni izpolnjen; v izraz dodajte »… if answered({name}) else …«"


SCORED = "{a: {kind: formula, title: A, points: members}, b: {kind: formula, title: B, points: 1}}"


@pytest.mark.parametrize(
    ("parts", "messages"),
    [
        # names that are taken
        ({"fields": "{▸lot: {label: L, type: text}}"}, [TAKEN.format("lot")]),
        ({"fields": "{▸call_year: {label: L, type: text}}"}, [TAKEN.format("call_year")]),
        (
            {"fields": "{▸points: {label: L, type: text}, ▸points_a: {label: L, type: text}}"},
            [TAKEN.format("points"), TAKEN.format("points_a")],
        ),
        ({"derived": "{▸members: {label: M, value: 1}}"}, [TAKEN.format("members")]),
        (
            {"derived": "{▸applicant: {label: M, value: 1}, ▸ranking_points: {label: M, value: 1}}"},
            [TAKEN.format("applicant"), TAKEN.format("ranking_points")],
        ),
        (
            {"sections": "{▸total: {title: T}}", "criteria": "{▸▸total: {kind: formula, title: A, points: 1}}"},
            [TAKEN.format("total"), TAKEN.format("total"), "»total« je že ime sklopa meril"],
        ),
        ({"sections": "{a: {title: T}}", "criteria": SCORED.replace("a:", "▸a:")}, ["»a« je že ime sklopa meril"]),
        # ranges
        (
            {
                "fields": "{n: {label: N, type: integer, min: ▸5, max: 4}, t: {label: T, type: table, "
                "columns: {c: {label: C, type: euro, min: ▸0.02, max: 0.01}, d: {label: D, type: text}}}}"
            },
            ["min je večji od max"] * 2,
        ),
        # references
        (
            {"call": "{title: T, reference: R, year: 2026, applicant: {name: title, seat: ▸sedez}}"},
            [
                UNKNOWN.format("sedez")
                + "; na voljo: requested, members, executed, founded, local, area, services, title, costs, note, staff"
            ],
        ),
        (
            {"call": "{title: T, reference: R, year: 2026, applicant: {name: ▸titel}}"},
            [meant(UNKNOWN.format("titel"), "title")],
        ),
        (
            {"sections": "{one: {title: T}}", "criteria": "{a: {kind: formula, title: A, points: 1, section: ▸on}}"},
            [meant(UNKNOWN.format("on"), "one")],
        ),
        ({"criteria": "{a: {kind: formula, title: A, points: 1, section: ▸none}}"}, [UNKNOWN.format("none")]),
        ({"criteria": SCORED, "thresholds": "[{of: ▸totl, at_least: 1}]"}, [meant(UNKNOWN.format("totl"), "total")]),
        ({"criteria": SCORED, "thresholds": "[▸{of: a}, ▸{of: a, at_least: 1, more_than: 1}]"}, [THRESHOLD, THRESHOLD]),
        (
            {"criteria": SCORED, "thresholds": "[{of: a, at_least: 1, applies: ▸members}]"},
            [NEEDS.format("da/ne", "število")],
        ),
        ({"criteria": SCORED, "thresholds": "[{of: a, at_least: 1, applies: ▸staff > 1}]"}, [given("staff")]),
        (
            {"criteria": SCORED.replace("members}", "members, after: ▸bb}")},
            [meant(UNKNOWN.format("bb"), "b")],
        ),
        ({"criteria": SCORED.replace("members}", "members, after: ▸a}")}, [meant(UNKNOWN.format("a"), "a")]),
        (
            {"criteria": SCORED.replace("1}", "1, after: ▸a}")},
            ["»a« nima praga; dodajte ga med »thresholds«"],
        ),
        # the order
        ({"ranking": "{keys: [▸{points: false}, ▸{points: true, line: true}, ▸{order: lowest}]}"}, [RANK] * 3),
        (
            {"criteria": SCORED, "sections": "{s: {title: S}}", "ranking": "{keys: [{criterion: ▸s}, {section: ▸a}]}"},
            [UNKNOWN.format("s") + "; na voljo: a, b", UNKNOWN.format("a") + "; na voljo: s"],
        ),
        ({"ranking": "{keys: [{expression: ▸title}]}"}, [NEEDS.format("število", "besedilo")]),
        ({"ranking": "{keys: [{expression: ▸points_a}]}"}, [meant(FACT.format("points_a"), "points")]),
        ({"ranking": "{keys: [{expression: ▸staff}]}"}, [given("staff")]),
        # expressions
        ({"derived": "{d: {label: D, value: 1 + ▸membrs}}"}, [meant(FACT.format("membrs"), "members")]),
        ({"derived": "{d: {label: D, value: ▸later}, later: {label: L, value: 1}}"}, [FACT.format("later")]),
        ({"derived": "{d: {label: D, value: ▸costs.price}}"}, [ONE_VALUE]),
        ({"derived": "{d: {label: D, value: ▸services}, e: {label: E, value: ▸costs}}"}, [ONE_VALUE, ONE_VALUE]),
        ({"conditions": "{c: {text: T, test: ▸members}}"}, [NEEDS.format("da/ne", "število")]),
        ({"conditions": "{c: {text: T, test: ▸costs.price > 1}}"}, [NEEDS.format("da/ne", "stolpec (da/ne)")]),
        ({"conditions": "{c: {text: T, test: \"area == ▸'d'\"}}"}, ["»d« ni med možnostmi (a, b, c)"]),
        (
            {
                "conditions": "{c: {text: T, test: \"lot == ▸'Kultura'\"}}",
                "lots": "{KUL: {title: Kultura, amount: 1}, B: {amount: 1}}",
                "allocation": "{request: requested}",
            },
            ["»Kultura« ni med možnostmi (KUL, B) – ste mislili »KUL« (Kultura)?"],
        ),
        ({"conditions": "{c: {text: T, test: ▸points > 1}}"}, [FACT.format("points") + LATER]),
        ({"total": "{factor: ▸place}"}, [FACT.format("place") + "; znan je šele v »allocation«"]),
        ({"conditions": "{c: {text: T, test: ▸point > 1}}"}, [FACT.format("point")]),
        ({"criteria": "{a: {kind: formula, title: A, points: ▸local}}"}, [NEEDS.format("število", "da/ne")]),
        (
            {"criteria": "{a: {kind: formula, title: A, points: 1, applies: ▸members}}"},
            [NEEDS.format("da/ne", "število")],
        ),
        ({"criteria": "{a: {kind: formula, title: A, points: 1, applies: ▸staff > 1}}"}, [given("staff")]),
        (
            {"criteria": "{a: {kind: checklist, title: A, max: 1, items: [{text: T, when: ▸members, points: 1}]}}"},
            [NEEDS.format("da/ne", "število")],
        ),
        ({"criteria": SCORED, "total": "{factor: ▸title}"}, [NEEDS.format("število", "besedilo")]),
        ({"criteria": SCORED, "total": "{factor: ▸staff}"}, [given("staff")]),
        # over several lines: the beginning
        ({"derived": "\nd:\n  label: D\n  value: ▸|\n    1 +\n    membrs"}, [meant(FACT.format("membrs"), "members")]),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_place(parts, messages):
    content, expected = marked(rulebook_text(**parts), *messages)
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("parts", "messages"),
    [
        ({"fields": "{▸lot: {label: L, type: text}}"}, ["the name 'lot' is taken; choose another"]),
        ({"sections": "{a: {title: T}}", "criteria": SCORED.replace("a:", "▸a:")}, ["'a' already names a section"]),
        (
            {"criteria": SCORED, "thresholds": "[{of: ▸totl, at_least: 1}]"},
            ["unknown name 'totl' – did you mean 'total'?"],
        ),
        (
            {"criteria": SCORED, "thresholds": "[▸{of: a}]"},
            ["write a threshold with exactly one of 'at_least' and 'more_than'"],
        ),
        (
            {"ranking": "{keys: [▸{order: lowest}]}"},
            ["a key is exactly one of: points, criterion, section, expression, submitted_at, line, draw"],
        ),
        (
            {"ranking": "{keys: [{expression: ▸staff}]}"},
            ["the fact 'staff' may not be given; write '… if answered(staff) else …'"],
        ),
        (
            {"derived": "{d: {label: D, value: ▸services}}"},
            ["a derived fact must be one value; use sum, count, min or max"],
        ),
        (
            {"criteria": SCORED.replace("1}", "1, after: ▸a}")},
            ["'a' has no threshold; add one to 'thresholds'"],
        ),
    ],
)
def test_the_same_is_told_in_english(parts, messages):
    content, expected = marked(rulebook_text(**parts), *messages)
    assert lines(content, "en") == expected


def test_all_problems_of_meaning_are_told_at_once_and_what_follows_from_one_is_not():
    content, expected = marked(
        rulebook_text(
            derived="""
                broken: {label: B, value: members + ▸titel}
                after: {label: A, value: broken * 2}
                other: {label: O, value: members ▸+}
                """,
            conditions="""
                one: {text: T, test: broken > 3}
                two: {text: T, test: after}
                three: {text: T, test: ▸title}
                four: {text: T, test: "broken in ('a', 'b')"}
                """,
            criteria="""
                size:
                  kind: bands
                  title: T
                  value: after
                  bands: [{from: 1, to: 0, points: 1}]
                  max: 7
                list: {kind: checklist, title: T, max: 1, items: [{text: T, when: broken == 1, points: 1}]}
                pick: {kind: choice, title: T, value: other, points: {a: 1}, max: 1, section: ▸none}
                """,
            ranking="{keys: [{expression: broken}]}",
        ).replace("▸+}", "+▸}"),
        meant(FACT.format("titel"), "title"),
        "pričakovano: podatek, število ali oklepaj; tu pa je konec izraza",
        NEEDS.format("da/ne", "besedilo"),
        UNKNOWN.format("none"),
    )
    assert lines(content) == expected


def test_problems_of_meaning_wait_until_the_shape_is_right():
    text = rulebook_text(derived="{d: {label: D, value: ▸membrs}}", conditions="{c: {text: ▸[T], test: local}}")
    content, expected = marked(text.replace("▸membrs", "membrs"), "text: tu je potrebno besedilo ali {sl: …, en: …}")
    assert lines(content) == expected


def test_a_chain_of_facts_that_grows_without_end_is_refused():
    squares = "".join(f"\n  d{at}: {{label: D, value: d{at - 1} * d{at - 1}}}" for at in range(2, 60))
    (first, *_) = lines(rulebook_text() + "derived:\n  d1: {label: D, value: members * members}" + squares)
    assert first.endswith(": število bi lahko imelo več kot 100000 števk; izraz poenostavite")


def test_a_long_chain_of_facts_each_read_twice_is_looked_through_once():
    # Followed path by path, the 2^58 readings would never end.
    sums = "".join(f"\n  d{at}: {{label: D, value: d{at - 1} + d{at - 2}}}" for at in range(2, 60))
    text = rulebook_text() + "derived:\n  d0: {label: D, value: 1}\n  d1: {label: D, value: members}" + sums
    text += "\ncriteria: {c: {kind: formula, title: T, points: d59, applies: d59 > 3, max: 5}}"
    text += "\nbudget: 100\nallocation: {request: requested, entitlement: d59}"
    assert load(text.encode(), FILE).derived[-1].value.source == "d58 + d57"


# What is compiled


def test_the_facts_of_a_rulebook_have_their_kinds():
    rules = rulebook(derived="{half: {label: H, value: members / 2}, big: {label: B, value: half > 10}}")
    assert {name: rules.kinds[name] for name in ("members", "half", "big", "founded", "lot", "call_year")} == {
        "members": WHOLE,
        "half": NUMBER,
        "big": YES_NO,
        "founded": DATE,
        "lot": TEXT,
        "call_year": WHOLE,
    }


def test_the_lots_are_the_options_of_lot():
    rules = rulebook(lots="{A: {amount: 1}, B: {amount: 2}}", allocation="{request: requested}")
    assert rules.kinds["lot"].options == ("A", "B")
    text = rulebook_text(
        lots="{A: {amount: 1}}",
        allocation="{request: requested}",
        conditions="{c: {text: T, test: \"lot == ▸'B'\"}}",
    )
    content, expected = marked(text, "»B« ni med možnostmi (A)")
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("expression", "optional"),
    [
        ("members", False),
        ("staff", True),
        ("staff if answered(staff) else 0", False),
        ("submitted_at == founded", True),
        ("call_deadline == founded", True),
        ("call_year", False),
        ("1 if answered(applicant) else 2", False),
        ("count(notes)", True),
    ],
)
def test_a_derived_fact_may_be_missing_where_something_it_reads_may(expression, optional):
    table = "{label: N, type: table, columns: {a: {label: A, type: date, required: false}}}"
    fields = "{members: {label: M, type: integer}, staff: {label: S, type: integer, required: false}, "
    fields += f"founded: {{label: F, type: date}}, notes: {table}}}"
    rules = rulebook(fields=fields, derived=f"{{d: {{label: D, value: {expression}}}, e: {{label: E, value: d}}}}")
    assert [rule.optional for rule in rules.derived] == [optional, optional]


def test_the_deadline_is_always_known_where_the_call_states_it():
    call = '{title: T, reference: R, year: 2026, deadline: "2026-03-20 12:00"}'
    rules = rulebook(call=call, derived="{d: {label: D, value: 'years_between(founded, call_deadline)'}}")
    assert rules.derived[0].optional is False


def test_thresholds_keep_their_points_and_whether_more_is_needed():
    rules = rulebook(criteria=SCORED, thresholds="[{of: total, at_least: 1.5}, {of: a, more_than: 0, applies: local}]")
    assert [(rule.of, rule.points, rule.strict, rule.at) for rule in rules.thresholds] == [
        ("total", 3 / 2, False, 0),
        ("a", 0, True, 1),
    ]
    assert [rule.applies and rule.applies.source for rule in rules.thresholds] == [None, "local"]


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("points", -1),
        ("{points: true, order: lowest}", 1),
        ("{criterion: a}", -1),
        ("{section: s, order: highest}", -1),
        ("{expression: requested}", -1),
        ("{expression: requested + points_a - points_s * ranking_points, order: lowest}", 1),
        ("submitted_at", 1),
        ("{submitted_at: true, order: highest}", -1),
        ("line", 1),
        ("draw", -1),
    ],
)
def test_the_highest_comes_first_but_of_times_and_lines_the_lowest(key, sign):
    rules = rulebook(sections="{s: {title: S}}", criteria=SCORED, ranking=f"{{keys: [{key}]}}")
    assert [rule.sign for rule in rules.ranking] == [sign]


def test_points_alone_are_the_order_where_none_is_stated():
    (rule,) = rulebook(criteria=SCORED).ranking
    assert (rule.key.points, rule.sign, rule.expression) == (True, -1, None)
