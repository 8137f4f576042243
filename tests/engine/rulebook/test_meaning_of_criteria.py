"""What one criterion means: bands, options, maxima, missing facts, the scale of marks."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook, rulebook_text


def overlap(value):
    return f"razreda se prekrivata: vrednost {value} spada v dva; eno mejo popravite"


def gap(said):
    return f"{said} ne spada v noben razred; dopolnite razrede ali dodajte »otherwise: 0«"


def unreachable(stated, reachable):
    return f"največje navedeno število točk je {stated}, doseči pa je mogoče {reachable}"


def silent(names):
    return f"kaj velja, če podatka ni ({names})? dodajte »missing: 0« ali drugo število točk"


def left(options):
    return f"brez točk so možnosti: {options}; dodajte jih ali »otherwise: 0«"


BANDS = "c: {kind: bands, title: T, value: "
CHOICE = "c: {kind: choice, title: T, value: "
LIST = "c: {kind: checklist, title: T, max: "
UNIT = "c: {kind: per_unit, title: T, value: "
MARKS = "c: {kind: marks, title: T, "
TWO_ENDS = "mejo zapišite z »{}« ali z »{}«, ne z obema"
ONE_CHOICE = "merilo »choice« bere eno izbiro ali da/ne"
CHECKLIST = "v kontrolnem seznamu neizpolnjen podatek pomeni, da postavka ne velja: mogoče je le »missing: 0«"

SMARTNO = """
size:
  kind: bands
  title: Število članov
  value: members
  bands:
    - {to: 10, points: 5}
    - {from: 11, to: 30, points: 10}
    - {from: 31, to: 50, points: 20}
    - ▸{from: 50, to: 100, points: 30}
    - {above: 100, points: 50}
  max: 50
"""
KOZJE = """
plan:
  kind: bands
  title: Izvedba lanskega programa
  value: executed
  bands:
    - {from: 1, to: 20, points: 1}
    - ▸{from: 21, to: 40, points: 2}
    - ▸{from: 41, to: 60, points: 3}
    - ▸{from: 61, to: 80, points: 4}
    - ▸{from: 81, to: 100, points: 5}
  max: 5
"""


def test_smartno_2020_is_refused_because_fifty_members_stand_in_two_bands():
    content, expected = marked(rulebook_text(criteria=SMARTNO), overlap(50))
    assert lines(content) == expected


def test_kozje_2004_is_refused_because_twenty_and_a_half_percent_stands_in_none():
    fields = "{executed: {label: Izvedba, type: percent, min: 1, max: 100}}"
    between = [gap(f"vrednost {low}.5 (med {low} in {low + 1})") for low in (20, 40, 60, 80)]
    content, expected = marked(rulebook_text(fields=fields, criteria=KOZJE), *between)
    assert lines(content) == expected
    whole = rulebook(fields=fields.replace("percent", "integer"), criteria=KOZJE.replace("▸", ""))
    assert [whole.criteria[0].find(value) for value in (1, 20, 21, 100)] == [0, 0, 1, 4]


@pytest.mark.parametrize(
    ("criterion", "messages"),
    [
        # bands
        (
            BANDS + "members, bands: [▸{from: 1, above: 0, points: 1}], otherwise: 0, max: 1}",
            [TWO_ENDS.format("from", "above")],
        ),
        (
            BANDS + "members, bands: [▸{to: 1, below: 2, points: 1}], otherwise: 0, max: 1}",
            [TWO_ENDS.format("to", "below")],
        ),
        (
            BANDS + "members, bands: [{to: 9, points: 1}, ▸{from: 11, points: 2}], max: 2}",
            [gap("vrednost 10 (med 9 in 11)")],
        ),
        (
            BANDS + "members / 2, bands: [{to: 9, points: 1}, ▸{from: 10, points: 2}], max: 2}",
            [gap("vrednost 9.5 (med 9 in 10)")],
        ),
        (
            BANDS + "members, bands: [▸▸{from: 3, to: 5, points: 2}], max: 2}",
            [gap("vrednost pod 3"), gap("vrednost nad 5")],
        ),
        (
            BANDS + "members, bands: [▸{from: 3, to: 2, points: 2}], otherwise: 0, max: 2}",
            ["v razred ne spada nobena vrednost; popravite meji"],
        ),
        (BANDS + "members, bands: [{points: 2}], max: ▸3}", [unreachable(3, 2)]),
        (BANDS + "members, bands: [{points: 2}], max: ▸1.5}", [unreachable("1.5", 2)]),
        (BANDS + "members, bands: [{to: 1, points: 2}], otherwise: 4, max: ▸3}", [unreachable(3, 4)]),
        ("▸" + BANDS + "staff, bands: [{points: 2}], max: 2}", [silent("staff")]),
        (BANDS + "▸title, bands: [{from: 1, points: 2}], max: 3}", ["tu je potrebno: število; izraz pa da: besedilo"]),
        # choice
        (CHOICE + "area, ▸points: {a: 1}, max: 1}", [left("b, c")]),
        (
            CHOICE + "area, points: {a: 1, ▸bb: 2, c: 0, ▸d: 0}, otherwise: 0, max: 2}",
            ["»bb« ni med možnostmi (a, b, c) – ste mislili »b«?", "»d« ni med možnostmi (a, b, c)"],
        ),
        (CHOICE + "local, ▸points: {true: 1}, max: 1}", [left("false")]),
        (CHOICE + "local, points: {true: 1, ▸da: 1}, otherwise: 0, max: 1}", ["»da« ni med možnostmi (true, false)"]),
        (CHOICE + "title, ▸points: {a: 1}, max: 1}", [left("…")]),
        (CHOICE + "area, points: {a: 1, b: 2, c: 3}, max: ▸2}", [unreachable(2, 3)]),
        (CHOICE + "▸members, points: {a: 1}, max: 1}", [ONE_CHOICE]),
        (CHOICE + "▸services, points: {a: 1}, max: 1}", [ONE_CHOICE]),
        (
            "▸" + CHOICE + "area if answered(note) and staff > 1 else 'a', points: {a: 1}, otherwise: 0, max: 1}",
            [silent("staff")],
        ),
        # checklist
        (
            LIST + "▸4, items: [{text: T, when: local, points: 3}, {text: U, when: local, points: -2}]}",
            [unreachable(4, 3)],
        ),
        (
            "▸" + LIST + "1, items: [{text: T, when: staff > 2, points: 1}, {text: U, when: note == 'x', points: 1}]}",
            [silent("note, staff")],
        ),
        (LIST + "1, missing: ▸1, items: [{text: T, when: staff > 2, points: 1}]}", [CHECKLIST]),
        # per unit, formula
        (UNIT + "members, points: 1, unit: ▸0, max: 5}", ["enota mora biti večja od 0"]),
        (UNIT + "members, points: 1, unit: ▸-2, max: 5}", ["enota mora biti večja od 0"]),
        ("▸" + UNIT + "staff, points: 1, max: 5}", [silent("staff")]),
        ("c: {kind: formula, title: T, points: members, min: ▸5, max: 4}", ["min je večji od max"]),
        ("▸c: {kind: formula, title: T, points: staff}", [silent("staff")]),
        ("c: {kind: formula, title: T, points: 'min(staff▸'}", ["pričakovano: »)«; tu pa je konec izraza"]),
        ("▸c: {kind: relative, title: T, value: staff, to: best, max: 5}", [silent("staff")]),
        # marks
        (MARKS + "max: ▸0, step: ~}", ["max mora biti večji od min"]),
        (MARKS + "min: 5, max: ▸5}", ["max mora biti večji od min"]),
        (MARKS + "max: 5, step: ▸0}", ["korak mora biti večji od 0"]),
        (MARKS + "max: 5, step: ▸2}", ["s tem korakom največ točk ni mogoče dati"]),
        (
            MARKS + "min: 1, max: 5, discrepancy: ▸{then: agreed}}",
            ["razhajanje zapišite z natanko enim od »points« in »percent«"],
        ),
        (
            MARKS + "min: 1, max: 5, grades: [▸{text: G, from: 0, to: 2}, ▸{text: H, from: 3, to: 2}]}",
            ["razpon mora ležati med 1 in 5"] * 2,
        ),
    ],
)
def test_what_does_not_add_up_is_told_at_its_place(criterion, messages):
    content, expected = marked(rulebook_text(criteria=f"\n{criterion}"), *messages)
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        (
            BANDS + "members, bands: [▸{to: 1, below: 2, points: 1}], otherwise: 0, max: 1}",
            "write the end with 'to' or 'below', not both",
        ),
        (BANDS + "members, bands: [{points: 2}], max: ▸3}", "the stated maximum is 3, but 2 can be reached"),
        (
            "▸" + BANDS + "staff, bands: [{points: 2}], max: 2}",
            "what if the fact is missing (staff)? add 'missing: 0' or another number of points",
        ),
        (CHOICE + "▸members, points: {a: 1}, max: 1}", "a 'choice' criterion reads one choice or a yes/no"),
        (CHOICE + "area, ▸points: {a: 1}, max: 1}", "options without points: b, c; add them or 'otherwise: 0'"),
        (CHOICE + "area, points: {▸d: 1}, otherwise: 0, max: 1}", "'d' is not among the options (a, b, c)"),
        (
            LIST + "1, missing: ▸1, items: [{text: T, when: staff > 2, points: 1}]}",
            "in a checklist a fact not given means the item does not hold: only 'missing: 0' is possible",
        ),
        (UNIT + "members, points: 1, unit: ▸0, max: 5}", "the unit must be above 0"),
        (MARKS + "max: ▸0, step: ~}", "max must be above min"),
        (MARKS + "max: 5, step: ▸2}", "this step does not reach the maximum"),
    ],
)
def test_the_same_is_told_in_english(criterion, message):
    content, expected = marked(rulebook_text(criteria=f"\n{criterion}"), message)
    assert lines(content, "en") == expected


@pytest.mark.parametrize(
    "criterion",
    [
        BANDS + "members, bands: [{to: 1, points: 2}], otherwise: 0, max: 2}",
        BANDS + "staff, bands: [{points: 2}], missing: 3, max: 3}",
        BANDS + "staff if answered(staff) else 0, bands: [{points: 2}], max: 2}",
        BANDS
        + "executed, bands: [{from: 0, below: 50, points: 0}, {from: 50, to: 100, points: 1}], otherwise: 0, max: 1}",
        CHOICE + "area, points: {a: 1, b: 2, c: 0}, max: 2}",
        CHOICE + "title, points: {a: 1}, otherwise: 0, max: 1}",
        CHOICE + "local, points: {true: 1, false: 0}, max: 1}",
        CHOICE + "note, points: {a: 1}, otherwise: 0, missing: 2, max: 2}",
        LIST + "3, items: [{text: T, when: local, points: 2}, {text: U, when: \"'a' in services\", points: 2}]}",
        LIST + "1, missing: 0, items: [{text: T, when: staff > 2, points: 1}]}",
        LIST + "1, items: [{text: T, when: answered(note), points: 1}]}",
        UNIT + "members, points: 1, unit: 0.5, max: 5}",
        "c: {kind: formula, title: T, points: members, min: 0, max: 0}",
        "c: {kind: formula, title: T, points: staff, missing: 0}",
        "c: {kind: relative, title: T, value: members, to: sum, max: 10}",
        MARKS + "min: 1, max: 5, step: 0.5}",
        MARKS + "min: 0, max: 1, step: 0.25, discrepancy: {percent: 30, then: agreed}}",
        MARKS + "max: 5, step: ~, grades: [{text: G, from: 0, to: 2}, {text: H, from: 3, to: 5}]}",
    ],
)
def test_what_adds_up_is_accepted(criterion):
    rules = rulebook(criteria=f"\n{criterion}")
    assert [rule.key for rule in rules.criteria] == ["c"]
    assert [problem for problem in rules.warnings if not problem.warning] == []


def test_a_criterion_keeps_the_expressions_of_its_kind():
    rules = rulebook(
        criteria="""
            bands: {kind: bands, title: T, value: members, bands: [{below: 5, points: 0}, {from: 5, points: 1}], max: 1}
            formula: {kind: formula, title: T, points: members * 2, applies: local}
            list: {kind: checklist, title: T, max: 1, items: [{text: T, when: local, points: 1}]}
            marks: {kind: marks, title: T, max: 5}
            """
    )
    bands, formula, listed, marks = rules.criteria
    assert [bands.find(value) for value in (4, 5)] == [0, 1]
    assert [one.at for one in bands.ranges] == [0, 1]
    assert (formula.value.source, formula.applies.source, formula.find) == ("members * 2", "local", None)
    assert [one.source for one in listed.items] == ["local"]
    assert (marks.value, marks.applies, marks.items, marks.ranges) == (None, None, (), ())
