"""Examples run: expectations met, expectations not met with the reason, and examples that cannot be run."""

from __future__ import annotations

from textwrap import dedent

import pytest

from razpis.engine.examples import Examined, examine
from razpis.engine.problems import Language
from razpis.engine.rulebook.reading import load_with_places
from tests.engine.factories import FILE, marked
from tests.engine.making import CALL
from tests.engine.wording.telling import firm

RULES = CALL + dedent(
    """\
    fields:
      size: {type: integer, label: Velikost, min: 0, max: 100}
      clean: {type: yes_no, label: Brez dolgov}
      requested: {type: euro, label: Zaprošeno, min: 0}
      costs:
        type: table
        label: Stroški
        required: false
        columns: {price: {type: euro, label: Cena}}
    conditions:
      clean: {text: Nima dolgov, test: clean}
    criteria:
      size: {kind: bands, title: Velikost, value: size, bands: [{to: 9, points: 1}, {from: 10, points: 4}], max: 4}
      quality: {kind: marks, title: Kakovost, max: 5, step: 0.5}
      costs:
        {kind: per_unit, title: Stroški, value: sum(costs.price), points: 1, unit: 100, missing: 0, max: 3}
    commission: {minimum_marks: 2, members: [Ana, Bor, Cene]}
    thresholds: [{of: quality, at_least: 2}]
    lots: {A: {amount: 1000}, B: {amount: 3000}}
    allocation: {request: requested}
    examples:
    """
)
COMMON = "defaults: {size: 12, clean: true, requested: 600}, marks: {quality: [3, 4, 5]}"


def run(*groups: str, rules: str = RULES) -> tuple[Examined, str]:
    """The examples examined, and the file they stand in without its marks."""
    text = rules + "".join(f"  - {group}\n" for group in groups)
    rulebook, source = load_with_places(text.encode(), FILE)
    return examine(rulebook, source), text


def assert_said(group: str, *messages: str, rules: str = RULES, language: Language = "sl") -> None:
    """The example is told exactly these messages, at its marks."""
    text, expected = marked(f"{rules}  - {group}\n", *messages)
    rulebook, source = load_with_places(text.encode(), FILE)
    assert [problem.line(language) for problem in examine(rulebook, source).problems] == [firm(one) for one in expected]


def test_a_rulebook_without_examples() -> None:
    text = RULES.replace("examples:\n", "")
    rulebook, source = load_with_places(text.encode(), FILE)
    assert examine(rulebook, source) == Examined(0, 0, ())


def test_expectations_that_are_met_are_counted() -> None:
    found, _ = run(
        f"{{title: Vse, {COMMON}, applications: ["
        "{id: a, lot: A, expect: {points: 8, criteria: {size: 4, quality: 4, costs: 0}, outcome: granted, place: 1, "
        "award: 600, limited_by: request}}, "
        "{id: b, lot: A, answers: {size: 3}, expect: {points: 5, outcome: part, award: 400.00, limited_by: A}}, "
        "{id: c, lot: B, answers: {clean: false}, expect: {outcome: condition_failed}}, "
        "{id: d, lot: B, findings: {clean: false}, expect: {outcome: condition_failed}}, "
        "{id: e, lot: B, answers: {size: null}, expect: {outcome: dismissed}}, "
        "{id: f, lot: B, marks: {quality: {Ana: 1, Bor: conflict, Cene: 2}}, expect: {outcome: below_threshold}}, "
        "{id: g, lot: B, marks: {quality: [1]}, expect: {outcome: not_scored}}, "
        "{id: h, lot: B, marks: {quality: {agreed: 5, Ana: 1}}, expect: {criteria: {quality: 5}}}]}"
    )
    assert found == Examined(8, 18, ())


def test_a_table_is_established_cell_by_cell() -> None:
    found, _ = run(
        f"{{title: Stroški, {COMMON}, applications: [{{id: a, lot: A, answers: {{costs: [{{price: 100}}, {{price: 150}}]}}, "
        "findings: {costs.2.price: 250}, expect: {criteria: {costs: 3}}}]}"
    )
    assert found == Examined(1, 1, ())


def test_each_example_stands_alone_unless_it_says_as_before() -> None:
    found, _ = run(
        f"{{title: Prvi, {COMMON}, applications: [{{id: a, lot: A, expect: {{outcome: granted}}}}]}}",
        "{title: Drugi, applications: [{id: a, lot: A, expect: {outcome: dismissed}}]}",
        f"{{title: Tretji, {COMMON}, applications: [{{id: a, lot: A, expect: {{points: 8}}}}]}}",
        "{title: Četrti, as_before: true, defaults: {size: 1}, marks: {quality: [2, 2]}, "
        "applications: [{id: a, lot: A, expect: {points: 3}}]}",
    )
    assert found == Examined(4, 4, ())


def test_the_money_of_an_example() -> None:
    found, _ = run(
        f"{{title: Malo denarja, money: {{A: 500}}, {COMMON}, applications: [{{id: a, lot: A, expect: {{award: 500}}}}, "
        "{id: b, lot: B, expect: {award: 600}}]}"
    )
    assert found == Examined(2, 2, ())
    alone = RULES.replace("lots: {A: {amount: 1000}, B: {amount: 3000}}", "budget: {amount: 900, committed: 100}")
    group = f"{{title: Z, money: 250, {COMMON}, applications: [{{id: a, expect: {{award: 250}}}}]}}"
    assert run(group, rules=alone)[0] == Examined(1, 1, ())
    assert run(group.replace(" money: 250,", "").replace("250", "600"), rules=alone)[0] == Examined(1, 1, ())


def test_every_difference_is_told_at_its_place_with_the_reason() -> None:
    assert_said(
        f"{{title: Razlike, {COMMON}, applications: [{{id: a, lot: A, expect: {{points: ▸9, criteria: {{size: ▸1}}, "
        "outcome: ▸part, place: ▸2, award: ▸500, limited_by: ▸A}}]}",
        "vloga a, točke: pričakovano 9, izračunano 8 – Skupaj: 8~točk (Velikost 4; Kakovost 4; Stroški 0)",
        "vloga a, Velikost: pričakovano 1, izračunano 4 – Velikost: 12 → razred 10 ali več → 4 od 4~točk",
        "vloga a, izid: pričakovano »delno odobreno«, izračunano »odobreno« – Odobreno v celoti: 600,00~EUR.",
        "vloga a, mesto: pričakovano 2, izračunano 1 – 1. mesto, edina uvrščena vloga (točke: 8)",
        "vloga a, dodeljeni znesek: pričakovano 500,00~EUR, izračunano 600,00~EUR – 600,00~EUR: omejeno z zaprošenim zneskom 600,00~EUR",
        "vloga a, omejitev: pričakovano »A«, izračunano »zaprošeni znesek« – 600,00~EUR: omejeno z zaprošenim zneskom 600,00~EUR",
    )


def test_a_difference_in_english() -> None:
    assert_said(
        f"{{title: Z, {COMMON}, applications: [{{id: a, lot: A, expect: {{criteria: {{size: ▸2.5}}, award: ▸1}}}}]}}",
        "application a, Velikost: expected 2.5, computed 4 – Velikost: 12 → band 10 or more → 4 of 4~points",
        "application a, award: expected 1.00~EUR, computed 600.00~EUR – 600.00~EUR: limited by the amount requested 600.00~EUR",
        language="en",
    )


def test_what_is_not_scored_says_why() -> None:
    because = "Zavrnjeno: pogoj ni izpolnjen. Pogoj »Nima dolgov« ni izpolnjen. Brez dolgov: ne."
    assert_said(
        f"{{title: Z, {COMMON}, applications: [{{id: a, lot: A, answers: {{clean: false}}, "
        "expect: {points: ▸8, criteria: {size: ▸4}, place: ▸1, award: ▸600}}]}",
        f"vloga a, točke: pričakovano 8, izračunano brez točk – {because}",
        f"vloga a, Velikost: pričakovano 4, izračunano brez točk – {because}",
        f"vloga a, mesto: pričakovano 1, izračunano brez mesta – {because}",
        f"vloga a, dodeljeni znesek: pričakovano 600,00~EUR, izračunano 0,00~EUR – {because}",
    )
    assert_said(
        f"{{title: Z, {COMMON}, applications: [{{id: a, lot: A, marks: {{quality: [5]}}, expect: {{outcome: ▸granted}}}}]}}",
        "vloga a, izid: pričakovano »odobreno«, izračunano »ni ocenjeno« – Še ni ocenjeno: ocen je premalo. "
        "Kakovost: število ocen: 1, potrebnih najmanj 2 → točke še niso določene",
    )


@pytest.mark.parametrize(
    ("group", "messages"),
    [
        ("▸{title: Z, applications: [{id: a, lot: A}]}", ["zgled ničesar ne pričakuje; pri vsaj eni vlogi dodajte »expect«"]),
        ("{title: Z, applications: [{id: a, lot: A, expect: {criteria: {▸sze: 1}}}]}", ["neznano merilo »sze« – ste mislili »size«?"]),
        ("{title: Z, defaults: {▸sze: 1}, applications: [{id: a, lot: A}]}", ["neznano ime »sze« – ste mislili »size«?"]),
        ("{title: Z, applications: [{id: a, lot: A, answers: {size: ▸101}}]}", ["size: obrazec dovoli največ 100"]),
        (
            "{title: Z, applications: [{id: a, lot: A, answers: {costs: [{price: 1}, {price: ▸-}]}}]}",
            ["costs: »-« ni znesek; pišite 1234.50 ali '1.234,50'"],
        ),
        ("{title: Z, applications: [▸{id: a}]}", ["vloga »a« potrebuje sklop (lot), enega od: A, B"]),
        ("{title: Z, applications: [{id: a, lot: ▸C}]}", ["vloga »a« potrebuje sklop (lot), enega od: A, B"]),
        ("{title: Z, money: ▸{C: 5}, applications: [{id: a, lot: A}]}", ["razpis nima sklopa »C«; znesek zapišite po sklopih (A, B)"]),
        ("{title: Z, money: ▸5, applications: [{id: a, lot: A}]}", ["znesek zapišite po sklopih (A, B)"]),
        ("{title: Z, applications: [{id: a, lot: A}, {id: ▸a, lot: B}]}", ["vloga »a« je v zgledu že zapisana"]),
        ("{title: Z, applications: [{id: a, lot: A, findings: {▸clen: true}}]}", ["neznano ime »clen« – ste mislili »clean«?"]),
        ("{title: Z, applications: [{id: a, lot: A, findings: {clean: ▸3}}]}", ["clean: tu je potrebno true ali false"]),
        ("{title: Z, applications: [{id: a, lot: A, findings: {▸costs.1.price: 3}}]}", ["neznano ime »costs.1.price«"]),
        ("{title: Z, applications: [{id: a, lot: A, findings: {▸costs.1.prce: 3}}]}", ["neznano ime »costs.1.prce«"]),
        (
            "{title: Z, applications: [{id: a, lot: A, answers: {costs: [{price: 1}]}, findings: {costs.1.price: ▸x}}]}",
            ["costs.1.price: »x« ni znesek; pišite 1234.50 ali '1.234,50'"],
        ),
        ("{title: Z, marks: {▸qualty: [1]}, applications: [{id: a, lot: A}]}", ["neznano ime »qualty« – ste mislili »quality«?"]),
        ("{title: Z, marks: {▸size: [1]}, applications: [{id: a, lot: A}]}", ["neznano ime »size«"]),
        ("{title: Z, marks: {quality: ▸[6]}, applications: [{id: a, lot: A}]}", ["ocene 6 ni na lestvici (0–5, korak 0.5)"]),
        ("{title: Z, marks: {quality: ▸[4.25]}, applications: [{id: a, lot: A}]}", ["ocene 4.25 ni na lestvici (0–5, korak 0.5)"]),
        ("{title: Z, marks: {quality: ▸[1, 2, 3, 4]}, applications: [{id: a, lot: A}]}", ["»4« ni član komisije (Ana, Bor, Cene)"]),
        (
            "{title: Z, marks: {quality: ▸{An: 1}}, applications: [{id: a, lot: A}]}",
            ["»An« ni član komisije (Ana, Bor, Cene) – ste mislili »Ana«?"],
        ),
    ],
)  # fmt: skip
def test_an_example_that_cannot_be_run(group: str, messages: list[str]) -> None:
    assert_said(group, *messages)


def test_marks_without_a_step_or_named_members() -> None:
    rules = RULES.replace("step: 0.5", "step: null").replace(", members: [Ana, Bor, Cene]", "")
    group = f"{{title: Z, {COMMON.replace('[3, 4, 5]', '[1, 2.22, 3]')}, applications: [{{id: a, lot: A, expect: {{points: 6.0733}}}}]}}"
    found, _ = run(group, rules=rules)
    assert [problem.text.sl.split(" – ")[0] for problem in found.problems] == [
        firm("vloga a, točke: pričakovano 6,0733, izračunano ≈~6,0733")
    ]
    assert_said(group.replace("[1, 2.22, 3]", "▸[1, 2.22, 7]"), "ocene 7 ni na lestvici (0–5)", rules=rules)
    named = group.replace("[1, 2.22, 3]", "{Dora: 1, Eva: 2}").replace("6.0733", "5.5")
    assert run(named, rules=rules)[0] == Examined(1, 1, ())


def test_a_call_without_lots_or_money() -> None:
    rules = RULES.replace("lots: {A: {amount: 1000}, B: {amount: 3000}}\n", "").replace(
        "allocation: {request: requested}\n", ""
    )
    assert run(f"{{title: Z, {COMMON}, applications: [{{id: a, expect: {{outcome: ranked}}}}]}}", rules=rules)[
        0
    ] == Examined(1, 1, ())
    assert_said(
        "{title: Z, money: ▸5, applications: [{id: a, lot: ▸A, expect: {place: 1}}]}",
        "znesek zapišite po sklopih (–)",
        "vloga »a« potrebuje sklop (lot), enega od: –",
        rules=rules,
    )


def test_rules_without_a_value_for_an_example() -> None:
    rules = RULES.replace("value: size, bands", "value: size + 1 / size, bands")
    assert_said(
        f"{{title: Z, {COMMON}, applications: [▸{{id: a, lot: A, answers: {{size: 0}}, expect: {{place: 1}}}}]}}",
        "vloga a, Velikost: deljenje z nič v izrazu »size + 1 / size«; popravite podatek ali izraz",
        rules=rules.replace("{to: 9,", "{below: 10,"),
    )


def test_the_problems_of_all_examples_are_told_in_the_order_of_the_file() -> None:
    found, text = run(
        "{title: Prvi, applications: [{id: a}]}",
        f"{{title: Drugi, {COMMON}, applications: [{{id: a, lot: A, expect: {{points: 1}}}}]}}",
        "{title: Tretji, applications: [{id: a, lot: B}]}",
    )
    assert [problem.place.line for problem in found.problems] == [
        text.count("\n") - 2,
        text.count("\n") - 1,
        text.count("\n"),
    ]
    assert (found.applications, found.expectations) == (3, 1)
