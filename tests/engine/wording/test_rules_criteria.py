"""Every kind of criterion told: what counts, how many points, and a worked sentence."""

from __future__ import annotations

import pytest

from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_criteria import criterion
from tests.engine.making import rulebook
from tests.engine.wording.ruling import lines

FORM = """
fields:
  members: {type: integer, label: Število članov, min: 0, max: 500}
  share: {type: percent, label: Delež, max: 10}
  own: {type: euro, label: Lastna sredstva}
  cost: {type: euro, label: Stroški, min: 1}
  kind: {type: choice, label: Oblika, options: {a: društvo, b: zavod}}
  new: {type: yes_no, label: Nov program, required: false}
  access: {type: choices, label: Dostopnost, options: [voziček, popoldne, doma]}
  since: {type: date, label: Od}
  note: {type: text, label: Opomba}
  plan: {type: attachment, label: Načrt, required: false}
  costs: {type: table, label: Postavke, required: false, columns: {price: {type: euro, label: Cena}}}
derived:
  part: {label: Delež lastnih sredstev, value: (own / cost) * 100, unit: percent}
  rows: {label: Vrstice, value: count(costs)}
"""


def told(rule: str, *more: str, language: str = "sl") -> list[str]:
    """The criterion ``it`` in words."""
    rules = rulebook(
        FORM, f"criteria:\n  it: {{title: Merilo, {rule}}}\n  other: {{kind: marks, title: Drugo, max: 5}}", *more
    )
    return lines(criterion(Speaker("sl" if language == "sl" else "en"), rules, rules.criteria[0]))


BANDS = "kind: bands, value: members, bands: [{to: 10, points: 1}, {from: 11, to: 30, points: 2}, {above: 30, points: 5}], max: 5"


def test_bands() -> None:
    assert told(f"{BANDS}, article: 7. člen, text: Velikost društva.") == [
        "# Merilo – do 5 točk (7. člen)",
        "Velikost društva.",
        "Šteje »Število članov«:",
        "* do vključno 10: 1 točka",
        "* 11–30: 2 točki",
        "* nad 30: 5 točk",
        "~ Zgled – Merilo: 20 → razred 11–30 → 2 od 5 točk (7. člen)",
    ]


def test_bands_in_english() -> None:
    assert told(BANDS, language="en") == [
        "# Merilo – up to 5 points",
        "What counts is 'Število članov':",
        "* up to 10: 1 point",
        "* 11–30: 2 points",
        "* above 30: 5 points",
        "~ Example – Merilo: 20 → band 11–30 → 2 of 5 points",
    ]


@pytest.mark.parametrize(
    ("bands", "sample"),
    [
        ("[{from: 5, points: 1}], otherwise: 0, max: 1", "5 → razred 5 ali več → 1 od 1 točke"),
        ("[{above: 5, points: 1}], otherwise: 0, max: 1", "6 → razred nad 5 → 1 od 1 točke"),
        ("[{to: 5, points: 1}], otherwise: 0, max: 1", "5 → razred do vključno 5 → 1 od 1 točke"),
        ("[{from: 7, to: 7, points: 1}], otherwise: 0, max: 1", "7 → razred 7 → 1 od 1 točke"),
    ],
)
def test_the_number_of_the_worked_sentence_lies_in_the_middle_band(bands: str, sample: str) -> None:
    assert told(f"kind: bands, value: members, bands: {bands}")[-1] == f"~ Zgled – Merilo: {sample}"


def test_an_open_band_over_all_numbers() -> None:
    found = told("kind: bands, value: share, bands: [{above: 5, points: 1}], otherwise: 0, max: 1")
    assert found[-2:] == ["* vse drugo: 0 točk", "~ Zgled – Merilo: 10 % → razred nad 5 → 1 od 1 točke"]


def test_bands_on_what_is_computed() -> None:
    found = told("kind: bands, value: part, bands: [{below: 10, points: 1}, {from: 10, points: 5}], max: 5, missing: 0")
    assert found[1:] == [
        "Šteje »Delež lastnih sredstev«:",
        "* manj kot 10: 1 točka",
        "* 10 ali več: 5 točk",
        "Če podatka ni: 0 točk.",
        "~ Zgled – Merilo: (1.000 / 10.000) × 100 = 10 % → razred 10 ali več → 5 od 5 točk",
    ]


def test_choices() -> None:
    assert told("kind: choice, value: kind, points: {a: 3}, otherwise: 1, max: 3")[1:] == [
        "Šteje »Oblika«:",
        "* društvo: 3 točke",
        "* vse drugo: 1 točka",
        "~ Zgled – Merilo: društvo → 3 od 3 točk",
    ]
    assert told('kind: choice, value: new, points: {"true": 0, "false": 2}, missing: 0, max: 2')[1:] == [
        "Šteje »Nov program«:",
        "* da: 0 točk",
        "* ne: 2 točki",
        "Če podatka ni: 0 točk.",
        "~ Zgled – Merilo: ne → 2 od 2 točk",
    ]
    yes = told('kind: choice, value: new, points: {"true": 2, "false": 0}, missing: 0, max: 2')
    assert yes[-1] == "~ Zgled – Merilo: da → 2 od 2 točk"


def test_a_choice_of_what_is_computed() -> None:
    found = told("kind: choice, value: \"'x' if members > 5 else 'y'\", points: {x: 2}, otherwise: 0, max: 2")
    assert found[1:4] == [
        "Šteje »x«, če je »Število članov« več kot 5, sicer »y«:",
        "* x: 2 točki",
        "* vse drugo: 0 točk",
    ]
    assert found[-1].endswith("→ 2 od 2 točk")


def test_a_checklist() -> None:
    items = "[{text: dostop, when: \"'voziček' in access\", points: 2}, {text: načrt, when: answered(plan), points: 1}]"
    assert told(f"kind: checklist, items: {items}, max: 2")[1:] == [
        "Točke postavk, ki veljajo, se seštejejo, vendar največ za 2 točki:",
        "* dostop: 2 točki",
        "* načrt: 1 točka",
        "~ Zgled – Merilo: dostop (2); načrt (1); skupaj 3 točke, upošteva se največ 2 → 2 od 2 točk",
    ]


@pytest.mark.parametrize(
    ("rule", "text", "sample"),
    [
        ("points: 5, max: 10", "5 točk za vsako enoto, skupaj največ 10 točk.", "2 × 5 točk → 10 od 10 točk"),
        (
            "points: 1, unit: 5, max: 10",
            "1 točka na vsakih 5 (nepopolna enota ne šteje), skupaj največ 10 točk.",
            "11 → 2 polni enoti po 5; 2 × 1 točka → 2 od 10 točk",
        ),
        (
            "points: 4, count: exact, max: 12",
            "4 točke na enoto (del enote šteje sorazmerno), skupaj največ 12 točk.",
            "2 × 4 točke → 8 od 12 točk",
        ),
        (
            "points: 1, unit: 5, count: started, max: 10",
            "1 točka na vsakih 5 (začeta enota šteje), skupaj največ 10 točk.",
            "9 → 2 začeti enoti po 5; 2 × 1 točka → 2 od 10 točk",
        ),
        (
            "points: 1, unit: 5, count: exact, max: 10",
            "1 točka na vsakih 5 (del enote šteje sorazmerno), skupaj največ 10 točk.",
            "10 → 2 enoti po 5; 2 × 1 točka → 2 od 10 točk",
        ),
    ],
)
def test_units(rule: str, text: str, sample: str) -> None:
    assert told(f"kind: per_unit, value: members, {rule}")[1:] == [
        f"Šteje »Število članov«: {text}",
        f"~ Zgled – Merilo: {sample}",
    ]


def test_a_formula() -> None:
    assert told("kind: formula, points: part / 4, min: 0, max: 5, round: 1") == [
        "# Merilo – do 5 točk",
        "Točke = »Delež lastnih sredstev« / 4; najmanj 0; največ 5.",
        "Zaokroži se na 1 decimalko (polovica navzgor).",
        "~ Zgled – Merilo: Delež lastnih sredstev: (1.000 / 10.000) × 100 = 10 %; 10 / 4 = 2,5 → 2,5 od 5 točk",
    ]
    years = told('kind: formula, points: "years_between(since, call_deadline)", missing: 0')
    assert years[0] == "# Merilo"
    assert years[-1].startswith("~ Zgled – Merilo: podatka ni")


def test_where_no_answer_can_be_invented_there_is_no_worked_sentence() -> None:
    """A table, a division by nothing, a deadline the call does not state, a criterion for some numbers only."""
    assert told("kind: formula, points: sum(costs.price), missing: 0")[-1].startswith("~ Zgled – Merilo: podatka ni")
    assert told("kind: formula, points: 1 / (members - 10)")[1:] == ["Točke = 1 / (»Število članov« − 10)."]
    assert told("kind: marks, max: 5, applies: members > 3")[-1] == "Velja le, če je »Število članov« več kot 3."
    apart = "discrepancy: {points: 0.5, then: agreed}"
    assert told(f"kind: marks, max: 5, {apart}", "commission: {minimum_marks: 2}")[-1].startswith("Če se ocene")


def test_for_a_group_its_own_answers_are_taken() -> None:
    found = told("kind: choice, value: kind, points: {a: 3, b: 1}, max: 3, applies: kind == 'b'")
    assert found[-2:] == [
        "Velja le, če je pri podatku »Oblika« izbrano »zavod«.",
        "~ Zgled – Merilo: zavod → 1 od 3 točk",
    ]


@pytest.mark.parametrize(
    ("to", "text", "sample"),
    [
        ("sum", "× vaša vrednost / vsota vrednosti vseh", "2 od 8 točk"),
        ("best", "× vaša vrednost / največja vrednost med vsemi", "4 od 8 točk"),
        ("lowest", "× najmanjša vrednost med vsemi / vaša vrednost", "4 od 8 točk"),
    ],
)
def test_in_relation_to_others(to: str, text: str, sample: str) -> None:
    lots = "lots: {A: {amount: 5}}\nallocation: {request: members}"
    found = told(f"kind: relative, value: members, to: {to}, max: 8, round: 2", lots)
    assert found[1] == (
        f"Šteje »Število članov« v primerjavi z vlogami istega sklopa, ki izpolnjujejo pogoje: 8 {text}."
    )
    assert found[-1].endswith(f"→ {sample}")
    whole = told(f"kind: relative, value: members, to: {to}, among: call, max: 8, round: 2", lots)
    assert whole[1] == found[1].replace("istega sklopa", "vsega razpisa")
    assert told(f"kind: relative, value: members, to: {to}, max: 8, round: 2")[1] == whole[1]


@pytest.mark.parametrize(
    ("rule", "text", "sample"),
    [
        (
            "max: 10, step: 0.5",
            "od 0 do 10, korak 0,5; šteje povprečje ocen; potrebno število ocen: najmanj 3.",
            "ocene 8; 7,5; 9: povprečje ≈ 8,1667",
        ),
        (
            "max: 5, combine: median, round_combined: 1, minimum_marks: 4",
            "od 0 do 5, korak 1; šteje srednja ocena (mediana), zaokroženo na 1 decimalko (polovica navzgor); "
            "potrebno število ocen: najmanj 4.",
            "ocene 4; 3; 5; 4: mediana (zaokroženo) 4",
        ),
        (
            "min: 1, max: 5, step: null, lowest_is_best: true, combine: lowest",
            "od 1 do 5; šteje najnižja ocena; potrebno število ocen: najmanj 3; boljša je nižja ocena.",
            "ocene 4; 3; 5: najnižja ocena 3 → 6 − 3",
        ),
        (
            "max: 5, combine: agreed",
            "od 0 do 5, korak 1; šteje ocena, ki jo člani določijo soglasno.",
            "soglasno določena ocena 4",
        ),
    ],
)
def test_marks(rule: str, text: str, sample: str) -> None:
    found = told(f"kind: marks, {rule}", "commission: {minimum_marks: 3}")
    assert found[1] == f"Vsak član komisije da oceno {text}"
    assert found[-1].startswith(f"~ Zgled – Merilo: {sample} →")


def test_marks_with_grades_and_what_follows_a_disagreement() -> None:
    grades = "grades: [{text: slabo, from: 0, to: 2}, {text: dobro, from: 3, to: 5}]"
    found = told(f"kind: marks, max: 5, {grades}, discrepancy: {{points: 2, then: further_member}}")
    assert found[2:5] == [
        "* 0–2: slabo",
        "* 3–5: dobro",
        "Če se ocene razlikujejo več kot za 2 točki, oceni še en član in šteje povprečje najbližjih dveh ocen.",
    ]
    found = told("kind: marks, max: 5, discrepancy: {percent: 30, then: agreed}")
    assert found[2] == "Če se ocene razlikujejo za več kot 30 % višje ocene, člani oceno določijo soglasno."


def test_weights_and_gates() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          first: {kind: marks, title: Prvo, max: 5}
          it: {kind: marks, title: Merilo, max: 5, weight: 2, ranking_weight: 1.5, round: 0, after: first}
        thresholds: [{of: first, at_least: 3}]
        """,
    )
    assert lines(criterion(Speaker("sl"), rules, rules.criteria[1]))[2] == (
        "Utež: × 2. Zaokroži se na celo število (polovica navzgor). Točkuje se le, če je dosežen prag za točke "
        "»Prvo«. V vrstnem redu šteje z utežjo 1,5."
    )
