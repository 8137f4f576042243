"""What was computed is told with what it was computed from: a reader needs no other paper to follow it."""

from __future__ import annotations

from razpis.engine.cases import Finding
from razpis.engine.wording import explain, explain_lot
from tests.engine.making import by_id, case, evaluated, rulebook
from tests.engine.wording.telling import firm

RULES = rulebook(
    """
fields:
  own: {type: euro, label: {sl: Lastna sredstva, en: Own funds}}
  asked: {type: euro, label: {sl: Zaprošeni znesek, en: Requested}}
  big: {type: yes_no, label: {sl: Velik program, en: Large}}
derived:
  cost: {label: {sl: Vrednost programa, en: Cost}, value: own + asked, unit: euro}
  share: {label: {sl: Delež lastnih sredstev, en: Own share}, value: own / cost * 100, unit: percent}
  same: {label: {sl: Zaprošeno, en: Asked}, value: asked, unit: euro}
  sort: {label: {sl: Vrsta, en: Sort}, value: "'velik' if big else 'majhen'"}
conditions:
  own: {text: {sl: Lastni delež, en: Own share}, article: 4. člen, test: "share >= 10 and same > 0 and sort == 'velik'"}
criteria:
  formula: {kind: formula, title: Delež, points: share / 4, max: 10, round: 1}
  band: {kind: bands, title: Razred, value: share, bands: [{below: 20, points: 0}, {from: 20, points: 5}], max: 5}
""",
    "ranking: {keys: [points], still_tied: shared}",
    "budget: 10000",
    "allocation: {fill: proportional, request: asked, limits: {half: {amount: cost / 2, title: Polovica}, "
    "whole: {amount: cost, title: Vrednost}}}",
)
FOUND = evaluated(RULES, [case(RULES, "a", own=300, asked=1100, big=True)])
TOLD = explain(FOUND, by_id(FOUND)["a"], "sl")
COST = "300 + 1.100 = 1.400,00~EUR"
SHARE = "300 / 1.400 × 100 ≈~21,4286~%"


def test_a_formula_tells_every_step_before_it() -> None:
    before = f"Vrednost programa: {COST}; Delež lastnih sredstev: {SHARE}"
    assert TOLD.criteria[0].reason == firm(f"{before}; ≈~21,4286 / 4 ≈~5,3571; zaokroženo na 5,4")


def test_a_computed_value_in_a_band_tells_what_it_was_computed_from() -> None:
    assert TOLD.criteria[1].basis == firm(f"Vrednost programa: {COST}; {SHARE} → razred 20 ali več")


def test_a_condition_tells_each_computed_fact_once_and_plain_ones_plainly() -> None:
    assert TOLD.conditions[0].finding == firm(
        f"Vrednost programa: {COST}; Delež lastnih sredstev: {SHARE}; Zaprošeno: 1.100,00~EUR; Vrsta: velik"
    )


def test_a_limit_tells_the_computed_amount_it_stands_on() -> None:
    assert TOLD.amount[1:3] == (
        firm(f"Polovica: Vrednost programa: {COST}; 1.400 / 2 = 700,00~EUR."),
        firm(f"Vrednost: Vrednost programa: {COST}; 1.400,00~EUR."),
    )
    assert explain_lot(FOUND, FOUND.lots[0], "sl")[-1] == firm("Dodeljeno: 700,00~EUR; nerazdeljeno: 9.300,00~EUR.")


def test_a_correction_behind_a_computed_fact_gives_its_reason_to_the_condition() -> None:
    corrected = case(RULES, "a", own=300, asked=1100, big=True, findings=[Finding("own", 100, "Po bančnem izpisku.")])
    found = evaluated(RULES, [corrected])
    assert explain(found, found.lines[0], "sl").conditions[0].finding == firm(
        "Vrednost programa: 100 + 1.100 = 1.200,00~EUR; Delež lastnih sredstev: 100 / 1.200 × 100 ≈~8,3333~%; "
        "Zaprošeno: 1.100,00~EUR; Vrsta: velik. Po bančnem izpisku."
    )
