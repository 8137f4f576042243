"""The examples of real calls: each loads, and gives what was worked out by hand in ``tables`` from its rubric."""

from __future__ import annotations

from pathlib import Path

import pytest

from razpis.engine.allocation import LotAllocation
from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook, read
from tests.scoring_rules.table import euros, parse, worked

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "scoring_rules" / "zgledi"
KOZJE = {"poročilo": "marks:report", "realizacija": "execution", "člani": "members", "zaprošeno": "requested"}
HORIZON = {
    "odličnost": "marks:excellence",
    "izvajanje": "marks:implementation",
    "pokritost": "marks:coverage",
    "ženske": "women",
    "nove države": "new_countries",
    "zaprošeno": "requested",
}
TABLES = [
    (
        "smartno-2020",
        "smartno-2020",
        {
            "sedež": "seat",
            "deluje": "works_there",
            "registrirana": "registered",
            "razvid": "in_register",
            "člani": "members",
            "domači": "local_members",
            "izvedbe": "events",
            "zaprošeno": "requested",
        },
    ),
    ("kozje-2004", "kozje-2004", KOZJE),
    ("kozje-2004-meje", "kozje-2004", KOZJE),
    ("verzej-2012", "verzej-2012", {"člani": "members", "izpisek": "member_list", "zaprošeno": "requested"}),
    (
        "markovci-2012",
        "markovci-2012",
        {"nastopi": "performances", "uvrstitve": "placings", "zaprošeno": "requested"},
    ),
    ("gornji-petrovci-2022", "gornji-petrovci-2022", {"dejavnosti": "activities", "zaprošeno": "requested"}),
    ("fiho-2020", "fiho-2020", {"vrsta": "status", "ocene": "marks:quality", "zaprošeno": "requested"}),
    ("obzorje-evropa-ia", "obzorje-evropa", HORIZON | {"učinek": "marks:impact_ia"}),
    ("obzorje-evropa-ria", "obzorje-evropa", HORIZON | {"učinek": "marks:impact_ria"}),
]
LOTS = {
    "smartno-2020": ["vse: 6.200,00, vrednost točke 20,76, ostane 2,40"],
    "kozje-2004": ["vse: 900,00, vrednost točke 20,00, ostane 0,00"],
    "verzej-2012": ["vse: 850,00, vrednost točke 7,08, ostane 0,40"],
    "markovci-2012": [
        "programi: 18.000,00 + 750,00, vrednost točke 75,00, ostane 0,00",
        "uvrstitve: 2.000,00 - 750,00, ostane 0,00",
    ],
    "gornji-petrovci-2022": ["vse: 1.500,00, vrednost točke 10,00, ostane 700,00"],
}


def rules(name: str) -> Rulebook:
    """One of the examples."""
    return read(EXAMPLES / f"{name}.yaml")


def text(name: str) -> str:
    """One of the tables."""
    return (HERE / "tables" / f"{name}.txt").read_text("utf-8")


def told(lot: LotAllocation) -> str:
    """What became of a lot's money, in a few words."""
    moved = f" + {euros(lot.received)}" * bool(lot.received) + f" - {euros(lot.given)}" * bool(lot.given)
    value = "" if lot.value_of_point is None else f", vrednost točke {euros(lot.value_of_point)}"
    return f"{lot.lot or 'vse'}: {euros(lot.amount)}{moved}{value}, ostane {euros(lot.left)}"


def test_every_example_and_every_table_is_worked_out_here() -> None:
    assert {example for _, example, _ in TABLES} == {path.stem for path in EXAMPLES.iterdir()}
    assert {table for table, _, _ in TABLES} | {"fiho-2020-sredstva"} == {
        path.stem for path in (HERE / "tables").iterdir()
    }


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.stem)
def test_an_example_says_first_whose_rules_it_follows_and_what_was_filled_in(path: Path) -> None:
    rulebook = read(path)
    comment = path.read_text("utf-8").split("\ncall:")[0]
    assert rulebook.file.call.example
    assert comment.startswith("# ZGLED po objavljenih merilih: ")
    assert "# Dopolnili smo: " in comment
    assert "# An example written from the published " in comment


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.stem)
def test_an_example_is_warned_of_nothing_that_is_not_meant(path: Path) -> None:
    """Horizon Europe leaves the last ties open on purpose: the panel decides."""
    lines = [problem.place.line for problem in read(path).warnings]
    meant = ["ranking:"] if path.stem == "obzorje-evropa" else []
    assert [path.read_text("utf-8").splitlines()[line - 1] for line in lines] == meant


@pytest.mark.parametrize(("table", "example", "headings"), TABLES, ids=[table for table, _, _ in TABLES])
def test_an_example_gives_what_its_table_says(table: str, example: str, headings: dict[str, str]) -> None:
    result = worked(rules(example), text(table), headings)
    assert result.found == result.expected


@pytest.mark.parametrize("name", LOTS)
def test_the_money_of_every_lot_is_accounted_for(name: str) -> None:
    headings = next(headings for table, _, headings in TABLES if table == name)
    result = worked(rules(name), text(name), headings)
    assert [told(lot) for lot in result.evaluation.lots] == LOTS[name]


def test_the_lines_of_fiho_are_those_published() -> None:
    _, expected = parse(text("fiho-2020-sredstva"))
    found = [(line.key, euros(line.cents)) for line in rules("fiho-2020").budget_lines]
    assert found == [(row["vrstica"], row["znesek"]) for row in expected]


def test_smartno_as_published_is_refused_with_the_overlap_at_50() -> None:
    with pytest.raises(Problems) as refused:
        read(HERE / "smartno-2020-prekrivanje.yaml")
    assert [(one.place.line, one.text.sl) for one in refused.value.problems] == [
        (15, "razreda se prekrivata: vrednost 50 spada v dva; eno mejo popravite")
    ]


def test_kozje_as_published_is_refused_with_every_gap() -> None:
    with pytest.raises(Problems) as refused:
        read(HERE / "kozje-2004-luknje.yaml")
    falls_nowhere = " ne spada v noben razred; dopolnite razrede ali dodajte »otherwise: 0«"
    assert [(one.place.line, one.text.sl) for one in refused.value.problems] == [
        (12, "vrednost pod 1" + falls_nowhere),
        (13, "vrednost 20.5 (med 20 in 21)" + falls_nowhere),
        (14, "vrednost 40.5 (med 40 in 41)" + falls_nowhere),
        (15, "vrednost 60.5 (med 60 in 61)" + falls_nowhere),
        (16, "vrednost 80.5 (med 80 in 81)" + falls_nowhere),
        (16, "vrednost nad 100" + falls_nowhere),
    ]
